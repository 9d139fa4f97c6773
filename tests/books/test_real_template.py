"""The workbook that HR gets, filled by the program: still valid, still itself."""

from __future__ import annotations

import shutil
import warnings
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from careersheets.books.book import Changes, Link, SheetRows
from careersheets.books.diff import AddedRow, Diff
from careersheets.books.excel_file import ExcelFile
from careersheets.model.cells import Uncalculated

TEMPLATE = Path(__file__).resolve().parents[2] / "workbook_templates" / "careers.xlsx"
HEADER_ROW, FIRST_COLUMN = 5, 2


@pytest.fixture
def book(tmp_path: Path) -> ExcelFile:
    return ExcelFile(
        shutil.copy(TEMPLATE, tmp_path / "careers.xlsx"), clock=lambda: datetime(2026, 1, 22, 14, 3)
    )


def test_results_in_every_tool_sheet_keep_the_template_valid(book: ExcelFile) -> None:
    contents = book.read()
    sheets = [
        name
        for name in ("To fix", "This week", "Gaps", "Readiness", "Paths", "Documents")
        if name in contents.grids
    ]
    rows = [(Link("Scores!F9", location="Scores!F9"), f"text {row}", row / 3) for row in range(300)]
    changes = [SheetRows(name, rows, HEADER_ROW + 1, FIRST_COLUMN) for name in sheets]
    book.write(contents, Changes(changes, {"cs_last_run": datetime(2026, 1, 22, 14, 3)}))
    result = OpenXmlValidator().validate(book.path)
    assert result.is_valid, result.errors[:3]
    after = book.read().grids
    assert {name: after[name].cell(HEADER_ROW + 300, FIRST_COLUMN + 1) for name in sheets} == dict.fromkeys(
        sheets, "text 299"
    )


def test_people_added_to_the_empty_template_get_its_looks_and_formulas(book: ExcelFile) -> None:
    contents = book.read()
    headers = contents.grids["People"].row(HEADER_ROW)[1:]
    values = {"Employee ID": "E-{}", "Name": "Ayşe {}", "Level since": date(2026, 1, 2)}
    people = [
        tuple(
            value.format(n) if isinstance(value := values.get(str(header)), str) else value
            for header in headers
        )
        for n in range(1, 4)
    ]
    additions = tuple(AddedRow("People", person, FIRST_COLUMN, HEADER_ROW) for person in people)
    book.apply(contents, Diff(additions=additions))
    assert OpenXmlValidator().validate(book.path).is_valid
    grid = book.read().grids["People"]
    assert [grid.cell(row, FIRST_COLUMN) for row in range(6, 10)] == ["E-1", "E-2", "E-3", None]
    manager_name = 2 + headers.index("Manager name")
    assert all(isinstance(grid.cell(row, manager_name), Uncalculated) for row in (6, 7, 8))
    with warnings.catch_warnings():
        # openpyxl says what it would lose; it only looks here.
        warnings.simplefilter("ignore")
        tab = openpyxl.load_workbook(book.path)["People"]
    assert [table.ref.rpartition(":")[2][-1] for table in tab.tables.values()] == ["8"]
    since = 2 + headers.index("Level since")
    assert tab.cell(8, since).number_format == tab.cell(6, since).number_format != "General"


def test_rows_with_long_texts_are_high_enough_and_short_ones_after_them_low_again(book: ExcelFile) -> None:
    def heights() -> list[float | None]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = openpyxl.load_workbook(book.path)["To fix"]
        return [sheet.row_dimensions[HEADER_ROW + row].height for row in (1, 2)]

    def findings(*texts: str) -> Changes:
        rows = [("Error", "Scores", "Scores!H9", "Ayşe", text, "Mend it.", "CS203") for text in texts]
        return Changes([SheetRows("To fix", rows, HEADER_ROW + 1, FIRST_COLUMN)])

    long = "this sentence about a rating takes far more room than one line of the column gives to it, " * 3
    book.write(book.read(), findings(long, "short"))
    first, second = heights()
    assert first is not None
    assert first > 45
    assert second is None
    book.write(book.read(), findings("short", "short"))
    assert heights() == [None, None]
    assert OpenXmlValidator().validate(book.path).is_valid
