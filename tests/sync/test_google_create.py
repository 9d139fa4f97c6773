"""`careersheets google create` as it is typed, with a real key of a service account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.google_server.drive_calls import FOLDER, SPREADSHEET, new_file
from tests.google_server.server import GoogleServer
from tests.google_server.service_account import key_file_of, key_pair
from tests.google_server.spreadsheet import Spreadsheet

pytestmark = pytest.mark.requirement("X8")

ACCOUNT = "careersheets@lanternfield.iam.gserviceaccount.com"
COLLEAGUE = "ngozi.okafor@lanternfield.example"
SETTINGS = """[google]
key_file = "key.json"
drive_folder = "https://drive.google.com/drive/folders/{}"
allowed_domains = ["lanternfield.example"]
"""


@dataclass
class Office:
    """A folder with settings and a key, and a local Google with a folder on a Shared drive."""

    server: GoogleServer
    home: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "careersheets.surfaces.cli",
                "google",
                "create",
                *words,
                "--folder",
                str(self.home),
            ],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ
            | {"CAREERSHEETS_GOOGLE_ROOT": self.server.url, "CAREERSHEETS_LOGS": str(self.home / "logs")},
        )

    @property
    def sheets(self) -> list[Spreadsheet]:
        files = self.server.google.files.values()
        return [self.server.google.books[file["id"]] for file in files if file["mimeType"] == SPREADSHEET]

    def empty_sheet(self, title: str = "Untitled spreadsheet") -> Spreadsheet:
        book = self.server.google.new_spreadsheet(title)
        self.server.google.access[book.id][ACCOUNT] = "writer"
        return book


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    return key_pair()


@pytest.fixture
def office(tmp_path: Path, pair: tuple[str, str]) -> Iterator[Office]:
    with GoogleServer() as server:
        google = server.google
        google.sign_in.required = True
        google.sign_in.keys[ACCOUNT] = pair[1]
        google.accounts_without_storage.add(ACCOUNT)
        folder = new_file(google, "Careers", FOLDER, "owner")
        folder["driveId"] = "shared"
        google.access[folder["id"]][ACCOUNT] = "writer"
        (tmp_path / "careersheets.toml").write_text(SETTINGS.format(folder["id"]), "utf-8")
        key = tmp_path / "key.json"
        key.write_text(json.dumps(key_file_of(ACCOUNT, pair[0], server.url)), "utf-8")
        key.chmod(0o600)
        yield Office(server, tmp_path)


def test_a_new_workbook_is_made_once_and_shared(office: Office) -> None:
    first = office.run("Careers 2026", "--share-with", COLLEAGUE)
    assert (first.returncode, first.stderr) == (0, ""), first.stdout
    (book,) = office.sheets
    assert f"https://docs.google.com/spreadsheets/d/{book.id}/edit" in first.stdout
    assert "google menu" in first.stdout
    assert book.properties["title"] == "Careers 2026"
    assert office.server.google.access[book.id][COLLEAGUE] == "writer"
    assert office.server.google.files[book.id]["parents"] != ["root"]
    again = office.run("Careers 2026", "--json")
    assert json.loads(again.stdout) == {
        "address": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
        "made": False,
    }
    assert len(office.sheets) == 1


def test_an_empty_sheet_that_hr_shared_becomes_the_workbook(office: Office) -> None:
    book = office.empty_sheet()
    (office.home / "careersheets.toml").write_text('[google]\nkey_file = "key.json"\n', "utf-8")
    done = office.run(
        "Careers 2026", "--sheet", f"https://docs.google.com/spreadsheets/d/{book.id}/edit#gid=0", "--demo"
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    people = book.titled("People")
    assert people is not None
    assert people.cells[5, 2].value == "Amara Nwosu"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Careers", "--sheet", "{taken}"], "holds something already"),
        (["Careers", "--sheet", "{closed}"], "add this account as an editor"),
        (["Careers", "--framework", "astrology"], "engineering"),
        ([" "], "what the sheet is to be called"),
    ],
)
def test_what_stops_it_is_said_in_a_sentence(office: Office, words: list[str], sentence: str) -> None:
    taken, closed = office.empty_sheet("Holidays"), office.server.google.new_spreadsheet("Pay")
    taken.tabs[0].cell(0, 0).value = "Trần Thị Mai"
    places = {"taken": taken.id, "closed": closed.id}
    done = office.run(*(word.format(**places) for word in words))
    assert done.returncode in (2, 3, 5)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "Trần" not in done.stderr
    assert [len(book.tabs) for book in (taken, closed)] == [1, 1]
