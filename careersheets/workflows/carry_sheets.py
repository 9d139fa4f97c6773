"""Which sheet here is which sheet there, and what carrying each of them changes."""

from __future__ import annotations

from collections.abc import Mapping

from ..books.book import BookContents
from ..books.building.defaults import with_defaults
from ..books.diff import AddedRow, AddedSheet, CellChange
from ..books.formula_cells import Places
from ..model.cells import CellRef, CellValue, Grid
from ..tables.headers import find_sheet
from ..vocabulary.framework import FrameworkHistory
from ..vocabulary.sheet import Sheet, sheet_of
from ..vocabulary.workbook import PERSON, START, all_sheets
from .carry_cells import About, Limits, Remark, carried, hashed, refusals, title_refusals
from .carry_columns import match_columns
from .carry_rows import Lines, Side, compare_row, compare_rows, note_cell

_HISTORY = sheet_of(FrameworkHistory).name
# What a new workbook begins with, and HR may have taken out.
_BEGUN = ("Rating scales", "Cadences")


class Workbook:
    """A workbook as it was read, with the places of its formulas."""

    def __init__(self, contents: BookContents, formulas: Mapping[str, Places]) -> None:
        self.contents = contents
        self._formulas = formulas
        self._tables = {
            grid.sheet: sheet for sheet in all_sheets() if (grid := find_sheet(sheet, contents.grids))
        }

    def table(self, sheet: Sheet) -> Side | None:
        """The sheet that holds this table; None if it is missing."""
        name = next((name for name, known in self._tables.items() if known.name == sheet.name), None)
        return self.side(name) if name is not None else None

    def own(self, name: str) -> Side | None:
        """HR's own sheet of that name, whatever its capitals."""
        wanted = name.casefold()
        return next((self.side(own) for own in self.own_sheets if own.casefold() == wanted), None)

    @property
    def own_sheets(self) -> list[str]:
        """The names of the sheets that the vocabulary does not have, in tab order."""
        return [
            name
            for name in self.contents.grids
            if name not in self._tables and name.casefold() not in (START.casefold(), PERSON.casefold())
        ]

    def side(self, name: str) -> Side:
        """A sheet with its formulas."""
        return Side(self.contents.grids[name], self._formulas.get(name, frozenset()))


def carried_tables() -> list[Sheet]:
    """The tables that are carried: those that people write, and the history of the framework."""
    return [sheet for sheet in all_sheets() if sheet.owner != "tool" or sheet.name == _HISTORY]


def compare_tables(
    here: Workbook, there: Workbook, limits: Limits, lines: Lines, *, fresh: bool
) -> list[AddedSheet]:
    """Find what the tables of a workbook change there; the sheets that are missing there.

    Where the workbook there is `fresh`, with nobody in it yet, the rows that every new one begins with are emptied if
    they are not here: a rule of HR's that nobody made would remind people.
    """
    missing = []
    for sheet in carried_tables():
        ours, theirs = here.table(sheet), there.table(sheet)
        if ours is None:
            continue
        columns = match_columns(sheet, ours.grid, theirs.grid, ours.formulas) if theirs else None
        if theirs is None or columns is None:
            if theirs is None and ours.grid.row_count:
                missing.append(_whole(ours, limits, lines))
                lines.remarks.append(Remark(About.WITHOUT_LOOKS, ours.grid.sheet))
            elif theirs is not None:
                _compare_places(ours, theirs, limits, lines)
            continue
        begun = fresh and _is_as_begun(sheet, theirs, columns.there)
        only_add = sheet.name == _HISTORY
        left = compare_rows(ours, theirs, columns, limits, lines, only_add=only_add, by_place=begun)
        for number in left:
            _leave(theirs, number, lines, begun=begun)
        _compare_above(ours, theirs, (columns.here, columns.there), lines)
        _note_typed_names(ours, columns.here, sorted(columns.names), lines)
    return missing


def _is_as_begun(sheet: Sheet, there: Side, header_row: int) -> bool:
    """Whether a table holds what a new workbook begins with, and nothing else."""
    rows = with_defaults({}).get(sheet.name, ()) if sheet.name in _BEGUN else ()
    begun = [sorted(str(hashed(value)) for value in row.values()) for row in rows]
    numbers = range(header_row + 1, there.grid.row_count + 1)
    found = [sorted(str(hashed(value)) for value in _typed(there, number).values()) for number in numbers]
    return bool(begun) and sorted(filter(None, found)) == sorted(begun)


