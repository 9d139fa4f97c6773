"""From Excel to Google Sheets and back: no cell is lost, nothing is destroyed, and what is not carried is said."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careersheets.books.building import build_workbook
from careersheets.books.diff import AddedSheet, CellChange, Diff, EditableBook, build_diff
from careersheets.books.excel_file import ExcelFile
from careersheets.model.cells import CellError, CellRef, CellValue, column_letter
from careersheets.model.errors import InputError, UsageError
from careersheets.vocabulary.framework import FrameworkHistory
from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import WORKBOOK_ID
from careersheets.workflows.carry import carry, compare_books, remarks_by_kind, summary
from careersheets.workflows.carry_cells import EXCEL, GOOGLE, About, CannotHold, Remark, same_cell
from careersheets.workflows.carry_new import pull_into_new
from tests.analysis.test_by_hand import workbook as example
from tests.books.google_sheets import snapshot
from tests.books.oracle import Cells, normalised, openpyxl_cells
from tests.google_server.spreadsheet import Spreadsheet
from tests.support.validators import audit_complaints

from .created import demo
from .moving import (
    FILE_IDENTITY,
    NOW,
    ODD,
    Mover,
    added,
    company_workbook,
    differences,
    pull,
    push,
    pushing,
    replaced_in,
    running_mover,
    typed_cell,
    with_formulas,
)

pytestmark = pytest.mark.requirement("X8")

READING = ["spreadsheets.get", "spreadsheets.values.batchGet", "spreadsheets.values.batchGet"]
# The local Google calculates nothing but names.
CALCULATED = ("Start", "Person", "ROI")


@pytest.fixture(scope="module")
def mover() -> Iterator[Mover]:
    with running_mover() as running:
        yield running


@pytest.fixture
def book(mover: Mover) -> Spreadsheet:
    return mover.start_anew()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company_workbook(tmp_path_factory.mktemp("small") / "careers.xlsx", example())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "careers.xlsx"
    build_workbook(path, {})
    return path


@pytest.mark.requirement("X8", "X2")
def test_a_company_moves_to_google_sheets_and_back_and_every_cell_is_as_it_was(
    mover: Mover, book: Spreadsheet, tmp_path: Path
) -> None:
    here = company_workbook(tmp_path / "careers.xlsx", demo())
    done = push(here, mover.sheet(book))
    assert (len(done.differing), done.note) == (0, "")
    back, remarks = pull_into_new(mover.sheet(book), tmp_path / "back.xlsx", NOW)
    assert len(back.differing) == 0
    assert {remark.about for remark in remarks} == {About.ERROR}

    assert audit_complaints(here) == audit_complaints(tmp_path / "back.xlsx") == []
    before, after = openpyxl_cells(here), openpyxl_cells(tmp_path / "back.xlsx")
    assert len(before) > 15_000
    assert _typed(before) == _typed(after)
    assert differences(ExcelFile(here).read().grids, ExcelFile(tmp_path / "back.xlsx").read().grids) == []


def _typed(cells: Cells) -> Cells:
    """What holds something, but for what is calculated."""
    found = {place: normalised(value) for place, value in cells.items() if place[0] not in CALCULATED}
    return {place: value for place, value in found.items() if value is not None}


def test_the_templates_formulas_stay_and_those_of_hr_become_values_and_are_named(
    mover: Mover, book: Spreadsheet, small: Path, tmp_path: Path
) -> None:
    carrying = pushing(small, mover.sheet(book))
    said = remarks_by_kind(carrying.remarks, "Careers 2026")
    assert said[About.FORMULA.value] == ["Budget!B6"]
    carry(mover.sheet(book), carrying)
    pull_into_new(mover.sheet(book), tmp_path / "back.xlsx", NOW)
    before = openpyxl_cells(small, formulas=True)
    after = openpyxl_cells(tmp_path / "back.xlsx", formulas=True)
    formulas = {
        place for place, value in before.items() if str(value).startswith("=") and place[0] != "Odd cells"
    }
    assert {place for place in formulas if after[place] != before[place]} == {("Budget", 6, 2)}
    assert after["Budget", 6, 2] == 96.5


def test_a_second_push_changes_nothing_and_only_reads(mover: Mover, book: Spreadsheet, small: Path) -> None:
    push(small, mover.sheet(book))
    before = snapshot(book)
    mover.server.start_counting()
    again = pushing(small, mover.sheet(book))
    assert summary(again).startswith("Nothing new; ")
    assert len(again.diff) == 0
    assert mover.server.methods == READING
    assert snapshot(book) == before


def test_a_first_push_takes_few_requests(mover: Mover, book: Spreadsheet, small: Path) -> None:
    carrying = pushing(small, mover.sheet(book))
    mover.server.start_counting()
    carry(mover.sheet(book), carrying)
    # The identity, and a look at it; look, change and tidy; three new tabs; what is there now.
    assert mover.server.methods == [
        "spreadsheets.get",
        "spreadsheets.batchUpdate",
        *READING[:2],
        "spreadsheets.getByDataFilter",
        *["spreadsheets.batchUpdate"] * 5,
        *READING,
    ]


def test_from_a_sheet_to_excel_and_into_another_sheet_nothing_changes(
    mover: Mover, book: Spreadsheet, small: Path, tmp_path: Path
) -> None:
    push(small, mover.sheet(book))
    first = mover.sheet(book).read().grids
    pull_into_new(mover.sheet(book), tmp_path / "careers.xlsx", NOW)
    other = mover.start_anew()
    assert len(push(tmp_path / "careers.xlsx", mover.sheet(other)).differing) == 0
    assert differences(first, mover.sheet(other).read().grids) == []


_letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_texts = st.text(_letters | st.just("\n"), min_size=1, max_size=30)
_days = st.dates(date(1901, 1, 1), date(9999, 12, 31))
_moments = st.builds(
    datetime.combine, _days, st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
)
_numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**53), 2**53).map(float), st.just(0.0)
)
_spans = st.integers(86_400, 10**8).map(lambda seconds: timedelta(seconds=seconds))
_cells = st.one_of(
    st.none(), _texts, _numbers, st.booleans(), _days, _moments, _spans,
    st.sampled_from([CellError("#N/A"), CellError("#REF!"), CellError("#DIV/0!"), "#N/A", "Loading", "=1+1", "'"]),
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.lists(_cells, min_size=1, max_size=5), min_size=1, max_size=30))
def test_whatever_stands_in_a_cell_arrives_and_comes_back(
    mover: Mover, empty: Path, tmp_path: Path, cells: list[list[CellValue]]
) -> None:
    rows = tuple(map(tuple, cells))
    here, back = tmp_path / "here.xlsx", tmp_path / "back.xlsx"
    for path in (here, back):
        shutil.copyfile(empty, path)
    source = ExcelFile(here, keep_backups=0)
    contents = source.read()
    width = len(contents.grids["People"].columns) + 1
    own = [
        CellChange(CellRef("People", 6 + down, width), None, row[0])
        for down, row in enumerate(rows)
        if row[0] is not None
    ]
    own += [CellChange(CellRef("People", 6 + down, 2), None, f"E-{down}") for down in range(len(rows))]
    header = CellChange(CellRef("People", 5, width), None, "Anything")
    source.apply(contents, Diff((header, *own), sheets=(AddedSheet("Mine", rows),), kinds=True))
    book = mover.start_anew()
    assert len(push(here, mover.sheet(book)).differing) == 0
    assert len(pull(mover.sheet(book), back).differing) == 0
    before, after = ExcelFile(here).read().grids, ExcelFile(back).read().grids
    assert differences({name: before[name] for name in ("People", "Mine")}, after) == []
    for down, row in enumerate(rows, 1):
        for across, value in enumerate(row, 1):
            assert same_cell(after["Mine"].cell(down, across), value)


def test_a_day_in_a_column_of_hrs_shows_as_a_day_and_a_number_in_a_column_of_days_as_a_number(
    mover: Mover, book: Spreadsheet, tmp_path: Path
) -> None:
    rows = example()
    build_workbook(tmp_path / "careers.xlsx", rows)
    source = ExcelFile(tmp_path / "careers.xlsx", keep_backups=0)
    contents = source.read()
    people = contents.grids["People"]
    since = people.row(5).index("Level since") + 1
    source.apply(
        contents,
        Diff((CellChange(CellRef("People", 7, since), people.cell(7, since), 45_000.5),), kinds=True),
    )
    assert source.read().grids["People"].cell(7, since) == 45_000.5
    assert len(push(tmp_path / "careers.xlsx", mover.sheet(book)).differing) == 0
    assert mover.sheet(book).read().grids["People"].cell(7, since) == 45_000.5
    pull_into_new(mover.sheet(book), tmp_path / "back.xlsx", NOW)
    assert openpyxl_cells(tmp_path / "back.xlsx")["People", 7, since] == 45_000.5


def test_what_stands_only_there_is_left_alone_and_named_and_what_differs_is_shown_first(
    mover: Mover, book: Spreadsheet, small: Path
) -> None:
    push(small, mover.sheet(book))
    sheet = mover.sheet(book)
    contents = sheet.read()
    people = contents.grids["People"]
    name = people.row(5).index("Name") + 1
    changed = CellChange(CellRef("People", 6, name), people.cell(6, name), "Chiara Conti")
    sheet.apply(contents, Diff((changed,), (added("People", "P9", "Siobhán Ó Briain"),)))
    before = snapshot(book)
    carrying = pushing(small, mover.sheet(book))
    assert [(str(change.cell), change.old, change.new) for change in carrying.diff.changes] == [
        (f"People!{'ABCDEF'[name - 1]}6", "Chiara Conti", "Chiara Bianchi")
    ]
    assert carrying.diff.additions == ()
    last = people.row_count + 1
    said = remarks_by_kind(carrying.remarks, "Careers 2026")
    assert said['stand only in "Careers 2026"; left alone'] == [f"People, row {last}"]
    assert snapshot(book) == before
    carry(mover.sheet(book), carrying)
    now = mover.sheet(book).read().grids["People"]
    assert (now.cell(6, name), now.cell(last, 2)) == ("Chiara Bianchi", "P9")


def test_only_the_accepted_lines_are_carried(mover: Mover, book: Spreadsheet, small: Path) -> None:
    carrying = pushing(small, mover.sheet(book))
    first = next(
        line
        for line, row in enumerate(carrying.diff.additions, len(carrying.diff.changes) + 1)
        if row.sheet == "People"
    )
    carry(mover.sheet(book), carrying, frozenset([first]))
    grids = mover.sheet(book).read().grids
    assert grids["People"].row_count == 6
    assert "Budget" not in grids


def test_a_pull_into_a_workbook_there_is_adds_what_is_missing_and_keeps_the_rest(
    mover: Mover, book: Spreadsheet, small: Path, tmp_path: Path
) -> None:
    push(small, mover.sheet(book))
    there = tmp_path / "there.xlsx"
    shutil.copyfile(small, there)
    contents = mover.sheet(book).read()
    mover.sheet(book).apply(contents, Diff((), (added("People", "P9", "Siobhán Ó Briain"),)))
    mine = ExcelFile(there, keep_backups=0)
    mine.apply(mine.read(), Diff((), (added("People", "P8", "Łucja Żuk"),)))
    done = pull(mover.sheet(book), there)
    assert len(done.differing) == 0
    people = ExcelFile(there).read().grids["People"]
    assert [people.cell(row, 2) for row in range(6, people.row_count + 1)] == [
        "P1",
        "P2",
        "P3",
        "P4",
        "P5",
        "P8",
        "P9",
    ]
    assert len(compare_books(mover.sheet(book), ExcelFile(there), EXCEL).diff) == 0


def test_rows_that_are_there_twice_are_carried_twice(mover: Mover, book: Spreadsheet, tmp_path: Path) -> None:
    rows = example()
    rows["People"] = [*rows["People"], dict(rows["People"][0])]
    rows["Observations"] = [{"employee_id": "P1", "situation": "a call", "behaviour": "listened"}] * 2
    build_workbook(tmp_path / "careers.xlsx", rows)
    assert len(push(tmp_path / "careers.xlsx", mover.sheet(book)).differing) == 0
    grids = mover.sheet(book).read().grids
    assert [grids["People"].cell(row, 2) for row in (6, 11)] == ["P1", "P1"]
    assert [grids["Observations"].cell(row, 2) for row in (6, 7)] == ["P1", "P1"]
    assert len(pushing(tmp_path / "careers.xlsx", mover.sheet(book)).diff) == 0


def test_an_empty_sheet_becomes_the_workbook_that_is_carried_and_a_filled_one_stays_itself(
    mover: Mover, book: Spreadsheet, small: Path, tmp_path: Path
) -> None:
    carrying = pushing(small, mover.sheet(book))
    assert carrying.identity == FILE_IDENTITY
    carry(mover.sheet(book), carrying)
    cell = mover.sheet(book).named_cell(WORKBOOK_ID)
    assert cell is not None
    assert cell.value == FILE_IDENTITY
    other = tmp_path / "other.xlsx"
    build_workbook(other, example(), identity="f" * 32)
    stranger = pushing(other, mover.sheet(book))
    assert (stranger.identity, stranger.two_identities) == ("", True)
    pull_into_new(mover.sheet(book), tmp_path / "back.xlsx", NOW)
    found = ExcelFile(tmp_path / "back.xlsx").named_cell(WORKBOOK_ID)
    assert found is not None
    assert found.value == FILE_IDENTITY


def test_more_cells_than_one_batch_takes_arrive_in_several(
    mover: Mover, book: Spreadsheet, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from careersheets.books.google import adding

    monkeypatch.setattr(adding, "CELLS_AT_ONCE", 60)
    monkeypatch.setattr(adding, "CHANGES_AT_ONCE", 2)
    assert len(push(small, mover.sheet(book)).differing) == 0
    here = ExcelFile(small).read().grids
    assert differences(here, mover.sheet(book).read().grids, CALCULATED) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x" * 32_768, r"holds no text of more than 32,767 characters: Mine!B2 \(32,768\)"),
        (date(1870, 5, 4), "holds no day before 1901: Mine!B2"),
    ],
)
def test_what_excel_cannot_hold_is_said_with_its_place_and_nothing_is_written(
    mover: Mover, book: Spreadsheet, empty: Path, tmp_path: Path, value: Any, said: str
) -> None:
    sheet = mover.sheet(book)
    sheet.apply(sheet.read(), Diff((), sheets=(AddedSheet("Mine", ((), (None, value))),)))
    there = tmp_path / "there.xlsx"
    shutil.copyfile(empty, there)
    with pytest.raises(CannotHold, match=said):
        pull(mover.sheet(book), there)
    assert there.read_bytes() == empty.read_bytes()
    with pytest.raises(CannotHold, match=said):
        pull_into_new(mover.sheet(book), tmp_path / "new.xlsx", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.xlsx"]


def test_a_sheet_whose_name_excel_does_not_take_is_said(
    mover: Mover, book: Spreadsheet, tmp_path: Path
) -> None:
    sheet = mover.sheet(book)
    sheet.apply(sheet.read(), Diff((), sheets=(AddedSheet("Costs: 2026/27", (("a",),)),)))
    with pytest.raises(CannotHold, match=r'sheet names of 31 characters at most .*: "Costs: 2026/27"'):
        pull_into_new(mover.sheet(book), tmp_path / "new.xlsx", NOW)


def test_more_cells_than_google_takes_are_said_before_anything_is_written(
    mover: Mover, book: Spreadsheet, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotHold, match="holds 100 cells at most"):
        compare_books(ExcelFile(small), mover.sheet(book), replace(GOOGLE, most_cells=100))


def test_what_is_no_master_workbook_is_refused(mover: Mover, small: Path) -> None:
    blank = mover.server.google.new_spreadsheet("Shopping")
    with pytest.raises(InputError, match='"Shopping" is no master workbook'):
        push(small, mover.sheet(blank))


def test_a_file_that_is_there_is_never_written_over(mover: Mover, book: Spreadsheet, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    with pytest.raises(UsageError, match="already"):
        pull_into_new(mover.sheet(book), tmp_path / "a.xlsx", NOW)
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"
    with pytest.raises(UsageError, match=r"ends in \.xlsx"):
        pull_into_new(mover.sheet(book), tmp_path / "a.csv", NOW)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_work_in_excel_one_push_makes_both_alike(
    mover: Mover, book: Spreadsheet, small: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    here = tmp_path / "careers.xlsx"
    shutil.copyfile(small, here)
    push(here, mover.sheet(book))
    for _ in range(2):
        worked_on(ExcelFile(here, keep_backups=0), chance)
        assert len(push(here, mover.sheet(book)).differing) == 0
        assert len(pushing(here, mover.sheet(book)).diff) == 0
        assert len(compare_books(mover.sheet(book), ExcelFile(here), EXCEL).diff) == 0


@pytest.mark.parametrize("seed", range(4))
def test_after_any_work_in_the_sheet_one_pull_makes_both_alike(
    mover: Mover, book: Spreadsheet, small: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    there = tmp_path / "careers.xlsx"
    shutil.copyfile(small, there)
    push(there, mover.sheet(book))
    for _ in range(2):
        worked_on(mover.sheet(book), chance)
        assert len(pull(mover.sheet(book), there).differing) == 0
        assert len(compare_books(mover.sheet(book), ExcelFile(there), EXCEL).diff) == 0
        assert len(pushing(there, mover.sheet(book)).diff) == 0


def worked_on(book: EditableBook, chance: random.Random) -> None:
    """Cells changed, rows added, a column and a sheet of HR's, in one go."""
    contents = book.read()
    budget, people = contents.grids["Budget"], contents.grids["People"]
    free = len(people.columns) + chance.randrange(1, 4)
    number = chance.randrange(10**6)
    changes = {
        CellRef("People", 5, free): f"Column {number}",
        CellRef("People", chance.randrange(6, 11), free): chance.choice(ODD),
        CellRef("People", 7, people.row(5).index("Name") + 1): f"Name {number}",
        CellRef("Budget", chance.randrange(1, budget.row_count + 6), 1): chance.choice(ODD),
        CellRef("Budget", 1, 9): f"far {number}",
        CellRef("Observations", 6, 2): "P1",
        CellRef("Observations", 6, 4): f"said {number}",
        CellRef("Rating scales", 7, 4): f"Label {number}",
    }
    diff = build_diff(contents, changes, [added("People", f"N{number}", "Somebody New")])
    sheet = AddedSheet(f"List {number}", ((), ("a", None, chance.choice(ODD)), (), (number,)))
    book.apply(contents, replace(diff, sheets=(sheet,), kinds=True))


