"""Does everything that a cell refers to exist?

Cells that name a person are resolved, and reported, when they are read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table, Tables
from ..vocabulary.column import Column, Kind
from ..vocabulary.people import People
from ..vocabulary.sheet import Sheet, SheetModel, sheet_of
from ..vocabulary.workbook import SHEETS, model_of
from .placing import LISTED, listed, report_rows
from .review import IN_NUMBERS, Review, still_counts, with_levels

UNKNOWN = Rule(
    "CS121",
    Severity.ERROR,
    '"{entry}" is not on the sheet {there}.',
    "Enter one that is{hint}, or add it there.",
    "The cell points at nothing, so numbers that need the row leave it out.",
)
UNKNOWN_ELSEWHERE = Rule(
    "CS122",
    Severity.WARNING,
    '"{entry}" is not on the sheet {there}.',
    "Enter one that is{hint}, or add it there.",
    "The cell points at nothing, so lists and documents cannot follow it.",
)
NOTHING_THERE = Rule(
    "CS123",
    Severity.ERROR,
    'the sheet {there} has no rows, so nothing under "{header}" can be looked up.',
    "Fill in the sheet {there} first.",
    "Nothing can be computed from rows that point at an empty sheet.",
)

# Looking for the nearest name takes time; beyond these sizes nobody reads the hints.
_CANDIDATES = 5_000
_HINTS = 300
_CLOSE = 0.7


def check_references(review: Review) -> Iterator[Finding]:
    """Entries that do not stand on the sheet they refer to."""
    for model in SHEETS:
        sheet = sheet_of(model)
        for column in sheet.columns if sheet.owner != "tool" else ():
            if _is_checked(review.tables[model], sheet, column):
                yield from _check_column(review, model, column)


def _is_checked(table: Table, sheet: Sheet, column: Column) -> bool:
    is_own_key = column.refers_to == f"{sheet.name}.{column.name}"
    return (
        bool(column.refers_to)
        and column.kind is not Kind.PERSON
        and column.name in table.letters
        and not is_own_key
    )


def _check_column(review: Review, model: type[SheetModel], column: Column) -> Iterator[Finding]:
    table = review.tables[model]
    there, _, key = column.refers_to.partition(".")
    known = _known_names(review.tables, there, key)
    entries = table.frame[column.name]
    if column.kind is Kind.SEVERAL:
        entries = entries.explode()
    entries = entries.dropna()
    if entries.empty:
        return
    if not known and model_of(there) in IN_NUMBERS:
        first = pd.DataFrame(index=entries.index[:1])
        yield from report_rows(NOTHING_THERE, table, column.name, first, there=there, header=column.header)
        return
    unknown = entries[~entries.isin(known)]
    if not unknown.empty:
        rows = table.frame.loc[unknown.index].assign(entry=unknown.to_numpy())
        yield from _report(review, model, column, _with_hints(rows, known))


def _known_names(tables: Tables, there: str, key: str) -> list[str]:
    """What may be referred to, in sheet order; people also by e-mail and name."""
    frame = tables.frame(model_of(there))
    keys = ["employee_id", "email", "name"] if model_of(there) is People else [key]
    return [str(name) for column in keys for name in frame[column].dropna().unique()]


def _with_hints(unknown: pd.DataFrame, known: list[str]) -> pd.DataFrame:
    values = unknown["entry"].unique()[:_HINTS]
    hints = {value: _hint(str(value), known) for value in values} if len(known) <= _CANDIDATES else {}
    return unknown.assign(hint=[hints.get(value, "") for value in unknown["entry"]])


def _hint(value: str, known: list[str]) -> str:
    """The nearest name, else all of them where they are few, in brackets."""
    folded: Mapping[str, str] = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(value.casefold(), list(folded), 1, _CLOSE)
    if near:
        return f' (perhaps "{folded[near[0]]}")'
    return f" ({listed(known)})" if 0 < len(known) <= LISTED else ""


def _report(
    review: Review, model: type[SheetModel], column: Column, unknown: pd.DataFrame
) -> Iterator[Finding]:
    table, there = review.tables[model], column.refers_to.partition(".")[0]
    if model not in IN_NUMBERS:
        yield from report_rows(UNKNOWN_ELSEWHERE, table, column.name, unknown, there=there)
        return
    weighty = still_counts(review, unknown).to_numpy()
    errors = with_levels(review, model, unknown[weighty])
    yield from report_rows(UNKNOWN, table, column.name, errors, there=there)
    yield from report_rows(UNKNOWN_ELSEWHERE, table, column.name, unknown[~weighty], there=there)
