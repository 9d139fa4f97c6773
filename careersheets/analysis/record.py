"""Each person's ratings over the cycles, and which gaps closed in which of them.

Source: REQUIREMENTS D6.
"""

from __future__ import annotations

import pandas as pd

from .evaluations import cycle_order
from .gaps import current_ratings
from .results import Results

_SCORE = ["employee_id", "competency_id"]
_COLUMNS = [*_SCORE, "competency", "cycle", "current", "required", "closed"]


def progress_record(results: Results) -> pd.DataFrame:
    """The rating that counted in each cycle up to that of `results`, for what the first target asks.

    Returns:
        One row per person, competency and cycle with a rating, the earliest cycle first: `employee_id`,
        `competency_id`, `competency`, `cycle`, `current` (points), `required` (by the first target today), `closed`
        (bool: below `required` in the rating before, and not in this one).
    """
    asked = results.gaps[results.gaps["target_rank"].eq(1)][[*_SCORE, "competency", "required"]]
    order = cycle_order(results.tables)
    until = order[: order.index(results.cycle) + 1] if results.cycle in order else []
    rated = [current_ratings(results.tables, cycle).assign(cycle=cycle) for cycle in until]
    if not rated:
        return pd.DataFrame(columns=_COLUMNS)
    record = asked.merge(pd.concat(rated)[[*_SCORE, "cycle", "current"]].dropna(subset="current"), on=_SCORE)
    before = record.groupby(_SCORE, sort=False)["current"].shift()
    closed = before.lt(record["required"]) & record["current"].ge(record["required"])
    return record.assign(closed=closed)[_COLUMNS]
