"""What each person has still to develop for each target level.

gap = required - current, in points of the competency's scale; positive means to develop (source: G1).
Not assessed stays not assessed: a missing rating is no gap and no strength.
"""

from __future__ import annotations

import pandas as pd

from ..tables.tables import Tables
from ..vocabulary.evaluation import Scores

_SCORE = ["employee_id", "competency_id"]
_SAID = ["self_rating", "manager_rating", "agreed_rating", "evidence", "evidence_date"]


def current_ratings(tables: Tables, cycle: str) -> pd.DataFrame:
    """The rating that counts for each person and competency in `cycle`: agreed if present, else the manager's.

    Returns:
        `employee_id`, `competency_id`, `self_rating`, `manager_rating`, `agreed_rating`, `current` (points, NaN if not
        assessed), `not_applicable` (bool), `evidence`, `evidence_date`.
    """
    scores = tables.frame(Scores)
    scores = scores[
        scores["cycle"].eq(cycle) & scores["employee_id"].notna() & scores["competency_id"].notna()
    ]
    scores = scores.drop_duplicates(_SCORE)
    agreed = scores["agreed_rating"].notna() | scores["agreed_rating_na"]
    return scores[_SCORE + _SAID].assign(
        current=scores["agreed_rating"].where(agreed, scores["manager_rating"]),
        not_applicable=scores["agreed_rating_na"].where(agreed, scores["manager_rating_na"]),
    )


def compute_gaps(targets: pd.DataFrame, expectations: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """One row per person, target level and competency that the target asks for.

    Args:
        targets: `employee_id`, `target_level` and whatever else describes a person's target.
        expectations: `level_code`, `competency_id`, `required` and whatever else describes an expectation.
        current: `employee_id`, `competency_id`, `current` and whatever else describes a rating.

    Returns:
        All their columns but `level_code` of `expectations`, and `gap`; NaN where not assessed.
    """
    asked = targets.merge(expectations.rename(columns={"level_code": "target_level"}), on="target_level")
    gaps = asked.merge(current, on=_SCORE, how="left")
    return gaps.assign(gap=gaps["required"] - gaps["current"])


def add_gaps_now(gaps: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    """`gaps` with `required_now` and `gap_now`: the same ratings against the level the person has today."""
    now = expectations[["level_code", "competency_id", "required"]].rename(
        columns={"required": "required_now"}
    )
    gaps = gaps.merge(now, on=["level_code", "competency_id"], how="left")
    return gaps.assign(gap_now=gaps["required_now"] - gaps["current"])
