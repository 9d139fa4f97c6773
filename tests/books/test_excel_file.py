"""A workbook file as a book: what is read, where writes go, and when nothing is written."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from careersheets.books.book import Changes, Link, SheetRows
from careersheets.books.excel_file import ExcelFile
from careersheets.books.guard import read_document, start_reading
from careersheets.books.refusals import Refusal, WriteRefusal, WriteRefused
from careersheets.model.cells import CellError, Uncalculated
from careersheets.model.errors import FileRefused

from .oracle import openpyxl_cells
from .workbook_maker import changed, packed, plain_parts, rows_of, sheet

NOW = datetime(2026, 1, 22, 14, 3, 5)


def book_at(path: Path, **options: int) -> ExcelFile:
    """A small master workbook with one tool-owned sheet, header in row 5."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        start = workbook.add_worksheet("Start")
        start.write_blank("K3", None, workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        workbook.define_name("cs_last_run", "=Start!$K$3")
        tool = workbook.add_worksheet("To fix")
        tool.add_table("B5:D6", {"columns": [{"header": name} for name in ("Severity", "Cell", "Since")]})
        tool.write_blank("D6", None, day)
    return ExcelFile(path, clock=lambda: NOW, **options)


def findings(count: int = 2) -> Changes:
    return Changes(
        [SheetRows("To fix", [("Error", f"F{row}", date(2026, 1, 2)) for row in range(count)], 6, 2)]
    )


def test_each_cell_keeps_its_kind(tmp_path: Path) -> None:
    """
    | cell | holds                     | read as              |
    | A1   | a number                  | 4.0                  |
    | B1   | a boolean                 | True                 |
    | C1   | #REF!                     | CellError            |
    | D1   | a formula never calculated| Uncalculated         |
    | E1   | a formula giving ""       | blank                |
    | F1   | text with outer spaces    | as it is             |
    | G1   | an empty value element    | Uncalculated         |
    """
    path = tmp_path / "kinds.xlsx"
    path.write_bytes(
        rows_of(
            '<c r="A1"><v>4</v></c>', '<c r="B1" t="b"><v>1</v></c>', '<c r="C1" t="e"><f>A9</f><v>#REF!</v></c>',
            '<c r="D1"><f>SUM(A1:A2)&amp;"x"</f></c>', '<c r="E1" t="str"><f>""</f><v></v></c>',
            '<c r="F1" t="inlineStr"><is><t xml:space="preserve"> Ines </t></is></c>', '<c r="G1"><f>A1</f><v/></c>',
        )
    )  # fmt: skip
    row = start_reading(path).result().grids["Scores"].row(1)
    assert row == [
        4.0,
        True,
        CellError("#REF!"),
        Uncalculated('=SUM(A1:A2)&"x"'),
        None,
        " Ines ",
        Uncalculated("=A1"),
    ]


def test_dates_times_and_spans_are_read_as_such(tmp_path: Path) -> None:
    path = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        tab = workbook.add_worksheet("A")
        formats = {
            name: workbook.add_format({"num_format": name})
            for name in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm")
        }
        tab.write_datetime("A1", date(2026, 1, 2), formats["yyyy-mm-dd"])
        tab.write_datetime("B1", datetime(2026, 1, 2, 3, 4), formats["yyyy-mm-dd hh:mm"])
        tab.write_datetime("C1", time(3, 4), formats["hh:mm"])
        tab.write_number("D1", 1.5, formats["[h]:mm"])
    row = start_reading(path).result().grids["A"].row(1)
    assert row == [date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), time(3, 4), timedelta(hours=36)]


