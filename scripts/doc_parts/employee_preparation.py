"""The template of the employee's preparation."""

from __future__ import annotations

from .form import Question, answer, answer_table, question, question_row, tick
from .form import field as form_field
from .package import Sheet
from .person_page import page_footer, page_header
from .words import Column, each, fixed_row, paragraph, run, table, when

_NEW_PAGE = "<w:pageBreakBefore/>"
_WITH_NEXT = "<w:keepNext/>"


def employee_preparation() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join(
            (_opening(), _purpose(), _looking_back(), _six_questions(), _feeling(), _career_map(), _direction(),
             _ratings(), _priorities(), _criteria(), _goals())
        ),
        header=page_header(),
        footer=page_footer(),
    )  # fmt: skip


def _opening() -> str:
    facts = [
        Column("Level today", "{{ person.level_title }}", 27),
        Column("Works towards", "{% for aim in targets %}{{ aim.title }}{% if not loop.last %}; {% endif %}{% endfor %}{% if not targets %}–{% endif %}", 31),
        Column("Conversation with", "{{ person.manager or '–' }}", 22),
        Column("Planned for", "{{ talk.day or 'no day set yet' }}", 20),
    ]  # fmt: skip
    how = run("Half an hour is enough. ", "Strong") + run(
        "Write in notes or in sentences, on the screen or by hand, and leave empty what does not fit: "
        "nothing here is marked or scored."
    )
    until = run("Send it back to HR ", "Strong") + run(
        "{% if talk.day %}at least two days before {{ talk.day }}, so that there is time to read it."
        "{% else %}about two days before you meet; the day is not set yet.{% endif %}"
    )
    readers = run("Who reads it: ", "Strong") + run(
        "you, {{ person.manager or 'your manager' }} and HR, before you meet. What your manager should not read "
        "belongs on the Page for HR, which you send to HR yourself."
    )
    return (
        when("draft", paragraph(run("DRAFT  ", "Strong") + run("{{ draft_notice }}"), "Draft"))
        + paragraph("{{ document.kind }} · {{ cycle }}", "Overline")
        + paragraph("{{ person.name }}", "Title")
        + paragraph("Your side of the career conversation", "Subtitle")
        + fixed_row(facts, "Facts", "Level, targets, manager and day of the conversation")
        + paragraph("", "TableText")
        + paragraph(how)
        + paragraph(until)
        + paragraph(readers)
    )


def _purpose() -> str:
    return (
        paragraph("What the conversation is for", "Heading1")
        + each(
            "form_objective in form_objectives",
            tick("{{ form_objective.name }}: {{ form_objective.meaning }}", "form_objective.tick"),
        )
        + question("For me it was worth it if …", "form.own_objectives", 2)
        + question_row(
            Question(
                "How clear is it to you today where your work is heading?",
                "form.pulse_before",
                1,
                hint="1 not at all – 5 completely. The same question comes once more after the conversation.",
            )
        )
    )


def _looking_back() -> str:
    on_record = run("{{ goal.goal }}") + run("{% if goal.state %} ({{ goal.state }}){% endif %}", "Quiet")
    return (
        paragraph("Looking back", "Heading1")
        + when(
            "goals",
            paragraph("Goals on record", "Label"),
            each("goal in goals", paragraph(on_record, "ListBullet")),
            when("more_goals", paragraph("And {{ more_goals }} on record.", "Small")),
            paragraph("", "FormSpace"),
        )
        + question("What you achieved since last time", "form.goals_achieved", 3, "Goals reached, and what nobody planned but you did.")
        + question("Opportunities you would like", "form.opportunities_wanted", 2, "A project, a role in one, a person to work with, a stage to speak on.")
    )  # fmt: skip


def _six_questions() -> str:
    return paragraph("Six questions about your work", "Heading1") + each(
        "form_question in form_questions",
        question("{{ form_question.question }}", "form_question.answer", 3, "{{ form_question.hint }}"),
    )


