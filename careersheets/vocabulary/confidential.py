"""The sheets that never leave HR."""

from __future__ import annotations

from typing import Any

from .choices import DECISION, MENTOR_PAIR_STATUS, MENTORING_ROLE
from .column import (
    Day,
    Kind,
    Number,
    Several,
    Text,
    YesNo,
    column,
    cycle_column,
    person_column,
)
from .sheet import SheetModel, about

_HR: dict[str, Any] = {"audience": "hr"}
_TOOL: dict[str, Any] = {"audience": "hr", "owner": "tool"}


class ScoringPatterns(SheetModel):
    """One row: one pattern in one rater's scores."""

    cycle: Text = cycle_column(**_TOOL)
    rater: Text = person_column("Rater", help="Whose ratings.", name_header="", **_TOOL)
    measure: Text = column("Measure", help="Which pattern.", width=22, **_TOOL)
    value: Number = column("Value", Kind.NUMBER, help="The estimate.", width=10, **_TOOL)
    low: Number = column("Low", Kind.NUMBER, help="Lower end of its uncertainty.", width=10, **_TOOL)
    high: Number = column("High", Kind.NUMBER, help="Upper end of its uncertainty.", width=10, **_TOOL)
    count: Number = column("n", Kind.NUMBER, help="Ratings it rests on.", width=8, **_TOOL)
    reading: Text = column(
        "Reading",
        Kind.LONG_TEXT,
        help="What to look at; never a correction.",
        width=60,
        **_TOOL,
    )

    class Config:
        name = "Scoring patterns"
        metadata = about(
            "HR only",
            row_is="a pattern",
            purpose="How raters use the scale, before approval.",
            owner="tool",
            in_use=False,
        )


class HighPotential(SheetModel):
    """One row: one person the visible rule suggests, and HR's decision."""

    employee_id: Text = person_column(required=True, **_HR)
    suggested_because: Text = column(
        "Suggested because", Kind.LONG_TEXT, help="The rule, in words.", width=52, **_HR
    )
    decision: Text = column("Decision", help="HR's decision.", choices=DECISION, width=12, **_HR)
    by: Text = person_column("By", help="Who decided.", name_header="", **_HR)
    on: Day = column("On", Kind.DATE, help="When.", width=13, **_HR)

    class Config:
        name = "High potential"
        unique = ["employee_id"]
        metadata = about(
            "HR only",
            row_is="a person",
            purpose="Who was suggested for which reason, and what was decided; in no document.",
            owner="shared",
            in_use=False,
        )


class Mentoring(SheetModel):
    """One row: one person's place in the mentoring programme."""

    employee_id: Text = person_column(required=True, **_HR)
    role: Text = column(
        "Role",
        help="Mentor, Mentee or Both.",
        choices=MENTORING_ROLE,
        width=10,
        required=True,
        **_HR,
    )
    consent: YesNo = column(
        "Consent",
        Kind.YES_NO,
        help="Yes when the person agreed to take part.",
        width=9,
        **_HR,
    )
    capacity: Number = column("Capacity", Kind.NUMBER, help="Mentees at a time.", width=9, ge=0, **_HR)
    focus: Several = column(
        "Focus competencies",
        Kind.SEVERAL,
        help="Competency IDs, with ; between.",
        width=28,
        refers_to="Competencies.competency_id",
        **_HR,
    )
    never_with: Several = column(
        "Never with",
        Kind.SEVERAL,
        help="People not to be matched with, with ; between.",
        width=22,
        refers_to="People.employee_id",
        **_HR,
    )

    class Config:
        name = "Mentoring"
        unique = ["employee_id"]
        metadata = about(
            "HR only",
            row_is="a person",
            purpose="Who takes part, with which capacity and focus.",
        )


