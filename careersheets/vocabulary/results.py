"""The sheets the tool writes. HR reads, filters and prints them; every run replaces them."""

from __future__ import annotations

from typing import Any

from .choices import BAND, DOCUMENT_STATE, GAP_BAND, SEVERITY
from .column import (
    Day,
    Kind,
    Number,
    Several,
    Text,
    YesNo,
    column,
    competency_column,
    cycle_column,
    level_column,
    person_column,
)
from .sheet import SheetModel, about

_TOOL: dict[str, Any] = {"owner": "tool", "audience": "manager"}
_FOR_HR: dict[str, Any] = {"owner": "tool", "audience": "hr"}


class ToFix(SheetModel):
    """One row: one finding."""

    severity: Text = column(
        "Severity",
        help="Errors hold documents back; warnings and notes do not.",
        choices=SEVERITY,
        width=11,
        **_FOR_HR,
    )
    sheet: Text = column("Sheet", help="Where it is.", width=17, **_FOR_HR)
    cell: Text = column("Cell", Kind.LINK, help="Click to go there.", width=20, **_FOR_HR)
    who: Text = column("Who", help="Whose numbers it touches.", width=22, **_FOR_HR)
    finding: Text = column("Finding", Kind.LONG_TEXT, help="What is wrong.", width=66, **_FOR_HR)
    what_to_do: Text = column("What to do", Kind.LONG_TEXT, help="How to put it right.", width=56, **_FOR_HR)
    code: Text = column("Code", help="For the page of all findings.", width=9, **_FOR_HR)

    class Config:
        name = "To fix"
        metadata = about(
            "daily",
            row_is="a finding",
            purpose="What the last check found, worst first; click a cell to go there.",
            owner="tool",
        )


class ThisWeek(SheetModel):
    """One row: one reminder."""

    who: Text = column("Who", help="Whom it is about.", width=24, **_TOOL)
    what: Text = column("What", Kind.LONG_TEXT, help="What is due.", width=52, **_TOOL)
    due: Day = column("Due", Kind.DATE, help="Until when.", width=13, **_TOOL)
    state: Text = column("State", help="Due, overdue or never had.", width=13, **_TOOL)
    for_whom: Text = column("For", help="Who should act.", width=24, **_TOOL)
    link: Text = column("Link", Kind.LINK, help="Click to go there.", width=22, **_TOOL)

    class Config:
        name = "This week"
        metadata = about(
            "daily",
            row_is="a reminder",
            purpose="What is due, overdue or was never had.",
            owner="tool",
        )


class Gaps(SheetModel):
    """One row: one person, target level and competency. Gap = required - current; positive means to develop."""

    cycle: Text = cycle_column(**_TOOL)
    employee_id: Text = person_column(name_header="", **_TOOL)
    name: Text = column("Name", help="The person.", width=24, **_TOOL)
    target_level: Text = level_column("Target level", name_header="", **_TOOL)
    competency_id: Text = competency_column(name_header="", **_TOOL)
    competency: Text = column("Competency", help="Its title.", width=26, **_TOOL)
    current: Number = column(
        "Current",
        Kind.RATING,
        help="Agreed if there is one, else the manager's.",
        width=9,
        **_TOOL,
    )
    required: Number = column(
        "Required",
        Kind.RATING,
        help="What the target level asks for.",
        width=9,
        **_TOOL,
    )
    gap: Number = column(
        "Gap", Kind.NUMBER, help="Required minus current; positive means to develop.", width=8, **_TOOL
    )
    required_now: Number = column(
        "Required now", Kind.RATING, help="What the person's own level asks for.", width=10, **_TOOL
    )
    gap_now: Number = column("Gap now", Kind.NUMBER, help="Against the person's own level.", width=8, **_TOOL)
    weight: Number = column("Weight", Kind.NUMBER, help="At the target level.", width=8, **_TOOL)
    critical: YesNo = column("Critical", Kind.YES_NO, help="At the target level.", width=9, **_TOOL)
    priority: Number = column(
        "Priority",
        Kind.NUMBER,
        help="Gap as a share of the scale, times weight, doubled if the employee ranked it.",
        width=9,
        **_TOOL,
    )
    band: Text = column(
        "Band",
        help="Above, at or below what is required.",
        choices=GAP_BAND,
        width=16,
        **_TOOL,
    )
    change: Number = column(
        "Change since last", Kind.NUMBER, help="Points since the person's last evaluation.", width=10, **_TOOL
    )

    class Config:
        name = "Gaps"
        metadata = about(
            "results",
            row_is="a person, target and competency",
            purpose="What each person has still to develop for each target level.",
            owner="tool",
        )


