"""Where a rating stands on the scale of its competency."""

from __future__ import annotations

import numpy as np
import pandas as pd

_OF_A_STEP = 1e-6


def with_scales(rows: pd.DataFrame, scales: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `scale`, `low`, `high`, `step` of each row's `competency_id`; NaN where it has no scale.

    Args:
        rows: with `competency_id`; the index is kept.
        scales: one row per competency, as analysis gives them.
    """
    where = pd.Index(scales["competency_id"]).get_indexer(pd.Index(rows["competency_id"]))
    found = scales[["scale", "low", "high", "step"]].reset_index(drop=True).reindex(where)
    return rows.assign(**{name: found[name].to_numpy() for name in found})


def is_off_scale(ratings: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Ratings below the lowest or above the highest point; not those without a scale."""
    return ratings.lt(rows["low"]) | ratings.gt(rows["high"])


def is_off_step(ratings: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Ratings that are not a whole number of steps above the lowest point."""
    steps = (ratings - rows["low"]) / rows["step"]
    return steps.notna() & (steps - np.round(steps)).abs().gt(_OF_A_STEP)


def is_an_end(ratings: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Ratings at the lowest or the highest point."""
    return ratings.eq(rows["low"]) | ratings.eq(rows["high"])
