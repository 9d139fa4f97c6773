"""A small master workbook in the local Google, and a client that waits for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from google.auth.credentials import AnonymousCredentials

from careersheets.books.book import Changes, Link, SheetRows
from careersheets.books.diff import AddedRow, CellChange, Diff
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.layout import TAB_MARK
from careersheets.books.google.sheet import GoogleSheet
from careersheets.model.cells import CellRef

from ..google_server.local_google import LocalGoogle
from ..google_server.server import GoogleServer
from ..google_server.spreadsheet import Spreadsheet, Tab

# Sheet, headers, rows; the headers stand in row 5 from column B, as in every master workbook.
PEOPLE = [
    ["E-1", "Ngozi Okafor", "ngozi@example.com", "L2", date(2024, 3, 1)],
    ["E-2", "Jürgen Weiß", "juergen@example.com", "L1", date(2023, 9, 15)],
    ["E-3", "Trần Thị Mai", "mai@example.com", "L3", date(2022, 1, 10)],
    ["E-4", "Aleksandra Nowak", "ola@example.com", "L2", date(2025, 6, 2)],
]
GOALS = [["G-1", "E-1", "Lead the roadmap talk"], ["G-2", "E-3", "Mentor a new colleague"]]
GAPS = [["2026-H1", "E-1", 3.0], ["2026-H1", "E-2", 2.0], ["2026-H1", "E-3", 4.0]]
CONTENT: dict[str, tuple[list[str], list[list[Any]]]] = {
    "Start": (["careersheets"], []),
    "People": (["Employee ID", "Name", "E-mail", "Level code", "Level since"], PEOPLE),
    "Goals": (["Goal ID", "Employee ID", "Goal"], GOALS),
    "Gaps": (["Cycle", "Employee ID", "Gap"], GAPS),
    "To fix": (["Severity", "Sheet", "Cell"], []),
}
FIRST_ROW = 6


def fill(tab: Tab, row: int, column: int, value: Any) -> None:
    """What a person types into a cell; row and column are 1-based."""
    cell = tab.cell(row - 1, column - 1)
    if isinstance(value, date):
        cell.value, cell.kind, cell.pattern = (value - date(1899, 12, 30)).days, "DATE", "yyyy-MM-dd"
    else:
        cell.value = value


def build(
    server: GoogleServer, content: Mapping[str, tuple[list[str], list[list[Any]]]] = CONTENT
) -> Spreadsheet:
    book = server.google.new_spreadsheet("Careers 2026")
    book.tabs = []
    for number, (title, (headers, rows)) in enumerate(content.items()):
        tab = Tab(number * 11, title, 40, 12)
        for down, row in enumerate([headers, *rows], 5):
            for across, value in enumerate(row, 2):
                fill(tab, down, across, value)
        book.tabs.append(tab)
        mark = {"metadataId": number + 1, "metadataKey": TAB_MARK, "metadataValue": title}
        book.metadata.append({**mark, "visibility": "DOCUMENT", "location": {"sheetId": tab.id}})
    book.number_tabs()
    place = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 10, "endColumnIndex": 11}
    book.names.append({"namedRangeId": "1", "name": "cs_last_run", "range": place})
    return book


@contextmanager
def opened(server: GoogleServer, book: Spreadsheet, **options: Any) -> Iterator[GoogleSheet]:
    """The sheet through the real client; `wait` is called with the seconds it would have slept."""
    client = server.clients.setdefault(
        "sheet", GoogleClient(AnonymousCredentials(), account="robot@example.com", root=server.url)
    )
    client._sleep = options.pop("wait", lambda _: None)
    yield GoogleSheet(client, book.id, **options)


@contextmanager
def running_server() -> Iterator[GoogleServer]:
    """A server for a whole module, as Google's client takes its time to begin; see `start_anew`."""
    with GoogleServer() as server:
        yield server
        for client in server.clients.values():
            client.close()


def start_anew(server: GoogleServer) -> GoogleServer:
    """The server as if it had just been started."""
    server.google = LocalGoogle()
    server.start_counting()
    return server


def rows_of(book: Spreadsheet, title: str) -> list[list[Any]]:
    """The values of a tab below its headers, from column B, without empty rows."""
    tab = book.titled(title)
    assert tab is not None
    filled = tab.filled(tab.whole)
    return [
        [cell.value for _, cell in sorted(cells.items())]
        for row, cells in sorted(filled.items())
        if row >= FIRST_ROW - 1
    ]


def snapshot(book: Spreadsheet) -> dict[str, Any]:
    """Everything that a run may change: titles, sizes, values, formulas, links and number formats."""
    return {
        tab.title: (
            tab.rows,
            tab.columns,
            {
                place: (cell.value, cell.formula, cell.kind, (cell.format or {}).get("textFormat"))
                for place, cell in sorted(tab.cells.items())
                if not cell.empty
            },
        )
        for tab in book.tabs
    }


def results(rows: Sequence[Sequence[Any]] = (("2026-H2", "E-1", 1.0), ("2026-H2", "E-4", 2.0))) -> Changes:
    """What a run writes: gaps, a finding that links to its cell, and when it ran."""
    findings = [["error", "People", Link("C7", location="People!C7")]]
    return Changes(
        sheets=[SheetRows("Gaps", rows, FIRST_ROW, 2), SheetRows("To fix", findings, FIRST_ROW, 2)],
        named_cells={"cs_last_run": "2026-11-22 08:00"},
    )


def level_change(row: int, old: str, new: str) -> CellChange:
    return CellChange(CellRef("People", row, 5), old, new)


def diff() -> Diff:
    """Two people move up, one goal is reworded, one is added."""
    return Diff(
        (
            level_change(6, "L2", "L3"),
            level_change(8, "L3", "L4"),
            CellChange(CellRef("Goals", 7, 4), "Mentor a new colleague", "Mentor two new colleagues"),
        ),
        (AddedRow("Goals", ("G-3", "E-4", "Present to customers"), first_column=2, header_row=5),),
    )