def _feeling() -> str:
    return (
        paragraph("Your current role", "Heading1")
        + question_row(
            Question("How does it feel?", "form.role_satisfaction", 2, 30, hint="1 not right for me – 5 just right"),
            Question("What makes it so?", "form.role_satisfaction_why", 2, 70, hint="If you like."),
        )
        + paragraph("This number opens the conversation. It is never used in scoring, readiness or pay.", "Small")
    )  # fmt: skip


def _career_map() -> str:
    return (
        paragraph("Your career map", "Heading1", _NEW_PAGE)
        + paragraph(
            run("Where you are: ", "Strong")
            + run("{{ career.today.title or '–' }}{% if career.today.place %} ({{ career.today.place }}){% endif %}.{% if career.today.scope %} {{ career.today.scope }}{% endif %}")
        )
        + when(
            "career.strengths",
            paragraph(run("Strengths the results name: ", "Strong") + run("{{ career.strengths|join('; ') }}.")),
        )
        + when(
            "not career.strengths and career.as_asked",
            paragraph(run("Already as your target asks: ", "Strong") + run("{{ career.as_asked|join('; ') }}.")),
        )
        + question("What the map leaves out about you today", "form.career_map_today", 1, "Languages, earlier work, things you do well outside your role.")
        + when(
            "career.is_top",
            paragraph("Your level is the highest of its ladder. From here one grows in breadth: a wider reach, other tasks, helping others grow."),
        )
        + when(
            "career.levels",
            paragraph("Where one can go from here", "Label"),
            table(_level_columns(), "level in career.levels", "Career map", "Levels one can move to, what they ask in addition, readiness"),
            when("career.further", paragraph("{{ career.further }}", "Small")),
            paragraph("", "FormSpace"),
        )
        + question_row(
            Question("The way you would like to look at", "form.career_map_choice", 2, 38, hint="“Exploring” is a good answer."),
            Question("What draws you to it", "form.career_map_why", 2, 62, hint="The work, the people, the learning …"),
        )
    )  # fmt: skip


def _level_columns() -> list[Column]:
    title = paragraph(run("{{ level.title }}", "Strong"), "TableText") + paragraph(
        run("{{ level.step }}{% if level.place %} · {{ level.place }}{% endif %}", "Quiet"), "TableText"
    )
    adds = when("level.scope", paragraph("{{ level.scope }}", "TableText")) + each(
        "line in level.adds", paragraph("{{ line }}", "SmallText")
    ) + when(
        "not level.scope and not level.adds",
        paragraph(run("The framework does not say yet what it asks.", "Quiet"), "TableText"),
    )  # fmt: skip
    return [
        Column("Level", title, 30),
        Column("What it asks in addition", adds, 52),
        Column("Readiness", "{% if level.mark %}{{ level.mark }} {% endif %}{{ level.band }}", 18),
    ]


def _direction() -> str:
    kinds = "{% for kind in directions %}{{ kind.kind }}: {{ kind.meaning }}{% if not loop.last %}; {% else %}.{% endif %}{% endfor %}"
    return (
        paragraph("1  Your direction", "Heading1")
        + paragraph("What should your work be about in one to two years? These four questions, in this order, are the heart of the conversation.", "Normal", _WITH_NEXT)
        + question_row(
            Question("Kind", "form.direction_kind", 3, 26),
            Question("In your words", "form.direction", 3, 74, hint="More of what, less of what, with whom, for whom?"),
        )
        + paragraph(kinds, "Small")
    )  # fmt: skip


