"""What Google's refusals mean to the person at the desk: each recognised by status and reason, and said with its fix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ...model.errors import AccessDenied, CareersheetsError, InputError, RemoteError, UsageError

_SIGNED_OUT = {"invalid_grant", "invalid_client", "invalid_token", "authError", "UNAUTHENTICATED"}
_API_OFF = {"SERVICE_DISABLED", "accessNotConfigured"}
_SCOPE = {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"}
_BUSY = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
_OVER = "expired or revoked"
_STALE_TOKEN = "Invalid Value"  # noqa: S105 - what Google calls a token that is no longer good


class GoogleFault(Enum):
    """Why Google did not do what it was asked: the kind of error, the reason and what to do; `{account}` is filled in."""

    SIGNED_OUT = (
        AccessDenied,
        "no longer accepts the saved sign-in.",
        "Run `careersheets google setup` again.",
    )
    SIGN_IN_OVER = (
        AccessDenied,
        "no longer accepts your sign-in: it has run out, or was taken back.",
        "Run `careersheets google setup --oauth FILE` again. If this comes every 7 days, the consent screen of your project "
        "stands in Testing: in the Google Cloud console, under Google Auth Platform > Audience, make it Internal or publish "
        "the app.",
    )
    API_OFF = (
        AccessDenied,
        "has the Google Sheets or Google Drive API switched off in your project.",
        "Ask the administrator to enable both in the Google Cloud console, and wait a few minutes.",
    )
    SCOPE = (
        AccessDenied,
        "was not asked for a permission that is needed when you signed in.",
        "Run `careersheets google setup` again and leave all boxes ticked.",
    )
    NO_STORAGE = (
        AccessDenied,
        "gives no storage to a service account, which therefore cannot own files.",
        "Choose a folder on a shared drive, or sign in as a person with `careersheets google setup`.",
    )
    STORAGE_FULL = (
        RemoteError,
        "has no storage left for the owner of that folder.",
        "Free some, or choose another folder.",
    )
    PROTECTED = (
        AccessDenied,
        "does not let {account} change a protected tab or cell.",
        "Open Data > Protect sheets and ranges, and add this account to those who may edit.",
    )
    NOT_SHARED = (
        AccessDenied,
        "does not let {account} open it or change it.",
        "Press Share in the sheet and add this account as an editor.",
    )
    NOT_FOUND = (
        InputError,
        "has no such file, or none that {account} may see.",
        "Check the address, press Share in the sheet, and add this account as an editor.",
    )
    EXCEL_FILE = (
        InputError,
        "keeps this as an Excel file, not as a Google Sheet.",
        "Open it there, choose File > Save as Google Sheets, and give the new address.",
    )
    NO_SUCH_TAB = (
        RemoteError,
        "has no tab of a name that was there a moment ago: it was renamed or deleted.",
        "Run again.",
    )
    OUTSIDE_GRID = (
        RemoteError,
        "found too few rows or columns on a tab.",
        "Run again; rows are added where they lack.",
    )
    TOO_LARGE = (
        InputError,
        "does not take so many cells in one sheet, or so long a text in one cell.",
        "Split the workbook, or shorten the text.",
    )
    ID_TAKEN = (RemoteError, "has a file with this number already.", "Nothing to do; the file is there.")
    BUSY = (
        RemoteError,
        "asks to slow down: too many requests in this minute.",
        "Nothing is lost; the next run goes on.",
    )
    ROBOT = (
        RemoteError,
        "takes this computer's network for a robot.",
        "Wait an hour, or ask whoever looks after the network.",
    )
    DOWN = (RemoteError, "has a temporary problem.", "Nothing is lost; the next run tries again.")
    UNREACHABLE = (RemoteError, "cannot be reached.", "Check the connection to the internet, then run again.")
    NOT_UNDERSTOOD = (
        RemoteError,
        "did not understand the request.",
        "Update careersheets; if that does not help, report it with this message.",
    )

    @property
    def temporary(self) -> bool:
        """Whether the same request may well succeed a little later."""
        return self in (GoogleFault.BUSY, GoogleFault.DOWN, GoogleFault.UNREACHABLE)

    def of(self, name: str, account: str = "", detail: str = "") -> CareersheetsError:
        """The error that says so of the sheet, folder or file called `name`."""
        kind, reason, fix = self.value
        said = reason.format(account=account or "the account that careersheets uses")
        note = f" ({detail})" if detail else ""
        error: CareersheetsError = kind(f'Google {said}{note} This was about "{name}". {fix}')
        return error


class GoogleMissing(UsageError):
    """The libraries for Google are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Google Sheets needs a part of careersheets that is not installed. "
            'Run `pip install "careersheets[google]"`, then try again.'
        )


