"""The workbook keeps the end of its ledger, so that one written anew, or an older one put back, is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import new_identity
from careersheets.ledger.places import ledger_place
from careersheets.surfaces.cli.daily import check
from careersheets.surfaces.ledger_doctor import examine_record as examine
from careersheets.surfaces.master import master_file
from careersheets.surfaces.work import at_work, examine_record
from careersheets.vocabulary.workbook import LEDGER_HEAD
from tests.excel.company import company_rows
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("X9")


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAREERSHEETS_LEDGER", str(tmp_path / "ledgers"))
    path = tmp_path / "careers.xlsx"
    build_workbook(path, company_rows(1, 3), identity=new_identity())
    assert mark(path) is None
    check(str(path))
    return path


def mark(workbook: Path) -> object:
    cell = ExcelFile(workbook).named_cell(LEDGER_HEAD)
    assert cell is not None
    return cell.value


def faults(workbook: Path) -> list[str]:
    """As `history` says them; `doctor` says the same."""
    _, found = examine_record(workbook, None, 1)
    diagnoses = examine(master_file(ExcelFile(workbook), workbook))
    assert [diagnosis.what for diagnosis in diagnoses if not diagnosis.in_order] == found
    return found


def ledgers() -> list[Path]:
    return list(Path(ledger_place()).iterdir())


def set_mark(workbook: Path, value: object) -> None:
    book = load(workbook)
    place = book.defined_names[LEDGER_HEAD].attr_text.split("!")[1].replace("$", "")
    book["Start"][place] = value
    book.save(workbook)


def test_every_run_that_writes_the_workbook_moves_the_mark_on(workbook: Path) -> None:
    first = mark(workbook)
    assert first is not None
    check(str(workbook))
    assert mark(workbook) != first
    assert faults(workbook) == []


def test_runs_that_wrote_no_workbook_and_an_older_workbook_are_no_fault(
    workbook: Path, tmp_path: Path
) -> None:
    older = shutil.copyfile(workbook, tmp_path / "older.xlsx")
    check(str(workbook))
    with at_work(str(workbook), "send"):
        pass
    assert faults(workbook) == []
    assert faults(older) == []


def test_an_older_ledger_put_back_is_found_and_stays_found_until_somebody_says_so(
    workbook: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for file in ledgers():
        shutil.copyfile(file, kept / file.name)
    check(str(workbook))
    for file in ledgers():
        file.unlink()
    for file in kept.iterdir():
        shutil.copyfile(file, Path(ledger_place()) / file.name)
    assert "an older record was put back" in faults(workbook)[0]
    check(str(workbook))
    (said,) = faults(workbook)
    assert "was written anew" in said
    set_mark(workbook, None)
    check(str(workbook))
    assert faults(workbook) == []


def test_a_ledger_that_is_gone_or_was_written_anew_is_found(workbook: Path) -> None:
    for file in ledgers():
        file.unlink()
    (diagnosis,) = examine(master_file(ExcelFile(workbook), workbook))
    assert "The record has no entries" in diagnosis.what
    for _ in range(3):
        check(str(workbook))
    (said,) = faults(workbook)
    assert "was written anew" in said
    assert "If that was you, empty Start!" in said


def test_a_mark_that_came_along_from_another_workbook_says_nothing(workbook: Path) -> None:
    set_mark(workbook, f"{new_identity()} 900 {'0' * 64}")
    assert faults(workbook) == []
    check(str(workbook))
    assert str(mark(workbook)).split()[1] != "900"


def test_what_somebody_typed_over_the_mark_is_said(workbook: Path) -> None:
    set_mark(workbook, "mine")
    (said,) = faults(workbook)
    assert "is not the end of a record" in said