def _ratings() -> str:
    name = run("{{ form_score.competency }}{% if form_score.mark %} ◆{% endif %}")
    columns = [
        Column("Competency", name, 24),
        Column("Self", "{{ form_score.self }}", 7, number=True),
        Column("Rating", "{{ form_score.current }}", 8, number=True),
        Column("Asked", "{{ form_score.asked }}", 9, number=True),
        Column("Gap", run("{% cellbg form_score.tint %}{{ form_score.gap }}", "Strong"), 7, number=True),
        Column("Your response", answer("form_score.response"), 16),
        Column("Comment", answer("form_score.comment"), 29),
    ]
    legend = (
        "Self: your own rating. Rating: the one that counts. {% if targets %}Asked: at "
        "{% for aim in targets %}{{ aim.title }}{% if targets|length > 1 %} ({{ aim.code }}){% endif %}{% if not loop.last %} and {% endif %}{% endfor %}. "
        "Gap = asked – rating; positive means to develop. ◆ critical there.{% endif %}"
    )
    return (
        paragraph("2  Your read of the ratings", "Heading1")
        + paragraph("Do they match your work? Agree, dispute with a sentence why, or say that you knew. A disputed rating is looked into; disputing one never counts against you.", "Normal", _WITH_NEXT)
        + when(
            "form_scores",
            answer_table(columns, "form_score in form_scores", "Ratings", "Ratings, what is asked, and your response", 1),
            paragraph(legend, "Small"),
        )
        + when("not form_scores", paragraph("There are no ratings to look at yet."))
    )  # fmt: skip


def _priorities() -> str:
    return (
        paragraph("3  Which gaps matter most", "Heading1")
        + paragraph(
            "Three at most; the rest waits. What you rank here counts double in the order of your gaps.",
            "Normal",
            _WITH_NEXT,
        )
        + question_row(
            *(
                Question(label, f"form.employee_priorities_{rank}", 1, 33.3)
                for rank, label in enumerate(("First", "Second", "Third"), start=1)
            )
        )
        + question("Why these?", "form.priorities_why", 2)
    )


def _criteria() -> str:
    on_record = run("{{ criterion.condition }}") + run(
        "{% if criterion.evidence %} Seen by: {{ criterion.evidence }}{% endif %} ({{ criterion.state }})",
        "Quiet",
    )
    columns = [
        Column("What would need to be true", _kept("form_criterion.condition"), 44),
        Column("How one would see it", _kept("form_criterion.evidence"), 36),
        Column("Until when", _kept("form_criterion.by"), 20),
    ]
    return (
        paragraph("4  What would need to be true", "Heading1")
        + paragraph("Conditions for the way you chose, in a form that two people can check: you and your manager agree on them when you meet.", "Normal", _WITH_NEXT)
        + when(
            "criteria",
            paragraph("Agreed before", "Label"),
            each("criterion in criteria", paragraph(on_record, "ListBullet")),
            paragraph("", "FormSpace"),
        )
        + answer_table(columns, "form_criterion in form_criteria", "Criteria", "Conditions, how one would see them, and until when")
    )  # fmt: skip


def _kept(name: str) -> str:
    """A field in a row that stays on the page of the next."""
    return paragraph(form_field(name), "Answer", "<w:keepNext/>")


def _goals() -> str:
    explained = [
        Column("Part", run("{{ part.name }}", "Strong"), 18),
        Column("Asks", "{{ part.asks }}", 38),
        Column("For example", "{{ part.example }}", 44),
    ]
    halves = [
        question_row(*(Question(label, f"form_goal.{column}", 2, 50) for column, label in pair))
        for pair in (
            (
                ("relevant", "Relevant: why it matters to you"),
                ("experiment", "Experiment: what you try first"),
            ),
            (
                ("aspiration", "Aspiration: where it leads"),
                ("learning_outcome", "Learning outcome: what you can do then"),
            ),
        )
    ]
    return (
        paragraph("Your REAL goals", "Heading1")
        + paragraph("A REAL goal is yours: it says why it matters, what you try, where it leads and what you will have learnt.", "Normal", _WITH_NEXT)
        + table(explained, "part in real", "REAL", "The four parts of a goal, what they ask, and an example")
        + paragraph("", "FormSpace")
        + each(
            "form_goal in form_goals",
            question_row(
                Question("Goal {{ form_goal.number }}: what will be different?", "form_goal.goal", 1, 74),
                Question("Until when", "form_goal.due", 1, 26),
            ),
            *halves,
        )
    )  # fmt: skip
