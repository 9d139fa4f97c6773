"""What stands in a workbook that was just built, as openpyxl, calamine and our own reader see it."""

from __future__ import annotations

import re
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from careersheets.books.building import build_workbook
from careersheets.books.building.defaults import DEFAULT_SCALE, with_defaults
from careersheets.books.building.layout import slots_of, table_name
from careersheets.books.building.workbook import page_order
from careersheets.books.excel_file import ExcelFile
from careersheets.model.cells import CellError, CellRef, Uncalculated, parse_address
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.vocabulary.people import People
from careersheets.vocabulary.sheet import Sheet
from careersheets.vocabulary.workbook import (
    CURRENT_CYCLE,
    GROUP_COLOURS,
    HEADER_ROW,
    LAST_RUN,
    LAST_RUN_RESULT,
    PERSON,
    START,
    all_sheets,
)
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("X1")

STARTERS = Path(__file__).resolve().parents[3] / "careersheets" / "starters"
HR_SHEETS = [sheet for sheet in all_sheets() if sheet.owner != "tool"]
TOOL_SHEETS = [sheet for sheet in all_sheets() if sheet.owner == "tool"]
# Calculated alike by Excel since 2010, LibreOffice and Google Sheets.
PORTABLE = set(
    re.findall(
        r"\w+",
        "AND AVERAGEIFS COUNT COUNTA COUNTIF COUNTIFS IF IFERROR INDEX INT ISNUMBER LARGE MATCH MAX MID MIN MOD NOT OR "
        "REPT ROUND ROW SIN SUBSTITUTE SUM SUMPRODUCT TODAY TRIM UPPER VALUE",
    )
)


def by_name(sheet: Sheet) -> str:
    return sheet.name


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "careers.xlsx"
    build_workbook(path, ROWS)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return load(path)


ROWS: dict[str, list[dict[str, Any]]] = {
    "People": [
        {
            "employee_id": "P-1",
            "name": "Nguyễn Thị Lan",
            "email": "lan@example.org",
            "level_code": "E1",
            "manager": "P-2",
            "hired": date(2024, 2, 29),
            "active": True,
        },
        {
            "employee_id": 42,
            "name": "Ngozi O'Hara",
            "level_code": "E9",
            "manager": "LAN@example.org",
            "active": False,
        },
        {"employee_id": "=1+1", "name": "R&D <lead>", "team": "{{7*7}}", "department": CellError("#REF!")},
    ],
    "Levels": [
        {"level_code": "E1", "family": "Engineering", "title": "Engineer", "next_levels": ("E2", "M1")}
    ],
    "Scores": [
        {"cycle": "2026", "employee_id": "Nguyễn Thị Lan", "manager_rating": "N/A", "self_rating": 3.5}
    ],
    "Conversations": [{"employee_id": "P-1", "summary_sent": datetime(2026, 3, 1, 14, 30)}],
    "Cycles": [{"cycle": "2026", "framework_version": Uncalculated("=A1")}],
    "Settings": [{"setting": "Paper", "value": "Letter"}, {"setting": "Ours", "value": "kept"}],
}


@pytest.mark.parametrize("sheet", all_sheets(), ids=by_name)
def test_every_declared_column_stands_in_its_place(book: openpyxl.Workbook, sheet: Sheet) -> None:
    headers = [cell.value for cell in book[sheet.name][HEADER_ROW]]
    expected = [slot.header for slot in slots_of(sheet)]
    assert headers[0] is None
    assert headers[1 : len(expected) + 1] == expected


