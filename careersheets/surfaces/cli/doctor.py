"""The command `doctor`: what is in a workbook that other programs would lose, hide or leave stale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .excel import doctor as examine_computer
from .excel import say_diagnoses
from .exit_codes import ExitCode
from .output import say, say_json

if TYPE_CHECKING:
    from ...books.inspection import Inspection


def doctor(
    book: Annotated[
        Path | None, typer.Argument(help="A workbook; left out, this computer is examined.")
    ] = None,
    connect: Annotated[
        bool, typer.Option("--connect", help="Ask the mail server too; nothing is sent.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
) -> int:
    """Examine a workbook and the settings beside it, or what the buttons need here.

    Of a workbook: what is hidden, stale, or lost in other programs. Of careersheets.toml: whether it is in order.
    """
    if book is None:
        return examine_computer()
    from ...books.inspection import inspect_workbook
    from ..configuration_doctor import examine_configuration
    from ..wiring import open_book

    opened = open_book(book)
    found = inspect_workbook(opened.path, opened.read())
    settings = examine_configuration(opened.path, connect=connect)
    if json:
        say_json(
            {
                **asdict(found),
                "hidden_sheets": found.hidden_sheets,
                "stale_formulas": found.stale_formulas,
                "settings": [asdict(diagnosis) for diagnosis in settings],
            }
        )
    else:
        for line in _lines(found):
            say(line)
        say_diagnoses(settings)
    return ExitCode.CLEAN if all(diagnosis.in_order for diagnosis in settings) else ExitCode.FINDINGS


def _lines(found: Inspection) -> Iterator[str]:
    size = found.bytes_on_disk / 1_000_000
    yield f"{found.name}: {len(found.sheets)} sheets, {found.parts} parts, {size:.1f} MB."
    if found.at_risk:
        listed = ", ".join(f"{count} {name}" for name, count in found.at_risk.items())
        yield f"Other programs that save this workbook may lose: {listed}. careersheets keeps them."
    if found.hidden_sheets:
        yield f"Hidden sheets: {', '.join(found.hidden_sheets)}. Hiding is tidiness, not protection."
    errors = {sheet.name: sheet.errors for sheet in found.sheets if sheet.errors}
    if errors:
        listed = ", ".join(f"{count} on {name}" for name, count in errors.items())
        yield f"Cells that show an error: {listed}."
    if found.stale_formulas:
        yield f"{found.stale_formulas} formulas have never been calculated. Open the workbook in Excel and save it."
    if found.calculates_by_hand:
        yield "Calculation is set to manual: press F9 in Excel before you trust a formula."
    if found.external_links:
        yield f"It draws on other files: {', '.join(found.external_links)}."
