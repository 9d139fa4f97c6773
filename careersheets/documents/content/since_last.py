"""What changed since a person's last evaluation and conversation."""

from __future__ import annotations

from typing import Any

from .conversations import known_day, last_held
from .cycle import CycleFacts
from .gap_table import name_of
from .open_actions import follow_through
from .wording import counted, day, is_number, points, signed, signed_percentage_points


def since_last(facts: CycleFacts, employee_id: str, target: str) -> dict[str, Any]:
    """Ratings that moved, gaps that closed, and what became of the actions.

    Returns:
        `any`; `conversation` (the day of the last one, ""); `changes` (`competency`, `steps` such as "2 → 3", `change`),
        risen first; `closed` (names); `closed_count` in words; `attainment` (change, ""); `actions` in a sentence.

    Source: REQUIREMENTS G6.
    """
    rows = facts.gaps[employee_id, target]
    readiness = facts.readiness[employee_id, target]
    held = last_held(facts, employee_id)
    moved = sorted((row for row in rows if is_number(row.change) and row.change), key=lambda row: -row.change)
    closed = int(readiness.closed_gaps) if is_number(readiness.closed_gaps) else 0
    actions = follow_through(facts, employee_id, known_day(held.held) if held is not None else None)
    known = any(is_number(row.change) for row in rows)
    return {
        "any": bool(known or actions),
        "known": known,
        "conversation": day(held.held, facts.results.settings.language) if held is not None else "",
        "changes": [_change(row) for row in moved],
        "closed": _closed(rows, closed),
        "closed_count": counted(closed, "gap closed", "gaps closed") if known else "",
        "attainment": signed_percentage_points(readiness.change),
        "actions": actions,
    }


def _change(row: Any) -> dict[str, Any]:
    return {
        "competency": name_of(row),
        "steps": f"{points(row.previous)} → {points(row.current)}",
        "change": signed(row.change),
        "rose": bool(row.change > 0),
    }


def _closed(rows: list[Any], count: int) -> list[str]:
    """The competencies whose gap closed; none where what is asked changed meanwhile, so that names and count differ."""
    names = [name_of(row) for row in rows if row.comparable and row.previous < row.required and row.gap <= 0]
    return names if len(names) == count else []
