"""Where Google is."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from ..model.errors import UsageError

# Another place than Google's own, on this very computer: for tests.
ROOT_VARIABLE = "CAREERSHEETS_GOOGLE_ROOT"


def google_root() -> str:
    """The other place, "" for Google's own.

    Raises:
        UsageError: it is not on this computer.
    """
    root = os.environ.get(ROOT_VARIABLE, "")
    if root and urlsplit(root).hostname != "127.0.0.1":
        raise UsageError(f"{ROOT_VARIABLE} is for tests and takes only an address on 127.0.0.1. Unset it.")
    return root


def sign_in_address() -> str:
    """Where people sign in with their browser."""
    return f"{google_root() or 'https://accounts.google.com'}/o/oauth2/auth"


def token_address() -> str:
    """Where tokens come from, whatever the file of a client says."""
    return f"{google_root()}/token" if google_root() else "https://oauth2.googleapis.com/token"
