"""A drawn workbook as requests to Google: how its cells look, how wide its columns are, and what is merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from ...vocabulary.workbook import FIRST_ROW, HEADER_ROW
from ..building.drawn import DrawnCell, DrawnLine, DrawnPage, DrawnWorkbook, Look
from ..workbook_index import split_place
from .cells import Message
from .contents import is_table, size_of, stacked
from .looks import cell_format
from .writing import grid_range, tab_number

# A character of the body type is 7 pixels wide, and a cell has 5 pixels of its own; a point is 4/3 pixels.
_CHARACTER, _AIR, _POINT = 7, 5, 4 / 3
_FORMAT = "userEnteredFormat"
_PLAIN = Look({})

Looks = dict[tuple[int, int], tuple[Look, str]]


def dress_tabs(workbook: DrawnWorkbook) -> Iterator[Message]:
    """The requests that make every tab look as it is drawn."""
    for page in workbook.pages.values():
        yield from _formats(page)
        yield from _sizes(page)
        for area in page.merged:
            cells = grid_range(
                tab_number(page.name), area.top + 1, area.left + 1, area.bottom + 1, area.right + 1
            )
            yield {"mergeCells": {"range": cells, "mergeType": "MERGE_ALL"}}


def _formats(page: DrawnPage) -> Iterator[Message]:
    """The body type everywhere; each column of a table down to the end of the tab; then what is drawn otherwise."""
    yield _repeat({"sheetId": tab_number(page.name)}, _PLAIN)
    body = _body_looks(page)
    for column, look in sorted(body.items()):
        area = {"startRowIndex": FIRST_ROW - 1, "startColumnIndex": column, "endColumnIndex": column + 1}
        yield _repeat({"sheetId": tab_number(page.name), **area}, look)
    looks = _drawn_looks(page, body)
    for (look, link), spots in _by_look(looks):
        runs = [(row, row, first, last) for row, first, last in spots]
        for top, bottom, left, right in stacked(runs):
            area = grid_range(tab_number(page.name), top + 1, left + 1, bottom + 1, right + 1)
            yield _repeat(area, look, link)


def _body_looks(page: DrawnPage) -> dict[int, Look]:
    """How the cells of each column look below the header of a table, however many rows there come to be."""
    if not is_table(page):
        return {}
    if page.table is not None:
        first = page.table.place.left
        return {first + number: column["format"] for number, column in enumerate(page.table.columns)}
    row = FIRST_ROW - 1
    return {column: cell.look for (at, column), cell in page.cells.items() if at == row and cell.look}


def _drawn_looks(page: DrawnPage, body: Mapping[int, Look]) -> Looks:
    """By cell: the look and the link of every cell that differs from what is below and around it."""
    looks: Looks = {}
    for row, line in page.rows.items():
        if line.look is not None:
            looks |= {(row, column): (line.look, "") for column in range(size_of(page)[1])}
    for (row, column), cell in page.cells.items():
        look = cell.look or _PLAIN
        if row < FIRST_ROW - 1 or body.get(column) is not look:
            looks[row, column] = (look, _address(cell))
    return {place: found for place, found in looks.items() if found != (_PLAIN, "")}


def _address(cell: DrawnCell) -> str:
    """Where a link leads, as a browser has it within the sheet."""
    if not cell.link:
        return ""
    sheet, address = split_place(cell.link)
    return f"#gid={tab_number(sheet)}&range={address}"


def _by_look(looks: Looks) -> Iterator[tuple[tuple[Look, str], list[tuple[int, int, int]]]]:
    """For each look, its stretches as (row, first column, last column)."""
    found: dict[tuple[Look, str], list[tuple[int, int, int]]] = {}
    for (row, column), style in sorted(looks.items(), key=lambda item: item[0]):
        spots = found.setdefault(style, [])
        if spots and spots[-1][0] == row and spots[-1][2] == column - 1:
            spots[-1] = (row, spots[-1][1], column)
        else:
            spots.append((row, column, column))
    yield from found.items()


def _repeat(area: Message, look: Look, link: str = "") -> Message:
    cell = {_FORMAT: cell_format(look.properties, link=link)}
    return {"repeatCell": {"range": area, "cell": cell, "fields": _FORMAT}}


def _sizes(page: DrawnPage) -> Iterator[Message]:
    """Widths and heights; the rows of tables open as far as their texts need, now and later."""
    rows = {row: line for row, line in page.rows.items() if not is_table(page) or row < HEADER_ROW}
    for dimension, lines, unit, extra in (
        ("COLUMNS", page.columns, _CHARACTER, _AIR),
        ("ROWS", rows, _POINT, 0),
    ):
        for first, last, size, hidden in _stretches(lines):
            pixels = {} if size is None else {"pixelSize": round(size * unit + extra)}
            about = pixels | ({"hiddenByUser": True} if hidden else {})
            if about:
                line = {
                    "sheetId": tab_number(page.name),
                    "dimension": dimension,
                    "startIndex": first,
                    "endIndex": last + 1,
                }
                change = {"range": line, "properties": about, "fields": ",".join(about)}
                yield {"updateDimensionProperties": change}
    last_row = max(row for row, _ in page.cells)
    if is_table(page) and last_row >= FIRST_ROW - 1:
        body = {"dimension": "ROWS", "startIndex": FIRST_ROW - 1, "endIndex": last_row + 1}
        yield {"autoResizeDimensions": {"dimensions": {"sheetId": tab_number(page.name), **body}}}


def _stretches(lines: Mapping[int, DrawnLine]) -> Iterator[tuple[int, int, float | None, bool]]:
    """First and last of each run of rows or columns that are alike."""
    ordered = sorted(lines.items())
    alike = groupby(
        enumerate(ordered), key=lambda item: (item[1][0] - item[0], item[1][1].size, item[1][1].hidden)
    )
    for (_, size, hidden), run in alike:
        members = [number for _, (number, _) in run]
        yield members[0], members[-1], size, hidden