def test_hidden_sheets_merged_cells_names_and_leading_blank_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "shape.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        first = workbook.add_worksheet("To fix")
        first.merge_range("B3:C4", "wide")
        workbook.add_worksheet("Hidden").hide()
        workbook.add_worksheet("Requests").very_hidden()
        workbook.define_name("cs_cycle", "='To fix'!$B$3")
        workbook.define_name("a_number", "=4")
    contents = start_reading(path).result()
    assert {name: grid.visibility for name, grid in contents.grids.items()} == {
        "To fix": "visible", "Hidden": "hidden", "Requests": "veryHidden",
    }  # fmt: skip
    assert contents.grids["To fix"].cell(3, 2) == "wide"
    assert contents.grids["To fix"].merged == ("B3:C4",)
    assert contents.names == {"cs_cycle": "'To fix'!$B$3"}


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda path: None, Refusal.MISSING),
        (lambda path: path.mkdir(), Refusal.FOLDER),
        (lambda path: path.write_bytes(b""), Refusal.EMPTY),
        (lambda path: path.write_bytes(b"Employee ID,Score\nE-1,4\n"), Refusal.TEXT),
        (lambda path: path.write_bytes(packed(plain_parts())[:-40]), Refusal.DAMAGED),
        (lambda path: path.write_bytes(changed(sheet=sheet()[:-60])), Refusal.DAMAGED_PART),
    ],
)
def test_a_bad_file_is_one_plain_sentence(tmp_path: Path, make: object, refusal: Refusal) -> None:
    path = tmp_path / "careers.xlsx"
    make(path)  # type: ignore[operator]
    with pytest.raises(FileRefused) as refused:
        ExcelFile(path).read()
    assert str(refused.value) == f'"careers.xlsx" {refusal.reason} {refusal.fix}'
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    book.path.chmod(0)
    with pytest.raises(FileRefused, match="may not be read"):
        book.read()


def test_the_parent_of_a_read_imports_neither_pandas_nor_lxml() -> None:
    import subprocess

    code = "import sys, careersheets.books.excel_file; print({'pandas', 'lxml', 'openpyxl', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_results_go_into_the_workbook_and_the_old_version_into_backups(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    old = book.path.read_bytes()
    receipt = book.write(book.read(), findings())
    assert receipt.written_to == str(book.path)
    assert Path(receipt.backup).name == "careers (2026-01-22 14.03.05).xlsx"
    assert Path(receipt.backup).read_bytes() == old
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
    assert book.read().grids["To fix"].row(7)[1:] == ["Error", "F1", date(2026, 1, 2)]


