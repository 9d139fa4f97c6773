"""From rows that break a rule to findings at their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from ..model.findings import Finding, Rule
from ..tables.tables import Table

LISTED = 6


def report_rows(
    rule: Rule, table: Table, column: str, failing: pd.DataFrame, **values: object
) -> Iterator[Finding]:
    """One finding for each row of `failing`, at its cell in `column`.

    Args:
        rule: what the rows break; its placeholders are columns of `failing` or given in `values`.
        table: the sheet the rows stand on.
        column: where the finding is placed.
        failing: rows of `table`, perhaps with more columns. `employee_id` says who is touched; `levels` (tuples of
            level codes), if there, which levels are: one finding each.
        values: placeholders that are the same for all rows.
    """
    if len(failing) == 0:
        return
    for record in failing.reset_index(names="row").to_dict("records"):
        shown = {str(name): _shown(value) for name, value in record.items()}
        finding = rule.found(
            table.sheet,
            table.cell(record["row"], column),
            who=text_or_blank(record.get("employee_id")),
            values=shown | values,
        )
        yield from spread_over(finding, record.get("levels", ()))


def spread_over(finding: Finding, levels: Sequence[str]) -> Iterator[Finding]:
    """`finding` once for each of `levels`, so that whoever is measured against one of them is held; once if none."""
    if not levels:
        yield finding
    for level in levels:
        yield replace(finding, level=level)


def text_or_blank(value: object) -> str:
    """`value` if it is a text, "" for a missing one."""
    return value if isinstance(value, str) else ""


def listed(names: Sequence[str]) -> str:
    """`A, B, C`; from the seventh on only how many more there are."""
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _shown(value: object) -> object:
    return value.strftime("%Y-%m-%d") if isinstance(value, date) and not pd.isna(value) else value
