"""The local Google refuses what the real one would, through Google's own client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.credentials import AnonymousCredentials
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from careersheets.books.google.client import GoogleClient, credentials_from_key
from careersheets.books.google.sheet import GoogleSheet
from careersheets.model.errors import AccessDenied

from ..google_server.drive_calls import FOLDER
from ..google_server.server import GoogleServer
from ..google_server.spreadsheet import Spreadsheet

ACCOUNT = "robot@demo.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        yield running


@pytest.fixture(scope="module")
def client(server: GoogleServer) -> Iterator[GoogleClient]:
    opened = GoogleClient(AnonymousCredentials(), root=server.url, sleep=lambda _: None)
    yield opened
    opened.close()


@pytest.fixture
def book(server: GoogleServer) -> Spreadsheet:
    return server.google.new_spreadsheet("Invented")


@pytest.fixture(scope="module")
def key() -> tuple[dict[str, str], str]:
    """A key file of a service account, and its public key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoded = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    about = {"type": "service_account", "client_email": ACCOUNT, "private_key_id": "1", "project_id": "demo"}
    return about | {"private_key": encoded.decode()}, public.decode()


def status_of(request: Any) -> int:
    with pytest.raises(HttpError) as refused:
        request.execute()
    return int(refused.value.status_code)


def batch(client: GoogleClient, book: Spreadsheet, *requests: dict[str, Any]) -> Any:
    body = {"requests": list(requests)}
    return client.sheets.spreadsheets().batchUpdate(spreadsheetId=book.id, body=body)


def test_what_the_discovery_document_does_not_know_is_refused(
    client: GoogleClient, book: Spreadsheet
) -> None:
    add = {"addSheet": {"properties": {"titel": "typo"}}}
    assert status_of(batch(client, book, add)) == 400
    assert status_of(batch(client, book, {"addSheet": {"properties": {"sheetType": "NOVEL"}}})) == 400
    assert (
        status_of(client.sheets.spreadsheets().get(spreadsheetId=book.id, fields="sheets.sheetProperties"))
        == 400
    )
    values = client.sheets.spreadsheets().values()
    body = {"data": [{"range": "A1", "values": [[1]]}]}
    assert status_of(values.batchUpdate(spreadsheetId=book.id, body=body)) == 400


def test_what_is_not_modelled_is_said_and_not_pretended(client: GoogleClient, book: Spreadsheet) -> None:
    assert status_of(batch(client, book, {"addSlicer": {"slicer": {}}})) == 501
    assert status_of(client.drive.changes().getStartPageToken()) == 501


def test_a_batch_is_done_whole_or_not_at_all(client: GoogleClient, book: Spreadsheet) -> None:
    add = {"addSheet": {"properties": {"title": "Scores"}}}
    assert status_of(batch(client, book, add, add)) == 400
    assert [tab.title for tab in book.tabs] == ["Sheet1"]


def test_metadata_of_a_row_moves_with_inserted_rows_and_stays_while_sorting(
    client: GoogleClient, book: Spreadsheet
) -> None:
    row = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    mark = {
        "metadataKey": "id",
        "metadataValue": "b",
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": row},
    }
    values = client.sheets.spreadsheets().values()
    body = {"valueInputOption": "RAW", "data": [{"range": "A1:A3", "values": [["c"], ["b"], ["a"]]}]}
    values.batchUpdate(spreadsheetId=book.id, body=body).execute()
    first = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    batch(
        client,
        book,
        {"createDeveloperMetadata": {"developerMetadata": mark}},
        {"insertDimension": {"range": first}},
    ).execute()
    lookup = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "id", "metadataValue": "b"}}]}
    found = values.batchGetByDataFilter(spreadsheetId=book.id, body=lookup).execute()["valueRanges"][0][
        "valueRange"
    ]
    assert (found["range"], found["values"]) == ("Sheet1!A3:Z3", [["b"]])
    place = {"sheetId": 0, "startRowIndex": 1}
    batch(client, book, {"sortRange": {"range": place, "sortSpecs": [{"dimensionIndex": 0}]}}).execute()
    batch(client, book, {"deleteDimension": {"range": first}}).execute()
    written = {"dataFilter": lookup["dataFilters"][0], "values": [["written"]]}
    body = {"valueInputOption": "RAW", "data": [written]}
    values.batchUpdateByDataFilter(spreadsheetId=book.id, body=body).execute()
    assert [book.tabs[0].cell(row, 0).value for row in range(3)] == ["a", "written", "c"]


