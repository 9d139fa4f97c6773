"""A small company in whose workbook nothing is wrong, and ways to spoil it.

Rows begin in row 6, in the order below: person 0 stands in row 6, person 1 in row 7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careersheets.checks.run import check_tables
from careersheets.model.findings import Finding
from careersheets.tables.settings import WorkbookSettings
from tests.support.tables import tables_from

TODAY = date(2026, 11, 22)
CYCLE = "2026-H2"

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Workbook:
    """The rows of each sheet, the columns that a sheet lacks, and the settings."""

    rows: Rows
    lacking: dict[str, list[str]] = field(default_factory=dict)
    settings: WorkbookSettings = field(default_factory=WorkbookSettings)


Change = Callable[[Workbook], None]


def edit(sheet: str, number: int, **cells: Any) -> Change:
    """Other cells in row `number` (from 0) of `sheet`."""

    def change(book: Workbook) -> None:
        book.rows[sheet][number] |= cells

    return change


def add(sheet: str, **cells: Any) -> Change:
    """One more row at the end of `sheet`."""

    def change(book: Workbook) -> None:
        book.rows.setdefault(sheet, []).append(cells)

    return change


def drop(sheet: str, number: int) -> Change:
    """Row `number` of `sheet` is not there; those below move up."""

    def change(book: Workbook) -> None:
        del book.rows[sheet][number]

    return change


def empty(sheet: str) -> Change:
    """`sheet` has no rows."""

    def change(book: Workbook) -> None:
        book.rows[sheet] = []

    return change


def lack(sheet: str, *columns: str) -> Change:
    """`sheet`, by its name in the workbook, does not have `columns`."""

    def change(book: Workbook) -> None:
        book.lacking.setdefault(sheet, []).extend(columns)

    return change


def configure(**settings: Any) -> Change:
    """Other settings."""

    def change(book: Workbook) -> None:
        book.settings = WorkbookSettings(**settings)

    return change


def spoilt(*changes: Change) -> Workbook:
    """The company's workbook after `changes`."""
    book = Workbook(clean_rows())
    for change in changes:
        change(book)
    return book


def findings_in(book: Workbook) -> list[Finding]:
    """What the checks say about `book`."""
    tables = tables_from(book.lacking, **book.rows)
    return check_tables(tables, book.settings, CYCLE, TODAY)


