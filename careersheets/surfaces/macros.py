"""What a button of the workbook does: take the book it was pressed in, run one workflow, show one sentence."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import filelock
import xlwings as xw

from .. import __version__
from ..books.live_excel import LiveExcel, excel_errors
from ..model.errors import AnotherRunActive, CareersheetsError, UsageError
from ..model.findings import Finding
from ..tables.headers import fold
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of
from ..workflows.check import check, counts_sentence
from ..workflows.report import Asked, report
from .buttons import Action, Button, button_of
from .conflict_copies import conflict_note
from .macro_scorecards import merge_into, split_from
from .selection import selected_people
from .status_bar import StatusBar, ask_to_stop

_TITLE = "careersheets"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a press: the sentence for the user, and whether something needs their attention."""

    sentence: str
    attention: bool = False


def press(name: str) -> None:
    """Press the button called `name` in the workbook that Excel calls from; the user sees one sentence."""
    sys.excepthook = _say_unforeseen
    book = xw.Book.caller()
    try:
        sentence = run_button(button_of(name), book, datetime.now()).sentence
    except CareersheetsError as error:
        sentence = str(error)
    book.app.alert(sentence, _TITLE)


def run_button(button: Button, book: xw.Book, now: datetime) -> Pressed:
    """Do what `button` does in `book`, as of `now` (local time).

    Raises:
        CareersheetsError: it could not be done; the message says why and what to do.
    """
    if button.action == "stop":
        return Pressed(ask_to_stop(book.app))
    live = LiveExcel(book)
    _see_that_it_is_ours(book)
    with _one_run(live.path), StatusBar(book.app) as progress:
        pressed = _ACTIONS[button.action](button, live, book, now, progress)
    note = conflict_note(live.path)
    return Pressed(" ".join(filter(None, (pressed.sentence, note))), pressed.attention or bool(note))


def _check(button: Button, live: LiveExcel, book: xw.Book, now: datetime, progress: StatusBar) -> Pressed:
    outcome = check(live, now)
    findings = outcome.assessment.findings
    first = _jump_to_first(book, findings)
    note = outcome.receipt.note if outcome.receipt else ""
    sentence = f"{counts_sentence(findings)}." + (
        f" The first is at {first}; all are on To fix." if first else ""
    )
    return Pressed(f"{sentence} {note}".strip(), any(finding.is_error for finding in findings))


def _report(button: Button, live: LiveExcel, book: xw.Book, now: datetime, progress: StatusBar) -> Pressed:
    outcome = report(live, live.path.parent, now, _asked(button, book), progress=progress)
    missing = [document for document in outcome.made if not document.is_made]
    done = len(outcome.made) - len(missing)
    sentences = [f"{done} of {len(outcome.made)} documents made, beside this workbook."]
    if missing:
        sentences.append(f"{len(missing)} not made: the sheet Documents says why.")
        _show(book, "Documents", "A1")
    sentences += outcome.notes
    sentences += [outcome.receipt.note] if outcome.receipt and outcome.receipt.note else []
    return Pressed(" ".join(sentences), bool(missing))


def _split(button: Button, live: LiveExcel, book: xw.Book, now: datetime, progress: StatusBar) -> Pressed:
    return Pressed(split_from(live, now, progress))


def _merge(button: Button, live: LiveExcel, book: xw.Book, now: datetime, progress: StatusBar) -> Pressed:
    sentence, findings = merge_into(live, now, lambda question: _agreed(book, question))
    return Pressed(sentence, bool(findings))


_ACTIONS: Mapping[Action, Callable[[Button, LiveExcel, xw.Book, datetime, StatusBar], Pressed]] = {
    "check": _check,
    "report": _report,
    "split": _split,
    "merge": _merge,
}


def _asked(button: Button, book: xw.Book) -> Asked:
    if button.scope == "everyone":
        return Asked(kinds=button.kinds)
    people = selected_people(book)
    if button.scope == "managers":
        return Asked(managers=people, kinds=button.kinds)
    return Asked(employees=people, kinds=button.kinds)


def _agreed(book: xw.Book, question: str) -> bool:
    return bool(book.app.alert(question, _TITLE, buttons="yes_no") == "yes")


def _jump_to_first(book: xw.Book, findings: list[Finding]) -> str:
    """Select the cell of the first finding that has one; its place, or ""."""
    names = {str(sheet.name) for sheet in book.sheets}
    for finding in findings:
        if finding.cell and finding.sheet in names:
            _show(book, finding.sheet, finding.cell)
            return finding.place
    return ""


def _show(book: xw.Book, sheet: str, cell: str) -> None:
    if sheet in {str(known.name) for known in book.sheets} and book.sheets[sheet].visible:
        book.sheets[sheet].activate()
        book.sheets[sheet].range(cell).select()


def _see_that_it_is_ours(book: xw.Book) -> None:
    """With two workbooks open, the ribbon may be pressed in the other one."""
    names = {fold(sheet.name) for sheet in book.sheets}
    if fold(sheet_of(People).name) not in names:
        raise UsageError(
            f'"{book.name}" has no sheet People, so it is not a career workbook. Click into the career workbook, then '
            "press the button again."
        )


@contextmanager
def _one_run(path: Path) -> Iterator[None]:
    """A second press on the same workbook is told so rather than run beside the first."""
    key = hashlib.sha256(str(path).casefold().encode()).hexdigest()[:16]
    lock = filelock.FileLock(Path(tempfile.gettempdir()) / f"careersheets-{key}.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise AnotherRunActive(path.name) from error
    try:
        yield
    finally:
        lock.release()


def _say_unforeseen(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """One line for the box in which Excel shows what went wrong; never what stood in a cell."""
    if isinstance(error, excel_errors()):
        sys.stderr.write(
            "Excel did not answer. If you are typing in a cell, press Enter; close any open dialogue; then press again.\n"
        )
        return
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
    sys.stderr.write(
        f"Something went wrong that was not foreseen ({kind.__name__} at {where}, careersheets {__version__}). "
        "What you entered is as it was. Please report this line.\n"
    )
