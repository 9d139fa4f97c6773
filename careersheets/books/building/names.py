"""The grey columns: the name beside an id, by formula, with the value the formula will have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...vocabulary.sheet import Sheet
from .layout import NAME_COLUMNS, Slot, column_reference, referred_sheet, slot_of, table_name

NOT_FOUND = "not found"
_PERSON_KEYS = ("employee_id", "email", "name")

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def name_formula(sheet: Sheet, slot: Slot) -> str:
    """The formula of the name column `slot` in a row of `sheet`: blank-safe, and "not found" rather than an error."""
    key = f"{table_name(sheet)}[[#This Row],[{slot.column.header}]]"
    return f'=IF({key}="","",{lookup(key, referred_sheet(slot.column), NOT_FOUND)})'


def lookup(key: str, sheet_name: str, otherwise: str) -> str:
    """The name that belongs to `key` on `sheet_name`; a person is found by id, e-mail or full name."""
    name = column_reference(sheet_name, NAME_COLUMNS[sheet_name])
    formula = f'"{otherwise}"'
    for column in reversed(keys_of(sheet_name)):
        found = f"INDEX({name},MATCH({key},{column_reference(sheet_name, column)},0))"
        formula = f"IFERROR({found},{formula})"
    return formula


def keys_of(sheet_name: str) -> tuple[str, ...]:
    """The columns of `sheet_name` by which a name is found, the best first."""
    if sheet_name == "People":
        return _PERSON_KEYS
    return {"Levels": ("level_code",), "Competencies": ("competency_id",)}[sheet_name]


class KnownNames:
    """What the name formulas will show, so that readers that do not calculate see names too."""

    def __init__(self, rows: Rows) -> None:
        self._names = {sheet: dict(_pairs(rows.get(sheet, ()), sheet)) for sheet in NAME_COLUMNS}

    def of(self, slot: Slot, value: object) -> str:
        """The name for `value` in the key column beside `slot`."""
        if value is None or value == "":
            return ""
        return self._names[referred_sheet(slot.column)].get(str(value).casefold(), NOT_FOUND)


def _pairs(rows: Iterable[Mapping[str, Any]], sheet_name: str) -> Iterable[tuple[str, str]]:
    listed = list(rows)
    shown = slot_of(sheet_name, NAME_COLUMNS[sheet_name]).column.name
    # Later keys first: a later pair of the same key wins in a dict, as the first key tried wins in the formula.
    for key in reversed(keys_of(sheet_name)):
        for row in reversed(listed):
            if row.get(key) not in (None, ""):
                yield str(row[key]).casefold(), str(row.get(shown) or "")
