"""The template of the mentoring introduction."""

from __future__ import annotations

from .package import Sheet
from .person_page import page_footer, page_header
from .words import Column, each, paragraph, run, side_by_side, table, when, write_line

_AGENDA = (
    ("10 min", "Get to know each other", "What do you do, and how did you come to it?"),
    ("15 min", "What it is about", "What does the mentee want to be able to do? What can the mentor show, and what not?"),
    ("10 min", "How you work together", "How often, how long, where, and how do you reach each other in between?"),
    ("10 min", "A first small step", "What does the mentee try until next time, and who helps?"),
    ("5 min", "Next meeting", "Put the day into both calendars before you part."),
)  # fmt: skip
_QUESTIONS = (
    ("For the mentee", "What have you tried already, and what happened?"),
    ("For the mentor", "What was hard for you when you learnt this?"),
    ("For both", "How will we notice in three months that it was worth the time?"),
)  # fmt: skip
_RULES = (
    ("What is said stays between you.", " Tell others only what both of you agree on."),
    ("Mentors do not rate.", " A mentor gives no rating of the mentee, and is asked for none."),
    ("Your managers need not know what you talk about,", " only that you meet, so that there is time for it."),
    ("One exception:", " if somebody could come to harm, say openly that you have to pass it on, and then do."),
    ("Either of you may end it at any time,", " with a word to HR and without giving a reason."),
)  # fmt: skip


def mentoring_introduction() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join((_opening(), _pairs(), _agenda(), _questions(), _rules(), _first_meeting())),
        header=page_header("{{ document.kind }} · {{ person.name }}"),
        footer=page_footer("For mentee, {% if mentors|length > 1 %}mentors{% else %}mentor{% endif %} and HR"),
    )  # fmt: skip


def _opening() -> str:
    return (
        paragraph("{{ document.kind }}", "Overline")
        + paragraph("{{ person.name }}", "Title")
        + paragraph("with {{ mentor_names }}", "Subtitle")
        + paragraph(
            "{% if mentors|length > 1 %}All of you{% else %}You both{% endif %} said yes to mentoring, and from here on it is yours. The mentee brings the questions and asks for the "
            "first meeting; the mentor brings time and experience, not solutions. An hour a month is a good measure."
        )
    )  # fmt: skip


def _pairs() -> str:
    columns = [
        Column("Name", run("{{ one.name }}", "Strong"), 30),
        Column("Part", "{{ one.part }}", 20),
        Column("Role", "{{ one.role or '–' }}", 22),
        Column("Team", "{{ one.place or '–' }}", 28),
    ]
    about = run("{% if mentors|length > 1 %}With {{ mentor.name }}: {% endif %}", "Strong") + run(
        "{% if mentor.shared %}{{ mentor.shared|join('; ') }}.{% else %}agree on it when you meet:{% endif %}"
    )
    return (
        paragraph("Who you are", "Heading1")
        + table(columns, "one in pair", "Mentee and mentors", "Name, part, role and team of each of you")
        + paragraph("What it is about: the focus that both of you have", "Label")
        + each("mentor in mentors", paragraph(about), when("not mentor.shared", write_line()))
    )  # fmt: skip


def _agenda() -> str:
    rows = "".join(
        paragraph(run(f"{minutes}  ", "Quiet") + run(f"{what}. ", "Strong") + run(how), "ListNumber")
        for minutes, what, how in _AGENDA
    )
    return paragraph("Your first meeting: fifty minutes", "Heading1") + rows


def _questions() -> str:
    rows = "".join(
        paragraph(run(f"{who}: ", "Strong") + run(asked), "ListBullet") for who, asked in _QUESTIONS
    )
    return paragraph("Three questions to begin with", "Heading2") + rows


def _rules() -> str:
    rows = "".join(paragraph(run(first, "Strong") + run(rest), "ListBullet") for first, rest in _RULES)
    return paragraph("What you can rely on", "Heading1") + rows


def _first_meeting() -> str:
    return (
        paragraph("What you agree", "Heading1")
        + side_by_side(
            paragraph("First meeting: day and time", "Label") + write_line(),
            paragraph("Where", "Label") + write_line(),
            50,
        )
        + side_by_side(
            paragraph("What the mentee expects", "Label") + write_line(2),
            paragraph(
                "What the {% if mentors|length > 1 %}mentors expect{% else %}mentor expects{% endif %}",
                "Label",
            )
            + write_line(2),
            50,
        )
    )
