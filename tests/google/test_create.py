"""`google create`: what stands in a new Google Sheet is what stands in the workbook for Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.book import BookContents, Changes, SheetRows
from careersheets.books.building import build_workbook
from careersheets.books.building.layout import Slot, slots_of
from careersheets.books.excel_file import ExcelFile
from careersheets.books.google_sheet import GoogleSheet
from careersheets.books.google_sheet_client import GoogleClient
from careersheets.books.google_sheet_creating import NotEmpty, create_sheet
from careersheets.model.cells import CellValue, Grid, Uncalculated
from careersheets.vocabulary.column import Kind
from careersheets.vocabulary.workbook import (
    FIRST_ROW,
    GROUP_COLOURS,
    HEADER_ROW,
    PERSON,
    START,
    WORKBOOK_ID,
    all_sheets,
)
from careersheets.workflows.check import check
from tests.google.created import IDENTITY, client_of, demo, made_in, starter, state_of
from tests.google_server.server import GoogleServer
from tests.google_server.spreadsheet import Spreadsheet, Tab

pytestmark = pytest.mark.requirement("X8", "X2")

NOW = datetime(2026, 11, 22, 9, 0)
# Sheets of HR's in which the local Google leaves cells uncalculated, as it knows no formulas but those of names.
CALCULATED = {"ROI"}


@pytest.fixture(scope="module")
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        yield running


@pytest.fixture(scope="module")
def client(server: GoogleServer) -> Iterator[GoogleClient]:
    made = client_of(server)
    yield made
    made.close()


@pytest.fixture(scope="module")
def book(server: GoogleServer, client: GoogleClient) -> Spreadsheet:
    return made_in(server, client, starter())


@pytest.fixture(scope="module")
def filled(server: GoogleServer, client: GoogleClient) -> Spreadsheet:
    """With the people of the demo."""
    return made_in(server, client, demo())


@pytest.fixture(scope="module")
def in_excel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "careers.xlsx"
    build_workbook(path, starter(), identity=IDENTITY)
    return path


@pytest.fixture(scope="module")
def filled_in_excel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "careers.xlsx"
    build_workbook(path, demo(), identity=IDENTITY)
    return path


def tab_of(book: Spreadsheet, title: str) -> Tab:
    tab = book.titled(title)
    assert tab is not None
    return tab


def hr_columns() -> list[tuple[str, Slot]]:
    return [(s.name, slot) for s in all_sheets() if s.owner != "tool" for slot in slots_of(s)]


def test_a_sheet_takes_three_requests() -> None:
    """What there is; tabs and contents; looks and rules. A new file takes two more: its id, and the file."""
    with GoogleServer() as server:
        client = client_of(server)
        made_in(server, client)
        client.close()
        asked = [entry.method for entry in server.log]
    assert asked == [
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.batchUpdate",
        "sheets.spreadsheets.batchUpdate",
    ]


def test_tabs_stand_in_the_same_order_with_the_same_colours_as_in_excel(
    book: Spreadsheet, in_excel: Path
) -> None:
    grids = ExcelFile(in_excel).read().grids
    assert [tab.title for tab in book.tabs] == list(grids)
    for sheet in all_sheets():
        properties = tab_of(book, sheet.name).properties
        colour = properties["tabColorStyle"]["rgbColor"]
        shown = "".join(f"{round(colour[part] * 255):02X}" for part in ("red", "green", "blue"))
        assert shown == GROUP_COLOURS[sheet.group], sheet.name
        assert properties.get("hidden", False) == (sheet.group == "very hidden"), sheet.name
        assert properties["gridProperties"]["frozenRowCount"] == HEADER_ROW, sheet.name


def test_every_tab_is_known_by_whatever_title_hr_gives_it(server: GoogleServer, client: GoogleClient) -> None:
    book = made_in(server, client)
    for tab in book.tabs:
        tab.properties["title"] = f"Unser {tab.title}"
    grids = GoogleSheet(client, book.id).read().grids
    assert {sheet.name for sheet in all_sheets()} <= set(grids)


def test_headers_stand_where_they_stand_in_excel_and_say_what_they_are_for(book: Spreadsheet) -> None:
    for sheet in all_sheets():
        tab = tab_of(book, sheet.name)
        for slot in slots_of(sheet):
            cell = tab.cells[HEADER_ROW - 1, slot.index]
            assert cell.effective == slot.header, (sheet.name, slot.header)
            assert cell.note, (sheet.name, slot.header)
            if not slot.is_name:
                assert cell.note == slot.column.help


def test_a_new_sheet_holds_cell_by_cell_what_the_new_workbook_holds(
    client: GoogleClient, book: Spreadsheet, in_excel: Path
) -> None:
    sheet, workbook = GoogleSheet(client, book.id).read(), ExcelFile(in_excel).read()
    assert differences(sheet, workbook) == []
    found = sheet.named_cell(WORKBOOK_ID)
    assert found is not None
    assert found.value == IDENTITY


def test_a_filled_sheet_holds_cell_by_cell_what_the_filled_workbook_holds(
    client: GoogleClient, filled: Spreadsheet, filled_in_excel: Path
) -> None:
    sheet, workbook = GoogleSheet(client, filled.id).read(), ExcelFile(filled_in_excel).read()
    assert differences(sheet, workbook) == []
    assert sum(len(grid.columns) * grid.row_count for grid in sheet.grids.values()) > 30_000


def test_named_cells_are_those_of_excel(client: GoogleClient, book: Spreadsheet, in_excel: Path) -> None:
    ours, theirs = GoogleSheet(client, book.id).read().names, ExcelFile(in_excel).read().names
    places = {
        name: place.replace("$", "").replace("'", "")
        for name, place in theirs.items()
        if name.startswith("cs_") and not name.startswith("cs_list_")
    }
    assert {name: place.replace("'", "") for name, place in ours.items()} == places
    assert {"cs_last_run", "cs_workbook_id", "cs_current_cycle", "cs_person"} <= set(places)


def test_a_check_finds_the_same_as_in_excel(
    server: GoogleServer, client: GoogleClient, filled_in_excel: Path
) -> None:
    sheet = GoogleSheet(client, made_in(server, client, demo()).id)
    in_sheet, in_file = check(sheet, NOW), check(ExcelFile(filled_in_excel), NOW, write=False)
    assert said(in_sheet) == said(in_file)
    assert len(said(in_sheet)) > 5
    assert in_sheet.receipt is not None
    assert in_sheet.receipt.note == ""


def test_a_fresh_sheet_is_checked_like_a_fresh_workbook(
    client: GoogleClient, book: Spreadsheet, in_excel: Path
) -> None:
    in_sheet = check(GoogleSheet(client, book.id), NOW, write=False)
    assert said(in_sheet) == said(check(ExcelFile(in_excel), NOW, write=False))


@pytest.mark.parametrize(("sheet", "slot"), hr_columns(), ids=lambda it: getattr(it, "header", it))
def test_what_may_be_entered_is_what_excel_lets_in(book: Spreadsheet, sheet: str, slot: Slot) -> None:
    tab = tab_of(book, sheet)
    rules = [
        tab.look_at(row, slot.index)["validation"] for row in (FIRST_ROW - 1, FIRST_ROW + 20, tab.rows - 1)
    ]
    if (sheet, slot.column.name) == ("Settings", "value"):
        return
    assert rules[0] == rules[1] == rules[2]
    expected = expected_condition(slot)
    if expected is None:
        assert rules[0] is None or rules[0]["condition"]["type"].startswith("NUMBER")
        return
    rule, (kind, values, strict) = rules[0], expected
    assert rule["condition"]["type"] == kind
    assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == values
    assert rule["strict"] is strict
    assert rule["inputMessage"].startswith(slot.column.help[:200])


def expected_condition(slot: Slot) -> tuple[str, list[str], bool] | None:
    """Said of Google's rules here once more, from the vocabulary alone."""
    column = slot.column
    if slot.is_name:
        return None
    if column.choices and column.kind is not Kind.SEVERAL:
        return "ONE_OF_LIST", list(column.choices), True
    if column.kind is Kind.YES_NO:
        return "ONE_OF_LIST", ["Yes", "No"], True
    if column.kind is Kind.RATING:
        return "ONE_OF_RANGE", ["=Start!$AQ$6:$AQ$47"], False
    if column.refers_to == "Rating scales.scale":
        return "ONE_OF_RANGE", ["=Start!$AR$6:$AR$17"], False
    if column.refers_to and column.kind is not Kind.SEVERAL:
        sheet, _, key = column.refers_to.partition(".")
        by_name = sheet == "People" and not column.header.endswith("ID")
        place = place_of(sheet, "name" if by_name else key)
        return "ONE_OF_RANGE", [f"={place}"], False
    return ("DATE_ON_OR_AFTER", ["1950-01-01"], False) if column.kind is Kind.DATE else None


