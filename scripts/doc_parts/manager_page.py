"""What the pages for managers and HR share: header, footer, and the first lines."""

from __future__ import annotations

from collections.abc import Sequence

from .words import Column, each, field, fixed_row, paragraph, run, to_the_right, when


def manager_header(about: str) -> str:
    """Organisation on the left, kind, cycle and whom it is `about` on the right."""
    return paragraph(
        run("{{ organisation }}", "Strong")
        + to_the_right()
        + run("{{ document.kind }} · {{ cycle }} · " + about),
        "Header",
    )


def manager_footer(readers: str) -> str:
    """Sources, who may read it, and the page."""
    line = (
        run(f"Confidential: for {readers} only")
        + to_the_right()
        + run("Page ")
        + field("PAGE")
        + run(" of ")
        + field("NUMPAGES")
    )
    return each("source in sources", paragraph("{{ source }}", "Footer")) + paragraph(line, "Footer")


def manager_opening(title: str, subtitle: str, facts: Sequence[Column], description: str) -> str:
    """The draft notice, the title and a row of facts."""
    return (
        when("draft", paragraph(run("DRAFT  ", "Strong") + run("{{ draft_notice }}"), "Draft"))
        + paragraph("{{ document.kind }} · {{ cycle }}", "Overline")
        + paragraph(title, "Title")
        + paragraph(subtitle, "Subtitle")
        + fixed_row(facts, "Facts", description)
    )
