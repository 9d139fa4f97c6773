"""Entries of every kind about invented people, for tests that care for the trail and not for what it says."""

from __future__ import annotations

from datetime import date

from careersheets.ledger.ledger import Ledger, new_document_id
from careersheets.ledger.records import (
    DeliveryState,
    DocumentKey,
    DocumentRecord,
    FindingPlace,
    FormRecord,
    FrameworkVersion,
    Ingredients,
    NewDelivery,
    Transition,
)

VERSIONS = {"careersheets": "0.1.0"}
MADE_FROM = Ingredients("inputs", "template", "0.1.0")


def document_of(
    person: str, *, path: str = "", kind: str = "gap-report", made_from: Ingredients = MADE_FROM
) -> DocumentRecord:
    return DocumentRecord(
        new_document_id(),
        DocumentKey(person, kind, "H1"),
        path or f"documents/{person}.docx",
        "0" * 64,
        made_from,
        "made",
    )


def fill(ledger: Ledger, person: str, manager: str, *, address: str = "", path: str = "") -> int:
    """A run in which one of everything happens to `person`, whose manager is `manager`; how many entries that makes."""
    before = ledger.head().seq
    with ledger.run("report", VERSIONS) as run:
        ledger.record_inputs(run.id, {(person, "scores"): "f1"})
        ledger.record_findings(run.id, {*ledger.findings(), FindingPlace(person, "CS203", "Scores!F14")})
        ledger.record_transitions(
            run.id, [Transition(person, "H1", "Submitted", "f1", manager, date(2026, 5, 4))]
        )
        ledger.record_transitions(
            run.id, [Transition(person, "H1", "Approved", "f1", manager, date(2026, 5, 6))]
        )
        ledger.record_framework(run.id, FrameworkVersion("1", f"H1 as of {before}", "f2"))
        document = document_of(person, path=path)
        ledger.record_documents(run.id, [document])
        wanted = NewDelivery(document.document, person, "mail", manager, address or f"{manager}@example.test")
        for delivery in ledger.plan_deliveries(run.id, [wanted]):
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.SENDING)
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.SENT)
        ledger.accept_forms(run.id, [FormRecord(document.document, person, "1", "f1", document.document * 4)])
    return ledger.head().seq - before
