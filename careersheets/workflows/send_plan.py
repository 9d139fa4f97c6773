"""What would be sent to whom: only what was made, is released, and goes to one of those its kind is for.

Source: REQUIREMENTS X6, DESIGN 5.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..analysis.results import Results
from ..documents.kind import Kind, Recipient
from ..documents.kinds import KINDS
from ..documents.recipients import addresses_of, recipient_fault
from ..ledger.ledger import Ledger, Run
from ..ledger.records import DeliveryRecord, DeliveryState, DocumentKey, DocumentRecord, NewDelivery
from ..tables.mail_address import AddressRefused, check_domain, is_new_address, parse_address

MAIL, FOLDER, DRIVE = "mail", "folder", "drive"
MADE = "made"
NO_HR = 'Enter HR\'s own address on the sheet Settings, as "HR e-mail".'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What sending is held to: how, and the domains that may be written to (any in a folder)."""

    channel: str = FOLDER
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked to send: keys of kinds and employee ids it is about, all where there is none; and to whom.

    `role` is the recipient; the first one of each kind where it is "".
    """

    kinds: Sequence[str] = ()
    people: Sequence[str] = ()
    role: Recipient | str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One document to one recipient. `is_new`: nothing was ever sent to this address."""

    delivery: DeliveryRecord
    document: DocumentRecord
    kind: Kind
    is_new: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A document that is not sent: to whom it would have gone, "" if that is not known, and why not."""

    document: DocumentRecord
    recipient: str
    reason: str


@dataclass(frozen=True, slots=True)
class SendPlan:
    """What is about to be sent, what is not and why, and what an earlier run left uncertain: a person decides on that."""

    items: list[Item]
    left: list[Left]
    uncertain: list[DeliveryRecord]


def plan_sending(
    results: Results, folder: Path, ledger: Ledger, run: Run, wanted: Wanted, rules: Rules
) -> SendPlan:
    """Plan deliveries of the cycle's documents, their recipients frozen in the ledger. Nothing leaves.

    What was planned before and not sent is part of the plan as well; what was sent, or is uncertain, is not.

    Args:
        results: the workbook as it is now.
        folder: where the workbook lies.
        ledger: its ledger; hold its lock.
        run: the run at work.
        wanted: what the user asked for.
        rules: what sending is held to.
    """
    ledger.settle_interrupted(run.id)
    latest = ledger.documents()
    _drop_superseded(ledger, run, latest.values())
    documents = list(_asked_for(results, latest, wanted))
    new, left = [], []
    for record in documents:
        for recipient, address, reason in _meant(results, folder, record, wanted, rules):
            if reason:
                left.append(Left(record, recipient, reason))
            else:
                delivery = NewDelivery(record.document, record.key.person, rules.channel, recipient, address)
                new.append(delivery)
    ledger.plan_deliveries(run.id, new)
    return SendPlan(_items(ledger, documents, rules), left, ledger.deliveries(DeliveryState.UNCERTAIN))


def why_held(results: Results, folder: Path, item: Item, rules: Rules) -> str:
    """Why `item` may not go to its frozen recipient as things are now; "" if it may."""
    return fault_of(results, folder, item.document, item.kind, item.delivery.address, rules)


def fault_of(
    results: Results, folder: Path, record: DocumentRecord, kind: Kind, address: str, rules: Rules
) -> str:
    """Why a document may not go to `address`; "" if it may."""
    if not address:
        return "No e-mail address is entered on the sheet People."
    if record.state != MADE or _is_draft(results, kind, record.key.person):
        return "The evaluation is not released, so the document is a draft."
    if not _is_whole(folder, record):
        return "The document was changed, moved or deleted since it was made. Make it again."
    if rules.channel in (MAIL, DRIVE):
        try:
            check_domain(parse_address(address), rules.domains)
        except AddressRefused as error:
            return str(error)
    fault = recipient_fault(kind, results, record.key.person, address)
    return str(fault) if fault else ""


def kind_of(record: DocumentRecord) -> Kind | None:
    """The kind of a document that was made; None if there is no such kind any more."""
    return next((kind for kind in KINDS if kind.key == record.key.kind), None)


def _drop_superseded(ledger: Ledger, run: Run, latest: Iterable[DocumentRecord]) -> None:
    """Give up planned deliveries of documents of which there is a newer version."""
    known = {record.document for record in latest}
    for delivery in ledger.deliveries(DeliveryState.PLANNED):
        if delivery.document not in known:
            ledger.move_delivery(run.id, delivery.delivery, DeliveryState.FAILED, "a newer version was made")


def _asked_for(
    results: Results, latest: Mapping[DocumentKey, DocumentRecord], wanted: Wanted
) -> Iterator[DocumentRecord]:
    """The latest documents of the cycle that are asked for, in the order they were made in."""
    for key, record in latest.items():
        if key.occasion != results.cycle or kind_of(record) is None or not record.path:
            continue
        if wanted.kinds and "all" not in wanted.kinds and key.kind not in wanted.kinds:
            continue
        if not wanted.people or key.person in wanted.people:
            yield record


def _meant(
    results: Results, folder: Path, record: DocumentRecord, wanted: Wanted, rules: Rules
) -> Iterator[tuple[str, str, str]]:
    """Recipient, address and, if it cannot go there, the reason."""
    kind = kind_of(record)
    if kind is None:
        return
    role = wanted.role or kind.recipients[0]
    if role not in kind.recipients:
        yield "", "", f"A {kind.title.lower()} is not for that recipient."
        return
    found = addresses_of(kind, results, record.key.person, role)
    if not found:
        yield "", "", NO_HR if role == "hr" else "Nobody is entered whom it is for."
    for recipient, address in found.items():
        yield recipient, address, fault_of(results, folder, record, kind, address, rules)


def _items(ledger: Ledger, asked_for: Iterable[DocumentRecord], rules: Rules) -> list[Item]:
    """Everything planned by this way of sending that is asked for."""
    documents = {record.document: record for record in asked_for}
    known = {delivery.address for delivery in ledger.deliveries(DeliveryState.SENT)}
    items = []
    for delivery in ledger.deliveries(DeliveryState.PLANNED):
        record = documents.get(delivery.document)
        kind = kind_of(record) if record else None
        if record is None or kind is None or delivery.channel != rules.channel:
            continue
        items.append(Item(delivery, record, kind, _is_new(delivery.address, known, rules)))
    return items


def _is_new(address: str, known: set[str], rules: Rules) -> bool:
    if rules.channel != MAIL:
        return False
    try:
        return is_new_address(parse_address(address), known)
    except AddressRefused:
        return True


def _is_draft(results: Results, kind: Kind, person: str) -> bool:
    """Whether the person's evaluation is not released; what is about a team was judged when it was made."""
    if not kind.shows_ratings or kind.subject == "manager" or person not in results.evaluated.index:
        return False
    return bool(results.evaluated.at[person, "draft"])


def _is_whole(folder: Path, record: DocumentRecord) -> bool:
    try:
        return hashlib.sha256((folder / record.path).read_bytes()).hexdigest() == record.sha256
    except OSError:
        return False
