"""Cells out of a workbook file, column by column. Runs in the limited child only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

import python_calamine

from ..model.cells import LAST_COLUMN, LAST_ROW, CellValue, cell_address
from .cell_scan import scan_sheet
from .error_repair import has_unknown_error, with_known_errors
from .ods_scan import scan_open_document
from .preflight import ZIP_ERRORS, Refused, kind_of, open_packed
from .refusals import Refusal, WriteRefused
from .workbook_index import WorkbookIndex, member_names, read_index
from .xls_scan import scan_old_workbook
from .xml_outline import BadXml

Message = tuple[Any, ...]
Columns = list[list[CellValue]]
Place = tuple[int, int]

_ENDINGS = {"xls": (".xls",), "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"), "ods": (".ods",)}
_VISIBILITY = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}


def read_workbook(path: Path) -> Iterator[Message]:
    """One ("grid", sheet, columns, visibility, merged) per sheet in tab order, then ("names", defined names).

    Raises:
        Refused: the file is not read.
    """
    try:
        if kind_of(path) == "xls":
            yield from _old_workbook(path)
            return
        with open_packed(path) as archive:
            index = _index_of(archive)
            yield from _packed_workbook(path, archive, index) if index else _open_document(path, archive)
    except python_calamine.PasswordError as error:
        raise Refused(Refusal.PASSWORD) from error
    except (python_calamine.CalamineError, BadXml, WriteRefused, *ZIP_ERRORS) as error:
        raise Refused(Refusal.DAMAGED_PART) from error


def _index_of(archive: zipfile.ZipFile) -> WorkbookIndex | None:
    """The index of an .xlsx; None for an .ods."""
    members = member_names(archive)
    if "xl/workbook.bin" in members:
        raise Refused(Refusal.BINARY_WORKBOOK)
    index = read_index(archive)
    if index is None and "content.xml" not in members:
        raise Refused(Refusal.NOT_A_WORKBOOK)
    return index


def _packed_workbook(path: Path, archive: zipfile.ZipFile, index: WorkbookIndex) -> Iterator[Message]:
    """An .xlsx or .xlsm: values by the fast reader, errors and uncalculated formulas by our own scan."""
    specials: dict[str, Mapping[Place, CellValue]] = {}
    for entry in index.sheets:
        if entry.kind == "worksheet" and entry.part:
            with archive.open(entry.part) as part:
                specials[entry.name] = scan_sheet(part)
    unknown = any(has_unknown_error(found.values()) for found in specials.values())
    yield from _grids(path, "xlsx", specials, with_known_errors(path) if unknown else None)
    yield "names", dict(index.names)


def _open_document(path: Path, archive: zipfile.ZipFile) -> Iterator[Message]:
    with archive.open("content.xml") as content:
        yield from _grids(path, "ods", scan_open_document(content))


def _old_workbook(path: Path) -> Iterator[Message]:
    scanned = scan_old_workbook(path.read_bytes())
    names = python_calamine.load_workbook(str(path)).sheet_names if path.suffix.lower() == ".xls" else []
    yield from _grids(path, "xls", dict(zip(names, scanned, strict=False)))


def _grids(
    path: Path,
    kind: str,
    specials: Mapping[str, Mapping[Place, CellValue]],
    repaired: IO[bytes] | None = None,
) -> Iterator[Message]:
    with path.open("rb") as file:
        # Given a name, the reader goes by its ending; a wrong ending must not matter.
        fits = path.suffix.lower() in _ENDINGS[kind]
        workbook = python_calamine.load_workbook(repaired or (str(path) if fits else file))
        for sheet in _sheets_of(workbook):
            yield _grid(workbook, sheet, specials.get(sheet.name, {}))


def _sheets_of(workbook: python_calamine.CalamineWorkbook) -> list[python_calamine.SheetMetadata]:
    sheets = [
        sheet for sheet in workbook.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise Refused(Refusal.NO_SHEETS)
    if len({sheet.name.casefold() for sheet in sheets}) < len(sheets):
        raise Refused(Refusal.TWIN_SHEETS)
    return sheets


def _grid(
    workbook: python_calamine.CalamineWorkbook,
    sheet: python_calamine.SheetMetadata,
    specials: Mapping[Place, CellValue],
) -> Message:
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


def _place(columns: Columns, specials: Mapping[Place, CellValue]) -> None:
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
