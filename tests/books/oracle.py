"""What openpyxl, an independent reader, sees in a workbook."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from careersheets.model.cells import CellError, Grid, Uncalculated

Cells = dict[tuple[str, int, int], Any]


def openpyxl_cells(path: Path, *, formulas: bool = False) -> Cells:
    """Every cell that holds something, by (sheet, row, column); error values as `CellError`."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(file, data_only=not formulas)
        return {
            (sheet.title, cell.row, cell.column): CellError(cell.value) if cell.data_type == "e" else cell.value
            for sheet in workbook.worksheets
            if isinstance(sheet, Worksheet)
            for cells in sheet.iter_rows()
            for cell in cells
            if cell.value is not None
        }


def grid_cells(grids: dict[str, Grid]) -> Cells:
    """Every cell of the grids that holds something."""
    return {
        (name, row, column): value
        for name, grid in grids.items()
        for column, values in enumerate(grid.columns, 1)
        for row, value in enumerate(values, 1)
        if value is not None
    }


def normalised(value: Any) -> Any:
    """A value in a form in which both readers agree on what is the same."""
    match value:
        case None | "" | Uncalculated():
            return None
        case bool() | CellError():
            return value
        case int() | float():
            return f"{float(value):.12g}"
        case datetime():
            rounded = value + timedelta(milliseconds=500)
            return rounded.replace(microsecond=0)
        case date():
            return datetime(value.year, value.month, value.day)
        case time():
            return timedelta(hours=value.hour, minutes=value.minute, seconds=round(value.second + value.microsecond / 1e6))
        case timedelta():
            return timedelta(seconds=round(value.total_seconds()))
        case _:
            return str(value).replace("\r\n", "\n").replace("\r", "\n")