def test_the_history_of_the_framework_is_carried_and_never_changed_and_results_and_requests_stay(
    mover: Mover, book: Spreadsheet, tmp_path: Path
) -> None:
    history = [
        {"version": "1", "of_sheet": "Levels", "row_key": "L1", "of_column": "Title", "of_value": "Analyst"},
        {"version": "1", "of_sheet": "Levels", "row_key": "L2", "of_column": "Title", "of_value": "Lead"},
    ]
    names = [column.name for column in sheet_of(FrameworkHistory).columns]
    rows = [dict(zip(names, row.values(), strict=True)) for row in history]
    asked = {"request_id": "r-1", "action": "check", "state": "requested"}
    gap = {"cycle": "H1", "employee_id": "P1", "current": 2, "required": 3}
    here = tmp_path / "careers.xlsx"
    build_workbook(here, {**example(), "Framework history": rows, "Requests": [asked], "Gaps": [gap]})
    push(here, mover.sheet(book))
    grids = mover.sheet(book).read().grids
    assert [grids["Framework history"].cell(row, 6) for row in (6, 7)] == ["Analyst", "Lead"]
    assert (grids["Requests"].row_count, grids["Gaps"].row_count) == (5, 5)

    rows[0] = {**rows[0], names[4]: "Somebody rewrote this"}
    build_workbook(here, {**example(), "Framework history": rows})
    carrying = pushing(here, mover.sheet(book))
    assert [change.cell.sheet for change in carrying.diff.changes] == []
    assert [row.values[-1] for row in carrying.diff.additions] == ["Somebody rewrote this"]
    assert Remark(About.ONLY_THERE, "Framework history, row 6") in carrying.remarks


