"""What filled forms would change, line by line, in a small workbook to read before anything is entered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..books.building.scorecard_review import PlainList
from .collect import Collecting
from .collect_lines import Line
from .review_file import to_settle, write_review_file

_LINE_HEADERS = ("Line", "Who", "Sheet", "Cell", "What", "Now", "In the form", "Form")
_LINE_WIDTHS = (6, 24, 18, 10, 34, 34, 34, 34)
_OPEN_HEADERS = (*_LINE_HEADERS, "Not entered because")
_FINDING_HEADERS = ("Severity", "Form or sheet", "Place", "Finding", "What to do", "Code")
_FINDING_WIDTHS = (11, 44, 18, 64, 56, 9)


def write_collect_review(folder: Path, collecting: Collecting, now: datetime) -> Path:
    """Write the lines, those left open and what is to be settled into `folder`; the path.

    Raises:
        AccessDenied: one may not write there.
    """
    path = folder / f"collect {now:%Y-%m-%d %H.%M.%S}.xlsx"
    sure = [_cells(line) for line in collecting.lines if not line.open_because]
    unsure = [(*_cells(line), line.open_because) for line in collecting.lines if line.open_because]
    lists = (
        PlainList("To enter", _LINE_HEADERS, _LINE_WIDTHS, sure),
        PlainList("Open", _OPEN_HEADERS, (*_LINE_WIDTHS, 44), unsure),
        to_settle(_FINDING_HEADERS, _FINDING_WIDTHS, collecting.findings),
    )
    return write_review_file(path, lists)


def _cells(line: Line) -> tuple[object, ...]:
    return (line.number, line.who, line.sheet, line.place, line.what, line.now, line.then, line.form)
