"""Where each column of a sheet stands, and how a formula refers to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...model.cells import LAST_ROW, column_letter
from ...vocabulary.column import Column, Kind
from ...vocabulary.sheet import Sheet, sheet_of
from ...vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, model_of

# Which column of a sheet is the name that the grey columns show for its key.
NAME_COLUMNS = {"People": "name", "Levels": "title", "Competencies": "competency"}
_NAME_WIDTHS = {"People": 22, "Levels": 24, "Competencies": 26}
# A filter arrow covers about three characters of the header.
_ARROW = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One column as it stands on the sheet: a declared one, or the grey name column beside it.

    `index` is 0-based, as XlsxWriter counts; `number` and `letter` are what HR sees.
    """

    index: int
    header: str
    column: Column
    is_name: bool

    @property
    def number(self) -> int:
        """1-based."""
        return self.index + 1

    @property
    def letter(self) -> str:
        """`B` for the first column of a table."""
        return column_letter(self.number)

    @property
    def kind(self) -> Kind:
        """What its cells hold; a name column holds text."""
        return Kind.TEXT if self.is_name else self.column.kind

    @property
    def width(self) -> int:
        """In characters: as declared, and never so narrow that a word of the header is cut."""
        if self.is_name:
            return _NAME_WIDTHS[referred_sheet(self.column)]
        return max(self.column.width, max(len(word) for word in self.header.split()) + _ARROW)


def referred_sheet(column: Column) -> str:
    """The sheet whose key `column` holds, "" for none."""
    return column.refers_to.partition(".")[0]


@cache
def slots_of(sheet: Sheet) -> tuple[Slot, ...]:
    """The columns of `sheet` from left to right, name columns included."""
    slots: list[Slot] = []
    for column in sheet.columns:
        slots.append(Slot(FIRST_COLUMN - 1 + len(slots), column.header, column, False))
        if column.name_header:
            slots.append(Slot(FIRST_COLUMN - 1 + len(slots), column.name_header, column, True))
    return tuple(slots)


@cache
def slot_of(sheet_name: str, column_name: str) -> Slot:
    """Where the column called `column_name` in frames stands."""
    sheet = sheet_of(model_of(sheet_name))
    return next(slot for slot in slots_of(sheet) if slot.column.name == column_name and not slot.is_name)


def table_name(sheet: Sheet) -> str:
    """The name of the Excel table on a sheet of HR's: `tbl_Action_items`."""
    return f"tbl_{sheet.name.replace(' ', '_')}"


def column_reference(sheet_name: str, column_name: str) -> str:
    """All cells of a column, for use in a formula on another sheet.

    A sheet of HR's is an Excel table that grows by itself; a sheet of the tool's is a plain range down to the last row.
    """
    sheet = sheet_of(model_of(sheet_name))
    slot = slot_of(sheet_name, column_name)
    if sheet.owner == "tool":
        return f"'{sheet_name}'!${slot.letter}${FIRST_ROW}:${slot.letter}${LAST_ROW}"
    # Excel wants a second pair of brackets around a header with more than letters, digits and spaces.
    header = slot.header if slot.header.replace(" ", "").isalnum() else f"[{slot.header}]"
    return f"{table_name(sheet)}[{header}]"
