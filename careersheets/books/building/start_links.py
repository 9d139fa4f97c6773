"""The way from Start to every sheet, by group, each in the colour of its tabs."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.sheet import Group
from ...vocabulary.workbook import GROUP_COLOURS, PERSON, all_sheets
from .building import Building
from .start_grid import COLUMNS, FIRST, write_heading
from .theme import HAIRLINE, QUIET, SMALL, TEAL

_HALF = COLUMNS // 2
_LINK_COLUMNS = 3
_TITLES: dict[Group, tuple[str, str]] = {
    "daily": ("Every day", "the tabs at the left"),
    "framework": ("Framework", "what each level asks for"),
    "set-up": ("Set-up", "how this workbook works"),
    "conversation": ("Conversations", "what people said and agreed"),
    "results": ("Results", "written by each report"),
    "HR only": ("HR only", "in no document"),
}
_LEFT: tuple[Group, ...] = ("daily", "framework", "set-up")
_RIGHT: tuple[Group, ...] = ("results", "conversation", "HR only")
_PERSON_PURPOSE = "One person's gaps, readiness and radar, live."


def write_links(building: Building, worksheet: Worksheet, row: int) -> int:
    """Write the lists from `row` (0-based); the last row used."""
    write_heading(building, worksheet, row, "Go to")
    ends = [
        _write_groups(building, worksheet, row + 2, first, groups)
        for first, groups in ((FIRST, _LEFT), (FIRST + _HALF, _RIGHT))
    ]
    worksheet.set_row(row + 1, 6)
    for line in range(row + 2, max(ends)):
        worksheet.set_row(line, 19)
    return max(ends) - 1


def _write_groups(
    building: Building, worksheet: Worksheet, row: int, first: int, groups: tuple[Group, ...]
) -> int:
    for group in groups:
        row = _write_group(building, worksheet, row, first, group) + 1
    return row


def _write_group(building: Building, worksheet: Worksheet, row: int, first: int, group: Group) -> int:
    """The group's name and its sheets; the row after them."""
    title, note = _TITLES[group]
    edge = {"left": 5, "left_color": f"#{GROUP_COLOURS[group]}"}
    worksheet.write_string(row, first, title, building.styles(bold=True, font_size=11.5, indent=1, **edge))
    quiet = building.styles(font_size=SMALL, font_color=QUIET)
    worksheet.write_string(row, first + _LINK_COLUMNS, note, quiet)
    for name, purpose in _pages(group):
        row += 1
        link = building.styles(
            font_color=TEAL, underline=1, indent=1, bottom=1, bottom_color=HAIRLINE, **edge
        )
        worksheet.write_url(row, first, f"internal:'{name}'!A1", link, name, f"Go to {name}")
        for column in range(first + 1, first + _HALF - 1):
            worksheet.write_blank(row, column, None, building.styles(bottom=1, bottom_color=HAIRLINE))
        line = building.styles(font_size=SMALL, font_color=QUIET, bottom=1, bottom_color=HAIRLINE)
        worksheet.write_string(row, first + _LINK_COLUMNS, purpose, line)
    return row + 1


def _pages(group: Group) -> list[tuple[str, str]]:
    pages = [(sheet.name, sheet.purpose) for sheet in all_sheets() if sheet.group == group]
    return [*pages, (PERSON, _PERSON_PURPOSE)] if group == "daily" else pages
