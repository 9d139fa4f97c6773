"""How high a row must be for its wrapped texts, for programs that do not look for themselves when they open a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from .book import OutValue
from .cell_formats import styles_part
from .package import Package
from .sheet_shell import Shell
from .xml_outline import BadXml, Element, parse_outline

_LINE = 14.25
_AIR = 5.0
# A character of running text is narrower than the digit a column's width is counted in.
_CHARACTERS_PER_WIDTH = 1.2
_MOST = 409.0


@dataclass(frozen=True, slots=True)
class RowHeights:
    """`room` is how many characters a line holds, by column, where text is wrapped."""

    room: Mapping[int, float]

    def attribute(self, values: Mapping[int, OutValue]) -> str:
        """The height of a row with these values by column, as an attribute; "" where one line holds each.

        It is not marked as set by hand, so that a spreadsheet program still adjusts the row when somebody types.
        """
        lines = 1
        for column, room in self.room.items():
            text = values.get(column)
            if isinstance(text, str) and (len(text) > room or "\n" in text):
                lines = max(lines, lines_of(text, room))
        return f' ht="{min(height_of(lines), _MOST):g}"' if lines > 1 else ""


def fitting_height(texts: list[tuple[str, int]]) -> float:
    """The height, in points, of a row with these wrapped texts in columns of these widths in characters."""
    return height_of(max([lines_of(text, room_of(width)) for text, width in texts], default=1))


def height_of(lines: int) -> float:
    """The height, in points, of a row with so many lines of text."""
    return lines * _LINE + _AIR


def room_of(width: float) -> float:
    """How many characters of running text a column of this width takes in a line."""
    return max(width - 1, 1) * _CHARACTERS_PER_WIDTH


def lines_of(text: str, room: float) -> int:
    """How many lines `text` takes."""
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


def row_heights(package: Package, shell: Shell, styles: Mapping[int, str]) -> RowHeights:
    """The heights for rows of a sheet whose cells have these style indexes by column; none where styles are unusual."""
    try:
        part = parse_outline(package.read(styles_part(package))).find("cellXfs")
        formats = list(part.all("xf")) if part is not None else []
    except (BadXml, KeyError, StopIteration):
        return RowHeights({})
    wrapping = {str(number) for number, xf in enumerate(formats) if _wraps(xf)}
    widths = _widths(shell)
    return RowHeights(
        {
            column: room_of(widths[column])
            for column, style in styles.items()
            if style in wrapping and column in widths
        }
    )


def _wraps(xf: Element) -> bool:
    alignment = xf.find("alignment")
    return alignment is not None and alignment.attributes.get("wrapText") in ("1", "true")


def _widths(shell: Shell) -> dict[int, float]:
    columns = parse_outline(shell.content).find("cols")
    return {
        number: float(column.attributes["width"])
        for column in (columns.all("col") if columns else ())
        if "width" in column.attributes
        for number in range(int(column.attributes["min"]), min(int(column.attributes["max"]), 256) + 1)
    }
