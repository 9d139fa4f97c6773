"""What a button of the workbook does: take the book it was pressed in, run one workflow, show one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlwings as xw

from .. import __version__
from ..books.live_excel import LiveExcel, excel_errors
from ..model.errors import CareersheetsError, UsageError
from ..model.findings import Finding
from ..tables.headers import fold
from ..vocabulary.people import People
from ..vocabulary.results import ThisWeek
from ..vocabulary.sheet import sheet_of
from ..workflows.check import check, counts_sentence
from ..workflows.check_trail import note_check
from ..workflows.remind import FOLDER as REMINDERS
from ..workflows.remind import remind
from ..workflows.report import Asked, report
from ..workflows.report_trail import Trail
from .buttons import Action, Button, button_of
from .conflict_copies import conflict_note
from .macro_delivery import release_evaluations, send_documents
from .macro_forms import collect_into
from .macro_scorecards import merge_into, split_from
from .master import master_file
from .selection import selected_people
from .status_bar import StatusBar, ask_to_stop
from .work import Work, recorded, recorded_if_possible

_TITLE = "careersheets"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a press: the sentence for the user, and whether something needs their attention."""

    sentence: str
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A press at work: what was pressed in which workbook, and its ledger, None where it cannot have one."""

    button: Button
    live: LiveExcel
    book: xw.Book
    now: datetime
    progress: StatusBar
    work: Work | None

    @property
    def record(self) -> Work:
        """The ledger, where the button is not pressed without one."""
        if self.work is None:
            raise UsageError(f'"{self.live.name}" has no record to work with.')
        return self.work

    def agreed(self, question: str) -> bool:
        """What the user answers."""
        return bool(self.book.app.alert(question, _TITLE, buttons="yes_no") == "yes")


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
    if button.action in _ENTERS:
        live.refuse_if_open_elsewhere()
    opened = recorded if button.action in _ONLY_WITH_RECORD else recorded_if_possible
    with opened(master_file(live, live.path), button.action) as work, StatusBar(book.app) as progress:
        pressed = _ACTIONS[button.action](Press(button, live, book, now, progress, work))
    note = conflict_note(live.path)
    return Pressed(" ".join(filter(None, (pressed.sentence, note))), pressed.attention or bool(note))


def _check(press: Press) -> Pressed:
    outcome = check(press.live, press.now)
    if press.work:
        note_check(outcome.assessment, press.work.ledger, press.work.run)
    findings = outcome.assessment.findings
    first = _jump_to_first(press.book, findings)
    note = outcome.receipt.note if outcome.receipt else ""
    sentence = f"{counts_sentence(findings)}." + (
        f" The first is at {first}; all are on To fix." if first else ""
    )
    return Pressed(f"{sentence} {note}".strip(), any(finding.is_error for finding in findings))


def _report(press: Press) -> Pressed:
    work, folder = press.work, press.live.path.resolve().parent
    trail = Trail(work.ledger, work.run, folder) if work else None
    asked = _asked(press.button, press.book)
    outcome = report(press.live, folder, press.now, asked, trail=trail, progress=press.progress)
    if work:
        note_check(outcome.assessment, work.ledger, work.run)
    done = sum(document.is_made for document in outcome.made)
    unchanged = sum(document.is_unchanged for document in outcome.made)
    missing = len(outcome.made) - done - unchanged
    sentences = [f"{done} of {len(outcome.made)} documents made, beside this workbook."]
    if unchanged:
        sentences.append(f"{unchanged} lie there already, as they would be made now.")
    if missing:
        sentences.append(f"{missing} not made: the sheet Documents says why.")
        _show(press.book, "Documents", "A1")
    sentences += outcome.notes
    sentences += [outcome.receipt.note] if outcome.receipt and outcome.receipt.note else []
    return Pressed(" ".join(sentences), bool(missing))


def _split(press: Press) -> Pressed:
    return Pressed(split_from(press.live, press.now, press.progress))


def _merge(press: Press) -> Pressed:
    sentence, findings = merge_into(press.live, press.now, press.agreed)
    return Pressed(sentence, bool(findings))


def _release(press: Press) -> Pressed:
    return Pressed(*release_evaluations(press.record, press.now, press.agreed))


def _send(press: Press) -> Pressed:
    return Pressed(*send_documents(press.record, press.now, press.agreed))


def _collect(press: Press) -> Pressed:
    return Pressed(*collect_into(press.record, press.now, press.agreed))


def _remind(press: Press) -> Pressed:
    outcome = remind(press.live, press.live.path.resolve().parent, press.now)
    due, late = len(outcome.reminders), int(outcome.reminders["state"].ne("Due").sum())
    _show(press.book, sheet_of(ThisWeek).name, "A1")
    sentences = [f"{due} to do, {late} of them late: all are on This week." if due else "Nothing is due."]
    if outcome.files:
        sentences.append(
            f'Mail drafts and calendars are in "documents/{REMINDERS}": {len(outcome.files)} files.'
        )
    if outcome.without:
        sentences.append(
            f"{len(outcome.without)} without a draft, the first because: {next(iter(outcome.without.values()))}"
        )
    sentences += [outcome.receipt.note] if outcome.receipt and outcome.receipt.note else []
    return Pressed(" ".join(sentences), bool(outcome.without))


_ACTIONS: Mapping[Action, Callable[[Press], Pressed]] = {
    "check": _check,
    "report": _report,
    "split": _split,
    "merge": _merge,
    "release": _release,
    "send": _send,
    "collect": _collect,
    "remind": _remind,
}
# What was done must be known before it is done again.
_ONLY_WITH_RECORD: frozenset[Action] = frozenset({"release", "send", "collect"})
# What is entered on HR's sheets goes into the workbook itself or nowhere.
_ENTERS: frozenset[Action] = frozenset({"release", "collect", "merge"})


def _asked(button: Button, book: xw.Book) -> Asked:
    if button.scope == "everyone":
        return Asked(kinds=button.kinds)
    people = selected_people(book)
    if button.scope == "managers":
        return Asked(managers=people, kinds=button.kinds)
    return Asked(employees=people, kinds=button.kinds)


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
