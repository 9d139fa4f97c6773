"""The documents of a run as one archive."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from .folder import not_written, sync_folder

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_archive(path: Path, base: Path, files: Iterable[str]) -> None:
    """Put `files`, paths relative to `base`, into an archive at `path`, whole or not at all.

    The same documents make the same archive, byte for byte.

    Raises:
        AccessDenied: it cannot be written.
        InputError: there is no room for it.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=".careersheets-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    try:
        with os.fdopen(handle, "wb") as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
                for file in sorted(files):
                    archive.writestr(zipfile.ZipInfo(file, _LONG_AGO), (base / file).read_bytes())
            target.flush()
            os.fsync(target.fileno())
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        Path(temporary).unlink(missing_ok=True)
