"""What changed since a person's last evaluation, and what that makes of each rating."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..tables.tables import Tables
from ..vocabulary.conversations import Conversations
from .gaps import current_ratings
from .readiness import PERSON_TARGET

_SCORE = ["employee_id", "competency_id"]
RANKED_AT_MOST = 3


def last_evaluated(tables: Tables, earlier: list[str]) -> pd.Series:
    """The latest of the `earlier` cycles (earliest first) in which each person was rated, by employee id."""
    rated = [
        pd.Series(cycle, index=ratings.loc[ratings["current"].notna(), "employee_id"].unique())
        for cycle, ratings in ((cycle, current_ratings(tables, cycle)) for cycle in earlier)
    ]
    if not rated:
        return pd.Series(dtype="str")
    latest = pd.concat(rated)
    return latest[~latest.index.duplicated(keep="last")]


def add_changes(gaps: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """`gaps` with `previous` (the rating that counted last time), `comparable`, and `change` in points.

    Args:
        gaps: with `employee_id`, `competency_id`, `current`, `low`, `high`.
        before: last time's ratings: `employee_id`, `competency_id`, `current`, `low`, `high` of the scale then.
    """
    then = before[[*_SCORE, "current", "low", "high"]].rename(
        columns={"current": "previous", "low": "low_then", "high": "high_then"}
    )
    gaps = gaps.merge(then.drop_duplicates(_SCORE), on=_SCORE, how="left")
    comparable = gaps["low"].eq(gaps["low_then"]) & gaps["high"].eq(gaps["high_then"])
    change = (gaps["current"] - gaps["previous"]).where(comparable)
    return gaps.assign(comparable=comparable, change=change).drop(columns=["low_then", "high_then"])


def gap_bands(gaps: pd.DataFrame) -> pd.Series:
    """Gap, Middle, High, Not assessed or N/A for each row.

    High is above what the target asks now and last time; above it now only is "High (one cycle)" (source: G3).
    """
    above_before = gaps["comparable"] & gaps["previous"].gt(gaps["required"])
    conditions = [
        gaps["not_applicable"],
        gaps["gap"].isna(),
        gaps["gap"].gt(0),
        gaps["gap"].eq(0),
        gaps["gap"].lt(0) & above_before,
    ]
    bands = np.select(conditions, ["N/A", "Not assessed", "Gap", "Middle", "High"], "High (one cycle)")
    return pd.Series(bands, index=gaps.index, dtype="str")


def priorities(gaps: pd.DataFrame, ranked: pd.DataFrame) -> pd.Series:
    """Gap / length of the scale x weight x (2 if the employee ranked it); 0 where there is no gap (source: G7).

    Args:
        gaps: with `gap`, `low`, `high`, `weight`.
        ranked: `employee_id`, `competency_id`.
    """
    is_ranked = pd.MultiIndex.from_frame(gaps[_SCORE]).isin(pd.MultiIndex.from_frame(ranked[_SCORE]))
    share = gaps["gap"].clip(lower=0) / (gaps["high"] - gaps["low"])
    return share * gaps["weight"] * np.where(is_ranked, 2, 1)


def ranked_competencies(tables: Tables, side: str = "employee") -> pd.DataFrame:
    """What each person (`side` "employee") or their manager ("manager") ranked in the latest conversation that says so.

    Returns:
        `employee_id`, `competency_id`, `rank` (1 = most important, 3 at most).
    """
    talks = tables.frame(Conversations)[["employee_id", "held", "planned", f"{side}_priorities"]]
    talks = talks.rename(columns={f"{side}_priorities": "competency_id"}).dropna(subset="employee_id")
    talks = talks[talks["competency_id"].map(len).gt(0)]
    talks = talks.assign(day=talks["held"].fillna(talks["planned"])).sort_values(
        "day", kind="stable", na_position="first"
    )
    latest = talks.drop_duplicates("employee_id", keep="last")[_SCORE].explode("competency_id")
    latest = latest.assign(rank=latest.groupby("employee_id", sort=False).cumcount() + 1)
    return latest[latest["rank"].le(RANKED_AT_MOST)].astype({"employee_id": "str", "competency_id": "str"})


def closed_gaps(gaps: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """How many gaps towards the same target were open last time and are closed now, by person and target."""
    keys = [*PERSON_TARGET, "competency_id"]
    then = before.loc[before["gap"].gt(0), keys].assign(was_open=True)
    both = gaps[[*keys, "gap"]].merge(then, on=keys, how="left")
    closed = both["gap"].le(0) & both["was_open"].eq(True)
    return closed.groupby([both[key] for key in PERSON_TARGET], sort=False).sum()
