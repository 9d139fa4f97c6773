"""Does each conversation lead somewhere: held, closed, summed up in time, and followed by a check-in?"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..analysis.check_ins import check_in_took_place
from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.conversations import Conversations
from ..vocabulary.evaluation import Observations, PeerInput, Scores
from ..vocabulary.plans import ActionItems
from ..vocabulary.settings import Cycles
from .placing import report_rows
from .review import Review

NOT_CLOSED = Rule(
    "CS531",
    Severity.WARNING,
    "the conversation held on {held} is not closed; there is no {missing}.",
    "Enter what was agreed; if it was not, agree it in the next days.",
    "A conversation without a direction, a gap, an action and a next date changes nothing. Source: REQUIREMENTS C6.",
)
SUMMARY_LATE = Rule(
    "CS532",
    Severity.WARNING,
    "the summary of the conversation held on {held} was due on {due} and is not sent.",
    "Send the summary and enter the day it was sent.",
    "After two days each side remembers another conversation.",
)
CHECK_IN_OFF = Rule(
    "CS533",
    Severity.WARNING,
    "the next check-in on {next_check_in} is {days} days after {since}.",
    "Choose a day six to eight weeks after it, between {first} and {last}.",
    "Earlier nothing has happened yet, later it is forgotten.",
)
FEW_OBSERVATIONS = Rule(
    "CS534",
    Severity.NOTE,
    "only {count} of the {wanted} observations wanted for this conversation are noted in this cycle.",
    "Add what was seen on the sheet Observations: date, situation, behaviour, impact.",
    "A conversation about what was seen is fairer than one about impressions.",
)
NOT_HELD = Rule(
    "CS535",
    Severity.WARNING,
    "the conversation planned for {planned} was not held yet.",
    "Enter the day it was held, or a new day.",
    "A conversation that is put off without a day is not held at all.",
)
TOO_MANY_PRIORITIES = Rule(
    "CS536",
    Severity.WARNING,
    '"{header}" names {count} competencies.',
    "Keep the three that matter most; the rest is parked, not lost.",
    "Nobody works on more than three things at once. Source: REQUIREMENTS G7.",
)
DISPUTE_OPEN = Rule(
    "CS537",
    Severity.WARNING,
    "the employee disputes this rating, and {missing} is not entered.",
    "Talk it through, then enter what was decided, by whom and when.",
    "A dispute without an answer is worse than a low rating. Source: REQUIREMENTS E8.",
)
FEW_PEERS = Rule(
    "CS538",
    Severity.WARNING,
    "peer input about this person comes from only {count} {people} in {cycle}.",
    "Ask until there are at least three, or leave peer input out.",
    "From fewer than three it can be told who said what. Source: REQUIREMENTS E9.",
)

SUMMARY_DAYS = 2
FIRST_CHECK_IN, LAST_CHECK_IN = 42, 56
MOST_PRIORITIES = 3
FEWEST_PEERS = 3
_PARTS = {
    "direction": 'target level, and the direction kind is not "Exploring"',
    "gap": "gap chosen by either side",
    "action": "action item",
    "check_in": "next check-in",
}


def check_conversations(review: Review) -> Iterator[Finding]:
    """The conversations of the cycle in hand, the disputes of its scores, and its peer input."""
    table = review.tables[Conversations]
    rows = review.of_people(Conversations)
    held = rows[rows["held"].notna()]
    yield from _check_closed(review, table, held)
    yield from _check_summaries(review, table, held)
    yield from _check_check_ins(table, held)
    yield from _check_observations(review, table, rows)
    late = rows["held"].isna() & rows["planned"].dt.normalize().lt(pd.Timestamp(review.today))
    yield from report_rows(NOT_HELD, table, "planned", rows[late])
    for column, header in (
        ("employee_priorities", "Employee priorities"),
        ("manager_priorities", "Manager priorities"),
    ):
        counted = rows.assign(count=rows[column].map(_length))
        many = counted[counted["count"].gt(MOST_PRIORITIES)]
        yield from report_rows(TOO_MANY_PRIORITIES, table, column, many, header=header)
    yield from _check_disputes(review)
    yield from _check_peers(review)


def _check_closed(review: Review, table: Table, held: pd.DataFrame) -> Iterator[Finding]:
    there = pd.DataFrame(
        {
            "direction": held["target_level"].notna() | held["direction_kind"].eq("Exploring"),
            "gap": held["employee_priorities"]
            .map(_length)
            .add(held["manager_priorities"].map(_length))
            .gt(0),
            "action": _has_action(review, held),
            "check_in": held["next_check_in"].notna(),
        },
        index=held.index,
    )
    missing = [
        "; no ".join(words for part, words in _PARTS.items() if not row[part])
        for row in there.to_dict("records")
    ]
    failing = held.assign(missing=missing)[~there.all(axis=1)]
    yield from report_rows(NOT_CLOSED, table, "held", failing)


def _has_action(review: Review, held: pd.DataFrame) -> pd.Series:
    """Whether an action that was not dropped names the conversation, or names none and began on its day or later."""
    actions = review.tables.frame(ActionItems)
    actions = actions[actions["status"].ne("Dropped")]
    named = held["conversation_id"].isin(actions["conversation_id"].dropna())
    loose = actions[actions["conversation_id"].isna()].groupby("employee_id")["start"].max()
    latest = pd.to_datetime(held["employee_id"].map(loose.to_dict()))
    return named | latest.ge(held["held"].dt.normalize())


def _check_summaries(review: Review, table: Table, held: pd.DataFrame) -> Iterator[Finding]:
    due = (held["held"] + pd.Timedelta(days=SUMMARY_DAYS)).dt.normalize()
    overdue = held["summary_sent"].isna() & due.lt(pd.Timestamp(review.today))
    yield from report_rows(SUMMARY_LATE, table, "summary_sent", held.assign(due=due.dt.date)[overdue])


def _check_check_ins(table: Table, held: pd.DataFrame) -> Iterator[Finding]:
    later = held["check_in_held"].notna() & ~check_in_took_place(held)
    since = later.map({True: "the last check-in", False: "the conversation"})
    day = held["held"].mask(later, held["check_in_held"]).dt.normalize()
    days = (held["next_check_in"].dt.normalize() - day).dt.days
    off = days.notna() & ~days.between(FIRST_CHECK_IN, LAST_CHECK_IN)
    first, last = ((day + pd.Timedelta(days=count)).dt.date for count in (FIRST_CHECK_IN, LAST_CHECK_IN))
    failing = held.assign(days=days, first=first, last=last, since=since)[off].astype({"days": "int64"})
    yield from report_rows(CHECK_IN_OFF, table, "next_check_in", failing)


def _check_observations(review: Review, table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    """Conversations still ahead for which too little was noted down in the cycle."""
    wanted = int(review.settings.observations_wanted)
    cycle = review.tables.frame(Cycles).drop_duplicates("cycle").set_index("cycle").reindex([review.cycle])
    start, end = cycle["start"].iloc[0], cycle["end"].iloc[0]
    seen = review.tables.frame(Observations)
    if not pd.isna(start):
        seen = seen[seen["date"].ge(start) | seen["date"].isna()]
    if not pd.isna(end):
        seen = seen[seen["date"].le(end) | seen["date"].isna()]
    counts = seen["employee_id"].value_counts()
    found = rows["employee_id"].map(counts.to_dict()).fillna(0).astype("int64")
    ahead = rows["held"].isna() & rows["planned"].notna() & found.lt(wanted)
    yield from report_rows(FEW_OBSERVATIONS, table, "planned", rows.assign(count=found)[ahead], wanted=wanted)


def _check_disputes(review: Review) -> Iterator[Finding]:
    table = review.tables[Scores]
    rows = review.of_people(Scores)
    disputed = rows[rows["response"].eq("Dispute")]
    for column, words in (
        ("resolution", "what was decided"),
        ("resolved_by", "who decided it"),
        ("resolved_on", "the day it was decided"),
    ):
        open_still = disputed[disputed[column].isna()]
        disputed = disputed.drop(open_still.index)
        yield from report_rows(DISPUTE_OPEN, table, column, open_still, missing=words)


def _check_peers(review: Review) -> Iterator[Finding]:
    table = review.tables[PeerInput]
    rows = review.of_people(PeerInput)
    count = rows.groupby("employee_id")["rater"].nunique()
    first = rows.drop_duplicates("employee_id")
    found = first["employee_id"].map(count.to_dict()).astype("int64")
    failing = first.assign(count=found, people=found.map(lambda one: "person" if one == 1 else "people"))
    yield from report_rows(FEW_PEERS, table, "rater", failing[found.lt(FEWEST_PEERS)])


def _length(several: object) -> int:
    return len(several) if isinstance(several, tuple) else 0
