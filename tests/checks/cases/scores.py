"""Ratings, their evidence, and whether all are there."""

from __future__ import annotations

from datetime import date

from tests.checks.cases.case import Case, half_points, score
from tests.checks.company import configure, drop, edit

CASES = [
    Case(
        "CS201",
        [edit("Scores", 0, manager_rating=None)],
        [("Scores!H6", "CS201")],
        [edit("Scores", 0, manager_rating=None, agreed_rating=4), edit("Scores", 3, manager_rating=None)],
    ),
    Case(
        "CS202",
        [drop("Scores", 2)],
        [("Evaluations!J6", "CS202")],
        [drop("Scores", 3), edit("Expectations", 4, optional="Yes")],
    ),
    Case(
        "CS203",
        [edit("Scores", 0, manager_rating=6)],
        [("Scores!H6", "CS203")],
        [edit("Scores", 0, manager_rating=5)],
    ),
    Case(
        "CS204",
        [edit("Scores", 8, manager_rating=0)],
        [("Scores!H14", "CS204")],
        [edit("Scores", 8, manager_rating=1)],
    ),
    Case(
        "CS205",
        [edit("Scores", 0, manager_rating=3.5)],
        [("Scores!H6", "CS205")],
        [edit("Scores", 0, manager_rating=3.5), *half_points()],
    ),
    Case(
        "CS206",
        [edit("Scores", 0, manager_rating="N/A")],
        [("Scores!J6", "CS206")],
        [edit("Scores", 0, manager_rating="N/A", na_reason="On leave until October")],
    ),
    Case(
        "CS207",
        [edit("Scores", 0, manager_rating=5, self_rating=4, evidence=None)],
        [("Scores!K6", "CS207")],
        [edit("Scores", 0, manager_rating=4, evidence=None)],
    ),
    Case(
        "CS208",
        [edit("Scores", 6, manager_rating=2), edit("Scores", 0, evidence=None)],
        [("Scores!K6", "CS208")],
        [edit("Scores", 6, manager_rating=3), edit("Scores", 0, evidence=None)],
    ),
    Case(
        "CS209",
        [edit("Scores", 1, evidence_date=date(2026, 6, 30))],
        [("Scores!L7", "CS209")],
        [edit("Scores", 1, evidence_date=date(2026, 12, 31))],
    ),
    Case(
        "CS210",
        [edit("Scores", 0, self_rating=2)],
        [("Scores!H6", "CS210")],
        [edit("Scores", 0, self_rating=2), configure(self_manager_difference=3)],
    ),
    Case(
        "CS211",
        [
            edit("Scores", 0, evidence_date=date(2026, 11, 16)),
            edit("Scores", 1, evidence_date=date(2026, 11, 20)),
        ],
        [("Scores!L6", "CS211")],
        [
            edit("Scores", 0, evidence_date=date(2026, 11, 15)),
            edit("Scores", 1, evidence_date=date(2026, 11, 20)),
        ],
    ),
    Case(
        "CS212",
        [edit("Scores", 0, manager_rating=3), edit("Scores", 2, manager_rating=1)],
        [("Scores!H6", "CS212")],
        [edit("Scores", 0, manager_rating=3), edit("Scores", 2, manager_rating=2)],
    ),
    Case(
        "CS213",
        [score("1001", "CALL", manager_rating=1)],
        [("Scores!E15", "CS213")],
        [score("1003", "CALL", manager_rating=1)],
    ),
    Case("CS214", [drop("Evaluations", 1)], [("Scores!C9", "CS214")], [drop("Evaluations", 3)]),
    Case("CS215", [drop("Scores", 5)], [("Evaluations!C8", "CS215")], [drop("Scores", 4)]),
]
