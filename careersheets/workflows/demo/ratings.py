"""How the demo's ratings come about: everyone is on the way from what the own level asks to what the next one asks."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .people import DemoPerson, Ladder

# The share of the way to the next level that a person gains in a half-year, and where a new level begins.
GAIN = 0.28
NEWLY_PROMOTED = 0.15
# What somebody is better or worse at than their progress suggests, in points.
_TALENTS = (-0.8, -0.3, 0.0, 0.0, 0.3, 1.0)
_MOODS = (-0.25, 0.0, 0.0, 0.0, 0.2)


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating of one person, in points; `above` where it meets what the own level asks, `end` at an end of the scale."""

    competency: str
    own: float
    manager: float
    above: bool
    end: bool


def asked_of(ladder: Ladder, person: DemoPerson, level: str) -> list[str]:
    """The competencies that the level, the targets or else the next levels ask for."""
    levels = (level, *(person.targets or ladder.after[level]))
    return list(dict.fromkeys(code for each in levels for code in ladder.asked[each]))


def talents(chance: random.Random, ladder: Ladder) -> Mapping[str, float]:
    """One person's talents, by competency."""
    return {code: chance.choice(_TALENTS) for code in ladder.ends}


def ratings(
    chance: random.Random,
    ladder: Ladder,
    person: DemoPerson,
    cycle: int,
    talent: Mapping[str, float],
) -> list[Rating]:
    """The person's ratings in the cycle at place `cycle`, 0 for the first."""
    level = person.levels[cycle]
    progress = _progress(person, cycle)
    return [
        _rating(chance, ladder, code, _points(ladder, level, code, progress) + talent[code])
        for code in asked_of(ladder, person, level)
    ]


def _progress(person: DemoPerson, cycle: int) -> float:
    """0: what the own level asks is just met; 1: so is what the next asks."""
    if person.levels[cycle] != person.levels[-1]:
        return 0.95 - GAIN * max(0, _promoted(person.levels) - 1 - cycle)
    begun = NEWLY_PROMOTED if person.levels[0] != person.levels[-1] else person.progress
    return begun - GAIN * (len(person.levels) - 1 - cycle)


def _promoted(levels: Sequence[str]) -> int:
    return levels.index(levels[-1])


def _points(ladder: Ladder, level: str, code: str, progress: float) -> float:
    after = [ladder.asked[each][code] for each in ladder.after[level] if code in ladder.asked[each]]
    now = ladder.asked[level].get(code, after[0] - 1 if after else ladder.ends[code][0])
    return now + (after[0] - now if after else 0.5) * progress


def _rating(chance: random.Random, ladder: Ladder, code: str, points: float) -> Rating:
    low, high, step = ladder.ends[code]
    manager = _on_scale(points + chance.choice(_MOODS), low, high, step)
    own = _on_scale(manager + chance.choice((-1, 0, 0, 0, 0, 1)) * step, low, high, step)
    return Rating(code, own, manager, manager >= points, manager in (low, high))


def _on_scale(points: float, low: float, high: float, step: float) -> float:
    return min(high, max(low, round(points / step) * step))
