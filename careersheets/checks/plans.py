"""Are goals whole and actions tied to something, owned and dated?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.plans import ActionItems, Goals
from .placing import report_rows
from .review import Review

ORPHAN = Rule(
    "CS541",
    Severity.WARNING,
    "this action is tied to no gap, goal or target{why}.",
    "Enter the competency, the goal or the target level it works towards, or drop it.",
    "An action that serves nothing is the first to be forgotten. Source: REQUIREMENTS D3.",
)
ACTION_INCOMPLETE = Rule(
    "CS542",
    Severity.WARNING,
    "this action has no {missing}.",
    "Enter it: who does what until when, and how one will see that it is done.",
    "What has no owner and no day is a wish.",
)
DONE_WITHOUT_DATE = Rule(
    "CS543",
    Severity.WARNING,
    "this action is done, but no day is entered on which it was done.",
    "Enter the day.",
    "Whether an action helped is judged by what came after that day.",
)
REVERSED = Rule(
    "CS544",
    Severity.WARNING,
    "it is due on {due}, before {began}.",
    "Correct one of the two dates.",
    "Reminders and horizons are counted from them.",
)
GOAL_INCOMPLETE = Rule(
    "CS545",
    Severity.WARNING,
    "this {type} goal has no {missing}.",
    "Fill in what is missing: {wanted}.",
    "A development goal is kept when it is relevant, tried out, aims at something and teaches something; a performance "
    "goal when it can be measured by a day. Source: REQUIREMENTS D4.",
)
HORIZON_OFF = Rule(
    "CS546",
    Severity.WARNING,
    "the horizon is {horizon}, but it is due {months} months after it was set.",
    "Correct the horizon or the date: Short is up to 6 months, Medium up to 12, Long from 18; between 12 and 18 both fit.",
    "A goal of three years with a short horizon is given up before it can be reached.",
)
ONLY_THE_MANAGERS = Rule(
    "CS547",
    Severity.WARNING,
    "every open goal of this person was proposed by the manager.",
    "Ask the person for one of their own, or make one of them theirs.",
    "People follow through on what they chose. Source: REQUIREMENTS D5.",
)
NO_CONTRIBUTION = Rule(
    "CS548",
    Severity.NOTE,
    "this goal has no {missing}.",
    "Say what the organisation gains and which of its goals it serves.",
    "A goal that helps both sides gets time.",
)

_OPEN = {"Open", "In progress"}
_REAL = {
    "relevant": "relevance",
    "experiment": "experiment",
    "aspiration": "aspiration",
    "learning_outcome": "learning outcome",
}
_SMART = {"measure": "measure", "due": "due date"}
_ACTION = {"owner": "owner", "due": "due date", "evidence_of_done": "evidence of done"}
_CONTRIBUTION = {"business_contribution": "business contribution", "organisation_goal": "organisation goal"}


def check_plans(review: Review) -> Iterator[Finding]:
    """Open goals and actions of everybody who is evaluated in the cycle in hand."""
    yield from _check_actions(review, review.tables[ActionItems])
    yield from _check_goals(review, review.tables[Goals])


def _check_actions(review: Review, table: Table) -> Iterator[Finding]:
    rows = open_rows(review, table)
    yield from _check_orphans(review, table, rows)
    yield from report_rows(ACTION_INCOMPLETE, table, "action", _lacking(table, rows, _ACTION))
    yield from _check_reversed(table, rows, "start", "it starts on")
    done = table.frame[table.frame["status"].eq("Done") & table.frame["done_on"].isna()]
    yield from report_rows(DONE_WITHOUT_DATE, table, "done_on", done)


def _check_orphans(review: Review, table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    """Actions without any tie, and those whose only tie is a competency that nothing asks of this person."""
    loose = rows[rows["goal_id"].isna() & rows["target_level"].isna()]
    asked = _asked_of(review)
    known = [
        (who, what) in asked for who, what in zip(loose["employee_id"], loose["competency_id"], strict=True)
    ]
    failing = loose[~pd.Series(known, index=loose.index, dtype=bool)]
    why = failing["competency_id"].map(
        lambda code: f'; no level of this person asks for "{code}"' if isinstance(code, str) else ""
    )
    yield from report_rows(ORPHAN, table, "competency_id", failing.assign(why=why))


def _asked_of(review: Review) -> set[tuple[str, str]]:
    """Employee id and competency id of everything asked at somebody's own level or a target."""
    levels = review.people[["level_code", "targets"]].apply(
        lambda row: (row["level_code"], *row["targets"]), axis=1, result_type="reduce"
    )
    pairs = (
        levels.explode().dropna().astype("str").rename("level_code").rename_axis("employee_id").reset_index()
    )
    asked = pairs.merge(review.expected[["level_code", "competency_id"]], on="level_code")
    return set(zip(asked["employee_id"], asked["competency_id"], strict=True))


