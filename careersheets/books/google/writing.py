"""The requests that replace tool-owned tabs: absolute places only, so that sending them twice is the same as once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from ...vocabulary.sheet import sheet_of
from ...vocabulary.workbook import FIRST_COLUMN, HEADER_ROW, model_of
from ..book import Changes, OutValue, SheetRows
from .cells import Message, cell_data, number_format
from .layout import TAB_MARK, Layout, Tab

# Google asks for requests of about 2 MB; a cell is some 50 bytes.
CELLS_AT_ONCE = 40_000
_VALUE = "userEnteredValue"
_VALUE_AND_LINK = "userEnteredValue,userEnteredFormat.textFormat.link"
_NUMBER_FORMAT = "userEnteredFormat.numberFormat"


def write_batches(layout: Layout, changes: Changes) -> tuple[list[list[Message]], list[str]]:
    """The batches of requests for `changes`, one unless there is very much to write, and what HR should know."""
    layout, added, notes = _with_missing_tabs(layout, changes)
    requests = list(added)
    for new in changes.sheets:
        tab = layout.tab(new.sheet)
        if tab is not None:
            requests += _grow(tab, new.first_row - 1 + len(new.rows), new.first_column - 1 + _width(new))
            requests += _regrid_range(tab, new, layout.sheet_ids)
    missing = []
    for name, value in changes.named_cells.items():
        place = layout.named_cells.get(name.casefold())
        if place is None:
            missing.append(name)
        else:
            requests += set_cell(*place, value)
    if missing:
        listed = ", ".join(f'"{name}"' for name in missing)
        notes.append(f"The workbook no longer has the named cells {listed}, so these were not filled.")
    return list(_in_batches(requests)), notes


def mark_tab(sheet_id: int, name: str) -> Message:
    """The request that makes a tab known as `name` by whatever title HR gives it."""
    about = {
        "metadataKey": TAB_MARK,
        "metadataValue": name,
        "visibility": "DOCUMENT",
        "location": {"sheetId": sheet_id},
    }
    return {"createDeveloperMetadata": {"developerMetadata": about}}


def tab_number(name: str) -> int:
    """The number a tab of ours gets, by what it is called: the same whenever it is made."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:7], 16)


def set_cell(
    sheet_id: int, row: int, column: int, value: OutValue, *, as_number: bool = False
) -> list[Message]:  # fmt: skip
    """The requests that give the cell at `row`, `column` (1-based) a value, with the format of a date if it is one.

    With `as_number` it loses the format it has, as a number does that takes the place of a date.
    """
    cell = grid_range(sheet_id, row, column, row, column)
    shown = {} if as_number else number_format(value)
    return [
        {"updateCells": {"range": cell, "rows": [{"values": [cell_data(value, {})]}], "fields": _VALUE}},
        *([_format(cell, shown)] if shown is not None else []),
    ]


