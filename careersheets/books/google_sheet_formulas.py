"""The workbook's formulas as Google Sheets wants them: no tables, columns open at the lower end, names in one formula."""

from __future__ import annotations

import re
from functools import cache

from ..model.cells import LAST_ROW, column_letter
from ..vocabulary.workbook import FIRST_ROW, all_sheets
from .building.layout import NAME_COLUMNS, Slot, referred_sheet, slot_of, slots_of, table_name
from .building.names import NOT_FOUND, keys_of
from .google_sheet_cells import quoted_title

_TABLE_COLUMN = re.compile(r"(tbl_\w+)\[(?:\[([^\[\]]+)\]|([^\[\]]+))\]")
_TO_LAST_ROW = re.compile(rf"(\$[A-Z]+)\${LAST_ROW}\b")


def for_google(formula: str) -> str:
    """The same formula with ranges in place of table columns; a column ends where its tab ends, as tabs grow."""
    ranges = _TABLE_COLUMN.sub(lambda match: _column(match[1], match[2] or match[3]), formula)
    return _TO_LAST_ROW.sub(r"\1", ranges)


def names_formula(slot: Slot) -> str:
    """The formula in the header of a name column: the header, and below it the name that belongs to each row's key.

    One formula for all rows, as Google fills none into a row that somebody inserts. It stands in the header because rows
    are sorted and the header is not. Beside a blank key the cell is blank, not a text without letters.
    """
    letter = column_letter(slot.index)
    keys = f"${letter}${FIRST_ROW}:${letter}"
    sheet = referred_sheet(slot.column)
    found = f'"{NOT_FOUND}"'
    for key in reversed(keys_of(sheet)):
        found = (
            f"IFNA(XLOOKUP({keys},{_reference(sheet, key)},{_reference(sheet, NAME_COLUMNS[sheet])}),{found})"
        )
    return f'={{"{slot.header}";ARRAYFORMULA(IF({keys}="",,{found}))}}'


def _reference(sheet: str, column: str) -> str:
    letter = slot_of(sheet, column).letter
    return f"{quoted_title(sheet)}!${letter}${FIRST_ROW}:${letter}"


def _column(table: str, header: str) -> str:
    sheet, letter = _letters()[table, header]
    return f"{quoted_title(sheet)}!${letter}${FIRST_ROW}:${letter}"


@cache
def _letters() -> dict[tuple[str, str], tuple[str, str]]:
    """By table and header: the sheet, and the letter of the column."""
    return {
        (table_name(sheet), slot.header): (sheet.name, slot.letter)
        for sheet in all_sheets()
        for slot in slots_of(sheet)
    }
