"""A drawn workbook as requests to Google: its tabs, what stands in them, and the names of single cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...model.cells import CellError, Uncalculated, parse_address
from ...vocabulary.sheet import Sheet, sheet_of
from ...vocabulary.workbook import HEADER_ROW, SHEETS
from ..building.cells import as_text
from ..building.drawn import DrawnCell, DrawnPage, DrawnWorkbook
from ..building.layout import slots_of
from ..workbook_index import split_place
from .cells import Message, cell_data
from .formulas import for_google, names_formula
from .looks import colour
from .writing import grid_range, mark_tab, tab_number

# Rows below what is drawn: for HR to fill, and for a run, which adds what lacks.
_FREE, _FREE_OF_TOOL = 500, 50
_MARGIN = 1
_BY_FORMULA = "Comes by formula. Type nothing into this column, or it shows nothing more."
_SHEETS = {sheet.name: sheet for sheet in map(sheet_of, SHEETS)}


def add_tabs(workbook: DrawnWorkbook) -> Iterator[Message]:
    """The requests that add every tab, in order, and mark it as ours."""
    for index, page in enumerate(workbook.pages.values()):
        rows, columns = size_of(page)
        grid = {"rowCount": rows, "columnCount": columns, "hideGridlines": True}
        frozen = {"frozenRowCount": page.frozen[0], "frozenColumnCount": page.frozen[1]}
        about = {
            "sheetId": tab_number(page.name),
            "title": page.name,
            "index": index,
            "hidden": page.hidden,
            "tabColorStyle": colour(page.colour),
            "gridProperties": grid | {name: count for name, count in frozen.items() if count},
        }
        yield {"addSheet": {"properties": about}}
        yield mark_tab(tab_number(page.name), page.name)


def name_cells(workbook: DrawnWorkbook) -> Iterator[Message]:
    """The requests that name the single cells which the tool fills and HR chooses in."""
    for name, stands_for in workbook.names.items():
        if "(" in stands_for or "[" in stands_for:
            continue
        sheet, address = split_place(stands_for)
        row, column = parse_address(address)
        cell = grid_range(tab_number(sheet), row, column, row, column)
        yield {"addNamedRange": {"namedRange": {"name": name, "range": cell}}}


def fill_tabs(workbook: DrawnWorkbook) -> Iterator[Message]:
    """The requests that write texts, numbers, formulas and the notes on headers."""
    for page in workbook.pages.values():
        yield from _fill(page, contents_of(page))
    yield from _notes(workbook)


def contents_of(page: DrawnPage) -> dict[tuple[int, int], DrawnCell]:
    """The cells of a page that hold something, by row and column from 0, with formulas as Google wants them.

    What stands in name columns comes from one formula in each header; calculated cells of tables, too, hold no more.
    """
    found = {
        place: cell for place, cell in page.cells.items() if cell.formula or cell.value not in (None, "")
    }
    for slot in slots_of(_SHEETS[page.name]) if page.name in _SHEETS else ():
        if slot.is_name:
            found = {
                place: cell
                for place, cell in found.items()
                if place[1] != slot.index or place[0] < HEADER_ROW
            }
            found[HEADER_ROW - 1, slot.index] = DrawnCell(formula=names_formula(slot))
    return found


def size_of(page: DrawnPage) -> tuple[int, int]:
    """Rows and columns of the tab: what is drawn, and a margin."""
    width = max([*(column for _, column in page.cells), *page.columns]) + 1
    height = max(row for row, _ in page.cells) + 1
    sheet = sheet_of_page(page)
    free = _MARGIN if sheet is None else _FREE_OF_TOOL if sheet.owner == "tool" else _FREE
    return height + free, width + _MARGIN


def sheet_of_page(page: DrawnPage) -> Sheet | None:
    """What is declared of the sheet; None for Start and Person."""
    return _SHEETS.get(page.name)


def is_table(page: DrawnPage) -> bool:
    """Whether it holds a header and rows, rather than a page laid out freely."""
    return page.name in _SHEETS


def runs_of(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of numbers without a gap; `columns` ascend."""
    for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        members = [column for _, column in run]
        yield members[0], members[-1]


def stacked(blocks: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Blocks (top, bottom, left, right) of equal width that stand one upon the other, as one."""
    joined: list[tuple[int, int, int, int]] = []
    for block in sorted(blocks, key=lambda it: (it[2], it[3], it[0])):
        top, bottom, left, right = block
        if joined and joined[-1][2:] == (left, right) and joined[-1][1] == top - 1:
            joined[-1] = (joined[-1][0], bottom, left, right)
        else:
            joined.append(block)
    return joined


def _fill(page: DrawnPage, cells: dict[tuple[int, int], DrawnCell]) -> Iterator[Message]:
    """One request for each block of rows that are filled in the same columns."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        rows.setdefault(row, []).append(column)
    blocks = [(row, row, first, last) for row, columns in rows.items() for first, last in runs_of(columns)]
    for top, bottom, left, right in stacked(blocks):
        content = [
            {"values": [_cell(cells[row, column]) for column in range(left, right + 1)]}
            for row in range(top, bottom + 1)
        ]
        start = {"sheetId": tab_number(page.name), "rowIndex": top, "columnIndex": left}
        yield {"updateCells": {"start": start, "rows": content, "fields": "userEnteredValue"}}


def _cell(cell: DrawnCell) -> Message:
    """The message CellData; text stays text, and yes and no are words."""
    if cell.formula:
        return {"userEnteredValue": {"formulaValue": for_google(cell.formula)}}
    if isinstance(cell.value, CellError):
        return {"userEnteredValue": {"formulaValue": f"={cell.value.code}"}}
    if isinstance(cell.value, Uncalculated):
        return {"userEnteredValue": {"formulaValue": for_google(cell.value.formula or "=1")}}
    return cell_data(as_text(cell.value) if isinstance(cell.value, bool | tuple | list) else cell.value, {})


def _notes(workbook: DrawnWorkbook) -> Iterator[Message]:
    """What a column is for, as a note on its header: Google shows it where Excel shows its input help."""
    for sheet in _SHEETS.values():
        slots = slots_of(sheet)
        notes = [{"note": slot.column.help if not slot.is_name else _BY_FORMULA} for slot in slots]
        start = {
            "sheetId": tab_number(sheet.name),
            "rowIndex": HEADER_ROW - 1,
            "columnIndex": slots[0].index,
        }
        yield {"updateCells": {"start": start, "rows": [{"values": notes}], "fields": "note"}}
