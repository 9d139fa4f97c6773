"""The year in an Excel workbook, which HR opens on their own computer.

HR types into the workbook through the lossless writer, as no other program at hand keeps everything of a workbook; what
was typed is found again by openpyxl.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from careersheets.analysis.results import Results
from careersheets.books.diff import AddedRow, build_diff
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import identity_of
from careersheets.model.cells import CellRef, Grid, column_number
from careersheets.tables.reading import read_tables
from careersheets.vocabulary.sheet import SheetModel, sheet_of
from careersheets.vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, HEADER_ROW, WORKBOOK_ID
from careersheets.workflows.assess import names_of
from careersheets.workflows.check import check
from careersheets.workflows.check_trail import note_check
from careersheets.workflows.release import enter_release, plan_release
from careersheets.workflows.send import Outbox
from careersheets.workflows.send_plan import FOLDER, Rules
from tests.support.as_openpyxl import load

from .hr_own import PARTS, add_own_sheet
from .office import Found, Office, SheetRows


@dataclass
class ExcelOffice(Office):
    """HR's workbook is `careers.xlsx` in their folder."""

    known_identity: str = ""

    @property
    def path(self) -> Path:
        return self.folder / "careers.xlsx"

    @property
    def given(self) -> str:
        return str(self.path)

    @property
    def book(self) -> ExcelFile:
        return ExcelFile(self.path, clock=lambda: self.now)

    def make(self) -> subprocess.CompletedProcess[str]:
        self.folder.mkdir()
        made = self.command("new", str(self.folder), "--framework", "engineering,people")
        add_own_sheet(self.path)
        return made

    def close(self) -> None:
        """A file needs nothing."""

    def identity(self) -> str:
        if not self.known_identity:
            book = load(self.path)
            sheet, cell = next(iter(book.defined_names[WORKBOOK_ID].destinations))
            self.known_identity = str(book[sheet][cell.replace("$", "")].value or identity_of(self.path))
        return self.known_identity

    def add(self, model: type[SheetModel], rows: Sequence[Mapping[str, Any]]) -> None:
        book = self.book
        contents = book.read()
        letters = read_tables(contents)[0][model].letters
        book.apply(contents, build_diff(contents, {}, [_row(model, letters, row) for row in rows]))

    def type_in_all(
        self, model: type[SheetModel], entries: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
    ) -> None:
        book = self.book
        contents = book.read()
        letters = read_tables(contents)[0][model].letters
        numbers = {name: column_number(letter) for name, letter in letters.items()}
        grid = contents.grids[sheet_of(model).name]
        wanted = {
            CellRef(grid.sheet, _row_of(grid, numbers, who), numbers[name]): _cell(value)
            for who, cells in entries
            for name, value in cells.items()
        }
        book.apply(contents, build_diff(contents, wanted))

    def sheet(self, model: type[SheetModel]) -> SheetRows:
        sheet = load(self.path)[sheet_of(model).name]
        headers = {cell.value: cell for cell in sheet[HEADER_ROW] if cell.value}
        known = {column.name: headers[column.header] for column in sheet_of(model).columns}
        rows = {
            number: {name: _value(sheet.cell(number, cell.column).value) for name, cell in known.items()}
            for number in range(FIRST_ROW, sheet.max_row + 1)
        }
        filled = {number: row for number, row in rows.items() if any(it is not None for it in row.values())}
        return SheetRows(sheet.title, {name: cell.column_letter for name, cell in known.items()}, filled)

    def cells(self, *sheets: str) -> list[list[list[Any]]]:
        book = load(self.path)
        found = (
            book[sheet].iter_rows(min_row=FIRST_ROW, min_col=FIRST_COLUMN, values_only=True)
            for sheet in sheets
        )
        return [[list(row) for row in rows if any(value is not None for value in row)] for rows in found]

    def own(self) -> dict[str, bytes]:
        """The parts of the workbook's file, byte for byte."""
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in PARTS}

    def check(self) -> tuple[Found, Results]:
        """By the button or the command."""
        with self.at_work("check") as (ledger, run):
            outcome = check(self.book, self.now)
            note_check(outcome.assessment, ledger, run)
        found = [(it.place, it.rule.code) for it in outcome.assessment.findings]
        return found, outcome.assessment.results

    def release(self, cycle: str) -> tuple[list[str], Found]:
        """By the button or the command."""
        with self.at_work("release") as (ledger, run):
            releasing = plan_release(self.book, ledger, run, self.today, cycle=cycle)
            enter_release(self.book, ledger, run, releasing, self.today)
        return releasing.people, [(it.place, it.rule.code) for it in releasing.findings]

    @contextmanager
    def outbox(self, results: Results) -> Iterator[tuple[Rules, Outbox]]:
        """A folder for each manager."""
        yield (
            Rules(channel=FOLDER),
            Outbox(self.folder / "outbox", self.folder, names_of(results)),
        )

    def received(self) -> list[tuple[str, str, bytes]]:
        found = sorted((self.folder / "outbox").rglob("*.docx"))
        return [(path.parent.name, path.name, path.read_bytes()) for path in found]


def _value(value: Any) -> Any:
    """What a cell holds; a formula holds nothing, and nor does a text without a sign in it."""
    return None if isinstance(value, str) and (not value or value.startswith("=")) else value


def _row_of(grid: Grid, numbers: Mapping[str, int], who: Mapping[str, Any]) -> int:
    found = [
        row
        for row in range(FIRST_ROW, grid.row_count + 1)
        if all(grid.cell(row, numbers[name]) == wanted for name, wanted in who.items())
    ]
    assert len(found) == 1, f"{grid.sheet}: {len(found)} rows are {dict(who)}"
    return found[0]


def _row(model: type[SheetModel], letters: Mapping[str, str], row: Mapping[str, Any]) -> AddedRow:
    by_number = {
        column_number(letters[name]): _cell(value) for name, value in row.items() if value is not None
    }
    values = tuple(by_number.get(number) for number in range(FIRST_COLUMN, max(by_number) + 1))
    return AddedRow(sheet_of(model).name, values, FIRST_COLUMN, HEADER_ROW)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return {True: "Yes", False: "No"}[value] if isinstance(value, bool) else value
