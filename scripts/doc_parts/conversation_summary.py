"""The template of the summary of a conversation."""

from __future__ import annotations

from .form import Question, answer, answer_table, question_row
from .package import Sheet
from .person_page import ending, opening, page_footer, page_header
from .words import Column, each, paragraph, run, side_by_side, when


def conversation_summary() -> Sheet:
    """Its parts."""
    return Sheet(
        body=ending(
            "".join(
                (_opening(), _said(), _questions(), _offers(), _next_steps(), _closing(), _confirmation())
            )
        ),
        header=page_header(),
        footer=page_footer(),
    )


def _opening() -> str:
    facts = [
        Column("Level today", "{{ person.level_title }}", 24),
        Column("Manager", "{{ person.manager or '–' }}", 22),
        Column("What it is about", "{{ conversation.objectives or '–' }}", 24),
        Column(
            "Summary due",
            "{% if conversation.summary.due %}{{ conversation.summary.due }}: {% endif %}{{ conversation.summary.state }}",
            30,
        ),
    ]
    intro = (
        "Both fill this in together, at the end of the conversation. It goes to the employee within 48 hours, "
        "who may correct it. Version {{ conversation.version }}."
    )
    return opening(
        "{{ conversation.kind }}, {{ conversation.when }}", facts, "Level, manager, objectives and when the summary is due", intro
    )  # fmt: skip


def _said() -> str:
    return paragraph("What was said", "Heading1") + question_row(
        Question("What the employee said", "form.employee_said", 3, 50),
        Question("What the manager said", "form.manager_said", 3, 50),
    )


def _questions() -> str:
    return (
        paragraph("Four questions", "Heading1")
        + paragraph("1  Where to, in the next one to two years?", "Heading2")
        + question_row(
            Question("Kind of direction", "form.direction_kind", 2, 20),
            Question("Direction, in the employee’s words", "form.direction", 2, 52),
            Question("Target level agreed", "form.target_level", 2, 28, "Empty while exploring."),
        )
        + paragraph("2  How do you read the data?", "Heading2")
        + when("reading", paragraph("{{ reading }}", "TableText"))
        + question_row(
            Question("Employee", "form.employee_read", 1, 50),
            Question("Manager", "form.manager_read", 1, 50),
        )
        + _priorities()
        + _criteria()
    )


def _priorities() -> str:
    columns = [
        Column("Rank", "{{ form_priority.rank }}", 10),
        Column("Employee", answer("form_priority.employee"), 45),
        Column("Manager", answer("form_priority.manager"), 45),
    ]
    return (
        paragraph("3  Which gaps matter most?", "Heading2")
        + answer_table(
            columns,
            "form_priority in form_priorities",
            "Priorities",
            "Three competencies ranked by each side",
            1,
        )
        + when("priorities_apart", paragraph("{{ priorities_apart }}", "Small"))
    )


def _criteria() -> str:
    columns = [
        Column("Condition", answer("form_criterion.condition"), 33),
        Column("Evidence wanted", answer("form_criterion.evidence_wanted"), 29),
        Column("Until", answer("form_criterion.by"), 16),
        Column("Employee agrees", answer("form_criterion.employee_agrees"), 11),
        Column("Manager agrees", answer("form_criterion.manager_agrees"), 11),
    ]
    return paragraph("4  What would need to be true?", "Heading2") + answer_table(
        columns,
        "form_criterion in form_criteria",
        "Readiness criteria",
        "Conditions, evidence, dates and both agreements",
        1,
    )


def _offers() -> str:
    return paragraph("Opportunities, connections, support", "Heading1") + question_row(
        Question("New opportunities", "form.new_opportunities", 2, 34),
        Question("Connections offered", "form.connections_offered", 2, 33),
        Question("Support by the company", "form.company_support", 2, 33),
    )


def _next_steps() -> str:
    columns = [
        Column("What", answer("form_action.action"), 34),
        Column("For which gap", answer("form_action.competency_id"), 19),
        Column("Who", answer("form_action.owner"), 17),
        Column("How", answer("form_action.method"), 13),
        Column("Until", answer("form_action.due"), 17),
    ]
    return (
        paragraph("Next steps for both", "Heading1")
        + answer_table(
            columns, "form_action in form_actions", "Next steps", "Actions with their gap, owner, method and date"
        )
        + paragraph("", "FormSpace")
        + question_row(
            Question("Held on", "form.held", 1, 17),
            Question("Pulse before, 1 to 5", "form.pulse_before", 1, 18),
            Question("Pulse after, 1 to 5", "form.pulse_after", 1, 18),
            Question("Next check-in, 20 minutes", "form.next_check_in", 1, 32, "6 to 8 weeks: {{ conversation.window }}"),
            Question("Time", "form.check_in_time", 1, 15),
        )
        + when("conversation.interval.off", paragraph("As agreed so far: {{ conversation.interval.told }}.", "Small"))
    )  # fmt: skip


def _closing() -> str:
    line = run("{{ rule.mark }}  ") + run("{{ rule.rule }}", "Strong") + run(": {{ rule.state }}")
    return paragraph("Closed when all four are there", "Heading1") + side_by_side(
        each("rule in closing[:2]", paragraph(line, "TickLine")),
        each("rule in closing[2:]", paragraph(line, "TickLine")),
        50,
    )


def _confirmation() -> str:
    # One row, so that none of it stands alone on a page.
    return (
        paragraph("For the employee", "Heading1")
        + paragraph(
            "Is anything missing, or not as you said it? Correct it here; the summary is then made anew as the next version.",
            "FormHint",
        )
        + question_row(
            Question("Corrections", "form.corrections", 2, 46),
            Question(
                "Corrections until", "form.corrections_due", 2, 18, "{{ corrections_days }} days are usual."
            ),
            Question("Does this match my work?", "form.matches_my_work", 2, 18),
            Question("Read and confirmed on", "form.acknowledged", 2, 18),
        )
    )
