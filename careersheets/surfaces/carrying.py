"""A workbook in Excel and one in Google Sheets, both open, and nobody else at work on either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..ledger.ledger import run_lock
from ..ledger.places import identity_of
from ..model.errors import UsageError
from .google_address import id_in
from .identity import identity_for
from .master import ClosedBook, Master
from .wiring import configuration_of, ledger_place_of, open_book
from .work import recorded_if_possible

_ADDRESS = "https://docs.google.com/spreadsheets/d/{}"
PULL, PUSH = "google pull", "google push"


@dataclass(frozen=True, slots=True)
class Pair:
    """Both workbooks, and by what the ledger of each is found."""

    file: ClosedBook
    file_identity: str
    sheet: ClosedBook
    sheet_identity: str


@contextmanager
def opened_pair(book: Path, address: str, verb: str) -> Iterator[Pair]:
    """The workbook at `book` and the Google Sheet at `address`; the settings for Google are beside the workbook.

    Raises:
        AnotherRunActive: another run is at work on one of them.
        CareersheetsError: one of them, the settings or the ledger cannot be used.
    """
    folder = book.resolve().parent
    with open_book(str(book)) as file, _sheet_at(address, folder) as sheet, ExitStack() as alone:
        work = alone.enter_context(recorded_if_possible(file, verb))
        place = ledger_place_of(configuration_of(folder), folder)
        identities = (identity_for(file, place), identity_for(sheet, place)) if work else ("", "")
        own = identity_of(sheet.place)
        if work and own != identities[0]:
            alone.enter_context(run_lock(own, sheet.book.name, place=place))
        yield Pair(file.book, identities[0], sheet.book, identities[1])


@contextmanager
def opened_sheet(address: str, folder: Path, verb: str) -> Iterator[ClosedBook]:
    """The Google Sheet at `address` alone; the settings for Google are in `folder`.

    Raises:
        UsageError: there is no such folder.
        CareersheetsError: as `opened_pair`.
    """
    if not folder.is_dir():
        raise UsageError(f'There is no folder "{folder.name}". Make it, or give another.')
    with _sheet_at(address, folder) as sheet, recorded_if_possible(sheet, verb):
        yield sheet.book


@contextmanager
def _sheet_at(address: str, folder: Path) -> Iterator[Master[ClosedBook]]:
    with open_book(_ADDRESS.format(id_in(address)), folder) as sheet:
        yield sheet