def place_of(sheet: str, column: str) -> str:
    slots = slots_of(next(it for it in all_sheets() if it.name == sheet))
    letter = next(slot.letter for slot in slots if slot.column.name == column and not slot.is_name)
    return f"'{sheet}'!${letter}${HEADER_ROW}:${letter}"


def test_days_shares_and_gaps_are_shown_as_such_down_to_the_last_row(book: Spreadsheet) -> None:
    for sheet in all_sheets():
        tab = tab_of(book, sheet.name)
        for slot in slots_of(sheet):
            kinds = {tab.look_at(row, slot.index)["kind"] for row in (FIRST_ROW - 1, tab.rows - 1)}
            if (sheet.name, slot.column.name) == ("Settings", "value") or sheet.name == "ROI":
                continue
            wanted = {Kind.DATE: "DATE", Kind.PERCENT: "PERCENT"}.get(slot.kind, "")
            if slot.column.name in ("gap", "gap_now", "change") and not wanted:
                wanted = "NUMBER"
            assert kinds == {wanted}, (sheet.name, slot.header)


def test_heat_maps_and_bands_follow_the_cells(book: Spreadsheet) -> None:
    for name, column in (("Gaps", "gap"), ("Team view", None), ("Readiness", "band"), ("Person", None)):
        rules = tab_of(book, name).conditional
        assert rules, name
        if column == "gap":
            scales = [rule["gradientRule"] for rule in rules if "gradientRule" in rule]
            assert [point["value"] for point in scales[2].values()] == ["-2", "0", "2"]
        if column == "band":
            words = [
                rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
                for rule in rules
                if "booleanRule" in rule
            ]
            assert words == ["Ready", "Near", "Developing", "Insufficient data"]


