"""kill -9 at every call that makes something durable: nothing is lost, nothing goes out twice, the chain holds."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from careersheets.ledger.ledger import new_identity, open_ledger, run_lock
from careersheets.ledger.records import DeliveryState, NewDelivery

from ..support.saying import say
from .invented import VERSIONS, document_of
from .killing import durable_calls, run_killed

pytestmark = pytest.mark.requirement("X6", "X9")

_PEOPLE = ("Amara", "Bo", "Chidi")
# Without the option --long every so many calls.
_EVERY = 4


def _send_all(folder: Path, workbook: str) -> None:
    """A small run: documents noted, deliveries planned, each put on the wire between SENDING and SENT."""
    place = str(folder / "ledgers")
    with (
        run_lock(workbook, "careers.xlsx", place=place),
        open_ledger(workbook, place=place) as ledger,
        ledger.run("send", VERSIONS) as run,
    ):
        ledger.settle_interrupted(run.id)
        there = {key.person for key in ledger.documents()}
        ledger.record_documents(run.id, [document_of(person) for person in _PEOPLE if person not in there])
        wanted = [
            NewDelivery(it.document, it.key.person, "mail", "M1", "m1@example.test")
            for it in ledger.documents().values()
        ]
        ledger.plan_deliveries(run.id, wanted)
        for delivery in ledger.deliveries(DeliveryState.PLANNED):
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.SENDING)
            _put_on_wire(folder, delivery.person)
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.SENT)


def _put_on_wire(folder: Path, person: str) -> None:
    """What has left cannot be called back: one write."""
    handle = os.open(folder / "wire", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{person}\n".encode())
    os.close(handle)


def _on_wire(folder: Path) -> Counter[str]:
    wire = folder / "wire"
    return Counter(wire.read_text("utf-8").split() if wire.exists() else [])


def test_a_run_killed_anywhere_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = new_identity()
    for folder in ("imports", "whole"):
        (tmp_path / folder).mkdir()
    _send_all(tmp_path / "imports", workbook)
    points = durable_calls(
        lambda: _send_all(tmp_path / "whole", workbook), tmp_path / "whole", tmp_path / "log"
    )
    assert _on_wire(tmp_path / "whole") == Counter(_PEOPLE)
    every = len(points)
    points = points if os.environ.get("CAREERSHEETS_LONG") else points[::_EVERY]
    uncertain = 0
    for number, (call, occurrence) in enumerate(points):
        folder = tmp_path / f"killed{number}"
        folder.mkdir()

        def work(folder: Path = folder) -> None:
            _send_all(folder, workbook)

        assert run_killed(work, call, occurrence), f"{call} {occurrence} did not stop the run"
        _look_after_kill(folder, workbook)
        work()
        uncertain += _look_at_end(folder, workbook)
    kinds = Counter(call for call, _ in points)
    say(
        capsys,
        f"killed at {len(points)} of {every} calls {dict(kinds)}: lost 0, twice 0, uncertain {uncertain}",
    )
    assert len(points) >= 30


def _look_after_kill(folder: Path, workbook: str) -> None:
    """Whatever is on the wire is known in the ledger as more than planned."""
    with open_ledger(workbook, place=str(folder / "ledgers")) as ledger:
        assert ledger.verify() == []
        planned = {it.person for it in ledger.deliveries(DeliveryState.PLANNED)}
        assert not planned & set(_on_wire(folder))
        sent = {it.person for it in ledger.deliveries(DeliveryState.SENT)}
        assert sent <= set(_on_wire(folder))


def _look_at_end(folder: Path, workbook: str) -> int:
    with open_ledger(workbook, place=str(folder / "ledgers")) as ledger:
        assert ledger.verify() == []
        states = {it.person: it.state for it in ledger.deliveries()}
    assert set(states) == set(_PEOPLE)
    wire = _on_wire(folder)
    assert max(wire.values()) == 1
    unsure = {person for person, state in states.items() if state is DeliveryState.UNCERTAIN}
    assert {person for person, state in states.items() if state is DeliveryState.SENT} == set(states) - unsure
    assert set(_PEOPLE) - unsure <= set(wire)
    assert len(unsure) <= 1
    return len(unsure)
