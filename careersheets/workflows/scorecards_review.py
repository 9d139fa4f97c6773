"""The difference that scorecards make, line by line, in a small workbook to read before anything is entered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..books.building.cells import DAY, write_value
from ..books.building.page import header_properties
from ..books.building.theme import Styles
from ..books.diff import DIFF_HEADERS, diff_rows
from ..model.errors import AccessDenied
from .scorecards_merge import Merging

_FINDING_HEADERS = ("Severity", "File and sheet", "Cell", "Finding", "What to do", "Code")
_LINE_WIDTHS = (7, 18, 12, 34, 34, 24)
_FINDING_WIDTHS = (11, 44, 9, 64, 56, 9)


def returned_files(folder: Path) -> list[Path]:
    """The workbooks in `folder` and the folders in it; marks that Excel leaves while a file is open are none."""
    return sorted(path for path in folder.rglob("*.xls*") if not path.name.startswith(("~$", ".")))


def write_review(folder: Path, merging: Merging, now: datetime) -> Path:
    """Write the lines and what is to be settled into `folder`; the path.

    Raises:
        AccessDenied: one may not write there.
    """
    path = folder / f"merge {now:%Y-%m-%d %H.%M.%S}.xlsx"
    try:
        workbook = Workbook(str(path))
        styles = Styles(workbook)
        _table(
            workbook.add_worksheet("To enter"), styles, DIFF_HEADERS, _LINE_WIDTHS, diff_rows(merging.diff)
        )
        found = (
            (f.rule.severity.label, f.sheet, f.cell, f.message, f.fix, f.rule.code) for f in merging.findings
        )
        _table(workbook.add_worksheet("To settle"), styles, _FINDING_HEADERS, _FINDING_WIDTHS, found)
        workbook.close()
    except OSError as error:
        raise AccessDenied(
            f'"{path.name}" cannot be written to "{folder.name}". Check that you may write there.'
        ) from error
    return path


def _table(
    worksheet: Worksheet,
    styles: Styles,
    headers: Iterable[str],
    widths: Iterable[int],
    rows: Iterable[Iterable[object]],
) -> None:
    for across, (header, width) in enumerate(zip(headers, widths, strict=True)):
        worksheet.set_column(across, across, width)
        worksheet.write_string(0, across, header, styles(**header_properties(calculated=False)))
    for number, row in enumerate(rows, 1):
        for across, value in enumerate(row):
            look = {"num_format": DAY} if isinstance(value, datetime) else {}
            write_value(worksheet, number, across, value, styles(text_wrap=True, valign="top", **look))
    worksheet.freeze_panes(1, 0)
