"""Passwords: from the environment or the system's keyring, and from nowhere else. Longer secrets: in the keyring."""

from __future__ import annotations

import os
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from ..model.errors import AccessDenied

Purpose = Literal["mail", "ledger"]

SERVICE = "careersheets"
# The Credential Manager of Windows takes no more than 1280 characters at once.
_PIECE = 1000
_NAMES = {"mail": "the mail server", "ledger": "the ledger's database"}


class PasswordMissing(AccessDenied):
    """Neither the environment nor the keyring has it."""

    def __init__(self, purpose: Purpose, keyring_works: bool) -> None:
        why = "" if keyring_works else " This computer has no keyring that can be asked."
        super().__init__(
            f"The password of {_NAMES[purpose]} was not found.{why} {how_to_store(purpose, keyring_works)}"
        )


def how_to_store(purpose: Purpose, keyring_works: bool = True) -> str:
    """What to do so that a password is found."""
    by_variable = f"set the environment variable {variable(purpose)}"
    if not keyring_works:
        return f"{by_variable[0].upper()}{by_variable[1:]}."
    return f"Store it with: keyring set {SERVICE} {purpose} (or {by_variable})."


def variable(purpose: Purpose) -> str:
    """The environment variable that is asked first."""
    return f"CAREERSHEETS_{purpose.upper()}_PASSWORD"


def find_password(purpose: Purpose) -> str:
    """The password.

    Raises:
        PasswordMissing: it is nowhere; the sentence says where to put it.
    """
    if found := os.environ.get(variable(purpose)):
        return found
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(SERVICE, purpose)
    except (KeyringError, RuntimeError, OSError) as error:
        raise PasswordMissing(purpose, keyring_works=False) from error
    if not kept:
        raise PasswordMissing(purpose, keyring_works=True)
    return kept


def with_password(address: str) -> str:
    """A database's address with the password that is kept for it; as it is where none is kept or none is needed."""
    parts = urlsplit(address)
    if not parts.scheme.startswith("postgresql") or not parts.username:
        return address
    try:
        password = find_password("ledger")
    except PasswordMissing:
        return address
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


def keep_in_keyring(name: str, secret: str) -> bool:
    """Keep a secret of any length; whether it is there now, so False where this computer has no keyring that works."""
    import keyring
    from keyring.errors import KeyringError

    pieces = [secret[at : at + _PIECE] for at in range(0, len(secret), _PIECE)]
    try:
        before = _count(keyring.get_password(SERVICE, name))
        for number, piece in enumerate(pieces, 1):
            keyring.set_password(SERVICE, f"{name} {number}", piece)
        keyring.set_password(SERVICE, name, str(len(pieces)))
        for number in range(len(pieces) + 1, before + 1):
            keyring.delete_password(SERVICE, f"{name} {number}")
    except (KeyringError, RuntimeError, OSError):
        return False
    return find_in_keyring(name) == secret


def find_in_keyring(name: str) -> str:
    """The secret that is kept under this name; "" where there is none, or no keyring that can be asked."""
    import keyring
    from keyring.errors import KeyringError

    try:
        count = _count(keyring.get_password(SERVICE, name))
        pieces = [keyring.get_password(SERVICE, f"{name} {number}") for number in range(1, count + 1)]
    except (KeyringError, RuntimeError, OSError):
        return ""
    return "" if None in pieces else "".join(piece or "" for piece in pieces)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
