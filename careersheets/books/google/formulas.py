"""The workbook's formulas as Google Sheets wants them: no tables, columns open at the lower end, names in one formula.

Ranges over HR's rows begin at the header, the first row above which nobody inserts: one that began at the first row would
leave out a row that somebody, or careersheets itself, inserts above it.
"""

from __future__ import annotations

import re
from functools import cache

from ...model.cells import LAST_ROW, column_letter
from ...vocabulary.workbook import HEADER_ROW, all_sheets
from ..building.layout import NAME_COLUMNS, Slot, referred_sheet, slot_of, slots_of, table_name
from ..building.names import NOT_FOUND, keys_of
from .cells import quoted_title

_TABLE_COLUMN = re.compile(r"(tbl_\w+)\[(?:\[([^\[\]]+)\]|([^\[\]]+))\]")
_TO_LAST_ROW = re.compile(rf"(\$[A-Z]+)\${LAST_ROW}\b")


def for_google(formula: str) -> str:
    """The same formula with ranges in place of table columns; a column ends where its tab ends, as tabs grow."""
    ranges = _TABLE_COLUMN.sub(lambda match: _below_header(match[1], match[2] or match[3]), formula)
    return _TO_LAST_ROW.sub(r"\1", ranges)


def list_range(source: str) -> str:
    """The cells of a drop-down from the formula of its defined name.

    A drop-down wants a plain range, so of a table's column it offers the header too. Of a list worked out on Start, Excel
    chooses the filled cells by INDEX; Google leaves blank ones out by itself.
    """
    match = _TABLE_COLUMN.fullmatch(source)
    if match:
        return _with_header(*_letters()[match[1], match[2] or match[3]])
    return source.partition(":INDEX(")[2].partition(",")[0]


def names_formula(slot: Slot) -> str:
    """The formula in the header of a name column: the header, and below it the name that belongs to each row's key.

    One formula for all rows, as Google fills none into a row that somebody inserts. It stands in the header because rows
    are sorted and the header is not. Beside a blank key the cell is blank, not a text without letters.
    """
    letter = column_letter(slot.index)
    keys = f"${letter}${HEADER_ROW}:${letter}"
    sheet = referred_sheet(slot.column)
    shown = _with_header(sheet, slot_of(sheet, NAME_COLUMNS[sheet]).letter)
    found = f'"{NOT_FOUND}"'
    for key in reversed(keys_of(sheet)):
        found = f"IFNA(XLOOKUP({keys},{_with_header(sheet, slot_of(sheet, key).letter)},{shown}),{found})"
    is_header = f"ROW({keys})=ROW(${letter}${HEADER_ROW})"
    return f'=ARRAYFORMULA(IF({is_header},"{slot.header}",IF({keys}="",,{found})))'


def _with_header(sheet: str, letter: str) -> str:
    return f"{quoted_title(sheet)}!${letter}${HEADER_ROW}:${letter}"


def _below_header(table: str, header: str) -> str:
    column = _with_header(*_letters()[table, header])
    return f"INDEX({column},2):INDEX({column},ROWS({column}))"


@cache
def _letters() -> dict[tuple[str, str], tuple[str, str]]:
    """By table and header: the sheet, and the letter of the column."""
    return {
        (table_name(sheet), slot.header): (sheet.name, slot.letter)
        for sheet in all_sheets()
        for slot in slots_of(sheet)
    }
