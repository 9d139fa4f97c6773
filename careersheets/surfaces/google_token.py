"""What a person's sign-in to Google leaves: kept in the system's keyring, else in a file that only they may read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..delivery.folder import write_document
from ..model.errors import AccessDenied
from .google_keys import read_private
from .passwords import find_in_keyring, keep_in_keyring

TOKEN_FILE = "careersheets-google-token.json"  # noqa: S105 - the name of a file
_PARTS = ("refresh_token", "token", "expiry", "client_id", "account")


def keep_token(token: Mapping[str, str], folder: Path) -> str:
    """Keep what a sign-in left, for the workbook whose careersheets.toml is in `folder`; where it is now.

    Raises:
        CareersheetsError: there is no keyring, and the file cannot be written.
    """
    text = json.dumps({part: token.get(part, "") for part in _PARTS})
    if keep_in_keyring(_name(folder), text):
        # A file is read first: it is there only where the keyring did not work.
        (folder / TOKEN_FILE).unlink(missing_ok=True)
        return "the keyring of this computer"
    write_document(folder / TOKEN_FILE, text.encode())
    return f'the file "{TOKEN_FILE}" beside careersheets.toml, which only you can read'


def find_token(folder: Path, client_id: str) -> dict[str, Any]:
    """What a sign-in with this client left.

    Raises:
        AccessDenied: nobody is signed in, or others on this computer can read it.
    """
    file = folder / TOKEN_FILE
    if file.exists():
        text = read_private(file, "sign-in", "everything that you may see").decode("utf-8", "replace")
    else:
        text = find_in_keyring(_name(folder))
    try:
        token = json.loads(text or "{}")
    except (ValueError, RecursionError):
        token = {}
    whole = isinstance(token, dict) and all(isinstance(token.get(part), str) for part in _PARTS)
    if not whole or not token["refresh_token"] or token["client_id"] != client_id:
        raise AccessDenied(
            "You are not signed in to Google here, or with another client. Run: careersheets google setup --oauth FILE, in "
            "the folder of careersheets.toml, as the user who runs careersheets."
        )
    return dict(token)


def _name(folder: Path) -> str:
    return f"google-token {folder.resolve()}"