def _leave(there: Side, number: int, lines: Lines, *, begun: bool) -> None:
    """A row that stands only there: left alone, unless a new workbook begins with it."""
    if not begun:
        lines.remarks.append(Remark(About.ONLY_THERE, f"{there.grid.sheet}, row {number}"))
        return
    for column, value in _typed(there, number).items():
        cell = CellRef(there.grid.sheet, number, column)
        lines.changes.append(CellChange(cell, value, None, "a new workbook begins with it"))


def _typed(side: Side, number: int) -> dict[int, CellValue]:
    """What stands in a row without being calculated, by column."""
    return {
        column: value
        for column, value in enumerate(side.grid.row(number), 1)
        if carried(value) is not None and (number, column) not in side.formulas
    }


def compare_own_sheets(here: Workbook, there: Workbook, limits: Limits, lines: Lines) -> list[AddedSheet]:
    """Find what HR's own sheets change there, place by place; the sheets that are missing there."""
    missing = []
    for name in here.own_sheets:
        ours, theirs = here.side(name), there.own(name)
        lines.refused += title_refusals(name, limits)
        if theirs is None:
            missing.append(_whole(ours, limits, lines))
        else:
            _compare_places(ours, theirs, limits, lines)
    ours_too = {name.casefold() for name in here.own_sheets}
    left = [name for name in there.own_sheets if name.casefold() not in ours_too]
    lines.remarks += [Remark(About.ONLY_THERE, f'the sheet "{name}"') for name in left]
    return missing


def _whole(side: Side, limits: Limits, lines: Lines) -> AddedSheet:
    """A sheet with all that is in it."""
    grid = side.grid
    for number in range(1, grid.row_count + 1):
        for column, value in enumerate(grid.row(number), 1):
            if value is not None:
                note_cell(side, (number, column), lines)
                lines.refused += refusals(CellRef(grid.sheet, number, column), value, limits)
    rows = tuple(tuple(map(carried, grid.row(number))) for number in range(1, grid.row_count + 1))
    return AddedSheet(grid.sheet, rows, grid.visibility != "visible")


def _compare_places(here: Side, there: Side, limits: Limits, lines: Lines) -> None:
    """Each cell here belongs to the same place there; rows below the last one there are added."""
    width, name = len(here.grid.columns), there.grid.sheet
    across = [(column, column) for column in range(1, width + 1)]
    last = max(there.grid.row_count, 1)
    for number in range(1, here.grid.row_count + 1):
        row: list[CellValue] = [carried(value) for value in here.grid.row(number)]
        empty = not any(value is not None for value in row)
        if number > last:
            for column in range(1, width + 1):
                note_cell(here, (number, column), lines)
                lines.refused += refusals(CellRef(name, number, column), row[column - 1], limits)
            lines.additions.append(AddedRow(name, tuple(row), 1, 1, again=True))
        elif empty and _holds(there.grid, number, 1):
            lines.remarks.append(Remark(About.ONLY_THERE, f"{name}, row {number}"))
        elif not empty:
            compare_row(here, there, (number, number), across, limits, lines)
            if _holds(there.grid, number, width + 1):
                lines.remarks.append(Remark(About.ONLY_THERE, f"{name}, row {number}, on the right"))
    below = range(here.grid.row_count + 1, there.grid.row_count + 1)
    lines.remarks += [
        Remark(About.ONLY_THERE, f"{name}, row {number}") for number in below if _holds(there.grid, number, 1)
    ]


def _compare_above(here: Side, there: Side, headers: tuple[int, int], lines: Lines) -> None:
    """Notes of HR's above a table; where both have something, the title there stays."""
    if headers[0] != headers[1]:
        return
    for number in range(1, min(headers[0], here.grid.row_count + 1)):
        for column, value in enumerate(here.grid.row(number), 1):
            held = there.grid.cell(number, column)
            if carried(value) is None or carried(value) == carried(held):
                continue
            if held is None and (number, column) not in here.formulas:
                cell = CellRef(there.grid.sheet, number, column)
                lines.changes.append(CellChange(cell, None, carried(value), "above the table"))
            else:
                place = CellRef(here.grid.sheet, number, column)
                lines.remarks.append(Remark(About.TITLE, str(place)))


def _note_typed_names(side: Side, header_row: int, columns: list[int], lines: Lines) -> None:
    """Say which names were typed; those in Google Sheets come from a formula in the header."""
    typed = [column for column in columns if (header_row, column) not in side.formulas]
    for number, row in side.body(header_row, typed).items():
        for column, value in zip(typed, row, strict=True):
            if value is not None and (number, column) not in side.formulas:
                lines.remarks.append(Remark(About.NAME, str(CellRef(side.grid.sheet, number, column))))


def _holds(grid: Grid, number: int, first_column: int) -> bool:
    return any(carried(value) is not None for value in grid.row(number)[first_column - 1 :])
