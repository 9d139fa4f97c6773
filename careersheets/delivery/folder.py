"""Documents as files in a folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from ..books.safe_save import sync_folder
from ..model.errors import AccessDenied, CareersheetsError, InputError

# How files begin that are not whole yet.
TEMPORARY = ".careersheets-"
_BINARY = getattr(os, "O_BINARY", 0)


def write_document(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all; the folders above it are made.

    Raises:
        AccessDenied: the folder or an existing file cannot be written, for example because it is open in Word.
        InputError: there is no room, or the name is not possible there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise not_written(path, error) from error


def write_fresh(path: Path, data: bytes) -> str:
    """Put `data` at `path`, where nobody looks before the run is whole.

    Returns:
        The SHA-256 of `data`, in hex.

    Raises:
        AccessDenied: the folder cannot be written.
        InputError: there is no room, or the name is not possible there.
    """
    try:
        with _opened_fresh(path) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise not_written(path, error) from error
    return hashlib.sha256(data).hexdigest()


def not_written(path: Path, error: OSError) -> CareersheetsError:
    """What to tell of a document that the system did not let us write."""
    if isinstance(error, PermissionError):
        return AccessDenied(
            f'"{path.name}" cannot be written to "{path.parent.name}". If it is open in Word, close it; '
            "otherwise check that you may write there."
        )
    return InputError(
        f'"{path.name}" cannot be written to "{path.parent.name}": {error.strerror or "the disk refused"}. '
        "Check the free space and the name of the folder."
    )


def _opened_fresh(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
    try:
        handle = os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, flags, 0o600)
    return os.fdopen(handle, "wb")


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o600)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
