"""Changes on HR's own tabs of a Google Sheet: every row found by what it is, and nothing of anybody's lost.

Look, change, see what was changed, and give back what was not meant. Developer metadata would not do to find rows:
it stays with the place in the sheet, so that after sorting it hangs on somebody else's row.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ...model.cells import Grid, cell_address
from ...vocabulary.sheet import sheet_of
from ...vocabulary.workbook import HEADER_ROW, SHEETS
from ..book import BookContents
from ..diff import AddedRow, CellChange, Diff
from ..refusals import WriteRefusal, WriteRefused
from .adding import first_rows, insert_rows, widen
from .cells import Message, Plain, is_moment, plain, quoted_title, same
from .client import Failure, GoogleClient
from .errors import GoogleFault, explain
from .identity import (
    STATE_FIELDS,
    CellEdit,
    RowIdentity,
    TabState,
    identify,
    key_columns,
    locate,
    plain_row,
    read_states,
)
from .journal import JOURNAL_FIELDS, JOURNAL_ID, Journal, journal_requests, read_journal
from .layout import JOURNAL, Layout, check_not_shrunken
from .verdict import Verdict, judge

_SHEETS = {sheet.name: sheet for sheet in map(sheet_of, SHEETS)}
# Each round only repairs what somebody sorted or typed within a fraction of a second.
_ROUNDS = 8


class _Unfinished(Exception):
    """An earlier run was cut off after its batch: its journal is still there."""

    def __init__(self, journal: Journal) -> None:
        super().__init__("an earlier run was cut off")
        self.journal = journal


class RowEdits:
    """The changes of one diff on the spreadsheet `spreadsheet_id`, called `name`, with its `layout`."""

    def __init__(self, client: GoogleClient, spreadsheet_id: str, name: str, layout: Layout) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._name = name
        self._layout = layout
        self._run = uuid.uuid4().hex
        self._journal: int | None = None
        self._batches = 0
        self._written: dict[tuple[str, int, int], Plain] = {}

    def apply(self, contents: BookContents, diff: Diff) -> str:
        """Make the changes; what HR should know about it, or "".

        Raises:
            WriteRefused: nothing was written, for one reason of the closed list.
            CareersheetsError: Google refused or does not answer.
        """
        for _ in range(_ROUNDS):
            try:
                return self._apply(contents, diff)
            except _Unfinished as left:
                self._finish(left.journal)
        raise GoogleFault.BUSY.of(self._name)

    def mend(self) -> None:
        """Put right what a run that was cut off left, if there is anything.

        Raises:
            CareersheetsError: Google refused or does not answer.
        """
        journal = self._find_journal()
        if journal is not None:
            self._finish(journal)

    def _finish(self, journal: Journal) -> None:
        self._journal = journal.sheet_id
        self._repeat(list(judge(journal, retry=False).pending))
        self._remove_journal()

    def _apply(self, contents: BookContents, diff: Diff) -> str:
        edits = [self._edit(contents, change, kinds=diff.kinds) for change in diff.changes]
        states = self._look(
            {edit.sheet_id for edit in edits} | {self._tab(row.sheet) for row in diff.additions}
        )
        self._check(contents, states, edits, diff)
        placed = [replace(edit, row=locate(states[edit.sheet_id], edit) or edit.row) for edit in edits]
        first, added = first_rows(self._layout.sheet_ids, states, diff.additions)
        verdict = judge(self._make([*placed, *first], states, added))
        given_up = [*verdict.given_up, *self._repeat(list(verdict.pending))]
        self._remove_journal()
        for change in diff.changes:
            self._written[change.cell.sheet, change.cell.row, change.cell.column] = plain(change.new)
        if not given_up:
            return ""
        listed = ", ".join(dict.fromkeys(given_up))
        return f"Somebody changed these cells at the same moment, so theirs stands: {listed}. Run again."

    def _repeat(self, pending: list[CellEdit]) -> list[str]:
        """Make further edits, as long as the proof of the last batch asks for any; the places that were given up."""
        given_up: list[str] = []
        for _ in range(_ROUNDS):
            if not pending:
                break
            states = self._look({edit.sheet_id for edit in pending})
            ready, waiting = [], []
            given_back = {edit.cell for edit in pending if edit.undoes}
            for edit in pending:
                row = locate(states[edit.sheet_id], edit)
                if not edit.undoes and edit.cell in given_back:
                    waiting.append(edit)
                elif row is not None and same(states[edit.sheet_id].value(row, edit.column), edit.old):
                    ready.append(replace(edit, row=row))
                elif not edit.undoes:
                    given_up.append(edit.place)
            verdict = judge(self._make(ready, states)) if ready else Verdict((), ())
            given_up += verdict.given_up
            pending = [*verdict.pending, *waiting]
        return given_up + [edit.place for edit in pending]

    def _make(
        self, edits: Sequence[CellEdit], states: Mapping[int, TabState], added: Sequence[AddedRow] = ()
    ) -> Journal:
        """Send one batch; its journal, also if the reply was lost."""
        sheet_id = JOURNAL_ID + self._batches
        if sheet_id == self._journal:
            sheet_id += 1000
        requests: list[Message] = [{"deleteSheet": {"sheetId": self._journal}}] if self._journal else []
        run = f"{self._run} {self._batches}"
        requests += widen(self._layout.sheet_ids, states, edits, added)
        requests += journal_requests(run, sheet_id, edits, dict(states))
        for sheet in dict.fromkeys(row.sheet for row in added):
            tab = self._tab(sheet)
            filled_to = max((edit.row for edit in edits if edit.sheet_id == tab), default=0)
            rows = [row for row in added if row.sheet == sheet]
            requests += insert_rows(states[tab], rows, self._kinds(tab), filled_to)
        journal = self._send(requests)
        if journal.run != run:
            raise _Unfinished(journal)
        self._journal, self._batches = journal.sheet_id, self._batches + 1
        return journal

    def _kinds(self, sheet_id: int) -> Mapping[tuple[int, int], str]:
        return next(tab.kinds for tab in self._layout.tabs if tab.id == sheet_id)

    def _send(self, requests: list[Message]) -> Journal:
        body: dict[str, Any] = {
            "requests": requests,
            "includeSpreadsheetInResponse": True,
            "responseRanges": [quoted_title(JOURNAL)],
            "responseIncludeGridData": True,
        }
        batch = self._client.sheets.spreadsheets().batchUpdate(
            spreadsheetId=self._id, body=body, fields=f"updatedSpreadsheet.{JOURNAL_FIELDS}"
        )
        outcome = self._client.try_send(batch)
        journal = read_journal({} if isinstance(outcome, Failure) else outcome["updatedSpreadsheet"])
        if isinstance(outcome, Failure):
            # Refused because its journal is there already: done before, by us or by a run that was cut off.
            journal = self._find_journal() if not outcome.fault.temporary else None
        if journal is not None:
            return journal
        failure = outcome if isinstance(outcome, Failure) else Failure(500)
        raise explain(failure.status, failure.content, self._name, self._client.account)

    def _find_journal(self) -> Journal | None:
        request = self._client.sheets.spreadsheets().get(
            spreadsheetId=self._id, ranges=[quoted_title(JOURNAL)], fields=JOURNAL_FIELDS
        )
        outcome = self._client.try_send(request)
        return None if isinstance(outcome, Failure) else read_journal(outcome)

    def _remove_journal(self) -> None:
        """The last step. Should it not succeed, the next run finds the journal and that all is well."""
        if self._journal is not None:
            body = {"requests": [{"deleteSheet": {"sheetId": self._journal}}]}
            request = self._client.sheets.spreadsheets().batchUpdate(spreadsheetId=self._id, body=body)
            outcome = self._client.try_send(request)
            if isinstance(outcome, Failure) and outcome.fault not in (
                GoogleFault.NO_SUCH_TAB,
                GoogleFault.NOT_UNDERSTOOD,
            ):
                raise explain(outcome.status, outcome.content, self._name, self._client.account)
            self._journal = None

    def _look(self, sheet_ids: set[int]) -> dict[int, TabState]:
        filters = [{"gridRange": {"sheetId": number}} for number in sorted(sheet_ids)]
        request = self._client.sheets.spreadsheets().getByDataFilter(
            spreadsheetId=self._id,
            body={"dataFilters": filters, "includeGridData": True},
            fields=STATE_FIELDS,
        )
        return read_states(self._client.send(request, self._name))

    def _tab(self, sheet: str) -> int:
        return self._layout.sheet_ids[sheet]

    def _edit(self, contents: BookContents, change: CellChange, *, kinds: bool) -> CellEdit:
        cell, grid = change.cell, contents.grids[change.cell.sheet]
        keys = key_columns(grid, _SHEETS.get(cell.sheet))
        identity = identify(plain_row(grid, cell.row), keys)
        edit = CellEdit(
            self._tab(cell.sheet),
            cell.row,
            cell.column,
            identity,
            plain(change.old),
            change.new,
            keys,
            str(cell),
        )
        numbers = isinstance(change.new, int | float) and not isinstance(change.new, bool)
        return replace(edit, as_number=kinds and numbers and is_moment(change.old))

    def _check(
        self, contents: BookContents, states: Mapping[int, TabState], edits: Sequence[CellEdit], diff: Diff
    ) -> None:  # fmt: skip
        """Refuse all, before anything is written, if a part of it cannot be made."""
        for tab in self._layout.tabs:
            if tab.id in states:
                before = {tab.name: contents.grids[tab.name].row_count}
                check_not_shrunken(self._name, before, {tab.name: states[tab.id].filled_rows})
        for change, edit in zip(diff.changes, edits, strict=True):
            self._check_headers(
                contents.grids[change.cell.sheet], states[edit.sheet_id], HEADER_ROW, [edit.column]
            )
            row = locate(states[edit.sheet_id], edit)
            if row is None or not same(states[edit.sheet_id].value(row, edit.column), edit.old):
                raise self._refused(WriteRefusal.OLD_VALUE, edit.place)
            if (row, edit.column) in states[edit.sheet_id].formulas:
                raise self._refused(WriteRefusal.FORMULA, edit.place)
        for new in diff.additions:
            grid, state = contents.grids[new.sheet], states[self._tab(new.sheet)]
            columns = range(new.first_column, new.first_column + len(new.values))
            self._check_headers(grid, state, new.header_row, columns)
            if not new.again:
                self._check_new(grid, state, new)

    def _check_headers(self, grid: Grid, state: TabState, row: int, columns: Iterable[int]) -> None:
        """Refuse where a column came or went since the sheet was read: a blank cell is one in any column."""
        for column in columns:
            expected = self._written.get((grid.sheet, row, column), plain(grid.cell(row, column)))
            if not same(expected, state.value(row, column)):
                place = f"{grid.sheet}!{cell_address(row, column)}"
                raise self._refused(WriteRefusal.OLD_VALUE, place)

    def _check_new(self, grid: Grid, state: TabState, new: AddedRow) -> None:
        """Refuse a row that is there already: by its key, or if it has none, by all that it says."""
        row = (None,) * (new.first_column - 1) + tuple(map(plain, new.values))
        keys = key_columns(grid, _SHEETS.get(new.sheet))
        said = {at: value for at, value in enumerate(row, 1) if value is not None}
        if not (keys and all(at in said for at in keys)):
            keys = tuple(said)
        for number in state.rows_holding(RowIdentity(tuple(keys), tuple(said[at] for at in keys))):
            raise self._refused(
                WriteRefusal.ROW_EXISTS, f"{new.sheet}!{cell_address(number, new.first_column)}"
            )

    def _refused(self, refusal: WriteRefusal, place: str) -> WriteRefused:
        return WriteRefused(PurePath(self._name), refusal, place)
