"""Google Sheets and Drive as careersheets.toml says; only imported where they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..books.google.client import (
    GoogleClient,
    credentials_from_key,
    credentials_from_sign_in,
    token_of,
)
from ..delivery.drive import DriveFolders
from ..delivery.drive_calls import DriveCalls
from ..delivery.drive_register import DriveRegister
from ..model.errors import UsageError
from .configuration import Configuration
from .google_address import id_in
from .google_keys import find_key, read_oauth_client
from .google_place import google_root
from .google_token import find_token, keep_token

# What lies in Drive, beside the workbook.
REGISTER = ".careersheets-drive.json"


def open_client(configuration: Configuration, folder: Path) -> GoogleClient:
    """Google's Sheets and Drive for the account that the settings in `folder` name; nothing is asked yet.

    Raises:
        UsageError: they name none.
        CareersheetsError: the key cannot be used, or nobody is signed in.
    """
    if configuration.google is None:
        raise UsageError(
            "Google is not set up. Run: careersheets google setup (it says what to write into careersheets.toml)."
        )
    if configuration.google.oauth_client:
        client = read_oauth_client(folder / configuration.google.oauth_client)
        return client_of_person(find_token(folder, client["client_id"]), client, folder)
    return client_of(find_key(configuration.google.key_file, folder))


def client_of(key: Mapping[str, Any]) -> GoogleClient:
    """Google's Sheets and Drive for the service account with this key."""
    return GoogleClient(credentials_from_key(key), account=str(key["client_email"]), root=google_root())


def client_of_person(token: Mapping[str, str], client: Mapping[str, str], folder: Path) -> GoogleClient:
    """Google's Sheets and Drive for the person who signed in; what Google renews meanwhile is kept for `folder`."""
    credentials = credentials_from_sign_in(token, client)

    def keep_renewed() -> None:
        renewed = {**token, **token_of(credentials)}
        if renewed != token:
            keep_token(renewed, folder)

    return GoogleClient(
        credentials, account=token.get("account", ""), root=google_root(), at_end=keep_renewed
    )


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
