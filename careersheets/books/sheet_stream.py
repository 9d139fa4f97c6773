"""A worksheet part in pieces: what stands before its rows, the rows in batches, and what stands after them.

However many rows there are, only one batch is in memory at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..model.cells import column_number

_ROOT = re.compile(rb"<((?:[A-Za-z][\w.-]*:)?)worksheet[\s>]")
_NUMBER = re.compile(rb'\sr="([1-9][0-9]*)"')
_ADDRESS = re.compile(rb'\sr="([A-Z]{1,3})([1-9][0-9]*)"')
_STYLE = re.compile(rb'\ss="([0-9]+)"')
_LARGEST_HEAD = 64 << 20


class UnusualXml(ValueError):
    """The sheet is written in a way that cannot be changed place by place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One `<row>`: its number, 1-based, and its bytes."""

    number: int
    content: bytes


@dataclass(slots=True)
class Survey:
    """What one pass over a sheet brings: everything around the rows, and the rows that were asked for.

    `head` ends after `<sheetData>`, `tail` begins with `</sheetData>`; `last_filled` is the last row that holds a value
    that is not a formula's (0 if none does); `dropped_formula` whether a row from `dropped_from` on holds a formula.
    """

    tags: Tags
    head: bytes = b""
    tail: bytes = b""
    rows: dict[int, bytes] = field(default_factory=dict)
    last_filled: int = 0
    last_row: int = 0
    dropped_formula: bool = False


class Tags:
    """The patterns of a sheet whose elements carry `prefix` (`x:`, mostly none)."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.prefix = prefix
        self.data = re.compile(rb"<" + p + rb"sheetData(?:\s[^>]*?)?(/?)>")
        self.data_end = b"</" + prefix + b"sheetData>"
        self.row = re.compile(rb"<" + p + rb"row(\s[^>]*?)?(/?)>")
        self.row_end = b"</" + prefix + b"row>"
        self.cell = re.compile(rb"<" + p + rb"c(\s[^>]*?)?(?:/>|>(.*?)</" + p + rb"c>)", re.DOTALL)
        self.formula = re.compile(rb"<" + p + rb"f[\s>/]")
        # A cell that somebody filled in: its first child is a value, not a formula.
        self.filled = re.compile(rb"<" + p + rb"c(?:\s[^>]*)?>\s*<" + p + rb"(?:v(?:\s[^>]*)?>[^<]|is[\s>])")


@dataclass(frozen=True, slots=True)
class Cell:
    """One `<c>` of a row: its column, 1-based, its bytes, style index ("" for none) and whether it has a formula."""

    column: int
    content: bytes
    style: str
    has_formula: bool


def survey_sheet(
    chunks: Iterable[bytes], wanted: Callable[[int], bool], dropped_from: int | None = None
) -> Survey:
    """Read a sheet once; rows whose number is `wanted` are kept.

    Raises:
        UnusualXml: the sheet cannot be changed place by place.
    """
    survey: Survey | None = None
    for kind, tags, piece in split_sheet(chunks):
        survey = survey or Survey(tags)
        if kind == "head":
            survey.head = piece
        elif kind == "tail":
            survey.tail = piece
        else:
            _survey_rows(survey, piece, wanted, dropped_from)
    if survey is None:
        raise UnusualXml("no worksheet")
    return survey


def split_sheet(chunks: Iterable[bytes]) -> Iterator[tuple[str, Tags, bytes]]:
    """("head", tags, bytes), any number of ("rows", tags, whole rows), ("tail", tags, bytes).

    Raises:
        UnusualXml: not UTF-8, or with comments among the rows.
    """
    pieces = iter(chunks)
    tags, head, rest, closed = _read_head(pieces)
    yield "head", tags, head
    if closed:
        yield "tail", tags, tags.data_end + rest + b"".join(pieces)
        return
    while (end := rest.find(tags.data_end)) < 0:
        cut = max(rest.rfind(b"<" + tags.prefix + b"row "), rest.rfind(b"<" + tags.prefix + b"row>"), 0)
        yield "rows", tags, _plain(rest[:cut])
        chunk = next(pieces, None)
        if chunk is None:
            raise UnusualXml("sheetData does not end")
        rest = rest[cut:] + chunk
    yield "rows", tags, _plain(rest[:end])
    yield "tail", tags, rest[end:] + b"".join(pieces)


def split_rows(tags: Tags, batch: bytes) -> Iterator[Row]:
    """The rows of a batch, in order.

    Raises:
        UnusualXml: a row without number.
    """
    position = 0
    while (match := tags.row.search(batch, position)) is not None:
        number = _NUMBER.search(match[1] or b"")
        if number is None:
            raise UnusualXml("a row without number")
        end = batch.find(tags.row_end, match.end()) + len(tags.row_end)
        position = match.end() if match[2] else end
        yield Row(int(number[1]), batch[match.start() : position])


def split_cells(tags: Tags, row: bytes) -> list[Cell]:
    """The cells of one row, in order.

    Raises:
        UnusualXml: a cell without address.
    """
    opening = tags.row.match(row)
    found = []
    for match in tags.cell.finditer(row, opening.end() if opening else 0):
        attributes = match[1] or b""
        address = _ADDRESS.search(attributes)
        if address is None:
            raise UnusualXml("a cell without address")
        style = _STYLE.search(attributes)
        has_formula = tags.formula.search(match[2] or b"") is not None
        found.append(
            Cell(
                column_number(address[1].decode()), match[0], style[1].decode() if style else "", has_formula
            )
        )
    return found


def row_attributes(tags: Tags, row: bytes) -> str:
    """The attributes of a row that another row may borrow: height and style, not its number, span or hiding."""
    opening = tags.row.match(row)
    text = (opening[1] or b"").decode() if opening else ""
    return "".join(
        f' {name}="{value}"'
        for name, value in re.findall(r'([\w:]+)="([^"]*)"', text)
        if name in ("ht", "customHeight", "s", "customFormat", "thickBot", "thickTop")
    )


def _read_head(pieces: Iterator[bytes]) -> tuple[Tags, bytes, bytes, bool]:
    """Tags, the head, what was read beyond it, and whether there are no rows at all."""
    buffer = b""
    for chunk in pieces:
        buffer += chunk
        root = _ROOT.search(buffer[:65536])
        if root is None or buffer.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnusualXml("not a worksheet in UTF-8")
        tags = Tags(root[1])
        match = tags.data.search(buffer)
        if match is not None:
            head = buffer[: match.start()] + b"<" + tags.prefix + b"sheetData>"
            return tags, head if match[1] else buffer[: match.end()], buffer[match.end() :], bool(match[1])
        if len(buffer) > _LARGEST_HEAD:
            break
    raise UnusualXml("no sheetData")


def _survey_rows(
    survey: Survey, batch: bytes, wanted: Callable[[int], bool], dropped_from: int | None
) -> None:
    tags = survey.tags
    for row in split_rows(tags, batch):
        if row.number <= survey.last_row:
            raise UnusualXml("rows out of order")
        survey.last_row = row.number
        if wanted(row.number):
            survey.rows[row.number] = row.content
        if tags.filled.search(row.content):
            survey.last_filled = row.number
        if dropped_from is not None and row.number >= dropped_from and tags.formula.search(row.content):
            survey.dropped_formula = True


def _plain(batch: bytes) -> bytes:
    if b"<!" in batch:
        raise UnusualXml("a comment among the rows")
    return batch
