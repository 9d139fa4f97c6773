"""New rows and new tabs of HR's in a Google Sheet: put in below what stands there, never over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ...model.cells import CellValue, cell_address
from ..diff import AddedRow, AddedSheet, CellChange, Diff
from .cells import Message, cell_data, number_format, plain
from .identity import CellEdit, RowIdentity, TabState
from .writing import CELLS_AT_ONCE, grid_range

# Each changed cell takes a few requests and a row of the journal.
CHANGES_AT_ONCE = 1_000
_MARGIN = 20
_NUMBER_FORMAT = "userEnteredFormat.numberFormat"

Kinds = Mapping[tuple[int, int], str]


def insert_rows(
    state: TabState, added: Sequence[AddedRow], kinds: Kinds | None = None, filled_to: int = 0
) -> list[Message]:
    """The requests that put new rows below the last filled one; whatever stands there by then moves down.

    A formula in a column that the new rows leave blank is filled down from the row above.

    Args:
        state: the tab as it was seen.
        added: rows of the same columns.
        kinds: the kinds of number formats the tab has, by row and column.
        filled_to: a row that the same batch fills before.
    """
    header, first = added[0].header_row, added[0].first_column
    width = max(len(row.values) for row in added)
    last = max(last_filled(state, header, range(first, first + width)), filled_to)
    requests = [_make_room(state, last, len(added), inherit=last > header)]
    requests += _filled_block(state.id, last + 1, added, kinds or {}, model=max(last, header + 1))
    if last == state.rows == header:
        return requests
    model = last if last > header else last + 1
    source = model if model <= last else model + len(added)
    taken = {first + across for row in added for across, value in enumerate(row.values) if value is not None}
    for column in sorted(
        column for number, column in state.formulas if number == model and column not in taken
    ):
        target = grid_range(state.id, last + 1, column, last + len(added), column)
        requests.append(
            copy_cells(grid_range(state.id, source, column, source, column), target, "PASTE_FORMULA")
        )
    return requests


def first_rows(
    sheet_ids: Mapping[str, int], states: Mapping[int, TabState], added: Sequence[AddedRow]
) -> tuple[list[CellEdit], list[AddedRow]]:
    """The rows that go into the blank one below a header, as edits, and the others.

    Formulas of the tab begin at that row. Rows put in above it would stand outside of them.
    """
    edits: list[CellEdit] = []
    others: list[AddedRow] = []
    seen: set[str] = set()
    for row in added:
        written = [] if row.sheet in seen else _first_row_edits(states[sheet_ids[row.sheet]], row)
        seen.add(row.sheet)
        edits += written
        others += [] if written else [row]
    return edits, others


def last_filled(state: TabState, header: int, columns: Iterable[int]) -> int:
    """The last row in which people filled one of `columns`; the header's if there is none."""
    looked_at = tuple(columns)
    for number in range(len(state.values), header, -1):
        if any(
            state.value(number, at) is not None and (number, at) not in state.formulas for at in looked_at
        ):
            return number
    return header


def widen(
    sheet_ids: Mapping[str, int],
    states: Mapping[int, TabState],
    edits: Sequence[CellEdit],
    added: Sequence[AddedRow],
) -> Iterator[Message]:
    """The requests that widen tabs for what is written beyond their last column."""
    needed = {number: state.columns for number, state in states.items()}
    for edit in edits:
        needed[edit.sheet_id] = max(needed[edit.sheet_id], edit.column)
    for row in added:
        tab = sheet_ids[row.sheet]
        needed[tab] = max(needed[tab], row.first_column - 1 + len(row.values))
    for number, width in needed.items():
        if width > states[number].columns:
            about = {"sheetId": number, "gridProperties": {"columnCount": width}}
            fields = "gridProperties.columnCount"
            yield {"updateSheetProperties": {"properties": about, "fields": fields}}


def add_tab(sheet: AddedSheet) -> list[Message]:
    """The requests that add a tab of HR's own with what stands in it. It has a number by which a second try is known."""
    number = own_tab_number(sheet.name)
    width = max([1, *map(len, sheet.rows)])
    size = {"rowCount": len(sheet.rows) + _MARGIN, "columnCount": width + 1}
    about = {"sheetId": number, "title": sheet.name, "hidden": sheet.hidden, "gridProperties": size}
    rows = [AddedRow(sheet.name, row) for row in sheet.rows]
    return [
        {"addSheet": {"properties": about}},
        *(_filled_block(number, 1, rows, {}, model=0) if rows else ()),
    ]


