"""The template of the form for a check-in."""

from __future__ import annotations

from .form import Question, answer, answer_table, question_row
from .package import Sheet
from .person_page import ending, opening, page_footer, page_header
from .words import Column, paragraph, run, when


def check_in() -> Sheet:
    """Its parts."""
    return Sheet(
        body=ending("".join((_opening(), _actions(), _between(), _new_actions(), _next()))),
        header=page_header(),
        footer=page_footer(),
    )


def _opening() -> str:
    facts = [
        Column("Conversation", "{{ conversation or 'none held yet' }}", 22),
        Column("Check-in planned", "{{ interval.planned or '–' }}", 34),
        Column("Today", "{{ date }}{% if interval.actual %}: {{ interval.actual }}{% endif %}", 24),
        Column("Manager", "{{ person.manager or '–' }}", 20),
    ]
    intro = (
        "20 minutes: {% for part in agenda %}{{ part.item }} ({{ part.minutes }}){% if not loop.last %} · {% endif %}{% endfor %}."
        "{% if interval.off %} A check-in works best six to eight weeks (42 to 56 days) after a conversation.{% endif %}"
    )
    return opening(
        "{{ person.level_title }}",
        facts,
        "Conversation, planned and actual interval, manager",
        intro,
    )


def _actions() -> str:
    what = paragraph(run("{{ form_action.text }}"), "TableText") + paragraph(
        run(
            "{{ [form_action.competency_name, form_action.owner_name, form_action.due_state]|select|join(' · ') }}", "Quiet"
        ),
        "TableText",
    )  # fmt: skip
    columns = [
        Column("What was agreed", what, 40),
        Column("Status", answer("form_action.status"), 13),
        Column("Done on", answer("form_action.done_on"), 14),
        Column("Evidence so far", answer("form_action.evidence_so_far"), 33),
    ]
    return (
        paragraph("What happened", "Heading1")
        + when(
            "form_actions",
            answer_table(columns, "form_action in form_actions", "Actions", "Open actions with status and evidence"),
        )
        + when("not form_actions", paragraph("No action is open: agree on one below."))
        + when("any_overdue", paragraph("{{ overdue }} overdue: do it, move it, or drop it.", "Small"))
    )  # fmt: skip


def _between() -> str:
    return paragraph("What helped, what is in the way", "Heading1") + question_row(
        Question("What helped", "form.helped", 3, 50),
        Question("What is in the way", "form.in_the_way", 3, 50),
    )


def _new_actions() -> str:
    columns = [
        Column("New action", answer("form_action.action"), 34),
        Column("For which gap", answer("form_action.competency_id"), 19),
        Column("Who", answer("form_action.owner"), 17),
        Column("How", answer("form_action.method"), 13),
        Column("Until", answer("form_action.due"), 17),
    ]
    return paragraph("What comes next", "Heading1") + answer_table(
        columns, "form_action in form_new_actions", "New actions", "Actions to add"
    )


def _next() -> str:
    return paragraph("", "FormSpace") + question_row(
        Question("Held on", "form.held", 1, 25),
        Question("Next check-in", "form.next_check_in", 1, 50, "Six to eight weeks out: {{ next_window }}."),
        Question("Time", "form.check_in_time", 1, 25),
    )
