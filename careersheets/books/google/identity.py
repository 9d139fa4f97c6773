"""Which row a change is for: told by what the row is, as rows move while people sort and insert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...model.cells import CellValue, Grid
from ...vocabulary.column import Kind
from ...vocabulary.sheet import Sheet
from .cells import Message, Plain, from_extended, plain, same

_HEADERS_WITHIN = 20

STATE_FIELDS = (
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    "data.rowData.values(userEnteredValue.formulaValue,effectiveValue))"
)


@dataclass(frozen=True, slots=True)
class RowIdentity:
    """The row in which the columns (1-based) hold these values."""

    columns: tuple[int, ...]
    values: tuple[Plain, ...]

    def matches(self, row: Sequence[Plain]) -> bool:
        """Whether `row`, from column A, is the one; what it does not reach is blank."""
        return all(
            same(value_at(row, column), value)
            for column, value in zip(self.columns, self.values, strict=True)
        )


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell of HR's to change: in the row of that identity, last seen at `row` (1-based), from `old` to `new`.

    `keys` are the key columns of its tab, none if it has no key; `place` names the cell for people; `undoes` if it gives
    back what an edit of ours replaced by mistake; `as_number` if a number takes the place of a date.
    """

    sheet_id: int
    row: int
    column: int
    identity: RowIdentity
    old: Plain
    new: CellValue
    keys: tuple[int, ...]
    place: str
    undoes: bool = False
    as_number: bool = False

    @property
    def cell(self) -> tuple[int, RowIdentity, int]:
        """Which cell it is, wherever the row stands."""
        return self.sheet_id, self.identity, self.column


@dataclass(frozen=True)
class TabState:
    """A tab as it is now: the size of its grid, its plain values, and where formulas stand."""

    id: int
    rows: int
    columns: int
    values: tuple[tuple[Plain, ...], ...]
    formulas: frozenset[tuple[int, int]]
    _indexes: dict[tuple[int, ...], dict[tuple[Plain, ...], list[int]]] = field(default_factory=dict)

    @cached_property
    def filled_rows(self) -> int:
        """Rows down to the last one that holds something."""
        return max(
            (number for number, row in enumerate(self.values, 1) if any(v is not None for v in row)),
            default=0,
        )

    def value(self, row: int, column: int) -> Plain:
        """The cell at `row`, `column`, 1-based."""
        return value_at(self.values[row - 1], column) if row <= len(self.values) else None

    def rows_holding(self, identity: RowIdentity) -> list[int]:
        """The numbers of all rows that match, 1-based."""
        index = self._indexes.get(identity.columns)
        if index is None:
            index = self._indexes[identity.columns] = {}
            for number, row in enumerate(self.values, 1):
                values = tuple(_rounded(value_at(row, column)) for column in identity.columns)
                index.setdefault(values, []).append(number)
        near = index.get(tuple(map(_rounded, identity.values)), [])
        return [number for number in near if identity.matches(self.row(number))]

    def row(self, number: int) -> tuple[Plain, ...]:
        """The cells of row `number`, 1-based."""
        return self.values[number - 1] if number <= len(self.values) else ()


def read_states(answer: Message) -> dict[int, TabState]:
    """Tabs by number, from the message Spreadsheet asked for with `STATE_FIELDS`."""
    return {sheet["properties"]["sheetId"]: _state(sheet) for sheet in answer.get("sheets", [])}


def locate(state: TabState, edit: CellEdit) -> int | None:
    """The row the edit is for, now; None if it is gone or no longer the only one."""
    if edit.identity.matches(state.row(edit.row)):
        return edit.row
    found = state.rows_holding(edit.identity)
    return found[0] if len(found) == 1 else None


def value_at(row: Sequence[Plain], column: int) -> Plain:
    """The cell in `column`, 1-based; None beyond the end of the row."""
    return row[column - 1] if column <= len(row) else None


def plain_row(grid: Grid, number: int) -> tuple[Plain, ...]:
    """Row `number` of a sheet that was read, 1-based."""
    return tuple(plain(value) for value in grid.row(number)) if number <= grid.row_count else ()


def key_columns(grid: Grid, sheet: Sheet | None) -> tuple[int, ...]:
    """Where the columns stand that together name a row, 1-based; none if the sheet has no such columns."""
    wanted = [header.casefold() for header in _key_headers(sheet)] if sheet else []
    for number in range(1, min(grid.row_count, _HEADERS_WITHIN) + 1) if wanted else ():
        headers = [str(value).strip().casefold() for value in grid.row(number)]
        if all(header in headers for header in wanted):
            return tuple(headers.index(header) + 1 for header in wanted)
    return ()


def identify(
    row: Sequence[Plain], keys: Sequence[int], changing: Mapping[int, Plain] | None = None
) -> RowIdentity:
    """What the row is: its key where it has one, else all that it holds.

    Args:
        row: its cells from column A.
        keys: the key columns, 1-based.
        changing: cells by column that will have changed by the time the row is looked for.
    """
    changing = changing or {}
    if keys and all(value_at(row, column) is not None and column not in changing for column in keys):
        return RowIdentity(tuple(keys), tuple(value_at(row, column) for column in keys))
    width = max([len(row), *changing])
    columns = tuple(range(1, width + 1))
    return RowIdentity(columns, tuple(changing.get(at, value_at(row, at)) for at in columns))


def _rounded(value: Plain) -> Plain:
    return round(value, 4) if isinstance(value, float) else value


def _key_headers(sheet: Sheet) -> Iterator[str]:
    """The headers of the key; of a sheet whose ids may be blank for a while, that of the id."""
    if sheet.key:
        yield from (sheet.column(name).header for name in sheet.key)
        return
    first = sheet.columns[0]
    if first.kind is Kind.ID and not first.refers_to:
        yield first.header


def _state(sheet: Message) -> TabState:
    size = sheet["properties"]["gridProperties"]
    data = sheet.get("data", [{}])[0].get("rowData", [])
    cells = [row.get("values", []) for row in data]
    formulas = frozenset(
        (number, column)
        for number, row in enumerate(cells, 1)
        for column, cell in enumerate(row, 1)
        if "formulaValue" in cell.get("userEnteredValue", {})
    )
    values = tuple(tuple(from_extended(cell.get("effectiveValue", {})) for cell in row) for row in cells)
    return TabState(sheet["properties"]["sheetId"], size["rowCount"], size["columnCount"], values, formulas)
