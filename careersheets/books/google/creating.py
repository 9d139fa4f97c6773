"""A new master workbook in Google Sheets, from the same description as the one for Excel.

It is made in a few batches, each of which Google does whole or not at all. Each begins by leaving a mark in the sheet that
no second batch can leave, so that none is done twice, whether its reply was lost or the whole run was cut off; a run that
finds marks goes on behind the last one. The last batch takes them away; it is done only once because charts and warnings
have fixed numbers too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.errors import InputError, UsageError
from ...vocabulary.workbook import START
from ..building import draw_workbook
from ..building.drawn import DrawnWorkbook
from .cells import Message
from .charts import add_charts
from .client import Failure, GoogleClient
from .contents import add_tabs, fill_tabs, name_cells
from .dressing import dress_tabs
from .errors import GoogleFault, explain
from .layout import TAB_MARK
from .rules import rule_tabs

SHEET_TYPE = "application/vnd.google-apps.spreadsheet"
# What a sheet carries while it is being made; the numbers are any that Google does not draw by chance.
MAKING = "careersheets.making"
_FIRST_MARK = 1_741_260_000
# Formulas are written in its notation, whatever the sheet's own language; the sheet gets its own back at the end.
_LOCALE = "en_US"
_STATE_FIELDS = (
    "properties(title,locale),developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets(properties.sheetId,developerMetadata(metadataKey,metadataValue),charts.chartId,"
    "data.rowData.values(userEnteredValue,note))"
)

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class NotEmpty(UsageError):
    """The sheet holds something, which would be lost."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f'The Google Sheet "{title}" holds something already, so no workbook was made in it. Make an empty one, share '
            "it with careersheets, and give its address. Nothing was changed."
        )


