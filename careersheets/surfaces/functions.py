"""Functions for cells: what the last run found about a person, and what a rating or level is called.

In Excel for Windows they are used as `=CAREER_GAP("Nokuthula Dube"; "PLAN")` once xlwings has imported them (see
docs/excel.md). They compute nothing: they look up what stands on Gaps, Readiness, Rating scales and Levels, and the plain
formulas in docs/excel.md look up the same everywhere else.
"""

from __future__ import annotations

import time
from typing import Any

import xlwings as xw

from ..books.live_excel import read_sheet
from ..model.cells import CellValue, Grid
from ..tables.headers import find_headers, fold
from ..tables.values import text_of
from ..vocabulary.framework import Competencies, Levels, RatingScales
from ..vocabulary.people import People
from ..vocabulary.results import Gaps, Readiness
from ..vocabulary.sheet import SheetModel, sheet_of

# A sheet of formulas asks a thousand times in a second; the sheets are read once for all of them.
_SECONDS = 2.0
_read: dict[tuple[str, str], tuple[float, list[dict[str, CellValue]]]] = {}


@xw.func(category="careersheets")
@xw.arg("person", doc="Employee ID, e-mail address or full name.")
@xw.arg("competency", doc="Competency ID or title.")
@xw.arg("target", doc="Target level; the first target if left out.")
def CAREER_GAP(person: Any, competency: Any, target: Any = None, caller: Any = None) -> Any:  # noqa: N802 - as Excel shows it
    """Gap of a person in a competency as of the last run: required minus current, in points of its scale."""
    for row in _rows(caller, Gaps):
        if (
            _is(row, "employee_id", _employee(caller, person))
            and (_is(row, "competency_id", competency) or _is(row, "competency", competency))
            and (target in (None, "") or _is(row, "target_level", target))
        ):
            return "not assessed" if row["gap"] is None else row["gap"]
    return "no such gap"


@xw.func(category="careersheets")
@xw.arg("person", doc="Employee ID, e-mail address or full name.")
@xw.arg("target", doc="Target level; the first target if left out.")
def CAREER_READINESS(person: Any, target: Any = None, caller: Any = None) -> Any:  # noqa: N802
    """Readiness band of a person for a target level as of the last run."""
    for row in _rows(caller, Readiness):
        if _is(row, "employee_id", _employee(caller, person)) and (
            target in (None, "") or _is(row, "target_level", target)
        ):
            return row["band"]
    return "not computed"


@xw.func(category="careersheets")
@xw.arg("rating", doc="Points.")
@xw.arg("competency", doc="Competency ID, or the name of a rating scale.")
def RATING_LABEL(rating: Any, competency: Any, caller: Any = None) -> Any:  # noqa: N802
    """Word for a rating on the scale of a competency."""
    scales = {fold(text_of(row["competency_id"]) or ""): row["scale"] for row in _rows(caller, Competencies)}
    scale = scales.get(fold(text_of(competency) or ""), competency)
    for row in _rows(caller, RatingScales):
        if _is(row, "scale", scale) and text_of(row["value"]) == text_of(rating):
            return row["label"]
    return "no such point"


@xw.func(category="careersheets")
@xw.arg("level", doc="Level code.")
def NEXT_LEVEL(level: Any, caller: Any = None) -> Any:  # noqa: N802
    """Levels one can move to from a level, as on the sheet Levels."""
    for row in _rows(caller, Levels):
        if _is(row, "level_code", level):
            return row["next_levels"] or "the top"
    return "no such level"


def forget_sheets() -> None:
    """Read the sheets anew at the next call."""
    _read.clear()


def _rows(caller: Any, model: type[SheetModel]) -> list[dict[str, CellValue]]:
    """The rows of a sheet of the workbook whose cell asks, by column name."""
    book = caller.sheet.book
    name = sheet_of(model).name
    key = str(book.fullname), name
    read_at, rows = _read.get(key, (-_SECONDS, []))
    if time.monotonic() - read_at > _SECONDS:
        rows = _rows_of(model, read_sheet(book.sheets[name]))
        _read[key] = time.monotonic(), rows
    return rows


def _rows_of(model: type[SheetModel], grid: Grid) -> list[dict[str, CellValue]]:
    headers, _ = find_headers(sheet_of(model), grid)
    if headers is None:
        return []
    return [
        {
            column.name: grid.cell(row, headers.columns.get(column.name, 0))
            for column in sheet_of(model).columns
        }
        for row in range(headers.row + 1, grid.row_count + 1)
    ]


def _employee(caller: Any, person: Any) -> Any:
    """The ID of whoever is called so; `person` itself if nobody is."""
    for row in _rows(caller, People):
        if any(_is(row, name, person) for name in ("employee_id", "email", "name")):
            return row["employee_id"]
    return person


def _is(row: dict[str, CellValue], name: str, wanted: Any) -> bool:
    return fold(text_of(row[name]) or "") == fold(text_of(wanted) or "")
