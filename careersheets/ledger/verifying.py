"""Has anybody changed the ledger behind our back? Every entry is held against the one before and what it says.

Somebody who writes the whole chain anew, or takes entries off its end and corrects the head, is found only by a head
that was kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from .chain import digest_of, first_link, link
from .records import Head
from .spans import read_spans
from .store import Store
from .tables import PAYLOADS, entries, erasures, heads, parts, said_columns

_NAMES = {
    "runs": "a run",
    "inputs": "a person's inputs",
    "findings": "a finding",
    "transitions": "a step of an evaluation",
    "frameworks": "a version of the framework",
    "documents": "a document",
    "deliveries": "a delivery",
    "forms": "a form",
    "erasures": "an erasure",
}


def verify(store: Store, anchor: Head | None) -> list[str]:
    """What does not hold, in words, one for each fault; nothing if all of it does."""
    with store.read() as connection:
        rows = _ordered(store, connection, entries)
        faults = [*_file_faults(store, connection), *_chain_faults(store, rows, anchor)]
        faults += _head_faults(store, connection, rows)
        faults += _payload_faults(store, connection, rows)
    return faults


def head(store: Store) -> Head:
    """The end of the chain."""
    with store.read() as connection:
        row = connection.execute(select(heads).where(heads.c.workbook == store.workbook)).one()
    return Head(row.seq, row.chain)


def has_link(store: Store, kept: Head) -> bool:
    """Whether the chain was once as long as `kept` says, and ended so."""
    if kept.seq == 0:
        return kept.chain == first_link(store.workbook)
    query = select(entries.c.chain).where(entries.c.workbook == store.workbook, entries.c.seq == kept.seq)
    with store.read() as connection:
        return connection.execute(query).scalar() == kept.chain


def _ordered(store: Store, connection: Connection, table: Table) -> list[Row[Any]]:
    mine = select(table).where(table.c.workbook == store.workbook)
    return list(connection.execute(mine.order_by(table.c.seq)))


def _file_faults(store: Store, connection: Connection) -> Iterator[str]:
    if store.is_sqlite:
        result = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
        if result != "ok":
            yield "The ledger's file is damaged."


def _chain_faults(store: Store, rows: list[Row[Any]], anchor: Head | None) -> Iterator[str]:
    before, expected = first_link(store.workbook), 1
    for row in rows:
        if row.seq != expected:
            yield _missing(expected, row.seq - 1)
        elif row.chain != link(
            before, store.workbook, row.seq, row.at, row.kind, row.digest, row.part_digest
        ):
            yield f"Entry {row.seq} ({_named(row)}) was changed, put in or put in another place."
        if anchor and row.seq == anchor.seq and row.chain != anchor.chain:
            yield f"Entry {row.seq} is not the one that was last when its mark was kept."
        before, expected = row.chain, row.seq + 1
    if anchor and anchor.seq >= expected:
        yield _missing(expected, anchor.seq)


def _missing(first: int, last: int) -> str:
    return f"Entry {first} is missing." if first >= last else f"Entries {first} to {last} are missing."


def _head_faults(store: Store, connection: Connection, rows: list[Row[Any]]) -> Iterator[str]:
    noted = connection.execute(select(heads).where(heads.c.workbook == store.workbook)).first()
    seq, chain = (rows[-1].seq, rows[-1].chain) if rows else (0, first_link(store.workbook))
    if noted is None or (noted.seq, noted.chain) != (seq, chain):
        said = f"entry {noted.seq}" if noted else "none"
        yield f"The last entry is {seq}, and the last one noted is {said}: entries were taken off, put on or changed."


def _payload_faults(store: Store, connection: Connection, rows: list[Row[Any]]) -> Iterator[str]:
    gone, gone_parts = set(), set()
    for row in _ordered(store, connection, erasures):
        try:
            gone |= read_spans(row.payloads)
            gone_parts |= read_spans(row.parts)
        except ValueError:
            yield f"What entry {row.seq} (an erasure) says cannot be read."
    said = {row.seq: row for row in rows}
    for name, table in PAYLOADS.items():
        mine = {seq: row for seq, row in said.items() if row.kind == name}
        wanted = {seq: row.digest for seq, row in mine.items()}
        yield from _table_faults(store, connection, table, wanted, gone, _NAMES[name])
    wanted = {seq: row.part_digest for seq, row in said.items() if row.part_digest}
    yield from _table_faults(store, connection, parts, wanted, gone_parts, "whom it names")
    unknown = sorted(seq for seq, row in said.items() if row.kind not in PAYLOADS)
    yield from (f"Entry {seq} is of no known kind." for seq in unknown)


def _table_faults(
    store: Store, connection: Connection, table: Table, wanted: dict[int, str], gone: set[int], what: str
) -> Iterator[str]:
    columns = said_columns(table)
    there = set()
    for row in connection.execute(
        select(table).where(table.c.workbook == store.workbook).order_by(table.c.seq)
    ):
        there.add(row.seq)
        if row.seq not in wanted:
            yield f"A row ({what}) has the number {row.seq}, and no such entry was made: it was put in."
        elif digest_of(row.salt, {name: getattr(row, name) for name in columns}) != wanted[row.seq]:
            yield f"What entry {row.seq} ({what}) says was changed."
        elif row.seq in gone:
            yield f"What entry {row.seq} ({what}) says was erased, and is there again."
    for seq in sorted(set(wanted) - there - gone):
        yield f"What entry {seq} ({what}) says is gone, and no erasure was noted."


def _named(row: Row[Any]) -> str:
    return _NAMES.get(row.kind, "of no known kind")
