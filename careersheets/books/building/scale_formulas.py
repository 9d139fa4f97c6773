"""Ratings and their scales, as formulas: the ends and the step of a scale, and what a rating is in points."""

from __future__ import annotations

from .formulas import cell_of, first_row, is_equal, is_filled
from .layout import column_reference


def end_of_scale(scale: str, end: str) -> str:
    """The "low" or "high" end of a scale; blank where it has no points."""
    on_scale = f"{is_equal('Rating scales', 'scale', scale)}*{is_filled('Rating scales', 'value')}"
    values = column_reference("Rating scales", "value")
    extreme = (
        f"MIN({values}+1000000*(1-{on_scale}))" if end == "low" else f"MAX({values}-1000000*(1-{on_scale}))"
    )
    return f'IF({scale}="","",IFERROR(IF(SUMPRODUCT({on_scale})=0,"",SUMPRODUCT({extreme})),""))'


def step_of_scale(scale: str) -> str:
    """The smallest step that may be given; 1 where none is."""
    steps = column_reference("Rating scales", "step")
    given = f"{is_equal('Rating scales', 'scale', scale)}*{is_filled('Rating scales', 'step')}"
    return f"IFERROR(IF(SUMPRODUCT({given})=0,1,SUMPRODUCT(MIN({steps}+1000000*(1-{given})))),1)"


def points_of(raw: str, scale: str) -> str:
    """A rating as points: a number, a number written as text, or a label of the scale; N/A stays N/A."""
    on_scale = is_equal("Rating scales", "scale", scale)
    label = first_row("Rating scales", on_scale, is_equal("Rating scales", "label", f"TRIM({raw})"))
    by_label = cell_of("Rating scales", "value", label)
    is_na = f'OR(UPPER(TRIM({raw}))="N/A",UPPER(TRIM({raw}))="NA")'
    return f'IF(ISNUMBER({raw}),{raw},IF({raw}="","",IF({is_na},"N/A",IFERROR(VALUE({raw}),{by_label}))))'
