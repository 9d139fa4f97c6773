"""Releasing: what was approved, by somebody else, on the day it says, and not changed since. A real workbook and ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.workflows.release import Releasing, enter_release, plan_release
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("E5", "E4")

TODAY = date(2026, 11, 23)
CYCLE = "H2"


class Clock:
    """The ledger's clock, set by hand."""

    now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with open_ledger(new_identity(), place=str(tmp_path / "ledgers"), clock=clock) as found:
        yield found


def approved(**cells: Any) -> dict[str, list[dict[str, Any]]]:
    """The hand-worked workbook; P1 is approved by P5, P2 handed in, P3 a draft."""
    rows = example()
    steps = {
        "P1": {
            "status": "Approved",
            "submitted": date(2026, 11, 3),
            "approver": "P5",
            "approved": date(2026, 11, 10),
            "manager": "P4",
        }
        | cells,
        "P2": {"status": "Submitted", "submitted": date(2026, 11, 4), "manager": "P4"},
    }
    for row in rows["Evaluations"]:
        if row["cycle"] == CYCLE:
            row.update(steps.get(row["employee_id"], {"status": "Draft"}))
    return rows


def plan(
    folder: Path, ledger: Ledger, rows: dict[str, Any], people: tuple[str, ...] = ()
) -> tuple[Releasing, ExcelFile]:
    path = folder / "careers.xlsx"
    build_workbook(path, rows)
    book = ExcelFile(path)
    with ledger.run("release", {}) as run:
        return plan_release(book, ledger, run, TODAY, cycle=CYCLE, people=people), book


def codes(releasing: Releasing) -> set[str]:
    return {finding.rule.code for finding in releasing.findings if finding.rule.code.startswith("CS72")}


def seen_as(ledger: Ledger, clock: Clock, folder: Path, day: date, rows: dict[str, Any]) -> None:
    """A run on `day`, in which the steps are noted."""
    clock.now = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
    plan(folder, ledger, rows)


def test_what_is_approved_is_released_and_nothing_else_changes(
    tmp_path: Path, ledger: Ledger, clock: Clock
) -> None:
    seen_as(ledger, clock, tmp_path, date(2026, 11, 3), approved(status="Submitted", approved=None))
    seen_as(ledger, clock, tmp_path, date(2026, 11, 10), approved())
    releasing, book = plan(tmp_path, ledger, approved())
    assert releasing.people == ["P1"]
    assert codes(releasing) == set()
    assert [(change.cell.sheet, change.old, change.new) for change in releasing.diff.changes] == [
        ("Evaluations", "Approved", "Released"),
        ("Evaluations", None, datetime(2026, 11, 23)),
    ]
    with ledger.run("release", {}) as run:
        enter_release(book, ledger, run, releasing, TODAY)
    statuses = [
        row[0] for row in load(book.path)["Evaluations"].iter_rows(min_row=6, values_only=True) if row
    ]
    assert statuses
    assert ledger.standing(CYCLE)["P1"].state == "released"
    again, _ = ExcelFile(book.path), None
    with ledger.run("release", {}) as run:
        assert plan_release(again, ledger, run, TODAY, cycle=CYCLE).people == []


def test_a_score_changed_after_approval_stops_the_release(
    tmp_path: Path, ledger: Ledger, clock: Clock
) -> None:
    seen_as(ledger, clock, tmp_path, date(2026, 11, 10), approved())
    rows = approved()
    score = next(row for row in rows["Scores"] if row["employee_id"] == "P1" and row["cycle"] == CYCLE)
    score["evidence"] = "Something that nobody approved."
    releasing, _ = plan(tmp_path, ledger, rows)
    assert releasing.people == []
    assert codes(releasing) == {"CS721"}


def test_scores_approved_anew_are_released(tmp_path: Path, ledger: Ledger, clock: Clock) -> None:
    seen_as(ledger, clock, tmp_path, date(2026, 11, 10), approved())
    rows = approved(approved=date(2026, 11, 20))
    score = next(row for row in rows["Scores"] if row["employee_id"] == "P1" and row["cycle"] == CYCLE)
    score["evidence"] = "Looked at again with the approver."
    seen_as(
        ledger,
        clock,
        tmp_path,
        date(2026, 11, 15),
        rows | {"Evaluations": approved(status="Submitted")["Evaluations"]},
    )
    seen_as(ledger, clock, tmp_path, date(2026, 11, 20), rows)
    assert plan(tmp_path, ledger, rows)[0].people == ["P1"]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"approver": "P1"}, {"CS723"}),
        ({"approver": "P4"}, {"CS723"}),
        ({"approver": None}, {"CS724"}),
        ({"approved": None}, {"CS724"}),
    ],
)
def test_an_approval_needs_another_person_and_a_day(
    tmp_path: Path, ledger: Ledger, clock: Clock, cells: dict[str, Any], found: set[str]
) -> None:
    seen_as(
        ledger, clock, tmp_path, date(2026, 11, 3), approved(status="Draft", approved=None, approver=None)
    )
    releasing, _ = plan(tmp_path, ledger, approved(**cells))
    assert releasing.people == []
    assert codes(releasing) == found


def test_a_day_before_it_was_seen_otherwise_stops_the_release(
    tmp_path: Path, ledger: Ledger, clock: Clock
) -> None:
    seen_as(ledger, clock, tmp_path, date(2026, 11, 12), approved(status="Submitted", approved=None))
    releasing, _ = plan(tmp_path, ledger, approved())
    (finding,) = (finding for finding in releasing.findings if finding.rule.code == "CS722")
    assert "on 2026-11-12 the evaluation still was Submitted" in finding.message
    assert releasing.people == []


def test_the_day_of_a_first_approval_may_stand_after_a_return(
    tmp_path: Path, ledger: Ledger, clock: Clock
) -> None:
    seen_as(ledger, clock, tmp_path, date(2026, 11, 3), approved(status="Submitted", approved=None))
    returned = approved(status="Returned", approved=None, return_reason="Say what was seen.")
    seen_as(ledger, clock, tmp_path, date(2026, 11, 5), returned)
    seen_as(ledger, clock, tmp_path, date(2026, 11, 10), approved())
    assert plan(tmp_path, ledger, approved())[0].people == ["P1"]


def test_an_approval_without_a_past_is_told_and_released(tmp_path: Path, ledger: Ledger) -> None:
    releasing, _ = plan(tmp_path, ledger, approved())
    assert codes(releasing) == {"CS725"}
    assert releasing.people == ["P1"]


def test_only_whom_was_asked_for_is_released(tmp_path: Path, ledger: Ledger) -> None:
    assert plan(tmp_path, ledger, approved(), ("P2",))[0].people == []


def test_a_person_with_an_error_is_not_released(tmp_path: Path, ledger: Ledger) -> None:
    rows = approved()
    next(row for row in rows["Scores"] if row["employee_id"] == "P1" and row["cycle"] == CYCLE)[
        "manager_rating"
    ] = 99
    releasing, _ = plan(tmp_path, ledger, rows)
    assert releasing.people == []
    assert any(finding.rule.code == "CS203" for finding in releasing.findings)
