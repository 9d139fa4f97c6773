"""The company: twelve people who are evaluated, the director they report to in the end, and how they were rated.

Ratings are told by what differs from what the first target asks: `COM-PEOP: 3` where M4 asks for 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

FIRST, SECOND = "2026-S1", "2026-S2"
DIRECTOR = "L00"


@dataclass(frozen=True)
class Person:
    """`first` and `second` are the ratings of the two cycles that differ from what is asked; `target` the first one."""

    id: str
    name: str
    level: str
    manager: str
    target: str
    since: date
    approver: str
    first: dict[str, float] = field(default_factory=dict)
    second: dict[str, float | None] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.id.lower()}@lanternfield.example"


PEOPLE = {
    person.id: person
    for person in (
        Person("L01", "Ngozi Adeyemi", "M5", "L00", "M5", date(2021, 3, 1), "L12"),
        Person("L02", "Henrik Sørensen", "M3", "L01", "M4", date(2023, 9, 1), "L12",
               {"COM-PEOP": 3, "ENG-PROD": 3}, {"ENG-PROD": 3}),
        Person("L03", "Priya Raghunathan", "M3", "L01", "M4", date(2024, 2, 1), "L12",
               {"COM-COMM": 2}, {"COM-COMM": 3}),
        Person("L04", "Léa Fontaine", "E3", "L02", "E4", date(2022, 6, 1), "L12",
               {"ENG-DSGN": 3, "COM-GROW": 3}, {"ENG-DSGN": 3}),
        Person("L05", "Tomasz Wójcik", "E2", "L02", "E3", date(2023, 4, 1), "L12", {},
               {"ENG-CODE": 4, "ENG-DSGN": 3, "ENG-TEST": 3, "ENG-SEC": 3, "ENG-INC": 2, "ENG-PROD": 3, "COM-PLAN": 3,
                "COM-COMM": 3, "COM-FEED": 3, "COM-GROW": 3, "COM-HIRE": 2, "COM-PEOP": 1}),
        Person("L06", "李 娜", "E2", "L02", "E3", date(2024, 1, 15), "L12",
               {"COM-COMM": 1, "COM-GROW": 1}, {"ENG-TEST": 3}),
        Person("L07", "Yusuf Demir", "E1", "L02", "E2", date(2025, 9, 1), "L12",
               {"ENG-TEST": 2}, {"ENG-TEST": None}),
        Person("L08", "Ana Țurcanu", "E2", "L03", "E3", date(2023, 11, 1), "L12",
               {"ENG-PROD": 2}, {"ENG-PROD": 2, **dict.fromkeys(("ENG-CODE", "COM-PLAN"))}),
        Person("L09", "Kwabena Mensah", "E1", "L03", "E2", date(2025, 3, 1), "L12",
               {"COM-PLAN": 1}, {"COM-PLAN": 1}),
        Person("L10", "Sana Qureshi", "E3", "L03", "M3", date(2022, 10, 1), "L12",
               {"COM-PEOP": 1, "COM-HIRE": 2}, {"COM-PEOP": 2}),
        Person("L11", "Jiří Dvořák", "X1", "L12", "", date(2020, 5, 1), "L01"),
        Person("L12", "Marta Oliveira", "PM4", "L00", "PM5", date(2022, 1, 10), "L01",
               {"COM-PLAN": 4, "PEO-PAY": 4}, {"COM-PLAN": 4}),
    )
}  # fmt: skip


def people_rows() -> list[dict[str, Any]]:
    """The sheet People."""
    director = {
        "employee_id": DIRECTOR,
        "name": "Esther Nakamura",
        "email": "l00@lanternfield.example",
        "level_code": "X1",
        "level_since": date(2019, 1, 1),
        "hired": date(2019, 1, 1),
        "department": "Board",
        "active": True,
    }
    return [director, *map(_person_row, PEOPLE.values())]


def _person_row(person: Person) -> dict[str, Any]:
    is_people = person.manager in ("L12",) or person.id == "L12"
    return {
        "employee_id": person.id,
        "name": person.name,
        "email": person.email,
        "level_code": person.level,
        "level_since": person.since,
        "hired": person.since,
        "manager": person.manager,
        "department": "People" if is_people else "Engineering",
        "team": {"L02": "Lamps", "L03": "Cables"}.get(person.manager, "Leads"),
        "target_1": person.target or None,
        "active": True,
    }


def evaluation_rows(cycle: str) -> list[dict[str, Any]]:
    """The evaluations of a cycle as HR opens them."""
    return [
        {
            "cycle": cycle,
            "employee_id": person.id,
            "level_code": person.level,
            "manager": person.manager,
            "targets": person.target or None,
            "status": "Draft",
            "approver": person.approver,
        }
        for person in PEOPLE.values()
    ]
