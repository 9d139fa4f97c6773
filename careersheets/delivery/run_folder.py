"""The documents of one run: made in a folder of their own, then put in place one by one.

At any moment each document on disk is the old one or the new one, whole. What a run that was cut off leaves behind is
removed by the next one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import filelock

from ..books.safe_save import sync_folder
from ..model.errors import AccessDenied, AnotherRunActive, CareersheetsError
from .folder import TEMPORARY, not_written

REPLACED = "Replaced"
LOCK = ".lock"
_FRESH = ".run-"
# A document is moved by what the workbook says of it; nothing else is.
_ENDINGS = (".docx", ".eml")

IsOurs = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that was moved: from `file` to `to`, both relative to the workbook's folder."""

    file: str
    to: str


class RunFolder:
    """Where the documents of one run are made, and how they come into place.

    Files are named by their path relative to `base`, the workbook's folder; the first part is that of the folder of
    documents. `moved` is what was moved out of the way; `trouble` says by file what could not be done.
    """

    def __init__(self, base: Path, top: str, fresh: Path, now: datetime) -> None:
        self.fresh = fresh
        self.moved: list[Moved] = []
        self.trouble: dict[str, str] = {}
        self._base, self._top = base, base / top
        self._aside = PurePosixPath(top, REPLACED, f"{now:%Y-%m-%d %H.%M.%S}")
        self._touched: set[Path] = set()
        self._safe: set[Path] = set()

    def put_in_place(self, documents: Mapping[str, str], is_ours: IsOurs) -> None:
        """Put each of `documents`, digests by file, in its place; what somebody changed there is kept aside."""
        for file in documents:
            with self._telling(file):
                target = self._inside(file)
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.exists() and not is_ours(file, _digest(target)):
                    self._keep_copy(file, target)
                os.replace(self.fresh / file, target)
                self._touch(target.parent)

    def set_aside(self, file: str) -> None:
        """Move the document `file`, which has no business there any more, if it is still there."""
        with self._telling(file):
            source = self._inside(file)
            if not source.is_file() or source.suffix.lower() not in _ENDINGS:
                return
            aside = self._room_for(file)
            os.rename(source, self._base / aside)
            self.moved.append(Moved(file, str(aside)))
            self._touch(source.parent, (self._base / aside).parent)
            self._remove_empty(source.parent)

    def same_file(self, one: str, other: str) -> bool:
        """Whether the two name one file on this disk, as where capitals do not count."""
        try:
            return os.path.samefile(self._base / one, self._base / other)
        except OSError:
            return False

    def sync(self) -> None:
        """Make sure that everything stays in place after a power cut.

        Raises:
            InputError: the disk refuses.
        """
        try:
            for folder in sorted(self._touched):
                if folder.is_dir():
                    sync_folder(folder)
        except OSError as error:
            raise not_written(self._top, error) from error
        self._touched.clear()

    @contextmanager
    def _telling(self, file: str) -> Iterator[None]:
        """Trouble with one document is told of it, and the others go on."""
        try:
            yield
        except OSError as error:
            self.trouble[file] = str(not_written(self._base / file, error))
        except CareersheetsError as error:
            self.trouble[file] = str(error)

    def _inside(self, file: str) -> Path:
        """The path of `file`, which is really below the folder of documents."""
        path = self._base / file
        if path.parent not in self._safe:
            parts = PurePosixPath(file).parts[:-1]
            hidden = any(part.startswith(".") for part in parts) or parts[1:2] == (REPLACED,)
            if hidden or not path.parent.resolve().is_relative_to(self._top.resolve()):
                raise AccessDenied(
                    f'"{path.name}" does not belong below the folder "{self._top.name}". Look at its folder.'
                )
            self._safe.add(path.parent)
        return path

    def _keep_copy(self, file: str, target: Path) -> None:
        """A copy beside the other things replaced, whole before it is there."""
        copy, aside = self.fresh / f"{TEMPORARY}copy", self._room_for(file)
        shutil.copy2(target, copy)
        with copy.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(copy, self._base / aside)
        self.moved.append(Moved(file, str(aside)))
        self._touch((self._base / aside).parent)
        self.sync()

    def _room_for(self, file: str) -> PurePosixPath:
        """A free path below the folder of what is replaced, its folder made."""
        wanted = self._aside.joinpath(*PurePosixPath(file).parts[1:])
        free, number = wanted, 1
        while (self._base / free).exists():
            number += 1
            free = wanted.with_stem(f"{wanted.stem} ({number})")
        (self._base / free).parent.mkdir(parents=True, exist_ok=True)
        return free

    def _touch(self, *folders: Path) -> None:
        for folder in folders:
            for above in (folder, *folder.parents):
                if above in self._touched or not above.is_relative_to(self._top):
                    break
                self._touched.add(above)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._top and folder.is_relative_to(self._top):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


@contextmanager
def open_run(base: Path, top: str, now: datetime) -> Iterator[RunFolder]:
    """A fresh folder inside the folder `top` of `base`, on the same disk; it is gone afterwards.

    Raises:
        AnotherRunActive: another run is making documents there.
        AccessDenied: the folder cannot be written.
        InputError: there is no room, or no folder can be made there.
    """
    folder = base / top
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise AnotherRunActive(top) from error
    except OSError as error:
        raise not_written(folder, error) from error
    try:
        with _fresh_folder(folder) as fresh:
            yield RunFolder(base, top, fresh, now)
    finally:
        lock.release()


@contextmanager
def _fresh_folder(folder: Path) -> Iterator[Path]:
    try:
        for left in folder.glob(f"{_FRESH}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in folder.glob(f"{TEMPORARY}*"):
            left.unlink(missing_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=folder))
    except OSError as error:
        raise not_written(folder, error) from error
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
