"""Build a master workbook from the vocabulary: every sheet, formula, drop-down, chart and print set-up.

All groups are visible, for Excel follows no link to a hidden sheet; only the two sheets HR never needs are very hidden.
What "the first open shows the daily tabs" means here: they stand leftmost, the tab bar is wide enough for all of them,
Start is active, and the other groups follow to the right in their colours and are a link away on Start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from ...vocabulary.sheet import Group, Sheet
from ...vocabulary.workbook import PERSON, START, all_sheets
from .building import Building
from .defaults import with_defaults
from .drawn import DrawnWorkbook
from .entry import list_sources
from .fitting_sheet import FittingSheet
from .names import KnownNames
from .person_page import write_person_page
from .roi import write_roi
from .start_page import write_start_page
from .table_page import write_table_page
from .theme import BODY, FONT, Styles
from .tool_page import write_tool_page

# Fixed, so that the same rows give the same bytes on every machine.
CREATED = datetime(2026, 1, 1)
_DAILY: Group = "daily"


def build_workbook(
    path: str | Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    *,
    created: datetime = CREATED,
    identity: str = "",
) -> None:
    """Write a master workbook to `path`.

    Args:
        path: where the .xlsx goes; what stands there is replaced.
        rows: by sheet name, rows keyed by the vocabulary's column names. Values of several entries are tuples; truth is
            written as Yes and No; N/A stands as the text "N/A". Sheets without rows are empty, except Settings, Rating
            scales, Cadences and ROI, which have those of a new workbook.
        created: the date in the file's properties.
        identity: by which the workbook's ledger is found wherever it lies; its first run gives it one if left out.
    """
    workbook = Workbook(str(path))
    _set_properties(workbook, created)
    _draw(workbook, rows or {}, identity)
    start = workbook.get_worksheet_by_name(START)
    if start is not None:
        start.activate()
    workbook.close()


def draw_workbook(
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None, *, identity: str = ""
) -> DrawnWorkbook:
    """The master workbook for Google Sheets, as plain data; `rows` and `identity` as for `build_workbook`."""
    workbook = DrawnWorkbook()
    _draw(workbook, rows or {}, identity, for_google=True)
    return workbook


def page_order() -> list[str]:
    """The names of all pages in tab order."""
    daily = [sheet.name for sheet in all_sheets() if sheet.group == _DAILY]
    others = [sheet.name for sheet in all_sheets() if sheet.group != _DAILY]
    return [START, *daily, PERSON, *others]


def _set_properties(workbook: Workbook, created: datetime) -> None:
    workbook.set_properties(
        {"title": "Careers", "subject": "Career framework, evaluations and conversations", "created": created}
    )
    workbook.set_size(1900, 1150)
    workbook.set_tab_ratio(82)
    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(BODY)


def _draw(
    workbook: Any,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    identity: str,
    *,
    for_google: bool = False,
) -> None:  # fmt: skip
    """Everything that stands in a master workbook, into XlsxWriter's or one that keeps what is drawn."""
    filled = with_defaults(rows)
    building = Building(workbook, Styles(workbook), filled, KnownNames(filled), for_google=for_google)
    _add_pages(workbook)
    write_start_page(building, identity)
    write_person_page(building)
    for sheet in all_sheets():
        _write_page(building, sheet)
    if not rows.get("ROI"):
        write_roi(building)
    for name, source in list_sources(all_sheets()).items():
        workbook.define_name(name, source)


def _add_pages(workbook: Any) -> None:
    fitting = {sheet.name for sheet in all_sheets() if sheet.owner != "tool"}
    for name in page_order():
        workbook.add_worksheet(name, FittingSheet if name in fitting else None)


def _write_page(building: Building, sheet: Sheet) -> None:
    if sheet.owner == "tool":
        write_tool_page(building, sheet)
    else:
        write_table_page(building, sheet)
    if sheet.group == "very hidden":
        building.page(sheet.name).very_hidden()
