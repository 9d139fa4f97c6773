"""The entries of a finished file, compressed as they are, so that what was looked through once is known again by its bytes.

Read here are files that hold nothing but their entries, one after the other, then the list of them: the way this project
writes them. Any other order is left to the standard library, which is slower.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from .package import ARCHIVE_ERRORS, MOST_BYTES, MOST_PARTS

_END = struct.Struct("<4s4H2LH")
_LISTED = struct.Struct("<4s4x4H3L3H8xL")
_LOCAL_SIZE, _LISTED_SIZE, _END_SIZE = 30, 46, 22
_STORED, _DEFLATED = 0, 8
# Bits 1 and 2 tell how hard it was compressed, bit 11 that the name is UTF-8.
_PLAIN_FLAGS = 0b1000_0000_0110
_UTF8_NAME = 0x800


class UnsoundArchive(Exception):
    """The bytes are no archive, or not only one; `reason` completes "it cannot be looked through: ..."."""

    def __init__(self, reason: str = "it is not a sound file") -> None:
        super().__init__(reason)
        self.reason = reason


class Entry(NamedTuple):
    """One entry: its name, how it is compressed (0 or 8), the checksum and size of its content, and its bytes."""

    name: str
    method: int
    checksum: int
    size: int
    packed: bytes


def entries_of(data: bytes) -> list[Entry]:
    """The entries of the archive `data`, in order.

    Raises:
        UnsoundArchive: it is none, is too large, or holds bytes that belong to no entry.
    """
    # Python also opens what lies before or after an archive's own bytes; nobody would have looked through that.
    if data[:4] != b"PK\3\4" or data[-22:-18] != b"PK\5\6":
        raise UnsoundArchive
    entries = _in_a_row(data)
    if entries is None:
        entries = _by_library(data)
    if len(entries) > MOST_PARTS or sum(entry.size for entry in entries) > MOST_BYTES:
        raise UnsoundArchive("it is too large")
    return entries


def content_of(entry: Entry) -> bytes:
    """What `entry` holds, never more than it declares.

    Raises:
        UnsoundArchive: the bytes are not what the entry declares.
    """
    content = entry.packed if entry.method == _STORED else _inflated(entry)
    if len(content) != entry.size or _checksum(content) != entry.checksum:
        raise UnsoundArchive
    return content


def _in_a_row(data: bytes) -> list[Entry] | None:
    """The entries, if they and the list of them fill the file without a gap; each says the same of itself twice."""
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, len(data) - _END_SIZE)
    if disk or first_disk or comment or here != count or start + size + _END_SIZE != len(data):
        return None
    entries, listed, place = [], start, 0
    for _ in range(count):
        if listed + _LISTED_SIZE > len(data):
            return None
        mark, flags, method, _, _, checksum, packed, size, name, extra, remark, offset = _LISTED.unpack_from(data, listed)  # fmt: skip
        begin = place + _LOCAL_SIZE
        written = data[listed + _LISTED_SIZE : listed + _LISTED_SIZE + name]
        if (
            mark != b"PK\1\2" or extra or remark or offset != place
            or flags & ~_PLAIN_FLAGS or method not in (_STORED, _DEFLATED)
            or data[place : place + 4] != b"PK\3\4"
            or data[place + 4 : begin] != data[listed + 6 : listed + 32]
            or data[begin : begin + name] != written
            or not (written.isascii() or flags & _UTF8_NAME)
        ):  # fmt: skip
            return None
        begin += name
        place = begin + packed
        entries.append(Entry(written.decode("utf-8", "replace"), method, checksum, size, data[begin:place]))
        listed += _LISTED_SIZE + name
    return entries if place == start and listed == len(data) - _END_SIZE else None


def _by_library(data: bytes) -> list[Entry]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if not listed or min(entry.header_offset for entry in listed) > 0:
                raise UnsoundArchive
            if len(listed) > MOST_PARTS or sum(entry.file_size for entry in listed) > MOST_BYTES:
                raise UnsoundArchive("it is too large")
            contents = [(entry.filename, archive.read(entry)) for entry in listed]
    except ARCHIVE_ERRORS as error:
        raise UnsoundArchive from error
    return [Entry(name, _STORED, _checksum(content), len(content), content) for name, content in contents]


def _inflated(entry: Entry) -> bytes:
    unpacker = _unpacker(-15)
    try:
        content: bytes = unpacker.decompress(entry.packed, entry.size + 1)
    except _UNPACKER_ERRORS as error:
        raise UnsoundArchive from error
    if not unpacker.eof or unpacker.unused_data:
        raise UnsoundArchive
    return content


def _tools() -> tuple[Callable[[int], Any], Callable[[bytes], int], tuple[type[Exception], ...]]:
    """How to unpack and to sum up: with isal where the extra "fast" is installed, else zlib."""
    try:
        fast = import_module("isal.isal_zlib")
    except ImportError:
        return zlib.decompressobj, zlib.crc32, (zlib.error,)
    return fast.decompressobj, fast.crc32, (zlib.error, fast.error)


_unpacker, _checksum, _UNPACKER_ERRORS = _tools()
