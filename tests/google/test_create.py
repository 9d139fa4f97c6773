"""`google create`: what stands in a new Google Sheet is what stands in the workbook for Excel."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from careersheets.books.book import Changes, SheetRows
from careersheets.books.building import build_workbook
from careersheets.books.building.layout import slots_of
from careersheets.books.excel_file import ExcelFile
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.creating import NotEmpty, create_sheet
from careersheets.books.google.sheet import GoogleSheet
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
from tests.google.created import (
    IDENTITY,
    client_of,
    demo,
    differences,
    made_in,
    said,
    starter,
    state_of,
    tab_of,
)
from tests.google_server.server import GoogleServer
from tests.google_server.spreadsheet import Spreadsheet

pytestmark = pytest.mark.requirement("X8", "X2")

NOW = datetime(2026, 11, 22, 9, 0)


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