class OtherVersion(InputError):
    """The sheet was begun by a careersheets that makes it another way."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f'The Google Sheet "{title}" was begun by another version of careersheets and not finished. Delete it, and '
            "begin with an empty one."
        )


@dataclass(frozen=True, slots=True)
class _State:
    """A sheet as it was found; `done` are the numbers of the batches behind it, from 0."""

    title: str
    locale: str
    tabs: tuple[int, ...]
    done: int
    batches: int
    filled: bool
    ours: bool


def new_sheet_id(client: GoogleClient) -> str:
    """An id that no file has yet; keep it before `create_file`, and a lost reply never makes two."""
    answer = client.send(
        client.drive.files().generateIds(count=1, space="drive", fields="ids"), "the new sheet"
    )
    return str(answer["ids"][0])


def is_there(client: GoogleClient, sheet_id: str, title: str) -> bool:
    """Whether the file with this id is there for us, and not in the bin.

    Raises:
        CareersheetsError: Google refused or does not answer.
    """
    request = client.drive.files().get(fileId=sheet_id, fields="trashed", supportsAllDrives=True)
    outcome = client.try_send(request)
    if not isinstance(outcome, Failure):
        return not outcome.get("trashed")
    if outcome.fault is GoogleFault.NOT_FOUND:
        return False
    raise explain(outcome.status, outcome.content, title, client.account)


def create_file(client: GoogleClient, sheet_id: str, title: str, folder: str = "") -> None:
    """Make an empty Google Sheet with the id `sheet_id` in `folder`; nothing where it is there already.

    Raises:
        CareersheetsError: Google refused or does not answer; asking again is safe.
    """
    body: Message = {"id": sheet_id, "name": title, "mimeType": SHEET_TYPE}
    if folder:
        body["parents"] = [folder]
    request = client.drive.files().create(body=body, fields="id", supportsAllDrives=True)
    outcome = client.try_send(request)
    if isinstance(outcome, Failure) and outcome.fault is not GoogleFault.ID_TAKEN:
        raise explain(outcome.status, outcome.content, title, client.account)


def create_sheet(
    client: GoogleClient, sheet_id: str, rows: Rows | None = None, *, title: str = "", identity: str = ""
) -> bool:  # fmt: skip
    """Make the master workbook in an empty Google Sheet, or go on with one that was cut off.

    Whether one was made: False where the sheet is a master workbook already, which is left as it is.

    Args:
        client: to Google, for an account that may edit it.
        sheet_id: the long part of its address.
        rows: what the workbook begins with, as for `build_workbook`.
        title: of the sheet; the one it has if left out.
        identity: by which its ledger is found; one is given by its first run if left out.

    Raises:
        NotEmpty: it holds something; nothing was changed.
        CareersheetsError: Google refused or does not answer; the same call again goes on.
    """
    batches = list(_batches(draw_workbook(rows, identity=identity)))
    state = _look(client, sheet_id, title)
    if state.filled and state.ours:
        return False
    if state.filled or (state.done and state.batches != len(batches)):
        raise NotEmpty(state.title) if state.filled else OtherVersion(state.title)
    for number, requests in list(enumerate(batches))[state.done :]:
        first = _begin(state, title) if number == 0 else []
        last = _end(state) if number == len(batches) - 1 else []
        mark = _mark(number, {"batches": len(batches), "locale": state.locale})
        after = _remove_old(state) if number == 0 else []
        _send(client, sheet_id, state.title, [mark, *first, *requests, *after, *last], number)
    return True


def _batches(workbook: DrawnWorkbook) -> Iterator[list[Message]]:
    yield [*add_tabs(workbook), *name_cells(workbook), *fill_tabs(workbook)]
    yield [*dress_tabs(workbook), *rule_tabs(workbook), *add_charts(workbook)]


def _begin(state: _State, title: str) -> list[Message]:
    about = {"locale": _LOCALE} | ({"title": title} if title else {})
    return [{"updateSpreadsheetProperties": {"properties": about, "fields": ",".join(about)}}]


def _remove_old(state: _State) -> list[Message]:
    """The tabs of the empty sheet; only now, as no sheet can be without any."""
    return [{"deleteSheet": {"sheetId": number}} for number in state.tabs]


def _end(state: _State) -> list[Message]:
    own = {"updateSpreadsheetProperties": {"properties": {"locale": state.locale}, "fields": "locale"}}
    marks = {"developerMetadataLookup": {"metadataKey": MAKING}}
    return [own, {"deleteDeveloperMetadata": {"dataFilter": marks}}]


def _mark(number: int, value: Message) -> Message:
    about = {
        "metadataId": _FIRST_MARK + number,
        "metadataKey": MAKING,
        "metadataValue": json.dumps(value),
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True},
    }
    return {"createDeveloperMetadata": {"developerMetadata": about}}


def _send(client: GoogleClient, sheet_id: str, title: str, requests: list[Message], number: int) -> None:
    batch = client.sheets.spreadsheets().batchUpdate(
        spreadsheetId=sheet_id, body={"requests": requests}, fields="spreadsheetId"
    )
    outcome = client.try_send(batch)
    if isinstance(outcome, Failure) and not (
        outcome.fault is GoogleFault.NOT_UNDERSTOOD and _is_done(client, sheet_id, title, number)
    ):
        raise explain(outcome.status, outcome.content, title, client.account)


def _is_done(client: GoogleClient, sheet_id: str, title: str, number: int) -> bool:
    """Whether a batch that was refused had been done before, and only its reply was lost."""
    state = _look(client, sheet_id, title)
    return state.done > number or state.filled


def _look(client: GoogleClient, sheet_id: str, title: str) -> _State:
    request = client.sheets.spreadsheets().get(spreadsheetId=sheet_id, fields=_STATE_FIELDS)
    answer = client.send(request, title or "the Google Sheet")
    sheets, about = answer.get("sheets", []), answer["properties"]
    marks = {
        entry["metadataId"] - _FIRST_MARK: json.loads(entry["metadataValue"])
        for entry in answer.get("developerMetadata", [])
        if entry["metadataKey"] == MAKING
    }
    made: Message = next(iter(marks.values()), {})
    return _State(
        title=about["title"],
        locale=str(made.get("locale") or about.get("locale", _LOCALE)),
        tabs=tuple(sheet["properties"].get("sheetId", 0) for sheet in sheets),
        done=max(marks, default=-1) + 1,
        batches=made.get("batches", 0),
        filled=not marks and any(map(_holds_something, sheets)),
        ours=START in (mark.get("metadataValue") for sheet in sheets for mark in _marks_of(sheet)),
    )


def _marks_of(sheet: Message) -> list[Message]:
    return [mark for mark in sheet.get("developerMetadata", []) if mark["metadataKey"] == TAB_MARK]


def _holds_something(sheet: Message) -> bool:
    cells = (
        cell
        for data in sheet.get("data", [])
        for row in data.get("rowData", [])
        for cell in row.get("values", [])
    )
    return bool(sheet.get("charts") or sheet.get("developerMetadata") or any(cells))
