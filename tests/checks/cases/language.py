"""Wording that nobody can observe."""

from __future__ import annotations

from tests.checks.cases.case import Case
from tests.checks.company import edit

CASES = [
    Case(
        "CS521",
        [
            edit(
                "Expectations",
                1,
                behaviours="Leads the weekly review; Shows Leadership  Presence in meetings",
            )
        ],
        [("Expectations!J7", "CS521")],
        [
            edit(
                "Expectations", 1, behaviours="Presents the plan to the leadership team and answers questions"
            )
        ],
    ),
    Case(
        "CS522",
        [edit("Expectations", 1, behaviours="Understands the rules of the house")],
        [("Expectations!J7", "CS522")],
        [edit("Expectations", 1, behaviours="Explains to a customer what an engineer understands by it")],
    ),
]
