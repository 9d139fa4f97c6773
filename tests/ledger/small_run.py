"""A small run as workflows make it, to be ended at any moment."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from careersheets.ledger.ledger import open_ledger, run_lock
from careersheets.ledger.records import DeliveryState, NewDelivery

from .invented import VERSIONS, document_of

PEOPLE = ("Amara", "Bo", "Chidi")


def send_all(folder: Path, workbook: str) -> None:
    """A small run: documents noted, deliveries planned, each put on the wire between SENDING and SENT."""
    place = str(folder / "ledgers")
    with (
        run_lock(workbook, "careers.xlsx", place=place),
        open_ledger(workbook, place=place) as ledger,
        ledger.run("send", VERSIONS) as run,
    ):
        ledger.settle_interrupted(run.id)
        there = {key.person for key in ledger.documents()}
        ledger.record_documents(run.id, [document_of(person) for person in PEOPLE if person not in there])
        wanted = [
            NewDelivery(it.document, it.key.person, "mail", "M1", "m1@example.test")
            for it in ledger.documents().values()
        ]
        ledger.plan_deliveries(run.id, wanted)
        for delivery in ledger.deliveries(DeliveryState.PLANNED):
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.SENDING)
            _puton_wire(folder, delivery.person)
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.SENT)


def _puton_wire(folder: Path, person: str) -> None:
    """What has left cannot be called back: one write."""
    handle = os.open(folder / "wire", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{person}\n".encode())
    os.close(handle)


def on_wire(folder: Path) -> Counter[str]:
    """Who was sent to, and how often."""
    wire = folder / "wire"
    return Counter(wire.read_text("utf-8").split() if wire.exists() else [])
