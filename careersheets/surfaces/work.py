"""One run of one command or button on one workbook: its settings, its lock and its ledger."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..ledger.errors import OnNetworkShare
from ..ledger.ledger import Ledger, Run, open_ledger
from ..ledger.records import RunRecord
from ..model.cells import CellValue
from ..vocabulary.workbook import WORKBOOK_ID
from .configuration import Configuration
from .identity import alone_on, identity_for, lacks_identity
from .ledger_mark import mark_faults, new_mark
from .master import Master, WorkBook
from .wiring import configuration_of, ledger_place_of, open_book


@dataclass(frozen=True, slots=True)
class Work:
    """What a command or button works with. `folder` is that of the workbook's documents."""

    book: WorkBook
    folder: Path
    configuration: Configuration
    ledger: Ledger
    run: Run


@contextmanager
def at_work(book: str | Path, verb: str, folder: Path | None = None) -> Iterator[Work]:
    """A run of `verb` on a workbook, alone on it until the end of `with`, and kept in its ledger.

    Args:
        book: the workbook, as `open_book` takes it.
        verb: for the ledger.
        folder: as `open_book` takes it.

    Raises:
        AnotherRunActive: another run is at work on it.
        CareersheetsError: the settings, the workbook or the ledger cannot be used.
    """
    with open_book(book, folder) as master, recorded(master, verb) as work:
        yield work


@contextmanager
def recorded(master: Master[WorkBook], verb: str) -> Iterator[Work]:
    """A run of `verb` on a workbook that is open already.

    Raises:
        CareersheetsError: as `at_work`.
    """
    book, configuration = master.book, configuration_of(master.folder)
    place = ledger_place_of(configuration, master.folder)
    versions = {"careersheets": __version__, "python": platform.python_version()}
    with (
        alone_on(master, place) as identity,
        open_ledger(identity, place=place) as ledger,
        ledger.run(verb, versions) as run,
    ):
        own: dict[str, CellValue] = {WORKBOOK_ID: identity} if lacks_identity(book) else {}
        book.fill_along(own | new_mark(book, ledger, identity))
        yield Work(book, master.folder, configuration, ledger, run)


@contextmanager
def recorded_if_possible(master: Master[WorkBook], verb: str) -> Iterator[Work | None]:
    """As `recorded`; None where a ledger cannot lie, as on a share, so that HR can go on without one, yet alone."""
    with ExitStack() as stack:
        work: Work | None = None
        try:
            work = stack.enter_context(recorded(master, verb))
        except OnNetworkShare:
            stack.enter_context(alone_on(master, _folder_without_ledger()))
        yield work


@contextmanager
def open_record(book: str | Path, folder: Path | None = None) -> Iterator[Ledger]:
    """The ledger of a workbook, to look at; book and folder as `open_book` takes them.

    Raises:
        CareersheetsError: the settings, the workbook or the ledger cannot be used.
    """
    with _opened_record(book, folder) as (ledger, _):
        yield ledger


def examine_record(book: str | Path, folder: Path | None, limit: int) -> tuple[list[RunRecord], list[str]]:
    """The last runs, and what does not hold in the ledger, by itself and by what the workbook says of it.

    Raises:
        CareersheetsError: as `open_record`.
    """
    with _opened_record(book, folder) as (ledger, faults):
        return ledger.history(limit), [*ledger.verify(), *faults]


@contextmanager
def _opened_record(book: str | Path, folder: Path | None) -> Iterator[tuple[Ledger, list[str]]]:
    """The ledger, and why it is not the one that the workbook was written with."""
    with open_book(book, folder) as master:
        place = ledger_place_of(configuration_of(master.folder), master.folder)
        identity = identity_for(master, place)
        with open_ledger(identity, place=place) as ledger:
            yield ledger, mark_faults(master.book, ledger, identity)


def _folder_without_ledger() -> str:
    """Where the lock lies when no ledger can: a folder of this user's on this computer."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    return str(Path(tempfile.gettempdir(), f"careersheets-{user}".rstrip("-")))
