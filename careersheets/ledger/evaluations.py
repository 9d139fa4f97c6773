"""The steps of evaluations as they were seen, the scores that were approved, and the framework's versions.

Who typed a step is the workbook's word; the ledger knows when it first saw it and what the scores were then.
Source: REQUIREMENTS E5, F8.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func

from .records import FrameworkVersion, Transition
from .selecting import latest_of, moment, rows_of, with_part
from .store import New, Store
from .tables import frameworks, transitions

_APPROVED = "approved"


def record_transitions(store: Store, run: str, seen: Iterable[Transition]) -> list[Transition]:
    """Note steps that differ from the last one noted of the same person and cycle; these."""
    with store.write() as connection:
        last = {(it.person, it.cycle): it for it in _last(store, connection, "")}
        new = [it for it in seen if not _same(last.get((it.person, it.cycle)), it)]
        store.append(connection, [_new(run, it) for it in new])
    return new


def standing(store: Store, cycle: str) -> dict[str, Transition]:
    """The last step of each person in a cycle."""
    with store.read() as connection:
        return {it.person: it for it in _last(store, connection, cycle)}


def steps_of(store: Store, person: str, cycle: str) -> list[Transition]:
    """Every step of a person in a cycle, the first first."""
    query = rows_of(store, transitions).where(transitions.c.person == person, transitions.c.cycle == cycle)
    with store.read() as connection:
        rows = connection.execute(with_part(query).order_by(transitions.c.seq))
        return [_transition(row) for row in rows]


def approved_fingerprints(store: Store, cycle: str) -> dict[str, str]:
    """By person whose last step is an approval or a release, the fingerprint of the scores that were approved."""
    approvals = latest_of(
        store,
        transitions,
        [transitions.c.person],
        transitions.c.cycle == cycle,
        func.lower(transitions.c.state) == _APPROVED,
    )
    with store.read() as connection:
        stands = {
            it.person
            for it in _last(store, connection, cycle)
            if it.state.casefold() in (_APPROVED, "released")
        }
        found = {row.person: row.fingerprint for row in connection.execute(approvals)}
    return {person: fingerprint for person, fingerprint in found.items() if person in stands}


def record_framework(store: Store, run: str, version: FrameworkVersion) -> bool:
    """Note the framework of a cycle, if it is not the one noted last; whether it was noted."""
    with store.write() as connection:
        if _framework(store, connection, version.cycle) == version:
            return False
        said = {
            "run": run,
            "version": version.version,
            "cycle": version.cycle,
            "fingerprint": version.fingerprint,
        }
        store.append(connection, [New("frameworks", said)])
    return True


def framework_of(store: Store, cycle: str) -> FrameworkVersion | None:
    """The framework noted last for a cycle."""
    with store.read() as connection:
        return _framework(store, connection, cycle)


def _last(store: Store, connection: Connection, cycle: str) -> list[Transition]:
    conditions = [transitions.c.cycle == cycle] if cycle else []
    query = latest_of(store, transitions, [transitions.c.person, transitions.c.cycle], *conditions)
    return [_transition(row) for row in connection.execute(with_part(query))]


def _same(before: Transition | None, now: Transition) -> bool:
    """An erased actor is no reason to note the step again."""
    if before is None:
        return False
    steps = [(it.state, it.fingerprint, it.stated_on) for it in (before, now)]
    return steps[0] == steps[1] and before.actor in ("", now.actor)


def _new(run: str, it: Transition) -> New:
    said = {
        "run": run,
        "person": it.person,
        "cycle": it.cycle,
        "state": it.state,
        "stated_on": it.stated_on.isoformat() if it.stated_on else "",
        "fingerprint": it.fingerprint,
    }
    return New("transitions", said, {"person": it.actor} if it.actor else None)


def _transition(row: Row[Any]) -> Transition:
    return Transition(
        row.person,
        row.cycle,
        row.state,
        row.fingerprint,
        row.part_person or "",
        date.fromisoformat(row.stated_on) if row.stated_on else None,
        moment(row.at),
    )


def _framework(store: Store, connection: Connection, cycle: str) -> FrameworkVersion | None:
    query = rows_of(store, frameworks).where(frameworks.c.cycle == cycle)
    row = connection.execute(query.order_by(frameworks.c.seq.desc()).limit(1)).first()
    return FrameworkVersion(row.version, row.cycle, row.fingerprint) if row else None
