"""The office in which the year is played: a folder with the workbook, its ledger, and a day that is set by hand.

HR types into the workbook through the lossless writer, as no other program at hand keeps everything of a workbook; what
was typed is found again by openpyxl.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from careersheets.books.diff import AddedRow, build_diff
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import Ledger, Run, identity_of, open_ledger
from careersheets.model.cells import CellRef, Grid, column_number
from careersheets.tables.reading import read_tables
from careersheets.vocabulary.sheet import SheetModel, sheet_of
from careersheets.vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, HEADER_ROW, WORKBOOK_ID
from tests.support.as_openpyxl import load

Place = tuple[str, str]


@dataclass
class Office:
    """`folder` is HR's; `today` the day that is played, `hour` the hour of it."""

    folder: Path
    ledgers: Path
    today: date = date(2026, 1, 5)
    hour: int = 9
    identity: str = ""
    account: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, self.hour)

    @property
    def path(self) -> Path:
        return self.folder / "careers.xlsx"

    @property
    def book(self) -> ExcelFile:
        return ExcelFile(self.path, clock=lambda: self.now)

    def open_ledger(self) -> Ledger:
        """The ledger whose identity the workbook carries, as the commands find it."""
        if not self.identity:
            book = load(self.path)
            sheet, cell = next(iter(book.defined_names[WORKBOOK_ID].destinations))
            self.identity = str(book[sheet][cell.replace("$", "")].value or identity_of(self.path))
        return open_ledger(self.identity, place=str(self.ledgers), clock=lambda: self.now.replace(tzinfo=UTC))

    @contextmanager
    def at_work(self, verb: str) -> Iterator[tuple[Ledger, Run]]:
        with self.open_ledger() as ledger, ledger.run(verb, {}) as run:
            yield ledger, run

    def tell(self, sentence: str) -> None:
        """A line of the account of the year."""
        self.account.append(f"{self.today}  {sentence}")

    def add(self, model: type[SheetModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """HR types new rows below the last one."""
        book = self.book
        contents = book.read()
        letters = read_tables(contents)[0][model].letters
        book.apply(contents, build_diff(contents, {}, [_row(model, letters, row) for row in rows]))

    def type_in(self, model: type[SheetModel], who: Mapping[str, Any], **cells: Any) -> None:
        """HR types into the one row in which the columns of `who` say so."""
        self.type_in_all(model, [(who, cells)])

    def type_in_all(
        self, model: type[SheetModel], entries: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
    ) -> None:
        """HR types into several rows and saves once."""
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

    def rows(self, model: type[SheetModel]) -> list[dict[str, Any]]:
        """What a sheet holds, as openpyxl sees it: by column name, blank rows left out."""
        return list(SheetRows(load(self.path), model).rows.values())

    def cells(self, *sheets: str) -> list[list[list[Any]]]:
        """The rows of each sheet from the first one under the headers, from column B on."""
        book = load(self.path)
        found = (
            book[sheet].iter_rows(min_row=FIRST_ROW, min_col=FIRST_COLUMN, values_only=True)
            for sheet in sheets
        )
        return [[list(row) for row in rows if any(value is not None for value in row)] for rows in found]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command careersheets, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "careersheets.surfaces.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=self.folder,
            env=os.environ | {"CAREERSHEETS_LEDGER": str(self.ledgers)},
        )

    def parts(self, *names: str) -> dict[str, bytes]:
        """Parts of the workbook's file, byte for byte."""
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in names}


class SheetRows:
    """One sheet as openpyxl sees it: `rows` by number, each by column name; `letters` by column name."""

    def __init__(self, book: Workbook, model: type[SheetModel]) -> None:
        sheet = book[sheet_of(model).name]
        headers = {cell.value: cell for cell in sheet[HEADER_ROW] if cell.value}
        known = {column.name: headers[column.header] for column in sheet_of(model).columns}
        self.name = sheet.title
        self.letters = {name: cell.column_letter for name, cell in known.items()}
        self.rows = {}
        for number in range(FIRST_ROW, sheet.max_row + 1):
            row = {name: sheet.cell(number, cell.column).value for name, cell in known.items()}
            if any(value is not None for value in row.values()):
                self.rows[number] = row

    def place(self, column: str, who: Mapping[str, Any]) -> str:
        """`Scores!F14`: where the one row in which the columns of `who` say so has `column`."""
        found = [
            number
            for number, row in self.rows.items()
            if all(row[name] == wanted for name, wanted in who.items())
        ]
        assert len(found) == 1, f"{self.name}: {len(found)} rows are {dict(who)}"
        return f"{self.name}!{self.letters[column]}{found[0]}"


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
