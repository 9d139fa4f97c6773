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

    Order is by number and never by time: clocks are set back.
    """
    last = (
        select(func.max(table.c.seq)).where(table.c.workbook == store.workbook, *conditions).group_by(*keys)
    )
    return rows_of(store, table).where(table.c.seq.in_(last))


def with_part(query: Select[Any], table: Table) -> Select[Any]:
    """`query` with whom else each row's entry names, as `part_person`, `part_address`, `part_text`; None if erased."""
    same = (parts.c.workbook == table.c.workbook) & (parts.c.seq == table.c.seq)
    return query.add_columns(
        parts.c.person.label("part_person"),
        parts.c.address.label("part_address"),
        parts.c.text.label("part_text"),
    ).outerjoin(parts, same)


def moment(at: str) -> datetime:
    """The instant that an entry's text means."""
    return datetime.fromisoformat(at)
