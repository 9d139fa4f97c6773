"""Cells on their way between Excel and Google Sheets: when two are the same, and what a product cannot hold."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ..books.cell_xml import FIRST_YEAR, LONGEST_TEXT
from ..books.google.cells import is_moment, plain
from ..model.cells import LAST_COLUMN, LAST_ROW, UNWRITABLE, CellError, CellRef, CellValue, Uncalculated
from ..model.errors import InputError

_LINE_ENDS = re.compile("\r\n|[\r\x0b]")
# Excel keeps times to the thousandth of a second.
_MOMENT_TOLERANCE = 1e-8
_SHOWN = 8


class About(Enum):
    """What is to be said of cells, rows and sheets that were not simply carried; `{target}` is filled in."""

    FORMULA = "come by a formula of yours; what they show is carried, as a value"
    NOT_CALCULATED = "hold a formula that no program has calculated yet, so there was nothing to carry; open the workbook, save it, and run again"
    ERROR = "show an error, which is carried as it shows"
    CHARACTERS = "hold characters that no workbook can hold; a space stands in their place"
    NAME = "were typed over a name that comes by formula; not carried"
    OVER_FORMULA = "would stand where {target} calculates; not carried"
    TITLE = "stand above a table, where {target} has another text; not carried"
    ONLY_THERE = "stand only in {target}; left alone"
    WITHOUT_LOOKS = "were missing in {target} and are added, without their formatting"

    @property
    def is_loss(self) -> bool:
        """Whether something that people entered is not there afterwards."""
        return self in (About.NOT_CALCULATED, About.NAME, About.OVER_FORMULA, About.TITLE)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to be said of `place`: a cell (`Costs!B7`), a row (`People, row 12`) or a sheet."""

    about: About
    place: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a product holds. Days before `first_year` it has not; `most_cells` is None where it never comes to that."""

    product: str
    longest_text: int
    first_year: int
    last_row: int
    last_column: int
    longest_title: int
    not_in_title: str
    most_cells: int | None = None


EXCEL = Limits("Excel", LONGEST_TEXT, FIRST_YEAR, LAST_ROW, LAST_COLUMN, 31, "[]:*?/\\")
GOOGLE = Limits("Google Sheets", 50_000, 0, 10_000_000, 18_278, 100, "", 10_000_000)


class CannotHold(InputError):
    """Some cells or sheets have no place in the product they are to go to."""

    def __init__(self, limits: Limits, target: str, why: Iterable[tuple[str, str]]) -> None:
        found: dict[str, list[str]] = {}
        for reason, place in why:
            found.setdefault(reason, []).append(place)
        said = " ".join(f"{reason}: {listed(places)}." for reason, places in found.items())
        super().__init__(
            f'Nothing was written into "{target}". {limits.product} {said} Change them, then run again.'
        )


def carried(value: CellValue) -> CellValue:
    """The value as it is carried: line ends as everywhere, and no character that XML cannot hold."""
    if isinstance(value, str):
        # Most texts have nothing to look for.
        return (value if value.isprintable() else UNWRITABLE.sub(" ", _LINE_ENDS.sub("\n", value))) or None
    return None if isinstance(value, Uncalculated) else value


def all_carried(text: str) -> bool:
    """Whether every character of a text is carried."""
    return text.isprintable() or UNWRITABLE.search(_LINE_ENDS.sub("\n", text)) is None


def same_cell(first: CellValue, second: CellValue) -> bool:
    """Whether two cells hold the same: a number to the last bit, a day or time to a thousandth of a second."""
    first, second = carried(first), carried(second)
    if is_moment(first) or is_moment(second):
        return is_moment(first) and is_moment(second) and _near(first, second)
    return _told(first) == _told(second)


def hashed(value: CellValue) -> object:
    """What cells that are the same have in common."""
    value = carried(value)
    if is_moment(value):
        return "moment", math.floor(_days(value) * 86_400 + 0.25)
    return _told(value)


def as_key(value: CellValue) -> str:
    """A cell of a key as text: 1001 and "1001 " are the same id."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if carried(value) is None else str(carried(value)).strip().casefold()


def refusals(cell: CellRef, value: CellValue, limits: Limits) -> Iterable[tuple[str, str]]:
    """Why a product cannot hold `value`, with the place."""
    if isinstance(value, str) and len(value) > limits.longest_text:
        yield f"holds no text of more than {limits.longest_text:,} characters", f"{cell} ({len(value):,})"
    if isinstance(value, date) and value.year < limits.first_year:
        yield f"holds no day before {limits.first_year}", str(cell)
    if cell.row > limits.last_row or cell.column > limits.last_column:
        yield "has no such row or column", str(cell)


def title_refusals(title: str, limits: Limits) -> Iterable[tuple[str, str]]:
    """Why a product cannot have a sheet of that name."""
    if len(title) > limits.longest_title or any(sign in title for sign in limits.not_in_title):
        signs = f" and none of {' '.join(limits.not_in_title)}" if limits.not_in_title else ""
        yield f"has sheet names of {limits.longest_title} characters at most{signs}", f'"{title}"'


def listed(places: list[str]) -> str:
    """The first places, and how many more there are."""
    more = len(places) - _SHOWN
    return ", ".join(places[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _told(value: CellValue) -> object:
    if isinstance(value, bool):
        return "truth", value
    if isinstance(value, int | float):
        return "number", float(value)
    return value.code if isinstance(value, CellError) else value


def _near(first: CellValue, second: CellValue) -> bool:
    return abs(_days(first) - _days(second)) <= _MOMENT_TOLERANCE


def _days(value: CellValue) -> float:
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return float(plain(value) or 0)
