"""The same on Google itself, for whoever has an account there: only with these variables in the environment.

- CAREERSHEETS_LIVE_GOOGLE_KEY: key file of a service account; or the file of an OAuth client, signed in with
  `careersheets google setup --oauth FILE --folder` the file's folder.
- CAREERSHEETS_LIVE_GOOGLE_SHEET: address of a Google Sheet made for this test, its title beginning with TITLE. Its tabs
  called as below are deleted!
- CAREERSHEETS_LIVE_GOOGLE_FOLDER: address of a folder in Drive; without it nothing is uploaded.

Without them the test is skipped, also where missing tools are failures: no account is a tool. What it does is done on the
local Google in any case, so that what is run against Google is known to be right itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials

from careersheets.books.book import Changes, SheetRows
from careersheets.books.diff import AddedRow, build_diff
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.creating import create_file, create_sheet, new_sheet_id
from careersheets.books.google.sheet import GoogleSheet
from careersheets.delivery.drive_calls import DriveCalls
from careersheets.model.cells import CellError, CellRef
from careersheets.model.errors import InputError
from careersheets.surfaces.google import client_of, client_of_person
from careersheets.surfaces.google_address import id_in
from careersheets.surfaces.google_keys import read_key, read_oauth_client
from careersheets.surfaces.google_token import find_token
from careersheets.vocabulary.people import People
from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, HEADER_ROW
from tests.google_server.drive_calls import FOLDER, new_file
from tests.google_server.server import GoogleServer

pytestmark = pytest.mark.requirement("X8")

TITLE = "careersheets live test"
PEOPLE, RESULTS = "People", "To fix"
FORMULA = '=IMPORTXML("https://firm.example", "//a")'
_VARIABLE = "CAREERSHEETS_LIVE_GOOGLE_{}"


def test_everything_that_is_asked_of_google_is_done_by_the_local_one() -> None:
    with GoogleServer() as server:
        sheet = server.google.new_spreadsheet(f"{TITLE} 1")
        folder = new_file(server.google, "Documents", FOLDER, "owner")["id"]
        credentials: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]
        files = set(server.google.files)
        with closing(GoogleClient(credentials, root=server.url, sleep=lambda _: None)) as client:
            exercise(client, sheet.id, folder)
        assert [tab.title for tab in sheet.tabs] == ["Sheet1"]
        assert set(server.google.files) == files


@pytest.mark.skipif(
    not os.environ.get(_VARIABLE.format("KEY")) or not os.environ.get(_VARIABLE.format("SHEET")),
    reason="no account at Google in CAREERSHEETS_LIVE_GOOGLE_KEY and _SHEET",
)
def test_google_itself_does_it_too() -> None:
    key = Path(os.environ[_VARIABLE.format("KEY")])
    folder = os.environ.get(_VARIABLE.format("FOLDER"), "")
    if "installed" in json.loads(key.read_text("utf-8")):
        person = read_oauth_client(key)
        client = client_of_person(find_token(key.parent, person["client_id"]), person, key.parent)
    else:
        client = client_of(read_key(key))
    with closing(client):
        exercise(client, id_in(os.environ[_VARIABLE.format("SHEET")]), id_in(folder) if folder else "")


def exercise(client: GoogleClient, sheet: str, folder: str) -> None:
    """Read, write, apply and upload, on a Sheet made for it, and take everything away again."""
    title = ask(client, client.sheets.spreadsheets().get(spreadsheetId=sheet, fields="properties.title"))
    assert title["properties"]["title"].startswith(TITLE), f'the Sheet is not called "{TITLE} ..."'
    with tabs_of_ours(client, sheet):
        reads_and_writes(client, sheet)
        changes_rows_wherever_they_moved(client, sheet)
    if folder:
        uploads_once(client, folder)
        makes_a_workbook(client, folder)
    with pytest.raises(InputError, match="no such file"):
        GoogleSheet(client, "1" + "A" * 43).version()


def makes_a_workbook(client: GoogleClient, folder: str) -> None:
    """A new Sheet with everything in it; what its formulas show is no error, whoever calculates."""
    number = new_sheet_id(client)
    create_file(client, number, f"{TITLE}, a new workbook", folder)
    try:
        people = [{"employee_id": "P1", "name": "Þóra Ólafsdóttir", "manager": "P1"}]
        assert create_sheet(client, number, {"People": people}, identity="live")
        assert not create_sheet(client, number)
        contents = GoogleSheet(client, number).read()
        assert contents.grids[PEOPLE].row(FIRST_ROW).count("Þóra Ólafsdóttir") == 2
        assert [
            sheet for sheet, grid in contents.grids.items() for column in grid.columns if has_error(column)
        ] == []
    finally:
        ask(client, client.drive.files().delete(fileId=number, supportsAllDrives=True))


def has_error(column: Sequence[Any]) -> bool:
    return any(isinstance(value, CellError) for value in column)


def ask(client: GoogleClient, request: Any) -> dict[str, Any]:
    return client.send(request, "the Sheet of the live test")


@contextmanager
def tabs_of_ours(client: GoogleClient, sheet: str) -> Iterator[None]:
    """The tab People as HR would have typed it and an empty one for results; gone at the end, whatever happened."""
    delete_tabs(client, sheet)
    try:
        added = [{"addSheet": {"properties": {"title": title}}} for title in (PEOPLE, RESULTS)]
        batch(client, sheet, *added)
        headers = [column.header for column in sheet_of(People).columns[:3]]
        rows = [headers, ["P1", "Þóra Ólafsdóttir", "thora@firm.example"], ["P2", "Nguyễn Thị Lan", FORMULA]]
        body = {"valueInputOption": "RAW", "data": [{"range": f"'{PEOPLE}'!B{HEADER_ROW}", "values": rows}]}
        ask(client, client.sheets.spreadsheets().values().batchUpdate(spreadsheetId=sheet, body=body))
        yield
    finally:
        delete_tabs(client, sheet)


def delete_tabs(client: GoogleClient, sheet: str) -> None:
    asked = client.sheets.spreadsheets().get(spreadsheetId=sheet, fields="sheets.properties(sheetId,title)")
    tabs = [entry["properties"] for entry in ask(client, asked)["sheets"]]
    ours = [tab.get("sheetId", 0) for tab in tabs if tab["title"] in (PEOPLE, RESULTS)]
    if ours:
        batch(client, sheet, *({"deleteSheet": {"sheetId": number}} for number in ours))


def batch(client: GoogleClient, sheet: str, *requests: dict[str, Any]) -> dict[str, Any]:
    body = {"requests": list(requests)}
    return ask(client, client.sheets.spreadsheets().batchUpdate(spreadsheetId=sheet, body=body))


def reads_and_writes(client: GoogleClient, sheet: str) -> None:
    book = GoogleSheet(client, sheet)
    before = book.version()
    contents = book.read()
    assert contents.grids[PEOPLE].cell(FIRST_ROW, FIRST_COLUMN + 1) == "Þóra Ólafsdóttir"
    rows = [("Error", "Scores", FORMULA, 1.5, date(2026, 11, 22)), ("Note", "", "007", None, True)]
    book.write(contents, Changes([SheetRows(RESULTS, rows, FIRST_ROW, FIRST_COLUMN)]))
    after = GoogleSheet(client, sheet)
    assert after.version() != before
    again = after.read()
    assert again.fingerprint == contents.fingerprint
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            assert again.grids[RESULTS].cell(FIRST_ROW + down, FIRST_COLUMN + across) == (value or None)


def changes_rows_wherever_they_moved(client: GoogleClient, sheet: str) -> None:
    book = GoogleSheet(client, sheet)
    contents = book.read()
    place = CellRef(PEOPLE, FIRST_ROW + 1, FIRST_COLUMN + 1)
    new = AddedRow(PEOPLE, ("P3", "Ọlá Adébáyọ̀", "ola@firm.example"), FIRST_COLUMN, HEADER_ROW)
    diff = build_diff(contents, {place: "Nguyễn Lan"}, [new])
    tab = ask(client, client.sheets.spreadsheets().get(spreadsheetId=sheet, fields="sheets.properties"))
    number = next(it["properties"]["sheetId"] for it in tab["sheets"] if it["properties"]["title"] == PEOPLE)
    rows = {"sheetId": number, "dimension": "ROWS", "startIndex": HEADER_ROW, "endIndex": HEADER_ROW + 1}
    batch(client, sheet, {"insertDimension": {"range": rows, "inheritFromBefore": False}})
    book.apply(contents, diff)
    people = GoogleSheet(client, sheet).read().grids[PEOPLE]
    found = [people.cell(row, FIRST_COLUMN + 1) for row in range(FIRST_ROW, people.row_count + 1)]
    assert found == [None, "Þóra Ólafsdóttir", "Nguyễn Lan", "Ọlá Adébáyọ̀"]


def uploads_once(client: GoogleClient, folder: str) -> None:
    calls = DriveCalls(client)
    file, key = calls.new_id(), f"live test {os.getpid()}"
    try:
        for _ in range(2):
            calls.create_document(file, "careersheets live test.docx", folder, key, b"PK\x05\x06" + bytes(18))
        seen = calls.look_up(file)
        assert seen is not None
        assert seen["id"] == file
    finally:
        ask(client, client.drive.files().delete(fileId=file, supportsAllDrives=True))
    assert calls.look_up(file) is None
