"""The sheet of HR's own words for the check of wording."""

from __future__ import annotations

from .column import Kind, Text, column
from .sheet import SheetModel, about


class OwnWording(SheetModel):
    """One row: a phrase that nobody can observe, besides those the check knows."""

    phrase: Text = column(
        "Phrase",
        help="As it may stand in an expectation, an action or an observation.",
        width=34,
        required=True,
    )
    say_instead: Text = column(
        "Say instead",
        Kind.LONG_TEXT,
        help="An example of what one can see; blank for one of the check's own.",
        width=84,
    )

    class Config:
        name = "Wording"
        unique = ["phrase"]
        metadata = about(
            "set-up",
            row_is="a phrase",
            purpose="Your own vague phrases, which the check then marks, and what to say instead.",
        )
