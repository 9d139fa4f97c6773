"""Reading many filled forms: some of them in one limited child after the other, so that starting it is paid once.

A file for which a child died is read again in a child of its own, so that each is judged by what it does itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
    left = deque(paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE))
    running: deque[tuple[_Batch, Future[list[Read]]]] = deque()
    # A child waits while nobody takes what it says, so that goes on beside whatever is done with the files.
    with ThreadPoolExecutor(_AHEAD) as taking:
        try:
            while left or running:
                while left and len(running) < _AHEAD:
                    batch = _Batch(left.popleft())
                    running.append((batch, taking.submit(batch.documents)))
                batch, documents = running.popleft()
                yield from documents.result()
                if batch.missed:
                    yield _alone(batch.missed[0])
                    yield from read_documents(batch.missed[1:])
        finally:
            for batch, _ in running:
                batch.give_up()


class _Batch(PendingRead):
    """Some documents that one child reads; `missed` are those it did not come to."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(paths[0], "document", paths[1:])
        self.missed = list(paths)

    def documents(self) -> list[Read]:
        """What was found in each, until all are read or the child has died."""
        read: list[Read] = []
        try:
            while self.missed and (found := self._next(self.missed[0])) is not None:
                del self.missed[0]
                read.append(found)
        finally:
            self.cancel()
        return read

    def give_up(self) -> None:
        """End the child, from beside the thread that takes what it says."""
        self._process.kill()

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
