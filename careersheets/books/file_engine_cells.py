"""The cells of one sheet of a closed workbook, with what a macro has written over them so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model.cells import CellValue, Grid
from .book import Link, OutValue, SheetRows


@dataclass(slots=True)
class SheetCells:
    """What a sheet holds: `grid` as it was read (None for a sheet the macro added), `written` by row and column.

    `cleared_from` is the row from which everything was cleared, 0 if nothing was. All numbers are 1-based.
    """

    name: str
    grid: Grid | None
    written: dict[int, dict[int, OutValue]] = field(default_factory=dict)
    cleared_from: int = 0

    @property
    def last_row(self) -> int:
        """The last row that holds something, at least 1."""
        below = self.grid.row_count if self.grid else 0
        kept = min(below, self.cleared_from - 1) if self.cleared_from else below
        return max(kept, max(self.written, default=0), 1)

    @property
    def last_column(self) -> int:
        """The last column that holds something, at least 1."""
        read = len(self.grid.columns) if self.grid else 0
        return max(read, max((max(row, default=0) for row in self.written.values()), default=0), 1)

    def value(self, row: int, column: int) -> CellValue:
        """What the cell shows."""
        written = self.written.get(row, {})
        if column in written:
            new = written[column]
            return new.text if isinstance(new, Link) else new
        if self.grid is None or (self.cleared_from and row >= self.cleared_from):
            return None
        return self.grid.cell(row, column)

    def block(self, first: tuple[int, int], last: tuple[int, int]) -> list[list[CellValue]]:
        """The cells from `first` to `last` (row, column), row by row."""
        columns = range(first[1], last[1] + 1)
        return [[self.value(row, column) for column in columns] for row in range(first[0], last[0] + 1)]

    def write(self, first: tuple[int, int], rows: Sequence[Sequence[OutValue]]) -> None:
        """Put `rows` into the cells from `first` on."""
        for number, row in enumerate(rows, first[0]):
            self.written.setdefault(number, {}).update(enumerate(row, first[1]))

    def clear(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Empty the cells; remembered as one replacement where nothing is left below or beside them."""
        whole = first[1] == 1 and last[0] >= self.last_row and last[1] >= self.last_column
        if whole:
            self.cleared_from = min(first[0], self.cleared_from or first[0])
            self.written = {number: row for number, row in self.written.items() if number < first[0]}
            return
        width = last[1] - first[1] + 1
        self.write(first, [[None] * width] * (last[0] - first[0] + 1))

    def replacement(self) -> SheetRows | None:
        """Everything from the cleared row down, with the headers above if they were written.

        None if nothing was cleared and the sheet is not new.
        """
        first_row = self._replaced_from
        if not first_row:
            return None
        header = self.written.get(first_row - 1, {})
        body = {number: row for number, row in self.written.items() if number >= first_row}
        first = min((column for row in (header, *body.values()) for column in row), default=1)
        rows = [
            _from_column(body.get(number, {}), first) for number in range(first_row, max(body, default=0) + 1)
        ]
        return SheetRows(self.name, rows, first_row, first, _from_column(header, first))  # type: ignore[arg-type]

    def single_cells(self) -> dict[tuple[int, int], OutValue]:
        """Cells written outside a replacement and its headers, by row and column."""
        below = self._replaced_from
        return {
            (number, column): value
            for number, row in self.written.items()
            if not below or number < below - 1
            for column, value in row.items()
        }

    @property
    def _replaced_from(self) -> int:
        return 1 if self.grid is None else self.cleared_from


def _from_column(row: dict[int, OutValue], first: int) -> list[OutValue]:
    return [row.get(column) for column in range(first, max(row, default=first - 1) + 1)]
