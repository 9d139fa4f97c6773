"""Cells and rows against what their own column declares."""

from __future__ import annotations

from tests.checks.cases.case import Case, score
from tests.checks.company import edit

CASES = [
    Case(
        "CS101",
        [edit("People", 2, level_code=None)],
        [("People!E8", "CS101")],
        [edit("Levels", 2, family=None)],
    ),
    Case(
        "CS102",
        [edit("Answers", 0, employee_id=None)],
        [("Answers!B6", "CS102")],
        [edit("Answers", 0, question=None)],
    ),
    Case(
        "CS103",
        [edit("Cycles", 2, status="Opened")],
        [("Cycles!G8", "CS103")],
        [edit("Cycles", 0, status=None)],
    ),
    Case(
        "CS104",
        [edit("Answers", 0, visible_to="HR")],
        [("Answers!I6", "CS104")],
        [edit("Answers", 0, visible_to=None)],
    ),
    Case(
        "CS105",
        [score("1003", "CODE")],
        [("Scores!E15", "CS105")],
        [score("1003", "CODE", "2026-H1", manager_rating=2)],
    ),
    Case(
        "CS106",
        [score("1002", "CODE", "2025-H2", manager_rating=3)],
        [("Scores!E15", "CS106")],
        [score("1002", "TALK", "2025-H2", manager_rating=3)],
    ),
    Case(
        "CS107",
        [edit("Expectations", 3, weight=-40), edit("Expectations", 2, weight=120)],
        [("Expectations!G9", "CS107")],
        [edit("Expectations", 3, weight=0), edit("Expectations", 2, weight=80)],
    ),
    Case(
        "CS108",
        [edit("Conversations", 0, pulse_before=0)],
        [("Conversations!Q6", "CS108")],
        [edit("Conversations", 0, pulse_before=1)],
    ),
]
