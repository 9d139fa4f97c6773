"""Carry a workbook into another one, between Excel and Google Sheets: nothing is lost, and nothing there is destroyed.

What people entered goes along: every table of HR's, HR's own columns and sheets, and the history of the framework. The
tool's own sheets are made anew by the next check, requests of the menu stay where they were asked, and Start and Person
belong to the tool. Rows that stand only there are left alone. Source: REQUIREMENTS X8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ..books.book import BookContents, Changes
from ..books.diff import Diff, EditableBook, accept_lines
from ..books.formula_cells import Places
from ..books.google.cells import plain, same
from ..model.errors import InputError
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of
from ..vocabulary.workbook import WORKBOOK_ID
from .carry_cells import About, CannotHold, Limits, Remark
from .carry_columns import match_columns
from .carry_rows import Lines
from .carry_sheets import Workbook, compare_own_sheets, compare_tables

# A second look may find that a cell took a number for a day; more would mean that somebody is typing.
_ROUNDS = 2


class CarryingBook(EditableBook, Protocol):
    """A workbook that can say where its formulas stand."""

    def formula_cells(self, contents: BookContents) -> Mapping[str, Places]:
        """By sheet, the cells that hold a formula."""
        ...


class NoTables(InputError):
    """What one of the two workbooks holds is no master workbook."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f'"{name}" is no master workbook: it has no sheet People with its headers. Make one with `careersheets new` or '
            "`careersheets google create`, or give another. Nothing was written."
        )


@dataclass(frozen=True, slots=True)
class Carrying:
    """What carrying changes: to be shown before `carry`.

    `same` is how many cells are alike already, `empty` whether nobody stands on People there yet. `identity` is that of the workbook here where the other one is still
    empty and takes it over, else ""; `two_identities` if the other one keeps its own.
    """

    here: BookContents
    formulas: Mapping[str, Places]
    there: BookContents
    limits: Limits
    diff: Diff
    remarks: tuple[Remark, ...]
    same: int
    empty: bool
    identity: str = ""
    two_identities: bool = False

    @property
    def emptied(self) -> int:
        """How many cells there would be emptied."""
        return sum(change.new is None for change in self.diff.changes)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of it: `cells` that are there now as they are here, and `differing` lines that are not."""

    written_to: str
    cells: int
    differing: Diff
    note: str = ""


def compare_books(
    source: CarryingBook, target: CarryingBook, limits: Limits, identity: str = ""
) -> Carrying:  # fmt: skip
    """Find what carrying `source` changes in `target`; nothing is written.

    Args:
        source: the workbook to carry.
        target: the one it is carried into.
        limits: what the product of the target holds.
        identity: by which the ledger of `source` is found; the one it carries if left out.

    Raises:
        CannotHold: something has no place there.
        NoTables: one of the two is no master workbook.
        CareersheetsError: one of them cannot be read.
    """
    here = source.read()
    formulas = source.formula_cells(here)
    carrying = _compare(here, formulas, target, limits)
    return _with_identity(carrying, identity)


def carry(target: CarryingBook, carrying: Carrying, lines: frozenset[int] | None = None) -> Carried:
    """Make the accepted lines of `carrying`, all if None, and read back what is there then.

    Raises:
        WriteRefused: somebody changed something there meanwhile. What was written stays, and running again goes on.
        CareersheetsError: the workbook cannot be written.
    """
    diff = carrying.diff if lines is None else accept_lines(carrying.diff, lines)
    there, notes = carrying.there, []
    if carrying.identity and lines is None:
        target.write(there, Changes(named_cells={WORKBOOK_ID: carrying.identity}))
        there = target.read()
    for _ in range(_ROUNDS):
        notes.append(target.apply(there, diff).note if len(diff) else "")
        after = _compare(carrying.here, carrying.formulas, target, carrying.limits)
        if lines is not None or not _only_kinds(after.diff):
            break
        there, diff = after.there, after.diff
    return Carried(target.name, after.same, after.diff, " ".join(filter(None, notes)))


def remarks_by_kind(remarks: tuple[Remark, ...], target: str) -> dict[str, list[str]]:
    """Sentences, each with the places it is about."""
    found: dict[str, list[str]] = {}
    for about in About:
        places = [remark.place for remark in remarks if remark.about is about]
        if places:
            found[about.value.format(target=f'"{target}"')] = places
    return found


def summary(carrying: Carrying) -> str:
    """`214 cells, 12 new rows and 1 new sheet; 30,112 cells are the same already`."""
    diff = carrying.diff
    counts = ((len(diff.changes), "cell"), (len(diff.additions), "new row"), (len(diff.sheets), "new sheet"))
    parts = [f"{count:,} {what}{'s' * (count != 1)}" for count, what in counts if count]
    emptied = f" ({carrying.emptied:,} of the cells would be emptied)" if carrying.emptied else ""
    changed = (", ".join(parts[:-1]) + " and " if parts[1:] else "") + (parts[-1] if parts else "Nothing new")
    return f"{changed}{emptied}; {carrying.same:,} cells are the same already"


def _compare(
    here: BookContents, formulas: Mapping[str, Places], target: CarryingBook, limits: Limits
) -> Carrying:  # fmt: skip
    there = target.read()
    ours, theirs = Workbook(here, formulas), Workbook(there, target.formula_cells(there))
    _check_master(here.name, ours)
    _check_master(target.name, theirs)
    lines, empty = Lines(), _is_empty(theirs)
    sheets = [
        *compare_tables(ours, theirs, limits, lines, fresh=empty),
        *compare_own_sheets(ours, theirs, limits, lines),
    ]
    refused = [*lines.refused, *_too_many(here, limits)]
    if refused:
        raise CannotHold(limits, target.name, dict.fromkeys(refused))
    diff = Diff(tuple(lines.changes), tuple(lines.additions), tuple(sheets), kinds=True)
    return Carrying(
        here, formulas, there, limits, diff, tuple(dict.fromkeys(lines.remarks)), lines.same, empty=empty
    )


def _with_identity(carrying: Carrying, identity: str) -> Carrying:
    """An empty workbook becomes the one that is carried into it, with its ledger; another one stays itself."""
    ours, theirs = carrying.here.named_cell(WORKBOOK_ID), carrying.there.named_cell(WORKBOOK_ID)
    wanted = identity or (str(ours.value or "") if ours is not None else "")
    if theirs is None or not wanted or theirs.value == wanted:
        return carrying
    return replace(carrying, identity=wanted if carrying.empty else "", two_identities=not carrying.empty)


def _check_master(name: str, workbook: Workbook) -> None:
    people = workbook.table(sheet_of(People))
    if people is None or match_columns(sheet_of(People), people.grid, people.grid, people.formulas) is None:
        raise NoTables(name)


def _is_empty(workbook: Workbook) -> bool:
    """Whether nobody stands on People."""
    people = workbook.table(sheet_of(People))
    if people is None:
        return True
    columns = match_columns(sheet_of(People), people.grid, people.grid, people.formulas)
    return columns is None or not people.body(columns.here, [first for first, _ in columns.pairs])


def _too_many(here: BookContents, limits: Limits) -> list[tuple[str, str]]:
    if limits.most_cells is None:
        return []
    cells = sum(grid.row_count * len(grid.columns) for grid in here.grids.values())
    return [(f"holds {limits.most_cells:,} cells at most", f"{cells:,}")] if cells > limits.most_cells else []


def _only_kinds(diff: Diff) -> bool:
    """Whether what is left are cells that took a number for a day, or a day for a number."""
    return 0 < len(diff) == len(diff.changes) and all(
        same(plain(change.old), plain(change.new)) for change in diff.changes
    )
