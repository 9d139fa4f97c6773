"""The template of the manager's preparation."""

from __future__ import annotations

from .form import answer, question
from .manager_page import manager_footer, manager_header, manager_opening
from .package import Sheet
from .words import (
    Column,
    each,
    paragraph,
    run,
    side_by_side,
    table,
    when,
    write_line,
)

_MARKED = "{{ %s.competency }}{%% if %s.mark %%} ◆{%% endif %%}"


def manager_preparation() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join(
            (_opening(), _before(), _both_sides(), _agenda(), _own_words(), _scores(), _next_level(), _seen(), _since(), _actions())
        ),
        header=manager_header("{{ person.name }}"),
        footer=manager_footer("{{ person.manager or 'the manager' }} and HR"),
    )  # fmt: skip


def _opening() -> str:
    facts = [
        Column("Conversation", "{% if talk.kind %}{{ talk.kind }}, {% endif %}{% if talk.day %}{{ talk.day }}{% else %}no day set yet{% endif %}", 25),
        Column("Last one", "{{ talk.last or 'none on record' }}", 18),
        Column("At this level", "{% if tenure.length %}{{ tenure.length }}{% else %}not known{% endif %}", 19),
        Column("Readiness", run("{{ glance.mark }} ") + run("{{ glance.band }}", "Strong") + run(", attainment {{ glance.attainment }}"), 38),
    ]  # fmt: skip
    return manager_opening(
        "{{ person.name }}",
        "{{ person.level_title }}{% if not target.is_own_level %} → {{ target.title }}{% endif %}",
        facts,
        "Conversation, last one, time in level and readiness",
    )


def _before() -> str:
    columns = [
        Column("Min.", "{{ step.minutes }}", 7, number=True),
        Column("Before the conversation: {{ preparation_minutes }} minutes", "{{ step.what }}", 93),
    ]
    return paragraph("Prepare", "Heading1") + table(
        columns, "step in preparation", "Preparation", "What to do beforehand, with minutes"
    )


def _both_sides() -> str:
    objective = run("{{ objective.name }}", "Strong") + run(
        "{% if objective.meaning %}: {{ objective.meaning }}{% endif %}"
    )
    goal = run("{{ goal.goal }}") + run(
        "{% if goal.proposed_by %} Proposed by: {{ goal.proposed_by|lower }}.{% endif %}"
        "{% if goal.contribution %} Gain: {{ goal.contribution }}.{% endif %}"
        "{% if goal.progress %} So far: {{ goal.progress|lower }}.{% endif %}",
        "Quiet",
    )
    left = (
        paragraph("What the conversation is for", "Label")
        + each("objective in objectives", paragraph(objective, "ListBullet"))
        + when("not objectives", paragraph("Not set yet:", "TableText"), write_line())
    )
    right = (
        paragraph("Goals under way", "Label")
        + each("goal in goals", paragraph(goal, "ListBullet"))
        + when("not goals", paragraph("None is on record: agree one.", "TableText"))
    )
    return side_by_side(left, right, 45) + _priorities() + _answers()


def _priorities() -> str:
    columns = [
        Column("", "{{ form_rank.rank }}", 5, number=True),
        Column("The employee would work on first", "{{ form_rank.employee or '…' }}", 42, style="Answer"),
        Column("You would work on first", answer("form_rank.manager"), 53),
    ]
    return (
        paragraph("Priorities of both sides", "Label")
        + table(
            columns, "form_rank in form_priorities", "Priorities", "The competencies each side ranked first"
        )
        + when("priorities_apart", paragraph("{{ priorities_apart }}", "Small"))
    )


def _answers() -> str:
    given = run("{{ given.question }} ", "Quiet") + run("{{ given.answer }}")
    return when(
        "answers",
        paragraph("Written by the employee for this conversation", "Label"),
        each("given in answers", paragraph(given, "ListBullet")),
    )


def _agenda() -> str:
    asked = run("{{ part.part }}. ", "Strong") + run("{{ part.question }}")
    notes = each("note in part.notes", paragraph("{{ note }}", "TableText")) + when(
        "not part.notes", paragraph("–", "TableText")
    )
    columns = [
        Column("At", "{{ part.at }}", 6.5, number=True),
        Column("Min.", "{{ part.minutes }}", 6.5, number=True),
        Column("Ask", asked, 42),
        Column("At hand", notes, 45),
    ]
    return paragraph("The conversation: {{ talk.minutes }} minutes", "Heading1") + table(
        columns, "part in agenda", "Agenda", "The parts of the conversation with minutes, questions and notes"
    )