def _check_goals(review: Review, table: Table) -> Iterator[Finding]:
    rows = open_rows(review, table)
    for kind, parts in (("REAL", _REAL), ("SMART", _SMART)):
        failing = _lacking(table, rows[rows["type"].eq(kind)], parts)
        yield from report_rows(GOAL_INCOMPLETE, table, "goal", failing, wanted=", ".join(parts.values()))
    yield from report_rows(NO_CONTRIBUTION, table, "goal", _lacking(table, rows, _CONTRIBUTION))
    yield from _check_reversed(table, rows, "set_on", "it was set on")
    yield from _check_horizons(table, rows)
    proposed = rows.dropna(subset="proposed_by")
    alone = proposed.groupby("employee_id")["proposed_by"].agg(lambda who: set(who) == {"Manager"})
    first = proposed.drop_duplicates("employee_id")
    yield from report_rows(
        ONLY_THE_MANAGERS, table, "proposed_by", first[first["employee_id"].isin(alone.index[alone.eq(True)])]
    )


def _check_horizons(table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    """Source: REQUIREMENTS D4; a goal due in 12 to 18 months may be called Medium or Long."""
    dated = rows.dropna(subset=["set_on", "due"])
    dated = dated[dated["due"].ge(dated["set_on"])]
    within = {count: dated["due"].le(dated["set_on"] + pd.DateOffset(months=count)) for count in (6, 12)}
    before_long = dated["due"].lt(dated["set_on"] + pd.DateOffset(months=18))
    fits = (
        (dated["horizon"].eq("Short") & within[6])
        | (dated["horizon"].eq("Medium") & ~within[6] & before_long)
        | (dated["horizon"].eq("Long") & ~within[12])
    )
    months = (dated["due"] - dated["set_on"]).dt.days.div(365.25 / 12).round().astype("int64")
    yield from report_rows(
        HORIZON_OFF, table, "horizon", dated.assign(months=months)[dated["horizon"].notna() & ~fits]
    )


def _check_reversed(table: Table, rows: pd.DataFrame, start: str, words: str) -> Iterator[Finding]:
    failing = rows[rows["due"].dt.normalize().lt(rows[start].dt.normalize())]
    began = failing[start].dt.strftime(f"{words} %Y-%m-%d")
    yield from report_rows(REVERSED, table, "due", failing.assign(began=began))


def open_rows(review: Review, table: Table) -> pd.DataFrame:
    """Rows of people who are evaluated in the cycle, whose status is open, in progress or blank."""
    rows = table.frame[table.frame["employee_id"].isin(review.people.index)]
    return rows[rows["status"].isin(_OPEN) | rows["status"].isna()]


def _lacking(table: Table, rows: pd.DataFrame, parts: Mapping[str, str]) -> pd.DataFrame:
    """The rows without all of `parts`, with `missing` in words; columns the sheet lacks are not asked for."""
    there = {column: words for column, words in parts.items() if column in table.letters}
    empty = rows[list(there)].isna()
    missing = [
        " and no ".join(words for column, words in there.items() if row[column])
        for row in empty.to_dict("records")
    ]
    return rows.assign(missing=missing)[empty.any(axis=1)]
