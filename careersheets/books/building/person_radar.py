"""The radar of the page Person: what the target asks for against what is there.

A radar chart has as many spokes as its range has rows, and a range cannot follow the number of competencies in a way that
every program draws. So the outlines are drawn point by point around the circle, 120 points whatever the number of
corners, and only the corners carry a name. What was not rated is left out rather than drawn at zero.
"""

from __future__ import annotations

from math import pi

from xlsxwriter.chart import Chart

from .building import Building
from .person_gaps import COMPETENCIES, GapRows
from .scratch import Cells, Scratch
from .theme import CORAL, INK, SMALL, TEAL

POINTS = 120
# Two corners make no outline.
FEWEST = 3


def add_radar(building: Building, scratch: Scratch, gaps: GapRows) -> tuple[Chart, str]:
    """The chart, and the address of how many competencies it shows."""
    order = _order_of_rated(scratch, gaps)
    count = scratch.value("Corners", f"MAX({order.all})")
    title = _of_corner(scratch, "Corner", order, gaps.title)
    required = _outline(scratch, "Required", count, _share_of_scale(scratch, "Required", order, gaps, gaps.required))
    current = _outline(scratch, "Current", count, _share_of_scale(scratch, "Current", order, gaps, gaps.current))
    names = scratch.column(
        "Names",
        POINTS,
        lambda s: f'IF({count}<{FEWEST},"",IF({_corner_point(_corner_at(s, count), count)}={s},'
        f'INDEX({title.all},{_corner_at(s, count)}+1),""))',
    )
    return _chart(building, names, required, current), count


def _order_of_rated(scratch: Scratch, gaps: GapRows) -> Cells:
    """1, 2, 3 ... for the competencies that have a rating, 0 for the others."""
    rated = scratch.column(
        "On the radar", COMPETENCIES, lambda i: f"IF(AND(ISNUMBER({gaps.gap.at(i)}),ISNUMBER({gaps.low.at(i)})),1,0)"
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
        lambda i: f"IF({order.at(i)}=0,0,"
        f"({values.at(i)}-{gaps.low.at(i)}+1)/({gaps.high.at(i)}-{gaps.low.at(i)}+1))",
    )
    return _of_corner(scratch, f"{label}, corner", order, shares)


def _outline(scratch: Scratch, label: str, count: str, corners: Cells) -> Cells:
    """The straight lines between the corners, as distances from the middle at each of the POINTS."""

    def distance(s: int) -> str:
        corner = _corner_at(s, count)
        begin, end = _corner_point(corner, count), _corner_point(f"({corner}+1)", count)
        here = f"INDEX({corners.all},{corner}+1)"
        there = f"INDEX({corners.all},MOD({corner}+1,{count})+1)"
        step = 2 * pi / POINTS
        whole = f"SIN({step:.12f}*({end}-{begin}))"
        parts = f"({here}*SIN({step:.12f}*({s}-{begin}))+{there}*SIN({step:.12f}*({end}-{s})))"
        return f"IF({count}<{FEWEST},0,IFERROR({here}*{there}*{whole}/{parts},0))"

    return scratch.column(f"{label}, outline", POINTS, distance)


def _corner_at(s: int, count: str) -> str:
    """Which corner, from 0, the point `s` of the circle follows or is."""
    return f"INT(({s}+0.5)*{count}/{POINTS})"


def _corner_point(corner: str, count: str) -> str:
    """The point of the circle nearest to a corner, never after it begins."""
    return f"ROUNDUP({corner}*{POINTS}/{count}-0.5,0)"


def _chart(building: Building, names: Cells, required: Cells, current: Cells) -> Chart:
    chart = building.workbook.add_chart({"type": "radar", "subtype": "filled"})
    for title, cells, fill, line in (
        ("Current", current, {"color": TEAL, "transparency": 60}, {"color": TEAL, "width": 2.25}),
        ("Required", required, {"none": True}, {"color": CORAL, "width": 2.25, "dash_type": "dash"}),
    ):
        chart.add_series(
            {"name": title, "categories": names.elsewhere, "values": cells.elsewhere, "fill": fill, "line": line}
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
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.show_hidden_data()
    return chart