def grid_range(sheet_id: int, top: int, left: int, bottom: int, right: int) -> Message:
    """A GridRange from its corners, 1-based and inclusive."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": top - 1,
        "endRowIndex": bottom,
        "startColumnIndex": left - 1,
        "endColumnIndex": right,
    }


def _with_missing_tabs(layout: Layout, changes: Changes) -> tuple[Layout, list[Message], list[str]]:
    """The layout with tool-owned tabs that HR deleted, the requests that add them, and what HR should know."""
    added: list[Message] = []
    tabs, notes = list(layout.tabs), []
    for new in changes.sheets:
        if layout.tab(new.sheet) is not None:
            continue
        sheet = sheet_of(model_of(new.sheet))
        number = tab_number(new.sheet)
        rows, columns = max(1000, new.first_row + len(new.rows)), max(26, FIRST_COLUMN + len(sheet.columns))
        size = {"rowCount": rows, "columnCount": columns, "frozenRowCount": HEADER_ROW}
        about = {"sheetId": number, "title": new.sheet, "gridProperties": size}
        added += [{"addSheet": {"properties": about}}, mark_tab(number, new.sheet)]
        for row, texts in (
            (HEADER_ROW - 3, [sheet.name]),
            (HEADER_ROW - 2, [sheet.purpose]),
            (HEADER_ROW, [column.header for column in sheet.columns]),
        ):
            added.append(
                _update(
                    grid_range(number, row, FIRST_COLUMN, row, FIRST_COLUMN + len(texts) - 1), [texts], {}
                )
            )
        tabs.append(Tab(number, new.sheet, new.sheet, rows, columns))
        notes.append(f'The sheet "{new.sheet}" was missing and was added again, without its formatting.')
    return Layout(layout.title, tuple(tabs), layout.named_cells, layout.names), added, notes


def _grow(tab: Tab, rows: int, columns: int) -> list[Message]:
    """The requests that make a tab large enough; new rows look as the last one does, new columns are plain."""
    if rows <= tab.rows and columns <= tab.columns:
        return []
    size = {"rowCount": max(rows, tab.rows), "columnCount": max(columns, tab.columns)}
    about = {"sheetId": tab.id, "gridProperties": size}
    fields = "gridProperties.rowCount,gridProperties.columnCount"
    grown: list[Message] = [{"updateSheetProperties": {"properties": about, "fields": fields}}]
    if rows > tab.rows:
        last = grid_range(tab.id, tab.rows, 1, tab.rows, tab.columns)
        new = grid_range(tab.id, tab.rows + 1, 1, rows, tab.columns)
        grown.append({"copyPaste": {"source": last, "destination": new, "pasteType": "PASTE_FORMAT"}})
    return grown


def _regrid_range(tab: Tab, new: SheetRows, sheet_ids: dict[str, int]) -> Iterator[Message]:
    """Headers, then the rows in blocks, the last of which also clears everything below and beside."""
    last_column = new.first_column + len(new.header) - 1
    if new.header:
        place = grid_range(tab.id, new.first_row - 1, new.first_column, new.first_row - 1, last_column)
        yield _update(place, [new.header], sheet_ids)
    height = max(CELLS_AT_ONCE // max(_widest(new.rows), 1), 1)
    starts = range(0, max(len(new.rows), 1), height)
    for start in starts:
        place = {
            "sheetId": tab.id,
            "startRowIndex": new.first_row - 1 + start,
            "startColumnIndex": new.first_column - 1,
        }
        if start != starts[-1]:
            place["endRowIndex"] = new.first_row - 1 + start + height
        yield _update(place, new.rows[start : start + height], sheet_ids)
    for across in range(_widest(new.rows)):
        column = [row[across] for row in new.rows if across < len(row)]
        shown = next(filter(None, map(number_format, column)), None)
        if shown:
            first, last = new.first_row, new.first_row + len(new.rows) - 1
            at = new.first_column + across
            yield _format(grid_range(tab.id, first, at, last, at), shown)


def _update(place: Message, rows: Sequence[Sequence[OutValue]], sheet_ids: dict[str, int]) -> Message:
    content = [{"values": [cell_data(value, sheet_ids) for value in row]} for row in rows]
    return {"updateCells": {"range": place, "rows": content, "fields": _VALUE_AND_LINK}}


def _format(place: Message, shown: Message) -> Message:
    cell: Message = {"userEnteredFormat": {"numberFormat": shown}} if shown else {}
    return {"repeatCell": {"range": place, "cell": cell, "fields": _NUMBER_FORMAT}}


def _in_batches(requests: Sequence[Message]) -> Iterator[list[Message]]:
    """Requests together as long as they hold no more cells than Google likes at once."""
    batch: list[Message] = []
    cells = 0
    for request in requests:
        size = sum(len(row.get("values", ())) for row in request.get("updateCells", {}).get("rows", ()))
        if batch and cells + size > CELLS_AT_ONCE:
            yield batch
            batch, cells = [], 0
        batch.append(request)
        cells += size
    if batch:
        yield batch


def _width(new: SheetRows) -> int:
    return max(_widest(new.rows), len(new.header))


def _widest(rows: Sequence[Sequence[OutValue]]) -> int:
    return max(map(len, rows), default=0)