def test_somebody_who_types_where_the_tool_writes_is_asked_and_nobody_is_refused(book: Spreadsheet) -> None:
    for sheet in all_sheets():
        tab = tab_of(book, sheet.name)
        assert tab.protected, sheet.name
        assert all(entry["warningOnly"] for entry in tab.protected), sheet.name
        guarded = [tab.area(entry["range"]) for entry in tab.protected]
        for slot in slots_of(sheet):
            is_guarded = any(area.holds(FIRST_ROW + 1, slot.index) for area in guarded)
            wanted = sheet.owner == "tool" or slot.is_name or slot.column.owner == "tool"
            assert is_guarded == wanted, (sheet.name, slot.header)


def test_every_formula_names_tabs_that_are_there(book: Spreadsheet) -> None:
    titles = {tab.title for tab in book.tabs}
    formulas = [cell.formula for tab in book.tabs for cell in tab.cells.values() if cell.formula]
    assert len(formulas) > 1500
    for formula in formulas:
        assert "tbl_" not in formula
        assert "[" not in formula
        assert set(re.findall(r"'([^']+)'!", formula)) <= titles


def test_links_lead_to_tabs_that_are_there(book: Spreadsheet) -> None:
    numbers = {str(tab.id) for tab in book.tabs}
    links = [
        cell.format["textFormat"]["link"]["uri"]
        for tab in book.tabs
        for cell in tab.cells.values()
        if cell.format and "link" in cell.format.get("textFormat", {})
    ]
    found = {re.fullmatch(r"#gid=(\d+)&range=[A-Z]+\d+", link)[1] for link in links}  # type: ignore[index]
    assert found <= numbers
    assert (
        len(found) == len(book.tabs) - 2
    )  # to all but the two that HR never sees; Start is reached from all


def test_start_says_what_to_do_in_google(book: Spreadsheet) -> None:
    texts = " ".join(str(cell.value) for cell in tab_of(book, START).cells.values())
    assert "careersheets > Check scores" in texts
    assert "terminal" not in texts
    assert len(tab_of(book, START).charts) == 3
    assert any("SPARKLINE" in cell.formula for cell in tab_of(book, PERSON).cells.values())


