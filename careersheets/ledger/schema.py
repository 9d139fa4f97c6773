"""How a ledger's tables came to be what they are, step by step. A step that was released is never edited.

SQLite counts the steps taken in the file itself; PostgreSQL leaves that to alembic, whose scripts in `migrations` run
the same statements.
"""

from __future__ import annotations

from collections.abc import Iterator

_PAYLOADS_OF_STEP_1 = {
    "parts": "person address text",
    "runs": "run verb state outcome versions counts",
    "inputs": "run person source fingerprint",
    "findings": "run person code place state",
    "transitions": "run person cycle state stated_on fingerprint",
    "frameworks": "run version cycle fingerprint",
    "documents": "run person document kind occasion sha256 inputs template version state",
    "deliveries": "run person delivery document channel state reason",
    "forms": "run person document version fingerprint sha256",
    "erasures": "why payloads parts",
}
_INDEXES_OF_STEP_1 = {
    "documents_of": "documents (workbook, person, kind, occasion)",
    "deliveries_of": "deliveries (workbook, delivery)",
    "deliveries_of_document": "deliveries (workbook, document)",
    "inputs_of": "inputs (workbook, person, source)",
    "findings_of": "findings (workbook, person)",
    "transitions_of": "transitions (workbook, cycle, person)",
    "forms_of": "forms (workbook, sha256)",
    "parts_of": "parts (workbook, person)",
}
_KEY = "workbook TEXT NOT NULL, seq BIGINT NOT NULL"

LATEST = 1


def statements(step: int, dialect: str) -> Iterator[str]:
    """The statements of a step, counted from 1.

    Args:
        step: which one.
        dialect: `sqlite` or `postgresql`.
    """
    yield from {1: _step_1}[step](dialect)


def _step_1(dialect: str) -> Iterator[str]:
    yield (
        f"CREATE TABLE entries ({_KEY}, at TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL, "
        "part_digest TEXT NOT NULL, chain TEXT NOT NULL, PRIMARY KEY (workbook, seq))"
    )
    yield f"CREATE TABLE heads ({_KEY}, chain TEXT NOT NULL, PRIMARY KEY (workbook))"
    for name, columns in _PAYLOADS_OF_STEP_1.items():
        said = ", ".join(f"{column} TEXT NOT NULL" for column in columns.split())
        yield f"CREATE TABLE {name} ({_KEY}, salt TEXT NOT NULL, {said}, PRIMARY KEY (workbook, seq))"
    for name, place in _INDEXES_OF_STEP_1.items():
        yield f"CREATE INDEX {name} ON {place}"
    yield from _never_changed_sqlite() if dialect == "sqlite" else _never_changed_postgresql()


def _never_changed_sqlite() -> Iterator[str]:
    for name in ("entries", *_PAYLOADS_OF_STEP_1):
        for event in ("UPDATE", "DELETE") if name in ("entries", "erasures") else ("UPDATE",):
            yield (
                f"CREATE TRIGGER {name}_no_{event.lower()} BEFORE {event} ON {name} "
                "BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END"
            )


def _never_changed_postgresql() -> Iterator[str]:
    """The same, and no statistics about columns that hold personal data: they would outlive an erasure."""
    yield (
        "CREATE FUNCTION ledger_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a ledger is only added to'; END $$"
    )
    for name, columns in {"entries": "", **_PAYLOADS_OF_STEP_1}.items():
        events = "UPDATE OR DELETE" if name in ("entries", "erasures") else "UPDATE"
        yield (
            f"CREATE TRIGGER {name}_only_added_to BEFORE {events} ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_is_only_added_to()"
        )
        for column in columns.split():
            yield f"ALTER TABLE {name} ALTER COLUMN {column} SET STATISTICS 0"
