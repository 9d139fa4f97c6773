"""The tables that the steps make are those that the code uses, on both databases, and alembic's own tools agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

import careersheets.ledger
from careersheets.ledger import schema
from careersheets.ledger.errors import LedgerTooNew
from careersheets.ledger.ledger import open_ledger
from careersheets.ledger.tables import METADATA

from .invented import fill
from .server import Server

_MIGRATIONS = Path(careersheets.ledger.__file__).with_name("migrations")


@pytest.fixture
def database(place: str, workbook: str) -> Iterator[Engine]:
    """The database of a ledger that was just made."""
    with open_ledger(workbook, place=place):
        pass
    url = place.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url if url != place else f"sqlite:///{Path(place) / workbook}.sqlite3")
    yield engine
    engine.dispose()


def test_the_tables_are_those_of_the_code(database: Engine) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and name == "alembic_version")

    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert set(METADATA.tables) <= set(inspect(connection).get_table_names())


def test_every_step_has_a_migration_and_the_last_is_the_latest() -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions == [f"{step:04}" for step in range(schema.LATEST, 0, -1)]


def test_an_administrator_can_look_at_the_statements_before_they_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("sqlalchemy.url", "postgresql+psycopg://")
    command.upgrade(config, "head", sql=True)
    printed = capsys.readouterr().out
    assert printed.count("CREATE TABLE") == len(METADATA.tables) + 1
    assert "CREATE FUNCTION ledger_is_only_added_to()" in printed


def test_a_database_that_an_administrator_prepared_by_alembic_is_used_as_it_is(
    server: Server, workbook: str
) -> None:
    server.run("createdb", "-h", str(server.folder), "-U", "keeper", f"prepared_{workbook}")
    address = server.address(f"prepared_{workbook}")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("sqlalchemy.url", address.replace("postgresql:", "postgresql+psycopg:"))
    command.upgrade(config, "head")
    with open_ledger(workbook, place=address) as ledger:
        fill(ledger, "E1", "M1")
        assert ledger.verify() == []


def test_a_database_that_a_later_version_made_is_refused(server: Server, workbook: str) -> None:
    server.run("createdb", "-h", str(server.folder), "-U", "keeper", f"later_{workbook}")
    address = server.address(f"later_{workbook}")
    with open_ledger(workbook, place=address):
        pass
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    engine.dispose()
    with pytest.raises(LedgerTooNew, match="later version"):
        open_ledger(workbook, place=address)
