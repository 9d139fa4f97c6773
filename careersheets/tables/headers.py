"""Which sheet is which, and in which column of it each header stands."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..model.cells import Grid, cell_address, column_letter
from ..model.findings import Finding, Rule, Severity
from ..vocabulary.column import Column
from ..vocabulary.sheet import Sheet

# Titles, notes and logos may stand above a table; beyond this many rows nobody puts its header.
SEARCHED_ROWS = 30
LIKE = 0.75

SHEET_MISSING = Rule(
    "CS001",
    Severity.ERROR,
    'the sheet "{sheet}" is missing.',
    'Add it from the template, or give the sheet that holds it the name "{sheet}".',
    "Without this sheet nothing can be computed for the people it is about.",
)
SHEET_LIKELY = Rule(
    "CS002",
    Severity.ERROR,
    'the sheet "{sheet}" is missing; "{likely}" may be it.',
    'Rename "{likely}" to "{sheet}".',
    "A sheet under another name is not read, so that no list of HR's own is taken for one of ours.",
)
OPTIONAL_SHEET_MISSING = Rule(
    "CS003",
    Severity.NOTE,
    'the sheet "{sheet}" is missing.',
    "Add it from the template if you want to use it.",
    "The documents leave out what would stand there.",
)
NO_HEADERS = Rule(
    "CS004",
    Severity.ERROR,
    "no row with the headers of this sheet was found in its first {rows} rows.",
    "Put the headers back: {headers}.",
    "Columns are found by their headers; without them the rows mean nothing.",
)
COLUMN_MISSING = Rule(
    "CS005",
    Severity.ERROR,
    'the column "{header}" is missing.',
    'Add a column with the header "{header}".',
    "Every row of this sheet needs it.",
)
COLUMN_LIKELY = Rule(
    "CS006",
    Severity.WARNING,
    'the header "{found}" is not known; "{header}" may be meant.',
    'Change it to "{header}" if it is, or leave it if the column is your own.',
    "A misspelt header hides its whole column.",
)
COLUMN_TWICE = Rule(
    "CS007",
    Severity.WARNING,
    'the header "{header}" stands twice; the column {first} is read.',
    "Rename or delete the other one.",
    "What stands in the second column is not read.",
)
OPTIONAL_COLUMN_MISSING = Rule(
    "CS008",
    Severity.NOTE,
    'the column "{header}" is missing.',
    'Add a column with the header "{header}" if you want to use it.',
    "It is read as empty.",
)


@dataclass(frozen=True, slots=True)
class Headers:
    """Where a sheet's columns stand: `row` is the header row, `columns` the column numbers by name, all 1-based."""

    row: int
    columns: Mapping[str, int]

    def letters(self) -> dict[str, str]:
        """Column letters by name."""
        return {name: column_letter(number) for name, number in self.columns.items()}


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text reduced to what makes a header the same: no case, accents, spaces or signs."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in decomposed if not unicodedata.combining(c)))


def find_sheet(sheet: Sheet, grids: Mapping[str, Grid]) -> Grid | None:
    """The grid that is `sheet`: by its very name, else by its name without regard to case, accents and spaces."""
    if sheet.name in grids:
        return grids[sheet.name]
    return next((grid for name, grid in grids.items() if fold(name) == fold(sheet.name)), None)


def report_missing_sheet(sheet: Sheet, others: Iterable[str], essential: bool) -> Finding:
    """The finding that `sheet` is not there, naming the one of `others` that may be it."""
    likely = difflib.get_close_matches(sheet.name, list(others), 1, LIKE)
    if likely:
        return SHEET_LIKELY.found(sheet.name, "", values={"sheet": sheet.name, "likely": likely[0]})
    rule = SHEET_MISSING if essential else OPTIONAL_SHEET_MISSING
    return rule.found(sheet.name, "", values={"sheet": sheet.name})


def find_headers(sheet: Sheet, grid: Grid) -> tuple[Headers | None, list[Finding]]:
    """The header row of `grid` and its columns, with what is odd about them.

    The row that holds most of the sheet's headers is taken, the first of several.
    """
    known = _known_headers(sheet)
    rows = range(1, min(SEARCHED_ROWS, grid.row_count) + 1)
    best = max(rows, key=lambda row: len(_matched(grid.row(row), known)), default=0)
    found = _matched(grid.row(best), known) if best else {}
    if len(found) < min(2, len(sheet.columns)):
        headers = ", ".join(column.header for column in sheet.columns if column.required)
        return None, [NO_HEADERS.found(grid.sheet, "", values={"rows": SEARCHED_ROWS, "headers": headers})]
    where = Headers(best, found)
    return where, list(_odd_headers(sheet, grid, where, known))


def _known_headers(sheet: Sheet) -> dict[str, str]:
    """Folded header or alias -> column name; a header wins over another column's alias."""
    known = {fold(alias): column.name for column in sheet.columns for alias in column.aliases}
    return known | {fold(column.header): column.name for column in sheet.columns}


def _matched(cells: Sequence[object], known: Mapping[str, str]) -> dict[str, int]:
    """Column name -> number of the first column whose header it is; a true header before an alias."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells, start=1):
        name = known.get(fold(cell)) if isinstance(cell, str) else None
        if name is not None and name not in found:
            found[name] = number
    return found


def _odd_headers(sheet: Sheet, grid: Grid, headers: Headers, known: Mapping[str, str]) -> Iterator[Finding]:
    missing = {column.header: column for column in sheet.columns if column.name not in headers.columns}
    yield from _repeated(sheet, grid, headers, known)
    guessed: set[str] = set()
    for number, cell in _unknown_headers(sheet, grid, headers, known):
        likely = difflib.get_close_matches(cell, list(missing), 1, LIKE)
        if likely:
            guessed.add(likely[0])
            place = cell_address(headers.row, number)
            yield COLUMN_LIKELY.found(grid.sheet, place, values={"found": cell, "header": likely[0]})
    for header, column in missing.items():
        if column.required or header not in guessed:
            yield _missing_column(grid, headers, column)


def _missing_column(grid: Grid, headers: Headers, column: Column) -> Finding:
    rule = COLUMN_MISSING if column.required else OPTIONAL_COLUMN_MISSING
    return rule.found(grid.sheet, f"A{headers.row}", values={"header": column.header})


def _repeated(sheet: Sheet, grid: Grid, headers: Headers, known: Mapping[str, str]) -> Iterator[Finding]:
    name_headers = {fold(column.name_header) for column in sheet.columns if column.name_header}
    for number, cell in enumerate(grid.row(headers.row), start=1):
        name = known.get(fold(cell)) if isinstance(cell, str) else None
        if name is None or headers.columns[name] == number or fold(cell) in name_headers:
            continue
        values: dict[str, object] = {"header": cell, "first": column_letter(headers.columns[name])}
        yield COLUMN_TWICE.found(grid.sheet, cell_address(headers.row, number), values=values)


def _unknown_headers(
    sheet: Sheet, grid: Grid, headers: Headers, known: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    ours = set(known) | {fold(column.name_header) for column in sheet.columns if column.name_header}
    for number, cell in enumerate(grid.row(headers.row), start=1):
        if isinstance(cell, str) and cell.strip() and fold(cell) not in ours:
            yield number, cell.strip()
