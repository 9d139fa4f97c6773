"""A master workbook in Google Sheets, read and written through Google's own client from the local Google."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from google.auth.credentials import AnonymousCredentials

from careersheets.books.book import Changes, Link, SheetRows
from careersheets.books.diff import AddedRow, CellChange, Diff
from careersheets.books.google import writing
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.layout import SheetShrunken, count_rows
from careersheets.books.google.sheet import GoogleSheet
from careersheets.books.refusals import WriteRefusal, WriteRefused
from careersheets.model.cells import CellError, CellRef
from careersheets.model.errors import AccessDenied, InputError, RemoteError

from ..google_server.server import Fault, GoogleServer
from ..google_server.spreadsheet import Spreadsheet
from .google_sheets import (
    FIRST_ROW,
    build,
    diff,
    fill,
    level_change,
    opened,
    results,
    rows_of,
    running_server,
    start_anew,
)


@pytest.fixture(scope="module")
def running() -> Iterator[GoogleServer]:
    with running_server() as server:
        yield server


@pytest.fixture
def server(running: GoogleServer) -> GoogleServer:
    return start_anew(running)


@pytest.fixture
def book(server: GoogleServer) -> Spreadsheet:
    return build(server)


@pytest.fixture
def sheet(server: GoogleServer, book: Spreadsheet) -> Iterator[GoogleSheet]:
    with opened(server, book) as opening:
        yield opening


@pytest.mark.requirement("X2", "X8")
def test_every_kind_of_cell_is_read_as_what_it_is(sheet: GoogleSheet, book: Spreadsheet) -> None:
    people = book.titled("People")
    assert people is not None
    fill(people, 6, 7, True)
    people.cell(5, 7).calculate("=#REF!")
    people.cell(5, 8).calculate("=1+2")
    moment = people.cell(5, 9)
    moment.value, moment.kind = 45292.604166666664, "DATE_TIME"
    fill(people, 6, 11, "2026-01-02")
    grid = sheet.read().grids["People"]
    assert grid.row(6)[1:7] == ["E-1", "Ngozi Okafor", "ngozi@example.com", "L2", date(2024, 3, 1), True]
    assert grid.row(6)[7:] == [CellError("#REF!"), 3, datetime(2024, 1, 1, 14, 30), "2026-01-02"]
    assert grid.row_count == 9
    assert grid.cell(7, 7) is None


def test_tabs_names_merged_and_hidden_are_read(sheet: GoogleSheet, book: Spreadsheet) -> None:
    gaps = book.titled("Gaps")
    assert gaps is not None
    gaps.properties["hidden"] = True
    gaps.merges = [
        gaps.area({"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 4})
    ]
    contents = sheet.read()
    assert list(contents.grids) == ["Start", "People", "Goals", "Gaps", "To fix"]
    assert contents.name == "Careers 2026"
    assert contents.names == {"cs_last_run": "'Start'!K3"}
    assert (contents.grids["Gaps"].visibility, contents.grids["Gaps"].merged) == ("hidden", ("B2:D2",))


def test_reading_takes_two_requests_and_looking_for_changes_one(
    sheet: GoogleSheet, server: GoogleServer
) -> None:
    sheet.version()
    assert server.methods == ["files.get"]
    sheet.read()
    assert server.methods[1:] == ["spreadsheets.get", "spreadsheets.values.batchGet"]


def test_the_version_changes_with_every_change_and_with_nothing_else(
    sheet: GoogleSheet, server: GoogleServer
) -> None:
    before = sheet.version()
    contents = sheet.read()
    assert sheet.version() == before
    sheet.write(contents, results())
    assert sheet.version() != before


def test_writing_results_does_not_change_the_fingerprint_but_typing_does(
    sheet: GoogleSheet, book: Spreadsheet
) -> None:
    contents = sheet.read()
    sheet.write(contents, results())
    assert sheet.read().fingerprint == contents.fingerprint
    people = book.titled("People")
    assert people is not None
    fill(people, 6, 5, "L9")
    assert sheet.read().fingerprint != contents.fingerprint


@pytest.mark.requirement("X8")
def test_tool_owned_tabs_are_replaced_in_one_request(
    sheet: GoogleSheet, book: Spreadsheet, server: GoogleServer
) -> None:
    contents = sheet.read()
    server.start_counting()
    receipt = sheet.write(contents, results())
    assert server.methods == ["spreadsheets.batchUpdate"]
    assert (receipt.written_to, receipt.note) == ("Careers 2026", "")
    assert rows_of(book, "Gaps") == [["2026-H2", "E-1", 1.0], ["2026-H2", "E-4", 2.0]]
    start, fix = book.titled("Start"), book.titled("To fix")
    assert start is not None
    assert fix is not None
    assert start.cell(2, 10).value == "2026-11-22 08:00"
    link = {"uri": "#gid=11&range=C7"}
    assert (fix.cell(5, 3).value, fix.cell(5, 3).format) == ("C7", {"textFormat": {"link": link}})


@pytest.mark.parametrize(
    "text", ['=IMPORTXML("http://x", "//a")', "+1", "007", "2026-01-02", "TRUE", "'quoted", "=1+1"]
)
def test_a_text_stays_a_text_whatever_it_begins_with(sheet: GoogleSheet, text: str) -> None:
    contents = sheet.read()
    sheet.write(contents, results([("2026-H2", "E-1", text)]))
    sheet.apply(contents, Diff((level_change(6, "L2", text),)))
    grids = sheet.read().grids
    assert grids["Gaps"].cell(6, 4) == text
    assert grids["People"].cell(6, 5) == text


def test_dates_that_are_written_are_read_back_as_dates(sheet: GoogleSheet) -> None:
    contents = sheet.read()
    sheet.write(contents, results([("2026-H2", "E-1", date(2026, 5, 4)), ("2026-H2", "E-2", None)]))
    moved = CellChange(CellRef("People", 6, 6), date(2024, 3, 1), date(2026, 7, 1))
    assert sheet.apply(contents, Diff((moved,))).note == ""
    grids = sheet.read().grids
    assert grids["Gaps"].cell(6, 4) == date(2026, 5, 4)
    assert grids["People"].cell(6, 6) == date(2026, 7, 1)


def test_a_tab_too_small_for_the_results_grows_in_the_same_request(
    sheet: GoogleSheet, book: Spreadsheet, server: GoogleServer
) -> None:
    contents = sheet.read()
    server.start_counting()
    sheet.write(contents, results([("2026-H2", f"E-{number}", 1.0) for number in range(100)]))
    assert server.methods == ["spreadsheets.batchUpdate"]
    assert len(rows_of(book, "Gaps")) == 100
    sheet.write(contents, results())
    assert len(rows_of(book, "Gaps")) == 2


def test_very_many_results_go_in_several_requests(
    sheet: GoogleSheet, book: Spreadsheet, server: GoogleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "CELLS_AT_ONCE", 120)
    contents = sheet.read()
    server.start_counting()
    sheet.write(contents, results([("2026-H2", f"E-{number}", 1.0) for number in range(100)]))
    assert server.methods == ["spreadsheets.batchUpdate"] * 3
    assert [row[1] for row in rows_of(book, "Gaps")] == [f"E-{number}" for number in range(100)]


def test_a_tool_owned_tab_that_was_deleted_comes_back_and_is_said(
    sheet: GoogleSheet, book: Spreadsheet
) -> None:
    book.tabs = [tab for tab in book.tabs if tab.title != "Gaps"]
    receipt = sheet.write(sheet.read(), results())
    assert "missing and was added again" in receipt.note
    grid = sheet.read().grids["Gaps"]
    assert grid.cell(5, 2) == "Cycle"
    assert grid.cell(FIRST_ROW, 3) == "E-1"


def test_a_tab_that_bears_our_mark_is_known_by_any_title(sheet: GoogleSheet, book: Spreadsheet) -> None:
    book.tabs = [tab for tab in book.tabs if tab.title != "Gaps"]
    sheet.write(sheet.read(), results())
    gaps = book.titled("Gaps")
    assert gaps is not None
    gaps.properties["title"] = "Lücken"
    assert sheet.write(sheet.read(), results([("2026-H2", "E-2", 5.0)])).note == ""
    assert rows_of(book, "Lücken") == [["2026-H2", "E-2", 5.0]]


def test_named_cells_that_are_gone_are_said(sheet: GoogleSheet, book: Spreadsheet) -> None:
    book.names.clear()
    assert '"cs_last_run"' in sheet.write(sheet.read(), results()).note


def test_a_link_that_leads_nowhere_in_a_browser_is_a_text(sheet: GoogleSheet, book: Spreadsheet) -> None:
    links = [(Link("report", target="C:/reports/a.docx"), Link("mail", target="mailto:a@example.com"))]
    sheet.write(sheet.read(), Changes([SheetRows("Gaps", links, FIRST_ROW, 2)]))
    gaps = book.titled("Gaps")
    assert gaps is not None
    assert not (gaps.cell(5, 1).format or {}).get("textFormat", {}).get("link")
    assert gaps.cell(5, 2).format == {"textFormat": {"link": {"uri": "mailto:a@example.com"}}}


@pytest.mark.requirement("X8")
def test_a_diff_is_applied_by_one_look_one_write_and_one_tidying(
    sheet: GoogleSheet, book: Spreadsheet, server: GoogleServer
) -> None:
    contents = sheet.read()
    server.start_counting()
    assert sheet.apply(contents, diff()).note == ""
    assert server.methods == [
        "spreadsheets.getByDataFilter",
        "spreadsheets.batchUpdate",
        "spreadsheets.batchUpdate",
    ]
    assert [row[3] for row in rows_of(book, "People")] == ["L3", "L1", "L4", "L2"]
    assert rows_of(book, "Goals")[1:] == [
        ["G-2", "E-3", "Mentor two new colleagues"],
        ["G-3", "E-4", "Present to customers"],
    ]
    assert [tab.title for tab in book.tabs] == ["Start", "People", "Goals", "Gaps", "To fix"]


def test_the_formula_beside_is_filled_down_into_a_new_row(sheet: GoogleSheet, book: Spreadsheet) -> None:
    goals = book.titled("Goals")
    assert goals is not None
    goals.cell(6, 6).calculate('=IF(C7="","",C7)')
    sheet.apply(sheet.read(), Diff((), diff().additions))
    assert goals.cell(7, 6).formula == '=IF(C8="","",C8)'


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (lambda tab: fill(tab, 6, 5, "L7"), WriteRefusal.OLD_VALUE),
        (lambda tab: tab.shift("ROWS", 5, -1), WriteRefusal.OLD_VALUE),
        (lambda tab: fill(tab, 7, 2, "E-1"), None),
    ],
)
def test_nothing_is_written_where_the_cell_is_no_longer_what_it_was(
    sheet: GoogleSheet, book: Spreadsheet, edit: object, refusal: WriteRefusal | None
) -> None:
    contents, people = sheet.read(), book.titled("People")
    assert callable(edit)
    edit(people)
    before = rows_of(book, "People")
    if refusal is None:
        sheet.apply(contents, diff())
        return
    with pytest.raises(WriteRefused) as refused:
        sheet.apply(contents, diff())
    assert (refused.value.refusal, refused.value.where) == (refusal, "People!E6")
    assert rows_of(book, "People") == before


def test_a_diff_that_was_applied_before_is_refused(sheet: GoogleSheet) -> None:
    contents = sheet.read()
    rows_only = Diff((), diff().additions)
    sheet.apply(contents, rows_only)
    with pytest.raises(WriteRefused) as refused:
        sheet.apply(contents, rows_only)
    assert (refused.value.refusal, refused.value.where) == (WriteRefusal.ROW_EXISTS, "Goals!B8")


def test_a_formula_is_not_overwritten(sheet: GoogleSheet, book: Spreadsheet) -> None:
    people = book.titled("People")
    assert people is not None
    people.cell(5, 4).calculate("=1+1")
    with pytest.raises(WriteRefused) as refused:
        sheet.apply(sheet.read(), Diff((CellChange(CellRef("People", 6, 5), 2, "L3"),)))
    assert refused.value.refusal is WriteRefusal.FORMULA


def test_a_row_without_an_id_is_told_by_all_that_it_holds(sheet: GoogleSheet, book: Spreadsheet) -> None:
    goals = book.titled("Goals")
    assert goals is not None
    goals.cell(6, 1).value = None
    contents = sheet.read()
    goals.shift("ROWS", 5, 2)
    assert sheet.apply(contents, Diff((CellChange(CellRef("Goals", 7, 2), None, "G-9"),))).note == ""
    assert rows_of(book, "Goals")[-1] == ["G-9", "E-3", "Mentor a new colleague"]


def test_a_tab_that_lost_most_of_its_rows_is_refused(server: GoogleServer) -> None:
    rows = [[f"E-{number}", "Somebody", "", "L1", None] for number in range(30)]
    content = {"People": (["Employee ID", "Name", "E-mail", "Level code", "Level since"], rows)}
    book = build(server, {"Start": ([], []), **content})
    with opened(server, book) as sheet:
        contents = sheet.read()
        people = book.titled("People")
        assert people is not None
        for row in range(6, 30):
            for column in range(2, 6):
                fill(people, row, column, None)
        before = server.google.files[book.id]["version"]
        people.cells = {place: cell for place, cell in people.cells.items() if place[0] < 12}
        with pytest.raises(SheetShrunken, match="Version history"):
            sheet.apply(contents, Diff((level_change(6, "L1", "L2"),)))
        assert server.google.files[book.id]["version"] == before
    with opened(server, book, rows_before=count_rows(contents.grids)) as later, pytest.raises(SheetShrunken):
        later.read()


@pytest.mark.parametrize(("denied", "kind"), [(403, AccessDenied), (404, InputError), (400, RemoteError)])
def test_a_refusal_is_said_once_and_not_tried_again(
    sheet: GoogleSheet, server: GoogleServer, denied: int, kind: type[Exception]
) -> None:
    server.faults = dict.fromkeys(range(9), Fault(status=denied))
    with pytest.raises(kind):
        sheet.read()
    assert len(server.log) == 1


def test_the_account_to_share_with_stands_in_the_sentence(server: GoogleServer, book: Spreadsheet) -> None:
    server.google.not_shared.add(book.id)
    with opened(server, book) as sheet, pytest.raises(AccessDenied, match=r"robot@example\.com.*Press Share"):
        sheet.read()


def test_a_protected_tab_is_said_and_nothing_is_written(server: GoogleServer, book: Spreadsheet) -> None:
    people = book.titled("People")
    assert people is not None
    people.protected.append(
        {"protectedRangeId": 1, "range": {"sheetId": people.id}, "editors": {"users": []}}
    )
    server.google.sign_in.nobody = "robot@example.com"
    with opened(server, book) as sheet:
        contents = sheet.read()
        with pytest.raises(AccessDenied, match="Protect sheets and ranges"):
            sheet.apply(contents, diff())
    assert [row[3] for row in rows_of(book, "People")] == ["L2", "L1", "L3", "L2"]
    assert len(rows_of(book, "Goals")) == 2


@pytest.mark.requirement("X8")
def test_out_of_quota_it_waits_for_the_next_minute(book: Spreadsheet, server: GoogleServer) -> None:
    now, waits = [0.0], []
    server.google.quota, server.google.clock = 2, lambda: now[0]

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    with opened(server, book, wait=wait) as sheet:
        sheet.read()
        sheet.read()
    assert len(waits) == 1
    assert 60 < waits[0] < 70


def test_after_six_attempts_it_says_so(server: GoogleServer, book: Spreadsheet) -> None:
    waits: list[float] = []
    with opened(server, book, wait=waits.append) as sheet:
        server.faults = dict.fromkeys(range(9), Fault(status=503))
        with pytest.raises(RemoteError, match="temporary problem"):
            sheet.read()
    assert len(server.log) == 6
    assert len(waits) == 5


def test_a_sheet_in_the_bin_is_said(sheet: GoogleSheet, book: Spreadsheet, server: GoogleServer) -> None:
    server.google.files[book.id]["trashed"] = True
    with pytest.raises(InputError, match="in the bin"):
        sheet.version()


def test_an_unknown_tab_in_a_diff_is_refused(sheet: GoogleSheet) -> None:
    contents = sheet.read()
    with pytest.raises(WriteRefused):
        sheet.apply(contents, Diff((), (replace(diff().additions[0], sheet="Goals of 2019"),)))


def test_without_the_libraries_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['googleapiclient'] = None\n"
        "from careersheets.model.errors import UsageError\n"
        "try:\n    import careersheets.books.google.sheet\nexcept UsageError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "careersheets[google]"' in done.stdout


def test_a_row_that_is_there_under_the_same_id_is_not_added_again(
    sheet: GoogleSheet, book: Spreadsheet
) -> None:
    contents = sheet.read()
    goals = book.titled("Goals")
    assert goals is not None
    fill(goals, 8, 2, "G-3")
    row = AddedRow("Goals", ("G-3", "E-4", "Present to customers"), first_column=2, header_row=5)
    with pytest.raises(WriteRefused):
        sheet.apply(contents, Diff((), (row,)))


def test_a_column_inserted_since_the_sheet_was_read_is_noticed(sheet: GoogleSheet, book: Spreadsheet) -> None:
    contents, goals = sheet.read(), book.titled("Goals")
    assert goals is not None
    goals.shift("COLUMNS", 4, 1)
    blank = Diff((CellChange(CellRef("Goals", 6, 5), None, "2026-12-31"),))
    assert sheet.apply(contents, blank).note == ""
    goals.shift("COLUMNS", 3, 1)
    with pytest.raises(WriteRefused) as refused:
        sheet.apply(contents, Diff((), diff().additions))
    assert refused.value.where == "Goals!D5"


def test_many_rows_are_changed_in_one_batch(server: GoogleServer) -> None:
    rows = [[f"E-{number}", "Somebody", "", "L1", None] for number in range(600)]
    book = build(server, {"People": (["Employee ID", "Name", "E-mail", "Level code", "Level since"], rows)})
    book.tabs[0].properties["gridProperties"]["rowCount"] = 700
    with opened(server, book) as sheet:
        contents = sheet.read()
        server.start_counting()
        everybody = Diff(tuple(level_change(row, "L1", "L2") for row in range(6, 606)))
        assert sheet.apply(contents, everybody).note == ""
    assert len(server.log) == 3
    assert {row[-1] for row in rows_of(book, "People")} == {"L2"}


def test_googles_methods_are_put_together_once_and_not_for_every_request(server: GoogleServer) -> None:
    """Each time takes a quarter of a second of work, several times as long as a request."""
    client = GoogleClient(AnonymousCredentials(), root=server.url)
    methods = client.sheets.spreadsheets()
    assert client.sheets.spreadsheets() is methods
    assert client.sheets.spreadsheets().values() is methods.values()
    assert client.drive.files() is client.drive.files()
    client.close()
