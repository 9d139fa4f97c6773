"""Signing in to Google as a person: the whole way over loopback, with a browser that the test plays; and the keyring."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

from careersheets.books.google.client import SCOPES
from careersheets.model.errors import CareersheetsError
from careersheets.surfaces import passwords
from careersheets.surfaces.configuration import read_configuration
from careersheets.surfaces.google_keys import read_oauth_client
from careersheets.surfaces.google_token import TOKEN_FILE, find_token, keep_token
from tests.google_server.drive_calls import FOLDER, new_file
from tests.google_server.server import GoogleServer
from tests.support import file_keyring

from .test_google_setup import PLACE, SHEET, Setup, pair, setup  # noqa: F401 - fixtures

pytestmark = pytest.mark.requirement("X8")

ROOT = Path(__file__).parents[2]
HR = "chidinma@lanternfield.example"
CLIENT, SECRET = "42-careersheets.apps.googleusercontent.com", "GOCSPX-of-a-test"
NO_KEYRING = "keyring.backends.null.Keyring"


@dataclass
class Person:
    """A local Google with a sheet and a folder of a person's own, and a folder with the file of an OAuth client."""

    server: GoogleServer
    folder: Path
    sheet: str
    drive_folder: str
    keyring: str = file_keyring.NAME

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "CAREERSHEETS_GOOGLE_ROOT": self.server.url,
            "OAUTHLIB_INSECURE_TRANSPORT": "1",
            "PYTHON_KEYRING_BACKEND": self.keyring,
            "PYTHONPATH": str(ROOT),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "careersheets.surfaces.cli", *words],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str]:
        with self.start(*words) as running:
            said, complained = running.communicate(timeout=120)
        return running.returncode, said + complained

    def signs_in(self, *more: str) -> tuple[int, str]:
        """Start the command, open the address it shows, and be led back to it; its exit code and what it said."""
        with self.start("google", "setup", "--oauth", "client.json", "--no-browser", *more) as running:
            assert running.stderr is not None
            shown = [running.stderr.readline(), running.stderr.readline()]
            with urlopen(shown[1].strip(), timeout=30) as page:  # noqa: S310 - a loopback address
                assert b"You can close this page" in page.read()
            said, complained = running.communicate(timeout=120)
        assert shown[0].startswith("Sign in to Google at this address")
        assert "Traceback" not in complained
        return running.returncode, said

    def configure(self, line: str = 'oauth_client = "client.json"') -> None:
        (self.folder / "careersheets.toml").write_text(f"[google]\n{line}\n", "utf-8")

    def looks(self) -> tuple[int, str]:
        return self.run("check", SHEET.format(self.sheet), "--read-only")

    def expire(self) -> None:
        """The access token runs out; the sign-in does not."""
        token = find_token(self.folder, CLIENT)
        keep_token(
            token | {"expiry": (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S")},
            self.folder,
        )
        self.server.google.sign_in.tokens.clear()


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    folder = tmp_path / "hr"
    folder.mkdir()
    monkeypatch.setenv(file_keyring.VARIABLE, str(tmp_path / "keyring.json"))
    # The same in this process as in those of the commands, and until the end of the test only.
    monkeypatch.setattr("keyring.core._keyring_backend", file_keyring.FileKeyring())
    client = {"client_id": CLIENT, "client_secret": SECRET, "project_id": "lanternfield"}
    (folder / "client.json").write_text(json.dumps({"installed": client}), "utf-8")
    with GoogleServer() as server:
        google = server.google
        google.sign_in.required = True
        google.sign_in.clients[CLIENT] = SECRET
        google.sign_in.person = HR
        sheet = google.new_spreadsheet("Careers 2026", HR).id
        yield Person(server, folder, sheet, new_file(google, "Career documents", FOLDER, HR)["id"])


def test_a_person_signs_in_by_the_browser_and_stays_signed_in(person: Person) -> None:
    before = set(person.server.google.files)
    places = ("--sheet", SHEET.format(person.sheet), "--drive-folder", PLACE.format(person.drive_folder))
    code, said = person.signs_in(*places)
    assert code == 0, said
    assert f"You are signed in as {HR}; that is kept in the keyring of this computer." in said
    assert said.count("ok   ") == 5
    assert 'oauth_client = "client.json"' in said
    assert set(person.server.google.files) == before
    assert not (person.folder / TOKEN_FILE).exists()
    assert SECRET not in json.dumps(file_keyring.kept())

    person.configure()
    person.server.start_counting()
    code, said = person.looks()
    assert "token" not in person.server.methods, "the token of the sign-in is still good"
    assert "spreadsheets.values.batchGet" in person.server.methods
    assert "Traceback" not in said


def test_a_token_that_ran_out_is_renewed_once_and_kept(person: Person) -> None:
    person.signs_in()
    person.configure()
    person.expire()
    person.server.start_counting()
    person.looks()
    assert person.server.methods[0] == "token"
    person.server.start_counting()
    person.looks()
    assert "token" not in person.server.methods


@pytest.mark.parametrize("keyring", [NO_KEYRING, "keyring.backends.fail.Keyring"])
def test_without_a_keyring_it_is_kept_in_a_file_for_this_person_only(person: Person, keyring: str) -> None:
    person.keyring = keyring
    code, said = person.signs_in()
    assert code == 0
    assert f'the file "{TOKEN_FILE}" beside careersheets.toml' in said
    file = person.folder / TOKEN_FILE
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    person.configure()
    assert person.run("doctor", SHEET.format(person.sheet))[1].count(f"are opened as {HR}") == 1
    if os.name != "nt":
        file.chmod(0o644)
        code, said = person.looks()
        assert (code, f"chmod 600 {TOKEN_FILE}" in said) == (5, True)


def test_a_sign_in_that_google_takes_back_is_said_with_its_usual_cause(person: Person) -> None:
    person.signs_in()
    person.configure()
    person.expire()
    person.server.google.sign_in.refresh_tokens.clear()
    code, said = person.looks()
    assert code == 5
    assert "no longer accepts your sign-in" in said
    assert "google setup --oauth" in said
    assert "every 7 days" in said
    assert "Internal or publish" in said


@pytest.mark.parametrize(
    ("unticked", "words"),
    [(None, "refused in the browser"), (SCOPES[:1], "leave all boxes ticked")],
    ids=["refused", "a box left empty"],
)
def test_who_does_not_allow_everything_is_not_signed_in(
    person: Person, unticked: tuple[str, ...] | None, words: str
) -> None:
    person.server.google.sign_in.unticked = unticked
    code, said = person.signs_in()
    assert code == 5
    assert words in said
    assert file_keyring.kept() == {}


def test_a_client_that_google_does_not_know_is_said_to_be_one(person: Person) -> None:
    person.server.google.sign_in.clients.clear()
    code, said = person.signs_in()
    assert (code, "does not know the OAuth client" in said) == (5, True)


def test_a_code_from_elsewhere_is_not_taken(person: Person) -> None:
    """Another page of this computer sends the browser to us with a code of its own."""
    with person.start("google", "setup", "--oauth", "client.json", "--no-browser") as running:
        assert running.stderr is not None
        running.stderr.readline()
        address = running.stderr.readline()
        here = re.search(r"127\.0\.0\.1%3A(\d+)", address)
        assert here is not None
        with urlopen(f"http://127.0.0.1:{here[1]}/?state=guessed&code=stolen", timeout=30):
            pass
        said, complained = running.communicate(timeout=60)
    assert running.returncode == 5
    assert "did not accept the sign-in" in said
    assert "Traceback" not in complained
    assert file_keyring.kept() == {}


def test_without_a_sign_in_a_command_says_how_to_sign_in(person: Person) -> None:
    person.configure()
    code, said = person.looks()
    assert (code, "google setup --oauth FILE" in said) == (5, True)
    keep_token({"refresh_token": "r", "client_id": "another"}, person.folder)
    assert "You are not signed in to Google here, or with another client." in person.looks()[1]
    assert "TO DO  You are not signed in" in person.run("doctor", SHEET.format(person.sheet))[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "not the file of an OAuth client"),
        ("no json", "not the file of an OAuth client"),
        ('{"web": {}}', "client of a web page"),
        ('{"type": "service_account"}', "key of a service account"),
        ('{"installed": {"client_id": 7}}', "not the file of an OAuth client"),
    ],
)
def test_another_file_is_told_apart(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "client.json").write_text(content, "utf-8")
    with pytest.raises(CareersheetsError, match=words):
        read_oauth_client(tmp_path / "client.json")
    with pytest.raises(CareersheetsError, match="no file of the OAuth client"):
        read_oauth_client(tmp_path / "none.json")


