"""One run at a time on a workbook, on this computer; and across computers where the ledger is in PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import filelock
from sqlalchemy import text

from ..model.errors import AnotherRunActive
from .errors import plain_errors
from .places import file_of, is_database, ledger_place, make_private, user_folder
from .store import postgresql_engine

_HOLDER = """
SELECT backend_start FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND (classid::bigint << 32) | objid::bigint = :key
"""
_PATIENCE = 10.0


@contextmanager
def run_lock(workbook: str, name: str, *, place: str = "") -> Iterator[None]:
    """Hold the lock of a workbook; it goes by itself when the process dies.

    Args:
        workbook: the workbook's identity.
        name: how the refusal calls the workbook.
        place: as for `open_ledger`.

    Raises:
        AnotherRunActive: another run holds it, since when as far as is known.
        CareersheetsError: the place of the ledger cannot be used.
    """
    chosen = ledger_place(place)
    folder = user_folder() if is_database(chosen) else chosen
    path = file_of(folder, workbook, ".lock")
    since = path.with_suffix(".since")
    lock = filelock.FileLock(path, mode=0o600)
    with plain_errors(f"The lock {path}"):
        make_private(path)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise AnotherRunActive(name, _read_since(since)) from None
    try:
        with plain_errors(f"The lock {path}"):
            make_private(since)
            since.write_text(json.dumps({"since": datetime.now(UTC).isoformat()}), "utf-8")
        with _database_lock(chosen, workbook, name):
            yield
    finally:
        since.unlink(missing_ok=True)
        lock.release()


def _read_since(path: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(path.read_text("utf-8"))["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def _database_lock(place: str, workbook: str, name: str) -> Iterator[None]:
    """The same across computers that share a database; the server frees it when the connection ends."""
    if not is_database(place):
        yield
        return
    engine, where = postgresql_engine(place, _PATIENCE)
    key = int.from_bytes(hashlib.sha256(workbook.encode()).digest()[:8], signed=True)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        with plain_errors(where):
            connection = stack.enter_context(engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
                raise AnotherRunActive(name, connection.scalar(text(_HOLDER), {"key": key}))
        yield
