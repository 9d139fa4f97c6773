"""What a ledger is told and tells: plain records. Fields that name somebody hold employee ids, "" for nobody.

Fingerprints and hashes are texts that the ledger compares and never computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """The state of a delivery. UNCERTAIN: begun, and nobody can tell whether it arrived; only a person decides it."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    HELD = "held"
    FAILED = "failed"


@dataclass(slots=True)
class Run:
    """A run at work. What it did is put into `outcome` (a few words, no names) and `counts` before it ends."""

    id: str
    outcome: str = "done"
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. `ended` is None and `outcome` "" where it is at work, or was killed."""

    run: str
    verb: str
    started: datetime
    ended: datetime | None = None
    outcome: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """A finding without its words: whom it touches, its code, and where it is, as in `Scores!F14`."""

    person: str
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of somebody's evaluation in a cycle.

    `state`: submitted, returned, approved, released, as the workbook words it. `stated_on`: the date the workbook
    gives. `fingerprint`: of the scores as they were. `actor`: who did it, by the workbook's word. `at`: when the ledger
    saw it; None for a transition that is yet to be recorded.
    """

    person: str
    cycle: str
    state: str
    fingerprint: str
    actor: str = ""
    stated_on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    """The framework as it was accepted for a cycle."""

    version: str
    cycle: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """What a document is: whom it is about, its kind, and the cycle or conversation it belongs to."""

    person: str
    kind: str
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a document is made from: fingerprints of its inputs and its template, and the version of careersheets."""

    inputs: str
    template: str
    version: str


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document that was made.

    `document`: its id, from `new_document_id`. `path`: relative to the workbook's folder; "" where it was erased.
    `sha256`: of the file. `state`: made or draft.
    """

    document: str
    key: DocumentKey
    path: str
    sha256: str
    ingredients: Ingredients
    state: str


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery to be planned: a document about `person`, to `recipient` at `address` (an e-mail address or folder).

    `channel`: mail, folder or drive.
    """

    document: str
    person: str
    channel: str
    recipient: str
    address: str


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery and its state now. `recipient`, `address`: as planned, never changed; "" where they were erased.

    `message_id`: follows from the delivery, the same at every try. `since`: when it came into this state.
    """

    delivery: str
    document: str
    person: str
    channel: str
    recipient: str
    address: str
    message_id: str
    state: DeliveryState
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A filled form that was accepted: which document it came from, the data it was made from, and the file's SHA-256."""

    document: str
    person: str
    version: str
    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain. Kept elsewhere, it shows later that no entry was taken off the end since."""

    seq: int
    chain: str


@dataclass(frozen=True, slots=True)
class Erased:
    """How many entries lost what they said, how many lost only whom else they name, and what is left to be done."""

    payloads: int
    parts: int
    left: tuple[str, ...] = ()
