"""Readiness for one target at a glance: the figures, the band in a word, and one sentence that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...tables.settings import WorkbookSettings
from .wording import (
    BAND_MARKS,
    counted,
    is_number,
    listed,
    percent,
    percent_short_of,
    signed_percentage_points,
    text,
    threshold_percent,
)


def glance(settings: WorkbookSettings, readiness: Any, rows: Sequence[Any]) -> dict[str, Any]:
    """The key figures of one person and target as texts.

    Args:
        settings: the thresholds of the bands.
        readiness: a row of `Results.readiness`.
        rows: the person's rows of `Results.gaps` for the target.
    """
    critical_short = _short_of([row for row in rows if row.critical and not row.optional])
    return {
        "band": readiness.band,
        "mark": BAND_MARKS[readiness.band],
        "attainment": attainment_percent(settings, readiness),
        "share_met": percent(readiness.share_met),
        "coverage": coverage_percent(settings, readiness),
        "critical_unmet": str(int(readiness.critical_unmet)),
        "change": signed_percentage_points(readiness.change),
        "closed": int(readiness.closed_gaps) if is_number(readiness.closed_gaps) else 0,
        "reading": _reading(settings, readiness, critical_short, _unknown(rows)),
        "progress": _progress(readiness),
    }


def attainment_percent(settings: WorkbookSettings, readiness: Any, digits: int = 0) -> str:
    """The attainment, never rounded into a better band."""
    return percent_short_of(
        readiness.attainment, (settings.ready_attainment, settings.near_attainment), digits
    )


def coverage_percent(settings: WorkbookSettings, readiness: Any, digits: int = 0) -> str:
    """The coverage, never rounded up to where readiness would be stated."""
    return percent_short_of(readiness.coverage, (settings.least_coverage,), digits)


def _reading(
    settings: WorkbookSettings, readiness: Any, critical: Sequence[str], unknown: Sequence[str]
) -> str:
    """One sentence: what the band rests on, and what would move it."""
    attainment, wanted = attainment_percent(settings, readiness), threshold_percent(settings.ready_attainment)
    if readiness.band == "Insufficient data":
        missing = f" Not assessed: {listed(unknown)}." if unknown else ""
        return f"Too little has been rated to state readiness.{missing}"
    if readiness.band == "Ready":
        return f"{attainment} of what this level asks for is there, and every critical competency is met."
    if critical:
        must = "is" if len(critical) == 1 else "are"
        return (
            f"{attainment} of what this level asks for is there; {listed(critical)}, "
            f"critical at this level, {must} still short. Ready means {wanted} and every critical competency met."
        )
    return f"{attainment} of what this level asks for is there; Ready means {wanted}. No critical competency is short."


def _progress(readiness: Any) -> str:
    """What changed since the person's last evaluation; "" where there is nothing to compare."""
    change = signed_percentage_points(readiness.change)
    if not change:
        return ""
    closed = int(readiness.closed_gaps) if is_number(readiness.closed_gaps) else 0
    return f"Since last time: attainment {change}, {counted(closed, 'gap', 'gaps')} closed."


def _short_of(rows: Sequence[Any]) -> list[str]:
    return [text(row.competency) or row.competency_id for row in rows if row.gap > 0]


def _unknown(rows: Sequence[Any]) -> list[str]:
    return [
        text(row.competency) or row.competency_id
        for row in rows
        if not is_number(row.current) and not row.not_applicable and not row.optional
    ]
