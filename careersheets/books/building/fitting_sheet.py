"""A worksheet whose body rows open with a height that fits, and still adjust when somebody types more."""

from __future__ import annotations

from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.workbook import HEADER_ROW

_LINE = 14.25
_AIR = 5.0
# A character of running text is narrower than the digit a column's width is counted in.
_CHARACTERS_PER_WIDTH = 1.2


class FittingSheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter marks every height as set by hand, and a spreadsheet program does not touch such rows again.

    Body rows are written without that mark: the height is only what the program would have found itself.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]] | None = None) -> None:
        if tag == "row" and attributes and dict(attributes)["r"] > HEADER_ROW:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


def fitting_height(texts: list[tuple[str, int]]) -> float:
    """The height, in points, of a row with these wrapped texts in columns of these widths in characters."""
    return max([_lines(text, width) for text, width in texts], default=1) * _LINE + _AIR


def _lines(text: str, width: int) -> int:
    room = (width - 1) * _CHARACTERS_PER_WIDTH
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))