def places(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """`("Scores!H6", "CS203")` for each."""
    return [(finding.place, finding.rule.code) for finding in findings]


def clean_rows() -> Rows:
    """Three people and one who left, two levels and a fork, three cycles."""
    return {
        "People": _people(),
        "Evaluations": _evaluations(),
        "Scores": _scores(),
        "Levels": [
            {"level_code": "E1", "family": "Engineering", "track": "IC", "rank": 1, "next_levels": "E2"},
            {"level_code": "E2", "family": "Engineering", "track": "IC", "rank": 2, "next_levels": "E3;M1"},
            {"level_code": "E3", "family": "Engineering", "track": "IC", "rank": 3},
            {"level_code": "M1", "family": "Engineering", "track": "Management", "rank": 3},
        ],
        "Competencies": [
            {"competency_id": "CODE", "competency": "Code quality", "scale": "Default"},
            {"competency_id": "TALK", "competency": "Communication", "scale": "Default"},
            {"competency_id": "CALL", "competency": "Incident response", "scale": "Practice"},
        ],
        "Expectations": _expectations(),
        "RatingScales": [
            {"scale": "Default", "value": value, "label": label, "step": 1}
            for value, label in enumerate(("Learning", "Developing", "Independent", "Guiding", "Shaping"), 1)
        ]
        + [
            {"scale": "Practice", "value": value, "label": label, "step": 1}
            for value, label in enumerate(("Not yet", "With support", "On own"))
        ],
        "Cycles": [
            {"cycle": "2025-H2", "start": date(2025, 7, 1), "end": date(2025, 12, 31), "status": "Closed"},
            {"cycle": "2026-H1", "start": date(2026, 1, 1), "end": date(2026, 6, 30), "status": "Closed"},
            {
                "cycle": "2026-H2",
                "start": date(2026, 7, 1),
                "end": date(2026, 12, 31),
                "scores_due": date(2027, 1, 15),
                "status": "Open",
            },
        ],
        "Conversations": [
            {"conversation_id": "C-1", "employee_id": "1003", "cycle": CYCLE, "pulse_before": 3},
        ],
        "Answers": [
            {"employee_id": "1003", "conversation_id": "C-1", "said_by": "Employee", "visible_to": "HR only"},
        ],
    }


def _people() -> list[dict[str, Any]]:
    return [
        {
            "employee_id": "1001",
            "name": "Ngozi Adeyemi",
            "email": "ngozi@tallowbridge.example",
            "level_code": "M1",
            "level_since": date(2023, 4, 1),
            "hired": date(2019, 2, 1),
        },
        {
            "employee_id": "1002",
            "name": "Łucja Wójcik",
            "email": "lucja@tallowbridge.example",
            "level_code": "E2",
            "manager": "1001",
            "hired": date(2021, 9, 1),
            "track_preference": "Undecided",
            "target_1": "E3",
            "target_2": "M1",
        },
        {
            "employee_id": "1003",
            "name": "Hồ Thị Mai",
            "email": "mai@tallowbridge.example",
            "level_code": "E1",
            "manager": "1001",
            "hired": date(2024, 1, 8),
            "track_preference": "IC",
            "active": "Yes",
        },
        {
            "employee_id": "1004",
            "name": "Óscar Iturralde",
            "email": "oscar@tallowbridge.example",
            "level_code": "E1",
            "manager": "1001",
            "active": "No",
        },
    ]


def _evaluations() -> list[dict[str, Any]]:
    return [
        {
            "cycle": CYCLE,
            "employee_id": "1002",
            "level_code": "E2",
            "manager": "1001",
            "targets": "E3;M1",
            "status": "Released",
            "submitted": date(2026, 11, 2),
            "approver": "1003",
            "approved": date(2026, 11, 9),
            "released": date(2026, 11, 16),
        },
        {"cycle": CYCLE, "employee_id": "1003", "level_code": "E1", "manager": "1001", "status": "Draft"},
        {"cycle": CYCLE, "employee_id": "1001", "level_code": "M1", "manager": "1002", "status": "Draft"},
        {"cycle": "2026-H1", "employee_id": "1002", "level_code": "E2", "status": "Released"},
        {"cycle": "2025-H2", "employee_id": "1002", "level_code": "E1", "status": "Released"},
    ]


def _scores() -> list[dict[str, Any]]:
    def score(cycle: str, who: str, what: str, manager: object, **more: Any) -> dict[str, Any]:
        return {
            "cycle": cycle,
            "employee_id": who,
            "competency_id": what,
            "manager_rating": manager,
            "evidence": "Moved the invoices to the new printer queue without losing one.",
            **more,
        }

    return [
        score(CYCLE, "1002", "CODE", 4, self_rating=3, evidence_date=date(2026, 8, 4)),
        score(CYCLE, "1002", "TALK", 3, self_rating=3, evidence_date=date(2026, 11, 3)),
        score(CYCLE, "1002", "CALL", 2, self_rating=2),
        score(CYCLE, "1003", "CODE", 2),
        score(CYCLE, "1003", "TALK", 3),
        score(CYCLE, "1001", "TALK", 4),
        score("2026-H1", "1002", "CODE", 3),
        score("2026-H1", "1002", "TALK", 3),
        score("2025-H2", "1002", "CODE", 2),
    ]


def _expectations() -> list[dict[str, Any]]:
    def asks(level: str, what: str, required: object, weight: float | None, does: str) -> dict[str, Any]:
        return {
            "level_code": level,
            "competency_id": what,
            "required": required,
            "weight": weight,
            "behaviours": does,
        }

    return [
        asks("E1", "CODE", 2, None, "Writes changes that pass review with few remarks"),
        asks("E1", "TALK", 2, None, "Says early when a task takes longer"),
        asks("E2", "CODE", 3, 40, "Reviews the changes of two colleagues each week"),
        asks("E2", "TALK", 3, 40, "Writes the notes that the team decides from"),
        asks("E2", "CALL", 1, 20, "Restores service with a colleague at hand"),
        asks("E3", "CODE", 4, 50, "Splits a large change into safe steps"),
        asks("E3", "CALL", 2, 50, "Leads the response to an outage"),
        asks("M1", "TALK", 4, 100, "Tells every member of the team what is expected"),
    ]
