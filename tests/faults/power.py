"""A disk that loses power: what a recorded run would have left at any moment, without the data that was not synced.

The calls of the run are read from strace and done over again on a disk in memory, where every file has two contents:
what programs read, and what would be there after a power cut.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePosixPath

CALLS = (
    "openat,close,dup,lseek,read,write,pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,"
    "unlinkat,sendfile,copy_file_range,sendto"
)
OPTIONS = ("-xx", "-y", "-s", "4000000", "-e", f"trace={CALLS}")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"^(-?\d+|AT_FDCWD)(?:<((?:\\x[0-9a-f]{2})*)>)?(?:\(deleted\))?")


class Names(Enum):
    """When a name that was made, changed or removed is on the disk."""

    AT_ONCE = "at once"
    WITH_THE_NEXT_SYNC = "with the next sync of anything, as by a journal"


@dataclass
class Inode:
    """`pending` are the writes since the last sync, with their offsets; `version` changes with what is on the disk."""

    data: bytearray
    durable: bytes = b""
    pending: list[tuple[int, bytes]] = field(default_factory=list)
    version: int = 0

    def write(self, offset: int, data: bytes) -> None:
        if len(self.data) < offset:
            self.data.extend(bytes(offset - len(self.data)))
        self.data[offset : offset + len(data)] = data
        self.pending.append((offset, data))

    def cut(self, size: int) -> None:
        """A new size is at once on the disk, as it is where only names and sizes are kept in a journal."""
        self.data = bytearray(bytes(self.data[:size]).ljust(size, b"\0"))
        self.durable = self.durable[:size]
        self.version += 1

    def sync(self) -> None:
        if self.pending or self.durable != self.data:
            self.durable, self.pending = bytes(self.data), []
            self.version += 1

    def after_cut(self, chance: random.Random | None) -> bytes:
        """What is left; with `chance`, some of the writes since the last sync got there."""
        if chance is None or not self.pending:
            return self.durable
        left = Inode(bytearray(self.durable))
        for offset, data in self.pending:
            if chance.random() < 0.5:
                left.write(offset, data)
        return bytes(left.data)


@dataclass
class Handle:
    path: str
    inode: Inode
    offset: int = 0
    appends: bool = False


State = dict[str, bytes]


class Disk:
    """The files below `folder`, as they are and as they would be after a power cut."""

    def __init__(self, folder: Path, before: State, names: Names) -> None:
        self._folder, self._names_are = f"{folder}/", names
        self.names = {path: Inode(bytearray(data), data) for path, data in before.items()}
        self._durable_names = dict(self.names)
        self._handles: dict[int, Handle] = {}
        self.sent = bytearray()

    def do(self, line: str) -> bool:
        """Do the call over again; whether it could have changed what a power cut leaves, or what has left."""
        match = _CALL.match(line)
        if match is None or match[3].startswith("-"):
            return False
        name, rest, result = match[1], match[2], int(match[3])
        work = getattr(self, f"_{name}", None)
        return bool(work(rest, result)) if work else False

    def signature(self) -> tuple[object, ...]:
        """The same for two moments that leave the same."""
        files = tuple(
            sorted((path, id(it), it.version, len(it.pending)) for path, it in self._left().items())
        )
        return (files, len(self.sent))

    def after_cut(self, chance: random.Random | None = None) -> State:
        return {path: inode.after_cut(chance) for path, inode in self._left().items()}

    def now(self) -> State:
        """What programs read."""
        return {path: bytes(inode.data) for path, inode in self.names.items()}

    def _left(self) -> dict[str, Inode]:
        return self.names if self._names_are is Names.AT_ONCE else self._durable_names

    def _openat(self, rest: str, result: int) -> bool:
        path, flags = _paths(rest)[0], rest
        if not path.startswith(self._folder) or "O_DIRECTORY" in flags:
            self._handles.pop(result, None)
            return False
        if path not in self.names:
            if "O_CREAT" not in flags:
                return False
            self.names[path] = Inode(bytearray())
        inode = self.names[path]
        if "O_TRUNC" in flags:
            inode.cut(0)
        self._handles[result] = Handle(path, inode, appends="O_APPEND" in flags)
        return True

    def _close(self, rest: str, result: int) -> bool:
        self._handles.pop(_handle(rest), None)
        return False

    def _dup(self, rest: str, result: int) -> bool:
        handle = self._handles.get(_handle(rest))
        if handle:
            self._handles[result] = handle
        return False

    def _lseek(self, rest: str, result: int) -> bool:
        if handle := self._handles.get(_handle(rest)):
            handle.offset = result
        return False

    def _read(self, rest: str, result: int) -> bool:
        if handle := self._handles.get(_handle(rest)):
            handle.offset += result
        return False

    def _write(self, rest: str, result: int) -> bool:
        handle = self._handles.get(_handle(rest))
        if handle is None:
            return False
        offset = len(handle.inode.data) if handle.appends else handle.offset
        handle.inode.write(offset, _texts(rest)[0][:result])
        handle.offset = offset + result
        return True

    def _pwrite64(self, rest: str, result: int) -> bool:
        handle = self._handles.get(_handle(rest))
        if handle is None:
            return False
        handle.inode.write(int(rest.rpartition(", ")[2]), _texts(rest)[0][:result])
        return True

    def _sendfile(self, rest: str, result: int) -> bool:
        """`sendfile(to, from, offset, size)`, as copying a file does."""
        to, source = rest.split(", ")[:2]
        return self._copy(_handle(source), _handle(to), rest.split(", ")[2], result)

    def _copy_file_range(self, rest: str, result: int) -> bool:
        source, offset, to = rest.split(", ")[:3]
        return self._copy(_handle(source), _handle(to), offset, result)

    def _copy(self, source: int, to: int, offset: str, size: int) -> bool:
        one, other = self._handles.get(source), self._handles.get(to)
        if one is None or other is None:
            assert size == 0 or other is None, "copied from outside the folder"
            return False
        shown = re.search(r"\d+", offset)
        start = int(shown[0]) if shown else one.offset
        other.inode.write(other.offset, bytes(one.inode.data[start : start + size]))
        one.offset, other.offset = start + size, other.offset + size
        return True

    def _ftruncate(self, rest: str, result: int) -> bool:
        handle = self._handles.get(_handle(rest))
        if handle:
            handle.inode.cut(int(rest.rpartition(", ")[2]))
        return handle is not None

    def _fallocate(self, rest: str, result: int) -> bool:
        handle = self._handles.get(_handle(rest))
        if handle:
            offset, size = (int(text) for text in rest.split(", ")[-2:])
            handle.inode.write(len(handle.inode.data), bytes(max(0, offset + size - len(handle.inode.data))))
        return handle is not None

    def _fsync(self, rest: str, result: int) -> bool:
        handle = self._handles.get(_handle(rest))
        if handle:
            handle.inode.sync()
        self._durable_names = dict(self.names)
        return True

    _fdatasync = _fsync

    def _rename(self, rest: str, result: int) -> bool:
        source, target = _paths(rest)[:2]
        if source.startswith(self._folder) and source in self.names:
            self.names[target] = self.names.pop(source)
        return True

    _renameat = _renameat2 = _rename

    def _unlink(self, rest: str, result: int) -> bool:
        path = _paths(rest)[0]
        return self.names.pop(path, None) is not None

    _unlinkat = _unlink

    def _sendto(self, rest: str, result: int) -> bool:
        self.sent += _texts(rest)[0][:result]
        return True


def calls_in(log: Path) -> Iterator[str]:
    """The lines of a record."""
    with log.open(errors="replace") as lines:
        yield from lines


def files_below(folder: Path) -> State:
    """Every file there."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _texts(rest: str) -> list[bytes]:
    return [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(rest)]


def _handle(rest: str) -> int:
    match = _HANDLE.match(rest)
    assert match is not None, rest[:80]
    return -1 if match[1] == "AT_FDCWD" else int(match[1])


def _paths(rest: str) -> list[str]:
    """Each path that is named, from the folder that is open where it is relative."""
    found = []
    folders = [
        bytes.fromhex(it.replace("\\x", "")).decode() for it in re.findall(r"<((?:\\x[0-9a-f]{2})*)>", rest)
    ]
    for number, text in enumerate(_texts(rest)):
        path = PurePosixPath(text.decode("utf-8", "surrogateescape"))
        if not path.is_absolute() and folders:
            path = PurePosixPath(folders[min(number, len(folders) - 1)]) / path
        found.append(str(path))
    return found
