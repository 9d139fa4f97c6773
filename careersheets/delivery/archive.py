"""The documents of a run as one archive."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from ..books.safe_save import sync_folder
from .folder import not_written

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_archive(path: Path, base: Path, files: Iterable[str], fresh: Path) -> None:
    """Put `files`, paths relative to `base`, into an archive at `path`, whole or not at all.

    The same documents make the same archive, byte for byte. Until it is whole it lies in the folder `fresh`, on the same
    disk.

    Raises:
        AccessDenied: it cannot be written.
        InputError: there is no room for it.
    """
    growing = fresh / path.name
    try:
        with growing.open("wb") as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
                for file in sorted(files):
                    archive.writestr(zipfile.ZipInfo(file, _LONG_AGO), (base / file).read_bytes())
            target.flush()
            os.fsync(target.fileno())
        growing.chmod(0o600)
        os.replace(growing, path)
        sync_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
