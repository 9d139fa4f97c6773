"""What the pages about one person share: header, footer, and the first lines."""

from __future__ import annotations

from collections.abc import Sequence

from .words import Column, each, field, fixed_row, paragraph, run, to_the_right, when


def page_header(says: str = "{{ document.kind }} · {{ cycle }} · {{ person.name }}") -> str:
    """Organisation on the left; kind, cycle and person on the right."""
    return paragraph(run("{{ organisation }}", "Strong") + to_the_right() + run(says), "Header")


def page_footer(readers: str = "Confidential: {{ person.name }}, their manager and HR") -> str:
    """Sources, who may read it, and the page."""
    return each("source in sources", paragraph("{{ source }}", "Footer")) + last_line(readers)


def last_line(readers: str) -> str:
    """Who may read it on the left, the page on the right."""
    page = run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES")
    return paragraph(run(readers) + to_the_right() + page, "Footer")


def opening(subtitle: str, facts: Sequence[Column], description: str, intro: str) -> str:
    """The draft notice, the title, a row of facts, and how the form is used."""
    return (
        when("draft", paragraph(run("DRAFT  ", "Strong") + run("{{ draft_notice }}"), "Draft"))
        + paragraph("{{ document.kind }} · {{ cycle }}", "Overline")
        + paragraph("{{ person.name }}", "Title")
        + paragraph(subtitle, "Subtitle")
        + fixed_row(facts, "Facts", description)
        + paragraph(intro, "Small")
    )


def ending(body: str) -> str:
    """`body` with the least that may follow its last table, so that a full page is not followed by an empty one."""
    return body.removesuffix(paragraph("", "FormSpace")) + paragraph("", "Nothing")