def test_names_follow_their_keys_also_in_rows_that_are_added(
    server: GoogleServer, client: GoogleClient
) -> None:
    book = made_in(server, client, demo())
    tab = tab_of(book, "People")
    tab.shift("ROWS", FIRST_ROW - 1, 1)
    tab.cell(FIRST_ROW - 1, 1).value, tab.cell(FIRST_ROW - 1, 8).value = "L9999", "L1001"
    people = GoogleSheet(client, book.id).read().grids["People"]
    assert people.row(FIRST_ROW)[9] == "Amara Nwosu"


def test_a_sheet_that_holds_something_is_refused_and_left_alone(
    server: GoogleServer, client: GoogleClient
) -> None:
    book = server.google.new_spreadsheet("Holidays")
    book.tabs[0].cell(3, 3).value = "Ngozi"
    before = state_of(book)
    with pytest.raises(NotEmpty, match="holds something already"):
        create_sheet(client, book.id, title="Careers 2026")
    assert state_of(book) == before


def test_a_workbook_that_is_there_is_left_alone(server: GoogleServer, client: GoogleClient) -> None:
    book = made_in(server, client)
    tab_of(book, "People").cell(FIRST_ROW - 1, 2).value = "Ngozi Okafor"
    before = state_of(book)
    assert not create_sheet(client, book.id, starter(), title="Another")
    assert state_of(book) == before


def test_a_sheet_in_another_language_keeps_it(server: GoogleServer, client: GoogleClient) -> None:
    book = server.google.new_spreadsheet("Leer")
    book.properties["locale"] = "de_DE"
    book.tabs[0].properties["title"] = "Tabellenblatt1"
    create_sheet(client, book.id)
    assert book.properties["locale"] == "de_DE"
    assert book.properties["title"] == "Leer"


def test_results_wider_and_longer_than_their_tab_make_it_grow_in_the_same_batch(
    server: GoogleServer, client: GoogleClient
) -> None:
    book = made_in(server, client)
    tab = tab_of(book, "Team view")
    header = [f"Competency {number}" for number in range(60)]
    rows = [["E-1", "Ngozi Okafor", "Mobile", "L2", 0.8, *range(20)] for _ in range(tab.rows)]
    sheet = GoogleSheet(client, book.id)
    contents = sheet.read()
    server.start_counting()
    sheet.write(contents, Changes(sheets=[SheetRows("Team view", rows, FIRST_ROW, 2, header=header)]))
    assert server.methods == ["spreadsheets.batchUpdate"]
    assert (tab.columns, tab.rows) == (61, FIRST_ROW - 1 + len(rows))
    assert tab.cells[HEADER_ROW - 1, 60].value == "Competency 59"
    attainment = slots_of(next(it for it in all_sheets() if it.name == "Team view"))[-1]
    assert tab.look_at(tab.rows - 1, attainment.index)["kind"] == "PERCENT"


def differences(sheet: BookContents, workbook: BookContents) -> list[tuple[str, int, int, Any, Any]]:
    """Cells of HR's sheets that differ; Start and Person, which are formulas, are compared by what they calculate."""
    found = []
    for name, ours in sheet.grids.items():
        theirs = workbook.grids[name]
        if name in (START, PERSON):
            continue
        for row in range(1, max(ours.row_count, theirs.row_count) + 1):
            for column in range(1, max(len(ours.columns), len(theirs.columns)) + 1):
                first, second = value_at(ours, row, column), value_at(theirs, row, column)
                if name in CALCULATED and first == "#NOT MODELLED!":
                    continue
                if first != second or type(first) is not type(second):
                    found.append((name, row, column, first, second))
    return found


def value_at(grid: Grid, row: int, column: int) -> CellValue:
    """A blank of a formula that nothing calculated yet is a blank."""
    if row > grid.row_count or column > len(grid.columns):
        return None
    value = grid.cell(row, column)
    return None if isinstance(value, Uncalculated) else value


def said(outcome: Any) -> list[tuple[str, str]]:
    return [(str(finding.cell or finding.sheet), finding.message) for finding in outcome.assessment.findings]
