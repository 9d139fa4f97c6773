"""Requests of `spreadsheets.batchUpdate` about what may be entered, colours that follow the cells, and charts."""

from __future__ import annotations

import copy
import re
from datetime import date
from typing import Any

from .areas import area_of, unquoted
from .refusal import not_modelled
from .spreadsheet import Paint
from .tab_requests import Edit, Message

# How many values a condition takes; of others the server knows nothing.
_VALUES = {
    "BLANK": 0,
    "NOT_BLANK": 0,
    "BOOLEAN": 0,
    "NUMBER_GREATER": 1,
    "NUMBER_GREATER_THAN_EQ": 1,
    "NUMBER_BETWEEN": 2,
    "DATE_ON_OR_AFTER": 1,
    "TEXT_EQ": 1,
    "CUSTOM_FORMULA": 1,
    "ONE_OF_RANGE": 1,
}
_MANY = ("ONE_OF_LIST",)
# Which conditions Google takes only for entries, and which only for colours.
_ENTRIES_ONLY = {"ONE_OF_LIST", "ONE_OF_RANGE", "BOOLEAN"}
_COLOURS_ONLY = {"BLANK", "NOT_BLANK"}
_PLACE = re.compile(r"=(?:('(?:[^']|'')+'|\w+)!)?(\$?[A-Z]+\$?\d*)(?::(\$?[A-Z]+\$?\d*))?")
_FORMATS = {"backgroundColor", "backgroundColorStyle", "textFormat"}
_TEXT_FORMATS = {"bold", "italic", "strikethrough", "underline", "foregroundColor", "foregroundColorStyle"}


def set_data_validation(edit: Edit) -> Message:
    tab, area = edit.place(edit.asked["range"])
    rule = copy.deepcopy(edit.asked.get("rule"))
    if rule is not None:
        _check_condition(edit, rule["condition"], _COLOURS_ONLY)
    tab.paint(Paint(area.within(tab.rows, tab.columns), {"validation": rule}))
    return {}


def add_conditional_format_rule(edit: Edit) -> Message:
    rule, index = edit.asked["rule"], edit.asked.get("index", 0)
    tabs = [edit.tab(place) for place in rule.get("ranges", [])]
    if not tabs or any(tab is not tabs[0] for tab in tabs):
        raise edit.refused("A conditional format needs ranges, all on one sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise edit.refused("A conditional format needs either a booleanRule or a gradientRule.")
    if index > len(tabs[0].conditional):
        raise edit.refused(f"No conditional format rule at index: {index}.")
    if "booleanRule" in rule:
        _check_condition(edit, rule["booleanRule"]["condition"], _ENTRIES_ONLY)
        _check_format(edit, rule["booleanRule"].get("format", {}))
    else:
        _check_gradient(edit, rule["gradientRule"])
    tabs[0].conditional.insert(index, copy.deepcopy(rule))
    return {}


def delete_conditional_format_rule(edit: Edit) -> Message:
    tab, index = edit.tab(edit.asked), edit.asked.get("index", 0)
    if index >= len(tab.conditional):
        raise edit.refused(f"No conditional format rule at index: {index}.")
    return {"rule": tab.conditional.pop(index)}


def add_chart(edit: Edit) -> Message:
    chart = copy.deepcopy(edit.asked["chart"])
    chart.setdefault("chartId", edit.new_id())
    if any(known["chartId"] == chart["chartId"] for tab in edit.book.tabs for known in tab.charts):
        raise edit.refused(f"An embedded object with id {chart['chartId']} already exists.")
    spec = chart["spec"].get("basicChart")
    if spec is None:
        raise not_modelled("a chart other than a basic one")
    for series in (*(entry["domain"] for entry in spec.get("domains", [])), *_series(spec)):
        for source in series["sourceRange"]["sources"]:
            _check_source(edit, source)
    cell = chart["position"]["overlayPosition"]["anchorCell"]
    edit.tab(cell).charts.append(chart)
    return {"chart": chart}


def _series(spec: Message) -> list[Message]:
    return [entry["series"] for entry in spec.get("series", [])]


def _check_source(edit: Edit, source: Message) -> None:
    tab = edit.tab(source)
    area = area_of(source, tab.rows, tab.columns)
    if area.within(tab.rows, tab.columns) != area:
        raise edit.refused(f"Range ({area.a1(tab.title)}) exceeds grid limits.")
    if area.bottom - area.top > 1 and area.right - area.left > 1:
        raise edit.refused("A source range of a chart must have a width or a height of one.")


def _check_condition(edit: Edit, condition: Message, refused: set[str]) -> None:
    kind, values = condition["type"], condition.get("values", [])
    if kind in refused:
        raise edit.refused(f"The condition {kind} cannot be used here.")
    if kind in _MANY and values:
        return
    if kind not in _VALUES:
        raise not_modelled(f"the condition {kind} with {len(values)} values")
    if len(values) != _VALUES[kind]:
        raise edit.refused(f"{kind} takes {_VALUES[kind]} values, not {len(values)}.")
    for value in values:
        _check_value(edit, kind, str(value.get("userEnteredValue", "")))


def _check_value(edit: Edit, kind: str, value: str) -> None:
    try:
        if kind.startswith("NUMBER") and not value.startswith("="):
            float(value)
        elif kind.startswith("DATE"):
            date.fromisoformat(value)
    except ValueError as error:
        raise edit.refused(f"Invalid value for {kind}: {value}") from error
    if kind == "CUSTOM_FORMULA" and (not value.startswith("=") or "!" in value):
        raise edit.refused("A formula begins with = and names no other sheet.")
    if kind == "ONE_OF_RANGE":
        match = _PLACE.fullmatch(value)
        if match is None or (match[1] and edit.book.titled(unquoted(match[1])) is None):
            raise edit.refused(f"Invalid range: {value}")


def _check_format(edit: Edit, asked: dict[str, Any]) -> None:
    """Google colours and stresses by condition; lines, sizes and numbers it refuses."""
    more = (asked.keys() - _FORMATS) | (asked.get("textFormat", {}).keys() - _TEXT_FORMATS)
    if more:
        raise edit.refused(f"Conditional formats do not take {', '.join(sorted(more))}.")


def _check_gradient(edit: Edit, gradient: Message) -> None:
    for name in ("minpoint", "maxpoint"):
        if name not in gradient:
            raise edit.refused(f"A gradient needs a {name}.")
    for point in gradient.values():
        if point["type"] == "NUMBER":
            _check_value(edit, "NUMBER", point["value"])
