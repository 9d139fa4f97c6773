"""The files that Google gives out: the key of a service account, and the client with which people sign in."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..model.errors import AccessDenied, InputError
from .google_place import token_address
from .passwords import find_in_keyring, keep_in_keyring

# What `key_file` says where the key is in the keyring.
IN_KEYRING = "keyring"
_LARGEST = 20_000
_NEEDED = ("client_email", "private_key", "token_uri")
_MAKE_A_KEY = "Make one in the Google Cloud console: IAM & Admin > Service Accounts > Keys > Add key > JSON."
_MAKE_A_CLIENT = (
    "Make one in the Google Cloud console: Google Auth Platform > Clients > Create client > Desktop app, and download "
    "its JSON."
)


def find_key(key_file: str, folder: Path) -> Mapping[str, Any]:
    """The key of the service account that careersheets.toml in `folder` names.

    Raises:
        CareersheetsError: it cannot be used.
    """
    if key_file != IN_KEYRING:
        return read_key(folder / key_file)
    text = find_in_keyring(_name(folder))
    if not text:
        raise AccessDenied(
            "The key of the service account is not in the keyring of this computer, or the keyring cannot be asked. Store "
            "it with: careersheets google setup KEY_FILE --keyring"
        )
    return _key_in(text.encode(), "the key in the keyring")


def keep_key(key: Mapping[str, Any], folder: Path) -> bool:
    """Keep the key in the keyring for `folder`; False where there is none that works."""
    return keep_in_keyring(_name(folder), json.dumps(dict(key)))


def read_key(file: Path) -> Mapping[str, Any]:
    """The content of a service account's key file.

    Raises:
        AccessDenied: others on this computer can read it, or the user cannot.
        InputError: it is not there, or is no such key.
    """
    return _key_in(
        read_private(file, "key file", "everything that is shared with the service account"), file.name
    )


def read_oauth_client(file: Path) -> Mapping[str, str]:
    """The OAuth client with which people sign in: client_id, client_secret and token_uri.

    Raises:
        AccessDenied: the user cannot read it.
        InputError: it is not there, or is no client of a desktop app.
    """
    about = _parsed(_read(file, "file of the OAuth client"))
    if about.get("type") == "service_account":
        raise InputError(
            f'"{file.name}" is the key of a service account. Give it without --oauth, as key_file.'
        )
    if "web" in about:
        raise InputError(f'"{file.name}" is the client of a web page. {_MAKE_A_CLIENT}')
    client = about.get("installed")
    if not isinstance(client, dict) or not all(
        isinstance(client.get(it), str) and client[it] for it in ("client_id", "client_secret")
    ):
        raise InputError(f'"{file.name}" is not the file of an OAuth client. {_MAKE_A_CLIENT}')
    return {
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
        "token_uri": token_address(),
    }


def read_private(file: Path, what: str, opens: str) -> bytes:
    """The bytes of a file that nobody else may read.

    Args:
        file: the file.
        what: how errors call it.
        opens: what whoever reads it gets at.

    Raises:
        AccessDenied: others on this computer can read it, or the user cannot.
        InputError: it is not there.
    """
    if os.name != "nt" and file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise AccessDenied(
            f'Other people on this computer can read the {what} "{file.name}", and with it {opens}. Let only yourself read '
            f"it: chmod 600 {file.name}"
        )
    return _read(file, what)


def _read(file: Path, what: str) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise InputError(
            f'There is no {what} "{file.name}" in "{file.parent.name}". Check the path, and what careersheets.toml says.'
        ) from error
    except OSError as error:
        raise AccessDenied(
            f'The {what} "{file.name}" may not be read by you. Ask whoever made it.'
        ) from error


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _key_in(text: bytes, name: str) -> Mapping[str, Any]:
    key = _parsed(text)
    if "installed" in key or "web" in key:
        raise InputError(
            f'"{name}" is that of an OAuth client, with which people sign in: give it with --oauth, or as oauth_client. '
            f"A service account has a key. {_MAKE_A_KEY}"
        )
    if key.get("type") != "service_account" or not all(key.get(it) for it in _NEEDED):
        raise InputError(f'"{name}" is not the key file of a service account. {_MAKE_A_KEY}')
    return key


def _name(folder: Path) -> str:
    return f"google-key {folder.resolve()}"
