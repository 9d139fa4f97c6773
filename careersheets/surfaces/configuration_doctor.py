"""Says whether the settings beside a workbook are in order, and what to do where they are not."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..model.errors import CareersheetsError
from ..workflows.install_doctor import Diagnosis
from .configuration import FILE_NAME, Configuration, GoogleSection, MailSection, read_configuration
from .configuration_faults import ConfigurationRefused
from .google_keys import find_key, read_oauth_client
from .google_token import find_token
from .logs import log_folder
from .passwords import PasswordMissing, find_password, how_to_store
from .wiring import open_mailer

_CHANGE = stat.S_IWGRP | stat.S_IWOTH
_READ = stat.S_IRGRP | stat.S_IROTH


def examine_configuration(folder: Path, *, connect: bool = False) -> list[Diagnosis]:
    """Everything that mail, ledger and log need; with `connect` the mail server is asked too, and nothing sent."""
    file = folder / FILE_NAME
    if not file.exists() and not connect:
        return [*_log()]
    try:
        configuration = read_configuration(file)
    except ConfigurationRefused as error:
        return [*_refused(file, error), *_may_be_changed(file), *_log()]
    except CareersheetsError as error:
        return [Diagnosis(False, str(error))]
    found = [Diagnosis(True, f"{file.name} is in order."), *_may_be_changed(file)]
    if configuration.mail is not None:
        found += _mail(configuration.mail)
        found += _password(configuration.mail)
    if configuration.google is not None:
        found += _google(configuration.google, folder)
    if connect:
        found += _connection(configuration, folder)
    return [*found, *_log()]


def _refused(file: Path, error: ConfigurationRefused) -> Iterator[Diagnosis]:
    yield from (Diagnosis(False, fault) for fault in error.faults)
    if error.holds_secret and _may(file, _READ):
        yield Diagnosis(
            False,
            f"Other people on this computer can read {file.name}, and with it the secret.",
            f"Have the password changed; then let only yourself read the file: chmod 600 {file.name}",
        )


def _may_be_changed(file: Path) -> Iterator[Diagnosis]:
    """Whoever may change the file decides where documents go."""
    if file.exists() and _may(file, _CHANGE):
        yield Diagnosis(
            False,
            f"Other people on this computer can change {file.name}, and with it where documents are sent.",
            f"Let only yourself change it: chmod 600 {file.name}",
        )


def _mail(mail: MailSection) -> Iterator[Diagnosis]:
    domains = ", ".join(mail.domains)
    yield Diagnosis(
        True, f"Mails go through {mail.server}:{mail.port} ({mail.security}), only to: {domains}."
    )


def _password(mail: MailSection) -> Iterator[Diagnosis]:
    if not mail.user:
        return
    try:
        find_password("mail")
    except PasswordMissing as error:
        yield Diagnosis(False, str(error))
    else:
        yield Diagnosis(True, "The password of the mail server is there.")


def _google(google: GoogleSection, folder: Path) -> Iterator[Diagnosis]:
    """Whether there is an account to go to Google with; Google itself is not asked."""
    try:
        if google.oauth_client:
            client = read_oauth_client(folder / google.oauth_client)
            account = find_token(folder, client["client_id"])["account"] or "a person"
        else:
            account = str(find_key(google.key_file, folder)["client_email"])
    except CareersheetsError as error:
        yield Diagnosis(False, str(error))
    else:
        yield Diagnosis(True, f"Google Sheets and Drive are opened as {account}.")


def _connection(configuration: Configuration, folder: Path) -> Iterator[Diagnosis]:
    try:
        trouble = open_mailer(configuration, folder).try_server()
    except PasswordMissing:
        # Said already; without it there is nothing to try.
        yield Diagnosis(False, "The mail server was not asked.", how_to_store("mail"))
    except CareersheetsError as error:
        yield Diagnosis(False, str(error))
    else:
        fine = "The mail server can be reached, is who it claims to be, and lets us in."
        yield Diagnosis(trouble is None, trouble.sentence if trouble else fine)


def _log() -> Iterator[Diagnosis]:
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        yield Diagnosis(False, "The log cannot be written.", f'Check that you may write to "{folder}".')
    else:
        yield Diagnosis(True, f'The log lies in "{folder}".')


def _may(file: Path, bits: int) -> bool:
    """On Windows these bits mean nothing; there the folder's sharing decides."""
    return os.name != "nt" and bool(file.stat().st_mode & bits)
