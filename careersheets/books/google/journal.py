"""One batch of edits that leaves its own proof: a tab with the rows as they were the moment before.

Google has no write that happens only if a cell still holds a value. But a batch is done whole or not at all, and in
order. So each batch first adds the journal, a hidden tab, and copies into it every row that it is about to touch. What
stands in the journal is what was replaced, whoever had changed what since our last look. And as no second tab can have
its title, no batch is done twice: not when a reply was lost, and not by the next run after this one was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from .adding import copy_cells
from .cells import Message, Plain, cell_data, from_extended, plain
from .identity import CellEdit, RowIdentity, TabState
from .layout import JOURNAL
from .writing import set_cell

# Any number will do that Google does not draw by chance twice; one more for each batch.
JOURNAL_ID = 1_936_287_000
JOURNAL_FIELDS = "sheets(properties.sheetId,data.rowData.values.effectiveValue)"


@dataclass(frozen=True, slots=True)
class Journal:
    """What one batch replaced: each edit with the whole row as it was. `run` says whose batch it was."""

    run: str
    sheet_id: int
    entries: tuple[tuple[CellEdit, tuple[Plain, ...]], ...]


def journal_requests(
    run: str, sheet_id: int, edits: Sequence[CellEdit], states: dict[int, TabState]
) -> list[Message]:
    """The requests that add the journal, fill it, and then make the edits; each at the row it says."""
    width = 1 + max([1, *(states[edit.sheet_id].columns for edit in edits)])
    size = {"rowCount": len(edits) + 1, "columnCount": width}
    about = {"sheetId": sheet_id, "title": JOURNAL, "hidden": True, "gridProperties": size}
    lines = [run, *(_to_line(edit) for edit in edits)]
    requests: list[Message] = [
        {"addSheet": {"properties": about}},
        {
            "updateCells": {
                "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": [cell_data(line, {})]} for line in lines],
                "fields": "userEnteredValue",
            }
        },
    ]
    for number, edit in enumerate(edits, 1):
        columns = states[edit.sheet_id].columns
        source = _rows(edit.sheet_id, edit.row, edit.row, 0, columns)
        requests.append(
            copy_cells(source, _rows(sheet_id, number + 1, number + 1, 1, columns + 1), "PASTE_VALUES")
        )
    for edit in edits:
        requests += set_cell(edit.sheet_id, edit.row, edit.column, edit.new, as_number=edit.as_number)
    return requests


def read_journal(spreadsheet: Message) -> Journal | None:
    """The journal from the message Spreadsheet, asked for with `JOURNAL_FIELDS`; None if there is none."""
    sheets = spreadsheet.get("sheets", [])
    if not sheets:
        return None
    rows = [
        [from_extended(cell.get("effectiveValue", {})) for cell in row.get("values", [])]
        for row in sheets[0].get("data", [{}])[0].get("rowData", [])
    ]
    run = str(rows[0][0]) if rows and rows[0] else ""
    entries = tuple((_from_line(str(row[0])), tuple(row[1:])) for row in rows[1:] if row)
    return Journal(run, sheets[0]["properties"]["sheetId"], entries)


def _rows(sheet_id: int, first: int, last: int, left: int, right: int) -> Message:
    """A GridRange of rows, 1-based and inclusive, and of columns as Google counts them."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": first - 1,
        "endRowIndex": last,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def _to_line(edit: CellEdit) -> str:
    values = [
        edit.sheet_id,
        edit.row,
        edit.column,
        list(edit.identity.columns),
        list(edit.identity.values),
        edit.old,
        plain(edit.new),
        list(edit.keys),
        edit.place,
        edit.undoes,
    ]
    return json.dumps(values, ensure_ascii=False)


def _from_line(line: str) -> CellEdit:
    sheet_id, row, column, columns, values, old, new, keys, place, undoes = json.loads(line)
    identity = RowIdentity(tuple(columns), tuple(values))
    return CellEdit(sheet_id, row, column, identity, old, new, tuple(keys), place, undoes)
