"""People, managers and targets."""

from __future__ import annotations

from datetime import date

from tests.checks.cases.case import Case
from tests.checks.company import add, edit

CASES = [
    Case(
        "CS401",
        [edit("People", 1, manager="1002")],
        [("People!I7", "CS401")],
        [edit("People", 1, manager=None)],
    ),
    Case(
        "CS402",
        [edit("People", 0, manager="1002")],
        [("People!I7", "CS402")],
        [edit("People", 2, manager="1002")],
    ),
    Case(
        "CS403",
        [edit("People", 2, manager="1004")],
        [("People!I8", "CS403")],
        [edit("People", 3, manager="1004")],
    ),
    Case(
        "CS404",
        [edit("People", 0, level_since=date(2019, 1, 31))],
        [("People!G6", "CS404")],
        [edit("People", 0, level_since=date(2019, 2, 1))],
    ),
    Case(
        "CS405",
        [edit("People", 0, target_1="E3")],
        [("People!N6", "CS405")],
        [edit("People", 2, target_1="E3")],
    ),
    Case(
        "CS406",
        [edit("People", 1, target_1="E2")],
        [("People!N7", "CS406")],
        [edit("People", 0, target_1="M1")],
    ),
    Case(
        "CS407",
        [edit("People", 1, track_preference="Manager")],
        [("People!M7", "CS407")],
        [edit("People", 1, track_preference="Management")],
    ),
    Case(
        "CS408",
        [edit("People", 1, email="lucja@tallowbridge")],
        [("People!D7", "CS408")],
        [edit("People", 1, email=None)],
    ),
    Case(
        "CS409",
        [edit("People", 1, email="Mai@tallowbridge.example")],
        [("People!D7", "CS409"), ("People!D8", "CS409")],
        [edit("People", 3, email="mai@tallowbridge.example")],
    ),
    Case(
        "CS410",
        [add("People", employee_id="1005", name="رانيا الخطيب", level_code="E1", hired=date(2026, 8, 1))],
        [("People!B10", "CS410")],
        [add("People", employee_id="1005", name="رانيا الخطيب", level_code="E1", hired=date(2027, 1, 4))],
    ),
    Case(
        "CS411",
        [edit("People", 1, target_3="E3")],
        [("People!R7", "CS411")],
        [edit("People", 1, target_3=None)],
    ),
    Case(
        "CS412",
        [
            add("People", employee_id="p-9", name="Yaw Boateng", level_code="E1", hired=date(2027, 1, 4)),
            add("People", employee_id="P-9", name="Sólrún Bech", level_code="E1", hired=date(2027, 1, 4)),
        ],
        [("People!B10", "CS412")],
        [
            add("People", employee_id="p-9", name="Yaw Boateng", level_code="E1", hired=date(2027, 1, 4)),
            add("People", employee_id="P9", name="Sólrún Bech", level_code="E1", hired=date(2027, 1, 4)),
        ],
    ),
]