def first_part(sheet: AddedSheet) -> tuple[AddedSheet, list[AddedRow]]:
    """What of a new tab fits into one batch, and the rows to add later."""
    cut = min(len(sheet.rows), max(CELLS_AT_ONCE // max([1, *map(len, sheet.rows)]), 1))
    while cut < len(sheet.rows) and cut > 1 and not any(value is not None for value in sheet.rows[cut - 1]):
        # Rows are added below the last one that is filled.
        cut -= 1
    later = [AddedRow(sheet.name, row, again=True) for row in sheet.rows[cut:]]
    return replace(sheet, rows=sheet.rows[:cut]), later


def own_tab_number(name: str) -> int:
    """The number that a tab of HR's own called `name` gets."""
    return int(hashlib.sha256(f"own {name}".encode()).hexdigest()[:7], 16)


def split_diff(diff: Diff) -> Iterator[Diff]:
    """Changes and new rows in parts of which each fits into one batch; the cells of one row stay together."""
    part: list[CellChange] = []
    for _, group in groupby(diff.changes, key=lambda change: (change.cell.sheet, change.cell.row)):
        row = list(group)
        if part and len(part) + len(row) > CHANGES_AT_ONCE:
            yield Diff(tuple(part), kinds=diff.kinds)
            part = []
        part += row
    rows: list[AddedRow] = []
    cells = 0
    for added in diff.additions:
        if rows and cells + len(added.values) > CELLS_AT_ONCE:
            yield Diff(tuple(part), tuple(rows), kinds=diff.kinds)
            part, rows, cells = [], [], 0
        rows.append(added)
        cells += len(added.values)
    if part or rows:
        yield Diff(tuple(part), tuple(rows), kinds=diff.kinds)


def copy_cells(source: Message, destination: Message, kind: str) -> Message:
    """The request that copies cells; `kind` is Google's word for what of them."""
    return {"copyPaste": {"source": source, "destination": destination, "pasteType": kind}}


def _first_row_edits(state: TabState, row: AddedRow) -> list[CellEdit]:
    """The edits that write a row into the blank one below the header; none where that is not blank or not there."""
    number = row.header_row + 1
    place = f"{row.sheet}!{cell_address(number, row.first_column)}"
    columns = tuple(range(1, max(state.columns, row.first_column - 1 + len(row.values)) + 1))
    blank = RowIdentity(columns, (None,) * len(columns))
    filled = last_filled(state, row.header_row, columns) > row.header_row
    if filled or number > state.rows or not blank.matches(state.row(number)):
        return []
    return [
        CellEdit(state.id, number, column, blank, None, value, (), place)
        for column, value in enumerate(row.values, row.first_column)
        if plain(value) is not None and (number, column) not in state.formulas
    ]


def _make_room(state: TabState, last: int, count: int, *, inherit: bool) -> Message:
    if last >= state.rows:
        return {"appendDimension": {"sheetId": state.id, "dimension": "ROWS", "length": count}}
    place = {"sheetId": state.id, "dimension": "ROWS", "startIndex": last, "endIndex": last + count}
    return {"insertDimension": {"range": place, "inheritFromBefore": inherit}}


def _filled_block(
    sheet_id: int, first_row: int, added: Sequence[AddedRow], kinds: Kinds, *, model: int
) -> Iterator[Message]:
    """Values in one request, then the formats of days and times where the row `model` has others."""
    first = added[0].first_column
    start = {"sheetId": sheet_id, "rowIndex": first_row - 1, "columnIndex": first - 1}
    rows = [{"values": [cell_data(value, {}) for value in row.values]} for row in added]
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    for across in range(max(len(row.values) for row in added)):
        there = kinds.get((model, first + across), "")
        column = [row.values[across] if across < len(row.values) else None for row in added]
        for shown, top, bottom in _stretches(column, there):
            place = grid_range(sheet_id, first_row + top, first + across, first_row + bottom, first + across)
            cell = {"userEnteredFormat": {"numberFormat": shown}}
            yield {"repeatCell": {"range": place, "cell": cell, "fields": _NUMBER_FORMAT}}


def _stretches(column: Sequence[CellValue], there: str) -> Iterator[tuple[Message, int, int]]:
    """Each stretch of a column that needs a format other than the one `there`: the format, first and last place."""
    needed = [number_format(value) for value in column]
    for shown, run in groupby(enumerate(needed), key=lambda pair: pair[1]):
        places = [place for place, _ in run]
        if shown is not None and shown["type"] != there and (shown["type"], there) != ("DATE", "DATE_TIME"):
            yield shown, places[0], places[-1]
