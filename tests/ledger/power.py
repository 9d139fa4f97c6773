"""What a power cut leaves: the writes of a run are recorded by strace and replayed onto a disk that forgets.

A write is safe once its file was synced; of the writes since, any may have reached the disk and any may not. Creating
and removing files is taken to be safe at once.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .killing import run_traced

_CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"
_ON_FILE = re.compile(
    r"^(?:\d+ +)?(pwrite64|write|fsync|fdatasync|ftruncate)\(\d+<([^>]+)>(?:, (.*))?\) += (\d+)$"
)
_UNLINK = re.compile(r'^(?:\d+ +)?unlink\("([^"]+)"\) += 0$')
_BYTES = re.compile(r'^"((?:[^"\\]|\\.)*)"(\.\.\.)?, \d+(?:, (\d+))?$')


@dataclass(frozen=True, slots=True)
class Event:
    """One call on one file: data at an offset, a length, a sync or a removal. `offset` is None at the file's end."""

    call: str
    path: Path
    data: bytes = b""
    offset: int | None = None


@dataclass(slots=True)
class Disk:
    """What is safe of each file, and what was written since it was synced."""

    safe: dict[Path, bytes] = field(default_factory=dict)
    pending: dict[Path, list[Event]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Let one more call happen."""
        if event.call == "unlink":
            self.safe.pop(event.path, None)
            self.pending.pop(event.path, None)
        elif event.call in ("fsync", "fdatasync"):
            self.safe[event.path] = _after(self.safe.get(event.path, b""), self.pending.pop(event.path, []))
        else:
            self.safe.setdefault(event.path, b"")
            self.pending.setdefault(event.path, []).append(event)

    def after_cut(self, survivors: Callable[[list[Event]], list[Event]]) -> dict[Path, bytes]:
        """Each file as found when power is back, with those pending writes that `survivors` lets through."""
        return {path: _after(data, survivors(self.pending.get(path, []))) for path, data in self.safe.items()}


def record(work: Callable[[], object], folder: Path, log: Path) -> list[Event]:
    """What `work` writes below `folder`, in order; shared memory is not part of it."""
    assert run_traced(work, ["-y", "-s", "1000000", "-e", f"trace={_CALLS}", "-o", str(log)]) == 0
    events = list(_events(log.read_text("latin-1").splitlines()))
    files = [event for event in events if folder in event.path.parents and not event.path.is_dir()]
    return [event for event in files if not event.path.name.endswith("-shm")]


def none_of(pending: list[Event]) -> list[Event]:
    """The disk kept nothing that was not synced."""
    return pending[:0]


def some_of(chance: random.Random) -> Callable[[list[Event]], list[Event]]:
    """The disk kept any of it, in any order of importance."""
    return lambda pending: [event for event in pending if chance.random() < 0.5]


def _events(lines: list[str]) -> Iterator[Event]:
    for line in lines:
        removed, on_file = _UNLINK.match(line), _ON_FILE.match(line)
        if removed:
            yield Event("unlink", Path(removed[1]))
        elif on_file:
            yield _event(on_file[1], Path(on_file[2]), on_file[3] or "")


def _event(call: str, path: Path, arguments: str) -> Event:
    if call == "ftruncate":
        return Event(call, path, offset=int(arguments))
    if call not in ("pwrite64", "write"):
        return Event(call, path)
    written = _BYTES.match(arguments)
    assert written is not None
    assert not written[2], "strace cut the data short"
    data = written[1].encode("latin-1").decode("unicode_escape").encode("latin-1")
    return Event(call, path, data, int(written[3]) if written[3] else None)


def _after(data: bytes, events: list[Event]) -> bytes:
    content = bytearray(data)
    for event in events:
        if event.call == "ftruncate":
            length = event.offset or 0
            content = content[:length].ljust(length, b"\0")
        else:
            at = len(content) if event.offset is None else event.offset
            content = content.ljust(at, b"\0")
            content[at : at + len(event.data)] = event.data
    return bytes(content)
