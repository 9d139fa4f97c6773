"""Putting a new version of a workbook in the place of the old one, so that at any moment one of the two is whole."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from .book import Receipt
from .refusals import WriteRefusal, WriteRefused

BACKUP_FOLDER = "backups"

# A temporary file is named by its computer and process, so that it is known whether anybody is still at it.
_TEMPORARY = ".careersheets-"
_OWNED = re.compile(re.escape(_TEMPORARY) + r"([0-9a-f]{8})-(\d{1,9})-.*\.tmp")
_STALE_SECONDS = 3600.0


def save_over(
    path: Path, fingerprint: str, save: Callable[[BinaryIO], None], *, keep_backups: int, now: datetime
) -> Receipt:
    """Write what `save` gives into the workbook at `path`, or beside it when somebody has it open.

    A copy of the old version goes to the folder `backups` beside it, of which the last `keep_backups` stay.

    Args:
        path: the workbook.
        fingerprint: SHA-256 of the version that the change was made for.
        save: writes the new version to an open file.
        keep_backups: how many old versions are kept.
        now: local time, for the names of backups.

    Raises:
        WriteRefused: nothing was written.
    """
    temporary = _write_temporary(path, save)
    try:
        return _put_in_place(temporary, path, fingerprint, keep_backups, now)
    except OSError as error:
        raise WriteRefused(path, _refusal_of(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def fingerprint_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice left the mark by which they tell each other that they have the file open."""
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return any((path.parent / mark).exists() for mark in marks)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` outlast a power cut. Windows has no such call; there a rename itself does."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(temporary: Path, path: Path, fingerprint: str, keep_backups: int, now: datetime) -> Receipt:
    if fingerprint_of(path) != fingerprint:
        raise WriteRefused(path, WriteRefusal.CHANGED)
    if is_open_elsewhere(path):
        return _put_beside(temporary, path, now, "is open in another program")
    backup = _back_up(path, keep_backups, now)
    try:
        os.replace(temporary, path)
    except PermissionError:
        return _put_beside(temporary, path, now, "may not be replaced just now")
    sync_folder(path.parent)
    return Receipt(str(path), str(backup) if backup else "")


def _write_temporary(path: Path, save: Callable[[BinaryIO], None]) -> Path:
    """Everything on disk, beside the workbook, under a name of its own."""
    temporary: Path | None = None
    try:
        _remove_leftovers(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_own_prefix(), suffix=".tmp")
        temporary = Path(name)
        _fill(handle, save)
        shutil.copymode(path, temporary)
    except (OSError, WriteRefused) as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, WriteRefused):
            raise
        raise WriteRefused(path, _refusal_of(error)) from error
    else:
        return temporary


def _fill(handle: int, save: Callable[[BinaryIO], None]) -> None:
    with os.fdopen(handle, "w+b") as file:
        save(file)
        file.flush()
        os.fsync(file.fileno())


def _put_beside(temporary: Path, path: Path, now: datetime, why: str) -> Receipt:
    target = _unused(path.with_name(f"{path.stem} (results {_stamp(now)}){path.suffix}"))
    os.replace(temporary, target)
    sync_folder(path.parent)
    return Receipt(
        str(target),
        note=f'"{path.name}" {why}, so the results are in "{target.name}" beside it. '
        "Close it and run again to have them inside.",
    )


def _back_up(path: Path, keep: int, now: datetime) -> Path | None:
    if keep <= 0:
        return None
    folder = path.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    _remove_leftovers(folder)
    target = _unused(folder / f"{path.stem} ({_stamp(now)}){path.suffix}")
    partial = folder / f"{_own_prefix()}{target.name}.tmp"
    shutil.copyfile(path, partial)
    _sync_file(partial)
    os.replace(partial, target)
    sync_folder(folder)
    _prune(folder, path, keep)
    return target


def _prune(folder: Path, path: Path, keep: int) -> None:
    pattern = re.compile(
        re.escape(path.stem) + r" \(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d(?:, \d+)?\)" + re.escape(path.suffix)
    )
    backups = [file for file in folder.iterdir() if pattern.fullmatch(file.name)]
    backups.sort(key=lambda file: (file.stat().st_mtime_ns, file.name))
    for old in backups[:-keep]:
        old.unlink(missing_ok=True)


def _unused(path: Path) -> Path:
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem[:-1]}, {number}){path.suffix}")
        number += 1
    return candidate


def _stamp(now: datetime) -> str:
    return now.strftime("%Y-%m-%d %H.%M.%S")


def _remove_leftovers(folder: Path) -> None:
    """Temporary files of runs that were killed."""
    for leftover in folder.glob(f"{_TEMPORARY}*.tmp"):
        if _is_left(leftover):
            leftover.unlink(missing_ok=True)


def _is_left(temporary: Path) -> bool:
    """Whether nobody is at it any more: its process is gone from this computer, or it is old."""
    owner = _OWNED.fullmatch(temporary.name)
    # Windows cannot be asked so simply; there only age tells.
    if owner is not None and owner[1] == _computer() and os.name != "nt":
        return int(owner[2]) == os.getpid() or not _is_running(int(owner[2]))
    return datetime.now().timestamp() - temporary.stat().st_mtime > _STALE_SECONDS


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _own_prefix() -> str:
    return f"{_TEMPORARY}{_computer()}-{os.getpid()}-"


def _computer() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _sync_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _refusal_of(error: OSError) -> WriteRefusal:
    return WriteRefusal.NO_PERMISSION if isinstance(error, PermissionError) else WriteRefusal.DISK
