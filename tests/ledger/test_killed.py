"""kill -9 at every call that makes something durable: nothing is lost, nothing goes out twice, the chain holds."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from careersheets.ledger.ledger import new_identity, open_ledger
from careersheets.ledger.records import DeliveryState

from ..support.saying import say
from .killing import durable_calls, run_killed
from .small_run import PEOPLE, on_wire, send_all

pytestmark = pytest.mark.requirement("X6", "X9")

# Without the option --long every so many calls.
_EVERY = 4


def test_a_run_killed_anywhere_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = new_identity()
    for folder in ("imports", "whole"):
        (tmp_path / folder).mkdir()
    send_all(tmp_path / "imports", workbook)
    points = durable_calls(
        lambda: send_all(tmp_path / "whole", workbook), tmp_path / "whole", tmp_path / "log"
    )
    assert on_wire(tmp_path / "whole") == Counter(PEOPLE)
    every = len(points)
    points = points if os.environ.get("CAREERSHEETS_LONG") else points[::_EVERY]
    uncertain = 0
    for number, (call, occurrence) in enumerate(points):
        folder = tmp_path / f"killed{number}"
        folder.mkdir()

        def work(folder: Path = folder) -> None:
            send_all(folder, workbook)

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
        assert not planned & set(on_wire(folder))
        sent = {it.person for it in ledger.deliveries(DeliveryState.SENT)}
        assert sent <= set(on_wire(folder))


def _look_at_end(folder: Path, workbook: str) -> int:
    with open_ledger(workbook, place=str(folder / "ledgers")) as ledger:
        assert ledger.verify() == []
        states = {it.person: it.state for it in ledger.deliveries()}
    assert set(states) == set(PEOPLE)
    wire = on_wire(folder)
    assert max(wire.values()) == 1
    unsure = {person for person, state in states.items() if state is DeliveryState.UNCERTAIN}
    assert {person for person, state in states.items() if state is DeliveryState.SENT} == set(states) - unsure
    assert set(PEOPLE) - unsure <= set(wire)
    assert len(unsure) <= 1
    return len(unsure)
