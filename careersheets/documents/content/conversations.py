"""Which of a person's conversations was the last, and which comes next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ...analysis.check_ins import EARLIEST
from ...vocabulary.conversations import Conversations
from .cycle import CycleFacts
from .wording import listed

OBJECTIVES = {
    "Alignment": "agree on what the role asks and how far the work meets it",
    "Growth": "decide what to learn next, and how",
    "Engagement": "hear what makes the work worth doing, and what stands in its way",
}


def last_held(facts: CycleFacts, employee_id: str) -> Any | None:
    """The row of the conversation held last, up to today; None where there was none."""
    held = [
        row for row in _of(facts, employee_id) if (day := known_day(row.held)) and day <= facts.results.today
    ]
    return max(held, key=lambda row: known_day(row.held) or date.min, default=None)


def coming(facts: CycleFacts, employee_id: str) -> Any | None:
    """The row of the conversation that is planned and not held; the first of several; None where there is none."""
    open_ones = [row for row in _of(facts, employee_id) if known_day(row.held) is None]
    return min(open_ones, key=lambda row: known_day(row.planned) or date.max, default=None)


def next_check_in(facts: CycleFacts, employee_id: str) -> date | None:
    """The day of the next check-in as agreed in the conversation held last, or later; None where none was agreed."""
    held = last_held(facts, employee_id)
    return known_day(held.next_check_in) if held is not None else None


def was_checked_in(facts: CycleFacts, employee_id: str) -> bool:
    """Whether the check-in agreed in the conversation held last, or later, took place."""
    talk, agreed = last_held(facts, employee_id), next_check_in(facts, employee_id)
    done = known_day(talk.check_in_held) if talk is not None else None
    return done is not None and agreed is not None and done >= agreed - EARLIEST


def priorities(facts: CycleFacts, employee_id: str, side: str) -> list[str]:
    """The names of the competencies the "employee" or the "manager" ranked last, three at most, in their order."""
    return [facts.competency_name(code) for code in facts.priorities.get((side, employee_id), [])]


def objectives_told(row: Any | None) -> list[dict[str, str]]:
    """The objectives of a conversation, each with what it means; [] where none is set."""
    several = row.objectives if row is not None and isinstance(row.objectives, tuple | list) else ()
    return [{"name": name, "meaning": OBJECTIVES.get(name, "")} for name in several]


def known_day(value: Any) -> date | None:
    """The day of a cell of a date column; None where it is blank or no date."""
    if not isinstance(value, date) or value != value:  # noqa: PLR0124 - a missing date is unlike itself
        return None
    return value.date() if isinstance(value, datetime) else value


def apart(employee: list[str], manager: list[str]) -> str:
    """How the two rankings differ, in one sentence; "" where one side has ranked nothing."""
    if not employee or not manager:
        return ""
    shared = [name for name in employee if name in manager]
    only = [name for name in [*employee, *manager] if (name in employee) != (name in manager)]
    if not shared:
        return "Nothing stands on both lists: begin with why."
    if not only:
        return "Both named the same." if employee == manager else "Both named the same, in another order."
    return f"On both lists: {listed(shared)}. On one only: {listed(only)}."


def _of(facts: CycleFacts, employee_id: str) -> list[Any]:
    return facts.rows_about(Conversations, employee_id)
