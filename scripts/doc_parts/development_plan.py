"""The template of the development plan."""

from __future__ import annotations

from collections.abc import Sequence

from .form import Question, answer, answer_table, field, question, question_row
from .package import Sheet
from .person_page import opening, page_footer, page_header
from .words import Column, each, paragraph, run, table, when


def development_plan() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join((_opening(), _goals(), _actions(), _done(), _record())),
        header=page_header(),
        footer=page_footer(),
    )


def _opening() -> str:
    facts = [
        Column("Level today", "{{ person.level_title }}", 26),
        Column("Works towards", "{{ target.title }}", 26),
        Column("Readiness", "{{ glance.mark }} {{ glance.band }}, {{ glance.attainment }} attained", 28),
        Column("Manager", "{{ person.manager or '–' }}", 20),
    ]
    intro = (
        "The plan is the employee’s; the manager supports it. What is known is filled in, the rest is there to be agreed. "
        "As of {{ date }}.{% if follow_through %} {{ follow_through }}{% endif %}"
    )
    return opening(
        "{{ person.level_title }} → {{ target.title }}", facts, "Level, target, readiness and manager", intro
    )


def _goals() -> str:
    columns = [
        Column(
            "{{ form_goal.kind }} goal",
            paragraph(run("{{ form_part.name }}", "Strong"), "TableText")
            + when("form_part.asks", paragraph(run("{{ form_part.asks }}", "Quiet"), "TableText")),
            28,
        ),
        Column("In this goal", answer("form_part.answer"), 72),
    ]
    title = run("{% if form_goal.is_new %}A new goal{% else %}Goal {{ form_goal.number }}{% endif %}")
    return (
        paragraph("Goals", "Heading1")
        + when("goals_note", paragraph("{{ goals_note }}"))
        + each(
            "form_goal in form_goals",
            paragraph(title, "Heading2"),
            question("What will be different", "form_goal.goal", 1),
            question_row(
                Question("Type", "form_goal.type", 1, 14),
                Question("Towards", "form_goal.target_level", 1, 26),
                Question("Proposed by", "form_goal.proposed_by", 1, 18),
                Question("Until", "form_goal.due", 1, 18),
                Question("Horizon", "form_goal.horizon", 1, 12),
                Question("Status", "form_goal.status", 1, 12),
            ),
            when("form_goal.horizon_told", paragraph("{{ form_goal.horizon_told }}", "Small")),
            answer_table(columns, "form_part in form_goal.form_parts", "Goal", "The parts of the goal", 0),
        )
    )


def _labelled(*pairs: Sequence[str]) -> str:
    """Fields below each other, each behind its label."""
    return "".join(
        paragraph(run(f"{label}  ", "Quiet") + field(f"form_action.{name}"), "TableText")
        for label, name in pairs
    )


def _action_columns(*, is_new: bool) -> list[Column]:
    first = [("For the gap", "competency_id")] if is_new else []
    done = [] if is_new else [("Status", "status"), ("Done on", "done_on")]
    what = paragraph(field("form_action.action"), "TableText") + _labelled(
        *first, ("Shows in", "behaviour_or_skill")
    )
    if not is_new:
        what += when("form_action.tied_to", paragraph(run("{{ form_action.tied_to }}", "Quiet"), "TableText"))
    return [
        Column("What", what, 35),
        Column("Who and how", _labelled(("Who", "owner"), ("How", "method"), ("Support", "support")), 24),
        Column(
            "When",
            _labelled(("From", "start"), ("Until", "due"), ("Debrief", "debrief_date"), ("with", "debrief_with")),
            20,
        ),
        Column("Done when", _labelled(("Evidence", "evidence_of_done"), *done), 21),
    ]  # fmt: skip


def _actions() -> str:
    heading = run("{{ group.competency }}{% if group.mark %} ◆{% endif %}") + run(
        "{% if group.steps %}   {{ group.steps }} · priority {{ group.priority }}{% if group.ranked %} · {{ group.ranked }}{% endif %}{% endif %}",
        "Quiet",
    )
    return (
        paragraph("Actions, by the gap they close", "Heading1")
        + when("not form_groups", paragraph("No action is open yet."))
        + each(
            "group in form_groups",
            paragraph(heading, "Heading2"),
            answer_table(
                _action_columns(is_new=False),
                "form_action in group.form_actions",
                "Actions",
                "What is done about this gap",
            ),
        )
        + when(
            "gaps_without_action", paragraph("", "FormSpace"), paragraph(run("{{ gaps_without_action }}", "Strong"))
        )
        + paragraph("New actions", "Heading2")
        + answer_table(
            _action_columns(is_new=True), "form_action in form_new_actions", "New actions", "Actions to add", 3
        )
    )  # fmt: skip


def _done() -> str:
    columns = [
        Column("What", "{{ one.action }}", 58),
        Column("Competency", "{{ one.competency or '–' }}", 22),
        Column("Done on", "{{ one.done_on or '–' }}", 20),
    ]
    return when(
        "done",
        paragraph("Done", "Heading1"),
        table(columns, "one in done", "Done", "Actions that are done, the latest first"),
    )


def _record() -> str:
    columns = [
        Column("Competency", "{{ row.competency }}", 38, style="FormulaText"),
        Column("Asked", "{{ row.asked }}", 10, number=True, style="FormulaNumber"),
        Column("Ratings", "{{ row.ratings }}", 22, number=True, style="FormulaNumber"),
        Column("Change", "{{ row.change or '–' }}", 12, number=True, style="FormulaNumber"),
        Column("Gap closed in", "{{ row.closed or '–' }}", 18, style="FormulaText"),
    ]
    return (
        paragraph("Record of progress", "Heading1")
        + paragraph(
            "It belongs to {{ person.name }}. {% if record.cycles %}Ratings in {{ record.cycles }}, against what {{ target.title }} asks today.{% endif %}{% if record.closed %} {{ record.closed }}{% endif %}",
            "Normal",
            "<w:keepNext/>",
        )
        + when("record.any", table(columns, "row in record.rows", "Record", "Ratings by competency over the cycles"))
        + when("not record.any", paragraph("Nothing is rated yet."))
        + paragraph("", "Nothing")
    )  # fmt: skip