class Readiness(SheetModel):
    """One row: one person and target level."""

    cycle: Text = cycle_column(**_TOOL)
    employee_id: Text = person_column(name_header="", **_TOOL)
    name: Text = column("Name", help="The person.", width=24, **_TOOL)
    target_level: Text = level_column("Target level", name_header="", **_TOOL)
    attainment: Number = column(
        "Attainment", Kind.PERCENT, help="How much of what is asked is there, by weight.", width=11, **_TOOL
    )
    share_met: Number = column(
        "Share met",
        Kind.PERCENT,
        help="How much of what is asked is fully met, by weight.",
        width=10,
        **_TOOL,
    )
    coverage: Number = column(
        "Coverage", Kind.PERCENT, help="How much of what is asked was rated, by weight.", width=10, **_TOOL
    )
    critical_unmet: Number = column(
        "Critical unmet", Kind.NUMBER, help="Critical competencies below what is required.", width=9, **_TOOL
    )
    band: Text = column("Band", help="As set on the sheet Settings.", choices=BAND, width=17, **_TOOL)
    change: Number = column(
        "Change since last",
        Kind.PERCENT,
        help="Change of attainment since the last evaluation.",
        width=10,
        **_TOOL,
    )
    closed_gaps: Number = column(
        "Closed gaps", Kind.NUMBER, help="Gaps of last time that are closed.", width=8, **_TOOL
    )
    first_broken_link: Text = column(
        "First broken link", help="Where this person's loop stops.", width=26, **_FOR_HR
    )

    class Config:
        name = "Readiness"
        metadata = about(
            "results",
            row_is="a person and target",
            purpose="How near each person is to each target level.",
            owner="tool",
        )


class Paths(SheetModel):
    """One row: one level a person could reach."""

    employee_id: Text = person_column(name_header="", **_TOOL)
    level_code: Text = level_column(name_header="", **_TOOL)
    attainment: Number = column(
        "Attainment", Kind.PERCENT, help="How much of what the level asks is there.", width=11, **_TOOL
    )
    missing: Several = column(
        "Missing", Kind.SEVERAL, help="Competencies below what the level asks.", width=48, **_TOOL
    )
    transferable: Several = column(
        "Transferable", Kind.SEVERAL, help="Strengths that count there too.", width=48, **_TOOL
    )

    class Config:
        name = "Paths"
        metadata = about(
            "results",
            row_is="a person and reachable level",
            purpose="Where each person could go from here.",
            owner="tool",
            in_use=False,
        )


class TeamView(SheetModel):
    """One row: one person; the columns after these are competencies, one each, holding the gap to the first target."""

    employee_id: Text = person_column(name_header="", **_TOOL)
    name: Text = column("Name", help="The person.", width=24, **_TOOL)
    team: Text = column("Team", help="As on the sheet People.", width=16, **_TOOL)
    target_level: Text = level_column("Target level", name_header="", **_TOOL)
    attainment: Number = column("Attainment", Kind.PERCENT, help="For the first target.", width=11, **_TOOL)

    class Config:
        name = "Team view"
        metadata = about(
            "results",
            row_is="a person",
            purpose="The gaps of a team at a glance.",
            owner="tool",
        )


class Documents(SheetModel):
    """One row: one document and where it stands."""

    employee_id: Text = person_column(name_header="", **_TOOL)
    kind: Text = column("Kind", help="What kind of document.", width=24, **_TOOL)
    file: Text = column("File", help="Its name.", width=76, **_TOOL)
    link: Text = column("Link", Kind.LINK, help="Click to open it.", width=10, **_TOOL)
    made: Day = column("Made", Kind.DATE, help="When it was made.", width=16, **_TOOL)
    state: Text = column(
        "State",
        help="Made, draft, held or failed.",
        choices=DOCUMENT_STATE,
        width=13,
        **_TOOL,
    )
    recipient: Text = column("Recipient", help="For whom it is meant.", width=28, **_TOOL)
    sent: Day = column("Sent", Kind.DATE, help="When it was sent.", width=16, **_TOOL)
    error: Text = column(
        "Error",
        Kind.LONG_TEXT,
        help="Why it was not made or not sent.",
        width=56,
        **_FOR_HR,
    )

    class Config:
        name = "Documents"
        metadata = about(
            "results",
            row_is="a document",
            purpose="Every document of the last run, and where it stands.",
            owner="tool",
        )
