"""careersheets.toml: what is right is read, and every mistake is named with its line and what to do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from careersheets.model.errors import AccessDenied
from careersheets.surfaces.configuration import FILE_NAME, Configuration, read_configuration
from careersheets.surfaces.configuration_faults import ConfigurationRefused
from careersheets.surfaces.passwords import PasswordMissing, find_password, with_password

pytestmark = pytest.mark.requirement("X6")

MAIL = '[mail]\nserver = "smtp.firm.example"\nsender = "people@firm.example"\n'
CANARY = "hunter2-Geheim"


class Keyring(keyring.backend.KeyringBackend):
    """One that keeps what it is told for as long as a test lasts, or is locked."""

    priority = 1

    def __init__(self, locked: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def kept() -> Iterator[Keyring]:
    before = keyring.get_keyring()
    keyring.set_keyring(mine := Keyring())
    yield mine
    keyring.set_keyring(before)


def read(tmp_path: Path, text: str | bytes) -> Configuration:
    file = tmp_path / "careersheets.toml"
    file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_configuration(file)


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ConfigurationRefused) as caught:
        read(tmp_path, text)
    assert CANARY not in str(caught.value)
    assert all(
        fault.startswith("careersheets.toml") and fault.endswith((".", "?", "mail", "ledger"))
        for fault in caught.value.faults
    )
    return caught.value.faults


def test_without_a_file_the_defaults_hold_and_no_mail_is_sent(tmp_path: Path) -> None:
    configuration = read_configuration(tmp_path / FILE_NAME)
    assert configuration.mail is None
    assert configuration.delivery.way == "folder"
    assert configuration.retention.log_days == 90


def test_two_lines_are_enough_for_mail(tmp_path: Path) -> None:
    mail = read(tmp_path, b"\xef\xbb\xbf" + MAIL.replace("\n", "\r\n").encode()).mail
    assert mail is not None
    assert (mail.port, mail.security, mail.domains) == (587, "starttls", ("firm.example",))


def test_everything_is_read_as_it_stands(tmp_path: Path) -> None:
    text = MAIL + (
        'port = 465\nsecurity = "tls"\nuser = "people"\nsender_name = "Ünal & Team"\n'
        'allowed_domains = ["Firm.example", "Bücher.example"]\nlink_or_attach = "link"\n'
        '[ledger]\nplace = "postgresql://hr@db.firm.example/careers"\n'
        '[delivery]\nway = "mail"\nattempts = 5\n[retention]\nlog_days = 30\n'
    )
    configuration = read(tmp_path, text)
    assert configuration.mail is not None
    assert configuration.mail.allowed_domains == ("firm.example", "xn--bcher-kva.example")
    assert configuration.mail.sender_name == "Ünal & Team"
    assert configuration.ledger.place == "postgresql://hr@db.firm.example/careers"
    assert (configuration.delivery.attempts, configuration.retention.log_days) == (5, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAIL + 'securty = "tls"', 'line 4: [mail] securty is not known here. Did you mean "security"?'),
        ("[mial]\nserver = 'x'", 'line 1: "mial" is not known here. Did you mean "mail"?'),
        (MAIL + 'zebra = "tls"', "line 4: [mail] zebra is not known here. There is: allowed_domains, "),
        ("[mail]\nserver = 'smtp.firm.example'", "line 1: [mail] sender is missing. Add it."),
        (MAIL + 'port = "587"', "line 4: [mail] port must be a whole number without quotation marks."),
        (MAIL + "port = 0", "line 4: [mail] port must be at least 1."),
        (MAIL + "port = 70000", "line 4: [mail] port must be at most 65535."),
        (MAIL + "user = 5", "line 4: [mail] user must be a text in quotation marks, such as user = "),
        (MAIL + 'security = "ssl"', "line 4: [mail] security must be one of 'starttls', 'tls' or 'none'."),
        (MAIL + 'allowed_domains = "firm.example"', "line 4: [mail] allowed_domains must be a list of texts"),
        (MAIL + 'allowed_domains = ["*.firm.example"]', "line 4: [mail] allowed_domains must be a domain such as"),
        (MAIL + 'allowed_domains = ["a@firm.example"]', "line 4: [mail] allowed_domains must be a domain such as"),
        (MAIL.replace("smtp.", "https://"), "line 2: [mail] server must be the name of one server"),
        (MAIL.replace("people@", "People <people@"), "line 3: [mail] sender has a blank, bracket"),
        (MAIL.replace("people@", "a@firm.example,people@"), "line 3: [mail] sender has a comma"),
        (MAIL + "port = 465", 'line 1: port 465 needs security = "tls"'),
        (MAIL + 'security = "none"', 'line 1: security = "none" is for a mail server on this computer only'),
        ('[delivery]\nway = "mail"', '[delivery] way = "mail" needs a section [mail]'),
        ("[delivery]\nattempts = 0\n", "line 2: [delivery] attempts must be at least 1."),
        ('[delivery]\nfolder = ""\n', "line 2: [delivery] folder is empty."),
        ("[retention]\nlog_days = true\n", "line 2: [retention] log_days must be a whole number"),
        ("[retention]\nlog_days = 1.5\n", "line 2: [retention] log_days must be a whole number"),
        ('mail = "yes"', 'line 1: "mail" is a section: its keys stand in the lines below [mail].'),
        ("[mail]\nserver = smtp.firm.example", "line 2: cannot be understood."),
        (MAIL + 'server = "again"', "line 4: cannot be understood."),
        ("[mail", "line 1: cannot be understood."),
        ('[mail]\nserver = "Müller"'.encode("latin-1"), "is not saved as UTF-8."),
        (b"#" * 1_000_001, "is too long to be a list of settings."),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    assert any(said in fault for fault in faults(tmp_path, text)), faults(tmp_path, text)


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = MAIL + "port = 0\n# a remark\nsecurty = 'tls'\n\n[retention]\nlog_days = 0\nlogs = 1\n"
    assert [fault.split(": ")[0] for fault in faults(tmp_path, text)] == [
        f"careersheets.toml, line {line}" for line in (4, 6, 9, 10)
    ]


@pytest.mark.parametrize(
    ("line", "stored_with"),
    [
        (f'password = "{CANARY}"', "keyring set careersheets mail"),
        (f'smtp_password = "{CANARY}"', "keyring set careersheets mail"),
        (f'Passwort = "{CANARY}"', "keyring set careersheets mail"),
        (f'api_key = "{CANARY}"', "keyring set careersheets mail"),
        (f'oauth_token = "{CANARY}"', "keyring set careersheets mail"),
        (
            f'[ledger]\nplace = "postgresql://hr:{CANARY}@db.firm.example/careers"',
            "keyring set careersheets ledger",
        ),
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(
    tmp_path: Path, line: str, stored_with: str
) -> None:
    (fault,) = faults(tmp_path, MAIL + line)
    assert f"line {3 + len(line.splitlines())}: " in fault
    assert "secrets do not belong in this file" in fault
    assert stored_with in fault


def test_the_example_has_every_key_and_is_read_as_it_stands_and_without_its_marks(tmp_path: Path) -> None:
    example = (Path(__file__).parents[2] / "docs" / "careersheets.toml").read_text("utf-8")
    assert read(tmp_path, example).mail is not None
    uncommented = re.sub(r"(?m)^# (?=[a-z_]+ = )", "", example)
    for other in ("key_file", "oauth_client"):
        configuration = read(tmp_path, re.sub(f"(?m)^{other} = .*", "", uncommented))
        for name, section in configuration:
            assert section.model_fields_set | {other} == set(type(section).model_fields) | {other}, name
    assert configuration.retention == Configuration().retention
    assert configuration.delivery == Configuration().delivery


def test_a_wrong_value_is_never_repeated(tmp_path: Path) -> None:
    for key in ("server", "user", "sender", "security", "port", CANARY.lower()):
        text = MAIL.replace(f"{key} = ", "old = ") + f'{key} = "{CANARY} {CANARY}"'
        assert not any(CANARY in fault for fault in faults(tmp_path, text + "\nunknown = 1"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "careersheets.toml"
    file.write_text(MAIL, "utf-8")
    file.chmod(0)
    with pytest.raises(AccessDenied, match="may not be read"):
        read_configuration(file)


def test_the_environment_comes_before_the_keyring(kept: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAREERSHEETS_MAIL_PASSWORD", raising=False)
    with pytest.raises(PasswordMissing, match="keyring set careersheets mail"):
        find_password("mail")
    keyring.set_password("careersheets", "mail", "from the keyring")
    assert find_password("mail") == "from the keyring"
    monkeypatch.setenv("CAREERSHEETS_MAIL_PASSWORD", "from the environment")
    assert find_password("mail") == "from the environment"


def test_a_keyring_that_is_locked_or_missing_is_a_sentence(
    kept: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAREERSHEETS_MAIL_PASSWORD", raising=False)
    kept.locked = True
    with pytest.raises(PasswordMissing, match="Set the environment variable CAREERSHEETS_MAIL_PASSWORD"):
        find_password("mail")


def test_the_ledgers_address_gets_its_password_only_on_the_way(
    kept: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAREERSHEETS_LEDGER_PASSWORD", raising=False)
    address = "postgresql://hr@db.firm.example:5432/careers?sslmode=require"
    assert with_password(address) == address
    keyring.set_password("careersheets", "ledger", "p@ss:w/ört")
    assert with_password(address) == (
        "postgresql://hr:p%40ss%3Aw%2F%C3%B6rt@db.firm.example:5432/careers?sslmode=require"
    )
    assert with_password("records") == "records"
