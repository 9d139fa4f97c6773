"""HR's own work survives every write: byte by byte where the promise says so, cell by cell elsewhere."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from careersheets.books.book import BookContents, Changes, Link, SheetRows
from careersheets.books.diff import AddedRow, Diff, accept_lines, build_diff, diff_rows
from careersheets.books.excel_file import ExcelFile
from careersheets.books.guard import start_reading
from careersheets.books.inspection import inspect_workbook
from careersheets.books.refusals import WriteRefusal, WriteRefused
from careersheets.model.cells import CellRef

from ..support.office import convert
from .oracle import Cells, grid_cells, normalised, openpyxl_cells
from .torture import COMPETENCIES, LAST_SCORE_ROW, PEOPLE, build_torture

NOW = datetime(2026, 1, 22, 14, 3, 5)
TOOL_ROWS = 40

# What check and report may change besides the sheets that belong to the tool (DESIGN, promise 1).
CLOSED_LIST = {
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/calcChain.xml", "docProps/app.xml",
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> ExcelFile:
    """The torture workbook."""
    return ExcelFile(build_torture(tmp_path / "careers.xlsm"), clock=lambda: NOW)


def results() -> Changes:
    """What check and report write."""
    findings = [
        (
            "Error",
            "Scores",
            Link(f"F{row}", location=f"Scores!F{row}"),
            "E-1",
            "=1+1 <b>&",
            "{{7*7}}",
            "CS203",
        )
        for row in range(TOOL_ROWS)
    ]
    gaps = [
        (
            "2026-H1",
            "E-1",
            "Ayşe",
            "E3",
            "C-1",
            "x",
            3.5,
            4,
            0.5,
            True,
            None,
            1,
            False,
            "now",
            "near",
            date(2026, 1, 2),
        )
        for _ in range(TOOL_ROWS)
    ]
    return Changes(
        [SheetRows("To fix", findings, 6, 2), SheetRows("Gaps", gaps, 6, 2)],
        {"cs_last_run": datetime(2026, 1, 22, 14, 3)},
    )


def hr_changes(contents: BookContents) -> Diff:
    """What collect and import write: a score, an evidence, a person's level, new scores, a new person."""
    wanted = {
        CellRef("Scores", 3, 4): 5.0,
        CellRef("Scores", 4, 5): '=HYPERLINK("http://127.0.0.1:9","x")',
        CellRef("People", 2, 3): "E3",
        CellRef("Scores", 5, 4): contents.grids["Scores"].cell(5, 4),
    }
    scores = [AddedRow("Scores", ("E-5", name, None, 3.0, "R&D <lead> 🧑‍💻")) for name in COMPETENCIES]
    person = AddedRow("People", ("E-5", "Nguyễn Thị Minh", "E1", date(2026, 1, 2)))
    return build_diff(contents, wanted, [*scores, person])


def test_check_and_report_leave_every_other_part_as_it_was(book: ExcelFile) -> None:
    before = _raw_parts(book.path)
    contents = book.read()
    book.write(contents, results())
    after = _raw_parts(book.path)
    own = {_sheet_part(contents, name) for name in ("Start", "To fix", "Gaps")}
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= own | CLOSED_LIST
    assert own <= changed
    assert len(before) - len(changed) >= 38


def test_check_and_report_write_what_they_should(book: ExcelFile) -> None:
    contents = book.read()
    receipt = book.write(contents, results())
    cells = openpyxl_cells(book.path)
    assert receipt.note == ""
    assert cells["To fix", 6, 6] == "=1+1 <b>&"
    assert cells["To fix", 5 + TOOL_ROWS, 8] == "CS203"
    assert cells["Gaps", 6, 17] == datetime(2026, 1, 2) or cells["Gaps", 6, 17] == 46024
    assert cells["Start", 3, 11] == datetime(2026, 1, 22, 14, 3)
    others = {
        place for place in openpyxl_cells(Path(receipt.backup)) if place[0] not in ("To fix", "Gaps", "Start")
    }
    assert {place: cells[place] for place in others} == {
        place: value for place, value in openpyxl_cells(Path(receipt.backup)).items() if place in others
    }


