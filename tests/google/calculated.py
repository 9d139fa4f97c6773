"""A Google Sheet as a file in which LibreOffice can calculate what the local Google cannot."""

from __future__ import annotations

import re
from pathlib import Path

from xlsxwriter import Workbook

from careersheets.model.cells import column_letter
from tests.google_server.spreadsheet import Spreadsheet

_PLACE = r"(?:'[^']+'!)?"
_OPEN_END = re.compile(rf"({_PLACE}\$[A-Z]+\$\d+:\$[A-Z]+)(?![\$A-Z0-9])")
_BARS = re.compile(r"SPARKLINE\(.*\),\"\"\)$")
# Beyond the last row of any tab of these tests, and few enough to calculate.
_LAST_ROW = 700


def as_workbook(book: Spreadsheet, path: Path) -> Path:
    """Values, names and formulas; columns that are open at the end are closed, bars and spilled names are as texts."""
    workbook = Workbook(path)
    for tab in book.tabs:
        workbook.add_worksheet(tab.title)
    for name in book.names:
        place = name["range"]
        letter, row = column_letter(place["startColumnIndex"] + 1), place["startRowIndex"] + 1
        workbook.define_name(name["name"], f"='{book.tab(place['sheetId']).title}'!${letter}${row}")
    for tab in book.tabs:
        worksheet = workbook.get_worksheet_by_name(tab.title)
        for (row, column), cell in sorted(tab.cells.items()):
            if cell.formula and not cell.formula.startswith("=ARRAYFORMULA("):
                worksheet.write_formula(row, column, _closed(cell.formula))
            elif isinstance(cell.effective, str):
                worksheet.write_string(row, column, cell.effective)
            elif cell.effective is not None:
                worksheet.write_number(row, column, cell.effective)
    workbook.close()
    return path


def _closed(formula: str) -> str:
    return _BARS.sub('"bar","")', _OPEN_END.sub(rf"\g<1>${_LAST_ROW}", formula))
