"""A sheet's cells as a person sees them: merged cells hold their value in all of their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ...model.cells import CellError, CellValue, Grid, Uncalculated, cell_address, column_number
from ...tables.values import text_of

_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
# A merge over whole columns would name millions of cells.
_MOST_MERGED = 200_000


@dataclass(frozen=True, slots=True)
class SeenCells:
    """The cells of a sheet with merged areas filled; rows and columns are 1-based."""

    grid: Grid
    _filled: dict[tuple[int, int], CellValue] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.grid.sheet

    @property
    def row_count(self) -> int:
        """Rows down to the last one that holds something."""
        return self.grid.row_count

    @property
    def column_count(self) -> int:
        """Columns up to the last one that holds something."""
        return len(self.grid.columns)

    def value(self, row: int, column: int) -> CellValue:
        """The cell's value; texts of spaces only are blank."""
        found = self._filled.get((row, column))
        value = self.grid.cell(row, column) if found is None else found
        return None if isinstance(value, str) and not value.strip() else value

    def own(self, row: int, column: int) -> CellValue:
        """The value that stands in this very cell, whatever is merged."""
        value = self.grid.cell(row, column)
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, row: int, column: int) -> str:
        """The cell as one line of text; "" if blank or broken."""
        value = self.value(row, column)
        if isinstance(value, CellError | Uncalculated):
            return ""
        return " ".join((text_of(value) or "").split())

    def place(self, row: int, column: int) -> str:
        """`Sheet!C5`."""
        return f"{self.sheet}!{cell_address(row, column)}"


def seen_cells(grid: Grid) -> SeenCells:
    """`grid` with its merged areas filled with the value of their first cell."""
    filled: dict[tuple[int, int], CellValue] = {}
    for area in grid.merged:
        for row, column, first_row, first_column in _area(area, grid):
            value = grid.cell(first_row, first_column)
            if value is not None:
                filled[row, column] = value
        if len(filled) > _MOST_MERGED:
            break
    return SeenCells(grid, filled)


def key_of(value: object) -> str:
    """A text by which cells are alike: case, width and spaces do not matter, signs such as + or ✓ do."""
    return " ".join(unicodedata.normalize("NFKC", str(value)).casefold().split())


def is_date(value: CellValue) -> bool:
    """Whether a spreadsheet program made a date of what may have been a rating such as 2-3."""
    return isinstance(value, date)


def _area(area: str, grid: Grid) -> Iterator[tuple[int, int, int, int]]:
    match = _RANGE.fullmatch(area)
    if match is None:
        return
    top, left = int(match[2]), column_number(match[1])
    bottom, right = min(int(match[4]), grid.row_count), min(column_number(match[3]), len(grid.columns))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column, top, left
