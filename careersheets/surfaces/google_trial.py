"""Tries what careersheets needs of Google, one thing after another, and says what is missing and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..books.google.client import GoogleClient
from ..books.google.sheet import GoogleSheet
from ..delivery.drive_calls import DriveCalls
from ..delivery.drive_refusals import DriveTrouble
from ..model.errors import CareersheetsError
from ..workflows.install_doctor import Diagnosis
from .google_address import id_in


def try_google(client: GoogleClient, sheet: str = "", drive_folder: str = "") -> Iterator[Diagnosis]:
    """Read and change the sheet; make a small file in the folder and take it away again. Nothing of either is changed.

    Args:
        client: for the account; it is closed at the end.
        sheet: the address of a master workbook, "" for none.
        drive_folder: the address of a folder for documents, "" for none.
    """
    try:
        if sheet:
            yield _tried("The sheet can be read", lambda: _read(client, sheet))
            yield _tried("The sheet can be changed", lambda: _write(client, sheet))
        if drive_folder:
            yield _tried("Documents can be put into the folder", lambda: _upload(client, drive_folder))
    finally:
        client.close()


def address_of_person(client: GoogleClient) -> str:
    """The e-mail address of whoever signed in.

    Raises:
        CareersheetsError: Google refused, or does not answer.
    """
    asked = client.drive.about().get(fields="user(emailAddress)")
    return str(client.send(asked, "your account")["user"]["emailAddress"])


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
