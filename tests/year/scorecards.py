"""Scorecards as managers and employees fill them in, in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.support.as_openpyxl import load

from .cast import FIRST, PEOPLE

_HEADER, _BODY = 5, 6
# The ends of the two scales: what stands there needs evidence.
_ENDS = {"ENG-INC": (0, 2)}
_WHOLE = (1, 5)
EVIDENCE = "Seen in two reviews with the team, with notes."
# What has no evidence on purpose.
BARE = {(FIRST, "L09", "COM-PLAN")}


def fill_as_manager(path: Path, cycle: str, seen_on: date) -> None:
    """Every rating on the manager's scorecard at `path`, with evidence at the ends of a scale and for large changes."""

    def fill(row: dict[str, Any], put: Callable[[str, Any], None]) -> None:
        who, what = row["Employee ID"], row["Competency ID"]
        rating = rating_of(cycle, who, what, row["Required"])
        put("Manager", rating)
        large = cycle != FIRST and what in PEOPLE[who].first and what not in PEOPLE[who].second
        if (rating in _ENDS.get(what, _WHOLE) or large) and (cycle, who, what) not in BARE:
            put("Evidence", EVIDENCE)
            put("Evidence date", datetime(seen_on.year, seen_on.month, seen_on.day))

    _each_row(path, fill)


def fill_as_employee(path: Path, cycle: str) -> None:
    """Every rating on the self-evaluation at `path`; most people see themselves as their manager does."""

    def fill(row: dict[str, Any], put: Callable[[str, Any], None]) -> None:
        rating = rating_of(cycle, row["Employee ID"], row["Competency ID"], row["Required"])
        higher = (cycle, row["Employee ID"], row["Competency ID"]) == (FIRST, "L09", "COM-PLAN")
        put("Self", 3 if higher else rating)

    _each_row(path, fill)


def answer(path: Path, competency: str, **cells: str) -> None:
    """An employee's response to one rating."""

    def fill(row: dict[str, Any], put: Callable[[str, Any], None]) -> None:
        if row["Competency ID"] == competency:
            for header, value in cells.items():
                put(header.replace("_", " ").capitalize(), value)

    _each_row(path, fill)


def add_rows(path: Path, sheet: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows that a manager adds on another page of the scorecard."""
    book = load(path)
    page = book[sheet]
    numbers = _numbers(page)
    for place, row in enumerate(rows, _BODY):
        for header, value in row.items():
            page.cell(place, numbers[header], value)
    book.save(path)


def rating_of(cycle: str, who: str, what: str, required: float | None) -> float | None:
    """The rating the cast says, else what the card says is required."""
    person = PEOPLE[who]
    return (person.first if cycle == FIRST else person.second).get(what, required)


def _each_row(path: Path, fill: Callable[[dict[str, Any], Callable[[str, Any], None]], None]) -> None:
    book = load(path)
    page = book["Scores"]
    numbers = _numbers(page)
    for number in range(_BODY, page.max_row + 1):
        row = {header: page.cell(number, column).value for header, column in numbers.items()}
        if row["Employee ID"]:
            fill(row, lambda header, value, number=number: page.cell(number, numbers[header], value))
    book.save(path)


def _numbers(page: Worksheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in page[_HEADER] if cell.value}
