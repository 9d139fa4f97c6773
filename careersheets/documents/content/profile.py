"""The competency profile as a chart: what the target asks for, now, and last time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .gap_table import CRITICAL, name_of
from .wording import is_number

_RADAR_FROM, _RADAR_TO = 3, 12


def profile_chart(rows: Sequence[Any]) -> dict[str, Any]:
    """A radar where 3 to 12 competencies share one scale, else bars.

    Returns:
        `shape` ("radar" or "bar"), `categories`, `series` (name and numbers, None where not assessed), `low`, `high`,
        `in_percent` (whether numbers are shares of each scale's length, because the scales differ), `summary` (the
        alternative text) and `caption`.
    """
    shared = len({(row.low, row.high) for row in rows}) == 1
    radar = shared and _RADAR_FROM <= len(rows) <= _RADAR_TO
    series = [("Asked at the target", [_value(row, row.required, shared) for row in rows])]
    series.append(("Now", [_value(row, row.current, shared) for row in rows]))
    if any(is_number(row.previous) and row.comparable for row in rows):
        last = [_value(row, row.previous if row.comparable else None, shared) for row in rows]
        series.append(("Last time", last))
    return {
        "shape": "radar" if radar else "bar",
        "categories": [name_of(row) + (f" {CRITICAL}" if row.critical else "") for row in rows],
        "series": series,
        "low": min(0.0, float(rows[0].low)) if shared else 0.0,
        "high": float(rows[0].high) if shared else 100.0,
        "in_percent": not shared,
        "summary": _summary(rows),
        "caption": _caption(rows, shared),
    }


def _value(row: Any, rating: Any, shared: bool) -> float | None:
    if not is_number(rating):
        return None
    return float(rating) if shared else round(100 * (rating - row.low) / (row.high - row.low), 1)


def _caption(rows: Sequence[Any], shared: bool) -> str:
    if shared:
        return f"Ratings in points, from {rows[0].low:g} to {rows[0].high:g}."
    return "The competencies have different scales: each rating is shown in per cent of its scale's length."


def _summary(rows: Sequence[Any]) -> str:
    """The chart in words, for those who do not see it."""
    said = [
        f"{name_of(row)}: {row.current:g} of {row.required:g} asked"
        if is_number(row.current)
        else f"{name_of(row)}: not rated, {row.required:g} asked"
        for row in rows
    ]
    return "; ".join(said)
