"""A fictional company as rows of the workbook."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from ..starters import Rows, load_starters
from .growth import answer_rows, cadence_rows, criterion_rows, mentoring_rows
from .people import DemoPerson, Ladder, demo_people, people_rows
from .scores import evaluation_rows, score_rows
from .slips import with_slips
from .talks import action_rows, conversation_rows, goal_rows, observation_rows, plan_template_rows

SEED = 20
CYCLE_DAYS = 182


@dataclass(frozen=True, slots=True)
class DemoCycle:
    """One cycle; `start` and `end` are inclusive."""

    name: str
    start: date
    end: date
    status: str


def demo_rows(
    *, today: date, people: int = 40, cycles: int = 3, seed: int = SEED, slips: bool = True
) -> Rows:
    """Every sheet of the demo, by sheet and column name.

    Args:
        today: the open cycle is the half-year it lies in.
        people: how many.
        cycles: how many, the last one open.
        seed: the same seed gives the same company.
        slips: whether to put in a few things to fix.
    """
    chance = random.Random(seed)  # noqa: S311 - a demo, not a secret
    words = _words()
    rows = load_starters(["engineering", "people"])
    ladder = Ladder.of(rows)
    periods = demo_cycles(today, cycles)
    crew = demo_people(chance, words, ladder, people, periods[0].start, len(periods))
    begin = periods[-1].start
    mentoring, pairs = mentoring_rows(ladder, crew, begin)
    rows |= {
        "People": people_rows(crew, periods),
        "Cycles": [_cycle_row(period) for period in periods],
        "Evaluations": evaluation_rows(crew, periods, today),
        "Scores": score_rows(chance, words, ladder, crew, periods),
        "Observations": observation_rows(chance, words, ladder, crew, periods[-1], today),
        "Conversations": conversation_rows(chance, words, ladder, crew, periods, today),
        "Goals": goal_rows(chance, words, crew, today),
        "Action items": action_rows(chance, words, ladder, crew, begin, today),
        "Readiness criteria": criterion_rows(chance, words, ladder, crew, begin, today),
        "Answers": answer_rows(words, crew, begin, today),
        "Cadences": cadence_rows(),
        "Mentoring": mentoring,
        "Mentor pairs": pairs,
        "Plan templates": plan_template_rows(words),
        "Settings": [
            {
                "setting": "Organisation",
                "value": "Lanternfield",
                "meaning": "Printed at the top of every document.",
            }
        ],
    }
    return with_slips(rows, periods[-1].name) if slips else rows


def demo_cycles(today: date, count: int) -> list[DemoCycle]:
    """`count` half-years, the last one holding `today`."""
    half = 1 if today.month <= 6 else 2
    year = today.year
    periods: list[DemoCycle] = []
    for place in range(count):
        start = date(year, 1 if half == 1 else 7, 1)
        end = date(year, 6, 30) if half == 1 else date(year, 12, 31)
        periods.append(DemoCycle(f"{year}-H{half}", start, end, "Open" if place == 0 else "Closed"))
        year, half = (year, 1) if half == 2 else (year - 1, 2)
    return periods[::-1]


def _cycle_row(period: DemoCycle) -> dict[str, Any]:
    return {
        "cycle": period.name,
        "start": period.start,
        "end": period.end,
        "scores_due": period.end + timedelta(days=14),
        "framework_version": "1",
        "status": period.status,
    }


def _words() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


__all__ = ["DemoCycle", "DemoPerson", "demo_cycles", "demo_rows"]
