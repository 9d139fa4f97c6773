"""The demo's people: a small company of two families, with managers, promotions and targets."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..starters import Rows

if TYPE_CHECKING:
    from .company import DemoCycle

_DEPARTMENTS = {"Engineering": ("Platform", "Billing", "Mobile"), "People": ("People operations", "Careers")}
# The heads of the two families and the leads of the teams come first, the others in turn after them.
HEADS = 2
_FIRST = ("M4", "PM4", "M3", "M3", "M3")
_OTHERS = ("E1", "E2", "P2", "E3", "E2", "E3", "E4", "P1", "E2", "E3", "P3", "E3", "E1", "E5")
# How far each is from the own level (0) to the next (1), in turn.
_PROGRESS = (0.3, 0.9, 0.55, 0.8, 0.1, 0.65, 1.05, 0.4, 0.75)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The framework as the demo needs it: next levels by level, and by level the competencies asked with their rating."""

    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, str]
    asked: Mapping[str, Mapping[str, float]]
    ends: Mapping[str, tuple[float, float, float]]
    family: Mapping[str, str]

    @classmethod
    def of(cls, rows: Rows) -> Ladder:
        """The ladder of a framework's rows."""
        after = {level["level_code"]: level["next_levels"] for level in rows["Levels"]}
        asked: dict[str, dict[str, float]] = {level: {} for level in after}
        for row in rows["Expectations"]:
            asked[row["level_code"]][row["competency_id"]] = float(row["required"])
        points: dict[str, list[float]] = {}
        steps: dict[str, float] = {}
        for point in rows["Rating scales"]:
            points.setdefault(point["scale"], []).append(float(point["value"]))
            steps[point["scale"]] = float(point["step"])
        scales = {row["competency_id"]: row["scale"] for row in rows["Competencies"]}
        return cls(
            after=after,
            before={code: level for level, codes in after.items() for code in codes},
            asked=asked,
            ends={c: (min(points[s]), max(points[s]), steps[s]) for c, s in scales.items()},
            family={level["level_code"]: level["family"] for level in rows["Levels"]},
        )


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One fictional person; `levels` has the level in each cycle, `progress` is how far the next one is."""

    id: str
    name: str
    email: str
    manager: str
    department: str
    team: str
    levels: tuple[str, ...]
    hired: date
    level_since: date
    preference: str
    targets: tuple[str, ...]
    progress: float


def demo_people(
    chance: random.Random, words: Mapping[str, Any], ladder: Ladder, count: int, begin: date, cycles: int
) -> list[DemoPerson]:
    """`count` people; the first leads engineering, the second the people team."""
    crew: list[DemoPerson] = []
    for place in range(count):
        level = _FIRST[place] if place < len(_FIRST) else _OTHERS[(place - len(_FIRST)) % len(_OTHERS)]
        crew.append(_person(chance, words["names"], ladder, place, level, begin, cycles, crew))
    return crew


def people_rows(crew: Sequence[DemoPerson], periods: Sequence[DemoCycle]) -> list[dict[str, Any]]:
    """The sheet People."""
    return [
        {
            "employee_id": person.id,
            "name": person.name,
            "email": person.email,
            "level_code": person.levels[-1],
            "level_since": person.level_since,
            "hired": person.hired,
            "manager": person.manager or None,
            "department": person.department,
            "team": person.team,
            "track_preference": person.preference or None,
            **{f"target_{rank}": target for rank, target in enumerate(person.targets, start=1)},
            "active": True,
        }
        for person in crew
    ]


def _person(
    chance: random.Random,
    names: Sequence[str],
    ladder: Ladder,
    place: int,
    level: str,
    begin: date,
    cycles: int,
    crew: Sequence[DemoPerson],
) -> DemoPerson:
    name = names[place % len(names)] + ("" if place < len(names) else f" {_numeral(place // len(names) + 1)}")
    promoted = place % 7 == 6 and level in ladder.before and cycles > 1
    levels = (ladder.before[level],) * (cycles - 1) + (level,) if promoted else (level,) * cycles
    hired = begin - timedelta(days=chance.randrange(200, 2400))
    since = begin + timedelta(days=182 * (cycles - 1) - 40) if promoted else hired + timedelta(days=150)
    family = ladder.family[level]
    following = ladder.after[level]
    undecided = len(following) > 1 and place % 4 == 1
    targets = following[:1] if following and not undecided and place % 3 == 0 else ()
    team = _DEPARTMENTS[family][place % len(_DEPARTMENTS[family])]
    return DemoPerson(
        id=f"L{1001 + place}",
        name=name,
        email=f"{_address(name, place)}@lanternfield.example",
        manager=_manager(place, family, team, crew),
        department=family,
        team=team,
        levels=levels,
        hired=hired,
        level_since=since,
        preference="Undecided" if undecided else "",
        targets=targets,
        progress=_PROGRESS[place % len(_PROGRESS)],
    )


def _manager(place: int, family: str, team: str, crew: Sequence[DemoPerson]) -> str:
    """The lead of the team, else the head of the family; the head of engineering has nobody above."""
    if place < HEADS:
        return crew[0].id if place else ""
    leads = [person.id for person in crew[HEADS : len(_FIRST)] if person.team == team]
    return leads[0] if leads else crew[0 if family == "Engineering" else 1].id


def _address(name: str, place: int) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    letters = "".join(c if c.isalpha() else "." for c in plain).strip(".")
    return (".".join(part for part in letters.split(".") if part) or "colleague") + (
        f".{place}" if place > 37 else ""
    )


def _numeral(number: int) -> str:
    return {2: "II", 3: "III", 4: "IV", 5: "V"}.get(number, str(number))
