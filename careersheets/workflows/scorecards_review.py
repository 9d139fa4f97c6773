"""The difference that scorecards make, line by line, in a small workbook to read before anything is entered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ..books.building.scorecard_review import PlainList
from ..books.diff import DIFF_HEADERS, diff_rows
from .review_file import to_settle, write_review_file
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
    lists = (
        PlainList("To enter", DIFF_HEADERS, _LINE_WIDTHS, diff_rows(merging.diff, merging.contents)),
        to_settle(_FINDING_HEADERS, _FINDING_WIDTHS, merging.findings),
    )
    return write_review_file(path, lists)
