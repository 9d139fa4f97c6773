"""Taking out what a ledger says about a person, or what is older than wanted; and giving a person all of it.

What is erased goes with its salt, so nothing can be guessed from the digests that stay. Which entries lost what they
said is noted as an entry of its own, by numbers only. Source: REQUIREMENTS X9.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text

from ..model.errors import UsageError
from .errors import LedgerBusy, plain_errors
from .records import Erased
from .selecting import rows_of, with_part
from .spans import written_spans
from .store import New, Store, clean, instant
from .tables import ERASABLE, entries, parts, said_columns

_AT_ONCE = 500
_SHORTEST_PART = 4
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_STILL_READ = "Another program has the ledger open, so its files may still hold old bytes: close it and erase once more."
_SERVER_KEEPS = (
    "The database server's own log and its backups keep what was erased until they are replaced; "
    "ask whoever looks after the database."
)


def erase_person(store: Store, person: str, texts: Collection[str]) -> Erased:
    """Erase what is about `person`, and where others' entries name them or one of `texts` (names, addresses)."""
    names = _says_one_of(texts)
    with store.write() as connection:
        whole = {name: _about(store, connection, table, person, names) for name, table in ERASABLE.items()}
        gone = set().union(*whole.values())
        named = gone | _about(store, connection, parts, person, names)
        erased = _take_out(store, connection, "person", whole, named)
    return Erased(*erased, _purge(store))


def forget_before(store: Store, limit: datetime) -> Erased:
    """Erase what entries older than `limit` say.

    Raises:
        UsageError: the limit lies after the last entry, so everything would go; a clock is wrong.
    """
    mine, old = entries.c.workbook == store.workbook, instant(limit)
    with store.write() as connection:
        last = connection.scalar(select(func.max(entries.c.at)).where(mine))
        if last is not None and old > last:
            raise UsageError(
                f"{store.where} has no entry after {limit:%Y-%m-%d}, so all of it would be erased. "
                "See whether this computer's clock is right."
            )
        whole = {
            name: set(
                connection.scalars(
                    rows_of(store, table).with_only_columns(table.c.seq).where(entries.c.at < old)
                )
            )
            for name, table in ERASABLE.items()
        }
        erased = _take_out(store, connection, "age", whole, set().union(*whole.values()))
    return Erased(*erased, _purge(store))


def export_person(store: Store, person: str) -> dict[str, Any]:
    """Everything about `person`, ready for JSON; of entries about others, only how they name the person."""
    with store.read() as connection:
        about = [row for table in ERASABLE.values() for row in _exported(store, connection, table, person)]
        same = (entries.c.workbook == parts.c.workbook) & (entries.c.seq == parts.c.seq)
        query = select(parts, entries.c.at, entries.c.kind).join(entries, same)
        named = connection.execute(query.where(parts.c.workbook == store.workbook, parts.c.person == person))
        told = {row["seq"] for row in about}
        others = [
            {"seq": row.seq, "at": row.at, "kind": row.kind, "address": row.address}
            for row in named
            if row.seq not in told
        ]
    about.sort(key=lambda row: int(row["seq"]))
    return {"person": person, "about": about, "named_in": sorted(others, key=lambda row: int(row["seq"]))}


def _exported(store: Store, connection: Connection, table: Table, person: str) -> Iterator[dict[str, Any]]:
    if "person" not in table.c:
        return
    for row in connection.execute(with_part(rows_of(store, table)).where(table.c.person == person)):
        said = {name: getattr(row, name) for name in said_columns(table)}
        named = {"named": row.part_person, "address": row.part_address, "text": row.part_text}
        yield {
            "seq": row.seq,
            "at": row.at,
            "entry": table.name,
            **said,
            **{k: v for k, v in named.items() if v},
        }


def _about(
    store: Store, connection: Connection, table: Table, person: str, names: Callable[[str], bool] | None
) -> set[int]:
    """The numbers of rows whose person is `person`, or that hold one of the texts."""
    mine = select(table).where(table.c.workbook == store.workbook)
    columns = said_columns(table)
    if names is None:
        if "person" not in columns:
            return set()
        only = mine.with_only_columns(table.c.seq).where(table.c.person == clean(person))
        return set(connection.scalars(only))
    return {
        row["seq"]
        for row in connection.execute(mine).mappings()
        if row.get("person") == clean(person) or any(names(row[column]) for column in columns)
    }


def _says_one_of(texts: Collection[str]) -> Callable[[str], bool] | None:
    """A question to a text: does it hold one of `texts`, however it is accented, spaced or written in a file name?

    Short ones count only as whole words: "Li" is not in "Oliver".
    """
    wanted = [words for it in texts if (words := _words(it)).strip()]
    if not wanted:
        return None
    joined = [letters for words in wanted if len(letters := words.replace(" ", "")) >= _SHORTEST_PART]

    @cache
    def says(it: str) -> bool:
        words = _words(it)
        letters = words.replace(" ", "")
        return any(part in letters for part in joined) or any(whole in words for whole in wanted)

    return says


def _words(it: str) -> str:
    """The words of a text between spaces, without case and accents."""
    plain = unicodedata.normalize("NFKD", it.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return f" {' '.join(_BETWEEN_WORDS.sub(' ', letters).split())} "


def _take_out(
    store: Store, connection: Connection, why: str, whole: dict[str, set[int]], named: set[int]
) -> tuple[int, int]:
    """Delete these payloads and parts and note it; how many of each, parts of deleted payloads not counted."""
    gone = set().union(*whole.values())
    held = select(parts.c.seq).where(parts.c.workbook == store.workbook)
    named &= set(connection.scalars(held))
    for name, numbers in {**whole, parts.name: named}.items():
        table = parts if name == parts.name else ERASABLE[name]
        for chunk in _chunks(sorted(numbers)):
            connection.execute(
                delete(table).where(table.c.workbook == store.workbook, table.c.seq.in_(chunk))
            )
    if gone or named:
        said = {"why": why, "payloads": written_spans(gone), "parts": written_spans(named)}
        store.append(connection, [New("erasures", said)])
    return len(gone), len(named - gone)


def _chunks(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _purge(store: Store) -> tuple[str, ...]:
    """See that no deleted byte stays in the database's files; sentences about what stays all the same."""
    try:
        return _purge_sqlite(store) if store.is_sqlite else _purge_postgresql(store)
    except LedgerBusy:
        return (_STILL_READ,)


def _purge_sqlite(store: Store) -> tuple[str, ...]:
    with plain_errors(store.where), closing(store.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return (_STILL_READ,) if busy else ()


def _purge_postgresql(store: Store) -> tuple[str, ...]:
    with (
        plain_errors(store.where),
        store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        for name in (*ERASABLE, parts.name):
            connection.execute(text(f"VACUUM (FULL) {name}"))
    return (_SERVER_KEEPS,)
