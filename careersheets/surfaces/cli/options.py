"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...model.errors import UsageError

# A file's path or the address of a Google Sheet; wiring.open_book tells them apart.
Workbook = Annotated[
    str, typer.Argument(help="The master workbook: a file, or the address of a Google Sheet.")
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        help="For a Google Sheet: the folder for its documents, with careersheets.toml; the current one if left out.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
Cycle = Annotated[str | None, typer.Option(help="An evaluation cycle; the one in hand if left out.")]


def refuse_blank(**given: str | None) -> None:
    """An option with nothing in it is a mistake; to take it for "everybody" would make what nobody asked for.

    Raises:
        UsageError: one of the options is there and blank.
    """
    for name, value in given.items():
        if value is not None and not value.strip():
            raise UsageError(f"--{name.replace('_', '-')} is empty. Say which, or leave the option out.")


def refuse_blanks(**given: list[str] | None) -> None:
    """As `refuse_blank`, for options that may be given several times."""
    for name, values in given.items():
        for value in values or ():
            refuse_blank(**{name: value})


def listed(text: str | None) -> tuple[str, ...]:
    """What stands between the commas."""
    return tuple(piece.strip() for piece in (text or "").split(",") if piece.strip())
