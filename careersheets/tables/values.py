"""What the cells of a column mean. Each reader takes the raw cells of one column and gives their values.

A cell that cannot be read is a missing value and a finding; a missing value without a finding is a blank cell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
import pandas as pd

from ..model.cells import CellError, CellValue, Uncalculated
from ..model.findings import Rule, Severity
from ..vocabulary.column import Column, Kind
from .characters import CHARACTERS_LEFT_OUT, without_unwritable
from .headers import fold

ERROR_CELL = Rule(
    "CS010",
    Severity.ERROR,
    "the cell shows {error}.",
    "Mend the formula, or type the value.",
    "An error value is neither a blank nor a number, so what follows from it cannot be computed.",
)
NOT_CALCULATED = Rule(
    "CS011",
    Severity.ERROR,
    "the formula has never been calculated.",
    "Open the workbook in Excel and save it, or type the value.",
    "The workbook was made by a program that does not calculate; no reader can know the value.",
)
NOT_A_NUMBER = Rule(
    "CS012",
    Severity.ERROR,
    '"{value}" is not a number.',
    "Enter a number, or leave the cell empty.",
    "Text in a number cell counts for nothing.",
)
NUMBER_AS_TEXT = Rule(
    "CS013",
    Severity.WARNING,
    '"{value}" is stored as text; it is read as {number}.',
    "Type the number again, or use Excel's Convert to Number.",
    "The workbook's own formulas do not count numbers that are stored as text.",
)
NOT_A_DATE = Rule(
    "CS014",
    Severity.WARNING,
    '"{value}" is not a date.',
    "Enter a date, for example 2026-09-30.",
    "Without the date, what is due or overdue cannot be told.",
)
NOT_YES_OR_NO = Rule(
    "CS015",
    Severity.ERROR,
    '"{value}" is neither Yes nor No.',
    "Enter Yes or No, or leave the cell empty.",
    "It is read as empty, which may not be what you meant.",
)
NOT_A_RATING = Rule(
    "CS016",
    Severity.ERROR,
    '"{value}" is neither a number nor a label of its rating scale.',
    "Enter a point of the scale, or N/A with a reason.",
    "A rating that cannot be read is treated as not assessed.",
)
ID_TURNED_DATE = Rule(
    "CS017",
    Severity.ERROR,
    "the cell holds the date {value}, where a name or code is wanted.",
    "Format the cell as text and type it again.",
    "Spreadsheet programs turn codes such as 3-1 into dates by themselves.",
)

_NA = {"na", "notapplicable", "nichtanwendbar"}
_YES = {"yes", "y", "true", "1", "x", "✓", "✔"}
_NO = {"no", "n", "false", "0"}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
# Points on a scale by competency and folded label.
Labels = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read as meant: its row (1-based), the rule it breaks, and what to say."""

    row: int
    rule: Rule
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Read:
    """The values of one column, indexed by row; `na` marks N/A and is None but for ratings."""

    values: pd.Series
    problems: list[Problem]
    na: pd.Series | None = None


def read_column(column: Column, cells: pd.Series, labels: pd.Series | None = None) -> Read:
    """The values of `cells` (raw, indexed by row) as `column` declares them.

    Args:
        column: what the cells should hold.
        cells: raw cell values, as objects.
        labels: for rating columns, row by row, the mapping from folded label to points of the row's scale.
    """
    usable, problems = _set_aside_broken(cells)
    usable, lost = without_unwritable(usable)
    problems += [Problem(row, CHARACTERS_LEFT_OUT, values) for row, values in lost.items()]
    read = _read_ratings(usable, labels) if column.kind is Kind.RATING else _READERS[column.kind](usable)
    return Read(read.values, problems + read.problems, read.na)


def text_of(value: CellValue) -> str | None:
    """A cell as text: 1001.0 as "1001", a date as ISO, half past two as "14:30", blanks and spaces as None."""
    if isinstance(value, str):
        return value.strip() or None
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    return str(value)


def _set_aside_broken(cells: pd.Series) -> tuple[pd.Series, list[Problem]]:
    """`cells` with error values and uncalculated formulas as None, and a problem for each."""
    if _kinds(cells).isdisjoint({CellError, Uncalculated}):
        return cells, []
    broken = cells.map(lambda value: isinstance(value, CellError | Uncalculated)).astype(bool)
    problems = [
        Problem(row, ERROR_CELL, {"error": value.code})
        if isinstance(value, CellError)
        else Problem(row, NOT_CALCULATED, {})
        for row, value in cells[broken].items()
    ]
    return cells.mask(broken, None), problems


