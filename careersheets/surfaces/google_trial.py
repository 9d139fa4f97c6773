"""Tries what careersheets needs of Google, one thing after another, and says what is missing and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..books.google_sheet import GoogleSheet
from ..books.google_sheet_client import GoogleClient
from ..delivery.drive_calls import DriveCalls
from ..delivery.drive_refusals import DriveTrouble
from ..model.errors import CareersheetsError
from ..workflows.install_doctor import Diagnosis
from .google import client_of, read_key
from .google_address import id_in


def try_google(key_file: Path, sheet: str = "", drive_folder: str = "") -> Iterator[Diagnosis]:
    """Read the key, the sheet and the folder; make a small file in the folder and take it away again.

    Args:
        key_file: of the service account.
        sheet: the address of a master workbook, "" for none.
        drive_folder: the address of a folder for documents, "" for none.
    """
    try:
        key = read_key(key_file)
        client = client_of(key)
    except CareersheetsError as error:
        yield Diagnosis(False, str(error))
        return
    yield Diagnosis(True, f'The key file "{key_file.name}" is in order, and only you can read it.')
    yield Diagnosis(
        True, f"Share the sheet (as Editor) and the folder (as Content manager) with: {client.account}"
    )
    try:
        if sheet:
            yield _tried("The sheet can be read", lambda: _read(client, sheet))
            yield _tried("The sheet can be changed", lambda: _write(client, sheet))
        if drive_folder:
            yield _tried("Documents can be put into the folder", lambda: _upload(client, drive_folder))
    finally:
        client.close()


def _tried(what: str, attempt: Callable[[], str]) -> Diagnosis:
    try:
        detail = attempt()
    except (CareersheetsError, DriveTrouble) as error:
        return Diagnosis(False, str(error))
    return Diagnosis(True, f"{what}{detail}.")


def _read(client: GoogleClient, sheet: str) -> str:
    book = GoogleSheet(client, id_in(sheet))
    book.version()
    return f": {len(book.read().grids)} tabs"


def _write(client: GoogleClient, sheet: str) -> str:
    """A change that changes nothing: the title becomes what it is."""
    number = id_in(sheet)
    asked = client.sheets.spreadsheets().get(spreadsheetId=number, fields="properties.title")
    title = client.send(asked, "the sheet")["properties"]["title"]
    change = {"updateSpreadsheetProperties": {"properties": {"title": title}, "fields": "title"}}
    body = {"requests": [change]}
    client.send(client.sheets.spreadsheets().batchUpdate(spreadsheetId=number, body=body), title)
    return ""


def _upload(client: GoogleClient, drive_folder: str) -> str:
    calls, parent = DriveCalls(client), id_in(drive_folder)
    file = calls.new_id()
    calls.create_document(file, "careersheets trial.docx", parent, "trial", b"PK\x05\x06" + bytes(18))
    client.send(client.drive.files().delete(fileId=file, supportsAllDrives=True), "the trial document")
    return ""
