"""A master workbook that is open in Excel: read and written in blocks, so that HR sees the results where they are."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import xlwings as xw

from ..model.cells import CellValue, Grid
from ..model.errors import AccessDenied, UsageError
from ..vocabulary.sheet import sheet_of
from ..vocabulary.workbook import HEADER_ROW, model_of
from .book import BookContents, Changes, NamedCell, OutValue, Receipt, SheetRows
from .diff import AddedRow, Diff, check_old_values
from .file_engine_book import FileBook
from .live_values import from_excel, to_excel
from .safe_save import is_open_elsewhere

# For the rooms that handle an open workbook and its program without knowing the product.
Workbook: TypeAlias = xw.Book
Application: TypeAlias = xw.App

# What HR may still do on a protected sheet of the tool's; the same as when it was built.
_ALLOWED = ("AllowSorting", "AllowFiltering", "AllowFormattingColumns", "AllowFormattingRows")


class LiveExcel:
    """The workbook behind an xlwings `book`, as a `Book`. Nothing is saved: that stays HR's to do."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self._book.name)

    @property
    def path(self) -> Path:
        """Where the file lies.

        Raises:
            UsageError: it was never saved, or was opened straight from the cloud.
        """
        full = str(self._book.fullname)
        if "://" in full:
            raise UsageError(
                f'"{self.name}" was opened from the web. Open it from the folder that OneDrive or SharePoint keeps on '
                "this computer, then press the button again."
            )
        if not Path(full).is_absolute():
            raise UsageError(
                f'"{self.name}" was never saved. Save it in a folder, then press the button again.'
            )
        return Path(full)

    def read(self) -> BookContents:
        """All sheets as they are on the screen, saved or not."""
        grids = {str(sheet.name): read_sheet(sheet) for sheet in self._book.sheets}
        return BookContents(self.name, "", grids)

    def named_cell(self, name: str) -> NamedCell | None:
        """The cell with this defined name; None if there is none, or the cell was deleted."""
        with suppress(*excel_errors()):
            if self._book.names.contains(name):
                cell = self._book.names[name].refers_to_range
                return NamedCell(f"{cell.sheet.name}!{cell.address}".replace("$", ""), from_excel(cell.value))
        return None

    def fill_along(self, named_cells: Mapping[str, CellValue]) -> None:
        """Fill `named_cells`, by their defined names; they are kept when HR saves."""
        self._fill(named_cells)

    def refuse_if_open_elsewhere(self) -> None:
        """Raise where the workbook is a closed file that another program has open, so that nothing could be entered.

        Raises:
            UsageError: it is.
        """
        if isinstance(self._book.impl, FileBook) and is_open_elsewhere(self._book.impl.path):
            raise UsageError(
                f'"{self.name}" is open in another program, so nothing was entered. Close it there, then try again.'
            )

    def write(self, contents: BookContents, changes: Changes) -> Receipt:
        """Write `changes` into the open workbook.

        Raises:
            AccessDenied: HR put a password on a sheet of the tool's.
        """
        notes = []
        if isinstance(self._book.impl, FileBook):
            self._book.impl.keep_backups = changes.keep_backups
        for new in changes.sheets:
            if new.sheet not in contents.grids:
                _add_sheet(self._book, new.sheet)
                notes.append(
                    f'The sheet "{new.sheet}" was missing and was added again, without its formatting.'
                )
            _replace(self._book.sheets[new.sheet], new)
        missing = self._fill(changes.named_cells)
        if missing:
            listed = ", ".join(f'"{name}"' for name in missing)
            notes.append(f"The workbook no longer has the named cells {listed}, so these were not filled.")
        return Receipt(self.name, note=" ".join(notes))

    def apply(self, contents: BookContents, diff: Diff) -> Receipt:
        """Make the changes of an accepted diff on HR's sheets.

        Raises:
            WriteRefused: a cell no longer holds what the diff says; nothing was written.
            AccessDenied: HR put a password on a sheet that is to be changed.
        """
        check_old_values(Path(self.name), self.read(), diff)
        if isinstance(self._book.impl, FileBook):
            return self._book.impl.apply(diff)
        cells = {
            (change.cell.sheet, change.cell.row, change.cell.column): change.new for change in diff.changes
        }
        for (name, row, first), values in _runs(cells):
            with _unlocked(self._book.sheets[name]):
                _write_block(self._book.sheets[name], row, first, [values])
        for name, rows in groupby(diff.additions, key=lambda added: added.sheet):
            with _unlocked(self._book.sheets[name]):
                _append(self._book.sheets[name], contents.grids[name], list(rows))
        return Receipt(self.name)

    def _fill(self, named_cells: Mapping[str, CellValue]) -> list[str]:
        """Fill cells by their defined names; the names that are not there."""
        missing = [name for name in named_cells if not self._book.names.contains(name)]
        for name, value in named_cells.items():
            if name not in missing:
                place = self._book.names[name].refers_to_range
                with _unlocked(place.sheet):
                    place.value = to_excel(value)
        return missing


