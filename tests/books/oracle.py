"""What openpyxl, an independent reader, sees in a workbook."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from careersheets.model.cells import CellError, Grid, Uncalculated

Cells = dict[tuple[str, int, int], Any]


def openpyxl_cells(path: Path, *, formulas: bool = False) -> Cells:
    """Every cell that holds something, by (sheet, row, column); error values as `CellError`."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(file, data_only=not formulas)
        return {
            (sheet.title, cell.row, cell.column): _value(cell)
            for sheet in workbook.worksheets
            if isinstance(sheet, Worksheet)
            for cells in sheet.iter_rows()
            for cell in cells
            if cell.value is not None
        }


def _value(cell: Cell) -> Any:
    if isinstance(cell.value, ArrayFormula):
        return f"{cell.value.ref} {cell.value.text}"
    return CellError(cell.value) if cell.data_type == "e" else cell.value


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
    if value is None or value == "" or isinstance(value, Uncalculated):
        return None
    if isinstance(value, (bool, CellError)):
        return value
    if isinstance(value, (int, float)):
        return f"{float(value):.12g}"
    if isinstance(value, (date, time, timedelta)):
        return _normalised_time(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _normalised_time(value: date | time | timedelta) -> datetime | timedelta:
    """To the second, as both readers round differently below."""
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time):
        seconds = round(value.second + value.microsecond / 1e6)
        return timedelta(hours=value.hour, minutes=value.minute, seconds=seconds)
    return timedelta(seconds=round(value.total_seconds()))
