"""People from an export of the HR system, and what the next export changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.tables.reading import read_tables
from careersheets.vocabulary.people import People
from careersheets.workflows.importing.people_import import compare_people, people_diff, read_people
from tests.importing.matrices import save

pytestmark = pytest.mark.requirement("F7")

LEVELS = [
    {"level_code": "E2", "family": "Engineering", "title": "Engineer"},
    {"level_code": "E3", "family": "Engineering", "title": "Senior Engineer"},
]
PEOPLE = [
    {
        "employee_id": "0071",
        "name": "Wanjiru Kamau",
        "email": "wanjiru@acme.example",
        "level_code": "E3",
        "team": "Core",
    },
    {
        "employee_id": "0072",
        "name": "Mateusz Zieliński",
        "email": "mateusz@acme.example",
        "level_code": "E2",
        "manager": "0071",
    },
    {
        "employee_id": "0073",
        "name": "Leilani Kahale",
        "email": "leilani@acme.example",
        "level_code": "E2",
        "team": "Core",
    },
    {
        "employee_id": "0074",
        "name": "Sunita Rao",
        "email": "sunita@acme.example",
        "level_code": "E2",
        "team": "Web",
    },
    {
        "employee_id": "0075",
        "name": "Emil Ek",
        "email": "emil@acme.example",
        "level_code": "E2",
        "active": False,
    },
]
HEADER = [
    "Worker ID",
    "First name",
    "Last name",
    "Work email",
    "Job title",
    "Reports to",
    "Squad",
    "Hire date",
    "Employment status",
]
EXPORT = [
    [
        "0071",
        "Wanjiru",
        "Kamau",
        "wanjiru@acme.example",
        "Senior Engineer",
        None,
        "Core",
        "14/02/2019",
        "Active",
    ],
    [
        "0072",
        "Mateusz",
        "Zieliński",
        "mateusz@acme.example",
        "Senior Engineer",
        "Wanjiru Kamau",
        None,
        None,
        "Active",
    ],
    [
        "0073",
        "Leilani",
        "Kealoha",
        "leilani.kealoha@acme.example",
        "Engineer",
        None,
        "Core",
        None,
        "On leave",
    ],
    ["0075", "Emil", "Ek", "emil@acme.example", "engineer", None, "Web", None, "Active"],
    ["0076", "Tariq", "Haddad", "tariq@acme.example", "Plumber", "0071", "Web", "03/11/2026", "Active"],
]


@pytest.fixture
def book(tmp_path: Path) -> ExcelFile:
    path = tmp_path / "careers.xlsx"
    build_workbook(path, {"Levels": LEVELS, "People": PEOPLE})
    return ExcelFile(path)


def as_csv(folder: Path, rows: list[list[Any]]) -> Path:
    path = folder / "export.csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in [HEADER, *rows]]
    path.write_text("\n".join(lines), encoding="utf-16")
    return path


def test_the_next_export_says_who_joined_left_came_back_moved_and_was_renamed(
    book: ExcelFile, tmp_path: Path
) -> None:
    imported, mapping = read_people(as_csv(tmp_path, EXPORT))
    assert mapping.defaults["dates"] == "day first"
    changes = compare_people(book.read(), imported)
    assert {reason: [row["employee_id"] for row in rows] for reason, rows in changes.by_reason().items()} == {
        "joined": ["0076"],
        "left": ["0074"],
        "came back": ["0075"],
        "moved": ["0071", "0072"],
        "renamed": ["0073"],
    }
    assert changes.moved == [
        {"employee_id": "0071", "hired": datetime(2019, 2, 14)},
        {"employee_id": "0072", "level_code": "E3"},
    ], "a manager given by name is the manager given by id"
    assert [(entry.place, entry.what) for entry in changes.left_out] == [("0076", "Plumber")]


def test_the_diff_is_applied_once_and_then_there_is_nothing_left(book: ExcelFile, tmp_path: Path) -> None:
    export = as_csv(tmp_path, EXPORT)
    contents = book.read()
    diff = people_diff(contents, compare_people(contents, read_people(export)[0]))
    book.apply(contents, diff)
    people = read_tables(book.read())[0].frame(People).set_index("employee_id")
    assert people.at["0072", "level_code"] == "E3"
    assert people.at["0073", "name"] == "Leilani Kealoha"
    assert people.at["0074", "active"] == False  # noqa: E712 - pandas' own boolean
    assert people.at["0075", "active"] == True  # noqa: E712
    assert people.at["0076", "hired"] == datetime(2026, 11, 3)
    again = book.read()
    changes = compare_people(again, read_people(export)[0])
    assert len(people_diff(again, changes)) == 0
    assert changes.same == 5


def test_a_partial_export_makes_nobody_leave(book: ExcelFile, tmp_path: Path) -> None:
    imported, _ = read_people(as_csv(tmp_path, EXPORT[:1]))
    assert compare_people(book.read(), imported, complete=False).left == []
    assert len(compare_people(book.read(), imported).left) == 3


def test_without_ids_people_are_found_by_address_then_by_name(book: ExcelFile, tmp_path: Path) -> None:
    rows = [
        ["Employee", "E-mail", "Team"],
        ["W. Kamau", "wanjiru@acme.example", "Core"],
        ["Sunita Rao", None, "Core"],
    ]
    imported, _ = read_people(save(tmp_path, "staff.xlsx", {"Staff": rows}))
    changes = compare_people(book.read(), imported, complete=False)
    assert changes.renamed == [{"employee_id": "0071", "name": "W. Kamau"}]
    assert changes.moved == [{"employee_id": "0074", "team": "Core"}]
    assert changes.joined == []


def test_dates_that_may_be_two_days_are_left_out_and_said(book: ExcelFile, tmp_path: Path) -> None:
    imported, mapping = read_people(as_csv(tmp_path, [EXPORT[4]]))
    assert "dates" not in mapping.defaults
    assert [entry.what for entry in imported.left_out] == ["Hired 03/11/2026"]
