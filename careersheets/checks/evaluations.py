"""Did each evaluation of the cycle take its steps in order, and by the right people?

Source: REQUIREMENTS E5.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.evaluation import Evaluations
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of
from .placing import report_rows
from .review import Review

DATE_MISSING = Rule(
    "CS501",
    Severity.WARNING,
    'the status is {status}, but "{header}" has no date.',
    "Enter the date, or correct the status.",
    "The trail of the evaluation has a hole: nobody can say when this step was taken.",
)
DATES_OUT_OF_ORDER = Rule(
    "CS502",
    Severity.WARNING,
    '"{header}" ({day}) is before "{header_before}" ({day_before}).',
    "Correct one of the two dates.",
    "An evaluation is handed in, then approved, then released.",
)
APPROVED_BY_RATER = Rule(
    "CS503",
    Severity.WARNING,
    "the approver {approver} is also the manager who rated.",
    "Have somebody else approve.",
    "A second pair of eyes protects the person who is rated, and the manager.",
)
APPROVED_BY_SUBJECT = Rule(
    "CS504",
    Severity.WARNING,
    "this person is entered as the approver of their own evaluation.",
    "Have somebody else approve.",
    "Nobody approves their own ratings.",
)
RETURNED_WITHOUT_REASON = Rule(
    "CS505",
    Severity.WARNING,
    "the evaluation was returned without a reason.",
    "Say what the manager should change.",
    "Without a reason the same evaluation comes back.",
)
NO_APPROVER = Rule(
    "CS506",
    Severity.WARNING,
    "the status is {status}, but no approver is entered.",
    "Enter who approved it, or correct the status.",
    "An approval without a name cannot be checked.",
)
LEVEL_NOT_KEPT = Rule(
    "CS507",
    Severity.WARNING,
    "the level of this cycle is empty; the level of the sheet People is used.",
    "Enter the level the person has in this cycle.",
    "After a promotion, this evaluation would be computed against the new level.",
)
DATE_AHEAD = Rule(
    "CS508",
    Severity.WARNING,
    '"{header}" is {day}, a day that has not come yet.',
    "Correct the date.",
    "What has not happened cannot be approved or released.",
)
RATED_BY_SUBJECT = Rule(
    "CS509",
    Severity.WARNING,
    "this person is entered as the manager who rates them.",
    "Enter the manager who rates.",
    "The manager's rating is the one that counts; nobody gives it to themselves.",
)

_STEPS = ("submitted", "approved", "released")
_REACHED = {
    "submitted": {"Submitted", "Returned", "Approved", "Released"},
    "approved": {"Approved", "Released"},
    "released": {"Released"},
}


def check_evaluations(review: Review) -> Iterator[Finding]:
    """The evaluations of the cycle in hand: status, dates, level, manager and approver."""
    table = review.tables[Evaluations]
    rows = review.of_people(Evaluations)
    yield from _check_dates(review, table, rows)
    yield from _check_roles(review, table, rows)
    returned = rows["status"].eq("Returned") & rows["return_reason"].isna()
    yield from report_rows(RETURNED_WITHOUT_REASON, table, "return_reason", rows[returned])
    yield from report_rows(LEVEL_NOT_KEPT, table, "level_code", rows[rows["level_code"].isna()])


def _check_dates(review: Review, table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    for step, statuses in _REACHED.items():
        if step in table.letters:
            missing = rows[rows["status"].isin(statuses) & rows[step].isna()]
            yield from report_rows(DATE_MISSING, table, step, missing, header=_header(step))
    for step in ("self_submitted", *_STEPS):
        ahead = rows[rows[step].dt.normalize().gt(pd.Timestamp(review.today))]
        yield from report_rows(DATE_AHEAD, table, step, ahead.assign(day=ahead[step]), header=_header(step))
    for before, step in (("submitted", "approved"), ("approved", "released"), ("submitted", "released")):
        wrong = rows[step].lt(rows[before])
        if (before, step) == ("submitted", "released"):
            wrong &= rows["approved"].isna()
        failing = rows.assign(day=rows[step], day_before=rows[before])[wrong]
        headers = {"header": _header(step), "header_before": _header(before)}
        yield from report_rows(DATES_OUT_OF_ORDER, table, step, failing, **headers)


def _check_roles(review: Review, table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    """Who rated and who approved; where no manager is kept for the cycle, the one on the sheet People rated."""
    managers = review.tables.frame(People).drop_duplicates("employee_id").set_index("employee_id")["manager"]
    rater = rows["manager"].fillna(rows["employee_id"].map(managers.to_dict()).astype("str"))
    own = rows["approver"].eq(rows["employee_id"])
    yield from report_rows(APPROVED_BY_SUBJECT, table, "approver", rows[own])
    yield from report_rows(APPROVED_BY_RATER, table, "approver", rows[rows["approver"].eq(rater) & ~own])
    yield from report_rows(RATED_BY_SUBJECT, table, "manager", rows[rows["manager"].eq(rows["employee_id"])])
    nobody = rows["status"].isin(_REACHED["approved"]) & rows["approver"].isna()
    if "approver" in table.letters:
        yield from report_rows(NO_APPROVER, table, "approver", rows[nobody])


def _header(column: str) -> str:
    return sheet_of(Evaluations).column(column).header
