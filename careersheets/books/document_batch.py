"""Reading many filled forms: some of them in one limited child after the other, so that starting it is paid once.

A file for which a child died is read again in a child of its own, so that each is judged by what it does itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model.errors import FileRefused
from .guard import DocumentParts, PendingRead, read_document
from .refusals import Refusal

# The child's 10 s of computing time are for all of them, and Windows takes no longer command line than 32,767 letters.
_AT_ONCE = 20
_AHEAD = 2

Read = DocumentParts | FileRefused


def read_documents(paths: Sequence[Path]) -> Iterator[Read]:
    """The parts of each file, in order, or why it is not read."""
    left = deque(list(paths[start : start + _AT_ONCE]) for start in range(0, len(paths), _AT_ONCE))
    running: deque[_Batch] = deque()
    try:
        while left or running:
            while left and len(running) < _AHEAD:
                running.append(_Batch(left.popleft()))
            batch = running.popleft()
            yield from batch.documents()
            if batch.missed:
                yield _alone(batch.missed[0])
                if batch.missed[1:]:
                    running.appendleft(_Batch(batch.missed[1:]))
    finally:
        for batch in running:
            batch.cancel()


class _Batch(PendingRead):
    """Some documents that one child reads; `missed` are those it did not come to."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(paths[0], "document", paths[1:])
        self.missed = list(paths)

    def documents(self) -> Iterator[Read]:
        """What was found in each, until all are read or the child has died."""
        try:
            while self.missed:
                found = self._next(self.missed[0])
                if found is None:
                    return
                del self.missed[0]
                yield found
        finally:
            self.cancel()

    def _next(self, path: Path) -> Read | None:
        parts: dict[str, bytes] = {}
        for message in self.next_messages():
            match message:
                case ("part", name, content):
                    parts[name] = content
                case ("end", fingerprint):
                    return DocumentParts(path.name, fingerprint, parts)
                case ("refused", reason):
                    return Refusal[reason].of(path)
        return None


def _alone(path: Path) -> Read:
    try:
        return read_document(path)
    except FileRefused as refused:
        return refused
