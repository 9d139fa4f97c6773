"""Every button of the built workbook, from the caption on the sheet to the documents on the disk."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import olefile
import pytest
import xlwings as xw

from careersheets.books.building import build_workbook
from careersheets.books.building.macro_workbook import project_of
from careersheets.documents.kinds import KINDS
from careersheets.surfaces.button_places import add_buttons
from careersheets.surfaces.buttons import all_buttons
from careersheets.surfaces.status_bar import STOP_MARK
from careersheets.vocabulary.workbook import all_sheets
from careersheets.workflows.demo import demo_rows
from careersheets.workflows.shipped import shipped_folder
from scripts.build_macro_workbooks import stale_files
from tests.excel.macro_files import drawn_buttons, macro_texts, python_commands, run_command
from tests.support.as_openpyxl import load

SHIPPED = shipped_folder("workbook_templates")
WORKBOOK = SHIPPED / "careers.xlsm"
ADDIN = SHIPPED / "careersheets.xlam"
FIRST_ROW = 6


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's company in a workbook with buttons."""
    folder = tmp_path_factory.mktemp("company")
    build_workbook(folder / "careers.xlsx", demo_rows(today=date(2026, 11, 22)))
    return add_buttons(folder / "careers.xlsx")


def press(company: Path, folder: Path, caption: str, selection: str = "") -> tuple[Path, str]:
    """Press `caption` in a copy of `company`; the copy and the sentence shown."""
    workbook = folder / company.name
    if not workbook.exists():
        shutil.copyfile(company, workbook)
    macro = next(button.macro for button in drawn_buttons(workbook) if button.caption == caption)
    result = run_command(workbook, python_commands(workbook)[macro], selection)
    assert result.returncode == 0, result.stderr
    return workbook, result.stdout.strip()


def column(workbook: Path, sheet: str, header: str) -> list[object]:
    """A column of a sheet below its header, without blanks."""
    cells = load(workbook)[sheet]
    number = next(cell.column for cell in cells[FIRST_ROW - 1] if cell.value == header)
    rows = cells.iter_rows(FIRST_ROW, None, number, number, values_only=True)
    return [value for (value,) in rows if value is not None]


def test_the_committed_workbooks_are_what_the_script_builds_to_the_byte() -> None:
    assert stale_files() == []


def test_xlwings_runs_without_a_licence_key() -> None:
    assert xw.__pro__ is False
    assert "XLWINGS_LICENSE_KEY" not in os.environ


def test_every_button_of_the_table_is_drawn_and_has_its_sub() -> None:
    drawn = {(button.caption, button.macro) for button in drawn_buttons(WORKBOOK)}
    assert drawn == {(button.caption, button.macro) for button in all_buttons()}
    commands = python_commands(WORKBOOK)
    wanted = {button.macro: button.command for button in all_buttons() if button.action != "stop"}
    assert commands == wanted
    assert f'Application.StatusBar = "{STOP_MARK}"' in macro_texts(WORKBOOK)["careersheets_buttons.bas"]


@pytest.mark.parametrize("path", [WORKBOOK, ADDIN], ids=["workbook", "add-in"])
def test_the_macro_project_is_well_formed(path: Path, tmp_path: Path) -> None:
    project = tmp_path / "vbaProject.bin"
    project.write_bytes(project_of(path))
    with olefile.OleFileIO(str(project), raise_defects=olefile.DEFECT_POTENTIAL) as ole:
        assert ole.exists("VBA/dir")
        assert ole.exists("VBA/_VBA_PROJECT")
        assert not ole.parsing_issues
    texts = macro_texts(path)
    assert {"xlwings.bas", "Dictionary.cls"} <= set(texts)
    assert "BSD 3-clause" in texts["xlwings.bas"]
    assert "@license: MIT" in texts["Dictionary.cls"]
    assert 'PROJECT_NAME As String = "careersheets"' in texts["xlwings.bas"]


def test_every_sheet_has_a_module_in_the_project() -> None:
    modules = {name for name in macro_texts(WORKBOOK) if name.startswith("Sheet")}
    assert len(modules) == len(load(WORKBOOK).sheetnames)


def test_check_scores_fills_to_fix(company: Path, tmp_path: Path) -> None:
    workbook, sentence = press(company, tmp_path, "Check scores")
    findings = column(workbook, "To fix", "Code")
    assert findings
    assert all(str(code).startswith("CS") for code in findings)
    assert re.match(r"\d+ errors?, ", sentence)
    assert "all are on To fix" in sentence
    assert column(workbook, "Gaps", "Employee ID")


