"""The sheets in which people are evaluated."""

from __future__ import annotations

from .choices import EVALUATION_STATUS, RESPONSE
from .column import (
    Day,
    Kind,
    Number,
    Several,
    Text,
    column,
    competency_column,
    cycle_column,
    level_column,
    person_column,
)
from .sheet import SheetModel, about


class Evaluations(SheetModel):
    """One row: one person's evaluation in one cycle. Level, manager and targets are frozen when it opens."""

    cycle: Text = cycle_column(required=True)
    employee_id: Text = person_column(required=True)
    level_code: Text = level_column(
        help="The level in this cycle; it stays when the person is promoted later."
    )
    manager: Text = person_column("Manager", help="Who rates, in this cycle.", name_header="Manager name")
    targets: Several = column(
        "Targets",
        Kind.SEVERAL,
        help="Target levels in this cycle, best first, with ; between.",
        width=16,
        refers_to="Levels.level_code",
    )
    status: Text = column(
        "Status",
        help="Where the evaluation stands. Only Released leaves HR without a draft mark.",
        choices=EVALUATION_STATUS,
        width=12,
    )
    self_submitted: Day = column(
        "Self submitted", Kind.DATE, help="When the self-evaluation came in.", width=13
    )
    submitted: Day = column(
        "Submitted",
        Kind.DATE,
        help="When the manager handed it in.",
        width=13,
        audience="manager",
    )
    approver: Text = person_column(
        "Approver",
        help="Who approves; never the manager who rated.",
        name_header="Approver name",
        audience="manager",
    )
    approved: Day = column(
        "Approved",
        Kind.DATE,
        help="When it was approved.",
        width=13,
        audience="manager",
    )
    released: Day = column(
        "Released", Kind.DATE, help="When it was released to the employee.", width=13, audience="manager"
    )
    return_reason: Text = column(
        "Return reason", Kind.LONG_TEXT, help="Why it went back to the manager.", width=34, audience="manager"
    )

    class Config:
        name = "Evaluations"
        unique = ["cycle", "employee_id"]
        metadata = about(
            "daily",
            row_is="a person in a cycle",
            purpose="Where each evaluation stands, from draft to released.",
        )


class Scores(SheetModel):
    """One row: one person's ratings on one competency in one cycle, in points of the competency's scale."""

    cycle: Text = cycle_column(required=True)
    employee_id: Text = person_column(required=True)
    competency_id: Text = competency_column(required=True)
    self_rating: Number = column(
        "Self",
        Kind.RATING,
        help="The employee's own rating, or N/A.",
        width=8,
        aliases=("Self rating", "Self score"),
    )
    manager_rating: Number = column(
        "Manager",
        Kind.RATING,
        help="The manager's rating, or N/A.",
        width=9,
        aliases=("Manager rating", "Manager score"),
    )
    agreed_rating: Number = column(
        "Agreed",
        Kind.RATING,
        help="After calibration; it counts before the manager's.",
        width=8,
        aliases=("Agreed rating", "Calibrated", "Final"),
    )
    na_reason: Text = column("N/A reason", help="Why it could not be assessed.", width=22, audience="manager")
    evidence: Text = column(
        "Evidence",
        Kind.LONG_TEXT,
        help="What was seen, when, and with what effect.",
        width=46,
    )
    evidence_date: Day = column("Evidence date", Kind.DATE, help="When it was seen.", width=13)
    response: Text = column(
        "Response",
        help="The employee's answer to the rating.",
        choices=RESPONSE,
        width=13,
    )
    response_comment: Text = column(
        "Response comment", Kind.LONG_TEXT, help="In the employee's words.", width=30
    )
    resolution: Text = column(
        "Resolution", Kind.LONG_TEXT, help="How a dispute was settled.", width=30, audience="manager"
    )
    resolved_by: Text = person_column(
        "Resolved by", help="Who settled it.", name_header="", audience="manager"
    )
    resolved_on: Day = column(
        "Resolved on",
        Kind.DATE,
        help="When it was settled.",
        width=13,
        audience="manager",
    )

    class Config:
        name = "Scores"
        unique = ["cycle", "employee_id", "competency_id"]
        metadata = about(
            "daily",
            row_is="a person, cycle and competency",
            purpose="Every rating, with its evidence and the employee's response.",
        )


class Observations(SheetModel):
    """One row: something that was seen, at any time of the year."""

    employee_id: Text = person_column(required=True)
    date: Day = column("Date", Kind.DATE, help="When it was seen.", width=13, required=True)
    situation: Text = column("Situation", Kind.LONG_TEXT, help="Where and in what circumstances.", width=34)
    behaviour: Text = column(
        "Behaviour",
        Kind.LONG_TEXT,
        help="What the person said or did.",
        width=40,
        required=True,
    )
    impact: Text = column("Impact", Kind.LONG_TEXT, help="What came of it.", width=34)
    competency_id: Text = competency_column()
    observer: Text = person_column(
        "Observer", help="Who saw it.", name_header="Observer name", audience="manager"
    )

    class Config:
        name = "Observations"
        metadata = about(
            "daily",
            row_is="an observation",
            purpose="What was seen during the year, so that no rating rests on memory.",
        )


class PeerInput(SheetModel):
    """One row: one colleague's rating of one person on one competency."""

    employee_id: Text = person_column(required=True, audience="hr")
    cycle: Text = cycle_column(required=True, audience="hr")
    competency_id: Text = competency_column(required=True, audience="hr")
    rater: Text = person_column(
        "Rater", help="Never printed beside what was said.", name_header="Rater name", audience="hr"
    )
    rating: Number = column(
        "Rating",
        Kind.RATING,
        help="In points of the competency's scale.",
        width=9,
        audience="hr",
    )
    comment: Text = column(
        "Comment",
        Kind.LONG_TEXT,
        help="What the colleague saw.",
        width=46,
        audience="hr",
    )

    class Config:
        name = "Peer input"
        metadata = about(
            "HR only",
            row_is="a colleague's rating",
            purpose="Input from colleagues, for HR to read; it stands in no document.",
        )
