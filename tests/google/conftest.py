"""A local Google for a whole module, and Google's client to it; modules that need another one have their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from careersheets.books.google.client import GoogleClient
from tests.google.created import client_of
from tests.google_server.server import GoogleServer


@pytest.fixture(scope="module")
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        yield running


@pytest.fixture(scope="module")
def client(server: GoogleServer) -> Iterator[GoogleClient]:
    made = client_of(server)
    yield made
    made.close()
