"""One run of one command or button on one workbook: its settings, its lock and its ledger."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .. import __version__
from ..books.book import NamedCell
from ..books.diff import EditableBook
from ..ledger.errors import OnNetworkShare
from ..ledger.ledger import Ledger, Run, identity_of, open_ledger, run_lock
from ..ledger.places import is_identity
from ..model.cells import CellValue
from ..model.errors import UsageError
from ..vocabulary.workbook import WORKBOOK_ID
from .configuration import Configuration
from .wiring import configuration_of, ledger_place_of, open_book


class WorkBook(EditableBook, Protocol):
    """A master workbook on this computer, closed or open in Excel."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    def named_cell(self, name: str) -> NamedCell | None:
        """The cell with this defined name."""
        ...

    def fill_along(self, named_cells: Mapping[str, CellValue]) -> None:
        """Have cells filled with the next thing that is written."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What a command or button works with. `folder` is the workbook's."""

    book: WorkBook
    folder: Path
    configuration: Configuration
    ledger: Ledger
    run: Run


@contextmanager
def at_work(path: Path, verb: str) -> Iterator[Work]:
    """A run of `verb` on the workbook at `path`, alone on it until the end of `with`, and kept in its ledger.

    Raises:
        AnotherRunActive: another run is at work on it.
        CareersheetsError: the settings, the workbook or the ledger cannot be used.
    """
    with recorded(open_book(path), verb) as work:
        yield work


@contextmanager
def recorded(book: WorkBook, verb: str) -> Iterator[Work]:
    """A run of `verb` on `book`, which is open already.

    Raises:
        CareersheetsError: as `at_work`.
    """
    configuration = configuration_of(book.path)
    identity, place = _identity(book), ledger_place_of(configuration, book.path)
    versions = {"careersheets": __version__, "python": platform.python_version()}
    with (
        run_lock(identity, book.name, place=place),
        open_ledger(identity, place=place) as ledger,
        ledger.run(verb, versions) as run,
    ):
        if _lacks_identity(book):
            book.fill_along({WORKBOOK_ID: identity})
        yield Work(book, book.path.resolve().parent, configuration, ledger, run)


@contextmanager
def recorded_if_possible(book: WorkBook, verb: str) -> Iterator[Work | None]:
    """As `recorded`; None where a ledger cannot lie, as on a share, so that HR can go on without one, yet alone."""
    with ExitStack() as stack:
        work: Work | None = None
        try:
            work = stack.enter_context(recorded(book, verb))
        except OnNetworkShare:
            stack.enter_context(run_lock(_identity(book), book.name, place=_folder_without_ledger()))
        yield work


@contextmanager
def open_record(path: Path) -> Iterator[Ledger]:
    """The ledger of the workbook at `path`, to look at.

    Raises:
        CareersheetsError: the settings, the workbook or the ledger cannot be used.
    """
    book = open_book(path)
    place = ledger_place_of(configuration_of(path), path)
    with open_ledger(_identity(book), place=place) as ledger:
        yield ledger


def _identity(book: WorkBook) -> str:
    """The identity that the workbook carries; the one of its place if it carries none.

    A workbook with an empty cell gets the identity of its place as its own, so that two first runs at once stand before
    the same lock, and a run that could not write the workbook loses nothing.
    """
    cell = book.named_cell(WORKBOOK_ID)
    if cell is None or _is_empty(cell):
        return identity_of(book.path)
    if not isinstance(cell.value, str) or not is_identity(cell.value.strip()):
        raise UsageError(
            f'"{book.name}": what stands in {cell.place} is not the identity that careersheets gave this workbook, so '
            "nobody can tell what was sent from it. Put it back from the folder backups, or from an older version."
        )
    return cell.value.strip()


def _lacks_identity(book: WorkBook) -> bool:
    cell = book.named_cell(WORKBOOK_ID)
    return cell is not None and _is_empty(cell)


def _is_empty(cell: NamedCell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _folder_without_ledger() -> str:
    """Where the lock lies when no ledger can: a folder of this user's on this computer."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    return str(Path(tempfile.gettempdir(), f"careersheets-{user}".rstrip("-")))
