"""The demo's observations, conversations, goals and actions."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .people import DemoPerson, Ladder

if TYPE_CHECKING:
    from .company import DemoCycle

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
    """Two or three observations for most people."""
    rows = []
    for place, person in enumerate(crew):
        fitting = [
            seen for seen in words["observation"] if seen["competency"] in ladder.asked[person.levels[-1]]
        ]
        for seen in chance.sample(fitting, min(len(fitting), 2 + place % 2 if place % 5 else 1)):
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
    """One conversation per person: most were held after the last cycle, some are planned."""
    rows = []
    for place, person in enumerate(crew):
        held = periods[-1].start + timedelta(days=10 + place % 25)
        asked = list(ladder.asked[(ladder.after[person.levels[-1]] or (person.levels[-1],))[0]])
        talk = words["talk"][place % len(words["talk"])]
        is_held = place % 6 != 5 and held < today
        row: dict[str, Any] = {
            "conversation_id": f"V{2001 + place}",
            "employee_id": person.id,
            "cycle": periods[-1].name,
            "kind": "Quarterly" if place % 3 else "Annual",
            "planned": held if is_held else today + timedelta(days=3 + place % 20),
            "objectives": ("Growth",) if place % 2 else ("Alignment", "Growth"),
            "employee_priorities": tuple(chance.sample(asked, 3)),
        }
        if is_held:
            row |= {
                "held": held,
                **talk,
                "target_level": (ladder.after[person.levels[-1]] or (None,))[0],
                "manager_priorities": tuple(chance.sample(asked, 3)),
                "role_satisfaction": chance.choice((3, 4, 4, 5)),
                "pulse_before": chance.choice((2, 3, 4)),
                "pulse_after": chance.choice((3, 4, 5)),
                "summary_sent": held + timedelta(days=1 if place % 4 else 4),
                "summary_version": 1,
                "acknowledged": held + timedelta(days=6) if place % 3 else None,
                "next_check_in": held + timedelta(days=49),
            }
        rows.append(row)
    return rows


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
    chance: random.Random, words: Mapping[str, Any], ladder: Ladder, crew: Sequence[DemoPerson], today: date
) -> list[dict[str, Any]]:
    """Two actions a person on competencies of the next level, some of them overdue."""
    rows: list[dict[str, Any]] = []
    for place, person in enumerate(crew):
        target = (ladder.after[person.levels[-1]] or (person.levels[-1],))[0]
        for turn, code in enumerate(chance.sample(sorted(ladder.asked[target]), 2)):
            start = today - timedelta(days=40 + 3 * place % 60)
            status = _STATUS[(place + turn) % len(_STATUS)]
            due = start + timedelta(days=35 if (place + turn) % 6 == 0 else 120)
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
                    "done_on": min(today, due) - timedelta(days=3) if status == "Done" else None,
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
