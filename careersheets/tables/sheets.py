"""One grid as a typed table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pandas as pd

from ..model.cells import CellValue, Grid, column_number
from ..model.findings import Finding, Rule, Severity
from ..vocabulary.column import Column
from ..vocabulary.sheet import Sheet
from .headers import Headers, find_headers
from .tables import Table
from .values import Labels, Problem, read_column, text_of

MERGED = Rule(
    "CS009",
    Severity.WARNING,
    "the cells {cells} are merged; only the first of them holds a value.",
    "Unmerge them and fill in each row.",
    "A merged cell looks filled in every row, but all rows except the first are empty.",
)
PARTLY_READ = Rule(
    "CS018",
    Severity.NOTE,
    '"{value}" is not among the choices; "{choice}" is read.',
    'Pick "{choice}" from the list.',
    "Filters and counts in the workbook take the two for different things.",
)

_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
# Columns with the reach of one row's findings.
_PERSON = "employee_id"
_LEVEL = "level_code"


def read_sheet(sheet: Sheet, grid: Grid, labels: Labels | None = None) -> tuple[Table, list[Finding]]:
    """The rows of `grid` that hold anything in a column of `sheet`, and what could not be read.

    Args:
        sheet: what it should hold.
        grid: its cells.
        labels: points by competency and folded label, for rating columns beside a competency column.
    """
    headers, findings = find_headers(sheet, grid)
    if headers is None:
        return Table(grid.sheet, empty_frame(sheet), {}), findings
    raw = _raw_frame(sheet, grid, headers)
    if raw.empty:
        return Table(grid.sheet, empty_frame(sheet), headers.letters()), findings
    columns, problems = _read_columns(sheet, raw, labels)
    table = Table(grid.sheet, pd.DataFrame(columns, index=raw.index), headers.letters())
    findings += _merged_cells(grid, headers)
    findings += [_located(table, column, problem) for column, found in problems.items() for problem in found]
    return table, findings


@cache
def empty_frame(sheet: Sheet) -> pd.DataFrame:
    """A frame of `sheet` without rows, every column typed. Shared: never changed in place."""
    raw = pd.DataFrame({column.name: [] for column in sheet.columns}, dtype=object)
    columns, _ = _read_columns(sheet, raw, None)
    return pd.DataFrame(columns, index=pd.Index([], dtype="int64"))


def _raw_frame(sheet: Sheet, grid: Grid, headers: Headers) -> pd.DataFrame:
    """Raw cells by column name, indexed by row; wholly blank rows are left out."""
    below = {name: grid.columns[number - 1][headers.row :] for name, number in headers.columns.items()}
    filled = [
        place for place, cells in enumerate(zip(*below.values(), strict=True)) if any(map(_is_filled, cells))
    ]
    index = pd.Index([headers.row + 1 + place for place in filled], dtype="int64")
    blank: list[CellValue] = [None] * len(filled)
    return pd.DataFrame(
        {
            column.name: [below[column.name][place] for place in filled] if column.name in below else blank
            for column in sheet.columns
        },
        index=index,
        dtype=object,
    )


def _is_filled(cell: CellValue) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _read_columns(
    sheet: Sheet, raw: pd.DataFrame, labels: Labels | None
) -> tuple[dict[str, pd.Series], dict[str, list[Problem]]]:
    row_labels = _labels_by_row(raw, labels) if labels else None
    columns: dict[str, pd.Series] = {}
    problems: dict[str, list[Problem]] = {}
    for column in sheet.columns:
        read = read_column(column, raw[column.name], row_labels)
        columns[column.name], problems[column.name] = read.values, read.problems
        if read.na is not None:
            columns[f"{column.name}_na"] = read.na
        if column.choices:
            columns[column.name], noted = _as_offered(column, read.values)
            problems[column.name] += noted
    return columns, problems


def _labels_by_row(raw: pd.DataFrame, labels: Labels) -> pd.Series | None:
    if "competency_id" not in raw:
        return None
    by_competency: dict[str, dict[str, float]] = {}
    for (competency, label), points in labels.items():
        by_competency.setdefault(competency, {})[label] = points
    return raw["competency_id"].map(lambda value: by_competency.get(text_of(value) or "", {}))


def _as_offered(column: Column, values: pd.Series) -> tuple[pd.Series, list[Problem]]:
    """`values` with the choices in their own spelling, whatever case they were typed in."""
    spelling = {choice.casefold(): choice for choice in column.choices}
    offered = values.map(lambda text: spelling.get(text.casefold(), text), na_action="ignore").astype("str")
    changed = values.notna() & values.ne(offered)
    notes = [
        Problem(row, PARTLY_READ, {"value": values.at[row], "choice": offered.at[row]})
        for row in values.index[changed]
    ]
    return offered, notes


def _located(table: Table, column: str, problem: Problem) -> Finding:
    row = problem.row
    return problem.rule.found(
        table.sheet,
        table.cell(row, column),
        who=_in_row(table, row, _PERSON),
        level=_in_row(table, row, _LEVEL) if _PERSON not in table.frame else "",
        values=problem.values,
    )


def _in_row(table: Table, row: int, column: str) -> str:
    value = table.frame[column].get(row) if column in table.frame else None
    return value if isinstance(value, str) else ""


def _merged_cells(grid: Grid, headers: Headers) -> Iterator[Finding]:
    ours = set(headers.columns.values())
    for cells in grid.merged:
        match = _RANGE.fullmatch(cells)
        if match is None:
            continue
        columns = set(range(column_number(match[1]), column_number(match[3]) + 1))
        if int(match[4]) > headers.row and columns & ours:
            place = f"{match[1]}{max(int(match[2]), headers.row + 1)}"
            yield MERGED.found(grid.sheet, place, values={"cells": cells})


def is_read(sheet: Sheet) -> bool:
    """Whether the sheet is read: not what the tool wrote, but for what it keeps there, and not what only shows."""
    kept = ("Documents", "Framework history")
    return sheet.name in kept or (sheet.owner != "tool" and sheet.name != "ROI")
