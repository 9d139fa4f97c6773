"""A push that is disturbed, by a fault or by people at work, ends as one that was not; nothing of theirs is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.google import adding
from careersheets.model.errors import CareersheetsError
from careersheets.workflows.carry import carry
from tests.books.google_sheets import fill, snapshot
from tests.google_server.server import KINDS_OF_FAULT, Fault
from tests.google_server.spreadsheet import Spreadsheet
from tests.support.rotating import pairs

from .moving import Mover, company_workbook, differences, push, pushing, running_mover

pytestmark = pytest.mark.requirement("X8")

# Reading both ways; the identity; look, change, tidy; three tabs; reading again.
REQUESTS = 15
PEOPLE_ROWS = range(6, 11)


def few() -> dict[str, Any]:
    """Five people and little else, so that a run is quick."""
    people = [
        {"employee_id": f"P{number}", "name": name, "level_code": "L1"}
        for number, name in enumerate(("Chiara", "Noor", "Łukasz", "Mei", "Ravi"), 1)
    ]
    goals = [{"goal_id": "G-1", "employee_id": "P1", "goal": "Lead the roadmap talk"}]
    return {"People": people, "Goals": goals, "Levels": [{"level_code": "L1", "title": "Analyst"}]}


@pytest.fixture(scope="module")
def mover() -> Iterator[Mover]:
    with running_mover() as running:
        yield running


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company_workbook(tmp_path_factory.mktemp("company") / "careers.xlsx", few())


@pytest.fixture(scope="module")
def clean(mover: Mover, workbook: Path) -> dict[str, Any]:
    """What a push without any disturbance leaves."""
    made = mover.start_anew()
    assert len(push(workbook, mover.sheet(made)).differing) == 0
    assert len(mover.server.methods) == REQUESTS
    return snapshot(made)


@pytest.fixture
def book(mover: Mover, clean: dict[str, Any]) -> Spreadsheet:
    return mover.start_anew()


@pytest.mark.parametrize(("number", "fault"), pairs(range(REQUESTS), list(KINDS_OF_FAULT)))
def test_each_fault_at_each_request_ends_as_a_clean_push_does(
    mover: Mover, clean: dict[str, Any], book: Spreadsheet, workbook: Path, fault: str, number: int
) -> None:
    mover.server.faults = {number: KINDS_OF_FAULT[fault]}
    assert len(push(workbook, mover.sheet(book)).differing) == 0
    assert snapshot(book) == clean


@pytest.mark.parametrize(("number", "applied"), pairs(range(3, REQUESTS), [False, True]))
def test_a_push_that_was_cut_off_anywhere_is_finished_by_the_next(
    mover: Mover, clean: dict[str, Any], book: Spreadsheet, workbook: Path, number: int, applied: bool
) -> None:
    cut = Fault(drop=True)
    mover.server.faults = {number: Fault(drop=True, applied=applied)} | dict.fromkeys(
        range(number + 1, 99), cut
    )
    with pytest.raises(CareersheetsError, match="cannot be reached"):
        push(workbook, mover.sheet(book))
    mover.server.start_counting()
    assert len(push(workbook, mover.sheet(book)).differing) == 0
    assert snapshot(book) == clean


def people(book: Spreadsheet) -> dict[str, list[Any]]:
    tab = book.titled("People")
    assert tab is not None
    found = {}
    for row, cells in sorted(tab.filled(tab.whole).items()):
        if row > 4 and 1 in cells:
            found[str(cells[1].value)] = [cells[column].value for column in sorted(cells)]
    return found


def types_a_person_below(book: Spreadsheet) -> None:
    tab = book.titled("People")
    assert tab is not None
    last = max(row for row, cells in tab.filled(tab.whole).items() if 1 in cells)
    fill(tab, last + 2, 2, "P77")
    fill(tab, last + 2, 3, "Ayşe Yılmaz")


def types_beside(book: Spreadsheet) -> None:
    tab = book.titled("Goals")
    assert tab is not None
    fill(tab, 6, 30, "note of mine")


def types_a_setting(book: Spreadsheet) -> None:
    tab = book.titled("Competencies")
    assert tab is not None
    fill(tab, 6, 2, "C-MINE")
    fill(tab, 6, 3, "Typed by hand")


EDITS: dict[str, tuple[Callable[[Spreadsheet], None], list[str]]] = {
    "types a person below": (types_a_person_below, ["P77", "Ayşe Yılmaz"]),
    "types beside a table": (types_beside, ["note of mine"]),
    "types on a tab that is left empty": (types_a_setting, ["C-MINE", "Typed by hand"]),
}


def everything(book: Spreadsheet) -> list[Any]:
    return [cell.value for tab in book.tabs for cell in tab.cells.values() if not cell.empty]


@pytest.mark.parametrize(("number", "edit"), pairs(range(1, REQUESTS), list(EDITS)))
def test_what_a_person_types_between_two_requests_is_not_lost(
    mover: Mover, book: Spreadsheet, workbook: Path, edit: str, number: int
) -> None:
    does, typed = EDITS[edit]

    def before(request: int) -> None:
        if request == number:
            does(book)
            mover.server.google.touch(book.id)

    mover.server.before = before
    with suppress(CareersheetsError):
        push(workbook, mover.sheet(book))
    mover.server.start_counting()
    assert set(typed) <= set(everything(book))
    # Theirs stays, and ours is there after one more run at most.
    carry(mover.sheet(book), pushing(workbook, mover.sheet(book)))
    assert set(typed) <= set(everything(book))
    found = people(book)
    assert {f"P{number}" for number in range(1, 6)} <= found.keys()
    assert len(found) == 5 + ("P77" in typed)
    assert [tab.title for tab in book.tabs][-3:] == ["Budget", "Odd cells", "Nobody's business"]


@pytest.mark.parametrize("column", [2, 3, 5])
def test_what_a_person_types_into_the_very_row_at_the_very_moment_stays_theirs(
    mover: Mover, book: Spreadsheet, workbook: Path, column: int
) -> None:
    def before(request: int) -> None:
        # Between the look and the change.
        if request == 7:
            tab = book.titled("People")
            assert tab is not None
            fill(tab, 6, column, "mine")

    mover.server.before = before
    done = push(workbook, mover.sheet(book))
    assert "theirs stands: People!B6" in done.note
    tab = book.titled("People")
    assert tab is not None
    row = {
        place[1]: cell.value for place, cell in tab.cells.items() if place[0] == 5 and cell.value is not None
    }
    assert row == {column - 1: "mine"}
    assert {f"P{number}" for number in range(2, 6)} <= people(book).keys()
    mover.server.start_counting()
    push(workbook, mover.sheet(book))
    assert {f"P{number}" for number in range(1, 6)} <= people(book).keys()
    assert "mine" in everything(book)


def test_a_second_push_after_people_worked_there_changes_only_what_it_shows(
    mover: Mover, book: Spreadsheet, workbook: Path
) -> None:
    push(workbook, mover.sheet(book))
    before = mover.sheet(book).read().grids
    types_a_person_below(book)
    types_beside(book)
    carrying = pushing(workbook, mover.sheet(book))
    assert len(carrying.diff) == 0
    assert [str(remark.place) for remark in carrying.remarks if remark.place.startswith("People, ")] == [
        "People, row 11"
    ]
    assert differences(before, mover.sheet(book).read().grids) == []


def test_a_change_between_two_parts_leaves_the_rest_and_says_so(
    mover: Mover, book: Spreadsheet, workbook: Path, clean: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "CELLS_AT_ONCE", 60)

    def before(request: int) -> None:
        tab = book.titled("People")
        assert tab is not None
        # Somebody renames a column when the first part is in.
        if request == 9:
            fill(tab, 5, 3, "Full name")

    mover.server.before = before
    done = push(workbook, mover.sheet(book))
    assert "Somebody changed People!C5 meanwhile, so the rest was not written. Run again." in done.note
    assert len(done.differing) > 0
    fill(next(tab for tab in book.tabs if tab.title == "People"), 5, 3, "Name")
    mover.server.start_counting()
    assert len(push(workbook, mover.sheet(book)).differing) == 0
    assert [snapshot(book)[tab][2] for tab in ("People", "Goals")] == [
        clean[tab][2] for tab in ("People", "Goals")
    ]
