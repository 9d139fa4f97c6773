"""Check a workbook: say what is wrong and where, and write findings, gaps and readiness back into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from ..books.book import Book, Receipt, SheetRows
from ..model.findings import Finding, Severity
from .assess import Assessment, assess, names_of
from .result_sheets import (
    all_changes,
    gaps_sheet,
    next_level_sheet,
    readiness_sheet,
    team_view_sheet,
    this_week_sheet,
    to_fix_sheet,
)
from .this_week import reminders_of


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What a check found, and where the workbook was written; `receipt` is None if nothing was to be written."""

    assessment: Assessment
    receipt: Receipt | None


def check(book: Book, now: datetime, *, cycle: str = "", write: bool = True) -> CheckOutcome:
    """Check `book` as of `now` (local time).

    Raises:
        CareersheetsError: the workbook cannot be read or written.
    """
    assessment = assess(book, now.date(), cycle)
    if not write:
        return CheckOutcome(assessment, None)
    sentence = counts_sentence(assessment.findings)
    changes = all_changes(result_rows(assessment), now, sentence, assessment.results.settings)
    return CheckOutcome(assessment, book.write(assessment.contents, changes))


def result_rows(assessment: Assessment) -> list[SheetRows]:
    """The sheets that every run writes: To fix, This week, Gaps, Readiness, Team view and Next level."""
    results, held = assessment.results, assessment.held
    names = names_of(results)
    morning = datetime.combine(results.today, time.min)
    return [
        to_fix_sheet(assessment.findings, names),
        this_week_sheet(reminders_of(results, morning), names),
        gaps_sheet(results, held),
        readiness_sheet(results, held),
        team_view_sheet(results, held),
        next_level_sheet(results),
    ]


def counts_sentence(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning, 14 notes`; `Nothing to fix` if there is no finding."""
    counts = Counter(finding.rule.severity for finding in findings)
    parts = [
        f"{counts[severity]} {severity.name.lower()}{'s' * (counts[severity] != 1)}"
        for severity in sorted(Severity, reverse=True)
        if counts[severity]
    ]
    return ", ".join(parts) or "Nothing to fix"
