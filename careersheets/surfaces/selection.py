"""Who is meant by the rows that the user selected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..books.live_excel import Workbook, read_sheet
from ..model.cells import LAST_ROW
from ..model.errors import UsageError
from ..tables.headers import find_headers, fold
from ..tables.values import text_of
from ..vocabulary.sheet import Sheet
from ..vocabulary.workbook import all_sheets
from .buttons import PEOPLE_SHEETS

_AREA = re.compile(r"\$?[A-Z]*\$?(\d*)(?::\$?[A-Z]*\$?(\d*))?")


def selected_people(book: Workbook) -> list[str]:
    """The people in the selected rows, each once, as their cells name them. Rows that a filter hides do not count.

    Raises:
        UsageError: the selection is not in the rows of a table of people.
    """
    selection = book.app.selection
    if selection is None or str(selection.sheet.book.name) != str(book.name):
        raise UsageError(
            f'Select rows in "{book.name}", on the sheet {_listed()}, then press the button again.'
        )
    sheet = _sheet_called(str(selection.sheet.name))
    grid = read_sheet(selection.sheet)
    headers, _ = find_headers(sheet, grid) if sheet else (None, [])
    if headers is None or "employee_id" not in headers.columns:
        raise UsageError(
            f'The sheet "{selection.sheet.name}" has no rows of people. Select rows on {_listed()}, then press again.'
        )
    rows = [
        row
        for first, last in _areas(str(selection.address))
        for row in _visible_rows(selection.sheet, max(first, headers.row + 1), min(last, grid.row_count))
    ]
    named = [text_of(grid.cell(row, headers.columns["employee_id"])) for row in rows]
    people = list(dict.fromkeys(text for text in named if text))
    if not people:
        raise UsageError(
            f'The selection on "{selection.sheet.name}" holds nobody: it lies outside the table, or a filter hides it. '
            "Select one or more rows of the table, then press again."
        )
    return people


def _listed() -> str:
    return ", ".join(PEOPLE_SHEETS[:-1]) + f" or {PEOPLE_SHEETS[-1]}"


def _sheet_called(name: str) -> Sheet | None:
    return next((sheet for sheet in all_sheets() if fold(sheet.name) == fold(name)), None)


def _areas(address: str) -> Iterator[tuple[int, int]]:
    """First and last row of each part of a selection: `$B$6:$C$9,$B$12`, whole columns `$B:$C`, whole rows `$6:$9`."""
    for part in address.split(","):
        match = _AREA.fullmatch(part.rpartition("!")[2])
        if match is not None:
            first = int(match[1] or 1)
            yield first, int(match[2] or LAST_ROW) if ":" in part else first


def _visible_rows(sheet: Any, first: int, last: int) -> Iterator[int]:
    """The rows from `first` to `last` that are not hidden; halves are asked until each is all hidden or all shown."""
    if first > last:
        return
    height = sheet.range((first, 1), (last, 1)).row_height
    if height is None and first < last:
        middle = (first + last) // 2
        yield from _visible_rows(sheet, first, middle)
        yield from _visible_rows(sheet, middle + 1, last)
    elif height != 0:
        yield from range(first, last + 1)
