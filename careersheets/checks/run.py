"""All checks of one workbook, in the order HR works through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ..analysis.framework_versions import FRAMEWORK, with_framework_of
from ..model.cells import parse_address
from ..model.findings import Finding
from ..tables.settings import WorkbookSettings
from ..tables.tables import Tables
from ..vocabulary.sheet import sheet_of
from ..vocabulary.workbook import SHEETS
from .columns import check_columns
from .completeness import check_completeness
from .conversations import check_conversations
from .cycles import check_cycles
from .evaluations import check_evaluations
from .evidence import check_evidence
from .expectations import check_competencies, check_expectations
from .framework_versions import check_framework_versions
from .ladders import check_ladders
from .language import check_language
from .people import check_people
from .plans import check_plans
from .references import check_references
from .review import Review, review_of
from .scales import check_scales
from .scores import check_scores

CHECKS: tuple[Callable[[Review], Iterator[Finding]], ...] = (
    check_columns,
    check_references,
    check_people,
    check_evaluations,
    check_scores,
    check_evidence,
    check_completeness,
    check_ladders,
    check_competencies,
    check_expectations,
    check_scales,
    check_language,
    check_cycles,
    check_conversations,
    check_plans,
)


def check_tables(tables: Tables, settings: WorkbookSettings, cycle: str, today: date) -> list[Finding]:
    """Everything that is wrong in `tables`, worst first.

    Mistakes in rows that today's documents are computed from - those of `cycle` and of each person's last evaluation
    before it - are errors; the same mistakes in older cycles are warnings. What only weakens a rating is looked for in
    `cycle` alone. A mistake of the framework is there once for every level it touches, so that everybody measured
    against one of them is held.

    Where another framework was accepted for `cycle` than the sheets hold, those sheets are checked as they are and all
    others against the accepted one.

    Args:
        tables: the workbook.
        settings: its settings.
        cycle: the cycle in hand, "" if there is none.
        today: the day of the check.
    """
    review = review_of(tables, settings, cycle, today)
    findings = [finding for check in CHECKS for finding in check(review)]
    in_use = with_framework_of(tables, cycle)
    if in_use is not tables:
        against = review_of(in_use, settings, cycle, today)
        others = [finding for check in CHECKS for finding in check(against)]
        findings = [
            *(finding for finding in findings if finding.sheet in framework_sheets(tables)),
            *(finding for finding in others if finding.sheet not in framework_sheets(tables)),
        ]
    return in_reading_order([*findings, *check_framework_versions(review)], tables)


def framework_sheets(tables: Tables) -> frozenset[str]:
    """The sheets of the framework, by their names in the workbook."""
    return frozenset(tables[model].sheet for model in FRAMEWORK)


def in_reading_order(findings: Iterable[Finding], tables: Tables) -> list[Finding]:
    """Worst first, then sheets in tab order, then from top to bottom and left to right."""
    tabs = {tables[model].sheet: number for number, model in enumerate(SHEETS)}
    tabs |= {sheet_of(model).name: number for number, model in enumerate(SHEETS)}

    def place(finding: Finding) -> tuple[int, int, int, int, str, str]:
        row, column = parse_address(finding.cell) if finding.cell else (0, 0)
        tab = tabs.get(finding.sheet, len(tabs))
        return -finding.rule.severity, tab, row, column, finding.rule.code, finding.level

    return sorted(findings, key=place)
