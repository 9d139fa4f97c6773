"""The template of the case for a promotion."""

from __future__ import annotations

from .calculation import calculation_of, calculation_rules
from .form import Question, answer, answer_table, question, question_row
from .manager_page import manager_footer, manager_header, manager_opening
from .package import Sheet
from .words import Column, each, paragraph, run, table, when

_MARKED = "{{ %s.competency }}{%% if %s.mark %%} ◆{%% endif %%}"


def promotion_case() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join(
            (_opening(), _figures(), _criteria(), _critical(), _ratings(), _observations(), _statement(), _decision(), _calculation())
        ),
        header=manager_header("{{ person.name }}"),
        footer=manager_footer("{{ person.manager or 'the manager' }}, {{ approver or 'the approver' }} and HR"),
    )  # fmt: skip


def _opening() -> str:
    facts = [
        Column(
            "At this level since", "{% if tenure.since %}{{ tenure.since }}{% else %}not known{% endif %}", 24
        ),
        Column("Time in level", "{{ tenure.length or '–' }}", 20),
        Column("With us since", "{{ hired or '–' }}", 20),
        Column("Proposed by", "{{ person.manager or '–' }}", 18),
        Column("Approver", "{{ approver or '–' }}", 18),
    ]
    return manager_opening(
        "{{ person.name }}",
        "{{ person.level_title }} → {{ target.title }}",
        facts,
        "Time in level, manager and approver",
    )


def _figures() -> str:
    band = run("{{ glance.mark }} ") + run("{{ glance.band }}", "Strong")
    columns = [
        Column("Readiness", band, 26, in_the_middle=True),
        *[
            Column(
                header, paragraph("{{ glance." + key + " }}", "Figure"), 18.5, number=True, in_the_middle=True
            )
            for header, key in (
                ("Attainment", "attainment"),
                ("Share met", "share_met"),
                ("Coverage", "coverage"),
                ("Critical short", "critical_unmet"),
            )
        ],
    ]
    above = run("Above what is asked: ", "Strong") + run(
        "{% for strength in strengths %}{{ strength.competency }} ({{ strength.rating }}, {{ strength.required }} asked)"
        "{% if not loop.last %}; {% endif %}{% endfor %}."
    )
    short = run("Short: ", "Strong") + run(
        "{% for row in still_short %}{{ row.competency }}{% if row.mark %} ◆{% endif %} (by {{ row.gap }})"
        "{% if not loop.last %}; {% endif %}{% endfor %}."
    )
    return (
        paragraph("Readiness for {{ target.title }}", "Heading1")
        + table(columns, "figure in [glance]", "Readiness", "Key figures for the target level")
        + paragraph("", "FormSpace")
        + paragraph(
            "{{ glance.reading }}{% if glance.progress %} {{ glance.progress }}{% endif %}", "TableText"
        )
        + when("strengths", paragraph(above, "TableText"))
        + when("still_short", paragraph(short, "TableText"))
    )


def _criteria() -> str:
    state = run("{% cellbg form_criterion.tint %}") + run("{{ form_criterion.state }}", "Strong")
    agreed = (
        paragraph(run("{{ form_criterion.condition }}", "Strong"), "TableText")
        + paragraph(run("Wanted: ", "Quiet") + run("{{ form_criterion.evidence_wanted or '…' }}"), "TableText")
        + paragraph(run("{{ form_criterion.agreed }}{% if form_criterion.by %}, until {{ form_criterion.by }}{% endif %}", "Quiet"), "TableText")
    )  # fmt: skip
    confirmed = paragraph(state, "TableText") + paragraph(
        run(
            "{% if form_criterion.confirmed_by %}confirmed by {{ form_criterion.confirmed_by }}{% endif %}",
            "Quiet",
        ),
        "TableText",
    )
    columns = [
        Column("What would need to be true", agreed, 37),
        Column("Evidence seen", answer("form_criterion.evidence_seen"), 31),
        Column("Met on", answer("form_criterion.met_on"), 15),
        Column("State", confirmed, 17),
    ]
    return (
        paragraph("Criteria and evidence", "Heading1")
        + paragraph("{{ criteria_told }}{% if criteria_elsewhere %} {{ criteria_elsewhere }}{% endif %}", "TableText")
        + when(
            "form_criteria",
            answer_table(
                columns, "form_criterion in form_criteria", "Criteria", "Each criterion with evidence, day and state", lines=1
            ),
        )
    )  # fmt: skip


def _critical() -> str:
    columns = [
        Column("Critical competency", run("{{ one.competency }} ◆", "Strong"), 46),
        Column("Asked", "{{ one.required }}", 14, number=True),
        Column("Rating", "{{ one.current }}", 14, number=True),
        Column("State", run("{% cellbg one.tint %}{{ one.state }}"), 26),
    ]
    return when(
        "critical",
        paragraph("Without these nobody is ready", "Heading1"),
        table(
            columns, "one in critical", "Critical competencies", "Ratings and evidence of what is critical"
        ),
    )


def _ratings() -> str:
    seen = run("{{ row.evidence }}") + run("{% if row.date %} {{ row.date }}{% endif %}", "Quiet")
    columns = [
        Column("Competency", _MARKED % ("row", "row"), 23),
        Column("Asked", "{{ row.required }}", 7, number=True),
        Column("{{ history.span or 'Rating' }}", "{{ row.steps }}", 28),
        Column("Evidence of this cycle", seen, 42),
    ]
    levels = "{% for one in history.cycles %}{{ one.cycle }}: {{ one.level or '–' }}{% if not loop.last %}; {% endif %}{% endfor %}."
    return (
        paragraph("Ratings over the cycles", "Heading1")
        + table(
            columns,
            "row in history.rows",
            "History",
            "The ratings that counted, cycle by cycle, with evidence",
        )
        + when("history.cycles", paragraph(run("Level in each cycle: ", "Strong") + run(levels), "Small"))
    )


def _observations() -> str:
    told = run("{{ seen.situation }}: ", "Strong") + run(
        "{{ seen.behaviour }}{% if seen.impact %} {{ seen.impact }}{% endif %}"
    )
    source = run(
        " {{ [seen.competency, seen.date, seen.observer]|select|join(', ') }}",
        "Quiet",
    )
    return when(
        "observations.rows or observations.note",
        paragraph("What was seen", "Heading1"),
        each("seen in observations.rows", paragraph(told + source, "ListBullet")),
        when("observations.note", paragraph("{{ observations.note }}", "Small")),
    )


def _statement() -> str:
    return (
        paragraph("The manager’s statement", "Heading1")
        + question(
            "Why now, and what shows it",
            "form.statement",
            5,
            hint="What this person does already that the new level asks for. Behaviour and effect, not character.",
        )
        + question("The work at the new level that there is to do", "form.business_need", 2)
    )


def _decision() -> str:
    return (
        paragraph("The approver’s decision", "Heading1")
        + question_row(
            Question("Decision", "form.decision", 1, 60),
            Question("From which day", "form.effective_on", 1, 40),
        )
        + question(
            "Reasons",
            "form.reasons",
            4,
            hint="They are told to the employee; write them so that they can be.",
        )
        + question("If not yet: what is to be seen, and until when", "form.next_evidence", 2)
        + question_row(
            Question("Decided by", "form.decided_by", 1, 60),
            Question("Decided on", "form.decided_on", 1, 40),
        )
    )


def _calculation() -> str:
    return (
        paragraph("How this was calculated", "Heading1")
        + calculation_rules()
        + calculation_of("calculation")
        + paragraph("", "Nothing")
    )
