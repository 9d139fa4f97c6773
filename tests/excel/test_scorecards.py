"""Scorecards given out, filled in, tampered with, and brought back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from careersheets.books.building import build_workbook
from careersheets.books.building.scorecard import META, build_scorecard
from careersheets.books.excel_file import ExcelFile
from careersheets.tables.reading import read_tables
from careersheets.vocabulary.evaluation import Observations, Scores
from careersheets.vocabulary.plans import ActionItems
from careersheets.workflows.scorecards_merge import Merging, compare_scorecards, enter
from careersheets.workflows.scorecards_split import SplitOutcome, split_scorecards, standalone_card, told
from tests.excel.company import COMPETENCIES, CYCLE, company_rows, write_company
from tests.support.as_openpyxl import load

NOW = datetime(2026, 11, 22, 9, 30)
HEADER, FIRST = 5, 6
Place = dict[tuple[str, str], dict[str, object]]


def number_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for cell in sheet[HEADER] if cell.value == header)


def fill(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    """Change a scorecard as somebody with a spreadsheet program might."""
    book = load(path)
    change(book)
    book.save(path)


def set_cell(path: Path, header: str, value: object, row: int = FIRST, sheet: str = "Scores") -> None:
    def change(book: openpyxl.Workbook) -> None:
        book[sheet].cell(row, number_of(book[sheet], header), value)

    fill(path, change)


def scores_of(workbook: Path) -> Place:
    """What the master workbook holds, by employee and competency."""
    frame = read_tables(ExcelFile(workbook).read())[0].frame(Scores)
    rows = frame[frame["cycle"].eq(CYCLE)]
    return {(row["employee_id"], row["competency_id"]): dict(row) for _, row in rows.iterrows()}


@pytest.fixture(scope="module")
def given_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two managers with three people each, and the scorecards given out."""
    folder = tmp_path_factory.mktemp("given_out")
    split_scorecards(ExcelFile(write_company(folder / "careers.xlsx", 2, 3)), folder, NOW)
    return folder


@pytest.fixture
def small(given_out: Path, tmp_path: Path) -> tuple[Path, SplitOutcome]:
    """A copy of it to spoil."""
    shutil.copytree(given_out, tmp_path, dirs_exist_ok=True)
    cards = tmp_path / "scorecards" / CYCLE
    managers, people = (sorted((cards / name).glob("*.xlsx")) for name in ("managers", "people"))
    return tmp_path / "careers.xlsx", SplitOutcome(cards, managers, people)


def compare(workbook: Path, *files: Path) -> Merging:
    return compare_scorecards(ExcelFile(workbook), workbook.parent / "scorecards", files)


def codes(merging: Merging) -> list[str]:
    return [finding.rule.code for finding in merging.findings]


