"""Whatever goes wrong with a request, and whatever people do between two of them: nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from careersheets.books.book import BookContents
from careersheets.books.diff import AddedRow, CellChange, Diff
from careersheets.books.google.sheet import GoogleSheet
from careersheets.books.refusals import WriteRefused
from careersheets.model.cells import CellRef
from careersheets.model.errors import CareersheetsError

from ..google_server.cell_requests import sort_range
from ..google_server.server import KINDS_OF_FAULT, Fault, GoogleServer
from ..google_server.spreadsheet import Spreadsheet, Tab
from ..google_server.tab_requests import Edit
from .google_sheets import (
    FIRST_ROW,
    build,
    fill,
    opened,
    results,
    rows_of,
    running_server,
    snapshot,
    start_anew,
)

# version; layout and values; results; look, change, tidy.
REQUESTS = [
    "files.get",
    "spreadsheets.get",
    "spreadsheets.values.batchGet",
    "spreadsheets.batchUpdate",
    "spreadsheets.getByDataFilter",
    "spreadsheets.batchUpdate",
    "spreadsheets.batchUpdate",
]
FAULTS = {"slow": Fault(latency=0.02), **KINDS_OF_FAULT}
OURS = {"E-1": "L7", "E-3": "L8"}
NEW_GOAL = ("G-3", "E-4", "Present to customers")


@pytest.fixture(scope="module")
def running() -> Iterator[GoogleServer]:
    with running_server() as server:
        yield server


@pytest.fixture
def server(running: GoogleServer) -> GoogleServer:
    return start_anew(running)


def diff_for(contents: BookContents) -> Diff:
    """Two people move up and one goal is added, wherever the rows stand in what was read."""
    people = contents.grids["People"]
    changes = [
        CellChange(CellRef("People", row, 5), people.cell(row, 5), OURS[str(people.cell(row, 2))])
        for row in range(FIRST_ROW, people.row_count + 1)
        if people.cell(row, 2) in OURS
    ]
    return Diff(tuple(changes), (AddedRow("Goals", NEW_GOAL, first_column=2, header_row=5),))


def sync(sheet: GoogleSheet) -> str:
    """What a run does: look for changes, read, write results, change HR's rows."""
    sheet.version()
    contents = sheet.read()
    sheet.write(contents, results())
    return sheet.apply(contents, diff_for(contents)).note


@pytest.fixture(scope="module")
def clean() -> dict[str, Any]:
    """What a run without any disturbance leaves."""
    with running_server() as server:
        book = build(server)
        with opened(server, book) as sheet:
            assert sync(sheet) == ""
        assert server.methods == REQUESTS
        return snapshot(book)


@pytest.mark.requirement("X8")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_each_fault_at_each_request_ends_as_a_clean_run_does(
    server: GoogleServer, clean: dict[str, Any], fault: str, number: int
) -> None:
    book = build(server)
    server.faults = {number: FAULTS[fault]}
    with opened(server, book) as sheet:
        assert sync(sheet) == ""
    assert snapshot(book) == clean


@pytest.mark.parametrize("fault", ["done, but answered unavailable", "done, but line cut"])
def test_every_reply_lost_once_ends_as_a_clean_run_does(
    server: GoogleServer, clean: dict[str, Any], fault: str
) -> None:
    book = build(server)
    server.faults = dict.fromkeys(range(0, 40, 2), FAULTS[fault])
    with opened(server, book) as sheet:
        assert sync(sheet) == ""
    assert snapshot(book) == clean


