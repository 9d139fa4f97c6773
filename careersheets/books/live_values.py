"""How cells are handed to a running Excel and taken from it, so that text stays text and links stay links."""

from __future__ import annotations

import re
from datetime import date, datetime

from ..model.cells import CellError, CellValue
from .book import Link, OutValue
from .cell_xml import hyperlink_formula

# What the free xlwings gives for errors when asked for texts.
_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
_LINK = re.compile(r'=HYPERLINK\(((?:"(?:[^"]|"")*"&?)+),((?:"(?:[^"]|"")*"&?)+)\)')


def to_excel(value: OutValue) -> object:
    """The value as Excel takes it.

    Excel would turn a text such as 007, 3-1 or =A1 into a number, a date or a formula; the apostrophe before it, which
    no cell shows, keeps every text what it is. Links are formulas, for those go into a block with everything else.
    """
    if isinstance(value, Link):
        target = value.target or f"#{value.location}"
        return "=" + hyperlink_formula(target, value.text)
    if isinstance(value, str):
        return f"'{value}" if value else None
    if isinstance(value, CellError):
        return f"'{value.code}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


def from_excel(value: object) -> CellValue:
    """A value of a running Excel as a cell's: empty texts are blanks, error texts are errors."""
    if isinstance(value, str):
        if not value:
            return None
        return CellError(value) if value in _ERRORS else value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value  # type: ignore[return-value]


def from_entry(entry: object) -> OutValue:
    """What a cell becomes when `entry`, as made by `to_excel`, is typed into it.

    Raises:
        ValueError: a formula other than a link, which only Excel itself could calculate.
    """
    if not isinstance(entry, str):
        return entry  # type: ignore[return-value]
    if entry.startswith("'"):
        return entry[1:]
    if not entry.startswith("="):
        return entry
    match = _LINK.fullmatch(entry)
    if match is None:
        raise ValueError(f"only Excel can calculate {entry[:40]}")
    target, text = (_literal(part) for part in match.groups())
    return Link(text, location=target[1:]) if target.startswith("#") else Link(text, target=target)


def _literal(joined: str) -> str:
    return "".join(piece.replace('""', '"') for piece in re.findall(r'"((?:[^"]|"")*)"', joined))
