"""The one kind of formula that fills other cells than its own: a header, and below it the name that belongs to each key.

Whatever else a formula is, the local Google does not calculate it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

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
# Values by column and row.
Columns = dict[int, dict[int, Any]]


def spill(book: Spreadsheet) -> None:
    """Let every such formula fill the cells below it, or say that something stands in its way."""
    found = []
    for tab in book.tabs:
        for (row, column), cell in tab.cells.items():
            cell.spilled = None
            if cell.formula.startswith("=ARRAYFORMULA("):
                match = _SPILL.fullmatch(cell.formula)
                if match:
                    found.append((tab, row, column, match))
    columns: dict[str, Columns] = {}
    for tab, row, column, match in found:
        for title in (tab.title, *(sheet for sheet, *_ in _lookups(match[6]))):
            if title not in columns:
                columns[title] = _columns(book.titled(title))
        _fill(columns, tab, row, column, match)


def _columns(tab: Tab | None) -> Columns:
    """The values that were entered, by column and row."""
    found: Columns = {}
    for (row, column), cell in tab.cells.items() if tab else ():
        if cell.value not in (None, ""):
            found.setdefault(column, {})[row] = cell.value
    return found


def _fill(columns: dict[str, Columns], tab: Tab, row: int, column: int, match: re.Match[str]) -> None:
    header, keys, first, inner = match[3], column_number(match[1]) - 1, int(match[2]), match[6]
    entered = columns[tab.title]
    if any(line > row for line in entered.get(column, {})):
        tab.cell(row, column).value = "#REF!"
        return
    tab.cell(row, column).value = header
    lookups = [_index(columns[sheet], *found) for sheet, *found in _lookups(inner)]
    otherwise = _OTHERWISE.search(inner[inner.rindex('"', 0, inner.rindex('"')) :])
    for line, value in entered.get(keys, {}).items():
        shown = line - first + row + 1
        if line >= first and shown < tab.rows:
            names = (known[_folded(value)] for known in lookups if _folded(value) in known)
            tab.cell(shown, column).spilled = next(names, otherwise[1] if otherwise else "#N/A")


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


def _index(entered: Columns, keys: int, first: int, shown: int) -> dict[object, Any]:
    """What is shown for each key, the first row of several with the same one."""
    found: dict[object, Any] = {}
    for row, value in sorted(entered.get(keys, {}).items()):
        if row >= first:
            found.setdefault(_folded(value), entered.get(shown, {}).get(row, ""))
    return found


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
