"""Which conversations are overdue or were never had, and on which free day each could be (source: REQUIREMENTS E10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..tables.headers import fold
from ..tables.tables import Tables
from ..tables.working_calendar import WorkingCalendar
from ..vocabulary.conversations import Cadences, Conversations
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of

WEEKS_AHEAD = 26
_KEY, _ONBOARDING = "cadence/", "Onboarding/"


def conversations_wanted(
    tables: Tables, people: pd.DataFrame, calendar: WorkingCalendar, today: pd.Timestamp, a_week: int
) -> pd.DataFrame:
    """The conversations the cadences ask for by today, each with a free day for it, longest overdue first.

    A first conversation is due some days after hiring, the next ones some days after the last of their kind; any
    conversation that was held counts for a quarterly or onboarding one. Who has one planned from today on is left out.
    Without a first working day nobody knows since when, so it is due today. An onboarding that did not take place is
    overtaken by the next conversation that is due.

    Args:
        tables: the workbook.
        people: everyone still here, indexed by employee id.
        calendar: working days and days off.
        today: midnight.
        a_week: how many conversations a manager can have in a week; planned ones count.

    Returns:
        Columns of reminders; `state` is Never had or Overdue.
    """
    talks = tables.frame(Conversations).dropna(subset="employee_id")
    ahead = talks["held"].isna() & talks["planned"].ge(today)
    waiting = people.index.difference(talks.loc[ahead, "employee_id"])
    wanted = pd.concat(
        [
            _empty(),
            *(
                _wanted(rule, _group(people.loc[waiting], rule), talks, today)
                for rule in tables.frame(Cadences).itertuples()
            ),
        ]
    )
    wanted = wanted[wanted["due"].le(today)].sort_values(["due", "who"], kind="stable")
    overtaken = wanted["key"].str.startswith(_KEY + _ONBOARDING) & wanted["who"].duplicated(keep=False)
    wanted = wanted[~overtaken].drop_duplicates("who").reset_index(drop=True)
    slots = _slots(
        wanted["who"].map(people["manager"].to_dict()), _taken(talks, people, today), calendar, today, a_week
    )
    return wanted.assign(what=[words + said for words, said in zip(wanted["what"], slots, strict=True)])


def _wanted(rule: Any, group: pd.DataFrame, talks: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """What one rule asks of each person of `group`."""
    counting = talks[talks["held"].notna()]
    if rule.kind == "Annual":
        counting = counting[counting["kind"].eq("Annual")]
    last = group.index.to_series().map(counting.groupby("employee_id")["held"].max().dt.normalize().to_dict())
    last = pd.to_datetime(last)
    first = group["hired"] + _days(rule.first_after)
    again = last + _days(rule.every)
    never = last.isna()
    due = again.mask(never, first.fillna(today))
    words = last.dt.strftime(f"{rule.kind} conversation; the last one was on %Y-%m-%d.")
    return pd.DataFrame(
        {
            "key": f"{_KEY}{rule.kind}/" + group.index.to_series(),
            "who": group.index,
            "what": words.mask(never, f"{rule.kind} conversation; there was none yet."),
            "due": due,
            "state": never.map({True: "Never had", False: "Overdue"}),
            "for_whom": pd.Series(None, index=group.index, dtype="str"),
            "sheet": sheet_of(Cadences).name,
            "row": rule.Index,
        }
    ).dropna(subset="due")


def _group(people: pd.DataFrame, rule: Any) -> pd.DataFrame:
    """The people a rule is about; nobody if it names a column that People does not have."""
    if not isinstance(rule.group_column, str):
        return people
    names = {fold(column.header): column.name for column in sheet_of(People).columns}
    column = names.get(fold(rule.group_column), "")
    if column not in people:
        return people.iloc[:0]
    return people[people[column].astype("str").map(fold, na_action="ignore").eq(fold(str(rule.group_value)))]


def _taken(talks: pd.DataFrame, people: pd.DataFrame, today: pd.Timestamp) -> Counter[tuple[str, Any]]:
    """How many conversations each manager has planned, by manager and the Monday of the week."""
    planned = talks[talks["held"].isna() & talks["planned"].ge(_monday(today))]
    managers = planned["employee_id"].map(people["manager"].to_dict()).astype("str").fillna("")
    return Counter(zip(managers, planned["planned"].map(_monday), strict=True))


def _slots(
    managers: pd.Series,
    taken: Counter[tuple[str, Any]],
    calendar: WorkingCalendar,
    today: pd.Timestamp,
    a_week: int,
) -> Iterator[str]:
    """For each reminder in turn, the next free day of the manager from tomorrow on."""
    days = _working_days(calendar, today)
    used: set[tuple[str, Any]] = set()
    for manager in managers.astype("str").fillna(""):
        free = (day for day in days if (manager, day) not in used and taken[manager, _monday(day)] < a_week)
        slot = next(free, None)
        if slot is None:
            yield ""
            continue
        used.add((manager, slot))
        taken[manager, _monday(slot)] += 1
        yield f" Free: {slot:%Y-%m-%d}."


def _working_days(calendar: WorkingCalendar, today: pd.Timestamp) -> list[pd.Timestamp]:
    after = pd.Series(pd.date_range(today + pd.Timedelta(days=1), periods=7 * WEEKS_AHEAD))
    return list(after[after.eq(calendar.on_or_after(after))])


def _monday(day: pd.Timestamp) -> pd.Timestamp:
    return day.normalize() - pd.Timedelta(days=day.weekday())


def _days(count: Any) -> pd.Timedelta:
    """Not a time where the rule does not say."""
    known = isinstance(count, int | float) and not np.isnan(count)
    return pd.Timedelta(days=float(count)) if known else pd.NaT


def _empty() -> pd.DataFrame:
    columns = dict.fromkeys(("key", "who", "what", "state", "for_whom", "sheet"), "str")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()}).assign(
        due=pd.Series(dtype="datetime64[us]"), row=pd.Series(dtype="int64")
    )