def _scores() -> str:
    columns = [
        Column("Competency", _kept(_MARKED % ("row", "row")), 27),
        *[
            Column(header, _kept("{{ row." + key + " }}", "TableNumber"), 8.6, number=True)
            for header, key in (
                ("Asked today", "now"),
                ("Self", "self"),
                ("Manager", "manager"),
                ("Agreed", "agreed"),
                ("Asked next", "then"),
            )
        ],
        Column(
            "Gap", _kept(run("{% cellbg row.tint %}{{ row.gap }}", "Strong"), "TableNumber"), 7, number=True
        ),
        Column("Talk about", _kept("{{ row.talk_about }}"), 23),
    ]
    return (
        paragraph("Ratings, self beside yours", "Heading1")
        + table(columns, "row in scores", "Ratings", "Ratings against what is asked today and at the target")
        + paragraph(
            "Asked next: at {{ target.title }}. Gap = asked next – the rating that counts (agreed, else yours). ◆ critical. {{ glance.reading }}",
            "Small",
        )
    )


def _next_level() -> str:
    need = paragraph(
        run(_MARKED % ("need", "need"), "Strong")
        + run(" {{ need.steps }}{% if need.behaviours %}: {% else %}, the framework does not say yet what one sees{% endif %}", "Quiet")
        + run("{% for behaviour in need.behaviours %}{{ behaviour.text }}{% if not loop.last %}; {% endif %}{% endfor %}"),
        "ListBullet",
    )  # fmt: skip
    return when(
        "needs or changes.scope",
        paragraph("What changes at {{ target.title }}", "Heading2"),
        when(
            "changes.scope",
            paragraph(run("Scope: ", "Strong") + run("{{ changes.scope.after }}"), "TableText"),
        ),
        each("need in needs", need),
    )


def _seen() -> str:
    columns = [
        Column("When", "{{ seen.date or '–' }}", 17),
        Column("Situation", "{{ seen.situation }}", 22),
        Column("Behaviour", "{{ seen.behaviour }}", 34),
        Column("Impact", "{{ seen.impact }}", 27),
    ]
    return (
        paragraph("What was seen", "Heading2")
        + when(
            "observations.rows",
            table(columns, "seen in observations.rows", "Observations", "Situation, behaviour and impact"),
        )
        + when("observations.note", paragraph("{{ observations.note }}", "Small"))
        + each("place in observations.missing", write_line(2))
        + when("observations.further", paragraph("{{ observations.further }}", "Small"))
    )


def _since() -> str:
    change = run(
        "{% for change in since.changes %}{{ change.competency }} {{ change.steps }} ({{ change.change }})"
        "{% if not loop.last %}; {% endif %}{% endfor %}"
    )
    return when(
        "since.any",
        paragraph("Since last time", "Heading2"),
        when("since.changes", paragraph(run("Ratings that moved: ", "Strong") + change, "ListBullet")),
        when(
            "since.known",
            paragraph(
                run("Gaps: ", "Strong")
                + run(
                    "{{ since.closed_count }}{% if since.closed %} ({{ since.closed|join(', ') }}){% endif %}"
                    "{% if since.attainment %}; attainment {{ since.attainment }}{% endif %}."
                ),
                "ListBullet",
            ),
        ),
        when(
            "since.actions", paragraph(run("Actions: ", "Strong") + run("{{ since.actions }}"), "ListBullet")
        ),
    )


def _actions() -> str:
    state = run("{% cellbg action.tint %}{{ action.status }}, ") + run("{{ action.state }}", "Strong")
    columns = [
        Column("Action", _kept("{{ action.action }}"), 46),
        Column("Who", _kept("{{ action.owner }}"), 17),
        Column("Until", _kept("{{ action.due or '–' }}"), 16),
        Column("State", _kept(state), 21),
    ]
    return (
        paragraph("Open actions", "Heading2")
        + when("actions", table(columns, "action in actions", "Open actions", "Actions not done yet"))
        + when("more_actions", paragraph("And {{ more_actions }} more on the sheet Action items.", "Small"))
        + when("not actions", paragraph("No action is open.", "TableText"))
    )


def _kept(content: str, style: str = "TableText") -> str:
    """A cell's paragraph that stays on one page with what follows, so that a short table is not torn apart."""
    return paragraph(content, style, "<w:keepNext/>")


def _own_words() -> str:
    return paragraph("", "FormSpace") + question("What do you want to be sure to say?", "form.be_sure", 1)
