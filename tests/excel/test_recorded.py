"""A button and the command line leave the same record, keep out of each other's way, and find it where the workbook goes."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
import xlwings as xw

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.books.file_engine import open_closed_file
from careersheets.ledger import locking, places
from careersheets.ledger.ledger import identity_of, new_identity
from careersheets.ledger.places import is_identity
from careersheets.model.errors import AnotherRunActive, UsageError
from careersheets.surfaces import macros
from careersheets.surfaces.buttons import button_of
from careersheets.surfaces.cli.daily import check as check_command
from careersheets.surfaces.master import master_file
from careersheets.surfaces.work import at_work, open_record, recorded, recorded_if_possible
from careersheets.vocabulary.workbook import WORKBOOK_ID
from careersheets.workflows.new import new_workspace
from tests.excel.company import company_rows
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("X1", "X9")

NOW = datetime(2026, 11, 22, 9, 30)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "careers.xlsx"
    build_workbook(path, company_rows(1, 3), identity=new_identity())
    return path


@pytest.fixture
def workbook(original: Path, tmp_path: Path) -> Path:
    """A workbook with an empty cell for its identity, as a copy of the template has it."""
    build_workbook(tmp_path / "careers.xlsx", company_rows(1, 3))
    return tmp_path / "careers.xlsx"


def press(book: xw.Book, caption: str = "Check scores") -> str:
    sentence = macros.run_button(button_of(caption), book, NOW).sentence
    book.save()
    return sentence


def carried(workbook: Path) -> object:
    cell = ExcelFile(workbook).named_cell(WORKBOOK_ID)
    assert cell is not None
    return cell.value


def verbs(workbook: Path) -> list[str]:
    with open_record(workbook) as ledger:
        return [run.verb for run in ledger.history()]


def test_check_and_report_by_button_are_in_the_record(workbook: Path) -> None:
    press(open_closed_file(workbook))
    press(open_closed_file(workbook), "Generate gap reports")
    with open_record(workbook) as ledger:
        report, check = ledger.history()
        assert (report.verb, check.verb) == ("report", "check")
        assert (report.outcome, report.counts["made"]) == ("done", 3)
        assert len(ledger.documents()) == 3
        assert ledger.verify() == []


def test_what_lies_there_is_not_made_again_by_button_nor_by_command(workbook: Path) -> None:
    assert press(open_closed_file(workbook), "Generate gap reports").startswith("3 of 3 documents made")
    again = press(open_closed_file(workbook), "Generate gap reports")
    assert again.startswith("0 of 3 documents made")
    assert "3 lie there already" in again


def test_a_button_and_the_command_line_exclude_each_other(workbook: Path) -> None:
    with (
        recorded(master_file(ExcelFile(workbook), workbook), "report"),
        pytest.raises(AnotherRunActive, match=r"careers\.xlsx"),
    ):
        press(open_closed_file(workbook))
    book = open_closed_file(workbook)
    live = macros.LiveExcel(book)
    with (
        recorded(master_file(live, live.path), "check"),
        pytest.raises(AnotherRunActive, match=r"careers\.xlsx"),
    ):
        check_command(workbook)


def test_they_do_so_too_where_no_ledger_can_lie(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mounts are read from a table of our own, because no share can be mounted here."""
    share = str(workbook.parent / "share")
    monkeypatch.setenv("CAREERSHEETS_LEDGER", share)
    monkeypatch.setattr(
        places, "_network_kind", lambda folder: places.network_kind_of(str(folder), f"x {share} nfs rw")
    )
    with recorded_if_possible(master_file(ExcelFile(workbook), workbook), "check") as work:
        assert work is None
        with pytest.raises(AnotherRunActive):
            press(open_closed_file(workbook))
    assert "rror" in press(open_closed_file(workbook)) or press(open_closed_file(workbook))
    with pytest.raises(UsageError, match="network share"):
        press(open_closed_file(workbook), "Send documents")


