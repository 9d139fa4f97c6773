"""The cycles."""

from __future__ import annotations

from datetime import date

from tests.checks.cases.case import Case
from tests.checks.company import CYCLE, configure, drop, edit, empty

CASES = [
    Case(
        "CS321",
        [edit("Cycles", 0, end=date(2025, 6, 30))],
        [("Cycles!D6", "CS321")],
        [edit("Cycles", 0, end=date(2025, 7, 1))],
    ),
    Case(
        "CS322", [edit("Cycles", 0, end=None)], [("Cycles!C6", "CS322")], [edit("Cycles", 0, scores_due=None)]
    ),
    Case(
        "CS323",
        [edit("Cycles", 1, start=date(2025, 12, 31))],
        [("Cycles!C7", "CS323")],
        [edit("Cycles", 1, start=date(2026, 1, 2))],
    ),
    Case(
        "CS324",
        [edit("Cycles", 1, status="Open")],
        [("Cycles!G8", "CS324")],
        [edit("Cycles", 1, status="Open"), configure(current_cycle=CYCLE)],
    ),
    Case(
        "CS325",
        [edit("Cycles", 2, status="Closed")],
        [("Cycles!G8", "CS325")],
        [edit("Cycles", 1, status=None)],
    ),
    Case(
        "CS326",
        [edit("Cycles", 2, scores_due=date(2026, 12, 30))],
        [("Cycles!E8", "CS326")],
        [edit("Cycles", 2, scores_due=date(2026, 12, 31))],
    ),
    Case(
        "CS327",
        [drop("Evaluations", 0), drop("Evaluations", 0), drop("Evaluations", 0), empty("Scores")],
        [("Cycles!B8", "CS327")],
        [drop("Evaluations", 0), drop("Evaluations", 0), empty("Scores")],
    ),
]
