"""Syncing a workbook in Google Sheets over HTTP: how many requests it takes, and what comes of faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.layout import TAB_MARK
from careersheets.books.google.sheet import GoogleSheet
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.model.errors import CareersheetsError
from careersheets.vocabulary.workbook import PERSON
from careersheets.workflows.send import Outbox
from careersheets.workflows.send_plan import Rules
from careersheets.workflows.sync import Memory, Synced, sync
from careersheets.workflows.sync_actions import Office
from careersheets.workflows.sync_requests import read_requests
from tests.analysis.test_by_hand import workbook as example
from tests.books.google_sheets import snapshot
from tests.google_server.local_google import LocalGoogle
from tests.google_server.server import KINDS_OF_FAULT, Fault, GoogleServer
from tests.google_server.spreadsheet import Spreadsheet, Tab

pytestmark = pytest.mark.requirement("X8")

NOW = datetime(2026, 11, 22, 9, 0)
EVERY = "every 15 minutes"


def spreadsheet_of(google: LocalGoogle, path: Path) -> Spreadsheet:
    """The workbook at `path`, as it stands in a Google Sheet."""
    book = google.new_spreadsheet("Careers 2026")
    book.tabs = []
    for number, (title, grid) in enumerate(ExcelFile(path).read().grids.items()):
        tab = Tab(number + 1, title, grid.row_count + 20, max(len(grid.columns), 60))
        for across, column in enumerate(grid.columns):
            for down, value in enumerate(column):
                if title != PERSON and isinstance(value, str | float | int | date):
                    _fill(tab, down, across, value)
        book.tabs.append(tab)
        mark = {"metadataId": number + 1, "metadataKey": TAB_MARK, "metadataValue": title}
        book.metadata.append({**mark, "visibility": "DOCUMENT", "location": {"sheetId": tab.id}})
    book.number_tabs()
    return book


def _fill(tab: Tab, row: int, column: int, value: Any) -> None:
    cell = tab.cell(row, column)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        cell.value, cell.kind, cell.pattern = (day - date(1899, 12, 30)).days, "DATE", "yyyy-MM-dd"
    else:
        cell.value = value


@dataclass
class Sheet:
    """A Google Sheet, and what the last sync of it left."""

    server: GoogleServer
    client: GoogleClient
    number: str
    folder: Path
    ledger: Ledger
    memory: Memory = field(default_factory=Memory)

    @property
    def book(self) -> Spreadsheet:
        return self.server.google.books[self.number]

    def sync(self, every: str | None = EVERY) -> Synced:
        """As the command does: the version first, and no more where it is as before."""
        sheet = GoogleSheet(self.client, self.number, rows_before=self.memory.rows)
        version = sheet.version()
        if version == self.memory.version:
            return Synced("Nothing new.")
        with self.ledger.run("sync", {}) as run:
            box = nullcontext(Outbox(self.folder / "outbox", self.folder, {}))
            office = Office(
                sheet, self.folder, self.ledger, run, NOW, Rules(), lambda _: box, self.memory.plans
            )
            return sync(office, self.memory, version, every, lambda: None)

    def types(self, title: str, row: int, column: int, value: Any) -> None:
        """A person types something; row and column are 1-based."""
        tab = self.book.titled(title)
        assert tab is not None
        tab.cell(row - 1, column - 1).value = value
        self.server.google.touch(self.number)

    def asks(self, number: int, action: str, arguments: str = "") -> None:
        """The menu files a request below the last row."""
        tab = self.book.titled("Requests")
        assert tab is not None
        last = max((row for (row, _), cell in tab.cells.items() if not cell.empty), default=4)
        cells = [f"r-{number}", "2026-11-22T07:00:00", action, arguments, "requested"]
        for across, value in enumerate(cells, 2):
            if value:
                self.types("Requests", last + 2, across, value)

    def requests(self) -> dict[str, tuple[str, str]]:
        contents = GoogleSheet(self.client, self.number).read()
        return {it.id: (it.state, it.message) for it in read_requests(contents)}


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[Sheet]:
    rows = example()
    for person in rows["People"]:
        person["email"] = f"{person['employee_id'].lower()}@lanternfield.example"
        person["manager"] = None if person["employee_id"] == "P5" else "P5"
    build_workbook(tmp_path / "careers.xlsx", rows)
    folder = tmp_path / "hr"
    folder.mkdir()
    with GoogleServer() as server, open_ledger(new_identity(), place=str(tmp_path / "ledgers")) as ledger:
        credentials: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]
        client = GoogleClient(credentials, account="robot@example.com", root=server.url, sleep=lambda _: None)
        book = spreadsheet_of(server.google, tmp_path / "careers.xlsx")
        yield Sheet(server, client, book.id, folder, ledger)
        client.close()


def settled(sheet: Sheet) -> Sheet:
    """After the first sync, when its own writing was looked at."""
    sheet.sync()
    sheet.sync()
    sheet.server.start_counting()
    return sheet


def people_row(sheet: Sheet, person: str) -> tuple[int, int]:
    """The row of a person, and the column of the name, 1-based."""
    tab = sheet.book.titled("People")
    assert tab is not None
    row, column = next(place for place, cell in tab.cells.items() if cell.value == person)
    return row + 1, column + 2


def test_an_idle_sync_takes_one_request(sheet: Sheet) -> None:
    settled(sheet)
    assert sheet.sync().sentence == "Nothing new."
    assert sheet.server.methods == ["files.get"]


def test_a_changed_sheet_takes_four_requests_and_its_own_writing_two_more_later(sheet: Sheet) -> None:
    settled(sheet)
    sheet.types("People", *people_row(sheet, "P1"), "Chiara Conti")
    assert sheet.sync().sentence.startswith("Checked: ")
    changed = ["files.get", "spreadsheets.get", "spreadsheets.values.batchGet", "spreadsheets.batchUpdate"]
    assert sheet.server.methods == changed
    sheet.server.start_counting()
    assert sheet.sync().sentence == "Nothing new."
    assert sheet.server.methods == changed[:3]
    sheet.server.start_counting()
    assert sheet.sync().sentence == "Nothing new."
    assert sheet.server.methods == ["files.get"]


def test_a_request_is_answered_in_its_row(sheet: Sheet) -> None:
    settled(sheet)
    sheet.asks(1, "check")
    sheet.asks(2, "gap reports", "P1; P2")
    assert set(sheet.sync().answers) == {"r-1", "r-2"}
    answers = sheet.requests()
    assert answers["r-1"][0] == "done"
    assert answers["r-2"] == ("done", "2 of 2 documents are in the folder documents.")
    assert len(list((sheet.folder / "documents").rglob("*.docx"))) == 2
    assert sheet.sync().answers == {}


def test_a_request_filed_meanwhile_is_kept_and_answered_next(sheet: Sheet) -> None:
    settled(sheet)
    sheet.asks(1, "check")
    sheet.server.before = lambda number: sheet.asks(2, "remind") if number == 6 else None
    assert set(sheet.sync().answers) == {"r-1"}
    sheet.server.start_counting()
    assert sheet.requests()["r-2"][0] == "requested"
    assert set(sheet.sync().answers) == {"r-2"}
    assert {state for state, _ in sheet.requests().values()} == {"done"}


def test_what_a_person_changed_meanwhile_is_seen_next_time(sheet: Sheet) -> None:
    settled(sheet)
    place = people_row(sheet, "P1")
    sheet.types("People", *place, "Chiara Conti")
    sheet.server.before = lambda number: sheet.types("People", *place, "Mei Lin") if number == 3 else None
    sheet.sync()
    sheet.server.start_counting()
    assert sheet.sync().sentence.startswith("Checked: ")
    tab = sheet.book.titled("People")
    assert tab is not None
    assert tab.cell(place[0] - 1, place[1] - 1).value == "Mei Lin"


def but_requests(sheet: Sheet) -> dict[str, Any]:
    """Everything on all tabs but Requests, to which each run adds."""
    return {title: state for title, state in snapshot(sheet.book).items() if title != "Requests"}


@pytest.mark.parametrize("fault", KINDS_OF_FAULT)
def test_a_fault_at_any_request_changes_no_answer_and_nothing_in_the_sheet(sheet: Sheet, fault: str) -> None:
    settled(sheet)
    sheet.asks(1, "remind")
    sheet.sync()
    requests, clean = len(sheet.server.log), but_requests(sheet)
    assert requests > 6
    for number in range(requests):
        sheet.server.start_counting()
        sheet.asks(number + 2, "remind")
        sheet.server.faults[number] = KINDS_OF_FAULT[fault]
        assert set(sheet.sync().answers) == {f"r-{number + 2}"}
        assert len(sheet.server.log) > requests
        assert but_requests(sheet) == clean
    sheet.server.start_counting()
    answers = sheet.requests()
    assert len(answers) == requests + 2
    assert {state for state, _ in answers.values()} == {"done"}


def test_a_line_that_stays_cut_leaves_the_request_for_the_next_run(sheet: Sheet) -> None:
    settled(sheet)
    sheet.asks(1, "remind")
    sheet.server.faults = {number: Fault(drop=True) for number in range(4, 60)}
    with pytest.raises(CareersheetsError, match="cannot be reached"):
        sheet.sync()
    sheet.server.start_counting()
    assert sheet.requests()["r-1"][0] in ("requested", "working")
    assert set(sheet.sync().answers) == {"r-1"}
    assert sheet.requests()["r-1"][0] == "done"
