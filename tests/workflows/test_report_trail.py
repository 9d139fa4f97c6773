"""With a ledger, a document is made again only if what it is made from has changed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.workflows.report import ReportOutcome, report
from careersheets.workflows.report_plan import Asked
from careersheets.workflows.report_trail import Trail
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("X5", "X9")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(new_identity(), place=str(tmp_path / "ledgers")) as found:
        yield found


def run(
    folder: Path, ledger: Ledger, rows: dict[str, Any], day: int = 22, kinds: tuple[str, ...] = ()
) -> ReportOutcome:
    """A run on a day of November 2026; what the run before wrote into the workbook is kept."""
    path = folder / "careers.xlsx"
    build_workbook(path, rows)
    with ledger.run("report", {}) as at_work:
        trail = Trail(ledger, at_work, folder)
        return report(ExcelFile(path), folder, datetime(2026, 11, day, 9), Asked(kinds=kinds), trail=trail)


def states(outcome: ReportOutcome) -> dict[str, str]:
    return {document.employee_id: document.state for document in outcome.made}


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = (folder / "documents").rglob("*.docx")
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in found
    }


def test_nothing_is_made_twice_even_on_another_day(tmp_path: Path, ledger: Ledger) -> None:
    first = run(tmp_path, ledger, example())
    before = files(tmp_path)
    again = run(tmp_path, ledger, example(), day=23)
    made = {person for person, state in states(first).items() if state in ("Made", "Draft made")}
    assert made
    assert {person for person, state in states(again).items() if state == "Unchanged"} == made
    assert files(tmp_path) == before
    assert [run.counts for run in ledger.history()[:2]] == [
        {"made": 0, "unchanged": len(made)},
        {"made": len(made), "unchanged": 0},
    ]


def test_what_says_what_is_overdue_is_made_again_once_when_a_day_has_passed(
    tmp_path: Path, ledger: Ledger
) -> None:
    rows = example()
    rows["Action items"] = [
        {"action_id": "A1", "employee_id": "P1", "action": "Chair two rounds", "due": date(2026, 11, 23)}
    ]
    kinds = ("gap-report", "check-in", "development-plan", "conversation-summary")

    def made(day: int) -> set[tuple[str, str]]:
        outcome = run(tmp_path, ledger, rows, day=day, kinds=kinds)
        return {(document.employee_id, document.kind_key) for document in outcome.made if document.is_made}

    assert made(22)
    assert made(23) == set()
    assert made(24) == {("P1", "check-in"), ("P1", "development-plan")}
    assert made(25) == set()


def test_a_score_makes_one_document_again(tmp_path: Path, ledger: Ledger) -> None:
    run(tmp_path, ledger, example())
    rows = example()
    rows["Scores"][0]["evidence"] = "Something else was seen."
    outcome = run(tmp_path, ledger, rows)
    assert {person for person, state in states(outcome).items() if state != "Unchanged"} == {
        rows["Scores"][0]["employee_id"]
    }


def test_another_template_makes_all_again(tmp_path: Path, ledger: Ledger) -> None:
    run(tmp_path, ledger, example())
    own = tmp_path / "doc_templates" / "gap_report.docx"
    own.parent.mkdir()
    own.write_bytes((Path(__file__).parents[2] / "doc_templates" / "gap_report.docx").read_bytes() + b"")
    assert "Unchanged" in states(run(tmp_path, ledger, example())).values()
    with zipfile.ZipFile(own, "a") as archive:
        archive.writestr("docProps/note.xml", "<note/>")
    assert "Unchanged" not in states(run(tmp_path, ledger, example())).values()


def test_a_document_that_was_edited_or_deleted_is_made_again_and_the_edited_one_kept(
    tmp_path: Path, ledger: Ledger
) -> None:
    outcome = run(tmp_path, ledger, example())
    made = [document for document in outcome.made if document.is_made]
    edited, deleted = (tmp_path / document.file for document in made[:2])
    edited.write_bytes(edited.read_bytes() + b"a note of the manager")
    deleted.unlink()
    again = run(tmp_path, ledger, example())
    remade = {document.file for document in again.made if document.is_made}
    assert remade == {document.file for document in made[:2]}
    kept = list((tmp_path / "documents" / "Replaced").rglob("*.docx"))
    assert [path.name for path in kept] == [edited.name]
    assert kept[0].read_bytes().endswith(b"a note of the manager")


def test_a_team_is_made_again_when_one_of_it_changes(tmp_path: Path, ledger: Ledger) -> None:
    def rows() -> dict[str, Any]:
        found = example()
        for person in found["People"]:
            person["manager"] = "P5" if person["employee_id"] in ("P1", "P2") else None
        return found

    assert states(run(tmp_path, ledger, rows(), kinds=("team-summary",))).keys() == {"P5"}
    assert states(run(tmp_path, ledger, rows(), kinds=("team-summary",))) == {"P5": "Unchanged"}
    changed = rows()
    changed["Goals"] = [{"employee_id": "P2", "goal": "Chair the planning round"}]
    assert states(run(tmp_path, ledger, changed, kinds=("team-summary",)))["P5"] != "Unchanged"


def test_the_sheet_keeps_when_an_unchanged_document_was_made(tmp_path: Path, ledger: Ledger) -> None:
    run(tmp_path, ledger, example())
    path = tmp_path / "careers.xlsx"
    with ledger.run("report", {}) as at_work:
        report(
            ExcelFile(path),
            tmp_path,
            datetime(2026, 11, 25, 9),
            Asked(),
            trail=Trail(ledger, at_work, tmp_path),
        )
    rows = [[cell.value for cell in row] for row in load(path)["Documents"].iter_rows(min_row=6, min_col=2)]
    unchanged = [row for row in rows if "Unchanged" in row]
    assert unchanged
    assert all(datetime(2026, 11, 22, 9) in row for row in unchanged)
