"""Bringing a ledger's tables up to this version's, in one transaction."""

from __future__ import annotations

import importlib
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from . import schema
from .errors import ExtraMissing, LedgerDamaged, LedgerTooNew

# "CSLG": by this number in its header a file tells that it is a ledger.
APPLICATION_ID = 0x43534C47

_HEADER = 100
_MIGRATIONS = Path(__file__).with_name("migrations")
# Any number will do that nobody else locks; it keeps two first runs from making the tables both.
_UPGRADE_LOCK = 0x6361726565727300


def refuse_other_files(path: Path, where: str) -> None:
    """See by its header that a file is a ledger of ours or empty, before anything is opened that would change it.

    Raises:
        LedgerDamaged: the file is some other program's.
        LedgerTooNew: a later version of careersheets wrote it.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return
    if not header.startswith(b"SQLite format 3\0") or len(header) < _HEADER:
        raise LedgerDamaged(where, "is not a ledger")
    # Where SQLite's file format keeps them: the schema's counter, the user version, the application id.
    tables, taken, number = (int.from_bytes(header[at : at + 4]) for at in (40, 60, 68))
    _judge(number, taken, tables, where)


def upgrade_sqlite(engine: Engine, where: str) -> None:
    """Take the steps that the file has not taken yet.

    Raises:
        LedgerDamaged: the file is some other program's.
        LedgerTooNew: a later version of careersheets wrote it.
    """
    with engine.connect().execution_options(reads=True) as connection:
        if _steps_taken(connection, where) == schema.LATEST:
            return
    with engine.begin() as connection:
        taken = _steps_taken(connection, where)
        for step in range(taken + 1, schema.LATEST + 1):
            for statement in schema.statements(step, "sqlite"):
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {schema.LATEST}")


def upgrade_postgresql(engine: Engine, where: str) -> None:
    """Run the migrations that the database has not seen yet.

    Raises:
        LedgerTooNew: a later version of careersheets made the tables.
        ExtraMissing: alembic is not installed.
    """
    with engine.connect() as connection:
        if _revision(connection, where) == schema.LATEST:
            return
    try:
        command = importlib.import_module("alembic.command")
        config = importlib.import_module("alembic.config").Config()
    except ImportError as error:
        raise ExtraMissing from error
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _steps_taken(connection: Connection, where: str) -> int:
    number = int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())
    taken = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    _judge(number, taken, tables, where)
    return taken


def _judge(number: int, taken: int, tables: int, where: str) -> None:
    if number != APPLICATION_ID and (number or taken or tables):
        raise LedgerDamaged(where, "is not a ledger")
    if taken > schema.LATEST:
        raise LedgerTooNew(where)


def _revision(connection: Connection, where: str) -> int:
    """The number of the last migration; 0 for a database without our tables."""
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
        return 0
    revision = connection.execute(text("SELECT max(version_num) FROM alembic_version")).scalar_one()
    if revision is not None and int(revision) > schema.LATEST:
        raise LedgerTooNew(where)
    return int(revision or 0)
