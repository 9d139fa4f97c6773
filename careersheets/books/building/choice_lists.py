"""The drop-down lists that are no column of a sheet: what can be given as a rating, and the names of the scales."""

from __future__ import annotations

from ...vocabulary.workbook import START
from .building import Building
from .entry import RATING_CHOICES, SCALE_CHOICES
from .formulas import first_row, is_filled, text_of
from .layout import column_reference
from .scratch import Cells, Scratch

# From 0 to 20 by halves, and N/A.
_RATINGS = 42
_SCALES = 12


def add_choice_lists(building: Building, scratch: Scratch) -> None:
    """Work out both lists on Start and give them their names."""
    values, steps = (column_reference("Rating scales", name) for name in ("value", "step"))
    lowest = scratch.value("Lowest rating", f"MIN({values})")
    step = scratch.value("Smallest step", f"IF(COUNT({steps})=0,1,MIN({steps}))")
    highest = scratch.value("Highest rating", f"MAX({values})")

    def rating(i: int) -> str:
        point = f"{lowest}+{i}*{step}"
        before = f"{lowest}+{i - 1}*{step}"
        after_last = f'IF({before}<={highest},"N/A","")' if i else '""'
        return f"IF({point}<={highest},{point},{after_last})"

    ratings = scratch.column("Ratings", _RATINGS, rating)
    _define_list(building, RATING_CHOICES, ratings, f"COUNT({_on_start(ratings)})+1")
    scales = _scales(scratch)
    _define_list(building, SCALE_CHOICES, scales, f'COUNTIF({_on_start(scales)},"?*")')


def _scales(scratch: Scratch) -> Cells:
    """Each scale once, in the order of the sheet."""
    scales = scratch.reserve("Scales", _SCALES)
    column = column_reference("Rating scales", "scale")

    def next_scale(i: int) -> str:
        is_new = f"(COUNTIF({scales.upto(i)},{column})=0)"
        return text_of(
            "Rating scales", "scale", first_row("Rating scales", is_filled("Rating scales", "scale"), is_new)
        )

    return scratch.fill(scales, next_scale)


def _define_list(building: Building, name: str, cells: Cells, count: str) -> None:
    """Only as many cells as are filled, for a list with blanks lets everything pass."""
    first, everything = f"{START}!{cells.at(0)}", _on_start(cells)
    building.workbook.define_name(name, f"={first}:INDEX({everything},MAX(1,{count}))")


def _on_start(cells: Cells) -> str:
    return f"{START}!{cells.all}"
