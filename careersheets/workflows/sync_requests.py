"""Requests that the menu filed in the sheet Requests: which are open, and the cells that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..books.book import BookContents
from ..books.diff import AddedRow, Diff, build_diff
from ..model.cells import CellRef, CellValue, Grid
from ..tables.headers import Headers, find_headers, find_sheet
from ..tables.values import text_of
from ..vocabulary.confidential import Requests
from ..vocabulary.sheet import sheet_of

REQUESTED, WORKING, DONE, FAILED = "requested", "working", "done", "failed"
# The row in which the sync says how often it runs, where others hold a request.
SYNC = "sync"
LONGEST_MESSAGE = 4000
_SHEET = sheet_of(Requests)


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `people` are those that its arguments name; `row` is the sheet's, 1-based."""

    row: int
    id: str
    action: str
    arguments: str
    state: str
    message: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; one at work was left by a run that broke off."""
        return self.state in (REQUESTED, WORKING)

    @property
    def people(self) -> tuple[str, ...]:
        """The people it is for; none for everybody."""
        return tuple(part.strip() for part in self.arguments.split(";") if part.strip())


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request."""

    state: str
    message: str


def read_requests(contents: BookContents) -> list[Request]:
    """Every row of the sheet that has a Request ID, the sync's own too; none where there is no such sheet."""
    place = _place_of(contents)
    return list(_rows(*place)) if place else []


def open_requests(requests: Sequence[Request]) -> list[Request]:
    """Those that wait for an answer, each id once, in the order of the sheet."""
    waiting = {it.id: it for it in reversed(requests) if it.is_open and it.id != SYNC}
    answered = {it.id for it in requests if not it.is_open}
    return [it for it in reversed(waiting.values()) if it.id not in answered]


def answers_diff(
    contents: BookContents, answers: Mapping[str, Answer], row_of_sync: Mapping[str, str]
) -> Diff | None:
    """The cells that hold `answers`, by request id, and the sync's own row; None if there is nothing to change.

    Args:
        contents: the workbook as it is now; rows may have moved since the requests were read.
        answers: the answers; those whose row is gone are left out.
        row_of_sync: cells of the sync's own row by column name; nothing for leaving it as it is.
    """
    place = _place_of(contents)
    if place is None:
        return None
    grid, headers = place
    wanted: dict[CellRef, CellValue] = {}
    rows = {request.id: request.row for request in reversed(list(_rows(grid, headers)))}
    cells = {request: {"state": it.state, "message": it.message} for request, it in answers.items()}
    if row_of_sync:
        cells[SYNC] = dict(row_of_sync)
    for request, values in cells.items():
        for name, value in values.items():
            if request in rows and name in headers.columns:
                wanted[CellRef(grid.sheet, rows[request], headers.columns[name])] = (
                    value[:LONGEST_MESSAGE] or None
                )
    new = [_new_row(grid, headers, row_of_sync)] if row_of_sync and SYNC not in rows else []
    diff = build_diff(contents, wanted, new)
    return diff if len(diff) else None


def _new_row(grid: Grid, headers: Headers, values: Mapping[str, str]) -> AddedRow:
    first, last = min(headers.columns.values()), max(headers.columns.values())
    by_column = {number: name for name, number in headers.columns.items()}
    cells = tuple(
        {"request_id": SYNC, **values}.get(by_column.get(number, "")) for number in range(first, last + 1)
    )
    return AddedRow(grid.sheet, cells, first, headers.row)


def _place_of(contents: BookContents) -> tuple[Grid, Headers] | None:
    grid = find_sheet(_SHEET, contents.grids)
    headers, _ = find_headers(_SHEET, grid) if grid else (None, [])
    return (grid, headers) if grid and headers and "request_id" in headers.columns else None


def _rows(grid: Grid, headers: Headers) -> Iterator[Request]:
    def text(row: int, name: str) -> str:
        column = headers.columns.get(name)
        return (text_of(grid.cell(row, column)) or "").strip() if column else ""

    for row in range(headers.row + 1, grid.row_count + 1):
        if text(row, "request_id"):
            names = ("request_id", "action", "arguments", "state", "message")
            yield Request(row, *(text(row, name) for name in names))
