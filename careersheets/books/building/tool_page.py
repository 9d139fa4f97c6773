"""The sheets the tool writes: plain ranges whose first body row carries the styles, since a run replaces the rows."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.sheet import Sheet
from ...vocabulary.workbook import FIRST_ROW, HEADER_ROW
from .building import Building
from .cells import body_style, wraps, write_value
from .highlights import LAST_COLOURED_ROW, heat_of_gaps, highlight
from .layout import Slot, slots_of
from .table_page import header_style, prepare_page
from .theme import INK, PAPER

# Competencies a team view has room for; the run writes their headers.
TEAM_COMPETENCIES = 40
_PROTECTION: dict[str, Any] = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
}


def write_tool_page(building: Building, sheet: Sheet) -> None:
    """Build the page of a sheet the tool writes."""
    worksheet = building.page(sheet.name)
    slots = slots_of(sheet)
    # Where texts wrap, a fixed default height would keep them from opening their row.
    if not any(wraps(slot) for slot in slots):
        worksheet.set_default_row(19)
    prepare_page(building, worksheet, sheet)
    for slot in slots:
        worksheet.write_string(HEADER_ROW - 1, slot.index, slot.header, header_style(building, slot))
    _write_rows(building, worksheet, sheet)
    highlight(building, worksheet, sheet)
    last_column = slots[-1].index
    if sheet.name == "Team view":
        last_column = _add_competency_columns(building, worksheet, slots)
    worksheet.autofilter(HEADER_ROW - 1, slots[0].index, LAST_COLOURED_ROW, last_column)
    worksheet.protect("", _PROTECTION)


def _write_rows(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate(building.rows_of(sheet)):
        for slot in slots_of(sheet):
            style = body_style(slot, building.styles)
            write_value(worksheet, FIRST_ROW - 1 + number, slot.index, row.get(slot.column.name), style)


def _add_competency_columns(building: Building, worksheet: Worksheet, slots: tuple[Slot, ...]) -> int:
    """Slim columns for gaps, with upright headers, as many as TEAM_COMPETENCIES."""
    first = slots[-1].index + 1
    last = first + TEAM_COMPETENCIES - 1
    styles = building.styles
    header = styles(bold=True, rotation=60, valign="bottom", align="center", text_wrap=False)
    body = styles(align="center", num_format="+General;-General;0", border=1, border_color="#FFFFFF")
    worksheet.set_row(HEADER_ROW - 1, 118, styles())
    worksheet.set_column(first, last, 5.2, styles(align="center", num_format="+General;-General;0"))
    for column in range(first, last + 1):
        worksheet.write_blank(HEADER_ROW - 1, column, None, header)
        worksheet.write_blank(FIRST_ROW - 1, column, None, body)
    worksheet.conditional_format(FIRST_ROW - 1, first, LAST_COLOURED_ROW, last, heat_of_gaps())
    filled = {"type": "no_blanks", "format": styles.only(bg_color=PAPER, bottom=1, bottom_color=INK)}
    worksheet.conditional_format(HEADER_ROW - 1, first, HEADER_ROW - 1, last, filled)
    return slots[-1].index