def test_typed_entries_are_read_as_a_person_s_and_raw_ones_are_not(
    client: GoogleClient, book: Spreadsheet
) -> None:
    entries = [["2026-01-02", "50%", "=1+2", "007", "TRUE", "'5"]]
    values = client.sheets.spreadsheets().values()
    shown = {"spreadsheetId": book.id, "range": "A1:F1", "valueRenderOption": "UNFORMATTED_VALUE"}
    for option, wanted in (("USER_ENTERED", [46024, 0.5, 3, 7, True, "5"]), ("RAW", entries[0])):
        values.update(
            spreadsheetId=book.id, range="A1", valueInputOption=option, body={"values": entries}
        ).execute()
        assert values.get(**shown).execute()["values"] == [wanted]


def test_files_folders_and_who_may_see_them(client: GoogleClient, server: GoogleServer) -> None:
    files = client.drive.files()
    folder = files.create(
        body={"name": "Ngozi's team", "mimeType": FOLDER}, supportsAllDrives=True
    ).execute()["id"]
    number = files.generateIds(count=1).execute()["ids"][0]
    about = {"id": number, "name": "report.docx", "parents": [folder]}
    upload = MediaInMemoryUpload(b"content", mimetype="application/msword")
    files.create(body=about, media_body=upload, fields="id,md5Checksum").execute()
    assert status_of(files.create(body=about, media_body=upload)) == 409
    assert files.get_media(fileId=number).execute() == b"content"
    listed = files.list(q=f"'{folder}' in parents and trashed = false", fields="files(id,name)").execute()[
        "files"
    ]
    assert listed == [{"id": number, "name": "report.docx"}]
    permission = {"type": "user", "role": "reader", "emailAddress": "manager@example.com"}
    client.drive.permissions().create(fileId=folder, body=permission, sendNotificationEmail=False).execute()
    assert server.google.access[folder] == {"owner": "owner", "manager@example.com": "reader"}


def test_a_service_account_signs_in_with_its_key_and_sees_only_what_is_shared(
    server: GoogleServer, book: Spreadsheet, key: tuple[dict[str, str], str]
) -> None:
    about, public = key
    sign_in = server.google.sign_in
    sign_in.required, sign_in.keys[ACCOUNT] = True, public
    credentials = credentials_from_key(about | {"token_uri": f"{server.url}/token"})
    robot = GoogleClient(credentials, account=ACCOUNT, root=server.url, sleep=lambda _: None)
    sheet = GoogleSheet(robot, book.id)
    try:
        with pytest.raises(AccessDenied, match=ACCOUNT):
            sheet.read()
        server.google.access[book.id][ACCOUNT] = "writer"
        assert sheet.read().name == "Invented"
        sign_in.tokens.clear()
        assert sheet.read().name == "Invented"
        sign_in.tokens.clear()
        sign_in.keys.clear()
        with pytest.raises(AccessDenied, match="google setup"):
            sheet.read()
    finally:
        robot.close()
        sign_in.required = False


def test_a_service_account_without_storage_needs_a_shared_drive(
    server: GoogleServer, client: GoogleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server.google, "accounts_without_storage", {"owner"})
    upload = MediaInMemoryUpload(b"content", mimetype="application/msword")
    files = client.drive.files()
    assert status_of(files.create(body={"name": "report.docx"}, media_body=upload)) == 403
    folder = files.create(body={"name": "Shared", "mimeType": FOLDER}).execute()["id"]
    server.google.files[folder]["driveId"] = "0A"
    body = {"name": "report.docx", "parents": [folder]}
    assert (
        files.create(body=body, media_body=upload, supportsAllDrives=True).execute()["name"] == "report.docx"
    )


def test_what_is_no_key_file_is_said() -> None:
    with pytest.raises(AccessDenied, match="key file"):
        credentials_from_key({"type": "service_account"})
