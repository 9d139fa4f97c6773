"""Which id in Google Drive stands for what, written down before anything is made with it."""

from __future__ import annotations

import json
from pathlib import Path

from ..model.errors import InputError
from .folder import write_document


class DriveRegister:
    """Ids by key, in a file that is safe on disk before `keep` returns.

    Args:
        path: where; made with the first id.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ids = _read(path)

    def get(self, key: str) -> str:
        """The id of `key`; "" if there is none."""
        return self._ids.get(key, "")

    def keep(self, key: str, file: str) -> None:
        """From now on `file` is the id of `key`.

        Raises:
            CareersheetsError: it cannot be written down.
        """
        ids = self._ids | {key: file}
        write_document(self._path, json.dumps(ids, indent=0, sort_keys=True).encode())
        self._ids = ids


def _read(path: Path) -> dict[str, str]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f'"{path.name}" cannot be read. Check that you may read it.') from error
    try:
        ids = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(_damaged(path)) from error
    if not isinstance(ids, dict) or not all(isinstance(file, str) for file in ids.values()):
        raise InputError(_damaged(path))
    return ids


def _damaged(path: Path) -> str:
    return (
        f'"{path.name}", which remembers what is in Google Drive, is damaged. Put it back from a backup, or delete it: '
        "careersheets then looks for its files in Drive itself."
    )
