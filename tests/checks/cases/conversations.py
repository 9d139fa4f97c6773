"""Conversations, disputes and peer input."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.checks.cases.case import Case
from tests.checks.company import CYCLE, Change, add, edit


def held(**cells: Any) -> list[Change]:
    """The company's conversation was held and closed, its summary sent, with one action agreed."""
    closed = {
        "held": date(2026, 10, 5),
        "direction_kind": "Exploring",
        "employee_priorities": "TALK",
        "summary_sent": date(2026, 10, 6),
        "next_check_in": date(2026, 11, 23),
    }
    return [edit("Conversations", 0, **(closed | cells)), action()]


def action(**cells: Any) -> Change:
    """An action agreed in the company's conversation."""
    whole = {
        "employee_id": "1003",
        "conversation_id": "C-1",
        "competency_id": "TALK",
        "action": "Write the notes of the planning round for the team by 30 November",
        "owner": "1003",
        "start": date(2026, 10, 5),
        "due": date(2026, 11, 30),
        "evidence_of_done": "The notes are in the team's folder.",
        "status": "Open",
    }
    return add("ActionItems", **(whole | cells))


def seen(count: int, day: date = date(2026, 9, 1)) -> list[Change]:
    return [
        add(
            "Observations", employee_id="1003", date=day, behaviour=f"Asked the customer twice, time {number}"
        )
        for number in range(count)
    ]


def peers(*raters: str) -> list[Change]:
    return [
        add("PeerInput", employee_id="1003", cycle=CYCLE, competency_id="TALK", rater=rater)
        for rater in raters
    ]


PLANNED = edit("Conversations", 0, planned=date(2026, 12, 1))

CASES = [
    Case("CS531", held(next_check_in=None), [("Conversations!H6", "CS531")], held()),
    Case("CS531", [*held()[:1], action(status="Dropped")], [("Conversations!H6", "CS531")], held()),
    Case(
        "CS532",
        held(summary_sent=None),
        [("Conversations!S6", "CS532")],
        held(held=date(2026, 11, 20), summary_sent=None, next_check_in=date(2027, 1, 1)),
    ),
    Case(
        "CS533",
        held(next_check_in=date(2026, 12, 1)),
        [("Conversations!Y6", "CS533")],
        held(next_check_in=date(2026, 11, 30)),
    ),
    Case(
        "CS533",
        held(check_in_held=date(2026, 11, 20), next_check_in=date(2027, 2, 1)),
        [("Conversations!Y6", "CS533")],
        held(check_in_held=date(2026, 11, 20), next_check_in=date(2027, 1, 11)),
    ),
    Case(
        "CS534", [PLANNED, *seen(1), *seen(3, date(2026, 6, 30))], [("Conversations!G6", "CS534")], [PLANNED, *seen(2)]
    ),
    Case(
        "CS535",
        [edit("Conversations", 0, planned=date(2026, 11, 21)), *seen(2)],
        [("Conversations!G6", "CS535")],
        [edit("Conversations", 0, planned=date(2026, 11, 22)), *seen(2)],
    ),
    Case(
        "CS536",
        [add("Competencies", competency_id="PLAN", competency="Planning", scale="Default"),
         add("Expectations", level_code="E1", competency_id="PLAN", required=2, behaviours="Writes a plan of the week"),
         edit("Conversations", 0, manager_priorities="TALK;CODE;CALL;PLAN")],
        [("Conversations!O6", "CS536")],
        [edit("Conversations", 0, manager_priorities="TALK;CODE;CALL")],
    ),
    Case(
        "CS537",
        [edit("Scores", 0, response="Dispute", resolution="Stays at 4: see the review of May.")],
        [("Scores!P6", "CS537")],
        [edit("Scores", 0, response="Dispute", resolution="Stays at 4.", resolved_by="1001", resolved_on=date(2026, 11, 12))],
    ),
    Case(
        "CS538",
        peers("1001", "1002", "1002"),
        [("Peer input!G6", "CS538")],
        peers("1001", "1002", "1004"),
    ),
]  # fmt: skip
