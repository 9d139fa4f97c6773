"""A master workbook made in the local Google, and everything that can be told apart about one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from google.auth.credentials import AnonymousCredentials

from careersheets.books.book import BookContents
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.creating import create_sheet
from careersheets.model.cells import CellValue, Grid, Uncalculated
from careersheets.vocabulary.workbook import PERSON, START
from careersheets.workflows.demo import demo_rows
from careersheets.workflows.starters import Rows, load_starters
from tests.google_server.server import GoogleServer
from tests.google_server.spreadsheet import Spreadsheet, Tab

TODAY = date(2026, 11, 22)
IDENTITY = "c0ffee00-0000-4000-8000-000000000001"
# Sheets of HR's in which the local Google leaves cells uncalculated, as it knows no formulas but those of names.
CALCULATED = {"ROI"}
# What Google draws by chance, and which therefore differs between two sheets that are the same.
_BY_CHANCE = ("metadataId", "namedRangeId", "spreadsheetId")


def client_of(server: GoogleServer, wait: Callable[[float], None] = lambda _: None) -> GoogleClient:
    return GoogleClient(AnonymousCredentials(), account="robot@example.com", root=server.url, sleep=wait)


def starter() -> Rows:
    return load_starters(["engineering"])


def demo() -> Any:
    return demo_rows(today=TODAY)


def made_in(server: GoogleServer, client: GoogleClient, rows: Any = None) -> Spreadsheet:
    """A workbook made in an empty sheet."""
    book = server.google.new_spreadsheet("Untitled spreadsheet")
    assert create_sheet(client, book.id, rows, title="Careers 2026", identity=IDENTITY)
    return book


def state_of(book: Spreadsheet) -> dict[str, Any]:
    """All of a sheet but what Google draws by chance."""
    return {
        "properties": book.properties,
        "names": [_without_chance(name) for name in book.names],
        "metadata": [_without_chance(entry) for entry in book.metadata],
        "tabs": [_state_of_tab(tab) for tab in book.tabs],
    }


def tab_of(book: Spreadsheet, title: str) -> Tab:
    tab = book.titled(title)
    assert tab is not None
    return tab


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


def _state_of_tab(tab: Tab) -> dict[str, Any]:
    kept = {name: value for name, value in vars(tab).items() if name not in ("cells", "paints")}
    cells = {place: asdict(cell) for place, cell in sorted(tab.cells.items()) if not cell.empty or cell.note}
    corners = {
        (row, column): tab.look_at(row, column)
        for row in (*range(8), tab.rows - 1)
        for column in range(tab.columns)
    }
    return {**kept, "cells": cells, "looks": corners}


def _without_chance(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in _BY_CHANCE}
