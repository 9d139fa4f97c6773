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
# Out of ten people, these levels, family by family; the first two are at the top.
_LEVELS = ("M4", "PM4", "E1", "E2", "E2", "E3", "E3", "E3", "E4", "P2", "P1", "E2", "M3", "E3", "P3", "E4")


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
    """One fictional person; `levels` has the level in each cycle, `talent` shifts every rating."""

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
    talent: float


def demo_people(
    chance: random.Random, words: Mapping[str, Any], ladder: Ladder, count: int, begin: date, cycles: int
) -> list[DemoPerson]:
    """`count` people; the first leads engineering, the second the people team."""
    crew: list[DemoPerson] = []
    for place in range(count):
        level = _LEVELS[place % len(_LEVELS)] if place >= 2 else _LEVELS[place]
        if place >= 2 and level in ("M4", "PM4"):
            level = "E3"
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
    promoted = place % 7 == 3 and level in ladder.before and cycles > 1
    levels = (ladder.before[level],) * (cycles - 1) + (level,) if promoted else (level,) * cycles
    hired = begin - timedelta(days=chance.randrange(200, 2400))
    since = begin + timedelta(days=182 * (cycles - 1) - 40) if promoted else hired + timedelta(days=150)
    family = ladder.family[level]
    following = ladder.after[level]
    undecided = len(following) > 1 and place % 4 == 1
    targets = following[:1] if following and not undecided and place % 3 == 0 else ()
    return DemoPerson(
        id=f"L{1001 + place}",
        name=name,
        email=f"{_address(name, place)}@lanternfield.example",
        manager=_manager(place, family, crew),
        department=family,
        team=_DEPARTMENTS[family][place % len(_DEPARTMENTS[family])],
        levels=levels,
        hired=hired,
        level_since=since,
        preference="Undecided" if undecided else "",
        targets=targets,
        talent=chance.choice((-0.6, -0.3, 0.0, 0.0, 0.2, 0.5)),
    )


def _manager(place: int, family: str, crew: Sequence[DemoPerson]) -> str:
    """The team's manager if there is one by now, else the head of the family."""
    if place < 2:
        return crew[0].id if place == 1 else ""
    leads = [person for person in crew if person.levels[-1] == "M3" and person.department == family]
    if leads and place % 2:
        return leads[place % len(leads)].id
    return crew[0].id if family == "Engineering" else crew[1].id


def _address(name: str, place: int) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    letters = "".join(c if c.isalpha() else "." for c in plain).strip(".")
    return (".".join(part for part in letters.split(".") if part) or "colleague") + (
        f".{place}" if place > 37 else ""
    )


def _numeral(number: int) -> str:
    return {2: "II", 3: "III", 4: "IV", 5: "V"}.get(number, str(number))
