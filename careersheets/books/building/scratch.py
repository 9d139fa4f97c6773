"""Hidden columns of a page in which its calculation stands step by step, each step under its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from ...model.cells import column_letter
from .theme import QUIET, SMALL, Styles


@dataclass(frozen=True, slots=True)
class Cells:
    """A run of cells one below the other, for use in formulas; counted from 0."""

    page: str
    letter: str
    first: int
    count: int

    def at(self, number: int) -> str:
        """The cell `number`, on the same page."""
        return f"${self.letter}${self.first + number}"

    @property
    def all(self) -> str:
        """All of them, on the same page."""
        return f"{self.at(0)}:{self.at(self.count - 1)}"

    def upto(self, number: int) -> str:
        """The cells before `number`; the cell above the first one where there are none."""
        return f"{self.at(-1)}:{self.at(number - 1)}"

    @property
    def elsewhere(self) -> str:
        """All of them, from another page or a chart."""
        return f"='{self.page}'!{self.all}"


class Scratch:
    """Columns to write a calculation into, from left to right."""

    def __init__(self, worksheet: Worksheet, styles: Styles, *, column: int, row: int) -> None:
        """Begin at `column` (0-based) and `row` (1-based, of the first value)."""
        self._worksheet = worksheet
        self._style = styles(font_size=SMALL, font_color=QUIET)
        self._column = column
        self._row = row

    def reserve(self, label: str, count: int = 1) -> Cells:
        """Cells for one step; fill them when the formulas are known."""
        cells = Cells(self._worksheet.get_name(), column_letter(self._column + 1), self._row, count)
        self._worksheet.write_string(self._row - 2, self._column, label, self._style)
        self._column += 1
        return cells

    def fill(self, cells: Cells, formula: Callable[[int], str]) -> Cells:
        """Write `formula(0)`, `formula(1)` ... into `cells`."""
        for number in range(cells.count):
            self._worksheet.write_formula(
                cells.at(number).replace("$", ""), f"={formula(number)}", self._style, ""
            )
        return cells

    def column(self, label: str, count: int, formula: Callable[[int], str]) -> Cells:
        """A step of `count` cells."""
        return self.fill(self.reserve(label, count), formula)

    def value(self, label: str, formula: str) -> str:
        """A step of one cell; its address."""
        return self.column(label, 1, lambda _: formula).at(0)

    def hide(self, first: int) -> None:
        """Hide everything from column `first` (0-based) to the last step."""
        self._worksheet.set_column(first, self._column, None, None, {"hidden": True})
