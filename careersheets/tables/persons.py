"""Cells that name a person: by id, e-mail or full name, always turned into the id as HR typed it on People."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..vocabulary.column import Column, Kind
from ..vocabulary.sheet import Sheet
from .tables import Table

UNKNOWN_PERSON = Rule(
    "CS020",
    Severity.ERROR,
    '"{value}" is nobody on the sheet People.',
    "Enter the employee ID, the e-mail address or the full name as it stands there.",
    "The row belongs to nobody, so it is left out of every number and document.",
)
AMBIGUOUS_PERSON = Rule(
    "CS021",
    Severity.ERROR,
    '{count} people are called "{value}".',
    "Enter the employee ID or the e-mail address instead.",
    "The row cannot be given to one of them without guessing.",
)
UNKNOWN_OTHER = Rule(
    "CS022",
    Severity.WARNING,
    '"{value}" is nobody on the sheet People, or several; the cell is read as empty.',
    "Enter the employee ID, the e-mail address or the full name as it stands there.",
    "The row counts, but the document does not say who it was.",
)

# The column that says whose row it is.
SUBJECT = "employee_id"


@dataclass(frozen=True, slots=True)
class Directory:
    """Everyone on People: `ids` by id, e-mail and name, all folded; several ids where a name is not unique."""

    ids: Mapping[str, frozenset[str]]

    def look_up(self, text: str) -> frozenset[str]:
        """The ids that `text` may mean; one if it is clear, none if nobody."""
        return self.ids.get(folded(text), frozenset())


def directory_of(people: pd.DataFrame) -> Directory:
    """The directory of the frame of People. An id stands before an e-mail, an e-mail before a name."""
    by_text: dict[str, frozenset[str]] = {}
    for column in ("name", "email", "employee_id"):
        found: defaultdict[str, set[str]] = defaultdict(set)
        for text, employee in zip(people[column], people["employee_id"], strict=True):
            if isinstance(text, str) and isinstance(employee, str):
                found[folded(text)].add(employee)
        by_text |= {text: frozenset(ids) for text, ids in found.items()}
    return Directory(by_text)


def resolve_people(sheet: Sheet, table: Table, directory: Directory) -> tuple[Table, list[Finding]]:
    """`table` with ids in its person columns; cells that name nobody or several become missing, each with a finding."""
    if table.frame.empty:
        return table, []
    frame = table.frame.copy()
    findings: list[Finding] = []
    for column in sheet.columns:
        if column.kind is Kind.PERSON:
            frame[column.name], found = _resolve(table, column, directory)
            findings += found
    return Table(table.sheet, frame, table.letters), findings


def _resolve(table: Table, column: Column, directory: Directory) -> tuple[pd.Series, list[Finding]]:
    cells = table.frame[column.name]
    candidates = {text: directory.look_up(text) for text in cells.dropna().unique()}
    known = {text: next(iter(ids)) for text, ids in candidates.items() if len(ids) == 1}
    unresolved = cells[cells.notna() & ~cells.isin(list(known))]
    findings = [
        _unresolved(table, column, row, text, len(candidates[text])) for row, text in unresolved.items()
    ]
    return cells.map(known).astype("str"), findings


def _unresolved(table: Table, column: Column, row: int, text: str, count: int) -> Finding:
    of_subject = AMBIGUOUS_PERSON if count > 1 else UNKNOWN_PERSON
    rule = of_subject if column.name == SUBJECT else UNKNOWN_OTHER
    who = "" if column.name == SUBJECT else table.frame.get(SUBJECT, pd.Series()).get(row)
    return rule.found(
        table.sheet,
        table.cell(row, column.name),
        who=who if isinstance(who, str) else "",
        values={"value": text, "count": count},
    )


def folded(text: str) -> str:
    """`text` as it is compared with ids, addresses and names: capitals and blanks make no difference."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
