"""What careersheets wrote into the folder of documents, so that what somebody changed or renamed there is known."""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .folder import write_document
from .run_folder import REPLACED

RECORD = ".made.json"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a file is: its document, and the digests that are ours."""

    document: str
    digests: list[str]


class MadeRecord:
    """For each file which document it is and the SHA-256 of it as it was written. All by SHA-256: it names nobody.

    A document has a name that stays the same wherever it lies. The record is written before a document is put in place:
    a run that is cut off there leaves nothing that looks changed by somebody, and no old place that nobody knows.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / RECORD
        self._known = _read(self._path)

    def is_ours(self, file: str, digest: str) -> bool:
        """Whether careersheets wrote exactly these bytes to `file`."""
        entry = self._known.get(_hidden(file))
        return entry is not None and digest in entry.digests

    def announce(self, documents: Mapping[str, str], names: Mapping[str, str]) -> None:
        """`documents`, digests by file, are about to be put in place; `names` are their documents' by file."""
        for file, digest in documents.items():
            before = self._known.get(_hidden(file))
            digests = [*dict.fromkeys([*(before.digests if before else []), digest])]
            self._known[_hidden(file)] = _Entry(_hidden(names[file]), digests)
        self._save()

    def settle(self, documents: Mapping[str, str], gone: Iterable[str]) -> None:
        """`documents` that were announced are in place, and `gone` are there no more."""
        for file in gone:
            self._known.pop(_hidden(file), None)
        for file, digest in documents.items():
            self._known[_hidden(file)] = replace(self._known[_hidden(file)], digests=[digest])
        self._save()

    def elsewhere(self, places: Mapping[str, str]) -> dict[str, list[str]]:
        """Files that are one of the documents named in `places`, but lie at another place than it says, by name."""
        names = {_hidden(name): name for name in places}
        right = {_hidden(file) for file in places.values()}
        wanted = {
            file: names[entry.document]
            for file, entry in self._known.items()
            if entry.document in names and file not in right
        }
        found = defaultdict(list)
        for file in self._files() if wanted else ():
            if (name := wanted.get(_hidden(file))) is not None:
                found[name].append(file)
        return dict(found)

    def _files(self) -> Iterator[str]:
        """The files there are, relative to the folder above; not those that were replaced or are being made."""
        for at, folders, files in os.walk(self._folder):
            folders[:] = [name for name in folders if not name.startswith(".") and name != REPLACED]
            yield from ((Path(at) / name).relative_to(self._folder.parent).as_posix() for name in files)

    def _save(self) -> None:
        known = {file: {"document": it.document, "digests": it.digests} for file, it in self._known.items()}
        write_document(self._path, json.dumps(known).encode())


def _hidden(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> dict[str, _Entry]:
    """What is recorded at `path`; nothing if that cannot be read, and then every document counts as changed."""
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    entries = {file: _entry(said) for file, said in known.items()}
    return {file: entry for file, entry in entries.items() if entry}


def _entry(said: object) -> _Entry | None:
    match said:
        case {"document": str(document), "digests": [*digests]} if all(isinstance(it, str) for it in digests):
            return _Entry(document, digests)
    return None
