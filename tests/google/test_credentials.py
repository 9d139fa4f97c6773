"""What is asked of Google before anything is asked of Sheets: a token, and nothing in a thread of its own."""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from typing import Any

import pytest

from careersheets.books.google.client import credentials_from_key, credentials_from_sign_in
from tests.google_server.service_account import key_file_of, key_pair

pytestmark = pytest.mark.requirement("X8")

TOKENS = "http://127.0.0.1:1/token"


class Answer:
    status = HTTPStatus.OK
    headers: dict[str, str] = {}
    data = json.dumps({"access_token": "t-1", "expires_in": 3600, "token_type": "Bearer"}).encode()


@pytest.mark.parametrize("kind", ["service account", "person"])
def test_only_a_token_is_asked_for_and_only_once(kind: str) -> None:
    if kind == "person":
        client = {"client_id": "c", "client_secret": "s", "token_uri": TOKENS}
        credentials = credentials_from_sign_in({"refresh_token": "r-1"}, client)
    else:
        key = key_file_of("careersheets@lanternfield.example", key_pair()[0], TOKENS.removesuffix("/token"))
        credentials = credentials_from_key(key)
    asked: list[str] = []
    threads = threading.active_count()

    def ask(url: str, *_: Any, **__: Any) -> Answer:
        asked.append(url)
        return Answer()

    for _ in range(2):
        headers: dict[str, str] = {}
        credentials.before_request(ask, "GET", "https://sheets.googleapis.com/v4/spreadsheets/1", headers)
        assert headers["authorization"] == "Bearer t-1"
    assert asked == [TOKENS]
    assert threading.active_count() == threads
