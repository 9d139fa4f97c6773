"""How near each person is to each target level (source: G2).

For a rating s and a required rating r on a scale whose lowest point is l: a = 1 if s >= r, else (s - l) / (r - l).
attainment = sum(w a) / sum(w), share met = sum(w [s >= r]) / sum(w), both over what was rated;
coverage = sum(w rated) / sum(w applicable). N/A and optional competencies are in none of the three.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..tables.settings import WorkbookSettings

PERSON_TARGET = ["employee_id", "target_level"]
# The last bits that sums of fractions lose; no two ratings are so close.
FORGIVEN = 1e-9


def attained(gaps: pd.DataFrame) -> pd.Series:
    """A of each row of `gaps`, 0 to 1; NaN where not rated."""
    progress = (gaps["current"] - gaps["low"]) / (gaps["required"] - gaps["low"])
    return progress.mask(gaps["gap"].le(0), 1.0)


def compute_readiness(gaps: pd.DataFrame) -> pd.DataFrame:
    """The key figures of each person and target.

    Args:
        gaps: `employee_id`, `target_level`, `required`, `current`, `gap`, `low`, `step` (points), `weight`, `critical`,
            `optional`, `not_applicable` (bools); the last two may be missing.

    Returns:
        Indexed by person and target: `attainment`, `share_met`, `coverage` (0 to 1; NaN where nothing is rated or
        applicable), `critical_unmet`, `critical_far` (short by more than one step), `critical_unknown` (counts).
    """
    counts = _counts(gaps)
    rated = counts & gaps["current"].notna()
    met = rated & gaps["gap"].le(0)
    weight = gaps["weight"]
    critical = gaps["critical"] & counts
    parts = pd.DataFrame(
        {
            "applicable": weight.where(counts, 0.0),
            "rated": weight.where(rated, 0.0),
            "attained": (weight * attained(gaps)).where(rated, 0.0),
            "met": weight.where(met, 0.0),
            "critical_unmet": critical & rated & ~met,
            "critical_far": critical & rated & gaps["gap"].gt(gaps["step"]),
            "critical_unknown": critical & ~rated,
        }
    )
    grouped = parts.groupby([gaps[key] for key in PERSON_TARGET], sort=False, observed=True)
    sums = grouped.sum()
    incomputable = parts["applicable"].isna() | parts["attained"].isna()
    if incomputable.any():
        broken = incomputable.groupby([gaps[key] for key in PERSON_TARGET], sort=False, observed=True).any()
        sums[["applicable", "rated", "attained", "met"]] = sums[
            ["applicable", "rated", "attained", "met"]
        ].mask(broken, np.nan, axis=0)
    rated_weight = sums["rated"].where(sums["rated"].gt(0))
    return pd.DataFrame(
        {
            "attainment": sums["attained"] / rated_weight,
            "share_met": sums["met"] / rated_weight,
            "coverage": sums["rated"] / sums["applicable"].where(sums["applicable"].gt(0)),
            "critical_unmet": sums["critical_unmet"],
            "critical_far": sums["critical_far"],
            "critical_unknown": sums["critical_unknown"],
        }
    )


def readiness_bands(readiness: pd.DataFrame, settings: WorkbookSettings) -> pd.Series:
    """Ready, Near, Developing or Insufficient data for each row of `readiness`.

    A critical competency that was not rated leaves too little known, whatever the coverage.
    """
    unknown = (
        readiness["attainment"].isna()
        | ~at_least(readiness["coverage"], settings.least_coverage)
        | readiness["critical_unknown"].gt(0)
    )
    ready = at_least(readiness["attainment"], settings.ready_attainment) & readiness["critical_unmet"].eq(0)
    near = (
        at_least(readiness["attainment"], settings.near_attainment)
        & readiness["critical_unmet"].le(settings.near_critical_gaps)
        & readiness["critical_far"].eq(0)
    )
    bands = np.select([unknown, ready, near], ["Insufficient data", "Ready", "Near"], "Developing")
    return pd.Series(bands, index=readiness.index, dtype="str")


def at_least(share: pd.Series, threshold: float) -> pd.Series:
    """Share >= threshold, forgiving the last bits that sums of fractions lose."""
    return share.ge(threshold - FORGIVEN)


def _counts(gaps: pd.DataFrame) -> pd.Series:
    """Which rows enter readiness: neither optional nor N/A."""
    counts = pd.Series(True, index=gaps.index)
    for column in ("optional", "not_applicable"):
        if column in gaps:
            counts &= ~gaps[column]
    return counts
