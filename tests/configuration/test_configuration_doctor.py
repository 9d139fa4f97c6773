"""`careersheets doctor BOOK` on the settings beside a workbook, down to the mail server itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from careersheets.surfaces.configuration import FILE_NAME, read_configuration
from careersheets.surfaces.configuration_doctor import examine_configuration
from careersheets.surfaces.wiring import configuration_of, ledger_place_of, open_mailer
from careersheets.workflows.shipped import shipped_folder
from tests.delivery.mails import mail
from tests.support.certificates import Authority, new_authority
from tests.support.smtp_server import SmtpServer

pytestmark = pytest.mark.requirement("X6")

PASSWORD = "ключ-鍵-äöü"  # noqa: S105 - of a server that lives as long as a test


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copy(shipped_folder("workbook_templates") / "careers.xlsx", tmp_path))


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return new_authority(tmp_path)


def write(book: Path, port: int, more: str = "") -> Path:
    file = book.with_name(FILE_NAME)
    file.write_text(
        '[mail]\nserver = "127.0.0.1"\nsender = "people@firm.example"\nuser = "people"\n'
        f'port = {port}\nsecurity = "tls"\ncertificate_authority = "authority.pem"\n{more}',
        "utf-8",
    )
    file.chmod(0o600)
    return file


def to_do(book: Path, *, connect: bool = False) -> list[str]:
    found = examine_configuration(book.parent, connect=connect)
    return [f"{diagnosis.what} {diagnosis.fix}".strip() for diagnosis in found if not diagnosis.in_order]


def test_the_mail_server_is_asked_and_a_mail_goes_through_it(
    book: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_MAIL_PASSWORD", PASSWORD)
    server = SmtpServer(
        context=authority.server_context(), tls_from_the_start=True, logins={"people": PASSWORD}
    )
    with server.running() as port:
        write(book, port)
        assert to_do(book, connect=True) == []
        assert not server.taken
        with open_mailer(read_configuration(book.with_name(FILE_NAME)), book.parent) as mailer:
            assert mailer.send(mail()).outcome == "sent"
        monkeypatch.setenv("CAREERSHEETS_MAIL_PASSWORD", "another")
        (sentence,) = to_do(book, connect=True)
    assert sentence.startswith("The mail server refused the login")
    assert "another" not in sentence


def test_without_asking_no_server_is_connected_to(
    book: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_MAIL_PASSWORD", PASSWORD)
    server = SmtpServer()
    with server.running() as port:
        write(book, port)
        assert to_do(book) == []
    assert server.connections == 0


def test_a_password_that_is_nowhere_is_said_with_what_to_do(
    book: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAREERSHEETS_MAIL_PASSWORD", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    write(book, 465)
    (sentence, *_) = to_do(book)
    assert "The password of the mail server was not found." in sentence
    assert "CAREERSHEETS_MAIL_PASSWORD" in sentence


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_file_that_others_may_change_or_read_a_secret_in_is_said(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_MAIL_PASSWORD", PASSWORD)
    file = write(book, 465)
    file.chmod(0o644)
    assert to_do(book) == []
    file.chmod(0o664)
    assert ["can change careersheets.toml" in sentence for sentence in to_do(book)] == [True]
    file = write(book, 465, 'password = "hunter2"\n')
    assert len(to_do(book)) == 1
    file.chmod(0o644)
    secret, readable = to_do(book)
    assert "line 8: [mail] password holds a password" in secret
    assert "Other people on this computer can read" in readable
    assert "hunter2" not in secret + readable


def test_the_command_says_it_all_and_ends_with_the_code_for_findings(book: Path, tmp_path: Path) -> None:
    book.with_name(FILE_NAME).write_text("[mail]\nserver = 'smtp.firm.example'\nsendr = 'x'\n", "utf-8")
    environment = os.environ | {"CAREERSHEETS_LOGS": str(tmp_path / "logs")}
    command = [sys.executable, "-m", "careersheets.surfaces.cli", "doctor", str(book)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 1, said.stderr
    assert (
        'TO DO  careersheets.toml, line 3: [mail] sendr is not known here. Did you mean "sender"?'
        in said.stdout
    )
    told = subprocess.run([*command, "--json"], env=environment, capture_output=True, text=True, check=False)
    assert [diagnosis["in_order"] for diagnosis in json.loads(told.stdout)["settings"]] == [
        False,
        False,
        True,
    ]


def test_the_ledgers_folder_is_seen_from_the_workbook(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ledger_place_of(configuration_of(book.parent), book.parent) == ""
    book.with_name(FILE_NAME).write_text('[ledger]\nplace = "records"\n', "utf-8")
    assert ledger_place_of(configuration_of(book.parent), book.parent) == str(book.parent / "records")
    monkeypatch.setenv("CAREERSHEETS_LEDGER_PASSWORD", "a/b")
    book.with_name(FILE_NAME).write_text('[ledger]\nplace = "postgresql://hr@localhost/careers"\n', "utf-8")
    assert (
        ledger_place_of(configuration_of(book.parent), book.parent)
        == "postgresql://hr:a%2Fb@localhost/careers"
    )


def test_mail_that_is_not_set_up_is_one_sentence(book: Path) -> None:
    assert to_do(book) == []
    (sentence,) = to_do(book, connect=True)
    assert sentence.startswith("Mail is not set up.")
