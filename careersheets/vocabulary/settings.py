"""The sheets of settings and cycles, and the settings there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .choices import CYCLE_STATUS
from .column import Day, Kind, Text, column
from .sheet import SheetModel, about

# What patterns for folders and names of documents may hold in braces.
FOLDER_FIELDS = ("cycle", "kind", "manager", "department", "team")
NAME_FIELDS = ("cycle", "kind", "id", "name", "target", "version")


class Settings(SheetModel):
    """One row: one setting. A row that is missing has its default."""

    setting: Text = column("Setting", help="Its name; do not change it.", width=34, required=True)
    value: Text = column("Value", help="Yours to change.", width=22)
    meaning: Text = column("Meaning", Kind.LONG_TEXT, help="What it does.", width=84)

    class Config:
        name = "Settings"
        unique = ["setting"]
        metadata = about(
            "set-up",
            row_is="a setting",
            purpose="Thresholds, paper, language, names of documents.",
        )


class Cycles(SheetModel):
    """One row: one evaluation cycle. Start and end are inclusive."""

    cycle: Text = column(
        "Cycle",
        Kind.ID,
        help="Short and stable, for example 2026-H2.",
        width=12,
        required=True,
    )
    start: Day = column("Start", Kind.DATE, help="First day of the period.", width=13)
    end: Day = column("End", Kind.DATE, help="Last day of the period.", width=13)
    scores_due: Day = column("Scores due", Kind.DATE, help="Until when managers hand in.", width=13)
    framework_version: Text = column(
        "Framework version", help="Which version of the framework counts.", width=14
    )
    status: Text = column("Status", help="Planned, Open or Closed.", choices=CYCLE_STATUS, width=11)

    class Config:
        name = "Cycles"
        unique = ["cycle"]
        metadata = about(
            "set-up",
            row_is="a cycle",
            purpose="The evaluation cycles; the open one is the one in hand.",
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting HR may change: its name, default, and bounds if it is a number.

    `choices` lists what may be entered if not everything may; `form` says what a text has to be instead.
    """

    key: str
    name: str
    default: str | float
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    form: Literal["", "time zone", "weekdays", "days", "folder pattern", "name pattern", "e-mail"] = ""


SETTINGS = (
    Setting("organisation", "Organisation", "", "Printed at the top of every document."),
    Setting(
        "current_cycle",
        "Current cycle",
        "",
        "The cycle in hand; blank means the open one that started last.",
    ),
    Setting(
        "ready_attainment",
        "Ready from attainment",
        0.95,
        "Ready for a level: at least this attainment, and every critical competency met.",
        0,
        1,
    ),
    Setting(
        "near_attainment",
        "Near from attainment",
        0.85,
        "Near a level: at least this attainment, and no more critical gaps than the next line allows.",
        0,
        1,
    ),
    Setting(
        "near_critical_gaps",
        "Near allows critical gaps",
        1,
        "How many critical competencies may be short, each by one step of its scale at most.",
        0,
        10,
    ),
    Setting(
        "least_coverage",
        "Least coverage",
        0.8,
        "Below this share of rated weight, readiness is not stated: too little is known.",
        0,
        1,
    ),
    Setting(
        "evidence_change",
        "Evidence for a change of",
        2,
        "A rating that moved by this many points since last cycle needs evidence.",
        0.5,
        10,
    ),
    Setting(
        "self_manager_difference",
        "Talk about a difference of",
        2,
        "Self and manager this many points apart is worth a conversation.",
        0.5,
        10,
    ),
    Setting(
        "observations_wanted",
        "Observations wanted",
        2,
        "How many observations a conversation pack needs at least.",
        0,
        10,
    ),
    Setting("paper", "Paper", "A4", "Paper of the documents.", choices=("A4", "Letter")),
    Setting(
        "language",
        "Language",
        "en-GB",
        "Language tag of the documents; dates are written its way.",
        choices=("en-GB", "en-US"),
    ),
    Setting(
        "time_zone",
        "Time zone",
        "UTC",
        "For due hours and calendar files, for example Europe/Lisbon.",
        form="time zone",
    ),
    Setting("working_days", "Working days", "Mon;Tue;Wed;Thu;Fri", "With ; between.", form="weekdays"),
    Setting("holidays", "Holidays", "", "Days without work, as 2026-12-25, with ; between.", form="days"),
    Setting(
        "conversations_a_week",
        "Conversations a week",
        3,
        "How many conversations a manager can have in a week; free days are proposed within it.",
        1,
        50,
    ),
    Setting(
        "stuck_after_months",
        "Long in level from months",
        36,
        "From then on a person counts as stuck; so does one who closed no gap in two cycles.",
        1,
        600,
    ),
    Setting(
        "document_folder",
        "Document folder",
        "{cycle}/{manager}",
        "Where documents go, beside the workbook. Fields: {cycle} {kind} {manager} {department} {team}.",
        form="folder pattern",
    ),
    Setting(
        "document_name",
        "Document name",
        "{kind} {name} {id}",
        "What documents are called. Fields: {cycle} {kind} {id} {name} {target} {version}.",
        form="name pattern",
    ),
    Setting(
        "equity_columns",
        "Equity columns",
        "",
        "Kept for later: columns of People by which outcomes would be compared, with ; between.",
    ),
    Setting(
        "backups_kept",
        "Backups kept",
        10,
        "How many copies of the workbook are kept.",
        1,
        1000,
    ),
    Setting(
        "retention_months",
        "Retention months",
        36,
        "Your rule after how many months documents and records go; careersheets deletes nothing by itself.",
        1,
        600,
    ),
    Setting(
        "hr_email",
        "HR e-mail",
        "",
        "HR's own address: where documents go that are sent to HR.",
        form="e-mail",
    ),
)
