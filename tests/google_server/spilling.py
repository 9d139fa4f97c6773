"""The one kind of formula that fills other cells than its own: a header, and below it the name that belongs to each key.

Whatever else a formula is, the local Google does not calculate it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from careersheets.model.cells import column_number

if TYPE_CHECKING:
    from .spreadsheet import Spreadsheet, Tab

_RANGE = r"\$([A-Z]+)\$(\d+):\$[A-Z]+"
_SPILL = re.compile(
    rf'=ARRAYFORMULA\(IF\(ROW\({_RANGE}\)=ROW\(\$[A-Z]+\$\d+\),"([^"]*)",IF\({_RANGE}="",,(.*)\)\)\)'
)
_LOOKUP = re.compile(rf"IFNA\(XLOOKUP\({_RANGE},'((?:[^']|'')+)'!{_RANGE},'(?:[^']|'')+'!{_RANGE}\),")
_OTHERWISE = re.compile(r'"([^"]*)"\)*')

# Keys, sheet and column of where they are looked up, column of what is shown; columns and rows from 0.
Lookup = tuple[str, int, int, int]


def spill(book: Spreadsheet) -> None:
    """Let every such formula fill the cells below it, or say that something stands in its way."""
    for tab in book.tabs:
        for cell in tab.cells.values():
            cell.spilled = None
    for tab in book.tabs:
        for (row, column), cell in list(tab.cells.items()):
            match = _SPILL.fullmatch(cell.formula) if cell.formula else None
            if match:
                _fill(book, tab, row, column, match)


def _fill(book: Spreadsheet, tab: Tab, row: int, column: int, match: re.Match[str]) -> None:
    header, keys, first, inner = match[3], column_number(match[1]) - 1, int(match[2]), match[6]
    below = range(row + 1, tab.rows)
    if any((spot := tab.cells.get((line, column))) and not spot.untouched for line in below):
        tab.cell(row, column).value = "#REF!"
        return
    tab.cell(row, column).value = header
    lookups = [_index(book, *found) for found in _lookups(inner)]
    otherwise = _OTHERWISE.search(inner[inner.rindex('"', 0, inner.rindex('"')) :])
    for line in below:
        key = tab.cells.get((line - row - 1 + first, keys))
        value = key.value if key else None
        if value not in (None, ""):
            names = (known[_folded(value)] for known in lookups if _folded(value) in known)
            tab.cell(line, column).spilled = next(names, otherwise[1] if otherwise else "#N/A")


def _lookups(inner: str) -> list[Lookup]:
    return [
        (
            found[3].replace("''", "'"),
            column_number(found[4]) - 1,
            int(found[5]) - 1,
            column_number(found[6]) - 1,
        )
        for found in _LOOKUP.finditer(inner)
    ]


def _index(book: Spreadsheet, sheet: str, keys: int, first: int, shown: int) -> dict[object, object]:
    """What is shown for each key, the first row of several with the same one."""
    tab = book.titled(sheet)
    found: dict[object, object] = {}
    for row, cells in sorted(tab.filled(tab.whole).items()) if tab else ():
        if row >= first and keys in cells:
            found.setdefault(_folded(cells[keys].value), cells[shown].value if shown in cells else "")
    return found


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
