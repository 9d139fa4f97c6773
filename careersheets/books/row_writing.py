"""Rows of a sheet written anew, changed or put in between, streaming past all the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .book import OutValue, SheetRows
from .cell_xml import CellWriter
from .package import PartSource
from .row_heights import RowHeights
from .sheet_shell import Shell, column_styles, shell_of
from .sheet_stream import Cell, Survey, Tags, row_attributes, split_cells, split_rows, split_sheet

_ROWS_AT_ONCE = 500
_HEIGHT = re.compile(r' ht="[^"]*"')
_SET_BY_HAND = re.compile(r' customHeight="(?:1|true)"')


@dataclass(frozen=True, slots=True)
class RowStyle:
    """What new rows look like.

    `styles` is the style index by column; `own` the columns for which the row itself says so, and where a blank cell
    must carry it on, while the others get it from their column; `attributes` those of the row (height).
    """

    styles: dict[int, str]
    own: frozenset[int]
    attributes: str


def style_of_row(survey: Survey, number: int) -> RowStyle:
    """The look of row `number`, and that of the columns where the row has no cell."""
    row = survey.rows.get(number, b"")
    own = {cell.column: cell.style for cell in split_cells(survey.tags, row) if cell.style}
    styles = column_styles(shell_of(survey)) | own
    return RowStyle(styles, frozenset(own), row_attributes(survey.tags, row))


def replace_from(
    source: PartSource, shell: Shell, new: SheetRows, writer: CellWriter, look: RowStyle, heights: RowHeights
) -> PartSource:
    """The sheet with `new` in place of everything from its first row down; a height that HR has set stays for all."""
    if _SET_BY_HAND.search(look.attributes):
        heights = RowHeights({})
    else:
        look = replace(look, attributes=_HEIGHT.sub("", look.attributes))

    def stream() -> Iterator[bytes]:
        yield shell.head
        for kind, tags, piece in split_sheet(source()):
            if kind == "rows":
                rows = list(split_rows(tags, piece))
                kept = [row.content for row in rows if row.number < new.first_row]
                yield b"".join(kept)
                if len(kept) < len(rows):
                    break
        yield from _written_rows(new, writer, look, heights)
        yield shell.tail

    return stream


def merge_rows(source: PartSource, shell: Shell, rows: Mapping[int, bytes]) -> PartSource:
    """The sheet with some rows replaced or put in between."""

    def stream() -> Iterator[bytes]:
        waiting = sorted(rows, reverse=True)
        yield shell.head
        for kind, tags, piece in split_sheet(source()):
            if kind == "rows":
                yield from _merged_batch(tags, piece, rows, waiting) if waiting else (piece,)
        yield b"".join(rows[number] for number in reversed(waiting))
        yield shell.tail

    return stream


def patched_row(
    tags: Tags, writer: CellWriter, number: int, row: bytes, values: Mapping[int, OutValue], *,
    look: RowStyle,
) -> bytes:  # fmt: skip
    """A row with new values by column, each in the style its cell has, or else that of `look`."""
    cells = {cell.column: cell for cell in split_cells(tags, row)}
    contents = {column: cell.content for column, cell in cells.items()}
    for column, value in values.items():
        contents[column] = writer.cell(number, column, value, _style(cells, column, look)).encode()
    opening = tags.row.match(row)
    attributes = (opening[1] or b"") if opening else f' r="{number}"{look.attributes}'.encode()
    body = b"".join(contents[column] for column in sorted(contents))
    return b"<%srow%s>%s</%srow>" % (tags.prefix, attributes, body, tags.prefix)


def _style(cells: Mapping[int, Cell], column: int, look: RowStyle) -> str:
    if column in cells:
        return cells[column].style
    return look.styles.get(column, "")


def _merged_batch(tags: Tags, batch: bytes, rows: Mapping[int, bytes], waiting: list[int]) -> Iterator[bytes]:
    """The rows of a batch with those due among them; `waiting` holds the numbers still to come, highest first."""
    pieces: list[bytes] = []
    for row in split_rows(tags, batch):
        while waiting and waiting[-1] < row.number:
            pieces.append(rows[waiting.pop()])
        if waiting and waiting[-1] == row.number:
            pieces.append(rows[waiting.pop()])
        else:
            pieces.append(row.content)
    yield b"".join(pieces)


def _written_rows(new: SheetRows, writer: CellWriter, look: RowStyle, heights: RowHeights) -> Iterator[bytes]:
    """The new rows, some hundreds at a time; one styled blank row if there are none, for the next run to borrow."""
    rows: Sequence[Sequence[OutValue]] = new.rows or [()]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        batch = rows[start : start + _ROWS_AT_ONCE]
        first = new.first_row + start
        written = [
            _written_row(first + down, new.first_column, row, writer, look, heights)
            for down, row in enumerate(batch)
        ]
        yield "".join(written).encode()


def _written_row(
    number: int, first_column: int, values: Sequence[OutValue], writer: CellWriter, look: RowStyle,
    heights: RowHeights,
) -> str:  # fmt: skip
    """One `<row>` with `values` from `first_column`, and blank cells wherever else the look wants one."""
    cells: dict[int, OutValue] = {first_column + across: value for across, value in enumerate(values)}
    if not look.own <= cells.keys():
        cells = dict(sorted({**dict.fromkeys(look.own), **cells}.items()))
    styles = look.styles
    body = "".join(
        [writer.cell(number, column, value, styles.get(column, "")) for column, value in cells.items()]
    )
    attributes = look.attributes + heights.attribute(cells)
    return f'<{writer.prefix}row r="{number}"{attributes}>{body}</{writer.prefix}row>'
