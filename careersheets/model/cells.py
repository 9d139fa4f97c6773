"""Cells as they stand in a sheet, each with its kind, and where they stand.

A cell's kind is the Python type of its value, so nothing has to be kept beside it: a blank is None and never 0,
`#REF!` is a `CellError`, and a formula that no program has calculated yet is an `Uncalculated`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

# What no XML file can hold, and so no workbook or document: control characters, halves of characters. A vertical tab is
# a line end.
UNWRITABLE = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as `#REF!` or `#N/A`; `code` is what the sheet shows."""

    code: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula without a stored value: the workbook was made by a program that does not calculate."""

    formula: str = ""


CellValue: TypeAlias = (
    str | float | int | bool | date | datetime | time | timedelta | CellError | Uncalculated | None
)


@dataclass(frozen=True, slots=True)
class CellRef:
    """Where a cell stands. Rows and columns are 1-based; column 1 is A."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell within its sheet, in A1 notation."""
        return cell_address(self.row, self.column)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, column by column, anchored at A1.

    `columns[j][i]` is the cell in row `i + 1`, column `j + 1`. All columns have the same length.
    """

    sheet: str
    columns: tuple[Sequence[CellValue], ...]
    visibility: str = "visible"
    merged: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows down to the last one that holds something."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, number: int) -> list[CellValue]:
        """The cells of row `number`, 1-based, from column A."""
        return [column[number - 1] for column in self.columns]

    def cell(self, row: int, column: int) -> CellValue:
        """The cell at `row`, `column` (1-based); None beyond the used area."""
        if not (1 <= column <= len(self.columns) and 1 <= row <= self.row_count):
            return None
        return self.columns[column - 1][row - 1]


@lru_cache(maxsize=1024)
def column_letter(column: int) -> str:
    """`1 -> "A"`, `27 -> "AA"`.

    Raises:
        ValueError: `column` is not between 1 and 16384.
    """
    if not 1 <= column <= LAST_COLUMN:
        raise ValueError(f"column {column} is outside the sheet (1 to {LAST_COLUMN})")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """`"A" -> 1`, `"AA" -> 27`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_address(row: int, column: int) -> str:
    """`(14, 6) -> "F14"`."""
    return f"{column_letter(column)}{row}"


def parse_address(address: str) -> tuple[int, int]:
    """`"F14" -> (14, 6)`; dollar signs are allowed.

    Raises:
        ValueError: `address` is not the address of a cell.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"{address!r} is not the address of a cell")
    return int(match[2]), column_number(match[1])
