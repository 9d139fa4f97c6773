"""What every page has: title, way home, tab colour, and how it prints."""

from __future__ import annotations

from math import ceil

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.sheet import Group, Sheet
from ...vocabulary.workbook import FIRST_COLUMN, GROUP_COLOURS, HEADER_ROW, START
from .building import Building
from .layout import Slot
from .theme import INK, QUIET, SMALL, TEAL, TITLE

_A4 = 9
# More characters than this across one landscape page are too small to read.
_CHARACTERS_PER_PAGE = 230
_TOOL_NOTE = "Written by careersheets; every run replaces it."
_NOT_IN_USE = "Kept for later: this version makes nothing of it."


def head_page(building: Building, worksheet: Worksheet, title: str, purpose: str) -> None:
    """Title, purpose and the way home, above whatever the page holds."""
    styles = building.styles
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 4.3, styles())
    for row, height in ((0, 9), (1, 30), (2, 18), (3, 9)):
        worksheet.set_row(row, height, styles())
    home = styles(font_size=15, font_color=TEAL, align="center")
    worksheet.write_url(1, 0, f"internal:'{START}'!A1", home, "⌂", f"Back to {START}")
    first = FIRST_COLUMN - 1
    worksheet.write_string(1, first, title, styles(font_size=TITLE, bold=True, font_color=INK))
    worksheet.write_string(2, first, purpose, styles(font_color=QUIET))


def purpose_line(sheet: Sheet) -> str:
    """The sentence under the title."""
    if not sheet.in_use:
        return f"{sheet.purpose}  ·  {_NOT_IN_USE}"
    return f"{sheet.purpose}  ·  {_TOOL_NOTE}" if sheet.owner == "tool" else sheet.purpose


def set_up_printing(worksheet: Worksheet, group: Group, slots: tuple[Slot, ...]) -> None:
    """Landscape, header row on each page, as many pages across as it takes to stay readable."""
    set_up_page(worksheet, group)
    worksheet.set_landscape()
    pages = ceil(sum(slot.width for slot in slots) / _CHARACTERS_PER_PAGE)
    worksheet.fit_to_pages(pages, 0)
    worksheet.repeat_rows(HEADER_ROW - 1)
    if pages > 1:
        worksheet.repeat_columns(0, FIRST_COLUMN)


def set_up_page(worksheet: Worksheet, group: Group) -> None:
    """Tab colour, paper, margins and footer."""
    worksheet.set_tab_color(f"#{GROUP_COLOURS[group]}")
    worksheet.set_paper(_A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.65)
    mark = "CONFIDENTIAL · HR only" if group in {"HR only", "very hidden"} else "Confidential"
    # &8 sets the size; a digit right after it would be read as part of the size, so text comes first.
    worksheet.set_footer(f'&L&"Calibri"&8{mark}&C&"Calibri"&8&A&R&"Calibri"&8Page &P of &N')


def header_properties(*, calculated: bool) -> dict[str, object]:
    """How the cells of a header row look; calculated columns are lighter."""
    return {
        "bold": True,
        "font_color": "#FFFFFF",
        "font_size": SMALL + 0.5,
        "bg_color": "#5B6B82" if calculated else INK,
        "bottom": 2,
        "bottom_color": TEAL,
        "text_wrap": True,
    }
