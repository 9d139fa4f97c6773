"""A mapping laid over a sheet: where its header row and columns are in this very file, and what each row is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model.cells import column_letter, column_number
from ...tables.headers import fold
from .cells import SeenCells, key_of
from .mapping import IGNORE, SheetMapping
from .words import total_kind

_SEARCHED_ROWS = 60
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column of the file: its number (1-based), header, group header and role."""

    number: int
    header: str
    group: str
    role: str

    @property
    def is_cell(self) -> bool:
        """Whether its cells belong to a row and to the column's header at once."""
        return self.role.partition(":")[0] == "cell"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands: `header_row`, its columns, headers of the mapping that are `missing`, and `new` columns."""

    header_row: int
    columns: tuple[PlacedColumn, ...]
    missing: tuple[str, ...]
    new: tuple[PlacedColumn, ...]

    @property
    def cell_columns(self) -> list[PlacedColumn]:
        """The columns with cells of the matrix."""
        return [column for column in self.columns if column.is_cell]

    @property
    def key_columns(self) -> list[PlacedColumn]:
        """The columns that say what a row is."""
        return [
            c for c in self.columns if not c.is_cell and c.role != IGNORE and not c.role.startswith("total")
        ]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row below the header: `kind` is data, section, total, again (the header once more) or note."""

    number: int
    kind: str
    text: str = ""


def lay_out(cells: SeenCells, mapping: SheetMapping, legend: frozenset[tuple[int, int]]) -> Layout:
    """Find `mapping`'s header row and columns in the sheet, wherever they have moved to."""
    row = _header_row(cells, mapping)
    group_row = row - (mapping.header_row - mapping.group_row) if mapping.group_row else 0
    columns: list[PlacedColumn] = []
    missing: list[str] = []
    taken: set[int] = set()
    for letter, column in mapping.columns.items():
        number = _find_column(cells, row, group_row, column_number(letter), column.header, taken)
        if number is None:
            missing.append(column.header)
            continue
        taken.add(number)
        columns.append(_placed(cells, row, group_row, number, column.role))
    new = [
        _placed(cells, row, group_row, number, IGNORE)
        for number in range(1, cells.column_count + 1)
        if number not in taken and (row, number) not in legend and header_text(cells, row, group_row, number)
    ]
    return Layout(row, tuple(columns), tuple(missing), tuple(new))


def header_text(cells: SeenCells, row: int, group_row: int, number: int) -> str:
    """The header of a column; where its own cell is blank, that of the row above."""
    return cells.text(row, number) or (cells.text(group_row, number) if group_row else "")


def body_rows(
    cells: SeenCells, layout: Layout, sections: str, legend: frozenset[tuple[int, int]]
) -> list[BodyRow]:
    """What each row below the header is; wholly blank rows are left out."""
    numbers = [column.number for column in layout.columns]
    rows = [
        kind
        for row in range(layout.header_row + 1, cells.row_count + 1)
        if (kind := _kind_of(cells, layout, numbers, row, legend)) is not None
    ]
    return list(_sections_or_notes(rows, sections))


def _kind_of(
    cells: SeenCells, layout: Layout, numbers: Sequence[int], row: int, legend: frozenset[tuple[int, int]]
) -> BodyRow | None:
    filled = [n for n in numbers if (row, n) not in legend and cells.own(row, n) is not None]
    seen = [n for n in numbers if (row, n) not in legend and cells.value(row, n) is not None]
    if not filled and (not seen or _same_as_above(cells, numbers, row)):
        return None
    texts = [cells.text(row, number) for number in filled]
    headers = {column.number: column.header for column in layout.columns}
    if len(filled) > 1 and all(key_of(t) == key_of(headers[n]) for n, t in zip(filled, texts, strict=True)):
        return BodyRow(row, "again")
    keys = [cells.text(row, column.number) for column in layout.key_columns]
    if any(total_kind(text) for text in keys):
        return BodyRow(row, "total", next(total_kind(text) for text in keys if total_kind(text)))
    key_numbers = {column.number for column in layout.columns if not column.is_cell}
    single = len(filled) == 1 and filled[0] in key_numbers
    # A section's title is alone in its row, or merged over it; a filled-in category counts as the row's own.
    if single and len({cells.text(row, n) for n in seen}) == 1 and len(numbers) > 1:
        return BodyRow(row, "section", texts[0])
    return BodyRow(row, "data")


def _same_as_above(cells: SeenCells, numbers: Sequence[int], row: int) -> bool:
    """Whether a row holds nothing but the lower part of a merged area."""
    return row > 1 and all(
        cells.value(row, n) is None or cells.value(row, n) == cells.value(row - 1, n) for n in numbers
    )


def _sections_or_notes(rows: Sequence[BodyRow], sections: str) -> Iterator[BodyRow]:
    """Lines with one cell are notes below the last row, section titles where the mapping has sections, else rows."""
    last_data = max((row.number for row in rows if row.kind == "data"), default=0)
    for row in rows:
        if row.kind == "section" and row.number > last_data:
            yield BodyRow(row.number, "note", row.text)
        elif row.kind == "section" and not sections:
            yield BodyRow(row.number, "data")
        else:
            yield row


def _header_row(cells: SeenCells, mapping: SheetMapping) -> int:
    wanted = {fold(column.header) for column in mapping.columns.values() if column.header}
    rows = sorted(
        range(1, min(_SEARCHED_ROWS, cells.row_count) + 1), key=lambda row: abs(row - mapping.header_row)
    )
    found = {row: len(wanted & _headers_in(cells, row, mapping)) for row in rows}
    best = max(rows, key=lambda row: found[row], default=mapping.header_row)
    enough = found.get(best, 0) >= _ENOUGH * len(wanted)
    return best if enough else mapping.header_row


def _headers_in(cells: SeenCells, row: int, mapping: SheetMapping) -> set[str]:
    group_row = row - (mapping.header_row - mapping.group_row) if mapping.group_row else 0
    return {fold(header_text(cells, row, max(group_row, 0), n)) for n in range(1, cells.column_count + 1)}


def _find_column(
    cells: SeenCells, row: int, group_row: int, usual: int, header: str, taken: set[int]
) -> int | None:
    """The column with `header`: where it was if it is still there, else the first other that has it."""
    places: list[int] = [usual, *range(1, cells.column_count + 1)]
    for number in places:
        text = header_text(cells, row, group_row, number)
        if number not in taken and fold(text) == fold(header):
            return number
    return None


def _placed(cells: SeenCells, row: int, group_row: int, number: int, role: str) -> PlacedColumn:
    header = header_text(cells, row, group_row, number)
    return PlacedColumn(
        number, header or column_letter(number), cells.text(group_row, number) if group_row else "", role
    )
