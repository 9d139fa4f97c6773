"""What is due, overdue or was never had: summaries, check-ins, corrections, actions, scores and conversations.

Source: REQUIREMENTS E10, X10.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import pandas as pd

from ..tables.tables import Tables
from ..tables.working_calendar import WorkingCalendar
from ..vocabulary.conversations import Conversations
from ..vocabulary.evaluation import Evaluations
from ..vocabulary.people import People
from ..vocabulary.plans import ActionItems
from ..vocabulary.settings import Cycles
from ..vocabulary.sheet import SheetModel, sheet_of
from .cadences import conversations_wanted
from .check_ins import check_in_took_place

SUMMARY_HOURS = 48
AHEAD_DAYS = 7
COLUMNS = ["key", "who", "what", "due", "state", "for_whom", "sheet", "row"]
_OPEN = {"Open", "In progress"}
_UNSUBMITTED = {"Draft", "Returned"}


def compute_reminders(
    tables: Tables,
    calendar: WorkingCalendar,
    cycle: str,
    now: datetime,
    a_week: int,
    ahead: int = AHEAD_DAYS,
) -> pd.DataFrame:
    """The reminders of the next days and everything overdue, most urgent first.

    A summary is due 48 hours of real time after the conversation, or at the end of the second day where only its day is
    known; what falls on a day off is due on the next working day. The same workbook and moment give the same reminders.

    Args:
        tables: the workbook.
        calendar: working days, days off and time zone.
        cycle: the cycle in hand, "" if there is none.
        now: local time.
        a_week: how many conversations a manager can have in a week.
        ahead: how many days after today still count.

    Returns:
        `key` (stable from run to run), `who` (employee id it is about), `what` (a sentence), `due` (local; midnight where
        only the day counts), `state` (Due, Overdue, Never had), `for_whom` (employee id of who should act), `sheet` and
        `row` where it stands.
    """
    people = tables.frame(People).dropna(subset="employee_id").drop_duplicates("employee_id")
    people = people[people["active"].fillna(True).astype(bool)].set_index("employee_id")
    frames = [
        _summaries(tables, calendar),
        _check_ins(tables),
        _corrections(tables),
        _actions(tables, calendar),
        _scores(tables, cycle),
        _planned(tables),
    ]
    found = pd.concat([_of_people(frame, people) for frame in frames], ignore_index=True)
    today = pd.Timestamp(now).normalize()
    late = found["due"].lt(now) & ~(found["due"].eq(found["due"].dt.normalize()) & found["due"].ge(today))
    found = found.assign(state=late.map({True: "Overdue", False: "Due"}))
    wanted = _of_people(conversations_wanted(tables, people, calendar, today, a_week), people)
    both = pd.concat([found, wanted[COLUMNS]], ignore_index=True)
    in_order = both.sort_values(["due", "key"], kind="stable")[COLUMNS].astype({"row": "int64"})
    return due_within(in_order, now, ahead)


def due_within(reminders: pd.DataFrame, now: datetime, ahead: int = AHEAD_DAYS) -> pd.DataFrame:
    """Those of `reminders` that count until `ahead` days after today."""
    last = pd.Timestamp(now).normalize() + pd.Timedelta(days=ahead + 1)
    return reminders[reminders["due"].lt(last)].reset_index(drop=True)


def _summaries(tables: Tables, calendar: WorkingCalendar) -> pd.DataFrame:
    rows = _conversations(tables)
    rows = rows[rows["held"].notna() & rows["summary_sent"].isna()]
    whole_day = rows["held"].eq(rows["held"].dt.normalize())
    by_the_hour = [calendar.hours_later(held.to_pydatetime(), SUMMARY_HOURS) for held in rows["held"]]
    due = pd.Series(by_the_hour, index=rows.index, dtype="datetime64[us]")
    due = due.mask(whole_day, rows["held"] + pd.Timedelta(hours=SUMMARY_HOURS))
    what = rows["held"].dt.strftime("Send the summary of the conversation held on %Y-%m-%d.")
    return _reminders(Conversations, rows, "summary", what, calendar.on_or_after(due))


def _check_ins(tables: Tables) -> pd.DataFrame:
    """Check-ins agreed in the latest conversation of each person, until they or another conversation were held."""
    rows = _conversations(tables)
    last = rows[rows["held"].notna()].sort_values("held", kind="stable")
    last = last.drop_duplicates("employee_id", keep="last").dropna(subset="next_check_in")
    last = last[~check_in_took_place(last)]
    at = _time_of_day(last["check_in_time"])
    due = last["next_check_in"].dt.normalize() + at
    what = last["held"].dt.strftime("Check in on the conversation of %Y-%m-%d, twenty minutes.")
    return _reminders(Conversations, last, "check-in", what, due)


def _corrections(tables: Tables) -> pd.DataFrame:
    rows = _conversations(tables)
    rows = rows[rows["corrections_due"].notna() & rows["acknowledged"].isna() & rows["summary_sent"].notna()]
    what = rows["held"].dt.strftime("Correct or confirm the summary of the conversation of %Y-%m-%d.")
    words = what.fillna("Correct or confirm the summary.")
    found = _reminders(Conversations, rows, "corrections", words, rows["corrections_due"].dt.normalize())
    return found.assign(for_whom=found["who"])


def _actions(tables: Tables, calendar: WorkingCalendar) -> pd.DataFrame:
    rows = tables.frame(ActionItems).dropna(subset=["employee_id", "due"])
    rows = rows[rows["status"].isin(_OPEN) | rows["status"].isna()]
    due = calendar.on_or_after(rows["due"].dt.normalize())
    found = _reminders(ActionItems, rows, "action", "Action: " + rows["action"].fillna("not named"), due)
    texts = rows["action"].fillna("").map(lambda text: hashlib.sha256(text.encode()).hexdigest()[:8])
    ids = rows["action_id"].where(rows["action_id"].notna(), found["key"] + "/" + texts)
    return found.assign(key="action/" + ids.astype("str"), for_whom=rows["owner"].fillna(rows["employee_id"]))


def _scores(tables: Tables, cycle: str) -> pd.DataFrame:
    """One reminder for each evaluation of the cycle that is not handed in; for the manager who rates."""
    cycles = tables.frame(Cycles).drop_duplicates("cycle").set_index("cycle")["scores_due"]
    rows = tables.frame(Evaluations)
    rows = rows[rows["cycle"].eq(cycle)].dropna(subset="employee_id")
    rows = rows[rows["status"].isin(_UNSUBMITTED) | rows["status"].isna()]
    due = rows["cycle"].map(cycles.to_dict()).astype("datetime64[us]")
    found = _reminders(Evaluations, rows, "scores", f"Hand in the scores of {cycle}.", due)
    return found.assign(for_whom=rows["manager"])


def _planned(tables: Tables) -> pd.DataFrame:
    rows = _conversations(tables)
    rows = rows[rows["held"].isna() & rows["planned"].notna()]
    what = rows["kind"].fillna("Career") + " conversation, as planned."
    return _reminders(Conversations, rows, "conversation", what, rows["planned"])


def _conversations(tables: Tables) -> pd.DataFrame:
    return tables.frame(Conversations).dropna(subset="employee_id")


def _reminders(
    model: type[SheetModel], rows: pd.DataFrame, kind: str, what: pd.Series | str, due: pd.Series
) -> pd.DataFrame:
    """Reminders at `rows`; `for_whom` is left open, which means the person's manager."""
    day = pd.to_datetime(due).dt.strftime("%Y-%m-%d")
    number = rows["conversation_id"] if "conversation_id" in rows else rows.get("cycle", day)
    number = number.where(number.notna(), day).astype("str")
    frame = pd.DataFrame(
        {
            "key": kind + "/" + rows["employee_id"].astype("str") + "/" + number,
            "who": rows["employee_id"],
            "what": what,
            "due": pd.to_datetime(due),
            "for_whom": pd.Series(None, index=rows.index, dtype="str"),
            "sheet": sheet_of(model).name,
            "row": rows.index,
        },
        index=rows.index,
    )
    return frame[frame["due"].notna()]


def _of_people(found: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Those about people who have not left; for their managers where nobody else should act."""
    found = found[found["who"].isin(people.index)]
    managers = found["who"].map(people["manager"].to_dict()).astype("str")
    return found.assign(for_whom=found["for_whom"].astype("str").fillna(managers).fillna(""))


def _time_of_day(texts: pd.Series) -> pd.Series:
    """`14:30` as a time after midnight; midnight for what is blank or no time."""
    pieces = texts.astype("str").str.extract(r"^\s*(\d{1,2})[:.h](\d{2})\s*$").astype("float64")
    known = pieces[0].lt(24) & pieces[1].lt(60)
    minutes = (pieces[0] * 60 + pieces[1]).where(known).fillna(0)
    return pd.to_timedelta(minutes, unit="m")