def test_the_table_of_a_tool_sheet_follows_its_rows(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    for count, area in ((40, "B5:D45"), (1, "B5:D6"), (0, "B5:D6")):
        book.write(book.read(), findings(count))
        table = openpyxl.load_workbook(book.path)["To fix"].tables["Table1"]
        assert (table.ref, table.autoFilter.ref) == (area, area)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed under Linux only")
def test_the_workbook_is_not_open_when_it_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    replace, still_open = os.replace, []

    def watched(source: Path, target: Path) -> None:
        still_open.extend(
            file for file in Path("/proc/self/fd").iterdir() if file.exists() and file.samefile(book.path)
        )
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    book.write(book.read(), findings())
    assert still_open == []


def test_only_the_last_backups_are_kept(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx", keep_backups=3)
    foreign = tmp_path / "backups" / "careers by hand.xlsx"
    foreign.parent.mkdir()
    foreign.write_text("HR's own")
    for _ in range(5):
        book.write(book.read(), findings())
    assert len(list(foreign.parent.glob("careers (*"))) == 3
    assert foreign.exists()


@pytest.mark.parametrize("mark", ["~$careers.xlsx", ".~lock.careers.xlsx#"])
def test_an_open_workbook_is_left_alone_and_a_results_workbook_lies_beside_it(
    tmp_path: Path, mark: str
) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    old = book.path.read_bytes()
    (tmp_path / mark).touch()
    receipt = book.write(book.read(), findings())
    assert Path(receipt.written_to).name == "careers (results 2026-01-22 14.03.05).xlsx"
    assert "open in another program" in receipt.note
    assert book.path.read_bytes() == old
    assert openpyxl_cells(Path(receipt.written_to))["To fix", 6, 2] == "Error"
    again = book.write(book.read(), findings())
    assert Path(again.written_to).name == "careers (results 2026-01-22 14.03.05, 2).xlsx"


def test_a_workbook_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    contents = book.read()
    book.write(contents, findings(3))
    newer = book.path.read_bytes()
    with pytest.raises(WriteRefused) as refused:
        book.write(contents, findings())
    assert refused.value.refusal is WriteRefusal.CHANGED
    assert book.path.read_bytes() == newer


def test_a_signed_workbook_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "signed.xlsx"
    path.write_bytes(packed({**plain_parts(), "_xmlsignatures/sig1.xml": "<Signature/>"}))
    with pytest.raises(WriteRefused) as refused:
        ExcelFile(path).write(ExcelFile(path).read(), Changes())
    assert refused.value.refusal is WriteRefusal.SIGNED


def test_an_old_workbook_is_read_but_not_written(tmp_path: Path) -> None:
    path = tmp_path / "careers.xls"
    path.write_bytes(packed(plain_parts()))
    with pytest.raises(WriteRefused) as refused:
        ExcelFile(path).write(ExcelFile(path).read(), Changes())
    assert refused.value.refusal is WriteRefusal.NOT_XLSX


def test_a_deleted_tool_sheet_is_added_again_under_the_templates_headers(tmp_path: Path) -> None:
    template = book_at(tmp_path / "template.xlsx").path
    path = tmp_path / "careers.xlsx"
    path.write_bytes(packed(plain_parts()))
    book = ExcelFile(path, template=template)
    receipt = book.write(book.read(), findings(1))
    cells = openpyxl_cells(path)
    assert "added again" in receipt.note
    assert (cells["To fix", 5, 2], cells["To fix", 6, 2]) == ("Severity", "Error")
    assert cells["Scores", 1, 2] == 5


def test_a_missing_named_cell_is_told(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    receipt = book.write(book.read(), Changes(named_cells={"cs_last_run": NOW, "cs_gone": 1}))
    assert '"cs_gone"' in receipt.note
    assert openpyxl_cells(book.path)["Start", 3, 11] == NOW


def test_links_lead_where_they_should_and_text_is_never_a_formula(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    rows = [
        (Link("To fix!B6", location="To fix!B6"), Link('a "b"', target='documents/R&D "x".docx'), "=1+1"),
        ("+1", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1:9")'),
    ]
    book.write(book.read(), Changes([SheetRows("To fix", rows, 6, 2)]))
    tab = openpyxl.load_workbook(book.path)["To fix"]
    assert tab["B6"].hyperlink.location == "'To fix'!B6"
    assert tab["C6"].value == '=HYPERLINK("documents/R&D ""x"".docx","a ""b""")'
    formulas = [cell.coordinate for row in tab.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == ["C6"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_where_one_may_not_save_is_told(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    contents = book.read()
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WriteRefused, match="may not save"):
            book.write(contents, findings())
    finally:
        tmp_path.chmod(0o700)


def test_a_workbook_that_may_not_be_replaced_gets_results_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    old, replace = book.path.read_bytes(), os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target) == book.path:
            raise PermissionError(13, "in use")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    receipt = book.write(book.read(), findings())
    assert Path(receipt.written_to).name == "careers (results 2026-01-22 14.03.05).xlsx"
    assert "may not be replaced" in receipt.note
    assert book.path.read_bytes() == old


def test_a_full_disk_leaves_the_workbook_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    old, contents = book.path.read_bytes(), book.read()

    def no_space(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", no_space)
    with pytest.raises(WriteRefused, match="disk is full"):
        book.write(contents, findings())
    assert book.path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".tmp"] == []


def test_a_filled_form_comes_through_the_same_door(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(packed({"word/document.xml": "<document>4</document>", "word/media/x.png": b"\x89PNG"}))
    assert read_document(path).parts == {"word/document.xml": b"<document>4</document>"}
    path.write_bytes(packed({"word/document.xml": "<!DOCTYPE d [<!ENTITY a 'b'>]><document>&a;</document>"}))
    with pytest.raises(FileRefused, match="document type"):
        read_document(path)
    path.write_bytes(packed(plain_parts()))
    with pytest.raises(FileRefused, match="not a Word document"):
        read_document(path)


def test_a_read_can_be_given_up(tmp_path: Path) -> None:
    book = book_at(tmp_path / "careers.xlsx")
    pending = start_reading(book.path)
    pending.cancel()
    book.start_reading()
    assert list(book.read().grids) == ["Start", "To fix"]
