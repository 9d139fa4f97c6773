"""The sheets HR writes: an Excel table each, so that it grows, with grey name columns by formula."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.settings import SETTINGS
from ...vocabulary.sheet import Sheet
from ...vocabulary.workbook import FIRST_ROW, HEADER_ROW
from ..row_heights import fitting_height
from .building import Building
from .cells import DAY_AND_TIME, alignment, as_text, body_style, column_style, wraps, write_value
from .entry import help_entering, help_with_settings
from .highlights import highlight
from .layout import Slot, slots_of, table_name
from .names import name_formula
from .page import head_page, header_properties, purpose_line, set_up_printing


def write_table_page(building: Building, sheet: Sheet) -> None:
    """Build the page of a sheet of HR's, filled with its rows."""
    worksheet = building.page(sheet.name)
    prepare_page(building, worksheet, sheet)
    _add_table(building, worksheet, sheet)
    for number, row in enumerate(building.rows_of(sheet)):
        _write_row(building, worksheet, sheet, FIRST_ROW - 1 + number, row)
    help_entering(worksheet, sheet)
    if sheet.name == "Settings":
        _shape_settings(building, worksheet, sheet)
    highlight(building, worksheet, sheet)


def prepare_page(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    """Title, widths, frozen header and print set-up of a sheet that holds a table."""
    slots = slots_of(sheet)
    head_page(building, worksheet, sheet.name, purpose_line(sheet))
    worksheet.set_row(HEADER_ROW - 1, 34, building.styles())
    for slot in slots:
        worksheet.set_column(slot.index, slot.index, slot.width, column_style(slot, building.styles))
    worksheet.freeze_panes(HEADER_ROW, _frozen_columns(sheet))
    set_up_printing(worksheet, sheet.group, slots)


def header_style(building: Building, slot: Slot) -> Any:
    """How the header cell of a column looks."""
    properties = header_properties(calculated=slot.is_name)
    where: dict[str, Any] = (
        {"align": "center"} if alignment(slot) == "center" else {"align": "left", "indent": 1}
    )
    return building.styles(**properties, **where)


def _add_table(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    slots = slots_of(sheet)
    last_row = FIRST_ROW - 2 + len(building.rows_of(sheet))
    columns = [
        {
            "header": slot.header,
            "header_format": header_style(building, slot),
            "format": body_style(slot, building.styles),
            **({"formula": name_formula(sheet, slot)} if slot.is_name else {}),
        }
        for slot in slots
    ]
    options = {"name": table_name(sheet), "style": None, "columns": columns}
    worksheet.add_table(HEADER_ROW - 1, slots[0].index, last_row, slots[-1].index, options)


def _write_row(
    building: Building, worksheet: Worksheet, sheet: Sheet, number: int, row: Mapping[str, Any]
) -> None:
    worksheet.set_row(number, _height(building, sheet, row))
    for slot in slots_of(sheet):
        value = row.get(slot.column.name)
        if slot.is_name:
            style = body_style(slot, building.styles)
            shown = building.names.of(slot, value)
            worksheet.write_formula(number, slot.index, name_formula(sheet, slot), style, as_text(shown))
        else:
            extra = {"num_format": DAY_AND_TIME} if isinstance(value, datetime) else {}
            write_value(worksheet, number, slot.index, value, body_style(slot, building.styles, **extra))


def _height(building: Building, sheet: Sheet, row: Mapping[str, Any]) -> float:
    texts = []
    for slot in slots_of(sheet):
        value = row.get(slot.column.name)
        if wraps(slot):
            texts.append(
                (building.names.of(slot, value) if slot.is_name else as_text(value or ""), slot.width)
            )
    return fitting_height(texts)


def _shape_settings(building: Building, worksheet: Worksheet, sheet: Sheet) -> None:
    """The values of settings are of many kinds: shares are shown in per cent, all are HR's to change; one page on paper."""
    worksheet.fit_to_pages(1, 1)
    slot = slots_of(sheet)[1]
    rows = building.rows_of(sheet)
    for number, setting in enumerate(SETTINGS):
        share = (setting.low, setting.high) == (0, 1)
        style = body_style(
            slot, building.styles, align="left", bg_color="#FFF8E6", num_format="0%" if share else "General"
        )
        write_value(worksheet, FIRST_ROW - 1 + number, slot.index, rows[number].get("value"), style)
    help_with_settings(worksheet, slot.index, FIRST_ROW - 1)


def _frozen_columns(sheet: Sheet) -> int:
    """The key and the name beside it stay in sight."""
    slots = slots_of(sheet)
    last_key = 1
    for number, slot in enumerate(slots[:4], start=1):
        if slot.column.name in {"employee_id", "name"}:
            last_key = number
    return slots[0].index + last_key
