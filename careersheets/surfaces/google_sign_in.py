"""A person's sign-in to Google with their browser, which comes back to this very computer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import Any

from ..books.google.client import SCOPES, token_of
from ..books.google.errors import GoogleMissing
from ..model.errors import AccessDenied, CareersheetsError, RemoteError, UsageError
from .google_place import sign_in_address

try:
    from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
    from oauthlib.oauth2 import OAuth2Error
    from requests import RequestException
except ImportError as error:
    raise GoogleMissing from error

_HERE = "127.0.0.1"
_SECONDS = 300
_ASKED = "Sign in to Google at this address, with a browser on this computer:\n{url}"
_DONE = "Signed in. You can close this page and go back to careersheets."


def sign_in(client: Mapping[str, str], *, browser: bool = True) -> dict[str, str]:
    """Have a person sign in; what to keep of it.

    Args:
        client: the OAuth client, from `read_oauth_client`.
        browser: whether the browser is opened; the address is said on standard error in any case.

    Raises:
        CareersheetsError: they did not, or not to everything that is needed, or Google cannot be reached.
    """
    flow = InstalledAppFlow.from_client_config(
        {"installed": {**client, "auth_uri": sign_in_address()}}, scopes=list(SCOPES)
    )
    try:
        with redirect_stdout(sys.stderr):
            credentials = flow.run_local_server(
                host=_HERE,
                port=0,
                authorization_prompt_message=_ASKED,
                success_message=_DONE,
                open_browser=browser,
                timeout_seconds=_SECONDS,
                # Asked for each time: without it a second sign-in brings no refresh token.
                prompt="consent",
            )
    except (WSGITimeoutError, OAuth2Error, RequestException, OSError, Warning) as error:
        raise _explained(error) from error
    if not credentials.refresh_token:
        raise AccessDenied("Google did not let careersheets stay signed in. Run the same again.")
    return token_of(credentials) | {"client_id": client["client_id"]}


def _explained(error: Exception) -> CareersheetsError:
    if isinstance(error, Warning):
        return AccessDenied(
            "Not everything was allowed that careersheets needs. Run the same again, and leave all boxes ticked."
        )
    if isinstance(error, WSGITimeoutError):
        return UsageError(
            f"Nobody signed in within {_SECONDS // 60} minutes, or the browser could not come back to this computer. Run the "
            "same again, with a browser on this computer."
        )
    said = _reason(error)
    if said == "access_denied":
        return AccessDenied("The sign-in was refused in the browser. Nothing was changed.")
    if said in ("invalid_client", "unauthorized_client"):
        return AccessDenied(
            "Google does not know the OAuth client any more. Download its file again in the Google Cloud console, under "
            "Google Auth Platform > Clients."
        )
    if isinstance(error, OAuth2Error):
        return AccessDenied(f"Google did not accept the sign-in ({said}). Run the same again.")
    return RemoteError(
        "Google cannot be reached. Check the connection to the internet, then run the same again."
    )


def _reason(error: Any) -> str:
    return str(getattr(error, "error", "") or "")
