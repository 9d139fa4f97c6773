"""The one door to Google: its own client, with waiting for the quota minute and errors said in plain sentences."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Any

from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_attempt

from .errors import GoogleFault, GoogleMissing, classify, explain

try:
    import google_auth_httplib2
    import googleapiclient.discovery_cache
    import httplib2
    from google.auth.exceptions import GoogleAuthError, RefreshError
    from google.oauth2 import service_account
    from google.oauth2.credentials import Credentials
    from googleapiclient.discovery import build, build_from_document
    from googleapiclient.errors import HttpError
except ImportError as error:
    raise GoogleMissing from error

# httplib2 sends a POST again by itself when the line breaks, also after the change was made; whether to is ours to say.
httplib2.RETRIES = 1

SCOPES = (
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
)
ATTEMPTS = 6
# Google counts requests by the minute and does not say when the next one begins.
_QUOTA_MINUTE = 61.0
_LONGEST_WAIT = 32.0
_TIMEOUT = 60

Answer = dict[str, Any]


class GoogleClient:
    """Sheets and Drive for one account. Not for several threads at once: each needs its own.

    Args:
        credentials: those of google-auth.
        account: the address to share with, for the texts of errors.
        root: where Google is; only tests give another.
        sleep: waits some seconds.
        at_end: called when the connections are closed.
    """

    def __init__(
        self, credentials: Any, *, account: str = "", root: str = "", sleep: Callable[[float], None] = time.sleep,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.account = account
        self._root = root
        self._sleep = sleep
        self._at_end = at_end
        self._http = google_auth_httplib2.AuthorizedHttp(credentials, http=httplib2.Http(timeout=_TIMEOUT))

    @cached_property
    def sheets(self) -> Any:
        """The methods of Sheets, as Google's client has them."""
        service = self._service("sheets", "v4")
        service.spreadsheets = _built_once(service.spreadsheets, "values")
        return service

    @cached_property
    def drive(self) -> Any:
        """The methods of Drive, as Google's client has them."""
        service = self._service("drive", "v3")
        service.files = _built_once(service.files)
        return service

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
        self._at_end()

    def send(self, request: Any, name: str) -> Answer:
        """The answer to a request that may be sent twice without harm.

        Args:
            request: of `sheets` or `drive`, not executed yet.
            name: of the sheet, folder or file it is about, for the error.

        Raises:
            CareersheetsError: Google refused, or does not answer.
        """
        outcome = self.try_send(request)
        if isinstance(outcome, Failure):
            raise explain(outcome.status, outcome.content, name, self.account)
        return outcome

    def try_send(self, request: Any) -> Answer | Failure:
        """The answer, or what Google refused it with after all attempts."""
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_seconds_to_wait,
            sleep=self._sleep,
            retry=retry_if_result(lambda outcome: isinstance(outcome, Failure) and outcome.fault.temporary),
            retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
        )
        outcome: Answer | Failure = retrying(_execute, request)
        return outcome

    def _service(self, name: str, version: str) -> Any:
        if not self._root:
            return build(name, version, http=self._http, static_discovery=True, cache_discovery=False)
        folder = Path(googleapiclient.discovery_cache.__file__).parent / "documents"
        document = json.loads((folder / f"{name}.{version}.json").read_text("utf-8"))
        root = f"{self._root.rstrip('/')}/"
        document |= {"rootUrl": root, "baseUrl": root + document["servicePath"], "mtlsRootUrl": root}
        return build_from_document(document, http=self._http)


class Failure:
    """A request that did not succeed: the status, 0 if there was no answer, and what the answer said."""

    def __init__(self, status: int, content: str | bytes = b"") -> None:
        self.status = status
        self.content = content
        self.fault = classify(status, content)


class _TokenOnly:
    """Credentials that ask for a token and for nothing else.

    Google's own also look up, in a thread, in which regions the account may work. Nothing here needs that, and a process
    that ends while the thread loads its certificates crashes.
    """

    def before_request(self: Any, request: Any, method: str, url: str, headers: dict[str, str]) -> None:
        """Put a token that is still good into the headers."""
        if not self.valid:
            self.refresh(request)
        self.apply(headers)


class _ServiceAccount(_TokenOnly, service_account.Credentials):
    pass


class _Person(_TokenOnly, Credentials):
    pass


def credentials_from_key(key: Mapping[str, Any]) -> Any:
    """Credentials of a service account from the content of its key file.

    Raises:
        CareersheetsError: it is not such a key.
    """
    try:
        return _ServiceAccount.from_service_account_info(dict(key), scopes=SCOPES)  # type: ignore[no-untyped-call]
    except (ValueError, GoogleAuthError) as error:
        raise GoogleFault.SIGNED_OUT.of("the key file") from error


def credentials_from_sign_in(token: Mapping[str, Any], client: Mapping[str, Any]) -> Any:
    """Credentials of a person.

    Args:
        token: what a sign-in left: refresh_token, and token and expiry (UTC, ISO) where they are kept.
        client: the OAuth client it was made with: client_id, client_secret, token_uri.
    """
    expiry = datetime.fromisoformat(token["expiry"]) if token.get("expiry") else None
    return _Person(  # type: ignore[no-untyped-call]
        token.get("token"),
        refresh_token=token["refresh_token"],
        token_uri=client["token_uri"],
        client_id=client["client_id"],
        client_secret=client["client_secret"],
        scopes=SCOPES,
        expiry=expiry,
    )


def token_of(credentials: Any) -> dict[str, str]:
    """What to keep of the credentials of a person, for `credentials_from_sign_in`."""
    kept = {"refresh_token": credentials.refresh_token, "token": credentials.token or ""}
    return kept | {"expiry": credentials.expiry.isoformat() if credentials.expiry else ""}


def _built_once(build_resource: Callable[[], Any], *inner: str) -> Callable[[], Any]:
    """What Google's client puts together anew at each call, from its documents, which takes longer than to send."""

    @cache
    def resource() -> Any:
        built = build_resource()
        for name in inner:
            setattr(built, name, cache(getattr(built, name)))
        return built

    return resource


def _execute(request: Any) -> Answer | Failure:
    try:
        answer: Answer = request.execute(num_retries=0)
    except HttpError as error:
        return Failure(error.status_code, error.content)
    except RefreshError as error:
        said = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
        return Failure(503 if error.retryable else 400, json.dumps({"error": "invalid_grant", **said}))
    except (GoogleAuthError, httplib2.HttpLib2Error, HTTPException, OSError):
        return Failure(0)
    return answer


def _seconds_to_wait(state: RetryCallState) -> float:
    """A quota minute where Google asks to slow down, else longer each time; never all computers at once."""
    outcome = state.outcome.result() if state.outcome else None
    spread = random.random()  # noqa: S311 - no secret
    if isinstance(outcome, Failure) and outcome.fault is GoogleFault.BUSY:
        return _QUOTA_MINUTE + 5 * spread
    return float(min(2.0 ** (state.attempt_number - 1), _LONGEST_WAIT) * (0.5 + spread))
