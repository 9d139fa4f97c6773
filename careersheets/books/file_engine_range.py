"""Ranges of a closed workbook, as xlwings asks an engine for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..model.cells import CellValue, cell_address
from .live_values import from_entry

if TYPE_CHECKING:
    from .file_engine_book import FileSheet

_ROW_HEIGHT = 15.0


class FileRange:
    """The cells from `first` to `last` (row, column; 1-based) of a sheet.

    The names are those xlwings calls; what a range of ours never needs is not there.
    """

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: FileSheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        self.sheet = sheet
        self.first = first
        self.last = last
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> FileRange:
        """There is no program behind a closed file."""
        return self

    @property
    def row(self) -> int:
        """The first row."""
        return self.first[0]

    @property
    def column(self) -> int:
        """The first column."""
        return self.first[1]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> FileRange:
        """One cell of the range, counted from its first; a single number counts row by row."""
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        place = self.first[0] + row - 1, self.first[1] + column - 1
        return FileRange(self.sheet, place, place)

    @property
    def raw_value(self) -> list[list[CellValue]]:
        """The values, row by row."""
        return self.sheet.cells_state.block(self.first, self.last)

    @raw_value.setter
    def raw_value(self, value: object) -> None:
        rows: Sequence[Sequence[object]] = value if isinstance(value, (list, tuple)) else [[value]]
        self.sheet.cells_state.write(self.first, [[from_entry(cell) for cell in row] for row in rows])

    def clear_contents(self) -> None:
        """Empty the cells."""
        self.sheet.cells_state.clear(self.first, self.last)

    @property
    def row_height(self) -> float | None:
        """0 where every row is hidden, None where some are."""
        hidden = self.sheet.hidden_rows()
        rows = range(self.first[0], self.last[0] + 1)
        count = (
            sum(row in hidden for row in rows)
            if len(rows) < len(hidden)
            else sum(row in rows for row in hidden)
        )
        if count == len(rows):
            return 0.0
        return _ROW_HEIGHT if count == 0 else None

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """`B6:C9`; signs and the name of the book are for Excel only."""
        first = cell_address(*self.first)
        return first if self.first == self.last else f"{first}:{cell_address(*self.last)}"

    @property
    def address(self) -> str:
        """The address without signs."""
        return self.get_address(False, False, False)

    def select(self) -> None:
        """Make it the selection of its program."""
        self.sheet.book.app.selection = self
        self.sheet.activate()
