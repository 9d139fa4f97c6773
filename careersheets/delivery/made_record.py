"""What careersheets wrote into the folder of documents, so that what somebody changed there is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from .folder import write_document

RECORD = ".made.json"


class MadeRecord:
    """The SHA-256 of each document as it was written, by the SHA-256 of its path: the record names nobody.

    While documents are being put in place both the old and the new one are known, so that a run that is cut off there
    leaves nothing that looks changed by somebody.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD
        self._known = _read(self._path)

    def is_ours(self, file: str, digest: str) -> bool:
        """Whether careersheets wrote exactly these bytes to `file`."""
        return digest in self._known.get(_key(file), [])

    def announce(self, documents: Mapping[str, str]) -> None:
        """`documents`, digests by path, are about to be put in place."""
        for file, digest in documents.items():
            self._known[_key(file)] = [*dict.fromkeys([*self._known.get(_key(file), []), digest])]
        self._save()

    def settle(self, documents: Mapping[str, str], gone: Iterable[str]) -> None:
        """`documents` are in place, and `gone` are there no more."""
        for file in gone:
            self._known.pop(_key(file), None)
        self._known.update({_key(file): [digest] for file, digest in documents.items()})
        self._save()

    def _save(self) -> None:
        write_document(self._path, json.dumps(self._known, ensure_ascii=False, indent=0).encode())


def _key(file: str) -> str:
    return hashlib.sha256(file.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> dict[str, list[str]]:
    """What is recorded at `path`; nothing if that cannot be read, and then every document counts as changed."""
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        file: digests
        for file, digests in known.items()
        if isinstance(digests, list) and all(isinstance(digest, str) for digest in digests)
    }