def test_writing_twice_is_writing_once(book: ExcelFile) -> None:
    book.write(book.read(), results())
    once = book.read().grids
    book.write(book.read(), results())
    assert book.read().grids == once


def test_fewer_rows_leave_nothing_of_the_earlier_run(book: ExcelFile) -> None:
    book.write(book.read(), results())
    book.write(book.read(), Changes([SheetRows("To fix", [], 6, 2)]))
    assert [place for place in openpyxl_cells(book.path) if place[0] == "To fix" and place[1] > 5] == []


def test_accepted_changes_touch_only_the_named_cells_and_rows(book: ExcelFile) -> None:
    contents = book.read()
    diff = hr_changes(contents)
    assert len(diff) == 7
    before = {"calamine": _values(book.path), "openpyxl": openpyxl_cells(book.path, formulas=True)}
    book.apply(contents, diff)
    after = {"calamine": _values(book.path), "openpyxl": openpyxl_cells(book.path, formulas=True)}
    expected = {
        (change.cell.sheet, change.cell.row, change.cell.column): change.new for change in diff.changes
    }
    expected |= _added(diff, "Scores", LAST_SCORE_ROW + 1) | _added(diff, "People", len(PEOPLE) + 2)
    filled_down = {("Scores", LAST_SCORE_ROW + n, column) for n in (1, 2, 3) for column in (3, 6)}
    filled_down.add(("People", len(PEOPLE) + 2, 5))
    for reader, cells in before.items():
        differing = _differing(cells, after[reader])
        assert differing - filled_down == set(expected)
        assert {place: normalised(after[reader][place]) for place in expected} == {
            place: normalised(value) for place, value in expected.items()
        }


def test_accepted_changes_leave_every_other_part_as_it_was(book: ExcelFile) -> None:
    contents = book.read()
    before = _raw_parts(book.path)
    book.apply(contents, hr_changes(contents))
    after = _raw_parts(book.path)
    own = {_sheet_part(contents, name) for name in ("Scores", "People")} | {
        "xl/tables/table1.xml",
        "xl/workbook.xml",
    }
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == own


def test_everything_that_names_the_rows_reaches_the_new_ones(book: ExcelFile) -> None:
    contents = book.read()
    book.apply(contents, hr_changes(contents))
    last = LAST_SCORE_ROW + 3
    with zipfile.ZipFile(book.path) as archive:
        scores = archive.read(_sheet_part(contents, "Scores")).decode()
        people = archive.read(_sheet_part(contents, "People")).decode()
        table = archive.read("xl/tables/table1.xml").decode()
        workbook = archive.read("xl/workbook.xml").decode()
    assert scores.count(f'sqref="D2:D{last}"') == 2
    assert scores.count(f"<xm:sqref>D2:D{last}</xm:sqref>") == 1
    assert f"<xm:sqref>A2:A{last}</xm:sqref>" in scores
    assert f'<autoFilter ref="A1:F{last}"' in scores
    assert f"Scores!$D$2:$D${last}</definedName>" in workbook
    assert f"Scores!$A$1:$F${last}</definedName>" in workbook
    assert f'ref="A1:E{len(PEOPLE) + 2}"' in table
    assert f'sqref="C2:C{len(PEOPLE) + 2}"' in people


def test_libreoffice_opens_and_recalculates_the_patched_workbook(book: ExcelFile, tmp_path: Path) -> None:
    contents = book.read()
    book.apply(contents, hr_changes(contents))
    book.write(book.read(), results())
    cells = openpyxl_cells(convert(book.path, "xlsx", tmp_path / "converted"))
    last = LAST_SCORE_ROW + 3
    assert cells["Scores", last, 3] == "Nguyễn Thị Minh"
    assert cells["Scores", last, 6] == 6
    assert cells["Scores", 3, 6] == 10
    assert cells["People", len(PEOPLE) + 2, 5] == "Nguyễn Thị Minh (E1)"
    assert cells["People", 2, 5] == "Ayşe Yılmaz (E3)"
    assert cells["Start", 4, 2] == len(PEOPLE) + 1
    assert cells["Start", 5, 2] == sum(cells["Scores", row, 4] for row in range(2, last + 1))
    assert cells["To fix", 6, 6] == "=1+1 <b>&"


