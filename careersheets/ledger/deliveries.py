"""Deliveries: planned with a frozen recipient, moved from state to state, never to the same recipient twice.

Before anything leaves, SENDING is on disk; what is found in SENDING later was interrupted and becomes UNCERTAIN. Source:
DESIGN 5, promise 2.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ..model.errors import UsageError
from .records import DeliveryRecord, DeliveryState, NewDelivery
from .selecting import latest_of, moment
from .store import New, Store
from .tables import deliveries, parts

# From each state, where a delivery may go. A sent one stays sent.
STEPS: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.PLANNED: frozenset({DeliveryState.SENDING, DeliveryState.HELD, DeliveryState.FAILED}),
    DeliveryState.SENDING: frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.UNCERTAIN: frozenset({DeliveryState.SENT, DeliveryState.FAILED}),
    DeliveryState.HELD: frozenset({DeliveryState.PLANNED, DeliveryState.FAILED}),
    DeliveryState.FAILED: frozenset({DeliveryState.PLANNED}),
}
_MOST_NAMED = 500
_NOT_AGAIN = frozenset(
    {DeliveryState.PLANNED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN}
)


class WrongStep(UsageError):
    """A delivery cannot go from its state into another."""

    def __init__(self, delivery: str, before: str, after: DeliveryState) -> None:
        super().__init__(
            f'The delivery {delivery} is "{before}" and cannot become "{after}". See what happened to it with '
            "careersheets history."
        )


def plan_deliveries(store: Store, run: str, wanted: Sequence[NewDelivery]) -> list[DeliveryRecord]:
    """Plan what was not planned or sent before; those of `wanted` that are new."""
    with store.write() as connection:
        known = {
            (it.document, it.channel, it.recipient)
            for it in _read(store, connection, *_about({it.document for it in wanted}))
            if it.state in _NOT_AGAIN
        }
        new: dict[str, NewDelivery] = {}
        for it in wanted:
            if (it.document, it.channel, it.recipient) not in known:
                known.add((it.document, it.channel, it.recipient))
                new[secrets.token_hex(8)] = it
        store.append(connection, [_planned(store, run, delivery, it) for delivery, it in new.items()])
        found = {it.delivery: it for it in _read(store, connection, deliveries.c.run == run)}
    return [found[delivery] for delivery in new]


def move_deliveries(store: Store, run: str, wanted: Sequence[str], after: DeliveryState, reason: str) -> None:
    """Bring several deliveries into another state, all or none.

    Raises:
        WrongStep: one of them cannot go there, or does not exist.
    """
    with store.write() as connection:
        moved = []
        for delivery in wanted:
            before = _read(store, connection, deliveries.c.delivery == delivery)
            if not before or after not in STEPS[before[0].state]:
                raise WrongStep(delivery, before[0].state if before else "unknown", after)
            moved.append(_moved(run, before[0], after, reason))
        store.append(connection, moved)


def settle_interrupted(store: Store, run: str, reason: str) -> list[DeliveryRecord]:
    """Make UNCERTAIN what an earlier run left in SENDING; these."""
    with store.write() as connection:
        left = [it for it in _read(store, connection) if it.state is DeliveryState.SENDING]
        store.append(connection, [_moved(run, it, DeliveryState.UNCERTAIN, reason) for it in left])
    return left


def read_deliveries(
    store: Store, states: Iterable[DeliveryState] = (), document: str = ""
) -> list[DeliveryRecord]:
    """Deliveries with their state now, in the order they were planned; all, or those in `states` or of a document."""
    wanted = frozenset(states) or frozenset(DeliveryState)
    conditions = [deliveries.c.document == document] if document else []
    with store.read() as connection:
        return [it for it in _read(store, connection, *conditions) if it.state in wanted]


def _read(store: Store, connection: Connection, *conditions: Any) -> list[DeliveryRecord]:
    """The current state of each delivery of which some entry meets `conditions`."""
    mine = deliveries.c.workbook == store.workbook
    begun = (
        select(deliveries.c.delivery, func.min(deliveries.c.seq))
        .where(mine, *conditions)
        .group_by(deliveries.c.delivery)
    )
    first = {row[0]: row[1] for row in connection.execute(begun)}
    names = {row.seq: row for row in connection.execute(_named(store, *conditions))}
    last = latest_of(store, deliveries, [deliveries.c.delivery], *conditions)
    rows = sorted(connection.execute(last), key=lambda row: first[row.delivery])
    return [_record(row, names.get(first[row.delivery])) for row in rows]


def _about(documents: set[str]) -> list[Any]:
    """The condition that a delivery is of one of `documents`; none where a database would not take so many."""
    return [deliveries.c.document.in_(documents)] if len(documents) <= _MOST_NAMED else []


def _named(store: Store, *conditions: Any) -> Any:
    same = (parts.c.workbook == deliveries.c.workbook) & (parts.c.seq == deliveries.c.seq)
    return select(parts).join(deliveries, same).where(deliveries.c.workbook == store.workbook, *conditions)


def _planned(store: Store, run: str, delivery: str, it: NewDelivery) -> New:
    said = {
        "run": run,
        "person": it.person,
        "delivery": delivery,
        "document": it.document,
        "channel": it.channel,
        "state": DeliveryState.PLANNED.value,
        "reason": "",
    }
    message_id = hashlib.sha256(f"{store.workbook} {delivery}".encode()).hexdigest()[:32]
    return New(
        "deliveries",
        said,
        {"person": it.recipient, "address": it.address, "text": f"<{message_id}@careersheets>"},
    )


def _moved(run: str, it: DeliveryRecord, after: DeliveryState, reason: str) -> New:
    said = {
        "run": run,
        "person": it.person,
        "delivery": it.delivery,
        "document": it.document,
        "channel": it.channel,
        "state": after.value,
        "reason": reason,
    }
    return New("deliveries", said)


def _record(row: Row[Any], named: Row[Any] | None) -> DeliveryRecord:
    return DeliveryRecord(
        row.delivery,
        row.document,
        row.person,
        row.channel,
        named.person if named else "",
        named.address if named else "",
        named.text if named else "",
        DeliveryState(row.state),
        row.reason,
        moment(row.at),
    )
