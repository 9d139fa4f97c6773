"""What holds for every workbook: no crash, no effect on the tables, no effect of the order of rows."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from careersheets.checks.run import check_tables
from careersheets.model.findings import Finding
from careersheets.tables.settings import WorkbookSettings
from careersheets.vocabulary.column import Column, Kind
from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import SHEETS
from tests.checks.cases import CASES
from tests.checks.company import CYCLE, TODAY, Workbook, findings_in, spoilt
from tests.support.tables import tables_from

IDS = ("1001", "1002", "CODE", "TALK", "E1", "E2", CYCLE, "2026-H1", "Default", "Done", "{x}", "𝒜é\u200f", "")
DATES = ("2026-01-01", "2026-07-01", "2026-11-30", "1900-01-01", "9999-12-31")
CELLS: dict[Kind, tuple[Any, ...]] = {
    Kind.NUMBER: (0, 1, 2.5, -3, 100, 1e300),
    Kind.PERCENT: (0, 0.5, 1),
    Kind.RATING: (1, 3, 3.5, 9, -1, "N/A"),
    Kind.DATE: DATES,
    Kind.YES_NO: ("Yes", "No"),
    Kind.SEVERAL: ("E1;E2", "E2", "1001", "CODE;CODE;X"),
}


def cells_of(column: Column) -> st.SearchStrategy[Any]:
    fitting = column.choices or CELLS.get(column.kind, IDS)
    return st.one_of(st.none(), st.sampled_from(fitting))


def rows_of(columns: tuple[Column, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({column.name: cells_of(column) for column in columns})
    return st.lists(row, max_size=4)


def workbooks() -> st.SearchStrategy[dict[str, list[dict[str, Any]]]]:
    read = [model for model in SHEETS if sheet_of(model).owner != "tool"]
    return st.fixed_dictionaries({model.__name__: rows_of(sheet_of(model).columns) for model in read})


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(rows=workbooks(), cycle=st.sampled_from((CYCLE, "2026-H1", "")))
def test_any_cells_give_findings_and_never_a_crash(rows: dict[str, list[dict[str, Any]]], cycle: str) -> None:
    tables = tables_from(**rows)
    before = {name: table.frame.copy() for name, table in tables.by_sheet.items()}
    findings = check_tables(tables, WorkbookSettings(), cycle, TODAY)
    assert all(finding.cell and "nan" not in finding.message.casefold() for finding in findings)
    assert all(before[name].equals(table.frame) for name, table in tables.by_sheet.items())


@pytest.mark.parametrize(
    "case", [case for cases in CASES.values() for case in cases], ids=lambda case: case.code
)
def test_the_order_of_rows_changes_nothing_but_the_cells(case: Any) -> None:
    book = spoilt(*case.fires)
    shuffled = Workbook(
        {sheet: random.Random(7).sample(rows, len(rows)) for sheet, rows in book.rows.items()},  # noqa: S311
        book.lacking,
        book.settings,
    )
    assert said(findings_in(shuffled)) == said(findings_in(book))


def said(findings: list[Finding]) -> list[tuple[str, ...]]:
    """What the findings say, without the rows they stand in or name."""
    return sorted(
        (finding.rule.code, re.sub(r"row \d+", "row", finding.message).casefold(), finding.who, finding.level)
        for finding in findings
    )