def test_a_diff_is_shown_line_by_line_and_accepted_in_part(book: ExcelFile) -> None:
    contents = book.read()
    diff = hr_changes(contents)
    assert [row[:3] for row in diff_rows(diff)][:4] == [
        (1, "Scores", "D3"), (2, "Scores", "E4"), (3, "People", "C2"), (4, "Scores", "new row"),
    ]  # fmt: skip
    accepted = accept_lines(diff, {1, 7, 99})
    assert [change.cell.address for change in accepted.changes] == ["D3"]
    assert [row.sheet for row in accepted.additions] == ["People"]


def test_a_diff_is_applied_once(book: ExcelFile) -> None:
    diff = hr_changes(book.read())
    book.apply(book.read(), diff)
    with pytest.raises(WriteRefused) as refused:
        book.apply(book.read(), diff)
    assert refused.value.refusal is WriteRefusal.OLD_VALUE
    only_rows = Diff(additions=diff.additions)
    with pytest.raises(WriteRefused) as refused:
        book.apply(book.read(), only_rows)
    assert refused.value.refusal is WriteRefusal.ROW_EXISTS


def test_a_cell_that_changed_since_the_diff_is_refused(book: ExcelFile) -> None:
    diff = hr_changes(book.read())
    book.apply(book.read(), build_diff(book.read(), {CellRef("Scores", 3, 4): 1.0}))
    with pytest.raises(WriteRefused, match=r"Scores!D3.*other values") as refused:
        book.apply(book.read(), diff)
    assert refused.value.refusal is WriteRefusal.OLD_VALUE


def test_a_formula_of_hr_is_never_overwritten(book: ExcelFile) -> None:
    diff = build_diff(book.read(), {CellRef("Scores", 2, 3): "Ayşe"})
    before = book.path.read_bytes()
    diff = build_diff(book.read(), {CellRef("Scores", 2, 6): 99.0}) if not diff.changes else diff
    with pytest.raises(WriteRefused) as refused:
        book.apply(book.read(), diff)
    assert refused.value.refusal is WriteRefusal.FORMULA
    assert book.path.read_bytes() == before


def test_doctor_sees_what_other_programs_would_lose(book: ExcelFile) -> None:
    found = inspect_workbook(book.path, book.read())
    assert found.hidden_sheets == ("Requests",)
    assert set(found.at_risk) == {
        "cell checkboxes", "charts", "comment threads", "custom data", "formulas that spill", "macros",
        "newer conditional formats", "newer drop-downs", "pictures", "pivot tables", "printer settings",
        "sensitivity label", "shapes and text boxes", "shapes that start a macro", "slicers", "sparklines",
    }  # fmt: skip


def _raw_parts(path: Path) -> dict[str, bytes]:
    """Each part as it is packed: header, data and descriptor."""
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        ordered = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [info.header_offset for info in ordered[1:]] + [archive.start_dir]
    return {info.filename: content[info.header_offset : end] for info, end in zip(ordered, ends, strict=True)}


def _sheet_part(contents: BookContents, name: str) -> str:
    return f"xl/worksheets/sheet{1 + list(contents.grids).index(name)}.xml"


def _values(path: Path) -> Cells:
    return grid_cells(dict(start_reading(path).result().grids))


def _added(diff: Diff, sheet: str, first_row: int) -> Cells:
    rows = [row.values for row in diff.additions if row.sheet == sheet]
    return {
        (sheet, first_row + down, 1 + across): value
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
        if value is not None
    }


def _differing(before: Cells, after: Cells) -> set[tuple[str, int, int]]:
    return {
        place
        for place in before.keys() | after.keys()
        if normalised(before.get(place)) != normalised(after.get(place))
    }
