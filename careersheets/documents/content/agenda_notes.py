"""What a manager should have at hand in each part of a career conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...vocabulary.conversations import ReadinessCriteria
from .conversations import known_day
from .cycle import CycleFacts
from .gap_table import name_of, starting_points, strengths
from .wording import is_number, listed, shortened, text

_NAMED, _LONGEST, _LONGEST_CONDITION = 3, 220, 90


def notes_at_hand(
    facts: CycleFacts, employee_id: str, rows: Sequence[Any], since: dict[str, Any], before: Any | None
) -> list[list[str]]:
    """A few sentences for each of the six parts of the agenda.

    Args:
        facts: the cycle's facts.
        employee_id: with whom the conversation is.
        rows: the gaps to the first target.
        since: what `since_last` found.
        before: the row of the conversation held last; None where there was none.
    """
    return [
        _opening_notes(rows, since),
        _direction_notes(before),
        _reading_notes(rows),
        _gap_notes(facts, employee_id, rows),
        _criteria_notes(facts, employee_id),
        ["One to three actions, each with a person, a day and how one will see that it is done."],
    ]


def difference_of(row: Any) -> float:
    """Self less the rating that counts, in points; 0 where one of them is missing."""
    both = is_number(row.self_rating) and is_number(row.current)
    return float(row.self_rating - row.current) if both else 0.0


def _opening_notes(rows: Sequence[Any], since: dict[str, Any]) -> list[str]:
    above = [
        f"{strength['competency']} ({strength['rating']}, {strength['required']} asked)"
        for strength in strengths(rows)[:2]
    ]
    closed = listed(since["closed"]) or (since["closed_count"] if since["closed_count"][:2] != "no" else "")
    said = [f"Name a strength first: {listed(above)}."] if above else []
    said += [f"Closed since last time: {closed}."] if closed else []
    return said or ["Say first what you value in the work, with an example."]


def _direction_notes(before: Any | None) -> list[str]:
    if before is None or not text(before.direction):
        return ["Nothing is noted from an earlier conversation."]
    kind = f" ({text(before.direction_kind).lower()})" if text(before.direction_kind) else ""
    return [f"Said last time{kind}: “{shortened(text(before.direction), _LONGEST)}”"]


def _reading_notes(rows: Sequence[Any]) -> list[str]:
    apart_most = sorted(rows, key=lambda row: -abs(difference_of(row)))
    higher = [name_of(row) for row in apart_most if difference_of(row) > 0]
    lower = [name_of(row) for row in apart_most if difference_of(row) < 0]
    said = [
        f"Self {than} than yours: {_first(names)}."
        for than, names in (("higher", higher), ("lower", lower))
        if names
    ]
    unknown = [name_of(row) for row in rows if not is_number(row.current) and not row.not_applicable]
    if unknown:
        said.append(f"Not assessed yet: {_first(unknown)}.")
    if not any(is_number(row.self_rating) for row in rows):
        said.insert(0, "No self-rating came in: hear the employee’s view before you give yours.")
    return said or ["You both gave the same ratings: ask what the numbers do not show."]


def _first(names: Sequence[str]) -> str:
    """The first three of `names`, and how many more there are."""
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return listed([*names[:_NAMED], *more])


def _gap_notes(facts: CycleFacts, employee_id: str, rows: Sequence[Any]) -> list[str]:
    first = [
        " ".join(filter(None, (point["competency"], point["mark"], point["steps"])))
        for point in starting_points(facts, rows)
    ]
    said = (
        [f"Largest by priority: {'; '.join(first)}."]
        if first
        else ["No gap is open: talk about scope and reach."]
    )
    return said


def _criteria_notes(facts: CycleFacts, employee_id: str) -> list[str]:
    agreed = facts.rows_about(ReadinessCriteria, employee_id)
    open_ones = [text(row.condition) for row in agreed if known_day(row.met_on) is None]
    if not agreed:
        return ["No criterion is agreed yet: agree two or three, each with evidence wanted and a day."]
    said = f"{len(agreed) - len(open_ones)} of {len(agreed)} criteria are met."
    return [
        f"{said} Open: {' '.join(shortened(words, _LONGEST_CONDITION) for words in open_ones[:3])}"
        if open_ones
        else said
    ]
