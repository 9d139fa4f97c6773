"""What a cell of a matrix says: a rating, a mark, words for one, or statements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.cells import CellError, CellValue, Uncalculated
from ...tables.values import text_of
from .cells import is_date, key_of
from .mapping import UNDECIDED
from .words import BLANKS, NOT_APPLICABLE

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_NUMBER_AND_TEXT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:[-–—:.)=]|\s)\s*([^\W\d].*)", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦]|\d+[.)])\s+")
# From four words on, what follows a number is a statement rather than the rating's name.
_STATEMENT_WORDS = 4


@dataclass(frozen=True, slots=True)
class Rating:
    """What a cell says: `points` (None where it says none), N/A, and marks; `label` or `statements` beside the number.

    `unread` is why it could not be read, "" if it could.
    """

    points: float | None = None
    not_applicable: bool = False
    optional: bool = False
    critical: bool = False
    label: str = ""
    statements: tuple[str, ...] = ()
    unread: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing at all."""
        return self == Rating()


def read_rating(value: CellValue, values: Mapping[str, str]) -> Rating:
    """The rating in a cell. `values`: what stands for what, by folded text."""
    if isinstance(value, CellError | Uncalculated):
        return Rating(unread="the cell shows an error or a formula that was never calculated")
    if is_date(value):
        return Rating(unread="the program that saved the file made a date of it")
    text = text_of(value)
    if text is None:
        return Rating()
    key = key_of(text)
    if key in values:
        return _decoded(values[key])
    if key in NOT_APPLICABLE:
        return Rating(not_applicable=True)
    if _NUMBER.fullmatch(text):
        return Rating(points=number_in(text))
    if key in BLANKS:
        return Rating()
    match = _NUMBER_AND_TEXT.fullmatch(text)
    if match:
        return _number_with_text(number_in(match[1]), match[2].strip())
    return Rating(unread="it is no rating that the mapping knows")


def number_in(text: str) -> float | None:
    """4, 3.5 or 3,5; None for anything else."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text.strip()) else None


def statements_in(value: CellValue) -> tuple[str, ...]:
    """The statements of a cell: its lines, without bullets, semicolons within one being commas."""
    text = text_of(value) if not isinstance(value, CellError | Uncalculated) else None
    lines = [_BULLET.sub("", line).strip() for line in re.split(r"[\r\n]+|(?<=\S)\s*[•▪]\s*", text or "")]
    return tuple(line.replace(";", ",") for line in lines if line)


def _number_with_text(points: float | None, text: str) -> Rating:
    if len(text.split()) >= _STATEMENT_WORDS:
        return Rating(points=points, statements=statements_in(text))
    return Rating(points=points, label=text)


def _decoded(value: str) -> Rating:
    """`3`, `1 optional`, `N/A`, "" or "?" as a mapping says it."""
    if value == UNDECIDED:
        return Rating(unread="the mapping does not say yet what it stands for")
    if key_of(value) in NOT_APPLICABLE:
        return Rating(not_applicable=True)
    points, _, mark = value.strip().partition(" ")
    return Rating(points=number_in(points), optional=mark == "optional", critical=mark == "critical")
