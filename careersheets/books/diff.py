"""What a verb wants to change on HR's own sheets: built, shown, accepted whole or by line, applied once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from ..model.cells import CellRef, CellValue, Grid, Uncalculated, cell_address
from .book import Book, BookContents, OutValue, Receipt, SheetRows
from .cell_formats import CellFormats
from .excel_patch import add_sheet, append_rows, patch_cells
from .package import Package
from .refusals import WriteRefusal, WriteRefused

DIFF_HEADERS = ("Line", "Sheet", "Cell", "Now", "Then", "Why")


class EditableBook(Book, Protocol):
    """A workbook that can take an accepted difference."""

    def apply(self, contents: BookContents, diff: Diff) -> Receipt:
        """Make the accepted changes, once."""
        ...


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: what it holds now and what it is to hold; `why` is for the person who accepts."""

    cell: CellRef
    old: CellValue
    new: CellValue
    why: str = ""


@dataclass(frozen=True, slots=True)
class AddedRow:
    """One row to add below the last one of a sheet; `values` begin at `first_column`, `header_row` stands above all.

    `again` if the sheet may hold a row like it already, and one more is meant.
    """

    sheet: str
    values: tuple[CellValue, ...]
    first_column: int = 1
    header_row: int = 1
    why: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class AddedSheet:
    """A sheet of HR's own to add as the last one; `rows` are its cells from A1."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Diff:
    """Lines in the order in which they are shown: changed cells first, then added rows and sheets. Lines count from 1.

    With `kinds`, a date written where numbers stand gets the format of a date, and a number where dates stand that of a
    number; else every cell keeps the format it has.
    """

    changes: tuple[CellChange, ...] = ()
    additions: tuple[AddedRow, ...] = ()
    sheets: tuple[AddedSheet, ...] = ()
    kinds: bool = False

    def __len__(self) -> int:
        return len(self.changes) + len(self.additions) + len(self.sheets)


def build_diff(
    contents: BookContents,
    wanted: Mapping[CellRef, CellValue],
    additions: Sequence[AddedRow] = (),
    why: Mapping[CellRef, str] | None = None,
) -> Diff:
    """The lines by which the workbook differs from what is `wanted`; cells that hold it already are left out.

    Raises:
        WriteRefused: a cell lies on a sheet that the workbook does not have.
    """
    changes = []
    for cell, new in wanted.items():
        old = _grid(Path(contents.name), contents, cell.sheet).cell(cell.row, cell.column)
        if not _same(old, new):
            changes.append(CellChange(cell, old, new, (why or {}).get(cell, "")))
    return Diff(tuple(changes), tuple(additions))


def diff_rows(diff: Diff, contents: BookContents | None = None) -> Iterator[tuple[OutValue, ...]]:
    """The lines as rows under `DIFF_HEADERS`, for a table in the terminal or a sheet in the workbook.

    With the contents of the workbook, a row to add says under which header each of its values will stand.
    """
    for line, change in enumerate(diff.changes, 1):
        yield line, change.cell.sheet, change.cell.address, change.old, change.new, change.why
    for line, row in enumerate(diff.additions, len(diff.changes) + 1):
        yield line, row.sheet, "new row", None, _told(row, contents), row.why
    for line, sheet in enumerate(diff.sheets, len(diff.changes) + len(diff.additions) + 1):
        yield line, sheet.name, "new sheet", None, f"{len(sheet.rows)} rows", sheet.why


def shown_value(value: OutValue) -> str:
    """A value in a line of text: whole numbers without a point, a day without the time that it does not have."""
    match value:
        case None | Uncalculated():
            return ""
        case datetime():
            return value.isoformat(" ").removesuffix(" 00:00:00")
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def accept_lines(diff: Diff, lines: Collection[int]) -> Diff:
    """The diff with the accepted lines only; numbers of lines that do not exist are passed over."""
    split, last = len(diff.changes), len(diff.changes) + len(diff.additions)
    return replace(
        diff,
        changes=tuple(change for line, change in enumerate(diff.changes, 1) if line in lines),
        additions=tuple(row for line, row in enumerate(diff.additions, split + 1) if line in lines),
        sheets=tuple(sheet for line, sheet in enumerate(diff.sheets, last + 1) if line in lines),
    )


def check_old_values(path: Path, contents: BookContents, diff: Diff) -> None:
    """See that the workbook still is what the diff was made for, and that the diff was not applied before.

    Raises:
        WriteRefused: a cell holds something else than the diff says, or a row to add is there already.
    """
    for change in diff.changes:
        held = _grid(path, contents, change.cell.sheet).cell(change.cell.row, change.cell.column)
        if not _same(held, change.old):
            raise WriteRefused(path, WriteRefusal.OLD_VALUE, str(change.cell))
    for sheet in {row.sheet for row in diff.additions}:
        rows = [row for row in diff.additions if row.sheet == sheet and not row.again]
        _check_new(path, _grid(path, contents, sheet), rows)


def apply_diff(package: Package, diff: Diff) -> str:
    """Put the lines of a checked diff into an open package; nothing to tell, so "".

    Raises:
        WriteRefused: one of them cannot be made.
    """
    formats = CellFormats(package) if diff.kinds else None
    by_sheet: dict[str, dict[tuple[int, int], CellValue]] = {}
    for change in diff.changes:
        by_sheet.setdefault(change.cell.sheet, {})[change.cell.row, change.cell.column] = change.new
    for sheet, values in by_sheet.items():
        patch_cells(package, sheet, values, formats=formats)
    groups: dict[tuple[str, int, int], list[tuple[CellValue, ...]]] = {}
    for row in diff.additions:
        groups.setdefault((row.sheet, row.first_column, row.header_row), []).append(row.values)
    for (sheet, first_column, header_row), rows in groups.items():
        append_rows(package, sheet, rows, first_column=first_column, header_row=header_row, formats=formats)
    for added in diff.sheets:
        new = SheetRows(added.name, added.rows, 1, 1)
        add_sheet(package, new, hidden=added.hidden, formats=formats)
    if formats is not None:
        formats.save()
    return ""


def _check_new(path: Path, grid: Grid, rows: Sequence[AddedRow]) -> None:
    """Refuse if one of the rows stands in the sheet already."""
    wanted = {(row.first_column, tuple(map(_comparable, row.values))) for row in rows}
    for first_column, width in {(start, len(values)) for start, values in wanted}:
        for number in range(1, grid.row_count + 1):
            values = [grid.cell(number, first_column + across) for across in range(width)]
            if (first_column, tuple(map(_comparable, values))) in wanted:
                raise WriteRefused(
                    path, WriteRefusal.ROW_EXISTS, f"{grid.sheet}!{cell_address(number, first_column)}"
                )


def _told(row: AddedRow, contents: BookContents | None) -> str:
    grid = contents.grids.get(row.sheet) if contents else None
    if grid is None:
        return "; ".join(map(shown_value, row.values))
    headers = [grid.cell(row.header_row, row.first_column + place) for place in range(len(row.values))]
    return "; ".join(
        f"{shown_value(header)} {shown_value(value)}".strip()
        for header, value in zip(headers, row.values, strict=True)
        if value is not None
    )


def _grid(path: Path, contents: BookContents, sheet: str) -> Grid:
    if sheet not in contents.grids:
        raise WriteRefused(path, WriteRefusal.NO_SUCH_SHEET, sheet)
    return contents.grids[sheet]


def _same(first: CellValue, second: CellValue) -> bool:
    return _comparable(first) == _comparable(second)


def _comparable(value: CellValue) -> object:
    """A value so that what a sheet holds and what was written into it compare equal; True is not 1."""
    if value is None or value == "" or isinstance(value, Uncalculated):
        return None
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value
