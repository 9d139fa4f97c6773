"""Cells out of a workbook file, column by column. Runs in the limited child only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import python_calamine

from ..model.cells import LAST_COLUMN, LAST_ROW, CellValue, cell_address
from .cell_scan import Special, scan_sheet
from .preflight import ZIP_ERRORS, Refused, kind_of, open_packed
from .refusals import Refusal
from .workbook_index import WorkbookIndex, member_names, read_index
from .xml_outline import BadXml

Message = tuple[Any, ...]
Columns = list[list[CellValue]]

_ENDINGS = {"xls": (".xls",), "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"), "ods": (".ods",)}
_VISIBILITY = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}


def read_workbook(path: Path) -> Iterator[Message]:
    """One ("grid", sheet, columns, visibility, merged) per sheet in tab order, then ("names", defined names).

    Raises:
        Refused: the file is not read.
    """
    if kind_of(path) == "xls":
        yield from _grids(path, "xls", None, None)
        return
    with open_packed(path) as archive:
        index = _index_of(archive)
        yield from _grids(path, "xlsx" if index else "ods", archive, index)
        yield "names", dict(index.names) if index else {}


def _index_of(archive: zipfile.ZipFile) -> WorkbookIndex | None:
    """The index of an .xlsx; None for an .ods."""
    members = member_names(archive)
    if "xl/workbook.bin" in members:
        raise Refused(Refusal.BINARY_WORKBOOK)
    try:
        index = read_index(archive)
    except (BadXml, *ZIP_ERRORS) as error:
        raise Refused(Refusal.DAMAGED_PART) from error
    if index is None and "content.xml" not in members:
        raise Refused(Refusal.NOT_A_WORKBOOK)
    return index


def _grids(path: Path, kind: str, archive: zipfile.ZipFile | None, index: WorkbookIndex | None) -> Iterator[Message]:
    try:
        with path.open("rb") as file:
            # The reader goes by the name's ending where it is given a name; a wrong ending must not matter.
            fits = path.suffix.lower() in _ENDINGS[kind]
            workbook = python_calamine.load_workbook(str(path) if fits else file)
            sheets = _sheets_of(workbook)
            for sheet in sheets:
                yield _grid(workbook, sheet, archive, index)
    except python_calamine.PasswordError as error:
        raise Refused(Refusal.PASSWORD) from error
    except (python_calamine.CalamineError, BadXml, *ZIP_ERRORS) as error:
        raise Refused(Refusal.DAMAGED_PART) from error


def _sheets_of(workbook: python_calamine.CalamineWorkbook) -> list[python_calamine.SheetMetadata]:
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet]
    if not sheets:
        raise Refused(Refusal.NO_SHEETS)
    if len({sheet.name.casefold() for sheet in sheets}) < len(sheets):
        raise Refused(Refusal.TWIN_SHEETS)
    return sheets


def _grid(
    workbook: python_calamine.CalamineWorkbook,
    sheet: python_calamine.SheetMetadata,
    archive: zipfile.ZipFile | None,
    index: WorkbookIndex | None,
) -> Message:
    specials = _specials(archive, index, sheet.name)
    cells = workbook.get_sheet_by_name(sheet.name)
    columns = _columns(cells.to_python(skip_empty_area=False))
    _place(columns, specials)
    merged = tuple(_range(area) for area in cells.merged_cell_ranges or ())
    return "grid", sheet.name, tuple(columns), _VISIBILITY[str(sheet.visible).rpartition(".")[2]], merged


def _columns(rows: Sequence[Sequence[Any]]) -> Columns:
    """Rows as columns of equal length, blanks as None, without empty rows and columns at the end."""
    columns = [_blanks_as_none(column) for column in zip_longest(*rows)]
    while columns and not any(value is not None for value in columns[-1]):
        columns.pop()
    height = max((_height(column) for column in columns), default=0)
    for column in columns:
        del column[height:]
    return columns


def _blanks_as_none(column: Sequence[Any]) -> list[CellValue]:
    if "" in column:
        return [None if value == "" else value for value in column]
    return list(column)


def _height(column: Sequence[CellValue]) -> int:
    return next((row + 1 for row in range(len(column) - 1, -1, -1) if column[row] is not None), 0)


def _specials(
    archive: zipfile.ZipFile | None, index: WorkbookIndex | None, sheet: str
) -> dict[tuple[int, int], Special]:
    entry = index.sheet(sheet) if index else None
    if archive is None or entry is None or not entry.part:
        return {}
    with archive.open(entry.part) as part:
        return scan_sheet(part)


def _place(columns: Columns, specials: dict[tuple[int, int], Special]) -> None:
    """Put errors and uncalculated formulas where they stand, widening the used area for those at its edge."""
    if not specials:
        return
    height = max(len(columns[0]) if columns else 0, *(row for row, _ in specials))
    width = max(len(columns), *(column for _, column in specials))
    if height > LAST_ROW or width > LAST_COLUMN:
        raise BadXml("a cell outside the sheet")
    columns.extend([] for _ in range(width - len(columns)))
    for column in columns:
        column.extend([None] * (height - len(column)))
    for (row, column_index), special in specials.items():
        columns[column_index - 1][row - 1] = special


def _range(area: tuple[tuple[int, int], tuple[int, int]]) -> str:
    (top, left), (bottom, right) = area
    return f"{cell_address(top + 1, left + 1)}:{cell_address(bottom + 1, right + 1)}"
