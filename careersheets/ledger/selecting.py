"""The two questions asked of every table: all of a workbook's rows, and the latest row of each key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, Table, func, select

from .store import Store
from .tables import entries, parts


def rows_of(store: Store, table: Table) -> Select[Any]:
    """This workbook's rows of `table`, each with the instant of its entry as `at`."""
    same = (entries.c.workbook == table.c.workbook) & (entries.c.seq == table.c.seq)
    return select(table, entries.c.at).join(entries, same).where(table.c.workbook == store.workbook)


def latest_of(store: Store, table: Table, keys: Sequence[Column[Any]], *conditions: Any) -> Select[Any]:
    """Of the rows that meet `conditions`, the one with the highest number for each value of `keys`.

    Order is by number and never by time: clocks are set back. One pass over the table: a server without statistics
    about it would join it with itself row by row.
    """
    newest_first = func.row_number().over(partition_by=list(keys), order_by=table.c.seq.desc())
    mine = select(table, newest_first.label("newest_first"))
    ranked = mine.where(table.c.workbook == store.workbook, *conditions).subquery()
    same = (entries.c.workbook == ranked.c.workbook) & (entries.c.seq == ranked.c.seq)
    return select(ranked, entries.c.at).join(entries, same).where(ranked.c.newest_first == 1)


def with_part(query: Select[Any]) -> Select[Any]:
    """`query` with whom else each row's entry names, as `part_person`, `part_address`, `part_text`; None if erased."""
    same = (parts.c.workbook == entries.c.workbook) & (parts.c.seq == entries.c.seq)
    return query.add_columns(
        parts.c.person.label("part_person"),
        parts.c.address.label("part_address"),
        parts.c.text.label("part_text"),
    ).outerjoin(parts, same)


def moment(at: str) -> datetime:
    """The instant that an entry's text means."""
    return datetime.fromisoformat(at)
