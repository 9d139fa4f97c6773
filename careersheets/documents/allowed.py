"""Whom a workbook knows, and whom a document may name.

Source: REQUIREMENTS X7.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..analysis.results import Results
from ..tables.tables import Tables, as_list
from ..vocabulary.column import Audience, Column, Kind
from ..vocabulary.framework import Competencies, Levels
from ..vocabulary.people import People
from ..vocabulary.settings import Cycles
from ..vocabulary.sheet import Sheet
from ..vocabulary.workbook import all_sheets
from .part_texts import visible, words_of
from .phrases import Words

# Numbers of fewer digits stand everywhere as years, points and per cents.
FEWEST_DIGITS = 5

TAG = re.compile(r"\{[{%#](?:[^{}]{0,60}[}%#]\}|[^{}\s]{0,20})")


@dataclass(frozen=True, slots=True)
class Identity:
    """A text that names people: what it is ("employee ID", "e-mail" or "name"), as written, and whom it may mean."""

    what: str
    written: str
    owners: frozenset[str]

    @property
    def is_word(self) -> bool:
        """Whether it is a name of a single word, which may be an ordinary word."""
        return self.what == "name" and len(self.written.split()) == 1


def identities(tables: Tables) -> dict[Words, Identity]:
    """Every employee id, e-mail and full name on People, by folded words; names also with the last word first.

    An id that is a short number, or a code of the framework, counts only after "ID".
    """
    people = tables.frame(People)
    codes = _codes(tables)
    found: dict[Words, Identity] = {}
    for words, written, employee in _names(people, turned=False):
        _add(found, words, Identity("name", written, frozenset({employee})))
    plain = frozenset(found)
    for words, written, employee in _names(people, turned=True):
        if words not in plain:
            _add(found, words, Identity("name", written, frozenset({employee})))
    for column, what in (("email", "e-mail"), ("employee_id", "employee ID")):
        for text, employee in _texts(people, column):
            words = words_of(text)
            short = len(words) == 1 and words[0].isdigit() and len(words[0]) < FEWEST_DIGITS
            if what == "employee ID" and (short or words in codes):
                words = ("id", *words)
            _add(found, words, Identity(what, text, frozenset({employee})))
    return found


def named_in_own_rows(results: Results, reader: Audience) -> dict[str, frozenset[str]]:
    """Whom the documents of each person may name: themselves, manager, approver, and who is named in their own rows.

    People named where only HR may look, such as raters in Peer input, count for HR alone.
    """
    named: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in all_sheets():
        frame = results.tables.by_sheet[sheet.name].frame
        for column in _person_columns(sheet):
            if not frame.empty and (reader == "hr" or column.audience != "hr"):
                _pair(named, frame["employee_id"], frame[column.name])
    for column_name in ("manager", "approver"):
        _pair(named, results.evaluated.index, results.evaluated[column_name])
    return {employee: frozenset(others) for employee, others in named.items()}


def written_braces(tables: Tables) -> frozenset[str]:
    """What looks like a tag but stands in a cell of the workbook, so that a document may hold it."""
    found: set[str] = set()
    for table in tables.by_sheet.values():
        if table.frame.empty:
            continue
        for name in table.frame.select_dtypes(exclude=["number", "datetime", "bool"]).columns:
            for cell in set(as_list(table.frame[name])):
                text = " ".join(cell) if isinstance(cell, tuple) else cell
                if isinstance(text, str) and "{" in text:
                    found.update(TAG.findall(visible(text)))
    return frozenset(found)


def _add(found: dict[Words, Identity], words: Words, identity: Identity) -> None:
    if not words:
        return
    before = found.get(words)
    if before is not None and before.what == identity.what:
        identity = Identity(identity.what, before.written, before.owners | identity.owners)
    found[words] = identity


def _names(people: pd.DataFrame, *, turned: bool) -> Iterator[tuple[Words, str, str]]:
    for text, employee in _texts(people, "name"):
        pieces = text.split()
        if not turned:
            yield words_of(text), text, employee
        elif len(pieces) > 1:
            yield words_of(" ".join([pieces[-1], *pieces[:-1]])), text, employee


def _texts(people: pd.DataFrame, column: str) -> Iterator[tuple[str, str]]:
    for text, employee in zip(as_list(people[column]), as_list(people["employee_id"]), strict=True):
        if isinstance(text, str) and isinstance(employee, str):
            yield text, employee


def _codes(tables: Tables) -> set[Words]:
    columns = ((Levels, "level_code"), (Competencies, "competency_id"), (Cycles, "cycle"))
    return {words_of(code) for model, column in columns for code in tables.frame(model)[column].dropna()}


def _person_columns(sheet: Sheet) -> list[Column]:
    if all(column.name != "employee_id" for column in sheet.columns):
        return []
    return [c for c in sheet.columns if c.kind is Kind.PERSON and c.name != "employee_id"]


def _pair(named: defaultdict[str, set[str]], subjects: pd.Series | pd.Index, others: pd.Series) -> None:
    for subject, other in set(zip(as_list(subjects), as_list(others), strict=True)):
        if isinstance(subject, str) and isinstance(other, str):
            named[subject].add(other)
