"""Workbook contents written down as rows, laid out as the template lays them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from careersheets.books.book import BookContents
from careersheets.model.cells import CellValue, Grid
from careersheets.vocabulary.workbook import FIRST_COLUMN, HEADER_ROW, all_sheets

Row = Mapping[str, Any]


def contents_of(rows: Mapping[str, Sequence[Row]], *, without: Sequence[str] = ()) -> BookContents:
    """A workbook with every sheet but those in `without`; `rows` by sheet name, each by column name.

    Values stand in their cells as given, several in one cell with ; between: the first row of a sheet is row 6, its
    first column B.
    """
    sheets = [sheet for sheet in all_sheets() if sheet.name not in without]
    unknown = set(rows) - {sheet.name for sheet in sheets}
    assert not unknown, f"no such sheets: {unknown}"
    grids = {}
    for sheet in sheets:
        names = [column.name for column in sheet.columns]
        for row in rows.get(sheet.name, ()):
            assert set(row) <= set(names), f"{sheet.name} has no column {set(row) - set(names)}"
        headers = {column.name: column.header for column in sheet.columns}
        grids[sheet.name] = grid_of(
            sheet.name,
            [headers[name] for name in names],
            [[_cell(row.get(name)) for name in names] for row in rows.get(sheet.name, ())],
        )
    return BookContents("test.xlsx", "", grids)


def grid_of(
    sheet: str,
    headers: Sequence[CellValue],
    rows: Sequence[Sequence[CellValue]],
    *,
    header_row: int = HEADER_ROW,
    first_column: int = FIRST_COLUMN,
    merged: tuple[str, ...] = (),
) -> Grid:
    """A grid with its headers in `header_row` and `rows` below."""
    blank: list[CellValue] = [None] * (header_row - 1 + 1 + len(rows))
    columns: list[list[CellValue]] = [list(blank) for _ in range(first_column - 1)]
    for place, header in enumerate(headers):
        columns.append([*[None] * (header_row - 1), header, *[row[place] for row in rows]])
    return Grid(sheet, tuple(columns), merged=merged)


def _cell(value: Any) -> CellValue:
    """`value` as a cell holds it."""
    cell: CellValue = "; ".join(value) if isinstance(value, tuple) else value
    return cell
