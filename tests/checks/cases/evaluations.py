"""The steps of an evaluation."""

from __future__ import annotations

from datetime import date

from tests.checks.cases.case import Case
from tests.checks.company import edit

CASES = [
    Case(
        "CS501",
        [edit("Evaluations", 0, approved=None)],
        [("Evaluations!O6", "CS501")],
        [edit("Evaluations", 1, submitted=None)],
    ),
    Case(
        "CS502",
        [edit("Evaluations", 0, submitted=date(2026, 11, 10))],
        [("Evaluations!O6", "CS502")],
        [edit("Evaluations", 0, submitted=date(2026, 11, 9))],
    ),
    Case(
        "CS503",
        [edit("Evaluations", 0, approver="1001")],
        [("Evaluations!M6", "CS503")],
        [edit("Evaluations", 3, approver="1001")],
    ),
    Case(
        "CS504",
        [edit("Evaluations", 0, approver="1002")],
        [("Evaluations!M6", "CS504")],
        [edit("Evaluations", 0, approver="1003")],
    ),
    Case(
        "CS505",
        [edit("Evaluations", 1, status="Returned", submitted=date(2026, 11, 2))],
        [("Evaluations!Q7", "CS505")],
        [
            edit("Evaluations", 1, status="Returned", submitted=date(2026, 11, 2)),
            edit("Evaluations", 1, return_reason="Say what was seen for the two fours."),
        ],
    ),
    Case(
        "CS506",
        [edit("Evaluations", 0, approver=None)],
        [("Evaluations!M6", "CS506")],
        [edit("Evaluations", 1, approver=None)],
    ),
    Case(
        "CS507",
        [edit("Evaluations", 1, level_code=None)],
        [("Evaluations!E7", "CS507")],
        [edit("Evaluations", 3, level_code=None)],
    ),
    Case(
        "CS508",
        [edit("Evaluations", 0, released=date(2026, 11, 23))],
        [("Evaluations!P6", "CS508")],
        [edit("Evaluations", 0, released=date(2026, 11, 22))],
    ),
    Case(
        "CS509",
        [edit("Evaluations", 1, manager="1003")],
        [("Evaluations!G7", "CS509")],
        [edit("Evaluations", 1, manager="1002")],
    ),
]
