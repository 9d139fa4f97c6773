"""Power is cut at any write: what left is known in the ledger, and the next run ends well."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from careersheets.ledger import store
from careersheets.ledger.ledger import new_identity, open_ledger
from careersheets.ledger.records import DeliveryState
from careersheets.model.errors import CareersheetsError

from ..support.saying import say
from .power import Disk, Event, none_of, record, some_of
from .small_run import PEOPLE, on_wire, send_all

# Besides every sync and everything that leaves, a cut after every so many writes; all of them with --long.
_EVERY = 1 if os.environ.get("CAREERSHEETS_LONG") else 4

pytestmark = pytest.mark.requirement("X6", "X9")


def test_a_power_cut_at_any_write_loses_nothing_that_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, events = _recorded(tmp_path)
    cuts, violations = _cut_everywhere(tmp_path, workbook, events)
    say(capsys, f"power cut {cuts} times in a run of {len(events)} writes: {len(violations)} violations")
    assert violations == []
    assert cuts > 50


@pytest.mark.parametrize("pragma", ["PRAGMA synchronous = OFF", "PRAGMA synchronous = NORMAL"])
def test_the_harness_catches_a_ledger_that_does_not_sync(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, pragma: str
) -> None:
    pragmas = tuple(pragma if "synchronous" in it else it for it in store._PRAGMAS)
    monkeypatch.setattr(store, "_PRAGMAS", pragmas)
    workbook, events = _recorded(tmp_path)
    monkeypatch.undo()
    cuts, violations = _cut_everywhere(tmp_path, workbook, events, enough=3)
    say(capsys, f"with {pragma[7:]}: {len(violations)} violations caught in {cuts} cuts, as they should be")
    assert violations


def _recorded(tmp_path: Path) -> tuple[str, list[Event]]:
    workbook = new_identity()
    for name in ("imports", "whole"):
        (tmp_path / name).mkdir()
    send_all(tmp_path / "imports", workbook)
    events = record(lambda: send_all(tmp_path / "whole", workbook), tmp_path / "whole", tmp_path / "log")
    assert on_wire(tmp_path / "whole").total() == len(PEOPLE)
    return workbook, events


def _cut_everywhere(
    tmp_path: Path, workbook: str, events: list[Event], enough: int = 1000
) -> tuple[int, list[str]]:
    """A cut after each sync and some writes: with nothing kept that was not synced, and with any of it; until so many violations are enough."""
    disk, chance = Disk(), random.Random(7)  # noqa: S311
    cuts, violations, left = 0, [], b""
    for number, event in enumerate(events):
        if len(violations) >= enough:
            break
        if event.path.name == "wire":
            left += event.data
        else:
            disk.take(event)
        if number % _EVERY and event.path.name != "wire" and "sync" not in event.call:
            continue
        for way in (none_of, some_of(chance)):
            cuts += 1
            folder = tmp_path / f"cut{cuts}"
            _lay_out(folder, tmp_path / "whole", {**disk.after_cut(way), tmp_path / "whole" / "wire": left})
            wrong = _violation(folder, workbook)
            violations += [f"after event {number} ({event.call}): {wrong}"] if wrong else []
    return cuts, violations


def _lay_out(folder: Path, origin: Path, files: dict[Path, bytes]) -> None:
    for path, data in files.items():
        target = folder / path.relative_to(origin)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _violation(folder: Path, workbook: str) -> str:
    """What does not hold after the power came back, before and after the next run; "" if all does."""
    try:
        with open_ledger(workbook, place=str(folder / "ledgers")) as ledger:
            known = {it.person for it in ledger.deliveries(DeliveryState.SENDING, DeliveryState.SENT)}
            faults = ledger.verify()
        send_all(folder, workbook)
        with open_ledger(workbook, place=str(folder / "ledgers")) as ledger:
            faults += ledger.verify()
            states = {it.person: it.state for it in ledger.deliveries()}
    except CareersheetsError as error:
        return str(error)
    wire = on_wire(folder)
    if faults or not set(wire) or max(wire.values()) > 1:
        return f"{faults} {dict(wire)}"
    lost = [it for it in PEOPLE if it not in wire and states.get(it) is not DeliveryState.UNCERTAIN]
    return f"lost {lost}, known before {sorted(known)}" if lost else ""
