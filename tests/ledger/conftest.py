"""Ledgers for tests: the same tests run on SQLite and on a PostgreSQL server that they start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from careersheets.ledger.ledger import Ledger, new_identity, open_ledger

from .server import Server, new_server, remove_server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = new_server()
    yield running
    remove_server(running)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the ledger is: a folder, or a database of a real server."""
    if request.param == "sqlite":
        return str(tmp_path / "ledgers")
    running: Server = request.getfixturevalue("server")
    return running.address()


@pytest.fixture
def workbook() -> str:
    return new_identity()


@pytest.fixture
def ledger(place: str, workbook: str) -> Iterator[Ledger]:
    with open_ledger(workbook, place=place) as opened:
        yield opened
