"""Where alembic begins. It runs on the connection that careersheets hands it, or on the address in `sqlalchemy.url`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from careersheets.ledger.tables import METADATA


def _run() -> None:
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    context.configure(connection=given, target_metadata=METADATA)
    _run()
elif context.is_offline_mode():
    context.configure(url=context.config.get_main_option("sqlalchemy.url"), target_metadata=METADATA)
    _run()
else:
    address = context.config.get_main_option("sqlalchemy.url") or ""
    with create_engine(address, poolclass=NullPool).connect() as connection:
        context.configure(connection=connection, target_metadata=METADATA)
        _run()
