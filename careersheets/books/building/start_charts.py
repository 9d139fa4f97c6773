"""The three charts of Start."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart

from .building import Building
from .scratch import Cells
from .start_figures import ChartData
from .theme import AMBER, BLUE, CORAL, GREY, INK, MIST, SAGE, SMALL, TEAL

_STATUS_COLOURS = (MIST, AMBER, CORAL, BLUE, TEAL)
_BAND_COLOURS = (TEAL, SAGE, AMBER, MIST)


def add_charts(building: Building, data: ChartData) -> tuple[tuple[str, str, Chart], ...]:
    """Heading, description and chart, from left to right."""
    return (
        (
            "Evaluations in this cycle",
            "How many evaluations of this cycle stand where, from draft to released",
            _bars(building, *data.statuses, _STATUS_COLOURS, "0;;;"),
        ),
        (
            "Readiness for targets",
            "How many people are ready, near, developing, or not known enough, counted by target",
            _bars(building, *data.bands, _BAND_COLOURS, "0;;;"),
        ),
        (
            "Widest average gaps",
            "Average gap in points of the competencies with the widest gaps",
            _bars(building, *data.gaps, (CORAL,) * data.gaps[0].count, "+0.0;;;"),
        ),
    )


def _bars(building: Building, names: Cells, values: Cells, colours: tuple[str, ...], label: str) -> Chart:
    """Lying bars with their numbers, no axis: the numbers are the message."""
    chart = building.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": names.elsewhere,
            "values": values.elsewhere,
            "gap": 45,
            "fill": {"color": colours[0]},
            "points": [{"fill": {"color": colour}} for colour in colours],
            "data_labels": {"value": True, "num_format": label, "font": _font(GREY if not colours else INK)},
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {"reverse": True, "num_font": _font(INK), "line": {"color": MIST}, "major_tick_mark": "none"}
    )
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_hidden_data()
    return chart


def _font(colour: str) -> dict[str, Any]:
    return {"size": SMALL, "color": colour, "name": "Calibri"}
