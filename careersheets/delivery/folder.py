"""Documents as files in a folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..model.errors import AccessDenied, InputError


def write_document(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all; the folders above it are made.

    Raises:
        AccessDenied: the folder or an existing file cannot be written, for example because it is open in Word.
        InputError: there is no room, or the name is not possible there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except PermissionError as error:
        raise AccessDenied(
            f'"{path.name}" cannot be written to "{path.parent.name}". If it is open in Word, close it; '
            "otherwise check that you may write there."
        ) from error
    except OSError as error:
        raise InputError(
            f'"{path.name}" cannot be written to "{path.parent.name}": {error.strerror or "the disk refused"}. '
            "Check the free space and the name of the folder."
        ) from error


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".careersheets-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o600)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