def _kinds(cells: pd.Series) -> set[type]:
    """The types of the cells; most columns hold one and blanks, and need no look at each cell."""
    return set(map(type, cells.tolist()))


def _read_text(cells: pd.Series) -> Read:
    return Read(pd.Series([text_of(value) for value in cells.tolist()], index=cells.index, dtype="str"), [])


def _read_ids(cells: pd.Series) -> Read:
    if _kinds(cells).isdisjoint({datetime, date}):
        return _read_text(cells)
    dates = cells.map(lambda value: isinstance(value, date)).astype(bool)
    problems = [Problem(row, ID_TURNED_DATE, {"value": text_of(v)}) for row, v in cells[dates].items()]
    return Read(_read_text(cells.mask(dates, None)).values, problems)


def _read_several(cells: pd.Series) -> Read:
    def split(value: CellValue) -> tuple[str, ...]:
        return tuple(part.strip() for part in (text_of(value) or "").split(";") if part.strip())

    return Read(pd.Series([split(value) for value in cells], index=cells.index, dtype=object), [])


def _read_numbers(cells: pd.Series) -> Read:
    numbers, rest = _plain_numbers(cells)
    problems: list[Problem] = []
    for row, value in rest.items():
        text = text_of(value)
        if text is None:
            continue
        number = _number_in(text) if isinstance(value, str) else None
        if number is None:
            problems.append(Problem(row, NOT_A_NUMBER, {"value": text}))
            continue
        numbers.at[row] = number
        problems.append(Problem(row, NUMBER_AS_TEXT, {"value": text, "number": number}))
    return Read(numbers, problems)


def _read_ratings(cells: pd.Series, labels: pd.Series | None) -> Read:
    numbers, rest = _plain_numbers(cells)
    na = pd.Series(False, index=cells.index)
    problems = []
    for row, value in rest.items():
        text = text_of(value)
        if text is None:
            continue
        points = (labels.at[row] if labels is not None else {}).get(fold(text))
        number = _number_in(text) if isinstance(value, str) else None
        if fold(text) in _NA:
            na.at[row] = True
        elif points is not None:
            numbers.at[row] = points
        elif number is not None:
            numbers.at[row] = number
            problems.append(Problem(row, NUMBER_AS_TEXT, {"value": text, "number": number}))
        else:
            problems.append(Problem(row, NOT_A_RATING, {"value": text}))
    return Read(numbers, problems, na)


def _plain_numbers(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The numbers among `cells` as floats, NaN elsewhere; and the cells that are neither number nor blank."""
    if _kinds(cells) <= {float, int, type(None)}:
        return pd.Series(cells.tolist(), index=cells.index, dtype=float), cells.iloc[:0]
    is_number = cells.map(type).isin([float, int])
    numbers = cells.where(is_number, np.nan).astype(float)
    return numbers, cells[~is_number & cells.notna()]


def _number_in(text: str) -> float | None:
    """4, 3.5 or 3,5 in a text; None for anything else."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _read_dates(cells: pd.Series) -> Read:
    if _kinds(cells) <= {datetime, type(None)}:
        return Read(pd.Series(cells.tolist(), index=cells.index, dtype="datetime64[us]"), [])
    problems: list[Problem] = []
    values: list[datetime | None] = []
    for row, value in cells.items():
        day = _date_of(value)
        values.append(day)
        if day is None and text_of(value) is not None:
            problems.append(Problem(row, NOT_A_DATE, {"value": text_of(value)}))
    return Read(pd.Series(values, index=cells.index, dtype="datetime64[us]"), problems)


def _date_of(value: CellValue) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _read_yes_no(cells: pd.Series) -> Read:
    problems: list[Problem] = []
    values: list[bool | None] = []
    for row, value in cells.items():
        text = text_of(value)
        word = text.casefold() if text else ""
        values.append(True if word in _YES else False if word in _NO else None)
        if text and values[-1] is None:
            problems.append(Problem(row, NOT_YES_OR_NO, {"value": text}))
    return Read(pd.Series(values, index=cells.index, dtype="boolean"), problems)


_READERS: Mapping[Kind, Callable[[pd.Series], Read]] = {
    Kind.TEXT: _read_text,
    Kind.LONG_TEXT: _read_text,
    Kind.LINK: _read_text,
    Kind.PERSON: _read_ids,
    Kind.ID: _read_ids,
    Kind.NUMBER: _read_numbers,
    Kind.PERCENT: _read_numbers,
    Kind.DATE: _read_dates,
    Kind.YES_NO: _read_yes_no,
    Kind.SEVERAL: _read_several,
}