def test_a_new_workspace_has_an_identity_of_its_own(tmp_path: Path) -> None:
    one, other = (carried(new_workspace(tmp_path / name, NOW)) for name in ("one", "other"))
    assert is_identity(str(one))
    assert is_identity(str(other))
    assert one != other


@pytest.mark.parametrize("by", ["command", "button"])
def test_the_first_run_gives_a_workbook_with_an_empty_cell_its_identity(workbook: Path, by: str) -> None:
    identity = identity_of(workbook)
    check_command(workbook) if by == "command" else press(open_closed_file(workbook))
    assert carried(workbook) == identity
    assert len(list((workbook.parent / "backups").iterdir())) == 1, "one run, one backup"


def test_a_workbook_that_is_moved_and_renamed_keeps_its_record(workbook: Path, tmp_path: Path) -> None:
    check_command(workbook)
    elsewhere = tmp_path / "archive"
    elsewhere.mkdir()
    moved = workbook.rename(elsewhere / "careers 2026.xlsx")
    assert verbs(moved) == ["check"]
    press(open_closed_file(moved))
    assert verbs(moved) == ["check", "check"]


def test_a_copy_has_the_record_and_the_lock_of_its_original(original: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(original, tmp_path / "copy.xlsx"))
    before = verbs(original)
    with at_work(original, "send"), pytest.raises(AnotherRunActive):
        check_command(copy)
    assert verbs(copy) == verbs(original) == ["send", *before]


def test_an_older_workbook_without_the_name_is_known_by_its_place(workbook: Path) -> None:
    book = load(workbook)
    del book.defined_names[WORKBOOK_ID]
    book.save(workbook)
    check_command(workbook)
    assert verbs(workbook) == ["check"]
    assert ExcelFile(workbook).named_cell(WORKBOOK_ID) is None
    with recorded(master_file(ExcelFile(workbook), workbook), "send"), pytest.raises(AnotherRunActive):
        locking_of(workbook)


def locking_of(workbook: Path) -> None:
    with locking.run_lock(identity_of(workbook), workbook.name):
        pass


@pytest.mark.parametrize("value", ["my workbook", "../../etc/x-passwd", 12345678])
def test_an_identity_that_somebody_typed_is_refused_with_its_cell(
    original: Path, tmp_path: Path, value: object
) -> None:
    changed = load(original)
    place = changed.defined_names[WORKBOOK_ID].attr_text
    cell = place.split("!")[1].replace("$", "")
    changed["Start"][cell] = value
    changed.save(tmp_path / "careers.xlsx")
    with pytest.raises(UsageError, match=f"what stands in Start!{cell} is not the identity"):
        check_command(tmp_path / "careers.xlsx")


def test_an_identity_that_somebody_emptied_is_known_from_the_mark_of_the_ledger(
    original: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copyfile(original, tmp_path / "copy.xlsx"))
    identity = carried(copy)
    check_command(copy)
    emptied = load(copy)
    emptied["Start"][emptied.defined_names[WORKBOOK_ID].attr_text.split("!")[1].replace("$", "")] = None
    emptied.save(tmp_path / "careers.xlsx")
    assert verbs(tmp_path / "careers.xlsx") == verbs(original)
    check_command(tmp_path / "careers.xlsx")
    assert carried(tmp_path / "careers.xlsx") == identity


def test_a_look_without_writing_leaves_the_workbook_as_it_is(workbook: Path) -> None:
    before = workbook.read_bytes()
    check_command(workbook, read_only=True)
    assert verbs(workbook) == []
    assert workbook.read_bytes() == before


def test_what_was_read_for_the_identity_is_read_again_if_the_file_changed(workbook: Path) -> None:
    book = ExcelFile(workbook)
    seen = book.named_cell(WORKBOOK_ID)
    assert seen is not None
    assert seen.value is None
    check_command(workbook)
    assert book.read().named_cell(WORKBOOK_ID) != seen
