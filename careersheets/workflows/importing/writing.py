"""Imported rows go into a workbook of their own, or into HR's as a diff that HR has seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ...books.book import BookContents
from ...books.building import build_workbook
from ...books.diff import AddedRow, Diff, build_diff, shown_value
from ...model.cells import CellRef, CellValue, Grid
from ...model.errors import AccessDenied, NotFound, UsageError
from ...tables.headers import Headers, find_headers, find_sheet, fold
from ...tables.values import text_of
from ...vocabulary.column import Kind
from ...vocabulary.framework import Competencies, Expectations, Levels, RatingScales
from ...vocabulary.people import People
from ...vocabulary.settings import Cycles
from ...vocabulary.sheet import Sheet, SheetModel, sheet_of
from ...vocabulary.workbook import model_of
from .imported import Imported, Row

# The order in which sheets are shown: what others refer to first.
_ORDER: tuple[type[SheetModel], ...] = (RatingScales, Competencies, Levels, Expectations, People, Cycles)
_NEW = "new"
_CHANGED = "changed"


def write_new(path: Path, imported: Imported, now: datetime) -> None:
    """Build a master workbook at `path` that holds what was imported.

    Raises:
        UsageError: there is a file already.
        AccessDenied: one may not write there.
    """
    if path.exists():
        raise UsageError(
            f'There is a file "{path.name}" already. Give another name, or import into it with --into.'
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        build_workbook(
            path, {sheet: list(rows) for sheet, rows in imported.rows.items() if rows}, created=now
        )
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise AccessDenied(f'"{path.name}" cannot be written there. Choose a folder of your own.') from error


def diff_with(contents: BookContents, imported: Imported, why: str = "") -> Diff:
    """What would change in the workbook: rows with a new key are added, others get the cells that differ.

    Cells that the import says nothing about stay as they are, and no row is ever taken away.

    Args:
        contents: the workbook.
        imported: rows by sheet.
        why: shown beside each line.

    Raises:
        NotFound: the workbook lacks a sheet that is written.
        UsageError: such a sheet has no header row.
    """
    wanted: dict[CellRef, CellValue] = {}
    additions: list[AddedRow] = []
    order = {sheet_of(model).name: place for place, model in enumerate(_ORDER)}
    for name in sorted(imported.rows, key=lambda name: order.get(name, len(order))):
        if imported.rows[name]:
            target = _target(contents, sheet_of(model_of(name)))
            for row in imported.rows[name]:
                _place_row(target, row, wanted, additions, why)
    reasons = dict.fromkeys(wanted, f"{_CHANGED}: {why}" if why else _CHANGED)
    return build_diff(contents, wanted, additions, reasons)


@dataclass(slots=True)
class _Target:
    """A sheet of HR's and where its rows stand, by folded key."""

    sheet: Sheet
    grid: Grid
    headers: Headers
    rows: dict[tuple[str, ...], int] = field(default_factory=dict)


def _target(contents: BookContents, sheet: Sheet) -> _Target:
    grid = find_sheet(sheet, contents.grids)
    if grid is None:
        raise NotFound("sheet", sheet.name, contents.grids)
    headers, _ = find_headers(sheet, grid)
    if headers is None:
        raise UsageError(f'The sheet "{grid.sheet}" has no row of headers, so nothing can be added to it.')
    target = _Target(sheet, grid, headers)
    for number in range(headers.row + 1, grid.row_count + 1):
        key = tuple(
            _folded(grid.cell(number, headers.columns[name])) for name in sheet.key if name in headers.columns
        )
        if any(key):
            target.rows.setdefault(key, number)
    return target


def _place_row(
    target: _Target, row: Row, wanted: dict[CellRef, CellValue], additions: list[AddedRow], why: str
) -> None:
    cells = {name: cell_value(row.get(name)) for name in target.headers.columns}
    key = tuple(_folded(cells[name]) for name in target.sheet.key if name in target.headers.columns)
    number = target.rows.get(key)
    if number is None:
        additions.append(_added(target, cells, why))
        return
    for name, value in cells.items():
        column = target.headers.columns[name]
        old = target.grid.cell(number, column)
        if value is not None and name not in target.sheet.key and not _alike(target.sheet, name, old, value):
            wanted[CellRef(target.grid.sheet, number, column)] = value


def _alike(sheet: Sheet, name: str, old: CellValue, new: CellValue) -> bool:
    """Whether a cell says the same already, in whatever spelling the sheet accepts."""
    if isinstance(old, int | float) and isinstance(new, int | float):
        return float(old) == float(new)
    if sheet.column(name).kind is Kind.YES_NO:
        return fold(text_of(old) or "") == fold(text_of(new) or "")
    return (text_of(old) or "") == (text_of(new) or "")


def _added(target: _Target, cells: Mapping[str, CellValue], why: str) -> AddedRow:
    first, last = min(target.headers.columns.values()), max(target.headers.columns.values())
    by_number = {target.headers.columns[name]: value for name, value in cells.items()}
    values = tuple(by_number.get(number) for number in range(first, last + 1))
    return AddedRow(target.grid.sheet, values, first, target.headers.row, f"{_NEW}: {why}" if why else _NEW)


def cell_value(value: Any) -> CellValue:
    """A row's value as it stands in a cell: entries joined, truth as Yes and No."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or None
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value  # type: ignore[no-any-return]


def _folded(value: CellValue) -> str:
    return (text_of(value) or "").casefold()


def summary_of(diff: Diff) -> list[str]:
    """How many cells change and how many rows are added, by sheet."""
    changed = _counted(change.cell.sheet for change in diff.changes)
    added = _counted(row.sheet for row in diff.additions)
    sheets = list(dict.fromkeys([*changed, *added]))
    return [
        f"{sheet}: {added.get(sheet, 0)} new rows, {changed.get(sheet, 0)} changed cells" for sheet in sheets
    ]


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def first_lines(rows: Iterator[Sequence[Any]], number: int) -> list[str]:
    """The first lines of a diff as text."""
    shown = []
    for _, row in zip(range(number), rows, strict=False):
        shown.append(" | ".join(map(shown_value, row)))
    return shown
