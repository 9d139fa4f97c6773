"""The template of the page that goes to HR only."""

from __future__ import annotations

from .form import Question, question, question_row
from .package import Sheet
from .person_page import last_line, page_header
from .words import paragraph, run

_RULES = (
    ("Only HR reads it.", " It goes to no manager, and nothing of it stands in a document that a manager receives."),
    ("It is not part of your evaluation.", " It changes no rating, no readiness and no plan."),
    ("You send it yourself, straight to HR", "{% if organisation %} of {{ organisation }}{% endif %}: by e-mail, or in a closed envelope. Not through your manager, and not together with your preparation."),
    ("It is yours to leave empty.", " Nobody asks why, and nobody notes it."),
)  # fmt: skip


def page_for_hr() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join((_opening(), _questions())),
        header=page_header("{{ document.kind }} · {{ cycle }}"),
        footer=last_line("Confidential: {{ person.name }} and HR only"),
    )  # fmt: skip


def _opening() -> str:
    return (
        paragraph("{{ document.kind }} · {{ cycle }}", "Overline")
        + paragraph("{{ person.name }}", "Title")
        + paragraph("A page for what is not meant for your manager", "Subtitle")
        + "".join(paragraph(run(first, "Strong") + run(rest), "ListBullet") for first, rest in _RULES)
        + paragraph("", "TableText")
    )


def _questions() -> str:
    free = (
        "Whatever belongs with HR: a concern, something at work that is not right, thoughts about your field of work "
        "or about the company. As much or as little as you like."
    )
    return (
        question("In your own words", "form.own_words", 10, free)
        + question("What you wish for", "form.wishes", 4, "For yourself, your team or the company.")
        + question("What would help you, and from whom", "form.support", 4)
        + question_row(
            Question("Should HR get in touch with you?", "form.get_in_touch", 1, 42),
            Question("How and when HR reaches you best", "form.how", 1, 58),
        )
    )