def test_a_service_accounts_key_is_kept_in_the_keyring_and_the_file_can_go(
    person: Person,
    setup: Setup,  # noqa: F811
) -> None:
    person.server, person.sheet = setup.server, setup.sheet
    key = person.folder / "key.json"
    key.write_text(json.dumps(setup.key), "utf-8")
    key.chmod(0o600)
    code, said = person.run("google", "setup", "key.json", "--keyring", "--sheet", SHEET.format(setup.sheet))
    assert code == 0, said
    assert 'Delete the file "key.json"' in said
    assert 'key_file = "keyring"' in said
    assert max(map(len, file_keyring.kept().values())) <= 1000
    key.unlink()
    person.configure('key_file = "keyring"')
    person.server.start_counting()
    person.looks()
    assert person.server.methods[:2] == ["token", "spreadsheets.get"]
    assert person.run("google", "setup", "keyring")[0] == 0

    person.keyring = NO_KEYRING
    assert "is not in the keyring of this computer" in person.looks()[1]
    key.write_text(json.dumps(setup.key), "utf-8")
    key.chmod(0o600)
    code, said = person.run("google", "setup", "key.json", "--keyring")
    assert (code, "no keyring that works for you" in said) == (5, True)


def test_a_shorter_secret_leaves_nothing_of_a_longer_one(person: Person) -> None:
    assert passwords.keep_in_keyring("thing", "x" * 3500)
    assert len(file_keyring.kept()) == 5
    assert passwords.keep_in_keyring("thing", "y" * 10)
    assert passwords.find_in_keyring("thing") == "y" * 10
    assert "x" not in json.dumps(file_keyring.kept())
    assert passwords.find_in_keyring("nothing") == ""


@pytest.mark.parametrize("lines", ["", 'key_file = "a"\noauth_client = "b"'])
def test_the_settings_name_exactly_one_account(tmp_path: Path, lines: str) -> None:
    (tmp_path / "careersheets.toml").write_text(f"[google]\n{lines}\n", "utf-8")
    with pytest.raises(CareersheetsError, match=r"line 1: .*needs either key_file.* or oauth_client"):
        read_configuration(tmp_path / "careersheets.toml")
