"""Which column of a table here is which column there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.cells import CellValue, Grid
from ..tables.headers import Headers, find_headers, fold
from ..vocabulary.column import Kind
from ..vocabulary.sheet import Sheet
from .carry_cells import carried

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, here and there; numbers are 1-based.

    `pairs` are (here, there); `new_headers` what is to stand in the header row there, by column; `names` the columns here
    that are filled by formula; `keys` the columns here that together name a row.
    """

    here: int
    there: int
    pairs: tuple[tuple[int, int], ...]
    new_headers: Mapping[int, CellValue]
    names: frozenset[int]
    keys: tuple[int, ...]


def match_columns(sheet: Sheet, here: Grid, there: Grid, formulas: frozenset[Place]) -> Columns | None:
    """How the columns of `sheet` go together; None where one of the two has no headers of it.

    Args:
        sheet: what the table is.
        here: the sheet to carry.
        there: the same sheet of the other workbook.
        formulas: where formulas stand here.
    """
    ours, theirs = find_headers(sheet, here)[0], find_headers(sheet, there)[0]
    if ours is None or theirs is None:
        return None
    own_here = _named(sheet, here, ours, formulas)
    own_there = {key: column for column, key in _named(sheet, there, theirs, frozenset()).items()}
    known = {number: theirs.columns[name] for name, number in ours.columns.items() if name in theirs.columns}
    free = _Free(there, theirs, sheet)
    names = {column for column, key in own_here.items() if key == _BY_FORMULA}
    pairs: dict[int, int] = dict(known)
    headers: dict[int, CellValue] = {}
    lost = {number: _LOST for name, number in ours.columns.items() if name not in theirs.columns}
    for column, key in sorted((own_here | lost).items()):
        if key == _BY_FORMULA or not _holds(here, column, ours.row + (key == _LOST)):
            continue
        if key in own_there:
            pairs[column] = own_there[key]
            continue
        pairs[column] = free.take(column)
        header = carried(here.cell(ours.row, column))
        if header is not None:
            headers[pairs[column]] = header
    keys = tuple(ours.columns[name] for name in _key_names(sheet) if name in ours.columns)
    complete = len(keys) == len(_key_names(sheet)) > 0
    return Columns(
        ours.row,
        theirs.row,
        tuple(sorted(pairs.items())),
        headers,
        frozenset(names),
        keys if complete else (),
    )


# What names a row of the tables that have no key, where HR may leave some of it blank.
_NATURAL_KEYS = {"ROI": ("item",), "Cadences": ("group_column", "group_value", "kind")}
_Key = tuple[str, str, int]
_BY_FORMULA: _Key = ("name", "", 0)
# A column of ours that somebody deleted there.
_LOST: _Key = ("lost", "", 0)


class _Free:
    """Columns that nothing uses yet, there."""

    def __init__(self, grid: Grid, headers: Headers, sheet: Sheet) -> None:
        self._used = {
            number
            for number in range(1, len(grid.columns) + 1)
            if any(carried(value) is not None for value in grid.columns[number - 1][headers.row - 1 :])
        } | set(headers.columns.values())
        self._next = max(self._used, default=0) + 1

    def take(self, wanted: int) -> int:
        """The column `wanted` if it is free, else the next one on the right."""
        column = wanted if wanted not in self._used and wanted >= self._next else self._next
        self._used.add(column)
        self._next = max(self._next, column + 1)
        return column


def _named(sheet: Sheet, grid: Grid, headers: Headers, formulas: frozenset[Place]) -> dict[int, _Key]:
    """The columns that the vocabulary does not have: what names each, so that it is found again."""
    by_formula = {fold(column.name_header) for column in sheet.columns if column.name_header}
    taken = set(headers.columns.values())
    repeated: Counter[str] = Counter()
    found: dict[int, _Key] = {}
    for number in range(1, len(grid.columns) + 1):
        if number in taken:
            continue
        header = carried(grid.cell(headers.row, number))
        if header is None:
            found[number] = ("column", "", number)
        elif (headers.row, number) in formulas or (isinstance(header, str) and fold(header) in by_formula):
            found[number] = _BY_FORMULA
        else:
            text = str(header).strip().casefold()
            found[number] = ("header", text, repeated[text])
            repeated[text] += 1
    return found


def _key_names(sheet: Sheet) -> Sequence[str]:
    """The columns of the key; of a sheet without one, that of its ids."""
    if sheet.key or sheet.name in _NATURAL_KEYS:
        return sheet.key or _NATURAL_KEYS[sheet.name]
    first = sheet.columns[0]
    return (
        (first.name,) if first.kind is Kind.ID and not first.refers_to and first.name.endswith("_id") else ()
    )


def _holds(grid: Grid, column: int, header_row: int) -> bool:
    return any(carried(value) is not None for value in _from(grid, column, header_row))


def _from(grid: Grid, column: int, row: int) -> Iterator[CellValue]:
    yield from grid.columns[column - 1][row - 1 :]
