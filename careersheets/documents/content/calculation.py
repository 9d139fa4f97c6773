"""How a person's readiness was calculated, with every number that went into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...tables.settings import WorkbookSettings
from .gap_table import CRITICAL, name_of
from .standing import attainment_percent, coverage_percent
from .wording import DASH, is_number, percent, points, threshold_percent


def calculation(settings: WorkbookSettings, rows: Sequence[Any], readiness: Any) -> dict[str, Any]:
    """The rows of the sum and the sums themselves, for one target.

    A row: a = 1 where the rating reaches what is asked, else (rating - lowest) / (asked - lowest). Source: G2.
    """
    lines = [_line(row) for row in rows]
    counted = [line for line in lines if line["weighed"] is not None]
    rated = sum(line["weighed"] for line in counted)
    attained = sum(line["weighed"] * line["attained"] for line in counted)
    met = sum(line["weighed"] for line in counted if line["met"])
    applicable = sum(row.weight for row in rows if _applies(row) and is_number(row.weight))
    return {
        "rows": [line["shown"] for line in lines],
        "rated": _amount(rated),
        "applicable": _amount(applicable),
        "attained": _amount(attained),
        "met": _amount(met),
        "attainment": attainment_percent(settings, readiness, 1),
        "share_met": percent(readiness.share_met, 1),
        "coverage": coverage_percent(settings, readiness, 1),
    }


def bands_rule(settings: WorkbookSettings) -> str:
    """The bands in one sentence each, with this workbook's thresholds."""
    allowed = int(settings.near_critical_gaps)
    near = (
        f"at most {allowed} critical {'competency' if allowed == 1 else 'competencies'} short, "
        "each by one step of its scale at most"
        if allowed
        else "no critical competency short"
    )
    return (
        f"Ready: attainment of at least {threshold_percent(settings.ready_attainment)} and every critical competency met. "
        f"Near: at least {threshold_percent(settings.near_attainment)} and {near}. Developing: below that. "
        f"Insufficient data: coverage below {threshold_percent(settings.least_coverage)}, or a critical competency not assessed."
    )


def _line(row: Any) -> dict[str, Any]:
    rated = _applies(row) and is_number(row.current) and is_number(row.weight)
    met = rated and row.current >= row.required
    attained = 1.0 if met else (row.current - row.low) / (row.required - row.low) if rated else None
    return {
        "weighed": float(row.weight) if rated else None,
        "attained": attained,
        "met": met,
        "shown": {
            "competency": name_of(row),
            "mark": CRITICAL if row.critical else "",
            "scale": f"{points(row.low)}–{points(row.high)}",
            "required": points(row.required),
            "current": "N/A" if row.not_applicable else points(row.current),
            "weight": _amount(row.weight),
            "a": f"{attained:.3f}".rstrip("0").rstrip(".") if attained is not None else _why_not(row),
            "product": _amount(row.weight * attained) if attained is not None else DASH,
        },
    }


def _applies(row: Any) -> bool:
    return not row.optional and not row.not_applicable


def _why_not(row: Any) -> str:
    """Why a row does not count."""
    if row.not_applicable:
        return "N/A"
    return "optional" if row.optional else "not assessed" if not is_number(row.current) else DASH


def _amount(value: Any) -> str:
    return f"{round(value, 2):.10g}" if is_number(value) else DASH
