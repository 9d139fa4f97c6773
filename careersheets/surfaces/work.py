"""One run of one command on one workbook: its settings, its lock and its ledger."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..books.excel_file import ExcelFile
from ..ledger.errors import OnNetworkShare
from ..ledger.ledger import Ledger, Run, identity_of, open_ledger, run_lock
from .configuration import Configuration
from .wiring import configuration_of, ledger_place_of, open_book


@dataclass(frozen=True, slots=True)
class Record:
    """The ledger of a workbook while a run is at work on it."""

    configuration: Configuration
    ledger: Ledger
    run: Run


@dataclass(frozen=True, slots=True)
class Work:
    """What a command works with. `folder` is the workbook's."""

    book: ExcelFile
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
    book = open_book(path)
    with recorded(book.path, book.name, verb) as record:
        folder = book.path.resolve().parent
        yield Work(book, folder, record.configuration, record.ledger, record.run)


@contextmanager
def recorded(path: Path, name: str, verb: str) -> Iterator[Record]:
    """A run of `verb` on the workbook at `path`, which is open already and called `name`.

    Raises:
        CareersheetsError: as `at_work`.
    """
    configuration = configuration_of(path)
    identity, place = identity_of(path), ledger_place_of(configuration, path)
    versions = {"careersheets": __version__, "python": platform.python_version()}
    with (
        run_lock(identity, name, place=place),
        open_ledger(identity, place=place) as ledger,
        ledger.run(verb, versions) as run,
    ):
        yield Record(configuration, ledger, run)


@contextmanager
def recorded_if_possible(path: Path, name: str, verb: str) -> Iterator[Record | None]:
    """As `recorded`; None where a ledger cannot lie, as on a share, so that HR can go on without one."""
    with ExitStack() as stack:
        record: Record | None = None
        try:
            record = stack.enter_context(recorded(path, name, verb))
        except OnNetworkShare:
            record = None
        yield record


@contextmanager
def open_record(path: Path) -> Iterator[Ledger]:
    """The ledger of the workbook at `path`, to look at.

    Raises:
        CareersheetsError: the settings or the ledger cannot be used.
    """
    place = ledger_place_of(configuration_of(path), path)
    with open_ledger(identity_of(path), place=place) as ledger:
        yield ledger
