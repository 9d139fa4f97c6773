"""Areas of a tab in A1 notation and as grid ranges; inside the server they are 0-based with an open end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from careersheets.model.cells import column_letter, column_number

from .refusal import Refused

_A1 = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]*)(?::\$?([A-Za-z]{0,3})\$?([0-9]*))?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")


@dataclass(frozen=True)
class Area:
    """Rows `top` up to but not including `bottom`, likewise columns; `single` if it was asked for as one cell."""

    top: int
    left: int
    bottom: int
    right: int
    single: bool = False

    def within(self, rows: int, columns: int) -> Area:
        return Area(self.top, self.left, min(self.bottom, rows), min(self.right, columns))

    def cells(self) -> list[tuple[int, int]]:
        return [
            (row, column) for row in range(self.top, self.bottom) for column in range(self.left, self.right)
        ]

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Area) -> bool:
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def inside(self, other: Area) -> bool:
        return (
            other.top <= self.top
            and self.bottom <= other.bottom
            and other.left <= self.left
            and self.right <= other.right
        )

    def a1(self, title: str) -> str:
        first = f"{column_letter(self.left + 1)}{self.top + 1}"
        last = f"{column_letter(max(self.right, 1))}{max(self.bottom, 1)}"
        return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")


def quoted(title: str) -> str:
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def unquoted(title: str) -> str:
    if len(title) > 1 and title.startswith("'") and title.endswith("'"):
        return title[1:-1].replace("''", "'")
    return title


def read_a1(text: str, whole: str, rows: int, columns: int) -> Area:
    """`text` is the part after the exclamation mark; `whole` is what the error quotes."""
    match = _A1.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        raise Refused(400, f"Unable to parse range: {whole}")
    if ":" not in text:
        if not (match[1] and match[2]):
            raise Refused(400, f"Unable to parse range: {whole}")
        row, column = int(match[2]) - 1, column_number(match[1]) - 1
        return Area(row, column, row + 1, column + 1, single=True)
    top, bottom = sorted((int(match[2] or 1), int(match[4] or rows)))
    left, right = sorted((column_number(match[1]) or 1, column_number(match[3] or "") or columns))
    return Area(top - 1, left - 1, bottom, right)


def area_of(grid_range: dict[str, Any], rows: int, columns: int) -> Area:
    """A GridRange; what it leaves out is unbounded."""
    return Area(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        grid_range.get("endRowIndex", rows),
        grid_range.get("endColumnIndex", columns),
    )


def grid_range_of(sheet_id: int, area: Area) -> dict[str, Any]:
    """As Google answers it: the number of the first tab, 0, is left out."""
    numbers = {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
    return ({"sheetId": sheet_id} if sheet_id else {}) | numbers
