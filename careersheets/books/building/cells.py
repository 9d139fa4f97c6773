"""One value into one cell, as what it is: text stays text, whatever it looks like."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...model.cells import CellError, Uncalculated
from ...vocabulary.column import Kind
from .layout import Slot
from .theme import HAIRLINE, PAPER, QUIET, TEAL, Styles

DAY = "dd mmm yyyy"
DAY_AND_TIME = "dd mmm yyyy hh:mm"
SIGNED = "+General;-General;0"
# With a decimal, so that 94.7 % does not read as 95 % beside a band that begins there.
SHARE = "0.0%"
_CENTRED = {Kind.RATING, Kind.YES_NO}
_SIGNED_COLUMNS = {"gap", "gap_now", "change"}

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def body_style(slot: Slot, styles: Styles, **properties: Any) -> Format:
    """How the cells of a column look: own fill and hairline, for not every program draws table styles."""
    return styles(**{"bottom": 1, "bottom_color": HAIRLINE, **_of_kind(slot), **properties})


def column_style(slot: Slot, styles: Styles) -> Format:
    """How cells below the table look until it grows over them: numbers, alignment and lock, but no lines."""
    return styles(**_of_kind(slot))


def alignment(slot: Slot) -> str:
    """Numbers to the right, single digits and yes or no in the middle, everything else to the left."""
    if slot.kind in _CENTRED or slot.column.name in _SIGNED_COLUMNS:
        return "center"
    return "right" if slot.kind in {Kind.NUMBER, Kind.PERCENT} else "left"


def wraps(slot: Slot) -> bool:
    """Whether long texts break into lines; on the tool's sheets only where texts are meant to be long."""
    if slot.kind in {Kind.LONG_TEXT, Kind.SEVERAL}:
        return True
    return slot.is_name or (
        slot.kind is Kind.TEXT and slot.column.owner != "tool" and not slot.column.choices
    )


def number_format(slot: Slot) -> str:
    """The number format of a column."""
    if slot.column.name in _SIGNED_COLUMNS and slot.kind is not Kind.PERCENT:
        return SIGNED
    if slot.kind is Kind.PERCENT:
        return "+0.0%;-0.0%;0.0%" if slot.column.name in _SIGNED_COLUMNS else SHARE
    return {Kind.DATE: DAY}.get(slot.kind, "General")


def write_value(worksheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """Write `value` at `row`, `column` (0-based)."""
    if value is None or value == "":
        worksheet.write_blank(row, column, None, style)
    elif isinstance(value, CellError):
        worksheet.write_formula(row, column, f"={value.code}", style, value.code)
    elif isinstance(value, Uncalculated):
        worksheet.write_formula(row, column, value.formula or "=1", style, "")
    elif isinstance(value, (datetime, date, time, timedelta)):
        worksheet.write_datetime(row, column, value, style)
    elif isinstance(value, (bool, tuple, list, str)):
        worksheet.write_string(row, column, as_text(value), style)
    else:
        worksheet.write_number(row, column, float(str(value)), style)


def as_text(value: object) -> str:
    """Yes and No for truth, entries with ; between for several, else the text itself.

    Characters that no XML can hold become spaces; one of them would make the whole workbook unreadable.
    """
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (tuple, list)):
        return "; ".join(as_text(entry) for entry in value)
    return _NOT_IN_XML.sub(" ", str(value))


def _of_kind(slot: Slot) -> dict[str, Any]:
    if slot.is_name:
        return {"font_color": QUIET, "bg_color": PAPER, "locked": True, "indent": 1, "text_wrap": True}
    properties: dict[str, Any] = {"num_format": number_format(slot), "locked": slot.column.owner == "tool"}
    properties |= {"align": alignment(slot)} | ({} if alignment(slot) == "center" else {"indent": 1})
    if wraps(slot):
        properties["text_wrap"] = True
    if slot.kind is Kind.LINK:
        properties |= {"font_color": TEAL, "underline": 1}
    return properties
