"""The demo's readiness criteria, mentoring, rhythm of conversations, and answers from forms."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from .people import HEADS, DemoPerson, Ladder
from .talks import held_on, next_target

_NEARLY_THERE = 0.75
_PAIRS_WANTED = 7
# What became of the pairs, in turn.
_PAIR_STATUS = ("Active", "Active", "Active", "Proposed", "Active", "Active", "Ended")


def criterion_rows(
    chance: random.Random,
    words: Mapping[str, Any],
    ladder: Ladder,
    crew: Sequence[DemoPerson],
    begin: date,
    today: date,
) -> list[dict[str, Any]]:
    """Two or three criteria for those who are near their next level, and for one of those who are not.

    Args:
        chance: the demo's chance.
        words: the demo's words.
        ladder: the framework.
        crew: everyone.
        begin: first day of the open cycle.
        today: what is met lies before it.
    """
    rows: list[dict[str, Any]] = []
    for place, person in enumerate(crew):
        if not (person.progress > _NEARLY_THERE or place % 12 == 4) or not ladder.after[person.levels[-1]]:
            continue
        target = next_target(ladder, person)
        held = held_on(place, begin, today)
        asked = chance.sample(sorted(ladder.asked[target]), 2 + place % 2)
        for turn, code in enumerate(asked):
            said = words["criterion"][code]
            met_on = (held or begin) + timedelta(days=6 + 5 * turn)
            is_met = held is not None and met_on < today and turn < len(asked) * person.progress - 1
            rows.append(
                {
                    "criterion_id": f"R{5001 + len(rows)}",
                    "employee_id": person.id,
                    "conversation_id": f"V{2001 + place}" if held else None,
                    "target_level": target,
                    "condition": said["condition"],
                    "evidence_wanted": said["evidence_wanted"],
                    "by": today + timedelta(days=40 + 30 * turn),
                    "employee_agrees": True,
                    "manager_agrees": True if turn < 2 or place % 2 else None,
                    "met_on": met_on if is_met else None,
                    "evidence_seen": said["evidence_seen"] if is_met else None,
                    "confirmed_by": (person.manager or crew[1].id) if is_met else None,
                }
            )
    return rows


def mentoring_rows(
    ladder: Ladder, crew: Sequence[DemoPerson], begin: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The sheets Mentoring and Mentor pairs: a mentor is levels ahead and never in the mentee's own line."""
    pairs = _pairs(ladder, crew)
    roles: dict[str, dict[str, Any]] = {}
    pair_rows = []
    for turn, (mentor, mentee) in enumerate(pairs):
        focus = tuple(sorted(ladder.asked[next_target(ladder, mentee)])[turn % 3 :: 4][:2])
        roles.setdefault(mentee.id, _role(mentee, "Mentee", focus, None))
        roles.setdefault(mentor.id, _role(mentor, "Mentor", focus, 2))
        pair_rows.append(
            {
                "mentor": mentor.id,
                "mentee": mentee.id,
                "since": begin + timedelta(days=5 + 4 * turn),
                "status": _PAIR_STATUS[turn % len(_PAIR_STATUS)],
                "reason": f"Meets {len(focus)} gaps of the last cycle; both asked for somebody outside the team.",
            }
        )
    return list(roles.values()), pair_rows


def cadence_rows() -> list[dict[str, Any]]:
    """Newcomers after a month, everyone each quarter, and the People department once a year at length."""
    return [
        {"kind": "Onboarding", "first_after": 30},
        {"kind": "Quarterly", "first_after": 90, "every": 91},
        {"group_column": "Department", "group_value": "People", "kind": "Annual", "every": 365},
    ]


def answer_rows(
    words: Mapping[str, Any], crew: Sequence[DemoPerson], begin: date, today: date
) -> list[dict[str, Any]]:
    """Answers that came in with forms of conversations that were held; one of them for HR alone."""
    held = [
        (place, person, day)
        for place, person in enumerate(crew)
        if place >= HEADS and (day := held_on(place, begin, today)) is not None
    ]
    return [
        {
            "employee_id": person.id,
            "conversation_id": f"V{2001 + place}",
            **answer,
            "form_version": "1",
            "received": day - timedelta(days=2)
            if "preparation" in answer["form"]
            else day + timedelta(days=3),
        }
        for (place, person, day), answer in zip(held[1::3], words["answer"], strict=False)
    ]


def _pairs(ladder: Ladder, crew: Sequence[DemoPerson]) -> list[tuple[DemoPerson, DemoPerson]]:
    """Mentors with a mentee each, from the same family and another line, at least two levels apart."""
    pairs: list[tuple[DemoPerson, DemoPerson]] = []
    taken: set[str] = set()
    for mentee in crew[HEADS:]:
        if len(pairs) == _PAIRS_WANTED:
            break
        fitting = (
            mentor for mentor in crew[HEADS:] if mentor.id not in taken and _fits(ladder, mentor, mentee)
        )
        mentor = next(fitting, None)
        if mentee.id not in taken and mentor is not None:
            taken |= {mentor.id, mentee.id}
            pairs.append((mentor, mentee))
    return pairs


def _fits(ladder: Ladder, mentor: DemoPerson, mentee: DemoPerson) -> bool:
    above, below = mentor.levels[-1], mentee.levels[-1]
    ahead = above != below and above not in ladder.after[below] and above in _reachable(ladder, below)
    return ahead and mentee.manager not in (mentor.id, mentor.manager)


def _reachable(ladder: Ladder, level: str) -> set[str]:
    found = set(ladder.after[level])
    for code in ladder.after[level]:
        found |= _reachable(ladder, code)
    return found


def _role(person: DemoPerson, role: str, focus: tuple[str, ...], capacity: int | None) -> dict[str, Any]:
    return {
        "employee_id": person.id,
        "role": role,
        "consent": True,
        "capacity": capacity,
        "focus": focus,
    }