class Person:
    """Somebody at work in the sheet; `typed` is what they entered since `forget`, by id."""

    def __init__(self, server: GoogleServer, book: Spreadsheet) -> None:
        self.server, self.book = server, book
        self.typed: dict[str, str] = {}
        self.added: set[str] = set()
        self.deleted: set[str] = set()

    @property
    def people(self) -> Tab:
        return next(tab for tab in self.book.tabs if tab.id == 11)

    @property
    def goals(self) -> Tab:
        return next(tab for tab in self.book.tabs if tab.id == 22)

    def forget(self) -> None:
        self.typed = {key: level for key, level in self.typed.items() if key not in OURS}

    def row_of(self, key: str) -> int | None:
        found = [
            row for (row, column), cell in self.people.cells.items() if column == 1 and cell.value == key
        ]
        return found[0] if found else None

    def types(self, key: str, level: str) -> None:
        row = self.row_of(key)
        if row is not None:
            self.people.cell(row, 4).value = level
            self.typed[key] = level

    def inserts_a_row(self) -> None:
        key = f"N-{len(self.added)}"
        self.people.shift("ROWS", 5, 1)
        fill(self.people, 6, 2, key)
        fill(self.people, 6, 5, "L0")
        self.added.add(key)

    def adds_a_goal_below(self) -> None:
        key = f"H-{len(self.added)}"
        last = max(row for (row, column), cell in self.goals.cells.items() if not cell.empty)
        fill(self.goals, last + 2, 2, key)
        fill(self.goals, last + 2, 4, "Typed by hand")
        self.added.add(key)

    def sorts(self, order: str = "DESCENDING") -> None:
        place = {"sheetId": 11, "startRowIndex": 5, "startColumnIndex": 1, "endColumnIndex": 12}
        asked = {"range": place, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": order}]}
        sort_range(Edit(self.book, asked, "", "owner", self.server.google.random, []))

    def renames(self) -> None:
        self.people.properties["title"] = f"Menschen {len(self.people.title)}"

    def deletes(self, key: str) -> None:
        row = self.row_of(key)
        if row is not None:
            self.people.shift("ROWS", row, -1)
            self.deleted.add(key)


EDITS: dict[str, Callable[[Person], None]] = {
    "types into a cell that we leave alone": lambda person: person.types("E-4", "L5"),
    "types into the very cell": lambda person: person.types("E-1", "L5"),
    "inserts a row above": Person.inserts_a_row,
    "adds a row below": Person.adds_a_goal_below,
    "sorts the rows": Person.sorts,
    "renames the tab": Person.renames,
    "deletes a row above": lambda person: person.deletes("E-2"),
    "deletes the very row": lambda person: person.deletes("E-3"),
    "sorts, and types into the very cell": lambda person: (person.sorts(), person.types("E-3", "L5")),
    "inserts a row, and types into the very cell": lambda person: (person.inserts_a_row(), person.types("E-1", "L5")),
}  # fmt: skip


def run_with(server: GoogleServer, person: Person, edits: dict[int, Callable[[Person], None]]) -> str | None:
    """A run with edits just before the requests of these numbers; its note, or None if it was refused."""

    def before(number: int) -> None:
        if number == 2:
            person.forget()
        if number in edits:
            edits[number](person)
            server.google.touch(person.book.id)

    server.before = before
    with opened(server, person.book) as sheet:
        try:
            return sync(sheet)
        except WriteRefused:
            return None


def check(person: Person, note: str | None) -> None:
    """Everything of theirs is there; everything of ours is, unless it was said not to be; nothing is there twice."""
    rows = {row[0]: row for row in rows_of(person.book, person.people.title)}
    assert len(rows) == len(rows_of(person.book, person.people.title))
    assert rows.keys() == {"E-1", "E-2", "E-3", "E-4"} - person.deleted | {
        key for key in person.added if key[0] == "N"
    }
    levels = {"E-1": "L2", "E-2": "L1", "E-3": "L3", "E-4": "L2"}
    for key in rows.keys() & levels.keys():
        assert rows[key][1:3] != rows[key][2:4]
        allowed = {person.typed[key]} if key in person.typed else {OURS.get(key, levels[key])}
        if note is None and key not in person.typed:
            allowed = {levels[key], OURS.get(key, levels[key])}
        if note and key not in person.typed:
            allowed |= {levels[key]}
        assert rows[key][3] in allowed, (key, rows[key], note)
    for key in rows.keys() - levels.keys():
        assert rows[key] == [key, "L0"]
    goals = [row[0] for row in rows_of(person.book, "Goals")]
    assert len(goals) == len(set(goals))
    assert {"G-1", "G-2"} | {key for key in person.added if key[0] == "H"} <= set(goals)
    assert ("G-3" in goals) == (note is not None)
    assert rows_of(person.book, "Gaps") == [["2026-H2", "E-1", 1.0], ["2026-H2", "E-4", 2.0]]
    assert [tab.id for tab in person.book.tabs] == [0, 11, 22, 33, 44]


@pytest.mark.requirement("X8")
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("number", range(1, len(REQUESTS) + 1))
def test_nothing_of_a_person_at_work_between_two_requests_is_lost(
    server: GoogleServer, edit: str, number: int
) -> None:
    person = Person(server, build(server))
    note = run_with(server, person, {number: EDITS[edit]})
    if number == 2:
        person.forget()
    check(person, note)


def test_a_cell_changed_at_the_moment_of_writing_is_given_back_and_said(server: GoogleServer) -> None:
    person = Person(server, build(server))
    note = run_with(server, person, {5: EDITS["types into the very cell"]})
    assert note == "Somebody changed these cells at the same moment, so theirs stands: People!E6. Run again."
    rows = {row[0]: row[3] for row in rows_of(person.book, "People")}
    assert rows == {"E-1": "L5", "E-2": "L1", "E-3": "L8", "E-4": "L2"}


def test_rows_sorted_at_the_moment_of_writing_end_as_if_they_had_not_been(server: GoogleServer) -> None:
    person = Person(server, build(server))
    assert run_with(server, person, {5: EDITS["sorts the rows"]}) == ""
    rows = {row[0]: row[3] for row in rows_of(person.book, "People")}
    assert rows == {"E-1": "L7", "E-2": "L1", "E-3": "L8", "E-4": "L2"}
    # Look again, give back and change, tidy.
    assert server.methods[6:] == [
        "spreadsheets.getByDataFilter",
        "spreadsheets.batchUpdate",
        "spreadsheets.batchUpdate",
    ]


@pytest.mark.requirement("X8")
@pytest.mark.parametrize("seed", range(40))
def test_people_who_never_stop_lose_nothing(server: GoogleServer, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    person = Person(server, build(server))
    edits: dict[int, Callable[[Person], None]] = {}
    for number in range(3, 12):
        if chance.random() < 0.6:
            key, level = chance.choice(["E-1", "E-2", "E-3", "E-4"]), f"T{number}"
            edits[number] = chance.choice(
                [
                    lambda who, key=key, level=level: who.types(key, level),
                    Person.inserts_a_row,
                    Person.sorts,
                    lambda who: who.sorts("ASCENDING"),
                ]
            )
    check(person, run_with(server, person, edits))


@pytest.mark.parametrize("sorted_too", [False, True])
def test_what_a_run_that_was_cut_off_left_is_put_right_by_the_next(
    server: GoogleServer, sorted_too: bool
) -> None:
    person = Person(server, build(server))
    server.faults = {5: Fault(drop=True, applied=True)} | dict.fromkeys(range(6, 30), Fault(drop=True))
    with pytest.raises(CareersheetsError):
        run_with(server, person, {5: Person.sorts} if sorted_too else {})
    server.start_counting()
    with opened(server, person.book) as sheet:
        contents = sheet.read()
        assert list(contents.grids) == ["Start", "People", "Goals", "Gaps", "To fix"]
        people = contents.grids["People"]
        row = next(number for number in range(FIRST_ROW, 10) if people.cell(number, 2) == "E-2")
        change = CellChange(CellRef("People", row, 3), people.cell(row, 3), "Jürgen Weiß-Okafor")
        assert sheet.apply(contents, Diff((change,))).note == ""
    rows = {row[0]: row for row in rows_of(person.book, "People")}
    ours = {} if sorted_too else OURS
    assert {key: row[3] for key, row in rows.items()} == {
        "E-1": "L2",
        "E-2": "L1",
        "E-3": "L3",
        "E-4": "L2",
    } | ours
    assert rows["E-2"][1] == "Jürgen Weiß-Okafor"
    assert [tab.id for tab in person.book.tabs] == [0, 11, 22, 33, 44]
    assert [goal[0] for goal in rows_of(person.book, "Goals")] == ["G-1", "G-2", "G-3"]
