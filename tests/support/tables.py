"""Tables made in a test, as reading a workbook would give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from careersheets.model.cells import column_letter
from careersheets.tables.tables import Table, Tables
from careersheets.tables.values import read_column
from careersheets.vocabulary.sheet import Sheet, sheet_of
from careersheets.vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, SHEETS

Rows = Sequence[Mapping[str, Any]]


def tables_from(lacking: Mapping[str, Sequence[str]] | None = None, /, **sheets: Rows) -> Tables:
    """Complete tables with the rows of `sheets`, the others being empty.

    Args:
        lacking: columns that a sheet does not have, by the sheet's name.
        sheets: by the name of the sheet's model, rows from row 6 on as column name -> cell; rating cells may be "N/A".
    """
    unknown = set(sheets) - {model.__name__ for model in SHEETS}
    assert not unknown, f"no such sheets: {unknown}"
    by_sheet = {}
    for model in SHEETS:
        sheet = sheet_of(model)
        absent = (lacking or {}).get(sheet.name, ())
        rows = sheets.get(model.__name__, ())
        by_sheet[sheet.name] = _table(sheet, rows, absent) if rows or absent else _empty_table(sheet)
    return Tables(by_sheet)


def letters_of(sheet: Sheet) -> dict[str, str]:
    """Where the template has the columns of `sheet`: from column B on, each with its name column beside it."""
    letters, number = {}, FIRST_COLUMN
    for column in sheet.columns:
        letters[column.name] = column_letter(number)
        number += 2 if column.name_header else 1
    return letters


@cache
def _empty_table(sheet: Sheet) -> Table:
    return _table(sheet, (), ())


def _table(sheet: Sheet, rows: Rows, absent: Sequence[str]) -> Table:
    known = {column.name for column in sheet.columns}
    for row in rows:
        assert set(row) <= known, f"no such columns on {sheet.name}: {set(row) - known}"
    index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(rows))
    columns: dict[str, pd.Series] = {}
    for column in sheet.columns:
        cells = [None if column.name in absent else row.get(column.name) for row in rows]
        read = read_column(column, pd.Series(cells, index=index, dtype=object))
        assert not read.problems, f"{sheet.name}.{column.name}: {read.problems}"
        columns[column.name] = read.values
        if read.na is not None:
            columns[f"{column.name}_na"] = read.na.astype(bool)
    letters = {name: letter for name, letter in letters_of(sheet).items() if name not in absent}
    return Table(sheet.name, pd.DataFrame(columns, index=index), letters)
