"""A drawn workbook as requests to Google: what may be entered, colours that follow the cells, filters and warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ...vocabulary.sheet import Sheet
from ...vocabulary.workbook import FIRST_ROW, HEADER_ROW
from ..building.drawn import DrawnPage, DrawnWorkbook, Place, Ruled
from ..building.layout import slots_of
from .cells import Message
from .contents import is_table, sheet_of_page
from .formulas import list_range
from .looks import changed_format, colour
from .writing import grid_range, tab_number

_AT_LEAST = {">": "NUMBER_GREATER", ">=": "NUMBER_GREATER_THAN_EQ"}
_FIRST_PROTECTION = 1_741_270_000


def rule_tabs(workbook: DrawnWorkbook) -> Iterator[Message]:
    """The requests for drop-downs, conditional formats, filters and warnings of every tab."""
    for page in workbook.pages.values():
        for entry in page.entries:
            rule = _validation(workbook, entry.options)
            if rule:
                yield {"setDataValidation": {"range": _range(page, entry.place), "rule": rule}}
        rules = [rule for ruled in page.highlights if (rule := _highlight(page, ruled))]
        for number, rule in enumerate(rules):
            yield {"addConditionalFormatRule": {"rule": rule, "index": number}}
        sheet = sheet_of_page(page)
        if sheet is not None:
            yield {"setBasicFilter": {"filter": {"range": _table_range(page, sheet)}}}
    yield from _warnings(workbook)


def _validation(workbook: DrawnWorkbook, options: Mapping[str, Any]) -> Message | None:
    """The message DataValidationRule: it refuses where Excel refuses and only warns where Excel only warns."""
    condition = _condition_of_entry(workbook, options)
    if condition is None:
        return None
    said = " ".join(filter(None, (options.get("input_message"), options.get("error_message"))))
    rule: Message = {"condition": condition, "strict": options.get("error_type", "stop") == "stop"}
    return (
        rule
        | ({"inputMessage": said} if said else {})
        | ({"showCustomUi": True} if options["validate"] == "list" else {})
    )


def _condition_of_entry(workbook: DrawnWorkbook, options: Mapping[str, Any]) -> Message | None:
    if options["validate"] == "list":
        source = options["source"]
        if isinstance(source, str):
            return _condition("ONE_OF_RANGE", "=" + list_range(workbook.names[source.lstrip("=")]))
        return _condition("ONE_OF_LIST", *map(str, source))
    if options["validate"] == "date":
        earliest: date = options["value"]
        return _condition("DATE_ON_OR_AFTER", earliest.isoformat())
    if options["validate"] == "decimal":
        if options["criteria"] == "between":
            return _condition("NUMBER_BETWEEN", str(options["minimum"]), str(options["maximum"]))
        return _condition(_AT_LEAST[options["criteria"]], str(options["value"]))
    return None


def _highlight(page: DrawnPage, ruled: Ruled) -> Message | None:
    """The message ConditionalFormatRule; None where all that changes is a line, which Google cannot change."""
    options = ruled.options
    where: Message = {"ranges": [_range(page, ruled.place)]}
    if options["type"] in ("2_color_scale", "3_color_scale"):
        ends = ("min", "mid", "max") if options["type"][0] == "3" else ("min", "max")
        points = {f"{end}point": _point(options[f"{end}_value"], options[f"{end}_color"]) for end in ends}
        return where | {"gradientRule": points}
    if options["type"] == "data_bar":
        shades = {"minpoint": _point(0, "#FFFFFF"), "maxpoint": _point(1, options["bar_color"])}
        return where | {"gradientRule": shades}
    changed = changed_format(options["format"].properties)
    if not changed:
        return None
    return where | {"booleanRule": {"condition": _condition_of_highlight(options), "format": changed}}


def _condition_of_highlight(options: Mapping[str, Any]) -> Message:
    if options["type"] == "formula":
        return _condition("CUSTOM_FORMULA", options["criteria"])
    if options["type"] == "no_blanks":
        return _condition("NOT_BLANK")
    if options["criteria"] == "between":
        return _condition("NUMBER_BETWEEN", str(options["minimum"]), str(options["maximum"]))
    return _condition("TEXT_EQ", str(options["value"]).strip('"'))


def _condition(kind: str, *values: str) -> Message:
    entered = [{"userEnteredValue": value} for value in values]
    return {"type": kind} | ({"values": entered} if entered else {})


def _point(value: float, shade: str) -> Message:
    return {"type": "NUMBER", "value": f"{value:g}", "colorStyle": colour(shade)}


def _warnings(workbook: DrawnWorkbook) -> Iterator[Message]:
    """A question before somebody types where the tool or a formula writes.

    Only a question, whoever asks: a protection that refuses would in a copy of the sheet, or after a change of accounts,
    refuse careersheets itself, and HR could no longer sort and filter.
    """
    number = _FIRST_PROTECTION
    for page in workbook.pages.values():
        for area, why in _guarded(page):
            number += 1
            about: Message = {"protectedRangeId": number, "description": why, "warningOnly": True}
            free = _free_cells(page) if page.protected else []
            about |= {"unprotectedRanges": free} if free else {}
            yield {"addProtectedRange": {"protectedRange": {"range": area, **about}}}


def _guarded(page: DrawnPage) -> Iterator[tuple[Message, str]]:
    sheet, tab = sheet_of_page(page), {"sheetId": tab_number(page.name)}
    if page.protected:
        yield tab, "Written by careersheets, which replaces what is typed here."
        return
    if sheet is None:
        return
    slots = slots_of(sheet)
    header = grid_range(tab["sheetId"], HEADER_ROW, slots[0].number, HEADER_ROW, slots[-1].number)
    yield header, "Headers, by which careersheets finds the columns."
    for slot in slots:
        if slot.is_name or slot.column.owner == "tool":
            column = {
                "startRowIndex": FIRST_ROW - 1,
                "startColumnIndex": slot.index,
                "endColumnIndex": slot.number,
            }
            yield tab | column, "Comes by formula." if slot.is_name else "Written by careersheets."


def _free_cells(page: DrawnPage) -> list[Message]:
    """The cells of a page of the tool's in which HR chooses or decides."""
    return [
        grid_range(tab_number(page.name), row + 1, column + 1, row + 1, column + 1)
        for (row, column), cell in page.cells.items()
        if cell.look is not None and cell.look.properties.get("locked") is False
    ]


def _range(page: DrawnPage, place: Place) -> Message:
    """A GridRange; what in Excel ends far below every table is open here, for tabs grow."""
    area = grid_range(tab_number(page.name), place.top + 1, place.left + 1, place.bottom + 1, place.right + 1)
    if is_table(page) and place.top >= FIRST_ROW - 1 and place.bottom > place.top:
        del area["endRowIndex"]
    return area


def _table_range(page: DrawnPage, sheet: Sheet) -> Message:
    slots = slots_of(sheet)
    last = max(slots[-1].number, *(line + 1 for line in page.columns))
    return {
        "sheetId": tab_number(page.name),
        "startRowIndex": HEADER_ROW - 1,
        "startColumnIndex": slots[0].index,
        "endColumnIndex": last,
    }
