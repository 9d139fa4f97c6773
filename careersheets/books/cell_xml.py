"""Values as `<c>` elements. The one place where cells are written, so that no text ever becomes a formula."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from ..model.cells import CellError, CellValue, column_letter
from .book import Link, OutValue
from .xml_outline import escape_text

LONGEST_TEXT = 32_767
_SHORT = 64
_LONGEST_LITERAL = 255
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904_DAYS = 1462
# Excel knows no day before 1900 and counts 1900 as a leap year.
FIRST_YEAR = 1901
# Excel reads `_x0041_` as "A"; a text that happens to look so gets its first underscore written that way.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class CellWriter:
    """Writes cells for one sheet; `prefix` is that of its elements, `date1904` how its workbook counts days.

    `fitting` finds the style for a value in a cell that has a certain style; without it every cell keeps its own.
    """

    def __init__(
        self, prefix: str = "", *, date1904: bool = False,
        fitting: Callable[[str, OutValue], str] | None = None,
    ) -> None:  # fmt: skip
        self.prefix = prefix
        self._fitting = fitting
        self._shift = _EPOCH_1904_DAYS if date1904 else 0

    def cell(self, row: int, column: int, value: OutValue, style: str) -> str:
        """One `<c>`."""
        p = self.prefix
        if self._fitting is not None:
            style = self._fitting(style, value)
        opening = f'<{p}c r="{column_letter(column)}{row}"' + (f' s="{style}"' if style else "")
        if isinstance(value, Link):
            if value.target:
                formula = escape_text(hyperlink_formula(value.target, value.text))
                return f'{opening} t="str"><{p}f>{formula}</{p}f><{p}v>{_text(value.text)}</{p}v></{p}c>'
            value = value.text
        if isinstance(value, str) and value:
            text = _text(value)
            return f'{opening} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'
        kind, content = self._content(value)
        return f"{opening}{kind}><{p}v>{content}</{p}v></{p}c>" if content else opening + "/>"

    def _content(self, value: CellValue) -> tuple[str, str]:
        """The type attribute and the content of what is not text; ("", "") is a blank."""
        if isinstance(value, bool):
            return ' t="b"', str(int(value))
        if isinstance(value, (int, float)):
            return ("", repr(value)) if math.isfinite(value) else (' t="e"', "#NUM!")
        if isinstance(value, CellError):
            return ' t="e"', escape_text(value.code)
        if isinstance(value, date) and value.year < FIRST_YEAR:
            return ' t="str"', value.isoformat()
        return "", repr(self._serial(value)) if isinstance(value, (date, time, timedelta)) else ""

    def _serial(self, value: date | time | timedelta) -> float | int:
        """Days since the workbook's day 0, as Excel counts."""
        match value:
            case datetime():
                days = (value.replace(tzinfo=None) - _EPOCH) / timedelta(days=1) - self._shift
            case date():
                return (datetime(value.year, value.month, value.day) - _EPOCH).days - self._shift
            case time():
                clock = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
                days = (clock + timedelta(microseconds=value.microsecond)) / timedelta(days=1)
            case _:
                days = value / timedelta(days=1)
        return int(days) if days.is_integer() else days


def hyperlink_formula(target: str, text: str) -> str:
    """`HYPERLINK("target","text")`, quotation marks doubled; the only formula this program ever writes.

    A literal in a formula is at most 255 characters, so longer ones are joined from pieces.
    """
    return f"HYPERLINK({_literal(target)},{_literal(text)})"


def _literal(text: str) -> str:
    pieces = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [
        ""
    ]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _text(text: str) -> str:
    """A text as element content; ids, names and codes come again and again."""
    return _short_text(text) if len(text) < _SHORT else _written_text(text)


def _written_text(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape_text(text[:LONGEST_TEXT])


_short_text = lru_cache(maxsize=8192)(_written_text)
