"""What the pages for managers and HR share: header, footer, and the first lines."""

from __future__ import annotations

from collections.abc import Sequence

from .person_page import page_footer, page_header
from .words import Column, fixed_row, paragraph, run, when


def manager_header(about: str) -> str:
    """Organisation on the left, kind, cycle and whom it is `about` on the right."""
    return page_header("{{ document.kind }} · {{ cycle }} · " + about)


def manager_footer(readers: str) -> str:
    """Sources, who may read it, and the page."""
    return page_footer(f"Confidential: for {readers} only")


def manager_opening(title: str, subtitle: str, facts: Sequence[Column], description: str) -> str:
    """The draft notice, the title and a row of facts."""
    return (
        when("draft", paragraph(run("DRAFT  ", "Strong") + run("{{ draft_notice }}"), "Draft"))
        + paragraph("{{ document.kind }} · {{ cycle }}", "Overline")
        + paragraph(title, "Title")
        + paragraph(subtitle, "Subtitle")
        + fixed_row(facts, "Facts", description)
    )
