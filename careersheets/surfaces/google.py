"""Google Sheets and Drive as careersheets.toml says; only imported where they are used."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..books.google_sheet_client import GoogleClient, credentials_from_key
from ..delivery.drive import DriveFolders
from ..delivery.drive_calls import DriveCalls
from ..delivery.drive_register import DriveRegister
from ..model.errors import AccessDenied, InputError, UsageError
from .configuration import Configuration
from .google_address import id_in

# What lies in Drive, beside the workbook.
REGISTER = ".careersheets-drive.json"
# Another place than Google's own, on this very computer: for tests.
ROOT_VARIABLE = "CAREERSHEETS_GOOGLE_ROOT"
LARGEST_KEY = 20_000
_NEEDED = ("client_email", "private_key", "token_uri")


def read_key(file: Path) -> Mapping[str, Any]:
    """The content of a service account's key file.

    Raises:
        AccessDenied: others on this computer can read it, or the user cannot.
        InputError: it is not there, or is no such key.
    """
    try:
        if os.name != "nt" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise AccessDenied(
                f'Other people on this computer can read the key file "{file.name}", and with it everything that is shared '
                f"with the service account. Let only yourself read it: chmod 600 {file.name}"
            )
        text = file.read_bytes()[: LARGEST_KEY + 1]
    except FileNotFoundError as error:
        raise InputError(
            f'There is no key file "{file.name}" in "{file.parent.name}". Check key_file.'
        ) from error
    except OSError as error:
        raise AccessDenied(
            f'The key file "{file.name}" may not be read by you. Ask whoever made it.'
        ) from error
    return _key_in(text, file.name)


def open_client(configuration: Configuration, folder: Path) -> GoogleClient:
    """Google's Sheets and Drive for the service account that the settings in `folder` name; nothing is asked yet.

    Raises:
        UsageError: they name none.
        CareersheetsError: the key cannot be used.
    """
    if configuration.google is None:
        raise UsageError(
            "Google is not set up. Run: careersheets google setup (it says what to write into careersheets.toml)."
        )
    return client_of(read_key(folder / configuration.google.key_file))


def client_of(key: Mapping[str, Any]) -> GoogleClient:
    """Google's Sheets and Drive for the service account with this key."""
    return GoogleClient(credentials_from_key(key), account=str(key["client_email"]), root=_root())


@contextmanager
def open_drive(configuration: Configuration, folder: Path) -> Iterator[DriveFolders]:
    """The folders of recipients in Drive; the connection is closed at the end of `with`.

    Raises:
        CareersheetsError: as `open_client`; or what lies in Drive cannot be told.
    """
    client = open_client(configuration, folder)
    try:
        parent = id_in(configuration.google.drive_folder if configuration.google else "")
        yield DriveFolders(DriveCalls(client), DriveRegister(folder / REGISTER), parent)
    finally:
        client.close()


def _key_in(text: bytes, name: str) -> Mapping[str, Any]:
    try:
        key = json.loads(text)
    except (ValueError, RecursionError):
        key = None
    if isinstance(key, dict) and ("installed" in key or "web" in key):
        raise InputError(
            f'"{name}" is the key of an OAuth client, for people. Make one for a service account: in the Google Cloud '
            "console, IAM & Admin > Service Accounts > Keys > Add key > JSON."
        )
    if (
        not isinstance(key, dict)
        or key.get("type") != "service_account"
        or not all(key.get(it) for it in _NEEDED)
    ):
        raise InputError(
            f'"{name}" is not the key file of a service account. Make one in the Google Cloud console: IAM & Admin > '
            "Service Accounts > Keys > Add key > JSON."
        )
    return key


def _root() -> str:
    root = os.environ.get(ROOT_VARIABLE, "")
    if root and urlsplit(root).hostname != "127.0.0.1":
        raise UsageError(f"{ROOT_VARIABLE} is for tests and takes only an address on 127.0.0.1. Unset it.")
    return root
