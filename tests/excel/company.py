"""An invented company of any size: managers, their people, and one level with a few competencies."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from careersheets.books.building import build_workbook

TODAY = date(2026, 11, 22)
CYCLE = "2026-H2"
COMPETENCIES = ("PLAN", "CODE", "TALK", "HELP")
_FIRST = (
    "Aroha", "Bjørn", "Chidi", "Dilnoza", "Eun-ji", "Fatoumata", "Giuseppe", "Hümeyra", "Ikaika", "Jadwiga",
    "Keola", "Lwazi", "Mārtiņš", "Nokuthula", "Oddný", "Pemba", "Quỳnh", "Rasmus", "Saoirse", "Tjarra",
)  # fmt: skip
_LAST = (
    "Abubakar", "Brzęczyszczykiewicz", "Castellanos", "D'Ambrosio", "Eyjólfsdóttir", "Fonoti", "Goñi", "Halvorsen",
    "Ishikawa", "Jurčić", "Kamakau", "Ölmez",
)  # fmt: skip
_NAMES = [f"{first} {last}" for last, first in product(_LAST, _FIRST)]


def company_rows(managers: int, people_each: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of a workbook in which nothing is wrong: half of the ratings are there, with their evidence."""
    chiefs = [f"M{number:03}" for number in range(1, managers + 1)]
    staff = [(f"E{number:04}", chiefs[number % managers]) for number in range(managers * people_each)]
    everyone = [(chief, "") for chief in chiefs] + staff
    people = [
        {
            "employee_id": key,
            "name": name,
            "email": f"{key.lower()}@example.org",
            "level_code": "E1",
            "manager": manager or None,
            "team": manager or "Chiefs",
            "target_1": "E2",
        }
        for (key, manager), name in zip(everyone, _NAMES, strict=False)
    ]
    return {
        "People": people,
        "Evaluations": [
            {
                "cycle": CYCLE,
                "employee_id": key,
                "level_code": "E1",
                "manager": manager,
                "targets": ("E2",),
                "status": "Draft",
            }
            for key, manager in staff
        ],
        "Scores": [
            {
                "cycle": CYCLE,
                "employee_id": key,
                "competency_id": what,
                "manager_rating": 1 + number % 3,
                "evidence": f"Seen in week {number % 50}",
            }
            for number, ((key, _), what) in enumerate(product(staff, COMPETENCIES[:2]))
        ],
        **_framework(),
    }


def write_company(path: Path, managers: int, people_each: int) -> Path:
    """The workbook of such a company at `path`."""
    build_workbook(path, company_rows(managers, people_each))
    return path


def _framework() -> dict[str, list[dict[str, Any]]]:
    levels = (("E1", 1, ("E2",)), ("E2", 2, ()))
    return {
        "Levels": [
            {
                "level_code": code,
                "family": "Engineering",
                "track": "IC",
                "rank": rank,
                "title": code,
                "next_levels": following,
            }
            for code, rank, following in levels
        ],
        "Competencies": [
            {"competency_id": what, "competency": what.title(), "category": "Work", "scale": "Default"}
            for what in COMPETENCIES
        ],
        "Expectations": [
            {
                "level_code": level,
                "competency_id": what,
                "required": rank + 1,
                "behaviours": ("Does it", "Shows it"),
                "skills": ("Knows it",),
            }
            for (level, rank, _), what in product(levels, COMPETENCIES)
        ],
        "Cycles": [
            {"cycle": CYCLE, "start": date(2026, 7, 1), "end": date(2026, 12, 31), "status": "Open"},
        ],
    }