def read_sheet(sheet: xw.Sheet) -> Grid:
    """The cells of one sheet, from A1 to the last that holds something."""
    last = sheet.used_range.last_cell
    rows = sheet.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value
    cells = [[from_excel(value) for value in row] for row in rows]
    while cells and not any(value is not None for value in cells[-1]):
        cells.pop()
    return Grid(str(sheet.name), tuple(zip(*cells, strict=True)), "visible" if sheet.visible else "hidden")


def excel_errors() -> tuple[type[BaseException], ...]:
    """What Excel raises when it refuses or is busy; none where there is no Excel."""
    known = {"win32": ("pywintypes", "com_error"), "darwin": ("appscript.reference", "CommandError")}
    if sys.platform not in known:
        return ()
    module, name = known[sys.platform]
    return (getattr(importlib.import_module(module), name),)


def _replace(sheet: xw.Sheet, new: SheetRows) -> None:
    """Everything from the first row down, in two calls whatever its size."""
    last = sheet.used_range.last_cell
    with _unlocked(sheet):
        sheet.range((new.first_row, 1), (max(last.row, new.first_row), last.column)).clear_contents()
        if new.header:
            _write_block(sheet, new.first_row - 1, new.first_column, [new.header])
        _write_block(sheet, new.first_row, new.first_column, new.rows)
        if new.header:
            _write_block(sheet, new.first_row - 1, new.first_column, [new.header])


def _write_block(sheet: xw.Sheet, row: int, column: int, rows: Sequence[Sequence[OutValue]]) -> None:
    """Blocks are rectangles, so short rows are filled up with blanks."""
    width = max((len(cells) for cells in rows), default=0)
    if width:
        block = [[to_excel(value) for value in cells] + [None] * (width - len(cells)) for cells in rows]
        sheet.range((row, column), (row + len(block) - 1, column + width - 1)).value = block


def _add_sheet(book: xw.Book, name: str) -> None:
    """A sheet of the tool's that HR deleted: name and headers."""
    added = book.sheets.add(name, after=book.sheets[-1])
    sheet = sheet_of(model_of(name))
    _write_block(added, HEADER_ROW - 3, 2, [[sheet.name], [sheet.purpose]])
    _write_block(added, HEADER_ROW, 2, [[column.header for column in sheet.columns]])


def _append(sheet: xw.Sheet, grid: Grid, rows: Sequence[AddedRow]) -> None:
    """Rows below the last one that is filled where they go; the table on the sheet grows over them."""
    first_column = rows[0].first_column
    width = max(len(added.values) for added in rows)
    filled = [
        number
        for column in grid.columns[first_column - 1 : first_column - 1 + width]
        for number, value in enumerate(column, 1)
        if value is not None
    ]
    first = max([*filled, rows[0].header_row]) + 1
    for number, added in enumerate(rows, first):
        for start, run in _filled_runs(added.values):
            _write_block(sheet, number, first_column + start, [run])
    for table in sheet.tables:
        corner = table.range[0, 0]
        if corner.row == rows[0].header_row:
            table.resize(
                sheet.range(corner, (first + len(rows) - 1, corner.column + table.range.shape[1] - 1))
            )


def _filled_runs(values: Sequence[CellValue]) -> Iterator[tuple[int, list[CellValue]]]:
    """Stretches of values without blanks: a blank would wipe out the formula of a name column."""
    for filled, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if filled:
            cells = list(run)
            yield cells[0][0], [value for _, value in cells]


def _runs(
    cells: dict[tuple[str, int, int], CellValue],
) -> Iterator[tuple[tuple[str, int, int], list[CellValue]]]:
    """Neighbouring cells of a row together, so that one call writes them."""
    start: tuple[str, int, int] | None = None
    values: list[CellValue] = []
    for place in sorted(cells):
        if start is not None and place == (*start[:2], start[2] + len(values)):
            values.append(cells[place])
            continue
        if start is not None:
            yield start, values
        start, values = place, [cells[place]]
    if start is not None:
        yield start, values


@contextmanager
def _unlocked(sheet: xw.Sheet) -> Iterator[None]:
    """The sheet without its protection, which is put back afterwards."""
    api = sheet.api
    if not _is_protected(api):
        yield
        return
    _take_off_protection(api, str(sheet.name))
    try:
        yield
    finally:
        _protect(api)


def _is_protected(api: Any) -> bool:
    """Windows and macOS name the same property differently; a closed file protects from nothing."""
    if hasattr(api, "ProtectContents"):
        return bool(api.ProtectContents)
    return bool(api.protect_contents.get()) if sys.platform == "darwin" else False


def _take_off_protection(api: Any, name: str) -> None:
    with suppress(*excel_errors()):
        api.Unprotect("") if sys.platform == "win32" else api.unprotect(password="")
    if _is_protected(api):
        raise AccessDenied(
            f'The sheet "{name}" is protected by a password. Take the protection off under Review > Unprotect Sheet, '
            "then press the button again."
        )


def _protect(api: Any) -> None:
    if sys.platform == "win32":
        api.Protect(**dict.fromkeys(_ALLOWED, True))
    else:
        api.protect_worksheet(allow_sorting=True, allow_filtering=True, allow_formatting_columns=True)
