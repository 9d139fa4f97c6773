"""What preventable turnover costs: three readings side by side, with live formulas and sources (source: X11).

The five inputs are HR's to change; every default says where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...vocabulary.sheet import sheet_of
from ...vocabulary.workbook import FIRST_ROW, model_of
from .building import Building
from .cells import body_style
from .layout import column_reference, slot_of
from .theme import INPUT

READINGS = ("low", "middle", "high")
_COUNT = "#,##0"
_LEAVERS = "#,##0.0"
_SHARE = "0%"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet.

    `values` are the inputs of the three readings, none for a calculated line; `formula` names other lines by key in
    braces, each standing for the cell of the same reading.
    """

    key: str
    item: str
    source: str
    format: str = _COUNT
    values: tuple[float | None, ...] = ()
    formula: str = ""


LINES = (
    Line(
        "headcount",
        "People",
        "Calculated: everyone on the sheet People who is not marked as having left.",
        formula="{people}",
    ),
    Line(
        "turnover",
        "Turnover: share of people who leave by choice in a year",
        "Use your own figure. High is the United States in 2024: 3.3 million quits a month on average (Bureau of Labor "
        "Statistics, JOLTS), about a quarter of all jobs in a year. Low and middle are assumptions for office work.",
        _SHARE,
        (0.10, 0.15, 0.25),
    ),
    Line(
        "pay",
        "Average yearly pay, in your currency",
        "A placeholder: enter your own average, without employer's contributions.",
        values=(50_000, 50_000, 50_000),
    ),
    Line(
        "replacement",
        "Cost of replacing one person, as a share of yearly pay",
        "Low: median of 27 case studies (Boushey and Glynn, Center for American Progress, 2012: 21 %). Middle: Work "
        "Institute, 2025 Retention Report: 33 %. High: the lower end of Gallup's range of 2019, one half to two times.",
        _SHARE,
        (0.21, 0.33, 0.50),
    ),
    Line(
        "preventable",
        "Share of leavers who might have stayed",
        "Low: left for their career alone (Work Institute, as quoted by ATD: 22 %). High: all reasons an employer can "
        "act on (Work Institute, 2025 Retention Report: 63 %). Middle: half way between, an assumption.",
        _SHARE,
        (0.22, None, 0.63),
    ),
    Line(
        "leavers",
        "Leavers in a year",
        "Calculated: people x turnover.",
        _LEAVERS,
        formula="{headcount}*{turnover}",
    ),
    Line(
        "each",
        "Cost of one leaver",
        "Calculated: pay x cost of replacing.",
        formula="{pay}*{replacement}",
    ),
    Line(
        "cost",
        "Cost of turnover in a year",
        "Calculated: leavers x cost of one.",
        formula="{leavers}*{each}",
    ),
    Line(
        "kept",
        "Leavers who might have stayed",
        "Calculated: leavers x the share above.",
        _LEAVERS,
        formula="{leavers}*{preventable}",
    ),
    Line(
        "saving",
        "Cost that might have been saved",
        "Calculated: cost of turnover x the share above. What careers conversations save of it is yours to judge.",
        formula="{cost}*{preventable}",
    ),
)
_MIDDLE_SHARE = "({low}+{high})/2"


def roi_rows() -> list[dict[str, Any]]:
    """The rows a new sheet ROI starts with; calculated cells are blank until `write_roi` fills them."""
    return [
        {"item": line.item, "source": line.source, **dict(zip(READINGS, line.values, strict=False))}
        for line in LINES
    ]


def write_roi(building: Building) -> None:
    """Put formulas and number formats into the sheet ROI, over the rows of `roi_rows` that the page already shows.

    Each formula carries the value it will have, for readers that do not calculate.
    """
    worksheet = building.page("ROI")
    values = calculate(_headcount(building.rows_of(sheet_of(model_of("People")))))
    for number, line in enumerate(LINES):
        for reading in READINGS:
            slot = slot_of("ROI", reading)
            is_input = bool(line.values)
            style = body_style(
                slot, building.styles, num_format=line.format, **({"bg_color": INPUT} if is_input else {})
            )
            formula = _formula(line, reading)
            value = values[line.key][reading]
            if formula:
                worksheet.write_formula(FIRST_ROW - 1 + number, slot.index, f"={formula}", style, value)
            else:
                worksheet.write_number(FIRST_ROW - 1 + number, slot.index, value, style)


def calculate(headcount: int) -> dict[str, dict[str, float]]:
    """The value of every line in every reading, by key and reading, with the default inputs."""
    found: dict[str, dict[str, float]] = {"headcount": dict.fromkeys(READINGS, float(headcount))}
    for line in LINES[1:]:
        given = dict(zip(READINGS, line.values, strict=False))
        if line.values:
            middle = sum(value for value in given.values() if value is not None) / 2
            found[line.key] = {
                reading: middle if value is None else value for reading, value in given.items()
            }
        else:
            first, _, second = line.formula.partition("*")
            factors = found[first.strip("{}")], found[second.strip("{}")]
            found[line.key] = {reading: factors[0][reading] * factors[1][reading] for reading in READINGS}
    return found


def _formula(line: Line, reading: str) -> str:
    """The formula of a cell, "" for an input."""
    if line.key == "headcount":
        people, active = column_reference("People", "employee_id"), column_reference("People", "active")
        return f'SUMPRODUCT(({people}<>"")*({active}<>"No"))'
    if line.values:
        given = dict(zip(READINGS, line.values, strict=True))
        ends = {end: _cell(line.key, end) for end in ("low", "high")}
        return _MIDDLE_SHARE.format(**ends) if given[reading] is None else ""
    return line.formula.format(**{other.key: _cell(other.key, reading) for other in LINES})


def _cell(key: str, reading: str) -> str:
    row = FIRST_ROW + [line.key for line in LINES].index(key)
    return f"{slot_of('ROI', reading).letter}{row}"


def _headcount(people: Sequence[Mapping[str, Any]]) -> int:
    gone = (False, "no", "false")
    here = [row for row in people if row.get("employee_id") and _folded(row.get("active")) not in gone]
    return len(here)


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
