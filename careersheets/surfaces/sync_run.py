"""One sync of one workbook, whether it is a file or kept in Google Sheets."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from .. import __version__
from ..books.diff import EditableBook
from ..ledger.ledger import Ledger, Run, identity_of, open_ledger, run_lock
from ..model.errors import CareersheetsError, InputError
from ..workflows.sync import Synced, sync
from ..workflows.sync_actions import Office
from ..workflows.sync_requests import FAILED
from .carriers import carrier_of, rules_of, settle_outbox
from .configuration import FILE_NAME, Configuration
from .google_address import id_in, is_sheet
from .sync_memory import Kept, keep, memory_file, read_memory
from .wiring import configuration_of, ledger_place_of, open_sheet
from .work import at_work


@dataclass(frozen=True, slots=True)
class Place:
    """What a sync works with; see `Work`."""

    book: EditableBook
    folder: Path
    configuration: Configuration
    ledger: Ledger
    run: Run


class Target(Protocol):
    """A workbook to be synced."""

    @property
    def identity(self) -> str:
        """By which what is kept of it is found."""
        ...

    def version(self) -> str:
        """A text that is another one after every change."""
        ...

    def name(self) -> str:
        """What the user calls it."""
        ...

    @contextmanager
    def at_work(self) -> Iterator[Place]:
        """A run on it, alone."""
        ...


@contextmanager
def open_target(book: str, folder: Path) -> Iterator[Target]:
    """The workbook that `book` stands for: a path, or the address of a Google Sheet whose documents are in `folder`.

    Raises:
        CareersheetsError: the settings cannot be used, or the part of careersheets for Google is not installed.
    """
    if not is_sheet(book):
        yield FileTarget(Path(book))
        return
    target = SheetTarget(id_in(book), folder)
    try:
        yield target
    finally:
        target.close()


class FileTarget:
    """A workbook that is a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.identity = identity_of(path.resolve())

    def version(self) -> str:
        """When the file was written, and how large it is."""
        try:
            about = self._path.stat()
        except OSError as error:
            raise InputError(f'There is no workbook "{self._path.name}". Check the path.') from error
        return f"{about.st_mtime_ns} {about.st_size}"

    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @contextmanager
    def at_work(self) -> Iterator[Place]:
        """A run on it, alone."""
        with at_work(self._path, "sync") as work:
            yield Place(work.book, work.folder, work.configuration, work.ledger, work.run)


class SheetTarget:
    """A workbook in Google Sheets; `folder` is where its documents and careersheets.toml are."""

    def __init__(self, sheet: str, folder: Path) -> None:
        self._folder = folder
        self._configuration = configuration_of(folder / FILE_NAME)
        self.identity = identity_of(sheet)
        kept = read_memory(memory_file(self.identity))
        self._name = kept.name
        self._book, self.close = open_sheet(self._configuration, folder, sheet, kept.memory.rows)

    def version(self) -> str:
        """As Drive counts it."""
        return self._book.version()

    def name(self) -> str:
        """The sheet's title; as it was the last time, where it was not read."""
        return self._name or self._book.name

    @contextmanager
    def at_work(self) -> Iterator[Place]:
        """A run on it, alone."""
        place = ledger_place_of(self._configuration, self._folder / FILE_NAME)
        versions = {"careersheets": __version__, "python": platform.python_version()}
        with (
            run_lock(self.identity, self._book.name, place=place),
            open_ledger(self.identity, place=place) as ledger,
            ledger.run("sync", versions) as run,
        ):
            self._name = ""
            yield Place(self._book, self._folder, self._configuration, ledger, run)


def sync_once(target: Target, every: str | None, now: datetime) -> tuple[Synced, bool]:
    """Sync once, if the workbook is another one than last time; what was done, and whether all went well.

    Args:
        target: the workbook.
        every: as in `workflows.sync.sync`.
        now: local time.

    Raises:
        CareersheetsError: it could not be done; that is kept for `sync status`.
    """
    file = memory_file(target.identity)
    kept = read_memory(file)
    same_times = every in (None, kept.every)
    kept.every = every if every is not None else kept.every
    try:
        version = target.version()
        if version == kept.memory.version and same_times:
            done = Synced("Nothing new.")
        else:
            done = _at_work(target, kept, file, version, every, now)
    except CareersheetsError as error:
        _note(file, kept, target.name(), str(error), now, well=False)
        raise
    well = all(answer.state != FAILED for answer in done.answers.values())
    _note(file, kept, target.name(), done.sentence, now, well=well)
    return done, well


def _at_work(
    target: Target, kept: Kept, file: Path, version: str, every: str | None, now: datetime
) -> Synced:
    with target.at_work() as place:
        office = Office(
            place.book,
            place.folder,
            place.ledger,
            place.run,
            now,
            rules_of(place),
            lambda results: carrier_of(place, results),
            kept.memory.plans,
            lambda results: settle_outbox(place, results),
        )
        return sync(office, kept.memory, version, every, lambda: keep(file, kept))


def _note(file: Path, kept: Kept, name: str, sentence: str, now: datetime, *, well: bool) -> None:
    kept.name, kept.sentence, kept.code = name, sentence, 0 if well else 1
    kept.at = now.astimezone(UTC).isoformat(timespec="seconds")
    keep(file, kept)
