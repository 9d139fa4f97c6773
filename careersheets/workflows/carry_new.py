"""A new workbook in Excel from one in Google Sheets: made as `new` makes one, then filled to the last cell."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..books.book import BookContents
from ..books.building import build_workbook
from ..books.excel_file import ExcelFile
from ..ledger.ledger import new_identity
from ..model.cells import CellValue, Grid
from ..model.errors import AccessDenied, UsageError
from ..tables.headers import find_headers, find_sheet
from ..vocabulary.sheet import Sheet
from ..vocabulary.workbook import WORKBOOK_ID
from .carry import Carried, CarryingBook, carry, compare_books
from .carry_cells import EXCEL, Remark, carried
from .carry_sheets import carried_tables

# Written with formulas between the inputs, so its inputs are entered cell by cell.
_CALCULATED = "ROI"
_SETTINGS = "Settings"
# What XlsxWriter writes as it is.
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]{1,32767}")


def pull_into_new(source: CarryingBook, path: Path, now: datetime) -> tuple[Carried, tuple[Remark, ...]]:
    """Make a workbook at `path` with all that people entered into `source`; what is to be said of it.

    Raises:
        UsageError: there is a file already, or it would be no .xlsx.
        CannotHold: something has no place in Excel.
        AccessDenied: one may not write there.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f'"{path.name}" is not the name of an Excel workbook. Give one that ends in .xlsx.')
    contents = source.read()
    read = _ReadAlready(source, contents)
    try:
        with tempfile.TemporaryDirectory(prefix=".careersheets-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            build_workbook(made, rows_of(contents), created=now, identity=_identity_of(contents))
            book = ExcelFile(made, keep_backups=0)
            carrying = compare_books(read, book, EXCEL)
            done = carry(book, carrying)
            _put(made, path)
    except (PermissionError, FileNotFoundError, NotADirectoryError) as error:
        raise AccessDenied(
            f'"{path.name}" cannot be written to "{path.parent.name}". Choose a folder of your own.'
        ) from error
    return done, carrying.remarks


def rows_of(contents: BookContents) -> dict[str, list[Mapping[str, Any]]]:
    """The rows a new workbook begins with, so that they look as they should; the rest is carried into it later."""
    found = {}
    for sheet in carried_tables():
        grid = find_sheet(sheet, contents.grids)
        rows = _rows(sheet, grid) if grid is not None and sheet.name != _CALCULATED else None
        if rows is not None:
            found[sheet.name] = rows
    return found


class _ReadAlready:
    """The workbook whose contents were just read, which are given again."""

    def __init__(self, book: CarryingBook, contents: BookContents) -> None:
        self._contents = contents
        self.name = book.name
        self.formula_cells = book.formula_cells
        self.write, self.apply = book.write, book.apply

    def read(self) -> BookContents:
        """What was read."""
        return self._contents


def _rows(sheet: Sheet, grid: Grid) -> list[Mapping[str, Any]] | None:
    headers = find_headers(sheet, grid)[0]
    if headers is None:
        return None
    rows: list[Mapping[str, Any]] = [
        {name: _faithful(grid.cell(number, column)) for name, column in headers.columns.items()}
        for number in range(headers.row + 1, grid.row_count + 1)
    ]
    while rows and all(value is None for value in rows[-1].values()):
        rows.pop()
    if sheet.name == _SETTINGS:
        return [row for row in rows if isinstance(row.get("setting"), str)]
    return rows


def _faithful(value: CellValue) -> CellValue:
    """A value that the builder writes as it is; None for others, which are carried later."""
    value = carried(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value if float(f"{float(value):.16G}") == value else None
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value == value.strip() else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value if value.year >= EXCEL.first_year else None
    return None


def _identity_of(contents: BookContents) -> str:
    cell = contents.named_cell(WORKBOOK_ID)
    return cell.value.strip() if cell is not None and isinstance(cell.value, str) else new_identity()


def _put(made: Path, path: Path) -> None:
    """Give the finished workbook its place, unless there is one by now."""
    try:
        os.link(made, path)
    except FileExistsError as error:
        raise UsageError(f'There is a file "{path.name}" already. Nothing was changed.') from error
    except OSError:
        if path.exists():
            raise UsageError(f'There is a file "{path.name}" already. Nothing was changed.') from None
        made.replace(path)
