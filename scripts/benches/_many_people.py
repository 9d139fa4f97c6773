"""An invented company of any size, as results: every name is somebody's, everybody has ten ratings to be compared."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import Any

from careersheets.analysis.results import Results
from tests.documents.company import company_rows, results_of

FIRST = (
    "Aroha", "Bjørn", "Chidi", "Dilnoza", "Eun-ji", "Fatoumata", "Giuseppe", "Hümeyra", "Ikaika", "Jadwiga",
    "Keola", "Lwazi", "Mārtiņš", "Nokuthula", "Oddný", "Pemba", "Quỳnh", "Rasmus", "Saoirse", "Tjarra",
)  # fmt: skip
BEGIN = ("Abu", "Brze", "Casta", "Drago", "Eyjol", "Fono", "Goñi", "Halvo", "Ishi", "Jur", "Kama", "Ölme", "Pere", "Quisp",
         "Rossi", "Sava", "Tana", "Uzun", "Vlase", "Wójci", "Xenaki", "Yama", "Zaha", "Ådal", "Ngata")  # fmt: skip
END = ("bakar", "szcz", "llan", "mir", "dóttir", "ti", "kawa", "rsen", "čić", "vić", "rez", "nen", "wski", "poulos",
       "sson", "gawa", "shvili", "yan", "enko", "oğlu")  # fmt: skip
TEAM = 10


def many_people(count: int) -> Results:
    """The results of `count` people in teams of ten, for at most 10,000 of them."""
    rows = company_rows()
    names = [f"{first} {begin}{end}" for end, begin, first in product(END, BEGIN, FIRST)][:count]
    people = [_person(number, name) for number, name in enumerate(names)]
    return results_of(
        {**rows, "People": people, "Evaluations": _evaluations(people), "Scores": _scores(people)}
    )


def _person(number: int, name: str) -> dict[str, Any]:
    return {
        "employee_id": f"P{number:05}",
        "name": name,
        "email": f"p{number:05}@example.org",
        "level_code": "E3" if number % 2 else "E2",
        "manager": f"P{number - number % TEAM:05}",
        "department": "Building things",
        "team": f"Team {number // TEAM}",
    }


def _evaluations(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = ("employee_id", "level_code", "manager")
    return [
        {"cycle": "2026-H2", "status": "Released", **{key: person[key] for key in kept}} for person in people
    ]


def _scores(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen = {"evidence": "Did <this> & that, and the team saw it", "evidence_date": datetime(2026, 8, 1)}
    return [
        {
            "cycle": "2026-H2",
            "employee_id": person["employee_id"],
            "competency_id": f"C{number}",
            "self_rating": 3,
            "manager_rating": 1 + (place + number) % 5,
            **seen,
        }
        for place, person in enumerate(people)
        for number in range(10)
    ]
