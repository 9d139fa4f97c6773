"""The first tables of a ledger."""

from __future__ import annotations

from alembic import op

from careersheets.ledger import schema

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Take step 1."""
    for statement in schema.statements(1, op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Not possible: a ledger is only added to."""
    raise RuntimeError("A ledger is only added to; put back a copy from before instead.")
