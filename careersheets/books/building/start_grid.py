"""The grid Start is laid out on: narrow columns between two margins."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from .building import Building
from .theme import HEADING, TEAL

COLUMNS = 24
COLUMN_WIDTH = 6.4
FIRST, LAST = 1, COLUMNS


def write_heading(
    building: Building, worksheet: Worksheet, row: int, text: str, *, first: int = FIRST, last: int = LAST
) -> None:
    """A section heading with its line, from column `first` to `last` (0-based)."""
    style = building.styles(bold=True, font_size=HEADING, bottom=2, bottom_color=TEAL)
    worksheet.set_row(row, 23)
    for column in range(first, last + 1):
        worksheet.write_blank(row, column, None, style)
    worksheet.write_string(row, first, text, style)
