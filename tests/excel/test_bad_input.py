"""What goes wrong around a workbook: each ends in a sentence that says what to do, and nothing is lost."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwings as xw

from careersheets.books.file_engine import open_closed_file, select_cells
from careersheets.books.refusals import WriteRefused
from careersheets.model.cells import CellError
from careersheets.model.errors import AnotherRunActive, CareersheetsError, UsageError
from careersheets.surfaces import macros
from careersheets.surfaces.buttons import button_of
from careersheets.surfaces.selection import selected_people
from careersheets.surfaces.status_bar import STOP_MARK, StatusBar, Stopped
from tests.excel.company import write_company
from tests.support.as_openpyxl import load

NOW = datetime(2026, 11, 22, 9, 30)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_company(tmp_path_factory.mktemp("original") / "careers.xlsx", 2, 3)


@pytest.fixture
def workbook(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(original, tmp_path / "careers.xlsx"))


def press(book: xw.Book, caption: str = "Check scores") -> str:
    sentence = macros.run_button(button_of(caption), book, NOW).sentence
    book.save()
    return sentence


def test_a_read_only_workbook_is_left_as_it_is(workbook: Path) -> None:
    before = workbook.read_bytes()
    workbook.chmod(0o444)
    with pytest.raises(WriteRefused, match="Copy it to a folder of yours"):
        press(open_closed_file(workbook))
    assert workbook.read_bytes() == before


def test_a_workbook_open_elsewhere_gets_its_results_beside_it(workbook: Path) -> None:
    before = workbook.read_bytes()
    workbook.with_name("~$careers.xlsx").write_bytes(b"Olga")
    book = open_closed_file(workbook)
    press(book)
    assert workbook.read_bytes() == before
    assert "Close it and run again" in book.impl.receipt.note
    assert load(Path(book.impl.receipt.written_to))["Gaps"]["C6"].value


@pytest.mark.parametrize(
    "name", ["careers-DESKTOP-4F2K9.xlsx", "careers (Olga's conflicted copy 2026-11-02).xlsx"]
)
def test_a_conflict_copy_beside_the_workbook_is_named(workbook: Path, name: str) -> None:
    copy = Path(shutil.copyfile(workbook, workbook.with_name(name)))
    assert f'beside this workbook lies "{name}"' in press(open_closed_file(workbook))
    assert 'this looks like a conflict copy of "careers.xlsx"' in press(open_closed_file(copy))


def test_other_workbooks_of_a_similar_name_are_no_conflict_copies(workbook: Path) -> None:
    shutil.copyfile(workbook, workbook.with_name("careers-2025.xlsx"))
    assert "conflict" not in press(open_closed_file(workbook))


def test_a_second_press_while_the_first_runs_is_told_so(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_closed_file(workbook)
    said: list[str] = []

    def again(*_: object) -> macros.Pressed:
        with pytest.raises(AnotherRunActive) as refused:
            macros.run_button(button_of("Check scores"), open_closed_file(workbook), NOW)
        said.append(str(refused.value))
        return macros.Pressed("first")

    monkeypatch.setitem(macros._ACTIONS, "check", again)  # type: ignore[arg-type]
    assert macros.run_button(button_of("Check scores"), book, NOW).sentence == "first"
    assert "Wait until it has finished" in said[0]


def test_a_deleted_tool_sheet_comes_back_and_a_renamed_sheet_is_named(workbook: Path) -> None:
    book = load(workbook)
    del book["Gaps"]
    book["Observations"].title = "Observation"
    book.save(workbook)
    sentence = press(open_closed_file(workbook))
    assert 'The sheet "Gaps" was missing and was added again' in sentence
    after = load(workbook)
    assert "Gaps" in after.sheetnames
    assert "CS002" in [row[7].value for row in after["To fix"].iter_rows(6)]


def test_a_workbook_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "budget.xlsx"
    import openpyxl

    openpyxl.Workbook().save(other)
    with pytest.raises(UsageError, match="Click into the career workbook"):
        press(open_closed_file(other))


def test_the_workbook_that_calls_is_the_one_that_is_written(workbook: Path, tmp_path: Path) -> None:
    second = Path(shutil.copyfile(workbook, tmp_path / "last year.xlsx"))
    before = second.read_bytes()
    book = open_closed_file(workbook)
    open_closed_file(second)
    press(book)
    assert second.read_bytes() == before
    assert load(workbook)["Gaps"]["C6"].value


@pytest.mark.parametrize("place", ["People!B2:C3", "People!B400:B500", "Levels!B6", "Start!A1"])
def test_a_selection_outside_the_people_says_where_to_select(workbook: Path, place: str) -> None:
    book = open_closed_file(workbook)
    select_cells(book, place)
    with pytest.raises(UsageError, match=r"[Ss]elect .* then press again"):
        selected_people(book)


def test_nothing_selected_says_where_to_select(workbook: Path) -> None:
    book = open_closed_file(workbook)
    book.app.impl.selection = None
    with pytest.raises(UsageError, match="Select rows in"):
        selected_people(book)


def test_rows_that_a_filter_hides_are_not_meant(workbook: Path) -> None:
    changed = load(workbook)
    for row in (7, 9):
        changed["People"].row_dimensions[row].hidden = True
    changed.save(workbook)
    book = open_closed_file(workbook)
    select_cells(book, "People!B6:B10")
    shown = load(workbook)["People"]
    assert selected_people(book) == [shown.cell(row, 2).value for row in (6, 8, 10)]


def test_a_whole_column_means_everyone_in_it(workbook: Path) -> None:
    book = open_closed_file(workbook)
    select_cells(book, "Scores!B1:B1048576")
    assert len(selected_people(book)) == 6


def test_decimal_commas_and_error_cells_are_read_as_in_a_file(workbook: Path) -> None:
    changed = load(workbook)
    sheet = changed["Scores"]
    sheet["H6"], sheet["H7"] = "3,5", "=1/0"
    changed.save(workbook)
    from careersheets.books.live_excel import LiveExcel

    grid = LiveExcel(open_closed_file(workbook)).read().grids["Scores"]
    assert grid.cell(6, 8) == "3,5"
    assert grid.cell(7, 8) is not None
    assert not isinstance(grid.cell(7, 8), (int, float, str))


def test_the_button_stop_and_nothing_else_stops_a_run(workbook: Path) -> None:
    app = open_closed_file(workbook).app
    with StatusBar(app) as progress:
        progress(1, 10, "Documents")
        macros.run_button(button_of("Stop"), app.books[0], NOW)
        assert app.status_bar == STOP_MARK
        with pytest.raises(Stopped, match="nothing was written into the workbook"):
            progress(10, 10, "Documents")
    assert app.status_bar is False


def test_texts_reach_excel_as_texts() -> None:
    from careersheets.books.book import Link
    from careersheets.books.live_values import from_entry, to_excel

    for text in ("007", "3-1", "=A1", "+49", "'quoted'", "@x", "TRUE"):
        assert to_excel(text) == f"'{text}"
        assert from_entry(to_excel(text)) == text
    for link in (
        Link('Scores!F14 "x"', location="'Scores'!F14"),
        Link("Open", target="documents/" + "ä" * 300),
    ):
        assert from_entry(to_excel(link)) == link
    assert to_excel(CellError("#REF!")) == "'#REF!"
    assert to_excel(date(2026, 1, 2)) == datetime(2026, 1, 2)


def test_a_missing_button_lists_what_there_is() -> None:
    with pytest.raises(CareersheetsError, match="There is: Check scores"):
        button_of("Make coffee")


def test_the_lock_is_free_after_a_failure(workbook: Path) -> None:
    book = open_closed_file(workbook)
    select_cells(book, "Levels!B6")
    for _ in range(2):
        with pytest.raises(UsageError):
            macros.run_button(button_of("Gap reports: selected rows"), book, NOW)