class MentorSuggestions(SheetModel):
    """One row: one suggested pair, or a person without one."""

    mentee: Text = person_column("Mentee", help="Who learns.", name_header="", **_TOOL)
    mentor: Text = person_column("Mentor", help="Who helps.", name_header="", **_TOOL)
    competencies: Several = column("Competencies", Kind.SEVERAL, help="The gaps it meets.", width=34, **_TOOL)
    reason: Text = column("Reason", Kind.LONG_TEXT, help="Why this pair, or why none.", width=60, **_TOOL)

    class Config:
        name = "Mentor suggestions"
        metadata = about(
            "HR only",
            row_is="a suggestion",
            purpose="Who could help whom, and why.",
            owner="tool",
            in_use=False,
        )


class MentorPairs(SheetModel):
    """One row: one pair."""

    mentor: Text = person_column("Mentor", help="Who helps.", required=True, name_header="Mentor name", **_HR)
    mentee: Text = person_column(
        "Mentee", help="Who learns.", required=True, name_header="Mentee name", **_HR
    )
    since: Day = column("Since", Kind.DATE, help="From when.", width=13, **_HR)
    status: Text = column("Status", help="Where it stands.", choices=MENTOR_PAIR_STATUS, width=12, **_HR)
    reason: Text = column("Reason", Kind.LONG_TEXT, help="Why this pair.", width=52, **_HR)

    class Config:
        name = "Mentor pairs"
        unique = ["mentor", "mentee"]
        metadata = about("HR only", row_is="a pair", purpose="Who meets whom.", owner="shared")


class PlanOutcomes(SheetModel):
    """One row: how often one way of learning closed the gap."""

    method: Text = column("Method", help="How it was learnt.", width=16, **_TOOL)
    actions: Number = column("Actions", Kind.NUMBER, help="Actions done.", width=9, **_TOOL)
    closed: Number = column(
        "Closed",
        Kind.NUMBER,
        help="Gaps closed at the next evaluation.",
        width=9,
        **_TOOL,
    )
    close_rate: Number = column("Close rate", Kind.PERCENT, help="Closed per action.", width=10, **_TOOL)
    caution: Text = column("Caution", Kind.LONG_TEXT, help="How far the number carries.", width=56, **_TOOL)

    class Config:
        name = "Plan outcomes"
        metadata = about(
            "HR only",
            row_is="a method",
            purpose="Which kinds of action closed gaps.",
            owner="tool",
            in_use=False,
        )


class Roi(SheetModel):
    """One row: one line of the estimate of what turnover costs."""

    item: Text = column("Item", help="What is counted.", width=44, **_HR)
    low: Number = column("Low", Kind.NUMBER, help="Cautious.", width=14, **_HR)
    middle: Number = column("Middle", Kind.NUMBER, help="Most likely.", width=14, **_HR)
    high: Number = column("High", Kind.NUMBER, help="Generous.", width=14, **_HR)
    source: Text = column("Source", Kind.LONG_TEXT, help="Where the number comes from.", width=60, **_HR)

    class Config:
        name = "ROI"
        metadata = about(
            "HR only",
            row_is="a line",
            purpose="What preventable turnover costs, in three readings.",
        )


class Requests(SheetModel):
    """One row: one request filed from a menu, and its answer."""

    request_id: Text = column("Request ID", Kind.ID, help="Filled by the menu.", width=38, **_TOOL)
    asked_at: Text = column("Asked at", help="UTC.", width=22, **_TOOL)
    action: Text = column("Action", help="What was asked.", width=18, **_TOOL)
    arguments: Text = column("Arguments", help="For whom.", width=26, **_TOOL)
    state: Text = column("State", help="requested, working, done or failed.", width=12, **_TOOL)
    message: Text = column("Message", Kind.LONG_TEXT, help="The answer.", width=56, **_TOOL)
    link: Text = column("Link", Kind.LINK, help="Where the result is.", width=22, **_TOOL)

    class Config:
        name = "Requests"
        metadata = about(
            "very hidden",
            row_is="a request",
            purpose="Requests from the menu and their answers.",
            owner="tool",
        )
