"""Goals and actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.checks.cases.case import Case
from tests.checks.cases.conversations import action
from tests.checks.company import Change, add


def goal(**cells: Any) -> Change:
    """A whole goal of one's own."""
    whole = {
        "employee_id": "1003",
        "type": "REAL",
        "goal": "Chair the weekly planning round",
        "relevant": "It is where the team decides",
        "experiment": "Chair two rounds with a colleague at hand",
        "aspiration": "Leading a small project",
        "learning_outcome": "How to bring a discussion to a decision",
        "set_on": date(2026, 9, 1),
        "proposed_by": "Employee",
        "organisation_goal": "Plans that hold",
        "business_contribution": "Rounds end in time",
        "measure": "Three rounds chaired",
        "due": date(2027, 3, 1),
        "horizon": "Short",
        "status": "In progress",
    }
    return add("Goals", **(whole | cells))


CASES = [
    Case(
        "CS541",
        [action(employee_id="1001", conversation_id=None, competency_id="CODE")],
        [("Action items!G6", "CS541")],
        [action(employee_id="1001", conversation_id=None, competency_id="CODE", target_level="M1")],
    ),
    Case("CS542", [action(owner=None)], [("Action items!L6", "CS542")], [action(owner=None, status="Dropped")]),
    Case(
        "CS543",
        [action(status="Done")],
        [("Action items!T6", "CS543")],
        [action(status="Done", done_on=date(2026, 11, 20))],
    ),
    Case(
        "CS544",
        [action(due=date(2026, 10, 4))],
        [("Action items!R6", "CS544")],
        [action(due=date(2026, 10, 5))],
    ),
    Case("CS545", [goal(experiment=None)], [("Goals!F6", "CS545")], [goal(type="SMART", experiment=None)]),
    Case("CS546", [goal(due=date(2027, 3, 2))], [("Goals!S6", "CS546")], [goal(horizon="Medium", due=date(2028, 2, 1))]),
    Case(
        "CS547",
        [goal(proposed_by="Manager")],
        [("Goals!L6", "CS547")],
        [goal(proposed_by="Manager"), goal(proposed_by="Both")],
    ),
    Case("CS548", [goal(organisation_goal=None)], [("Goals!F6", "CS548")], [goal(status="Done", organisation_goal=None)]),
]  # fmt: skip
