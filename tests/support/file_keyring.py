"""A keyring in a file, as strict about lengths as the Credential Manager of Windows; named in PYTHON_KEYRING_BACKEND."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

VARIABLE = "CAREERSHEETS_TEST_KEYRING"
NAME = f"{__name__}.FileKeyring"
LONGEST = 1280


class FileKeyring(KeyringBackend):
    """What it keeps stands in the file that the environment names, by `service name`."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > LONGEST:
            raise PasswordSetError("too long")
        keep(kept() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        if f"{service} {username}" not in kept():
            raise PasswordDeleteError("not there")
        keep({name: secret for name, secret in kept().items() if name != f"{service} {username}"})


def kept() -> dict[str, str]:
    """By `service name`; nothing where no file is named, as the library asks every keyring that was ever imported."""
    if VARIABLE not in os.environ:
        return {}
    file = Path(os.environ[VARIABLE])
    found: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found


def keep(secrets: dict[str, str]) -> None:
    Path(os.environ[VARIABLE]).write_text(json.dumps(secrets), "utf-8")
