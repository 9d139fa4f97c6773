"""The commands around Excel: press a button without Excel, install, scorecards."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import UsageError
from .exit_codes import ExitCode
from .options import Json
from .output import say, say_json

if TYPE_CHECKING:
    from ...workflows.install_doctor import Diagnosis

Book = Annotated[str, typer.Argument(help="The master workbook; a file, as buttons are in Excel only.")]


def press(
    book: Book,
    button: Annotated[str, typer.Argument(help='A button\'s caption, for example "Generate gap reports".')],
    select: Annotated[str, typer.Option(help="Cells that count as selected, for example People!B6:B9.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Answer Yes where the button asks.")] = False,
    json: Json = False,
) -> int:
    """Press a button of the workbook without Excel. Close the workbook first."""
    from ...books.file_engine import open_closed_file, select_cells
    from ..buttons import button_of
    from ..macros import run_button

    pressed_button = button_of(button)
    opened = open_closed_file(_file(book))
    if select:
        select_cells(opened, select)
    opened.app.impl.answers_yes = yes
    pressed = run_button(pressed_button, opened, datetime.now())
    opened.save()
    receipt = opened.impl.receipt
    note = receipt.note if receipt else ""
    questions = [f"{question} {'Yes.' if yes else 'No.'}" for question in opened.app.impl.alerts]
    if json:
        written = receipt.written_to if receipt else ""
        say_json(
            {
                "button": pressed_button.caption,
                "questions": questions,
                "sentence": pressed.sentence,
                "attention": pressed.attention,
                "written_to": written,
                "note": note,
            }
        )
    else:
        for question in questions:
            say(question)
        say(" ".join(filter(None, (pressed.sentence, note))))
    return ExitCode.FINDINGS if pressed.attention else ExitCode.CLEAN


def install(
    workbook: Annotated[
        str | None,
        typer.Argument(help="A workbook to look at as well; a file, as buttons are in Excel only."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; say what is missing.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take back what install wrote.")] = False,
) -> int:
    """Make the buttons in Excel find careersheets on this computer."""
    from ...workflows.install import install as run_install
    from ...workflows.install import remove as run_remove
    from ...workflows.install import this_machine
    from ...workflows.install_doctor import TRUST, UNBLOCK

    machine = this_machine()
    if remove:
        gone = run_remove(machine)
        say(f"Removed {gone[0]}." if gone else "There was nothing to remove.")
        return ExitCode.CLEAN
    look_at = _file(workbook) if workbook else None
    if check:
        return doctor(look_at)
    for path in run_install(machine):
        say(f"Wrote {path}.")
    say("If Excel says that macros are blocked:")
    say(f"  {UNBLOCK}")
    say(f"  {TRUST}")
    return doctor(look_at)


def doctor(workbook: Path | None = None) -> int:
    """Say what is missing before the buttons can work, and what to do."""
    from ...workflows.install import this_machine
    from ...workflows.install_doctor import examine

    found = examine(this_machine(), workbook)
    say_diagnoses(found)
    return ExitCode.CLEAN if all(diagnosis.in_order for diagnosis in found) else ExitCode.FINDINGS


def say_diagnoses(found: list[Diagnosis]) -> None:
    """A line each, what is to do marked."""
    for diagnosis in found:
        say(f"{'OK' if diagnosis.in_order else 'TO DO':<6} {diagnosis.what} {diagnosis.fix}".rstrip())


def _file(book: str) -> Path:
    """The path that `book` is.

    Raises:
        UsageError: it is the address of a Google Sheet.
    """
    from ..google_address import is_sheet

    if is_sheet(book):
        raise UsageError(
            "A Google Sheet has no buttons. Choose from its menu careersheets, or give the address to the command of the "
            "same name, such as careersheets check ADDRESS."
        )
    return Path(book)
