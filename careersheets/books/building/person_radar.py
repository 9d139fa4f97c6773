"""The radar of the page Person: what the target asks for against what is there.

A radar chart has as many spokes as its range has rows, and a range cannot follow the number of competencies in a way that
every program draws. So the outlines are drawn point by point around the circle, 120 points whatever the number of
corners, and only the corners carry a name. What was not rated is left out rather than drawn at zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

from xlsxwriter.chart import Chart

from .building import Building
from .person_gaps import COMPETENCIES, GapRows
from .scratch import Cells, Scratch
from .theme import CORAL, INK, SMALL, TEAL

# Where it stands on the page, 0-based.
RADAR_COLUMN, LAST_COLUMN = 11, 17
POINTS = 120
# Two corners make no outline.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Circle:
    """For each point of the circle: the corner it follows or is, counted from 0, and where that and the next one lie."""

    corner: Cells
    begin: Cells
    end: Cells


def add_radar(building: Building, scratch: Scratch, gaps: GapRows) -> tuple[Chart, str]:
    """The chart, and the address of how many competencies it shows."""
    order = _order_of_rated(scratch, gaps)
    count = scratch.value("Corners", f"MAX({order.all})")
    circle = _divide_circle(scratch, count)
    title = _of_corner(scratch, "Corner", order, gaps.title)
    outlines = [
        _outline(scratch, count, circle, _share_of_scale(scratch, label, order, gaps, values))
        for label, values in (("Required", gaps.required), ("Current", gaps.current))
    ]
    names = scratch.column(
        "Names",
        POINTS,
        lambda s: f'IF({circle.begin.at(s)}={s},INDEX({title.all},{circle.corner.at(s)}+1),"")',
    )
    return _chart(building, names, *outlines), count


def _order_of_rated(scratch: Scratch, gaps: GapRows) -> Cells:
    """1, 2, 3 ... for the competencies that have a rating, 0 for the others."""
    rated = scratch.column(
        "On the radar",
        COMPETENCIES,
        lambda i: f"IF(AND(ISNUMBER({gaps.gap.at(i)}),ISNUMBER({gaps.low.at(i)})),1,0)",
    )
    return scratch.column(
        "Order", COMPETENCIES, lambda i: f"IF({rated.at(i)}=1,SUM({rated.at(0)}:{rated.at(i)}),0)"
    )


def _of_corner(scratch: Scratch, label: str, order: Cells, values: Cells) -> Cells:
    return scratch.column(
        label, COMPETENCIES, lambda k: f'IFERROR(INDEX({values.all},MATCH({k + 1},{order.all},0)),"")'
    )


def _share_of_scale(scratch: Scratch, label: str, order: Cells, gaps: GapRows, values: Cells) -> Cells:
    """How far out a corner lies: 1 for the top of its scale, so that scales of different length can share a radar."""
    shares = scratch.column(
        f"{label}, share of scale",
        COMPETENCIES,
        lambda i: (
            f"IF({order.at(i)}=0,0,"
            f"({values.at(i)}-{gaps.low.at(i)}+1)/({gaps.high.at(i)}-{gaps.low.at(i)}+1))"
        ),
    )
    return _of_corner(scratch, f"{label}, corner", order, shares)


def _divide_circle(scratch: Scratch, count: str) -> Circle:
    """Lay the corners on the nearest points; half a point is rounded down."""
    few = f"{count}<{FEWEST}"
    corner = scratch.column("Corner at", POINTS, lambda s: f'IF({few},"",INT({s + 0.5}*{count}/{POINTS}))')

    def point(s: int, ahead: int) -> str:
        return f'IF({few},"",-INT(0.5-({corner.at(s)}+{ahead})*{POINTS}/{count}))'

    begin = scratch.column("From", POINTS, lambda s: point(s, 0))
    return Circle(corner, begin, scratch.column("To", POINTS, lambda s: point(s, 1)))


def _outline(scratch: Scratch, count: str, circle: Circle, corners: Cells) -> Cells:
    """The straight lines between the corners, as distances from the middle at each of the POINTS."""
    step = f"{2 * pi / POINTS:.12f}"

    def distance(s: int) -> str:
        corner, begin, end = circle.corner.at(s), circle.begin.at(s), circle.end.at(s)
        here = f"INDEX({corners.all},{corner}+1)"
        there = f"INDEX({corners.all},MOD({corner}+1,{count})+1)"
        parts = f"({here}*SIN({step}*({s}-{begin}))+{there}*SIN({step}*({end}-{s})))"
        return f"IFERROR({here}*{there}*SIN({step}*({end}-{begin}))/{parts},0)"

    return scratch.column("Outline", POINTS, distance)


def _chart(building: Building, names: Cells, required: Cells, current: Cells) -> Chart:
    chart = building.workbook.add_chart({"type": "radar", "subtype": "filled"})
    for title, cells, fill, line in (
        ("Current", current, {"color": TEAL, "transparency": 60}, {"color": TEAL, "width": 2.25}),
        ("Required", required, {"none": True}, {"color": CORAL, "width": 2.25, "dash_type": "dash"}),
    ):
        chart.add_series(
            {
                "name": title,
                "categories": names.elsewhere,
                "values": cells.elsewhere,
                "fill": fill,
                "line": line,
            }
        )
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom", "font": {"size": SMALL, "color": INK}})
    chart.set_x_axis({"num_font": {"size": SMALL, "color": INK}})
    rings = {"visible": True, "line": {"color": "#DDE3EC", "width": 0.75}}
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.2,
            "num_format": ";;;",
            "line": {"none": True},
            "major_tick_mark": "none",
            "major_gridlines": rings,
        }
    )
    chart.set_plotarea({"layout": {"x": 0.24, "y": 0.13, "width": 0.52, "height": 0.64}})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.show_hidden_data()
    return chart
