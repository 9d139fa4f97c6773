"""What became of each person since the last evaluation: change, closed gaps, follow-through, and who is stuck.

Source: REQUIREMENTS G6.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from ..vocabulary.evaluation import Evaluations
from ..vocabulary.people import People
from ..vocabulary.plans import ActionItems
from ..vocabulary.settings import Cycles
from .change import last_evaluated
from .evaluations import cycle_order
from .record import progress_record
from .results import Results

_MONTHS = 12
_COLUMNS = ["closed_gaps", "change"]


def compute_progress(results: Results) -> pd.DataFrame:
    """One row per person evaluated in the cycle, indexed by employee id.

    Returns:
        `closed_gaps` and `change` (of attainment) towards the first target since the person's last evaluation, NaN where
        there was none; `due`, `done`, `overdue`: how many actions were due since then, up to today, and what became of
        them; `months_in_level` (whole months up to today, NaN where not known); `stuck` (bool) and `reason`, in words, ""
        if not stuck. Dropped actions do not count.
    """
    people = results.evaluated.index
    first = results.readiness[results.readiness["target_rank"].eq(1)].set_index("employee_id")
    progress = first[_COLUMNS].reindex(people)
    progress["closed_gaps"] = progress["closed_gaps"].where(progress["change"].notna())
    progress = progress.join(_follow_through(results, people))
    progress["months_in_level"] = _months_in_level(results, people)
    reasons = [
        _long_in_level(results, progress["months_in_level"]),
        _nothing_closed(results, people),
    ]
    said = pd.Series(
        ["; ".join(filter(None, both)) for both in zip(*reasons, strict=True)], index=people, dtype="str"
    )
    return progress.assign(stuck=said.ne(""), reason=said)


def whole_months(begin: date, end: date) -> int:
    """How many whole months lie between two days; 0 where `end` is before `begin`."""
    months = (end.year - begin.year) * _MONTHS + end.month - begin.month - (end.day < begin.day)
    return max(months, 0)


def _follow_through(results: Results, people: pd.Index) -> pd.DataFrame:
    """Actions due after the last evaluation's cycle ended, up to today; all of them where there was none."""
    actions = results.tables.frame(ActionItems)
    actions = actions[actions["employee_id"].isin(people) & actions["status"].ne("Dropped")]
    today = pd.Timestamp(results.today)
    since = actions["employee_id"].map(_last_ends(results)).astype("datetime64[us]")
    day = actions["due"].dt.normalize()
    fell_due = actions[day.le(today) & (since.isna() | day.gt(since))]
    done = fell_due["status"].eq("Done") | fell_due["done_on"].notna()
    late = ~done & fell_due["due"].dt.normalize().lt(today)
    counts = pd.DataFrame({"due": 1, "done": done, "overdue": late}, index=fell_due.index)
    sums = counts.astype("int64").groupby(fell_due["employee_id"]).sum()
    return sums.reindex(people, fill_value=0)


def _last_ends(results: Results) -> dict[str, pd.Timestamp]:
    """When the cycle of each person's last evaluation before this one ended, by employee id."""
    order = cycle_order(results.tables)
    earlier = order[: order.index(results.cycle)] if results.cycle in order else []
    ends = results.tables.frame(Cycles).drop_duplicates("cycle").set_index("cycle")["end"].to_dict()
    last = last_evaluated(results.tables, earlier)
    return {str(person): ends.get(cycle, pd.NaT) for person, cycle in last.items()}


def _months_in_level(results: Results, people: pd.Index) -> pd.Series:
    """Not known where the evaluation is about another level than the one on People, or the day lies ahead."""
    known = results.tables.frame(People).dropna(subset="employee_id").drop_duplicates("employee_id")
    known = known.set_index("employee_id").reindex(people)
    same = known["level_code"].eq(results.evaluated["level_code"])
    begun = known["level_since"].where(same & known["level_since"].le(pd.Timestamp(results.today)))
    months = [np.nan if pd.isna(day) else whole_months(day.date(), results.today) for day in begun]
    return pd.Series(months, index=people, dtype="float64")


def _long_in_level(results: Results, months: pd.Series) -> list[str]:
    limit = results.settings.stuck_after_months
    return [f"{count:.0f} months at this level" if count >= limit else "" for count in months]


def _nothing_closed(results: Results, people: pd.Index) -> list[str]:
    """Of whom was rated in this cycle and two before it: a gap was open, and none closed in the last two.

    Gaps are those of the progress record, towards what the first target asks today. Who came to another level in these
    cycles moved: measured by what the next level asks now, a promotion would look like standing still.
    """
    record = progress_record(results)
    order = {cycle: place for place, cycle in enumerate(cycle_order(results.tables))}
    record = record.assign(place=record["cycle"].map(order))
    rated = record[["employee_id", "place"]].drop_duplicates().sort_values("place")
    back = rated.groupby("employee_id").cumcount(ascending=False)
    record = record.merge(rated.assign(back=back), on=["employee_id", "place"])
    reached = set(record.loc[record["back"].eq(2), "employee_id"])
    in_cycle = set(record.loc[record["cycle"].eq(results.cycle), "employee_id"])
    behind = record["current"].lt(record["required"])
    was_open = set(record.loc[record["back"].isin([1, 2]) & behind, "employee_id"])
    closed = set(record.loc[record["back"].isin([0, 1]) & record["closed"].eq(True), "employee_id"])
    spans = record[record["back"].isin([0, 1])].sort_values("place").groupby("employee_id")["cycle"].unique()
    stuck = (reached & in_cycle & was_open) - closed - _moved(results, record[record["back"].le(2)])
    return [f"no gap closed in {' and '.join(spans[person])}" if person in stuck else "" for person in people]


def _moved(results: Results, record: pd.DataFrame) -> set[str]:
    """Who was at more than one level in the cycles of `record`, as the evaluations say."""
    levels = results.tables.frame(Evaluations)[["employee_id", "cycle", "level_code"]].dropna()
    known = record[["employee_id", "cycle"]].drop_duplicates().merge(levels, on=["employee_id", "cycle"])
    count = known.groupby("employee_id")["level_code"].nunique()
    return set(count.index[count.gt(1)])