@dataclass(frozen=True, slots=True)
class _Body:
    """What an error body says, in whichever of Google's shapes; `reasons` also holds its status."""

    message: str
    reasons: frozenset[str]
    page: bool


def classify(status: int, content: str | bytes) -> GoogleFault:
    """What went wrong, by status and reason; by the text only where Google gives no reason.

    Args:
        status: of the answer, 0 if there was none.
        content: the body of the answer, JSON or a page.
    """
    if not status:
        return GoogleFault.UNREACHABLE
    body = _read_body(content)
    if status == 429:
        return GoogleFault.ROBOT if body.page else GoogleFault.BUSY
    if body.reasons & _BUSY:
        return GoogleFault.BUSY
    if status >= 500:
        return GoogleFault.DOWN
    if "invalid_grant" in body.reasons and _OVER in body.message:
        return GoogleFault.SIGN_IN_OVER
    if status == 401 or body.reasons & _SIGNED_OUT or body.message == _STALE_TOKEN:
        return GoogleFault.SIGNED_OUT
    if status == 403:
        return _classify_forbidden(body)
    if status == 404:
        return GoogleFault.NOT_FOUND if not body.page else GoogleFault.NOT_UNDERSTOOD
    if status == 409:
        return GoogleFault.ID_TAKEN
    return _classify_bad_request(body)


def explain(status: int, content: str | bytes, name: str, account: str = "") -> CareersheetsError:
    """The error for the user; Google's own words only where they help whoever reports it."""
    fault = classify(status, content)
    detail = _read_body(content).message[:200] if fault is GoogleFault.NOT_UNDERSTOOD else ""
    return fault.of(name, account, detail)


def _classify_forbidden(body: _Body) -> GoogleFault:
    if body.reasons & _API_OFF or "has not been used in project" in body.message:
        return GoogleFault.API_OFF
    if body.reasons & _SCOPE or "insufficient authentication scopes" in body.message:
        return GoogleFault.SCOPE
    if "storageQuotaExceeded" in body.reasons:
        return GoogleFault.NO_STORAGE if "Service Accounts" in body.message else GoogleFault.STORAGE_FULL
    if "protected" in body.message:
        return GoogleFault.PROTECTED
    return GoogleFault.NOT_SHARED


def _classify_bad_request(body: _Body) -> GoogleFault:
    texts = {
        "not supported for this document": GoogleFault.EXCEL_FILE,
        "Unable to parse range": GoogleFault.NO_SUCH_TAB,
        "No grid with id": GoogleFault.NO_SUCH_TAB,
        "exceeds grid limits": GoogleFault.OUTSIDE_GRID,
        "protected cell or object": GoogleFault.PROTECTED,
        "above the limit of": GoogleFault.TOO_LARGE,
        "maximum of 50000 characters": GoogleFault.TOO_LARGE,
    }
    found = (fault for text, fault in texts.items() if text in body.message)
    return next(found, GoogleFault.NOT_UNDERSTOOD)


def _read_body(content: str | bytes) -> _Body:
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    try:
        message: Any = json.loads(text)
    except ValueError:
        return _Body("", frozenset(), page=True)
    error = message.get("error", {}) if isinstance(message, dict) else {}
    if not isinstance(error, dict) or not error:
        said = message.get("error_description", "") if isinstance(message, dict) else ""
        return _Body(str(said), frozenset([error] if isinstance(error, str) else []), page=False)
    entries = [*error.get("details", []), *error.get("errors", []), {"reason": error.get("status")}]
    reasons = frozenset(entry["reason"] for entry in entries if entry.get("reason"))
    return _Body(str(error.get("message", "")), reasons, page=False)
