"""Ids for rows that have none yet: of conversations, goals, actions and readiness criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..books.book import BookContents
from ..books.diff import Diff, build_diff
from ..model.cells import CellRef, CellValue
from ..tables.headers import find_headers, find_sheet
from ..tables.tables import Tables
from ..tables.values import text_of
from ..vocabulary.conversations import Conversations, ReadinessCriteria
from ..vocabulary.plans import ActionItems, Goals
from ..vocabulary.sheet import Sheet, SheetModel, sheet_of
from ..vocabulary.workbook import all_sheets

# The letter each kind of id begins with.
LETTERS: Mapping[type[SheetModel], str] = {
    Conversations: "V",
    Goals: "G",
    ActionItems: "A",
    ReadinessCriteria: "R",
}
FIRST_NUMBER = 1001


def id_column(model: type[SheetModel]) -> str:
    """The column of `model` that holds a row's own id; it is the sheet's first."""
    return sheet_of(model).columns[0].name


def new_ids(tables: Tables, model: type[SheetModel]) -> Iterator[str]:
    """Ids for new rows of `model`, one after the other, without end.

    They go on from the highest number that stands on the sheet itself or that any other row refers to, so that the id of
    a row that was deleted is not given again. The same workbook gives the same ids.
    """
    letter = LETTERS[model]
    pattern = re.compile(rf"{letter}-?(\d+)", re.IGNORECASE)
    numbers = [int(found[1]) for found in map(pattern.fullmatch, _known(tables, model)) if found]
    number = max([FIRST_NUMBER - 1, *numbers])
    while True:
        number += 1
        yield f"{letter}{number}"


def fill_blank_ids(contents: BookContents, tables: Tables) -> Diff:
    """What fills the ids that are blank; rows that name nobody have to be mended first and get none."""
    wanted: dict[CellRef, CellValue] = {}
    for model in LETTERS:
        wanted |= _blank_ids(contents, tables, model)
    return build_diff(contents, wanted, why=dict.fromkeys(wanted, "blank id filled"))


def _known(tables: Tables, model: type[SheetModel]) -> Iterator[str]:
    """The ids on the sheet itself and in every column that refers to it."""
    sheet = sheet_of(model)
    yield from tables.frame(model)[id_column(model)].dropna()
    for other in all_sheets():
        for column in other.columns:
            if column.refers_to == f"{sheet.name}.{id_column(model)}":
                yield from tables.by_sheet[other.name].frame[column.name].dropna()


def _blank_ids(contents: BookContents, tables: Tables, model: type[SheetModel]) -> dict[CellRef, CellValue]:
    sheet: Sheet = sheet_of(model)
    grid = find_sheet(sheet, contents.grids)
    headers = find_headers(sheet, grid)[0] if grid is not None else None
    column = id_column(model)
    if grid is None or headers is None or column not in headers.columns:
        return {}
    frame = tables.frame(model)
    number = headers.columns[column]
    blank = frame.index[frame[column].isna() & frame["employee_id"].notna()]
    rows = [row for row in blank if text_of(grid.cell(row, number)) is None]
    ids = new_ids(tables, model)
    return {CellRef(grid.sheet, int(row), number): next(ids) for row in rows}