def test_what_is_not_carried_is_named(mover: Mover, book: Spreadsheet, tmp_path: Path) -> None:
    here = tmp_path / "careers.xlsx"
    build_workbook(here, example())
    source = ExcelFile(here, keep_backups=0)
    contents = source.read()
    people = contents.grids["People"]
    title = people.row(5).index("Level title") + 1 if "Level title" in people.row(5) else 6
    source.apply(contents, Diff((), sheets=(AddedSheet("Sums", ((1, 2, "a bell"), (3, 4))),)))
    with_formulas(here, "Sums", {"B2": "A1+A2"})
    replaced_in(
        here,
        "People",
        rf'<c r="{column_letter(title)}6"[^>]*>.*?</c>',
        typed_cell(f"{column_letter(title)}6", "my own"),
    )
    replaced_in(here, "People", r'(<c r="B3"[^>]*>).*?</c>', typed_cell("B3", "Our people"))
    replaced_in(here, "ROI", r'<c r="C6"[^>]*>.*?</c>', '<c r="C6"><v>77</v></c>')
    replaced_in(here, "Sums", r"<f>A1\+A2</f><v>[^<]*</v>", "<f>A1+A2</f>")
    replaced_in(here, "Sums", "a bell", "a_x0007_bell")
    said = remarks_by_kind(pushing(here, mover.sheet(book)).remarks, "T")
    assert said == {
        About.NOT_CALCULATED.value: ["Sums!B2"],
        About.CHARACTERS.value: ["Sums!C1"],
        About.NAME.value: [f"People!{column_letter(title)}6"],
        About.OVER_FORMULA.value.format(target='"T"'): ["ROI!C6"],
        About.TITLE.value.format(target='"T"'): ["People!B3"],
    }
    assert len(push(here, mover.sheet(book)).differing) == 0
