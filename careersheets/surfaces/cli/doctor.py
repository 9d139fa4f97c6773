"""The command `doctor`: what is in a workbook that other programs would lose, hide or leave stale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import CareersheetsError
from .excel import doctor as examine_computer
from .excel import say_diagnoses
from .exit_codes import ExitCode
from .options import Folder, Json
from .output import say, say_json

if TYPE_CHECKING:
    from ...books.inspection import Inspection
    from ...workflows.install_doctor import Diagnosis


def doctor(
    book: Annotated[
        str | None,
        typer.Argument(
            help="A workbook, a file or the address of a Google Sheet; left out, this computer is examined."
        ),
    ] = None,
    connect: Annotated[
        bool, typer.Option("--connect", help="Ask the mail server too; nothing is sent.")
    ] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Examine a workbook and the settings beside it, or what the buttons need here.

    Of a workbook: what is hidden, stale, or lost in other programs. Of careersheets.toml: whether it is in order.
    """
    if book is None:
        return examine_computer()
    from ..google_address import is_sheet

    found, settings = (_sheet if is_sheet(book) else _file)(book, folder, connect=connect)
    if json:
        about = (
            {}
            if found is None
            else asdict(found)
            | {
                "hidden_sheets": found.hidden_sheets,
                "stale_formulas": found.stale_formulas,
            }
        )
        say_json({**about, "settings": [asdict(diagnosis) for diagnosis in settings]})
    else:
        for line in _lines(found) if found else ():
            say(line)
        say_diagnoses(settings)
    return ExitCode.CLEAN if all(diagnosis.in_order for diagnosis in settings) else ExitCode.FINDINGS


def _file(book: str, folder: Path | None, *, connect: bool) -> tuple[Inspection | None, list[Diagnosis]]:
    from ...books.inspection import inspect_workbook
    from ..configuration_doctor import examine_configuration
    from ..ledger_doctor import examine_record
    from ..wiring import open_book

    with open_book(book, folder) as master:
        found = inspect_workbook(Path(book), master.book.read())
        settings = examine_configuration(master.folder, connect=connect)
        return found, [*settings, *examine_record(master)]


def _sheet(book: str, folder: Path | None, *, connect: bool) -> tuple[Inspection | None, list[Diagnosis]]:
    """A Google Sheet: the settings first, because without them it cannot be opened."""
    from ...books.inspection import inspect_tabs
    from ...workflows.install_doctor import Diagnosis
    from ..configuration_doctor import examine_configuration
    from ..ledger_doctor import examine_record
    from ..wiring import open_book

    settings = examine_configuration((folder or Path()).resolve(), connect=connect)
    try:
        with open_book(book, folder) as master:
            return inspect_tabs(master.book.read()), [*settings, *examine_record(master)]
    except CareersheetsError as error:
        # What is wrong with the settings is said already.
        known = {diagnosis.what for diagnosis in settings}
        return None, settings if str(error) in known else [*settings, Diagnosis(False, str(error))]


def _lines(found: Inspection) -> Iterator[str]:
    size = f", {found.parts} parts, {found.bytes_on_disk / 1_000_000:.1f} MB" if found.parts else ""
    yield f"{found.name}: {len(found.sheets)} sheets{size}."
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
        yield (
            f"{found.stale_formulas} formulas have no value yet. A spreadsheet program calculates them when it opens the "
            "workbook; where careersheets needs one, a check says so."
        )
    if found.calculates_by_hand:
        yield "Calculation is set to manual: press F9 in Excel before you trust a formula."
    if found.external_links:
        yield f"It draws on other files: {', '.join(found.external_links)}."
