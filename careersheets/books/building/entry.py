"""What HR meets when entering: drop-downs, input help, and a question before an unusual value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandera.pandas as pa
from xlsxwriter.worksheet import Worksheet

from ...vocabulary.column import Column, Kind
from ...vocabulary.settings import SETTINGS
from ...vocabulary.sheet import Sheet
from ...vocabulary.workbook import FIRST_ROW, model_of
from .layout import column_reference, referred_sheet, slots_of

# Beyond the table too, for a table that grows by pasting does not always carry its drop-downs along.
LAST_ENTRY_ROW = 20_000
RATING_CHOICES = "cs_list_ratings"
SCALE_CHOICES = "cs_list_scales"
_EARLIEST = date(1950, 1, 1)


def help_entering(worksheet: Worksheet, sheet: Sheet) -> None:
    """Drop-downs and input help for every column of a sheet of HR's."""
    for slot in slots_of(sheet):
        # The values of settings have their own rules, row by row; two on one cell would contradict each other.
        if not slot.is_name and (sheet.name, slot.column.name) != ("Settings", "value"):
            options = _validation(sheet, slot.column)
            worksheet.data_validation(FIRST_ROW - 1, slot.index, LAST_ENTRY_ROW, slot.index, options)


def list_name(sheet_name: str, column_name: str) -> str:
    """The defined name of a drop-down's source: `cs_list_People_name`."""
    return f"cs_list_{sheet_name.replace(' ', '_')}_{column_name}"


def list_sources(sheets: list[Sheet]) -> dict[str, str]:
    """The defined names that drop-downs use, with the column each stands for."""
    pairs = {("People", "name"), *(_source(c) for sheet in sheets for c in sheet.columns if _has_list(c))}
    return {list_name(*pair): f"={column_reference(*pair)}" for pair in sorted(pairs)}


def help_with_settings(worksheet: Worksheet, column: int, first_row: int) -> None:
    """Bounds and choices of the settings, which differ from row to row."""
    for number, setting in enumerate(SETTINGS):
        options: dict[str, Any] = {"validate": "any"}
        if setting.choices:
            options = {"validate": "list", "source": list(setting.choices)}
        elif setting.low is not None:
            options = {"validate": "decimal", "criteria": "between"}
            options |= {"minimum": setting.low, "maximum": setting.high}
        options |= {"input_title": setting.name, "input_message": setting.meaning}
        options |= {"error_title": setting.name, "error_message": _bounds_sentence(options)}
        worksheet.data_validation(first_row + number, column, first_row + number, column, options)


def _validation(sheet: Sheet, column: Column) -> dict[str, Any]:
    shown = {
        "input_title": column.header[:32],
        "input_message": column.help[:255],
        "error_title": column.header,
    }
    return shown | (_choices(column) or _bounds(sheet, column) or {"validate": "any"})


def _choices(column: Column) -> dict[str, Any]:
    if column.choices and column.kind is not Kind.SEVERAL:
        return {
            "validate": "list",
            "source": list(column.choices),
            "error_message": "Choose one from the list.",
        }
    if column.kind is Kind.YES_NO:
        return {"validate": "list", "source": ["Yes", "No"], "error_message": "Enter Yes or No."}
    if column.kind is Kind.RATING:
        return _open_list(RATING_CHOICES, "Points of the competency's scale, one of its labels, or N/A.")
    if column.refers_to == "Rating scales.scale":
        return _open_list(SCALE_CHOICES, "This scale is not on the sheet Rating scales.")
    if _has_list(column):
        where = referred_sheet(column)
        return _open_list(list_name(*_source(column)), f"This is not in the list from the sheet {where}.")
    return {}


def _bounds(sheet: Sheet, column: Column) -> dict[str, Any]:
    if column.kind is Kind.DATE:
        message = "Enter a day, for example 2026-09-30."
        return {
            "validate": "date",
            "criteria": ">=",
            "value": _EARLIEST,
            "error_type": "warning",
            "error_message": message,
        }
    if column.kind in {Kind.NUMBER, Kind.PERCENT}:
        return _number_bounds(sheet, column)
    return {}


def _number_bounds(sheet: Sheet, column: Column) -> dict[str, Any]:
    """From pandera's own rules, so that the sheet and the check agree."""
    checks = {check.name: check.statistics or {} for check in _checks_of(sheet, column)}
    least = checks.get("greater_than_or_equal_to", checks.get("greater_than", {})).get("min_value")
    most = checks.get("less_than_or_equal_to", {}).get("max_value")
    options: dict[str, Any] = {"validate": "decimal", "error_type": "warning"}
    if least is None:
        return {}
    if most is not None:
        options |= {"criteria": "between", "minimum": least, "maximum": most}
        return options | {"error_message": f"Enter a number from {least} to {most}."}
    sign = ">" if "greater_than" in checks else ">="
    return options | {"criteria": sign, "value": least, "error_message": f"Enter a number {sign} {least}."}


def _checks_of(sheet: Sheet, column: Column) -> list[pa.Check]:
    return list(model_of(sheet.name).to_schema().columns[column.name].checks)


def _open_list(name: str, message: str) -> dict[str, Any]:
    """A list that warns and lets other input pass: the check of the workbook has the last word."""
    return {
        "validate": "list",
        "source": f"={name}",
        "error_type": "warning",
        "error_message": message,
    }


def _has_list(column: Column) -> bool:
    return (
        bool(column.refers_to)
        and column.kind is not Kind.SEVERAL
        and not column.refers_to.startswith("Rating")
    )


def _source(column: Column) -> tuple[str, str]:
    """People are offered by name where the column asks for a person, by ID where it asks for the ID."""
    sheet_name, _, key = column.refers_to.partition(".")
    if sheet_name == "People" and not column.header.endswith("ID"):
        return sheet_name, "name"
    return sheet_name, key


def _bounds_sentence(options: dict[str, Any]) -> str:
    if "minimum" in options:
        return f"Enter a number from {options['minimum']} to {options['maximum']}."
    return "Choose one from the list."
