"""Read a workbook, find what is wrong in it, and compute everything that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ..analysis.compute import compute_results
from ..analysis.evaluations import cycle_order
from ..analysis.framework_versions import with_framework_of
from ..analysis.results import Results
from ..books.book import Book, BookContents
from ..checks.run import check_tables, framework_sheets, in_reading_order
from ..model.errors import NotFound
from ..model.findings import Finding
from ..tables.headers import COLUMN_MISSING, NO_HEADERS, SHEET_LIKELY, SHEET_MISSING
from ..tables.persons import UNKNOWN_OTHER
from ..tables.reading import ESSENTIAL, read_tables
from ..tables.settings import read_settings
from ..tables.tables import Tables
from ..tables.values import NOT_A_DATE
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of

# A part of the workbook is not there.
_STRUCTURE = (SHEET_MISSING, SHEET_LIKELY, NO_HEADERS, COLUMN_MISSING)
# Warnings after which a cell counts as empty; that it looks empty is then no news.
_LEFT_EMPTY = (NOT_A_DATE, UNKNOWN_OTHER)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One reading of a workbook and all that was made of it.

    `held` are the errors that keep each person's numbers and documents back, by employee id.
    """

    contents: BookContents
    results: Results
    findings: list[Finding]
    held: Mapping[str, list[Finding]]


def assess(book: Book, today: date, cycle: str = "") -> Assessment:
    """Read `book` and compute the results of `cycle`; of the cycle in hand where it is "".

    Raises:
        NotFound: there is no such cycle.
        CareersheetsError: the workbook cannot be read.
    """
    contents = book.read()
    tables, unreadable = read_tables(contents)
    if cycle and cycle not in cycle_order(tables):
        raise NotFound("cycle", cycle, cycle_order(tables))
    settings, unusable = read_settings(tables)
    results = compute_results(tables, settings, today, cycle)
    checked = check_tables(tables, settings, results.cycle, today)
    findings = [*unreadable, *unusable, *_not_yet_reported(checked, unreadable)]
    held = held_people(_touching(findings, tables, results.cycle), results)
    return Assessment(contents, results, in_reading_order(_once_each(findings), tables), held)


def held_people(findings: Iterable[Finding], results: Results) -> dict[str, list[Finding]]:
    """The errors that touch each evaluated person: in their own rows, or at a level they are measured against.

    A sheet or column that everybody's numbers need, and that is not there, touches everyone.
    """
    measured_by = _measured_against(results)
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        if not finding.is_error:
            continue
        touched = [finding.who] if finding.who else measured_by.get(finding.level, [])
        for employee in results.evaluated.index if _touches_everyone(finding) else touched:
            held.setdefault(employee, []).append(finding)
    return {employee: held[employee] for employee in results.evaluated.index if employee in held}


def names_of(results: Results) -> Mapping[str, str]:
    """Names by employee id, of everyone on People."""
    people = results.tables.frame(People).dropna(subset="employee_id")
    return dict(zip(people["employee_id"], people["name"].fillna(people["employee_id"]), strict=True))


def _touching(findings: list[Finding], tables: Tables, cycle: str) -> list[Finding]:
    """Without those of framework sheets that do not count for the cycle, as another version was accepted for it."""
    if with_framework_of(tables, cycle) is tables:
        return findings
    return [finding for finding in findings if finding.sheet not in framework_sheets(tables)]


def _touches_everyone(finding: Finding) -> bool:
    return finding.rule in _STRUCTURE and finding.sheet in {sheet_of(model).name for model in ESSENTIAL}


def _measured_against(results: Results) -> dict[str, list[str]]:
    """The people each level's expectations count for: as their own level or as a target."""
    people = results.evaluated
    targets = people["targets"].explode().dropna()
    both = pd.concat([targets, people["level_code"].dropna()])
    return {str(level): sorted(set(of_level.index)) for level, of_level in both.groupby(both)}


def _not_yet_reported(checked: list[Finding], unreadable: list[Finding]) -> list[Finding]:
    """What the checks say about cells that could be read; the others already have their finding."""
    broken = {
        finding.place
        for finding in unreadable
        if finding.cell and (finding.is_error or finding.rule in _LEFT_EMPTY)
    }
    return [finding for finding in checked if finding.place not in broken]


def _once_each(findings: Iterable[Finding]) -> list[Finding]:
    """One finding where several say the same of the same cell, naming all the levels they touch."""
    together: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule.code, finding.place, finding.message, finding.who)
        together.setdefault(key, []).append(finding)
    return [
        same[0] if len(same) == 1 else replace(same[0], level=", ".join(finding.level for finding in same))
        for same in together.values()
    ]
