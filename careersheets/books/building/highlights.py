"""Colours that follow the cells: heat maps, bars, and tones for words that say how something stands."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.column import Kind
from ...vocabulary.sheet import Sheet
from ...vocabulary.workbook import FIRST_ROW
from .building import Building
from .layout import Slot, slot_of, slots_of
from .names import NOT_FOUND
from .theme import CORAL, GREY, HAIRLINE, INPUT, SAGE, TEAL, WHITE

# Far below the last row that any workbook here will have, yet cheap to evaluate.
LAST_COLOURED_ROW = 50_000

_WORDS: dict[str, str] = {
    "Error": "bad",
    "Warning": "near",
    "Note": "calm",
    "Draft": "calm",
    "Submitted": "near",
    "Returned": "bad",
    "Approved": "info",
    "Released": "good",
    "Planned": "calm",
    "Open": "info",
    "Closed": "calm",
    "In progress": "near",
    "Done": "good",
    "Dropped": "calm",
    "Ready": "good",
    "Near": "near",
    "Developing": "info",
    "Insufficient data": "calm",
    "High": "good",
    "High (one cycle)": "good",
    "Gap": "bad",
    "Not assessed": "calm",
    "N/A": "calm",
    "Made": "good",
    "Draft made": "near",
    "Unchanged": "calm",
    "Held": "bad",
    "Failed": "bad",
    "Confirmed": "good",
    "Not now": "calm",
    "Active": "good",
    "Proposed": "info",
    "Ended": "calm",
    "Declined": "calm",
    "Dispute": "bad",
    "Agree": "good",
    "Overdue": "bad",
    "Never had": "bad",
    "Due": "near",
}
_TONED = {"severity", "status", "state", "band", "decision", "response"}
_OPEN_WORDS = {"state": ("Overdue", "Never had", "Due")}
_GAPS = {"gap", "gap_now"}
_BARS = {"attainment": TEAL, "share_met": GREY, "coverage": GREY, "close_rate": TEAL}


def highlight(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    """Every conditional format of a table sheet."""
    for slot in slots_of(sheet):
        place = (FIRST_ROW - 1, slot.index, LAST_COLOURED_ROW, slot.index)
        for options in _of_slot(building, slot):
            worksheet.conditional_format(*place, options)
    _mark_late(building, worksheet, sheet)
    _mark_missing_ratings(building, worksheet, sheet)


def heat_of_gaps() -> dict[str, Any]:
    """Strength in green, gap in red, nothing in between; the number stands in the cell."""
    return {
        "type": "3_color_scale",
        **{f"{end}_type": "num" for end in ("min", "mid", "max")},
        **{"min_value": -2, "mid_value": 0, "max_value": 2},
        **{"min_color": SAGE, "mid_color": "#FBFAF7", "max_color": CORAL},
    }


def bar(colour: str) -> dict[str, Any]:
    """A bar from 0 to 100 % behind the number."""
    return {
        "type": "data_bar",
        **{"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1},
        **{"bar_color": _tint(colour), "bar_solid": True},
        "bar_no_border": True,
    }


def word(building: Building, text: str, tone: str) -> dict[str, Any]:
    """Tone a cell that holds exactly `text`."""
    return {
        "type": "cell",
        "criteria": "==",
        "value": f'"{text}"',
        "format": building.styles.tone(tone),
    }


def _of_slot(building: Building, slot: Slot) -> list[dict[str, Any]]:
    name = slot.column.name
    if slot.is_name:
        return [word(building, NOT_FOUND, "bad")]
    if name in _GAPS:
        return [heat_of_gaps()]
    if name in _BARS:
        return [bar(_BARS[name])]
    if slot.kind is Kind.RATING:
        return [word(building, "N/A", "calm"), _heat_of_ratings()]
    if name in _TONED:
        words = slot.column.choices or _OPEN_WORDS.get(name, ())
        return [word(building, text, _WORDS[text]) for text in words if text in _WORDS]
    return [word(building, "Yes", "near")] if name == "critical" else []


def _heat_of_ratings() -> dict[str, Any]:
    return {
        "type": "2_color_scale",
        **{"min_type": "num", "min_value": 1, "max_type": "num", "max_value": 5},
        **{"min_color": WHITE, "max_color": "#9CCBCD"},
    }


def _mark_late(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    """A day that has passed while the row is not done."""
    columns = {slot.column.name for slot in slots_of(sheet)}
    if sheet.owner == "tool" or not {"due", "status"} <= columns:
        return
    due, status = slot_of(sheet.name, "due"), slot_of(sheet.name, "status")
    late = f'AND(${due.letter}{FIRST_ROW}<>"",${due.letter}{FIRST_ROW}<TODAY()'
    still = f'${status.letter}{FIRST_ROW}<>"Done",${status.letter}{FIRST_ROW}<>"Dropped"'
    options = {
        "type": "formula",
        "criteria": f"={late},{still})",
        "format": building.styles.tone("bad", bold=True),
    }
    worksheet.conditional_format(FIRST_ROW - 1, due.index, LAST_COLOURED_ROW, due.index, options)


def _mark_missing_ratings(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    """A row of Scores that nobody has rated yet."""
    if sheet.name != "Scores":
        return
    person, manager = slot_of("Scores", "employee_id"), slot_of("Scores", "manager_rating")
    missing = f'=AND(${person.letter}{FIRST_ROW}<>"",${manager.letter}{FIRST_ROW}="")'
    options = {"type": "formula", "criteria": missing, "format": building.styles.only(bg_color=INPUT)}
    worksheet.conditional_format(FIRST_ROW - 1, manager.index, LAST_COLOURED_ROW, manager.index, options)


def _tint(colour: str) -> str:
    return {TEAL: "#B5D8DA", GREY: HAIRLINE}.get(colour, colour)
