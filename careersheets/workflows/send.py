"""Send what was planned, as it was shown: reserved in the ledger before it leaves, recorded after, never twice.

Source: REQUIREMENTS X6, DESIGN 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from ..analysis.results import Results
from ..delivery.outbox import is_in_outbox, put_in_outbox
from ..documents.naming import safe_part
from ..ledger.ledger import Ledger, Run
from ..ledger.records import DeliveryRecord, DeliveryState, DocumentRecord
from ..model.errors import CareersheetsError
from .send_plan import FOLDER, Item, Rules, why_held

SENT, FAILED, UNCERTAIN = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN


@dataclass(frozen=True, slots=True)
class Parcel:
    """Documents about one person for one recipient, that travel together. `message_id` is the same at every try."""

    recipient: str
    address: str
    person: str
    message_id: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery."""

    delivery: DeliveryRecord
    state: DeliveryState
    reason: str = ""


class Carrier(Protocol):
    """A way for documents to reach people."""

    def deliver(self, parcel: Parcel) -> tuple[DeliveryState, str]:
        """Deliver a parcel: SENT, FAILED (it surely did not arrive) or UNCERTAIN, with a sentence. Raises nothing."""
        ...

    @property
    def has_given_up(self) -> bool:
        """Whether every further parcel would fare the same."""
        ...


def send(
    items: Iterable[Item],
    carrier: Carrier,
    ledger: Ledger,
    run: Run,
    results: Results,
    folder: Path,
    rules: Rules,
) -> list[Outcome]:
    """Send the `items` of a plan that were approved.

    Each recipient is held against the workbook once more; who changed meanwhile holds the item.

    Args:
        items: of a `SendPlan`.
        carrier: what brings them.
        ledger: where it is reserved and recorded; hold its lock.
        run: the run at work.
        results: the workbook as it is now, not as it was when the plan was made.
        folder: where it lies.
        rules: as for the plan.
    """
    outcomes: list[Outcome] = []
    for parcel in _parcels(_free(items, results, folder, ledger, run, rules, outcomes)):
        if carrier.has_given_up:
            break
        mine = [item.delivery for item in parcel.items]
        ledger.move_deliveries(run.id, [it.delivery for it in mine], DeliveryState.SENDING)
        state, reason = carrier.deliver(parcel)
        ledger.move_deliveries(run.id, [it.delivery for it in mine], state, reason)
        outcomes += [Outcome(it, state, reason) for it in mine]
    for outcome in outcomes:
        run.counts[outcome.state.value] = run.counts.get(outcome.state.value, 0) + 1
    return outcomes


def settle(ledger: Ledger, run: Run, deliveries: Collection[str], *, arrived: bool) -> list[DeliveryRecord]:
    """Note what a person found out about uncertain deliveries; what did not arrive can be planned again.

    Raises:
        WrongStep: one of them is not uncertain.
    """
    state = SENT if arrived else FAILED
    ledger.move_deliveries(run.id, list(deliveries), state, "a person found out")
    return [it for it in ledger.deliveries(state) if it.delivery in deliveries]


def _free(
    items: Iterable[Item],
    results: Results,
    folder: Path,
    ledger: Ledger,
    run: Run,
    rules: Rules,
    outcomes: list[Outcome],
) -> Iterator[Item]:
    """The items that may still go where they were to go; the others are held."""
    for item in items:
        reason = why_held(results, folder, item, rules)
        if reason:
            # The ledger keeps no sentence that names somebody.
            ledger.move_delivery(
                run.id, item.delivery.delivery, DeliveryState.HELD, "not as planned any more"
            )
            outcomes.append(Outcome(item.delivery, DeliveryState.HELD, reason))
        else:
            yield item


def _parcels(items: Iterable[Item]) -> list[Parcel]:
    together: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        it = item.delivery
        together.setdefault((it.recipient, it.address, it.person), []).append(item)
    return [
        Parcel(recipient, address, person, min(item.delivery.message_id for item in group), group)
        for (recipient, address, person), group in together.items()
    ]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The folder channel: a folder per recipient in `outbox`. Doing it again after a cut is harmless."""

    outbox: Path
    folder: Path
    names: Mapping[str, str]
    has_given_up: bool = False

    def deliver(self, parcel: Parcel) -> tuple[DeliveryState, str]:
        """Put the documents into the recipient's folder."""
        try:
            for item in parcel.items:
                put_in_outbox(
                    self.place_of(item.delivery, item.document),
                    (self.folder / item.document.path).read_bytes(),
                )
        except (CareersheetsError, OSError) as error:
            reason = str(error) if isinstance(error, CareersheetsError) else "The document cannot be read."
            return FAILED, reason
        return SENT, ""

    def place_of(self, delivery: DeliveryRecord, document: DocumentRecord) -> Path:
        """Where a document goes: a folder that only its recipient has, named by name and id."""
        recipient = delivery.recipient
        owner = f"{self.names.get(recipient, '')} {recipient}" if recipient else "HR"
        return self.outbox / safe_part(owner) / PurePosixPath(document.path).name


def resolve_outbox(ledger: Ledger, run: Run, uncertain: Iterable[DeliveryRecord], outbox: Outbox) -> None:
    """Decide what a cut left uncertain in a folder: a file that lies there whole arrived, any other did not."""
    for delivery in uncertain:
        document = ledger.document(delivery.document)
        if delivery.channel == FOLDER and document is not None:
            there = is_in_outbox(outbox.place_of(delivery, document), document.sha256)
            ledger.move_delivery(run.id, delivery.delivery, SENT if there else FAILED, "seen in the folder")
