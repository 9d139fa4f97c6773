"""A master workbook kept in Google Sheets, where people go on working while it is read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ...model.cells import CellValue
from ..book import BookContents, Changes, NamedCell, Receipt
from ..diff import AddedRow, AddedSheet, Diff
from ..formula_cells import Places, by_sheet
from ..refusals import WriteRefusal, WriteRefused
from .adding import add_tab, first_part, own_tab_number, split_diff
from .cells import Message, quoted_title
from .client import Failure, GoogleClient
from .errors import GoogleFault, explain
from .layout import (
    LAYOUT_FIELDS,
    Layout,
    check_not_shrunken,
    count_rows,
    fingerprint_inputs,
    read_grids,
    read_layout,
)
from .rows import RowEdits
from .writing import write_batches

_TRIES = 4
# What a batch is refused with where the tabs are no longer those it was made for.
_OTHER_TABS = (GoogleFault.NOT_UNDERSTOOD, GoogleFault.NO_SUCH_TAB, GoogleFault.OUTSIDE_GRID)

_ON_PURPOSE = "say so once: careersheets sync ADDRESS --once --fewer-rows"


class GoogleSheet:
    """The spreadsheet with the number `spreadsheet_id`, as a `Book`.

    Tool-owned tabs are replaced whole, in one request. HR's rows are found by what they are, never by where they were,
    and what a change replaced is kept until it is known to be what the change was made for; see rows.py.

    Args:
        client: to Google, for the account that the sheet is shared with.
        spreadsheet_id: the long part of the sheet's address.
        rows_before: how many rows each sheet had in an earlier run (`row_counts`); far fewer are refused.
        title: what it was called in an earlier run.
    """

    def __init__(
        self, client: GoogleClient, spreadsheet_id: str, *, rows_before: Mapping[str, int] | None = None,
        title: str = "",
    ) -> None:  # fmt: skip
        self._client = client
        self._id = spreadsheet_id
        self._rows_before = rows_before or {}
        self._title = title or "the Google Sheet"
        self._layout: Layout | None = None
        self._seen: BookContents | None = None
        self._along: dict[str, CellValue] = {}

    @property
    def name(self) -> str:
        """The sheet's title; until it is read, as it was in an earlier run."""
        return self._layout.title if self._layout else self._title

    @property
    def address(self) -> str:
        """Where a browser opens it."""
        return f"https://docs.google.com/spreadsheets/d/{self._id}/edit"

    def version(self) -> str:
        """A text that is another one after every change, whoever made it; one request, and no cell is read.

        Take it before reading: then a change made meanwhile is seen next time.

        Raises:
            CareersheetsError: Google refused, or does not answer, or the sheet lies in the bin.
        """
        request = self._client.drive.files().get(
            fileId=self._id, fields="version,modifiedTime,trashed", supportsAllDrives=True
        )
        answer = self._client.send(request, self.name)
        if answer.get("trashed"):
            raise GoogleFault.NOT_FOUND.of(self.name, self._client.account, "it is in the bin")
        return f"{answer['version']} {answer['modifiedTime']}"

    def read(self) -> BookContents:
        """All tabs, hidden ones too, in two requests: what there is, and all values.

        Raises:
            CareersheetsError: Google refused or does not answer, or a tab lost most of its rows.
        """
        seen, self._seen = self._seen, None
        if seen is not None:
            return seen
        for _ in range(_TRIES):
            layout = self._layout = self._read_layout()
            ranges = self._read_values(layout)
            grids = read_grids(layout, ranges) if ranges is not None else None
            if grids is not None:
                check_not_shrunken(self.name, self._rows_before, count_rows(grids), _ON_PURPOSE)
                return BookContents(self.name, fingerprint_inputs(grids), grids, layout.names)
        raise GoogleFault.NO_SUCH_TAB.of(self.name)

    def named_cell(self, name: str) -> NamedCell | None:
        """The cell with this defined name; the next `read` gives what was read for it, so no other run may come between.

        Raises:
            CareersheetsError: as `read`.
        """
        self._seen = self.read()
        return self._seen.named_cell(name)

    def fill_along(self, named_cells: Mapping[str, CellValue]) -> None:
        """Have `named_cells` filled as well, by their defined names, when results are written."""
        self._along = dict(named_cells)

    def write(self, contents: BookContents, changes: Changes) -> Receipt:
        """Replace tool-owned tabs and fill named cells. What people do on other tabs meanwhile does not matter.

        Raises:
            CareersheetsError: Google refused or does not answer. Nothing is half replaced, and writing again is safe.
        """
        layout = self._layout or self._read_layout()
        changes = replace(changes, named_cells={**self._along, **changes.named_cells})
        tries = 0
        while True:
            batches, notes = write_batches(layout, changes)
            failure, tries = self._send_batches(batches), tries + 1
            if failure is None:
                return Receipt(self.name, note=" ".join(notes))
            if failure.fault not in _OTHER_TABS or tries == _TRIES:
                break
            layout = self._layout = self._read_layout()
        raise explain(failure.status, failure.content, self.name, self._client.account)

    def apply(self, contents: BookContents, diff: Diff) -> Receipt:
        """Make the changes of an accepted diff on HR's tabs, once, wherever the rows have moved to meanwhile.

        Raises:
            WriteRefused: nothing was written; among the reasons: a cell no longer holds what the diff says it held.
            SheetShrunken: a tab lost most of its rows since it was read.
            CareersheetsError: Google refused or does not answer.
        """
        layout = self._layout or self._read_layout()
        for sheet in {change.cell.sheet for change in diff.changes} | {row.sheet for row in diff.additions}:
            if layout.tab(sheet) is None or sheet not in contents.grids:
                raise WriteRefused(PurePath(self.name), WriteRefusal.NO_SUCH_SHEET, sheet)
        edits = RowEdits(self._client, self._id, self.name, layout)
        if layout.unfinished and not (diff.changes or diff.additions):
            edits.mend()
        notes: list[str] = []
        for part in split_diff(diff):
            try:
                notes.append(edits.apply(contents, part))
            except WriteRefused as error:
                if not notes:
                    raise
                notes.append(
                    f"Somebody changed {error.where} meanwhile, so the rest was not written. Run again."
                )
                return Receipt(self.name, note=" ".join(filter(None, notes)))
        left = [row for sheet in diff.sheets for row in self._add_tab(sheet)]
        if left:
            notes.append(self.apply(self.read(), Diff(additions=tuple(left), kinds=diff.kinds)).note)
        return Receipt(self.name, note=" ".join(filter(None, notes)))

    def formula_cells(self, contents: BookContents) -> Mapping[str, Places]:
        """By tab, the cells that hold a formula; one request, just after `read`.

        Raises:
            CareersheetsError: Google refused or does not answer, or a tab was renamed meanwhile.
        """
        layout = self._layout or self._read_layout()
        answer = self._client.send(self._values_of(layout, "FORMULA"), self.name)
        return by_sheet(contents.grids, [values.get("values", []) for values in answer["valueRanges"]])

    def _add_tab(self, sheet: AddedSheet) -> list[AddedRow]:
        """Add a tab of HR's own; the rows that are too many for one batch."""
        now, left = first_part(sheet)
        failure = self._send_batches([add_tab(now)])
        if failure is not None:
            layout = self._layout = self._read_layout()
            tab = layout.tab(sheet.name)
            if tab is None or tab.id != own_tab_number(sheet.name):
                raise explain(failure.status, failure.content, self.name, self._client.account)
        return left

    def _read_layout(self) -> Layout:
        request = self._client.sheets.spreadsheets().get(spreadsheetId=self._id, fields=LAYOUT_FIELDS)
        return read_layout(self._client.send(request, self.name))

    def _read_values(self, layout: Layout) -> list[Message] | None:
        """The values of all tabs; None if a tab has another title by now."""
        outcome = self._client.try_send(self._values_of(layout, "UNFORMATTED_VALUE"))
        if isinstance(outcome, Failure):
            if outcome.fault is GoogleFault.NO_SUCH_TAB:
                return None
            raise explain(outcome.status, outcome.content, self.name, self._client.account)
        ranges: list[Message] = outcome["valueRanges"]
        return ranges

    def _values_of(self, layout: Layout, render: str) -> Any:
        return (
            self._client.sheets.spreadsheets()
            .values()
            .batchGet(
                spreadsheetId=self._id,
                ranges=[quoted_title(tab.title) for tab in layout.tabs],
                valueRenderOption=render,
                dateTimeRenderOption="SERIAL_NUMBER",
            )
        )

    def _send_batches(self, batches: list[list[Message]]) -> Failure | None:
        for requests in batches:
            body: dict[str, Any] = {"requests": requests}
            batch = self._client.sheets.spreadsheets().batchUpdate(
                spreadsheetId=self._id, body=body, fields="spreadsheetId"
            )
            outcome = self._client.try_send(batch)
            if isinstance(outcome, Failure):
                return outcome
        return None
