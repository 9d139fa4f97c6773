"""The demo's observations, conversations, goals and actions."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .people import DemoPerson, Ladder

if TYPE_CHECKING:
    from .company import DemoCycle

# How many days ago conversations were held: long enough for the summary, short enough for check-ins to lie ahead.
_LEAST_AGO, _MOST_AGO = 8, 52
_METHODS = ("Project", "Stretch", "Mentorship", "Training")
_STATUS = ("In progress", "Open", "In progress", "Done")


def observation_rows(
    chance: random.Random,
    words: Mapping[str, Any],
    ladder: Ladder,
    crew: Sequence[DemoPerson],
    period: DemoCycle,
    today: date,
) -> list[dict[str, Any]]:
    """Two or three observations for everyone; what was seen of few others comes first."""
    rows = []
    told = dict.fromkeys(range(len(words["observation"])), 0)
    for place, person in enumerate(crew):
        fitting = [
            number
            for number, seen in enumerate(words["observation"])
            if seen["competency"] in ladder.asked[person.levels[-1]]
        ]
        chance.shuffle(fitting)
        for number in sorted(fitting, key=told.__getitem__)[: 2 + place % 2]:
            told[number] += 1
            seen = words["observation"][number]
            latest = max(1, (today - period.start).days)
            rows.append(
                {
                    "employee_id": person.id,
                    "date": period.start + timedelta(days=chance.randrange(latest)),
                    "situation": seen["situation"],
                    "behaviour": seen["behaviour"],
                    "impact": seen["impact"],
                    "competency_id": seen["competency"],
                    "observer": person.manager or None,
                }
            )
    return rows


def conversation_rows(
    chance: random.Random,
    words: Mapping[str, Any],
    ladder: Ladder,
    crew: Sequence[DemoPerson],
    periods: Sequence[DemoCycle],
    today: date,
) -> list[dict[str, Any]]:
    """One conversation per person, most of them held; half of those have the next one planned."""
    rows = []
    for place, person in enumerate(crew):
        held = held_on(place, periods[-1].start, today)
        asked = list(ladder.asked[next_target(ladder, person)])
        talk = words["talk"][place % len(words["talk"])]
        row: dict[str, Any] = {
            "conversation_id": f"V{2001 + place}",
            "employee_id": person.id,
            "cycle": periods[-1].name,
            "kind": "Quarterly" if place % 3 else "Annual",
            "planned": held or today + timedelta(days=3 + place % 20),
            "objectives": ("Growth",) if place % 2 else ("Alignment", "Growth"),
            "employee_priorities": tuple(chance.sample(asked, 3)),
        }
        if held is not None:
            row |= {
                "held": held,
                **talk,
                "target_level": next_target(ladder, person),
                "manager_priorities": tuple(chance.sample(asked, 3)),
                "role_satisfaction": chance.choice((3, 4, 4, 5)),
                "pulse_before": chance.choice((2, 3, 4)),
                "pulse_after": chance.choice((3, 4, 5)),
                "summary_sent": held + timedelta(days=1),
                "summary_version": 1,
                "acknowledged": held + timedelta(days=6) if place % 3 else None,
                "next_check_in": held + timedelta(days=49),
            }
        rows.append(row)
    return rows + _planned_next(crew, periods[-1], today)


def held_on(place: int, begin: date, today: date) -> date | None:
    """The day of this cycle's conversation with the person at `place`; None where it is still to come."""
    held = today - timedelta(days=_LEAST_AGO + 7 * place % _MOST_AGO)
    return held if place % 6 != 5 and held > begin else None


def next_target(ladder: Ladder, person: DemoPerson) -> str:
    """The level the person works towards; at the top of a ladder the own one."""
    level = person.levels[-1]
    return (person.targets or ladder.after[level] or (level,))[0]


def _planned_next(crew: Sequence[DemoPerson], period: DemoCycle, today: date) -> list[dict[str, Any]]:
    """The next conversation of every second person who had one."""
    return [
        {
            "conversation_id": f"V{2001 + len(crew) + place}",
            "employee_id": person.id,
            "cycle": period.name,
            "kind": "Quarterly",
            "planned": today + timedelta(days=4 + place % 17),
            "objectives": ("Growth", "Engagement") if place % 4 else ("Alignment",),
        }
        for place, person in enumerate(crew)
        if place % 2 == 0 and held_on(place, period.start, today)
    ]


def goal_rows(
    chance: random.Random, words: Mapping[str, Any], crew: Sequence[DemoPerson], today: date
) -> list[dict[str, Any]]:
    """One goal for two people out of three."""
    rows = []
    for place, person in enumerate(crew):
        if place % 3 == 2:
            continue
        set_on = today - timedelta(days=60 + place)
        rows.append(
            {
                "goal_id": f"G{3001 + place}",
                "employee_id": person.id,
                **words["goal"][place % len(words["goal"])],
                "set_on": set_on,
                "proposed_by": ("Employee", "Both", "Manager")[place % 3],
                "due": set_on + timedelta(days=150),
                "horizon": "Short",
                "progress": ("Begun", "Half way", "Nearly there")[place % 3],
                "status": "In progress",
            }
        )
    return rows


def action_rows(
    chance: random.Random,
    words: Mapping[str, Any],
    ladder: Ladder,
    crew: Sequence[DemoPerson],
    begin: date,
    today: date,
) -> list[dict[str, Any]]:
    """Two actions a person on competencies of the next level, some of them overdue."""
    rows: list[dict[str, Any]] = []
    for place, person in enumerate(crew):
        target = next_target(ladder, person)
        for turn, code in enumerate(chance.sample(sorted(ladder.asked[target]), 2)):
            start = (held_on(place, begin, today) or today - timedelta(days=40)) + timedelta(days=2)
            status = _STATUS[(place + turn) % len(_STATUS)]
            due = start + timedelta(days=20 if (place + turn) % 6 == 0 else 75)
            rows.append(
                {
                    "action_id": f"A{4001 + len(rows)}",
                    "employee_id": person.id,
                    "conversation_id": f"V{2001 + place}",
                    "competency_id": code,
                    "target_level": target,
                    "action": f"{words['actions'][code]} by {due.isoformat()}",
                    "method": _METHODS[(place + turn) % len(_METHODS)],
                    "owner": person.id,
                    "support": "Two hours a week kept free by the manager.",
                    "start": start,
                    "due": due,
                    "evidence_of_done": "Shown in the next check-in.",
                    "done_on": max(start, min(today, due) - timedelta(days=3)) if status == "Done" else None,
                    "debrief_with": person.manager or None,
                    "status": status,
                }
            )
    return rows


def plan_template_rows(words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A few actions to give to many people."""
    return [
        {
            "template": f"Practise {code}",
            "kind": "Action",
            "competency_id": code,
            "text": words["actions"][code],
            "method": "Stretch",
            "due_in_days": 90,
            "measure": "Shown in the next check-in.",
        }
        for code in ("COM-COMM", "COM-PLAN", "ENG-DSGN", "PEO-RECR")
    ]