def test_generate_gap_reports_writes_them_and_notes_each(company: Path, tmp_path: Path) -> None:
    workbook, sentence = press(company, tmp_path, "Generate gap reports")
    states = column(workbook, "Documents", "State")
    made = [state for state in states if state in ("Made", "Draft made")]
    assert len(list((tmp_path / "documents").rglob("*.docx"))) == len(made) > 30
    assert sentence.startswith(f"{len(made)} of {len(states)} documents made")


def test_selected_rows_get_their_documents_and_nobody_else(company: Path, tmp_path: Path) -> None:
    _, sentence = press(company, tmp_path, "Gap reports: selected rows", "People!C8:E9")
    assert len(list((tmp_path / "documents").rglob("*.docx"))) == 2
    assert sentence.startswith("2 of 2 documents made")


def test_a_managers_row_gives_the_documents_of_their_people(company: Path, tmp_path: Path) -> None:
    people = load(company)["People"]
    headers = [cell.value for cell in people[5]]
    managers = [str(row[headers.index("Manager")].value) for row in people.iter_rows(FIRST_ROW)]
    ids = [str(row[headers.index("Employee ID")].value) for row in people.iter_rows(FIRST_ROW)]
    row = next(number for number, person in enumerate(ids, FIRST_ROW) if managers.count(person) > 3)
    _, sentence = press(company, tmp_path, "Gap reports: managers' people", f"People!B{row}")
    assert 3 < len(list((tmp_path / "documents").rglob("*.docx"))) < 25, sentence


def test_every_document_button_makes_kinds_that_there_are() -> None:
    there = {kind.key for kind in KINDS} | {"all"}
    wanted = {key for button in all_buttons() if button.action == "report" for key in button.kinds}
    assert wanted <= there
    captions = [button.caption for button in all_buttons()]
    for caption in (
        "Prepare conversations",
        "Conversation summaries",
        "Make development plans",
        "Make the whole pack",
    ):
        assert caption in captions


def test_conversations_are_prepared_for_the_selected_rows_in_one_run(company: Path, tmp_path: Path) -> None:
    workbook, sentence = press(company, tmp_path, "Conversations: selected rows", "People!C8:E9")
    kinds = column(workbook, "Documents", "Kind")
    assert sorted(set(kinds)) == ["Employee preparation", "Manager preparation", "Page for HR"]
    assert sentence.startswith("6 of 6 documents made")
    assert len(list((tmp_path / "backups").iterdir())) == 1, "one run, one backup"


def test_everything_but_the_tools_sheets_stays_byte_for_byte(company: Path, tmp_path: Path) -> None:
    workbook, _ = press(company, tmp_path, "Check scores")
    with zipfile.ZipFile(company) as before, zipfile.ZipFile(workbook) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    sheets = load(company).sheetnames
    owned = ["Start", *(sheet.name for sheet in all_sheets() if sheet.owner == "tool")]
    tool = {f"xl/worksheets/sheet{sheets.index(name) + 1}.xml" for name in owned}
    assert set(changed) <= tool | {"xl/workbook.xml"}


def test_press_names_the_buttons_there_are(company: Path) -> None:
    result = run_command(company, "from careersheets.surfaces.macros import press; press('Make coffee')")
    assert 'There is no button "Make coffee". There is: Check scores' in result.stdout


def test_split_gives_out_scorecards_and_merge_enters_what_comes_back(company: Path, tmp_path: Path) -> None:
    workbook, sentence = press(company, tmp_path, "Split scorecards")
    cards = sorted((tmp_path / "scorecards").rglob("managers/*.xlsx"))
    assert sentence.startswith(f"{len(cards)} scorecards for managers and ")
    returned = tmp_path / "scorecards" / "returned"
    returned.mkdir()
    card = load(cards[0])
    headers = [cell.value for cell in card["Scores"][5]]
    evidence, who, what = (headers.index(name) + 1 for name in ("Evidence", "Employee ID", "Competency ID"))
    card["Scores"].cell(FIRST_ROW, evidence, "Seen on the day of the release")
    key = [card["Scores"].cell(FIRST_ROW, number).value for number in (who, what)]
    card.save(returned / cards[0].name)
    _, sentence = press(company, tmp_path, "Merge scorecards")
    assert sentence.startswith("Entered: 1 cell and 0 new rows from 1 scorecard.")
    scores = load(workbook)["Scores"]
    rows = [[cell.value for cell in row] for row in scores.iter_rows(FIRST_ROW)]
    entered = next(row for row in rows if "Seen on the day of the release" in row)
    assert set(key) <= set(entered)
    assert list((tmp_path / "scorecards").glob("merge *.xlsx"))


def test_merge_without_anything_returned_says_where_to_put_it(company: Path, tmp_path: Path) -> None:
    _, sentence = press(company, tmp_path, "Merge scorecards")
    assert 'Put returned scorecards into "scorecards/returned"' in sentence
