"""A workbook of plain lists, to read before something is entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .cells import DAY, write_value
from .page import header_properties
from .theme import Styles


@dataclass(frozen=True, slots=True)
class PlainList:
    """One sheet: its headers with their widths in characters, and its rows."""

    name: str
    headers: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Iterable[object]]


def build_lists(path: Path, lists: Iterable[PlainList]) -> None:
    """Write the lists to `path`; what stands there is replaced.

    Raises:
        OSError: it cannot be written.
    """
    content = BytesIO()
    workbook = Workbook(content)
    styles = Styles(workbook)
    for plain in lists:
        _write(workbook.add_worksheet(plain.name), styles, plain)
    workbook.close()
    path.write_bytes(content.getvalue())


def _write(worksheet: Worksheet, styles: Styles, plain: PlainList) -> None:
    for across, (header, width) in enumerate(zip(plain.headers, plain.widths, strict=True)):
        worksheet.set_column(across, across, width)
        worksheet.write_string(0, across, header, styles(**header_properties(calculated=False)))
    for number, row in enumerate(plain.rows, 1):
        for across, value in enumerate(row):
            look = {"num_format": DAY} if isinstance(value, datetime) else {}
            write_value(worksheet, number, across, value, styles(text_wrap=True, valign="top", **look))
    worksheet.freeze_panes(1, 0)
