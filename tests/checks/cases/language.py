"""Wording that nobody can observe."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.checks.cases.case import Case
from tests.checks.cases.conversations import action
from tests.checks.company import Change, add, edit


def expects(text: str) -> list[Change]:
    """What E1 is expected to do in communication."""
    return [edit("Expectations", 1, behaviours=text)]


def does(text: str, **cells: Any) -> list[Change]:
    """One open action of a person."""
    return [action(action=text, **cells)]


def template(text: str, **cells: Any) -> list[Change]:
    """One action to give to many."""
    row = {"template": "Practise talks", "kind": "Action", "competency_id": "TALK", "text": text}
    return [add("PlanTemplates", **(row | cells))]


def saw(text: str, day: date = date(2026, 9, 1)) -> list[Change]:
    """One observation."""
    return [add("Observations", employee_id="1003", date=day, behaviour=text)]


CASES = [
    Case(
        "CS521",
        expects("Leads the weekly review; Shows Leadership  Presence in meetings"),
        [("Expectations!J7", "CS521")],
        expects("Presents the plan to the leadership team and answers questions"),
    ),
    Case(
        "CS522",
        expects("Understands the rules of the house"),
        [("Expectations!J7", "CS522")],
        expects("Explains to a customer what an engineer understands by it"),
    ),
    Case(
        "CS523",
        expects("Is very reliable"),
        [("Expectations!J7", "CS523")],
        expects("Names who is responsible for each step"),
    ),
    Case(
        "CS524",
        does("Improve the notes of the planning round"),
        [("Action items!L6", "CS524")],
        does("Improve the share of rounds with notes from 2 in 5 to 5 in 5"),
    ),
    Case(
        "CS525",
        does("Attend the planning round"),
        [("Action items!L6", "CS525")],
        does("Attend the planning round", status="Done", done_on=date(2026, 11, 20)),
    ),
    Case(
        "CS526",
        template("Write the notes of the planning round"),
        [("Plan templates!F6", "CS526")],
        template("Write the notes of the planning round", due_in_days=30),
    ),
    Case(
        "CS527",
        template("The notes of the planning round should be written", due_in_days=30),
        [("Plan templates!F6", "CS527")],
        does("The notes of the planning round should be written"),
    ),
    Case(
        "CS528",
        saw("Never listened to the customer"),
        [("Observations!F6", "CS528")],
        saw("Never listened to the customer", date(2026, 6, 30)),
    ),
    Case(
        "CS529",
        saw("Handled the complaint poorly"),
        [("Observations!F6", "CS529")],
        saw("Repeated the complaint in own words before answering"),
    ),
]
