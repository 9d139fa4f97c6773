"""Which row of a table here is which row there, and what of it is another."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..books.diff import AddedRow, CellChange
from ..model.cells import CellError, CellRef, CellValue, Grid, Uncalculated
from .carry_cells import About, Limits, Remark, all_carried, as_key, carried, hashed, refusals, same_cell
from .carry_columns import Columns, Place

# A row without a key that stands at the same place and of which so much is the same was edited, not replaced.
_MOSTLY = 0.5

Row = tuple[CellValue, ...]
Rows = Mapping[int, Row]


@dataclass(slots=True)
class Lines:
    """What carrying one workbook changes in another, as it is found; `same` counts the cells that are alike."""

    changes: list[CellChange] = field(default_factory=list)
    additions: list[AddedRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    same: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """A sheet of one of the two workbooks, and where formulas stand in it."""

    grid: Grid
    formulas: frozenset[Place]

    def body(self, header_row: int, columns: Sequence[int]) -> dict[int, Row]:
        """The rows below the header that hold something in `columns`, by number."""
        found = {}
        for number in range(header_row + 1, self.grid.row_count + 1):
            row = tuple(carried(self.grid.cell(number, column)) for column in columns)
            if any(value is not None for value in row):
                found[number] = row
        return found


def compare_rows(
    here: Side, there: Side, columns: Columns, limits: Limits, lines: Lines, *, only_add: bool = False,
    by_place: bool = False,
) -> list[int]:  # fmt: skip
    """Find what the rows of a table change there; the rows that stand only there.

    Args:
        here: the table to carry.
        there: the same table of the other workbook.
        columns: how their columns go together.
        limits: what the other product holds.
        lines: what was found so far; added to.
        only_add: rows there are never changed.
        by_place: rows there are nobody's, and are written over.
    """
    ours = here.body(columns.here, [first for first, _ in columns.pairs])
    theirs = there.body(columns.there, [second for _, second in columns.pairs])
    keys = [place for place, (first, _) in enumerate(columns.pairs) if first in columns.keys]
    pairs = (
        {number: number for number in ours.keys() & theirs.keys()}
        if by_place
        else _Matching(ours, theirs, keys).pairs(only_add=only_add)
    )
    for column, header in sorted(columns.new_headers.items()):
        cell = CellRef(there.grid.sheet, columns.there, column)
        lines.changes.append(CellChange(cell, there.grid.cell(cell.row, column), header, "a column of yours"))
    for number in ours:
        if number in pairs:
            compare_row(here, there, (number, pairs[number]), columns.pairs, limits, lines)
        else:
            add_row(here, there, number, columns, limits, lines)
    return sorted(theirs.keys() - set(pairs.values()))


def compare_row(
    here: Side, there: Side, rows: Place, columns: Iterable[Place], limits: Limits, lines: Lines
) -> None:
    """Find what one row changes there; `rows` and `columns` are (here, there)."""
    for column, other in columns:
        value = here.grid.cell(rows[0], column)
        held = there.grid.cell(rows[1], other)
        calculated = (rows[0], column) in here.formulas
        if (rows[1], other) in there.formulas:
            if not calculated and carried(value) is not None and not same_cell(value, held):
                lines.remarks.append(
                    Remark(About.OVER_FORMULA, str(CellRef(here.grid.sheet, rows[0], column)))
                )
            continue
        note_cell(here, (rows[0], column), lines)
        if isinstance(value, Uncalculated):
            continue
        if same_cell(value, held):
            lines.same += carried(value) is not None
            continue
        cell = CellRef(there.grid.sheet, rows[1], other)
        lines.refused += refusals(cell, value, limits)
        lines.changes.append(CellChange(cell, held, carried(value)))


def add_row(here: Side, there: Side, number: int, columns: Columns, limits: Limits, lines: Lines) -> None:
    """Add row `number` there."""
    first, last = min(other for _, other in columns.pairs), max(other for _, other in columns.pairs)
    values: list[CellValue] = [None] * (last - first + 1)
    for column, other in columns.pairs:
        value = here.grid.cell(number, column)
        values[other - first] = carried(value)
        note_cell(here, (number, column), lines)
        lines.refused += refusals(CellRef(here.grid.sheet, number, column), value, limits)
    lines.additions.append(AddedRow(there.grid.sheet, tuple(values), first, columns.there, again=True))


def note_cell(here: Side, place: Place, lines: Lines) -> None:
    """Say of a cell what is not carried of it."""
    value = here.grid.cell(*place)
    if isinstance(value, Uncalculated):
        about = About.NOT_CALCULATED
    elif place in here.formulas and carried(value) is not None:
        about = About.FORMULA
    elif isinstance(value, CellError):
        about = About.ERROR
    elif isinstance(value, str) and not all_carried(value):
        about = About.CHARACTERS
    else:
        return
    lines.remarks.append(Remark(about, str(CellRef(here.grid.sheet, *place))))


class _Matching:
    """Rows here and there, by number; each row there goes with one here at most."""

    def __init__(self, ours: Rows, theirs: Rows, keys: Sequence[int]) -> None:
        self._ours, self._theirs, self._keys = dict(ours), dict(theirs), keys
        self._found: dict[int, int] = {}

    def pairs(self, *, only_add: bool) -> dict[int, int]:
        """The row there for each row here that has one: by key, else by all it holds, else by its place."""
        self._take(self._key)
        self._take(lambda row: tuple(map(hashed, row)) if self._key(row) is None else None)
        if not only_add:
            self._take_edited()
        return self._found

    def _take(self, told_by: Callable[[Row], object]) -> None:
        """Rows told by the same go together, the first with the first."""
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for number, row in self._theirs.items():
            waiting[told_by(row)].append(number)
        waiting.pop(None, None)
        for number, row in list(self._ours.items()):
            candidates = waiting.get(told_by(row))
            if candidates:
                self._pair(number, candidates.popleft())

    def _take_edited(self) -> None:
        """Rows without a key that stand at the same place and are mostly the same."""
        for number, row in list(self._ours.items()):
            other = self._theirs.get(number)
            if other is None or self._key(row) is not None or self._key(other) is not None:
                continue
            filled = [at for at, value in enumerate(row) if value is not None]
            alike = sum(same_cell(row[at], other[at]) for at in filled)
            if alike >= _MOSTLY * len(filled):
                self._pair(number, number)

    def _pair(self, number: int, other: int) -> None:
        self._found[number] = other
        del self._ours[number], self._theirs[other]

    def _key(self, row: Row) -> tuple[str, ...] | None:
        """The key of a row; None if it has none, or not its last part, without which the others say little."""
        if not self._keys or row[self._keys[-1]] is None:
            return None
        return tuple(as_key(row[place]) for place in self._keys)
