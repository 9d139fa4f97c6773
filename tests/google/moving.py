"""A company's workbook with things of its own, an empty Google Sheet to move it into, and what is in each."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from careersheets.books.building import build_workbook
from careersheets.books.diff import AddedRow, AddedSheet, CellChange, Diff
from careersheets.books.excel_file import ExcelFile
from careersheets.books.google.client import GoogleClient
from careersheets.books.google.sheet import GoogleSheet
from careersheets.model.cells import CellError, CellRef, CellValue
from careersheets.workflows.carry import Carried, Carrying, carry, compare_books
from careersheets.workflows.carry_cells import EXCEL, GOOGLE, same_cell
from tests.google_server.local_google import LocalGoogle
from tests.google_server.server import GoogleServer
from tests.google_server.spreadsheet import Spreadsheet

from .created import client_of, made_in

NOW = datetime(2026, 11, 22, 9, 0)
FILE_IDENTITY = "0123456789abcdef0123456789abcdef"
ODD: tuple[CellValue, ...] = (
    "007",
    '=IMPORTXML("http://example.com", "//a")',
    "+49 30 123456",
    "2026-01-02",
    "TRUE",
    "1,5",
    "'quoted",
    "two\nlines",
    " spaces ",
    "مرحبا بالعالم",
    "👩🏽‍🚀 zażółć 漢字",
    "<b>&amp;",
    True,
    False,
    0,
    0.1 + 0.2,
    1e300,
    -5e-324,
    123456789012345.6,
    date(2026, 2, 28),
    datetime(2026, 2, 28, 13, 5, 7),
    time(23, 59, 58),
    timedelta(hours=30, minutes=5),
    CellError("#N/A"),
)
# HR's own sheets; in Budget!B2 and Budget!B6 stand formulas.
BUDGET = (
    ("Item", "Cost", "Since"),
    ("Courses", 84.5, date(2026, 1, 1)),
    (),
    (None, 12),
    ("Books", True),
    ("Both", 96.5),
)
FORMULAS = {"B6": "B2+B4"}


def company_workbook(path: Path, rows: Mapping[str, Any]) -> Path:
    """A workbook with a column, sheets, notes, cells of all kinds and a formula of HR's own."""
    build_workbook(path, rows, identity=FILE_IDENTITY)
    book = ExcelFile(path, keep_backups=0)
    contents = book.read()
    people = contents.grids["People"]
    free, last = len(people.columns) + 1, people.row_count
    changes = [
        CellChange(CellRef("People", 5, free), None, "Shoe size"),
        CellChange(CellRef("People", 5, free + 2), None, "Odd"),
        CellChange(CellRef("People", 3, free), None, "ask Ngozi about these"),
        *(CellChange(CellRef("People", row, free), None, 30.5 + row) for row in range(6, last + 1)),
        *(
            CellChange(CellRef("People", row, free + 2), None, ODD[row % len(ODD)])
            for row in range(6, last + 1)
        ),
    ]
    sheets = (
        AddedSheet("Budget", tuple(tuple(row) for row in BUDGET)),
        AddedSheet("Odd cells", tuple((value, None, value) for value in ODD)),
        AddedSheet("Nobody's business", (("salary", 1),), hidden=True),
    )
    book.apply(contents, Diff(tuple(changes), sheets=sheets, kinds=True))
    with_formulas(path, "Budget", FORMULAS)
    return path


def with_formulas(path: Path, sheet: str, formulas: Mapping[str, str]) -> None:
    """Put formulas into cells that hold their results, as Excel keeps them."""
    for address, formula in formulas.items():
        replaced_in(path, sheet, rf'(<c r="{address}"[^>]*>)(<v>)', rf"\1<f>{formula}</f>\2")


def replaced_in(path: Path, sheet: str, pattern: str, by: str) -> None:
    """What another program would have written into a sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    order = re.findall(rb'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    part = f"xl/worksheets/sheet{order.index(sheet.encode()) + 1}.xml"
    parts[part], count = re.subn(pattern.encode(), by.encode(), parts[part])
    assert count == 1, (sheet, pattern)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def typed_cell(address: str, text: str) -> str:
    """A cell in which somebody typed a text."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


class Mover:
    """A local Google with a new, empty workbook in it, which is made once and copied for each test."""

    def __init__(self, server: GoogleServer, client: GoogleClient) -> None:
        self.server, self.client = server, client
        self._made = made_in(server, client, {})

    def start_anew(self) -> Spreadsheet:
        """The Sheet as it was made."""
        google = self.server.google = LocalGoogle()
        book = google.new_spreadsheet("Careers 2026")
        kept = {name: value for name, value in vars(self._made).items() if name != "id"}
        vars(book).update(copy.deepcopy(kept))
        self.server.start_counting()
        return book

    def sheet(self, book: Spreadsheet) -> GoogleSheet:
        return GoogleSheet(self.client, book.id)


@contextmanager
def running_mover() -> Iterator[Mover]:
    with GoogleServer() as server:
        client = client_of(server)
        yield Mover(server, client)
        client.close()


def push(path: Path, sheet: GoogleSheet) -> Carried:
    """What the command does where everything is accepted."""
    return carry(sheet, pushing(path, sheet))


def pushing(path: Path, sheet: GoogleSheet) -> Carrying:
    return compare_books(ExcelFile(path), sheet, GOOGLE)


def pull(sheet: GoogleSheet, path: Path) -> Carried:
    book = ExcelFile(path, keep_backups=0)
    return carry(book, compare_books(sheet, book, EXCEL))


def differences(
    first: Mapping[str, Any], second: Mapping[str, Any], without: tuple[str, ...] = ()
) -> list[Any]:
    """Places of the sheets of `first` at which `second` holds something else; tables calculated there left out."""
    return [
        (
            name,
            row,
            column,
            grid.cell(row, column),
            second[name].cell(row, column) if name in second else "no sheet",
        )
        for name, grid in first.items()
        if name not in without
        for row in range(1, grid.row_count + 1)
        for column in range(1, len(grid.columns) + 1)
        if name not in second or not same_cell(grid.cell(row, column), second[name].cell(row, column))
    ]


def added(sheet: str, *values: CellValue) -> AddedRow:
    return AddedRow(sheet, values, first_column=2, header_row=5)
