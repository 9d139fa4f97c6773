"""By which identity a master workbook's ledger is found, and who is alone on the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ..books.book import NamedCell
from ..ledger.ledger import run_lock
from ..ledger.places import identity_of, is_identity
from ..ledger.presence import has_record
from ..model.errors import UsageError
from ..vocabulary.workbook import LEDGER_HEAD, WORKBOOK_ID
from .master import Master, WorkBook


@contextmanager
def alone_on(master: Master[WorkBook], place: str) -> Iterator[str]:
    """Hold the lock of a workbook until the end of `with`; the identity by which its ledger in `place` is found.

    What is read for the identity of a Google Sheet is what the run works with, so nobody else may come before.

    Raises:
        AnotherRunActive: another run is at work on it.
        CareersheetsError: the workbook or the place cannot be used.
    """
    own = identity_of(master.place)
    with ExitStack() as stack:
        if isinstance(master.place, str):
            stack.enter_context(run_lock(own, master.book.name, place=place))
        identity = identity_for(master, place)
        if identity != own or not isinstance(master.place, str):
            stack.enter_context(run_lock(identity, master.book.name, place=place))
        yield identity


def identity_for(master: Master[WorkBook], place: str) -> str:
    """The identity that the workbook carries; the one of its place if it carries none.

    A workbook with an empty cell gets the identity of its place as its own, so that two first runs at once stand before
    the same lock, and a run that could not write the workbook loses nothing. The identity goes along into copies, and
    between Excel and Google Sheets, so that what was sent from one is not sent again from the other. A Google Sheet
    whose ledger was begun by its place keeps that one: its id never changes, and what was sent stays known.
    """
    carried, own = _carried(master.book), identity_of(master.place)
    if carried and carried != own and isinstance(master.place, str) and has_record(own, place=place):
        return own
    return carried or own


def lacks_identity(book: WorkBook) -> bool:
    """Whether there is a cell for it, and nothing in it."""
    cell = book.named_cell(WORKBOOK_ID)
    return cell is not None and _is_empty(cell)


def _carried(book: WorkBook) -> str:
    """What the workbook carries, "" if nothing. Where somebody emptied its cell, the end of its ledger names it still."""
    cell = book.named_cell(WORKBOOK_ID)
    if cell is None:
        return ""
    if _is_empty(cell):
        end = book.named_cell(LEDGER_HEAD)
        named = str(end.value).partition(" ") if end is not None else ("", "", "")
        return named[0] if named[1] and is_identity(named[0]) else ""
    if not isinstance(cell.value, str) or not is_identity(cell.value.strip()):
        raise UsageError(
            f'"{book.name}": what stands in {cell.place} is not the identity that careersheets gave this workbook, so '
            "nobody can tell what was sent from it. Put it back from an older version: for a file, the folder backups; "
            "in Google Sheets, File > Version history."
        )
    return cell.value.strip()


def _is_empty(cell: NamedCell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
