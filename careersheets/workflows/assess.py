"""Read a workbook, find what is wrong in it, and compute everything that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ..analysis.compute import compute_results
from ..analysis.results import Results
from ..books.book import Book, BookContents
from ..checks.run import check_tables
from ..model.findings import Finding
from ..tables.reading import read_tables
from ..tables.settings import read_settings
from ..vocabulary.people import People
from ..vocabulary.workbook import all_sheets


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
        CareersheetsError: the workbook cannot be read.
    """
    contents = book.read()
    tables, unreadable = read_tables(contents)
    settings, unusable = read_settings(tables)
    results = compute_results(tables, settings, today, cycle)
    checked = check_tables(tables, settings, results.cycle, today)
    findings = [*unreadable, *unusable, *_not_yet_reported(checked, unreadable)]
    held = held_people(findings, results)
    return Assessment(contents, results, in_order(_once_each(findings)), held)


def held_people(findings: Iterable[Finding], results: Results) -> dict[str, list[Finding]]:
    """The errors that touch each evaluated person: in their own rows, or at a level they are measured against."""
    measured_by = _measured_against(results)
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        if not finding.is_error:
            continue
        for employee in [finding.who] if finding.who else measured_by.get(finding.level, []):
            held.setdefault(employee, []).append(finding)
    return {employee: held[employee] for employee in results.evaluated.index if employee in held}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first, then in the order of the workbook's tabs, rows and columns."""
    tabs = {sheet.name: place for place, sheet in enumerate(all_sheets())}

    def place(finding: Finding) -> tuple[int, int, int, str]:
        digits = "".join(filter(str.isdigit, finding.cell))
        return (-finding.rule.severity, tabs.get(finding.sheet, len(tabs)), int(digits or 0), finding.cell)

    return sorted(findings, key=place)


def names_of(results: Results) -> Mapping[str, str]:
    """Names by employee id, of everyone on People."""
    people = results.tables.frame(People).dropna(subset="employee_id")
    return dict(zip(people["employee_id"], people["name"].fillna(people["employee_id"]), strict=True))


def _measured_against(results: Results) -> dict[str, list[str]]:
    """The people each level's expectations count for: as their own level or as a target."""
    people = results.evaluated
    targets = people["targets"].explode().dropna()
    both = pd.concat([targets, people["level_code"].dropna()])
    return {str(level): sorted(set(of_level.index)) for level, of_level in both.groupby(both)}


def _not_yet_reported(checked: list[Finding], unreadable: list[Finding]) -> list[Finding]:
    """What the checks say about cells that could be read; the others already have their finding."""
    broken = {finding.place for finding in unreadable if finding.is_error and finding.cell}
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
