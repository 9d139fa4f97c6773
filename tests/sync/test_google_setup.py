"""`careersheets google setup` against the local Google, with a real key of a service account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from careersheets.model.errors import UsageError
from careersheets.surfaces.google_address import id_in, is_sheet
from tests.google_server.drive_calls import FOLDER, new_file
from tests.google_server.server import GoogleServer
from tests.google_server.service_account import key_file_of, key_pair

pytestmark = pytest.mark.requirement("X8")

ACCOUNT = "careersheets@lanternfield.iam.gserviceaccount.com"
SHEET, PLACE = (
    "https://docs.google.com/spreadsheets/d/{}/edit#gid=0",
    "https://drive.google.com/drive/folders/{}",
)


@dataclass
class Setup:
    """A local Google with a sheet and a folder that are shared with a service account, and its key."""

    server: GoogleServer
    home: Path
    key: dict[str, Any]
    sheet: str
    folder: str

    @property
    def key_file(self) -> Path:
        return self.home / "key.json"

    def keep(self, **changed: Any) -> None:
        self.key_file.write_text(json.dumps(self.key | changed), "utf-8")
        self.key_file.chmod(0o600)

    def run(self) -> subprocess.CompletedProcess[str]:
        words = [
            str(self.key_file),
            "--sheet",
            SHEET.format(self.sheet),
            "--drive-folder",
            PLACE.format(self.folder),
        ]
        return subprocess.run(
            [sys.executable, "-m", "careersheets.surfaces.cli", "google", "setup", *words],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ
            | {"CAREERSHEETS_GOOGLE_ROOT": self.server.url, "CAREERSHEETS_LOGS": str(self.home)},
        )


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    return key_pair()


@pytest.fixture
def setup(tmp_path: Path, pair: tuple[str, str]) -> Iterator[Setup]:
    with GoogleServer() as server:
        google = server.google
        google.sign_in.required = True
        google.sign_in.keys[ACCOUNT] = pair[1]
        sheet = google.new_spreadsheet("Careers 2026").id
        folder = new_file(google, "Career documents", FOLDER, "owner")
        folder["driveId"] = "shared"
        google.accounts_without_storage.add(ACCOUNT)
        for place in (sheet, folder["id"]):
            google.access[place][ACCOUNT] = "writer"
        key = key_file_of(ACCOUNT, pair[0], server.url)
        found = Setup(server, tmp_path, key, sheet, folder["id"])
        found.keep()
        yield found


def test_everything_that_is_needed_is_tried_and_nothing_is_left_behind(setup: Setup) -> None:
    before = set(setup.server.google.files)
    done = setup.run()
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.count("ok   ") == 5
    assert ACCOUNT in done.stdout
    assert "[google]" in done.stdout
    assert set(setup.server.google.files) == before


def test_what_is_not_shared_is_said_with_the_address_to_share_it_with(setup: Setup) -> None:
    del setup.server.google.access[setup.sheet][ACCOUNT]
    done = setup.run()
    assert done.returncode == 5
    assert done.stdout.count("to do") == 2
    assert "add this account as an editor" in done.stdout
    assert "Documents can be put into the folder" in done.stdout


def test_a_folder_that_is_on_no_shared_drive_is_found_out(setup: Setup) -> None:
    del setup.server.google.files[setup.folder]["driveId"]
    done = setup.run()
    assert done.returncode == 5
    assert "shared drive" in done.stdout


def test_a_key_that_google_does_not_know_is_said_to_be_one(setup: Setup) -> None:
    setup.server.google.sign_in.keys.clear()
    done = setup.run()
    assert done.returncode == 5
    assert "no longer accepts" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_key_that_others_can_read_is_refused(setup: Setup) -> None:
    setup.key_file.chmod(0o640)
    done = setup.run()
    assert done.returncode == 5
    assert "chmod 600 key.json" in done.stdout
    assert setup.server.log == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ({"type": "authorized_user"}, "not the key file of a service account"),
        ({"installed": {}}, "OAuth client"),
    ],
)
def test_another_kind_of_key_is_told_apart(setup: Setup, key: dict[str, Any], words: str) -> None:
    setup.keep(**key)
    assert words in setup.run().stdout


def test_addresses_are_read_as_browsers_show_them() -> None:
    number = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-ab"
    for address in (
        SHEET.format(number),
        PLACE.format(number),
        f"{PLACE.format(number)}?usp=sharing",
        number,
    ):
        assert id_in(address) == number
    for address in (
        "https://elsewhere.example/d/1AbCdEfGhIjKl",
        "",
        "careers.xlsx",
        "https://docs.google.com/",
    ):
        with pytest.raises(UsageError, match="Copy it from the browser"):
            id_in(address)
    assert is_sheet(SHEET.format(number))
    assert not is_sheet("careers.xlsx")
