"""Runs, the fingerprints of their inputs, and their findings. Only what changed since the last run is written."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row

from .records import FindingPlace, RunRecord
from .selecting import latest_of, moment, rows_of
from .store import New, Store
from .tables import findings, inputs, runs

_RUN = {"verb": "", "outcome": "", "versions": "{}", "counts": "{}"}


def start_run(store: Store, verb: str, versions: Mapping[str, str]) -> str:
    """Note that a run has begun; its id."""
    run = secrets.token_hex(8)
    said = {**_RUN, "run": run, "verb": verb, "state": "started", "versions": _json(versions)}
    with store.write() as connection:
        store.append(connection, [New("runs", said)])
    return run


def end_run(store: Store, run: str, outcome: str, counts: Mapping[str, int]) -> None:
    """Note how a run ended."""
    said = {**_RUN, "run": run, "state": "ended", "outcome": outcome, "counts": _json(counts)}
    with store.write() as connection:
        store.append(connection, [New("runs", said)])


def read_runs(store: Store, limit: int) -> list[RunRecord]:
    """The last runs, the latest first."""
    starts = rows_of(store, runs).where(runs.c.state == "started").order_by(runs.c.seq.desc()).limit(limit)
    with store.read() as connection:
        started = connection.execute(starts).all()
        if not started:
            return []
        since = min(row.seq for row in started)
        later = rows_of(store, runs).where(runs.c.state == "ended", runs.c.seq > since)
        ends = {row.run: row for row in connection.execute(later)}
    return [_run(row, ends.get(row.run)) for row in started]


def record_inputs(
    store: Store, run: str, fingerprints: Mapping[tuple[str, str], str]
) -> set[tuple[str, str]]:
    """Note the fingerprints that differ from the last ones; which these are."""
    with store.write() as connection:
        before = _fingerprints(store, connection)
        changed = {key: value for key, value in fingerprints.items() if before.get(key) != value}
        said = [
            {"run": run, "person": person, "source": source, "fingerprint": fingerprint}
            for (person, source), fingerprint in changed.items()
        ]
        store.append(connection, [New("inputs", values) for values in said])
    return set(changed)


def read_inputs(store: Store) -> dict[tuple[str, str], str]:
    """The last fingerprint of each person and source."""
    with store.read() as connection:
        return _fingerprints(store, connection)


def record_findings(
    store: Store, run: str, present: Iterable[FindingPlace]
) -> tuple[set[FindingPlace], set[FindingPlace]]:
    """Note which findings are new and which are gone; both."""
    now = set(present)
    with store.write() as connection:
        before = _open_findings(store, connection)
        new, gone = now - before, before - now
        said = [
            {"run": run, "person": it.person, "code": it.code, "place": it.place, "state": state}
            for state, places in (("gone", gone), ("found", new))
            for it in sorted(places, key=lambda place: (place.place, place.code, place.person))
        ]
        store.append(connection, [New("findings", values) for values in said])
    return new, gone


def open_findings(store: Store) -> set[FindingPlace]:
    """The findings that were there at the last run that looked."""
    with store.read() as connection:
        return _open_findings(store, connection)


def _run(start: Row[Any], end: Row[Any] | None) -> RunRecord:
    return RunRecord(
        start.run,
        start.verb,
        moment(start.at),
        moment(end.at) if end else None,
        end.outcome if end else "",
        json.loads(start.versions),
        json.loads(end.counts) if end else {},
    )


def _fingerprints(store: Store, connection: Connection) -> dict[tuple[str, str], str]:
    query = latest_of(store, inputs, [inputs.c.person, inputs.c.source])
    return {(row.person, row.source): row.fingerprint for row in connection.execute(query)}


def _open_findings(store: Store, connection: Connection) -> set[FindingPlace]:
    query = latest_of(store, findings, [findings.c.person, findings.c.code, findings.c.place])
    rows = connection.execute(query)
    return {FindingPlace(row.person, row.code, row.place) for row in rows if row.state == "found"}


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), sort_keys=True, ensure_ascii=False)