def test_daily_tabs_come_first_and_start_is_open(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == page_order()
    assert book.sheetnames[0] == START == book.active.title
    daily = [sheet.name for sheet in all_sheets() if sheet.group == "daily"]
    assert book.sheetnames[1 : len(daily) + 2] == [*daily, PERSON]


@pytest.mark.parametrize("sheet", all_sheets(), ids=by_name)
def test_every_tab_has_its_groups_colour_and_only_two_sheets_are_hidden(
    book: openpyxl.Workbook, sheet: Sheet
) -> None:
    page = book[sheet.name]
    assert page.sheet_properties.tabColor.rgb == f"FF{GROUP_COLOURS[sheet.group]}"
    assert page.sheet_state == ("veryHidden" if sheet.group == "very hidden" else "visible")


@pytest.mark.parametrize("sheet", HR_SHEETS, ids=by_name)
def test_sheets_of_hr_are_tables_that_calculate_their_name_columns(
    book: openpyxl.Workbook, sheet: Sheet
) -> None:
    table = book[sheet.name].tables[table_name(sheet)]
    assert len(table.tableColumns) == len(slots_of(sheet))
    for slot, column in zip(slots_of(sheet), table.tableColumns, strict=True):
        assert column.name == slot.header
        assert (column.calculatedColumnFormula is not None) == slot.is_name


@pytest.mark.parametrize("sheet", TOOL_SHEETS, ids=by_name)
def test_sheets_of_the_tool_are_protected_ranges_with_a_styled_first_row(
    book: openpyxl.Workbook, sheet: Sheet
) -> None:
    page = book[sheet.name]
    assert not page.tables
    assert page.protection.sheet
    assert not page.protection.password
    assert page.auto_filter.ref.startswith(f"B{HEADER_ROW}:")
    for slot in slots_of(sheet):
        assert page.cell(HEADER_ROW + 1, slot.number).has_style


@pytest.mark.parametrize("sheet", HR_SHEETS, ids=by_name)
def test_every_cell_to_fill_has_input_help_and_at_most_one_rule(
    book: openpyxl.Workbook, sheet: Sheet
) -> None:
    help_by_column: dict[int, str] = {}
    rules = book[sheet.name].data_validations.dataValidation
    for rule in rules:
        for area in rule.sqref.ranges:
            key = area.min_col if sheet.name != "Settings" else area.min_col * 1000 + area.min_row
            assert key not in help_by_column
            help_by_column[key] = rule.prompt
    for slot in slots_of(sheet):
        if not slot.is_name and (sheet.name, slot.column.name) != ("Settings", "value"):
            key = slot.number if sheet.name != "Settings" else slot.number * 1000 + HEADER_ROW + 1
            assert help_by_column[key] == slot.column.help


def test_references_drop_down_from_the_sheet_they_refer_to_and_let_other_input_pass(
    book: openpyxl.Workbook,
) -> None:
    rules = {rule.promptTitle: rule for rule in book["Scores"].data_validations.dataValidation}
    assert rules["Employee ID"].formula1 == "cs_list_People_employee_id"
    assert rules["Resolved by"].formula1 == "cs_list_People_name"
    assert rules["Manager"].formula1 == "cs_list_ratings"
    assert {rules[name].errorStyle for name in ("Employee ID", "Resolved by", "Manager")} == {"warning"}
    assert rules["Response"].formula1 == '"Agree,Dispute,Already known"'
    names = {
        rule.formula1 for page in book for rule in page.data_validations.dataValidation if rule.type == "list"
    }
    assert {name for name in names if not name.startswith('"')} <= set(book.defined_names)


def test_bounds_are_those_of_the_check(book: openpyxl.Workbook) -> None:
    rules = {rule.promptTitle: rule for rule in book["Conversations"].data_validations.dataValidation}
    assert (rules["Pulse before"].formula1, rules["Pulse before"].formula2) == ("1", "5")
    settings = {rule.promptTitle: rule for rule in book["Settings"].data_validations.dataValidation}
    assert (settings["Least coverage"].formula1, settings["Least coverage"].formula2) == ("0", "1")
    assert settings["Paper"].formula1 == '"A4,Letter"'


def test_cells_hold_what_was_given(book: openpyxl.Workbook) -> None:
    assert _row(book, "People", 0)["Employee ID"] == "P-1"
    assert _row(book, "People", 0)["Hired"] == datetime(2024, 2, 29)
    assert [_row(book, "People", i)["Active"] for i in range(2)] == ["Yes", "No"]
    assert _row(book, "People", 1)["Employee ID"] == 42
    assert _row(book, "People", 2)["Employee ID"] == "=1+1"
    assert _row(book, "People", 2)["Team"] == "{{7*7}}"
    assert _row(book, "Levels", 0)["Next levels"] == "E2; M1"
    assert (_row(book, "Scores", 0)["Manager"], _row(book, "Scores", 0)["Self"]) == ("N/A", 3.5)
    assert _row(book, "Conversations", 0)["Summary sent"] == datetime(2026, 3, 1, 14, 30)


def test_text_that_looks_like_a_formula_is_text(book: openpyxl.Workbook) -> None:
    page = book["People"]
    assert page.cell(HEADER_ROW + 3, 2).data_type == "s"


def test_names_are_stored_for_readers_that_do_not_calculate(path: Path) -> None:
    grid = ExcelFile(path).read().grids["People"]
    headers = {header: number for number, header in enumerate(grid.row(HEADER_ROW), start=1)}
    titles = [grid.cell(HEADER_ROW + i, headers["Level title"]) for i in (1, 2)]
    managers = [grid.cell(HEADER_ROW + i, headers["Manager name"]) for i in (1, 2)]
    assert titles == ["Engineer", "not found"]
    assert managers == ["not found", "Nguyễn Thị Lan"]


def test_no_formula_claims_a_zero_before_it_is_calculated(path: Path) -> None:
    """Readers that do not recalculate show what is stored: a blank is honest, a zero is not."""
    for _, formula, stored in _formulas(path):
        assert stored != "0", formula


def test_the_tools_single_cells_have_their_names(path: Path) -> None:
    names = ExcelFile(path).read().names
    for name in (LAST_RUN, LAST_RUN_RESULT, CURRENT_CYCLE):
        sheet, _, address = names[name].partition("!")
        row, column = parse_address(address)
        assert CellRef(sheet, row, column).sheet == START


def test_formulas_use_only_functions_every_program_has(path: Path, book: openpyxl.Workbook) -> None:
    formulas = [formula for _, formula, _ in _formulas(path)]
    formulas += [name.attr_text for name in book.defined_names.values()]
    used = {name for formula in formulas for name in re.findall(r"\b([A-Z][A-Z0-9.]*)\(", formula)}
    assert used <= PORTABLE
    assert max(map(len, formulas)) < 8192


def test_pages_print_with_their_header_row_and_confidential_sheets_say_so(book: openpyxl.Workbook) -> None:
    for sheet in all_sheets():
        page = book[sheet.name]
        assert page.page_setup.orientation == "landscape"
        # The settings are as many as they are, and fit on one page.
        assert (page.page_setup.fitToHeight == 0) == (sheet.name != "Settings")
        assert page.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        assert page.freeze_panes is not None
        footer = page.oddFooter
        assert "&A" in f"&{footer.center.text}" or footer.center.text == "&A"
        if sheet.group == "HR only":
            assert "HR only" in footer.left.text


def test_a_sheet_of_which_nothing_is_made_yet_says_so_under_its_title(book: openpyxl.Workbook) -> None:
    told = {sheet.name: str(book[sheet.name].cell(HEADER_ROW - 2, 2).value) for sheet in all_sheets()}
    assert {name for name, line in told.items() if "makes nothing of it" in line} == {
        "Paths", "Scoring patterns", "High potential", "Mentor suggestions", "Plan outcomes",
    }  # fmt: skip
    assert told["To fix"].endswith("Written by careersheets; every run replaces it.")


def test_every_visible_sheet_is_a_link_away_on_start_and_leads_back(book: openpyxl.Workbook) -> None:
    links = [cell.hyperlink.location for row in book[START].iter_rows() for cell in row if cell.hyperlink]
    targets = {link.partition("!")[0].strip("'") for link in links}
    assert targets == set(book.sheetnames) - {START} - {
        s.name for s in all_sheets() if s.group == "very hidden"
    }
    for name in set(book.sheetnames) - {START}:
        assert book[name]["A2"].hyperlink.location == f"'{START}'!A1"


def test_charts_are_native(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/")]
        kinds = [re.search(r"<c:(bar|radar)Chart>", archive.read(name).decode()) for name in charts]
    assert sorted(kind[1] for kind in kinds if kind) == ["bar", "bar", "bar", "radar"]


def test_the_same_rows_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    build_workbook(tmp_path / "again.xlsx", ROWS)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    build_workbook(tmp_path / "later.xlsx", ROWS, created=datetime(2027, 1, 1))
    assert (tmp_path / "later.xlsx").read_bytes() != path.read_bytes()


def test_an_empty_workbook_reads_without_a_finding(tmp_path: Path) -> None:
    build_workbook(tmp_path / "careers.xlsx")
    tables, findings = read_tables(ExcelFile(tmp_path / "careers.xlsx").read())
    _, unusable = read_settings(tables)
    assert [*findings, *unusable] == []
    assert tables.frame(People).empty


def test_settings_given_replace_defaults_and_others_stay() -> None:
    settings = {row["setting"]: row["value"] for row in with_defaults(ROWS)["Settings"]}
    assert (settings["Paper"], settings["Language"], settings["Ours"]) == ("Letter", "en-GB", "kept")


def test_the_default_scale_is_worded_as_in_the_starter_frameworks() -> None:
    shared = tomllib.loads((STARTERS / "shared.toml").read_text(encoding="utf-8"))
    (scale,) = [scale for scale in shared["scale"] if scale["name"] == DEFAULT_SCALE]
    points = [(point["value"], point["label"], point["meaning"]) for point in scale["point"]]
    assert [
        (row["value"], row["label"], row["meaning"]) for row in with_defaults({})["Rating scales"]
    ] == points


def test_the_file_is_valid(path: Path) -> None:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(path))
    assert [str(error) for error in result.errors] == []


def _row(book: openpyxl.Workbook, sheet: str, number: int) -> dict[str, Any]:
    page = book[sheet]
    headers = [cell.value for cell in page[HEADER_ROW]]
    return dict(zip(headers, [cell.value for cell in page[HEADER_ROW + 1 + number]], strict=True))


def _formulas(path: Path) -> list[tuple[str, str, str]]:
    """Part, formula and stored value of every formula cell."""
    found = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                cells = re.findall(r"<f>([^<]*)</f><v>([^<]*)</v>", archive.read(name).decode())
                found += [(name, formula, stored) for formula, stored in cells]
    return found
