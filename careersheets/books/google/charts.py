"""The charts of a drawn workbook as requests to Google: lying bars, each with its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.cells import parse_address
from ..building.drawn import DrawnChart, DrawnWorkbook
from ..building.theme import FONT, INK, SMALL
from ..workbook_index import split_place
from .cells import Message
from .looks import colour
from .writing import grid_range, tab_number

_FIRST_CHART = 1_741_280_000


def add_charts(workbook: DrawnWorkbook) -> Iterator[Message]:
    """The requests for the charts of every page; what they draw may stand in hidden columns."""
    number = _FIRST_CHART
    for page in workbook.pages.values():
        for chart in page.charts:
            number += 1
            anchor = {"sheetId": tab_number(page.name), "rowIndex": chart.row, "columnIndex": chart.column}
            place = {
                "anchorCell": anchor,
                "widthPixels": chart.size["width"],
                "heightPixels": chart.size["height"],
            }
            about = {"chartId": number, "spec": _spec(chart), "position": {"overlayPosition": place}}
            yield {"addChart": {"chart": about}}
            yield from map(_number_format, chart.series)


def _spec(chart: DrawnChart) -> Message:
    basic = {
        "chartType": "BAR",
        "legendPosition": "NO_LEGEND",
        "headerCount": 0,
        "domains": [{"domain": _data(chart.series[0]["categories"])}],
        "series": [_series(series) for series in chart.series],
        "axis": [{"position": "LEFT_AXIS", "format": _text(INK)}],
    }
    return {
        "altText": chart.description,
        "fontName": FONT,
        "hiddenDimensionStrategy": "SHOW_ALL",
        "backgroundColorStyle": colour("#FFFFFF"),
        "basicChart": basic,
    }


def _series(series: Any) -> Message:
    points = [
        {"index": index, "colorStyle": colour(point["fill"]["color"])}
        for index, point in enumerate(series["points"])
    ]
    return {
        "series": _data(series["values"]),
        "targetAxis": "BOTTOM_AXIS",
        "colorStyle": colour(series["fill"]["color"]),
        "styleOverrides": points,
        "dataLabel": {"type": "DATA", "textFormat": _text(INK)},
    }


def _number_format(series: Any) -> Message:
    """Labels show numbers as the cells do that they come from."""
    cell = {
        "userEnteredFormat": {
            "numberFormat": {"type": "NUMBER", "pattern": series["data_labels"]["num_format"]}
        }
    }
    place = _range(series["values"])
    return {"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}


def _data(source: str) -> Message:
    """The message ChartData."""
    return {"sourceRange": {"sources": [_range(source)]}}


def _range(source: str) -> Message:
    """The GridRange of a reference such as `='Start'!$AC$6:$AC$10`."""
    sheet, _, address = source.removeprefix("=").rpartition("!")
    first, last = (parse_address(end) for end in address.split(":"))
    return grid_range(tab_number(split_place(f"{sheet}!A1")[0]), *first, *last)


def _text(shade: str) -> Message:
    return {"fontFamily": FONT, "fontSize": int(SMALL), "foregroundColorStyle": colour(shade)}
