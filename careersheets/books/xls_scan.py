"""Which cells of an old .xls hold an error, which no fast reader tells.

An .xls is a stream of records in a container of sectors (OLE2). Only what is needed to find two kinds of records is
understood here: errors typed in, and formulas whose result is one. Source: Microsoft, [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ..model.cells import CellError

Place = tuple[int, int]

_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_LAST_SECTOR = 0xFFFFFFF0
_SMALL_STREAM = 4096
_BOUND_SHEET, _BEGIN, _END, _FORMULA, _BOOLEAN_OR_ERROR = 0x85, 0x809, 0x0A, 0x06, 0x205


def scan_old_workbook(content: bytes) -> list[dict[Place, CellError]]:
    """Error cells of each sheet in tab order, by (row, column), 1-based; none for what cannot be understood."""
    try:
        stream = _workbook_stream(content)
        return [dict(_errors(stream, start)) for start in _sheet_starts(stream)]
    except (struct.error, IndexError):
        return []


def _workbook_stream(content: bytes) -> bytes:
    """The stream `Workbook` (or `Book`, before 1997) of the container."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    sectors = _Sectors(content, size)
    directory = sectors.chain(struct.unpack_from("<I", content, 48)[0])
    entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
    named = {_entry_name(entry).lower(): entry for entry in reversed(entries)}
    wanted = named.get("workbook") or named.get("book")
    if wanted is None:
        return b""
    start, length = struct.unpack_from("<II", wanted, 116)
    if length >= _SMALL_STREAM:
        return sectors.chain(start)[:length]
    small = sectors.chain(struct.unpack_from("<I", entries[0], 116)[0])
    links = sectors.chain(struct.unpack_from("<I", content, 60)[0])
    table = struct.unpack(f"<{len(links) // 4}I", links[: len(links) // 4 * 4])
    return b"".join(small[64 * sector : 64 * sector + 64] for sector in _follow(table, start))[:length]


class _Sectors:
    """The container's sectors and the table that chains them."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content, self._size = content, size
        listed = list(struct.unpack_from("<109I", content, 76))
        following = struct.unpack_from("<I", content, 68)[0]
        for _ in range(len(content) // size):
            if following >= _LAST_SECTOR:
                break
            more = struct.unpack(f"<{size // 4}I", self._sector(following))
            listed, following = listed + list(more[:-1]), more[-1]
        joined = b"".join(self._sector(sector) for sector in listed if sector < _LAST_SECTOR)
        self._table = struct.unpack(f"<{len(joined) // 4}I", joined)

    def chain(self, start: int) -> bytes:
        """All bytes of the chain that begins at sector `start`."""
        return b"".join(self._sector(sector) for sector in _follow(self._table, start))

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]


def _follow(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The sectors of a chain; one that runs in circles ends after as many steps as there are sectors."""
    for _ in range(len(table)):
        if start >= _LAST_SECTOR:
            return
        yield start
        start = table[start]


def _entry_name(entry: bytes) -> str:
    length = max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)
    return entry[: min(length, 62)].decode("utf-16-le", "replace")


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _sheet_starts(stream: bytes) -> list[int]:
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _BOUND_SHEET:
            starts.append(struct.unpack_from("<I", body, 0)[0])
        elif kind == _END:
            break
    return starts


def _errors(stream: bytes, start: int) -> Iterator[tuple[Place, CellError]]:
    depth = 0
    for kind, body in _records(stream, start):
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        code = _error_code(kind, body)
        if code in _CODES:
            row, column = struct.unpack_from("<HH", body, 0)
            yield (row + 1, column + 1), CellError(_CODES[code])


def _error_code(kind: int, body: bytes) -> int:
    """The code of the error the cell shows; -1 if it shows none."""
    if kind == _BOOLEAN_OR_ERROR and body[7:8] == b"\x01":
        return body[6]
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6:7] == b"\x02":
        return body[8]
    return -1
