"""A small workbook of plain tables, to read something before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .cells import DAY, write_value
from .page import header_properties
from .theme import Styles


@dataclass(frozen=True, slots=True)
class PlainTable:
    """One sheet: its name, and a table from A1 with these headers, widths in characters, and rows."""

    sheet: str
    headers: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Iterable[object]]


def write_plain_workbook(path: Path, tables: Iterable[PlainTable]) -> None:
    """Write `tables` to a new workbook at `path`.

    Raises:
        OSError: the file cannot be written.
    """
    workbook = Workbook(str(path))
    styles = Styles(workbook)
    for table in tables:
        _write(workbook.add_worksheet(table.sheet), styles, table)
    workbook.close()


def _write(worksheet: Worksheet, styles: Styles, table: PlainTable) -> None:
    for across, (header, width) in enumerate(zip(table.headers, table.widths, strict=True)):
        worksheet.set_column(across, across, width)
        worksheet.write_string(0, across, header, styles(**header_properties(calculated=False)))
    for number, row in enumerate(table.rows, 1):
        for across, value in enumerate(row):
            look = {"num_format": DAY} if isinstance(value, datetime) else {}
            write_value(worksheet, number, across, value, styles(text_wrap=True, valign="top", **look))
    worksheet.freeze_panes(1, 0)