def test_a_managers_scorecard_holds_that_managers_people_and_nobody_else(
    small: tuple[Path, SplitOutcome],
) -> None:
    workbook, outcome = small
    texts = {
        str(cell.value)
        for sheet in load(outcome.managers[0])
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    everyone = load(workbook)["People"]
    names = {str(row[0]): str(row[1]) for row in everyone.iter_rows(FIRST, None, 2, 3, values_only=True)}
    theirs = {key for key in names if names[key] in texts and key.startswith("E")}
    others = {key for key in names if key.startswith("E")} - theirs
    assert len(theirs) == 3
    assert not any(key in text or names[key] in text for text in texts for key in others)


def test_a_self_evaluation_does_not_show_the_managers_ratings(small: tuple[Path, SplitOutcome]) -> None:
    headers = [cell.value for cell in load(small[1].people[0])["Scores"][HEADER]]
    assert "Self" in headers
    assert "Manager" not in headers
    assert "Evidence" not in headers


def test_whoever_rates_reads_what_a_rating_means_and_what_one_sees_at_the_level(
    small: tuple[Path, SplitOutcome],
) -> None:
    for path in (small[1].managers[0], small[1].people[0]):
        book = load(path)
        asked, scales = book["What is asked"], book["Rating scales"]
        assert [cell.value for cell in asked[HEADER]][1:] == [
            "Level", "Competency name", "Scale", "Required", "Behaviours",
        ]  # fmt: skip
        competencies = {row[4] for row in book["Scores"].iter_rows(FIRST, None, 2, 6, values_only=True)}
        told = list(asked.iter_rows(FIRST, None, 2, 6, values_only=True))
        assert competencies <= {row[1] for row in told}
        assert {row[2] for row in told} <= {
            row[0] for row in scales.iter_rows(FIRST, None, 2, 2, values_only=True)
        }
        assert asked.protection.sheet


def test_who_has_no_manager_is_named(tmp_path: Path) -> None:
    rows = company_rows(1, 2)
    alone = rows["People"][-1]
    for sheet in ("People", "Evaluations"):
        for row in rows[sheet]:
            row["manager"] = None if row["employee_id"] == alone["employee_id"] else row.get("manager")
    book = tmp_path / "careers.xlsx"
    build_workbook(book, rows)
    outcome = split_scorecards(ExcelFile(book), tmp_path, NOW)
    assert outcome.unrated == [alone["name"]]
    assert told(outcome) == "1 scorecard for managers and 2 self-evaluations"


def test_expectations_are_protected_and_entries_are_not(small: tuple[Path, SplitOutcome]) -> None:
    sheet = load(small[1].managers[0])["Scores"]
    assert sheet.protection.sheet
    assert sheet.cell(FIRST, number_of(sheet, "Required")).protection.locked
    assert not sheet.cell(FIRST, number_of(sheet, "Manager")).protection.locked
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert '"1,2,3,4,5,N/A"' in lists


def test_unchanged_scorecards_change_nothing(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    merging = compare(workbook, *outcome.managers, *outcome.people)
    assert len(merging.diff) == 0
    assert merging.findings == []


def test_twenty_managers_with_ten_people_each_come_back_without_loss(tmp_path: Path) -> None:
    workbook = write_company(tmp_path / "careers.xlsx", 20, 10)
    outcome = split_scorecards(ExcelFile(workbook), tmp_path, NOW)
    assert (len(outcome.managers), len(outcome.people)) == (20, 200)
    wanted = {}
    for number, path in enumerate(outcome.managers):
        wanted |= fill_everything(path, number)
    before = scores_of(workbook)
    book = ExcelFile(workbook)
    merging = compare_scorecards(book, tmp_path / "scorecards", outcome.managers)
    assert merging.findings == []
    enter(book, merging)
    after = scores_of(workbook)
    assert len(after) == len(wanted) == 20 * 10 * len(COMPETENCIES)
    for key, row in wanted.items():
        assert {name: after[key][name] for name in row} == row
    untouched = set(after[key]) - {
        "manager_rating",
        "manager_rating_na",
        "na_reason",
        "evidence",
        "evidence_date",
    }
    for key, row in before.items():
        assert {name: str(after[key][name]) for name in untouched} == {
            name: str(row[name]) for name in untouched
        }
    tables = read_tables(ExcelFile(workbook).read())[0]
    assert len(tables.frame(Observations)) == 20
    assert len(tables.frame(ActionItems)) == 20
    again = compare_scorecards(ExcelFile(workbook), tmp_path / "scorecards", outcome.managers)
    assert len(again.diff) == 0
    assert again.findings == []


def fill_everything(path: Path, seed: int) -> Place:
    """Fill in every row of a manager's scorecard, an observation and an action; what should arrive."""
    wanted: Place = {}
    book = load(path)
    sheet = book["Scores"]
    columns = {
        header: number_of(sheet, header)
        for header in ("Employee ID", "Competency ID", "Manager", "Evidence", "Evidence date", "N/A reason")
    }
    for row in range(FIRST, sheet.max_row + 1):
        key = (
            str(sheet.cell(row, columns["Employee ID"]).value),
            str(sheet.cell(row, columns["Competency ID"]).value),
        )
        rating = 1 + (seed + row) % 5
        text = f'Wörk "{seed}-{row}" & <más> 漢字\nsecond line'
        sheet.cell(row, columns["Manager"], rating)
        sheet.cell(row, columns["Evidence"], text)
        sheet.cell(row, columns["Evidence date"], datetime(2026, 10, 1 + row % 28))
        wanted[key] = {
            "manager_rating": rating,
            "evidence": text,
            "evidence_date": datetime(2026, 10, 1 + row % 28),
        }
    person = str(sheet.cell(FIRST, columns["Employee ID"]).value)
    for name, cells in (
        (
            "Observations",
            {"Employee ID": person, "Date": datetime(2026, 9, 1), "Behaviour": f"Asked twice {seed}"},
        ),
        (
            "Action items",
            {"Employee ID": person, "Action": f"Draft the plan {seed}", "Due": datetime(2027, 1, 5)},
        ),
    ):
        for header, value in cells.items():
            book[name].cell(FIRST, number_of(book[name], header), value)
    book.save(path)
    return wanted


def test_self_and_manager_fill_different_columns_of_one_new_row(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    person = load(outcome.people[0])["Scores"]
    row = next(
        r
        for r in range(FIRST, person.max_row + 1)
        if person.cell(r, number_of(person, "Competency ID")).value == "HELP"
    )
    employee = person.cell(row, number_of(person, "Employee ID")).value
    set_cell(outcome.people[0], "Self", 4, row)
    for path in outcome.managers:
        sheet = load(path)["Scores"]
        for number in range(FIRST, sheet.max_row + 1):
            if (
                sheet.cell(number, number_of(sheet, "Employee ID")).value,
                sheet.cell(number, number_of(sheet, "Competency ID")).value,
            ) == (employee, "HELP"):
                set_cell(path, "Manager", "N/A", number)
                set_cell(path, "N/A reason", "Joined in May", number)
    book = ExcelFile(workbook)
    merging = compare_scorecards(book, workbook.parent / "scorecards", [*outcome.managers, *outcome.people])
    assert (len(merging.diff.additions), merging.findings) == (1, [])
    enter(book, merging)
    arrived = scores_of(workbook)[str(employee), "HELP"]
    assert (arrived["self_rating"], arrived["manager_rating_na"], arrived["na_reason"]) == (
        4,
        True,
        "Joined in May",
    )


def test_a_standalone_scorecard_needs_no_framework_and_imports_later(
    small: tuple[Path, SplitOutcome],
) -> None:
    workbook, _ = small
    card = workbook.parent / "standalone.xlsx"
    build_scorecard(card, standalone_card())
    for header, value in {
        "Cycle": CYCLE,
        "Employee ID": "e0001@example.org",
        "Competency ID": "TALK",
        "Manager": 3,
    }.items():
        set_cell(card, header, value)
    book = ExcelFile(workbook)
    merging = compare_scorecards(book, workbook.parent / "scorecards", [card])
    assert (len(merging.diff.additions), codes(merging)) == (1, [])
    enter(book, merging)
    assert scores_of(workbook)["E0001", "TALK"]["manager_rating"] == 3


def remove_sheet(book: openpyxl.Workbook) -> None:
    del book["Scores"]


def delete_row(book: openpyxl.Workbook) -> None:
    book["Scores"].delete_rows(FIRST + 1)


def copy_row(book: openpyxl.Workbook) -> None:
    sheet = book["Scores"]
    for cell in list(sheet[FIRST]):
        sheet.cell(sheet.max_row + (cell.column == 1), cell.column, cell.value)


def change_meta(book: openpyxl.Workbook) -> None:
    book[META]["B2"] = str(book[META]["B2"].value).replace(CYCLE, "2025-H2")


def cell(header: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        book["Scores"].cell(FIRST, number_of(book["Scores"], header), value)

    return change


def rename_header(book: openpyxl.Workbook) -> None:
    book["Scores"].cell(HEADER, number_of(book["Scores"], "Manager"), "Boss says")


TAMPERED: dict[str, tuple[Callable[[openpyxl.Workbook], None], str]] = {
    "the sheet deleted": (remove_sheet, "CS707"),
    "a header renamed": (rename_header, "CS707"),
    "the hidden sheet changed": (change_meta, "CS703"),
    "somebody else's employee ID": (cell("Employee ID", "E0001"), "CS708"),
    "a competency that was not asked for": (cell("Competency ID", "JUGGLING"), "CS709"),
    "a row deleted": (delete_row, "CS711"),
    "a row copied": (copy_row, "CS710"),
    "an expectation lowered": (cell("Required", 1), "CS712"),
    "a rating beyond the scale": (cell("Manager", 9), "CS715"),
    "a rating that is a word": (cell("Manager", "great"), "CS716"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_scorecard_gives_the_right_finding(name: str, small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    change, code = TAMPERED[name]
    fill(outcome.managers[0], change)
    merging = compare(workbook, outcome.managers[0])
    assert code in codes(merging), merging.findings
    assert all(finding.message and finding.fix for finding in merging.findings)


def test_a_file_that_is_no_workbook_is_named(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    outcome.managers[0].write_bytes(b"PK\3\4 cut off")
    assert codes(compare(workbook, *outcome.managers)) == ["CS701"]


def test_the_same_scorecard_twice_counts_neither(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    copy = outcome.managers[0].with_name("copy of it.xlsx")
    shutil.copyfile(outcome.managers[0], copy)
    set_cell(copy, "Manager", 5)
    merging = compare(workbook, outcome.managers[0], copy)
    assert (codes(merging), len(merging.diff)) == (["CS706", "CS706"], 0)


def test_an_older_scorecard_is_stale_once_a_newer_one_is_given_out(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    old = workbook.parent / "old.xlsx"
    shutil.copyfile(outcome.managers[0], old)
    set_cell(old, "Manager", 5)
    split_scorecards(ExcelFile(workbook), workbook.parent, NOW)
    merging = compare(workbook, old)
    assert (codes(merging), len(merging.diff)) == (["CS705"], 0)


def test_a_cell_that_changed_on_both_sides_is_a_conflict_and_stays(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    sheet = load(outcome.managers[0])["Scores"]
    employee = sheet.cell(FIRST, number_of(sheet, "Employee ID")).value
    set_cell(outcome.managers[0], "Manager", 5)
    master = load(workbook)
    for row in range(FIRST, master["Scores"].max_row + 1):
        if master["Scores"].cell(row, number_of(master["Scores"], "Employee ID")).value == employee:
            master["Scores"].cell(row, number_of(master["Scores"], "Manager"), 4)
    master.save(workbook)
    merging = compare(workbook, outcome.managers[0])
    assert codes(merging) == ["CS713"]
    assert "says 5 here, and 4 in the workbook" in merging.findings[0].message
    assert len(merging.diff) == 0


def test_scorecards_of_another_workbook_are_refused(small: tuple[Path, SplitOutcome], tmp_path: Path) -> None:
    workbook, _ = small
    other = tmp_path / "other"
    other.mkdir()
    theirs = split_scorecards(ExcelFile(write_company(other / "careers.xlsx", 2, 3)), other, NOW)
    assert codes(compare(workbook, theirs.managers[0])) == ["CS704"]


def test_a_closed_cycle_takes_no_more_ratings(small: tuple[Path, SplitOutcome]) -> None:
    workbook, outcome = small
    set_cell(outcome.managers[0], "Manager", 5)
    set_cell(workbook, "Status", "Closed", sheet="Cycles")
    merging = compare(workbook, outcome.managers[0])
    assert (codes(merging), len(merging.diff)) == (["CS714"], 0)
