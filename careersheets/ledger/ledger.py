"""The ledger of one workbook: what was done, by whom, from what. This and records.py are the room's door; workflows use nothing else.

    identity = carried or identity_of(path)                     # see places.py
    with run_lock(identity, path.name), open_ledger(identity) as ledger:
        with ledger.run("report", versions) as run:
            fresh = ledger.unchanged(wanted)
            ...
            ledger.record_documents(run.id, made)
            run.counts["made"] = len(made)

Every method is one transaction: on disk when it returns, or nothing of it. Entries are only added; their order is their
number, so a clock that is set back changes nothing. Every method may raise a `CareersheetsError` that says in a sentence
why the ledger cannot be used (busy, damaged, full, not allowed, not within reach); no error of a database leaves here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from . import deliveries, documents, erasing, evaluations, runs, verifying
from .documents import new_document_id
from .locking import run_lock
from .places import identity_of, new_identity
from .records import (
    DeliveryRecord,
    DeliveryState,
    DocumentKey,
    DocumentRecord,
    Erased,
    FindingPlace,
    FormRecord,
    FrameworkVersion,
    Head,
    Ingredients,
    NewDelivery,
    Run,
    RunRecord,
    Transition,
)
from .store import Clock, Store, open_store, system_clock

__all__ = ["Ledger", "Run", "identity_of", "new_document_id", "new_identity", "open_ledger", "run_lock"]


def open_ledger(
    workbook: str, *, place: str = "", clock: Clock | None = None, patience: float = 10.0
) -> Ledger:
    """Open the ledger of a workbook; the first time, make it.

    Args:
        workbook: the workbook's identity, from `new_identity` or `identity_of`.
        place: a folder (one file per workbook is made there, for this user only) or the address of a PostgreSQL
            database, `postgresql://user@server/database`. "" for what CAREERSHEETS_LEDGER says, else the user's folder.
        clock: the present instant with its time zone; the system's if None.
        patience: seconds to wait while somebody else writes.

    Raises:
        OnNetworkShare: the folder is not on a disk of this computer.
        ExtraMissing: PostgreSQL is asked for and its packages are not installed.
        CareersheetsError: the ledger cannot be opened.
    """
    return Ledger(open_store(workbook, place, clock or system_clock, patience))


class Ledger:
    """One workbook's ledger, open. Use as a context manager, or call `close`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def where(self) -> str:
        """How sentences call this ledger: the file or the database, without any password."""
        return self._store.where

    def close(self) -> None:
        """Let go of the database; in a file, what stands beside it is taken into it."""
        self._store.engine.dispose()

    # Runs

    @contextmanager
    def run(self, verb: str, versions: Mapping[str, str]) -> Iterator[Run]:
        """A run from start to end. Where it is left by an error its outcome is `failed: ` and the error's kind.

        Args:
            verb: check, report, send and so on.
            versions: of careersheets, Python and what else matters, by name.
        """
        run = Run(runs.start_run(self._store, verb, versions))
        try:
            yield run
        except BaseException as error:
            runs.end_run(self._store, run.id, f"failed: {type(error).__name__}", run.counts)
            raise
        runs.end_run(self._store, run.id, run.outcome, run.counts)

    def history(self, limit: int = 50) -> list[RunRecord]:
        """The last runs, the latest first. One that has not ended is at work or was killed."""
        return runs.read_runs(self._store, limit)

    # What runs saw

    def record_inputs(self, run: str, fingerprints: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
        """Note what the run read about people, as fingerprints; only those that changed are written.

        Args:
            run: the run's id.
            fingerprints: by employee id and source (scores, person, framework ...).

        Returns:
            The keys whose fingerprint is new or another than last time.
        """
        return runs.record_inputs(self._store, run, fingerprints)

    def inputs(self) -> dict[tuple[str, str], str]:
        """The last fingerprint by employee id and source."""
        return runs.read_inputs(self._store)

    def record_findings(
        self, run: str, present: Iterable[FindingPlace]
    ) -> tuple[set[FindingPlace], set[FindingPlace]]:
        """Note all findings of a check; only what changed is written.

        Returns:
            The findings that are new, and those that are gone.
        """
        return runs.record_findings(self._store, run, present)

    def findings(self) -> set[FindingPlace]:
        """The findings that were there at the last check."""
        return runs.open_findings(self._store)

    # Evaluations and the framework

    def record_transitions(self, run: str, seen: Iterable[Transition]) -> list[Transition]:
        """Note where evaluations stand; one whose state, date, actor and scores are as last noted is left out.

        Returns:
            Those that were noted.
        """
        return evaluations.record_transitions(self._store, run, seen)

    def standing(self, cycle: str) -> dict[str, Transition]:
        """The last noted step of each employee in a cycle, by employee id."""
        return evaluations.standing(self._store, cycle)

    def steps_of(self, person: str, cycle: str) -> list[Transition]:
        """Every step of an employee in a cycle, the first first."""
        return evaluations.steps_of(self._store, person, cycle)

    def approved_fingerprints(self, cycle: str) -> dict[str, str]:
        """By employee whose evaluation stands approved or released, the fingerprint of the scores when approved.

        Whoever has another fingerprint now was changed after approval; who is released and not in here was never seen
        approved. Source: REQUIREMENTS E4, E5.
        """
        return evaluations.approved_fingerprints(self._store, cycle)

    def record_framework(self, run: str, version: FrameworkVersion) -> bool:
        """Note the framework accepted for a cycle; False if it is the one noted last. Source: REQUIREMENTS F8."""
        return evaluations.record_framework(self._store, run, version)

    def framework_of(self, cycle: str) -> FrameworkVersion | None:
        """The framework noted last for a cycle; None if none was."""
        return evaluations.framework_of(self._store, cycle)

    # Documents and forms

    def record_documents(self, run: str, made: Iterable[DocumentRecord]) -> None:
        """Note documents that now lie where they belong; call it after they are on disk."""
        documents.record_documents(self._store, run, made)

    def documents(self) -> dict[DocumentKey, DocumentRecord]:
        """The last document of each person, kind and occasion."""
        return documents.latest_documents(self._store)

    def document(self, document: str) -> DocumentRecord | None:
        """The document with this id; None if there is none, or it was erased."""
        return documents.document_by_id(self._store, document)

    def unchanged(
        self, wanted: Mapping[DocumentKey, tuple[Ingredients, str]]
    ) -> dict[DocumentKey, DocumentRecord]:
        """Which documents were last made from the same inputs, template and version, in the same state, as `wanted`.

        One query, whatever the number. Whether the file is still there, with the SHA-256 of the record, is for the
        caller to see: somebody may have edited it.
        """
        return documents.unchanged(self._store, wanted)

    def accept_forms(self, run: str, filled: Iterable[FormRecord]) -> list[FormRecord]:
        """Note filled forms as accepted. A file accepted before, by its bytes, is not accepted again.

        Call it before the workbook is written, and write only what it returns: those that are new, or were noted by a
        run that failed or was killed.
        """
        return documents.accept_forms(self._store, run, filled)

    def forms(self, document: str = "") -> list[FormRecord]:
        """The forms accepted so far, of one document or of all."""
        return documents.accepted_forms(self._store, document)

    def outcomes_of_forms(self) -> dict[str, str]:
        """How the run ended in which each form was noted last, by the file's SHA-256; "" if it was killed."""
        return documents.outcomes_of_forms(self._store)

    # Deliveries

    def plan_deliveries(self, run: str, wanted: Sequence[NewDelivery]) -> list[DeliveryRecord]:
        """Plan deliveries, their recipients frozen. A document goes to a recipient by a channel once.

        Returns:
            The new ones, planned; what is planned, sent, being sent or uncertain already is left out.
        """
        return deliveries.plan_deliveries(self._store, run, wanted)

    def move_delivery(self, run: str, delivery: str, to: DeliveryState, reason: str = "") -> None:
        """Bring a delivery into another state. Move it to SENDING before anything leaves, and onward after.

        Args:
            run: the run's id.
            delivery: the delivery's id.
            to: the state; deliveries.STEPS says from where it can be reached.
            reason: why it is held, failed or uncertain; without names or addresses.

        Raises:
            WrongStep: it cannot go there from where it is, for example because another run sends it.
        """
        deliveries.move_deliveries(self._store, run, [delivery], to, reason)

    def move_deliveries(self, run: str, wanted: Sequence[str], to: DeliveryState, reason: str = "") -> None:
        """As `move_delivery`, for several that travel together: all of them or none."""
        deliveries.move_deliveries(self._store, run, wanted, to, reason)

    def settle_interrupted(self, run: str) -> list[DeliveryRecord]:
        """Make UNCERTAIN what an earlier run was sending when it was interrupted. Call it under the run lock.

        Returns:
            These deliveries; a person decides about them.
        """
        return deliveries.settle_interrupted(self._store, run, "the run was interrupted while sending")

    def deliveries(self, *states: DeliveryState, document: str = "") -> list[DeliveryRecord]:
        """Deliveries with their state now, in the order planned; all, or those in `states` or of one document."""
        return deliveries.read_deliveries(self._store, states, document)

    # The trail itself

    def verify(self, anchor: Head | None = None) -> list[str]:
        """Whether anybody changed, removed, added or moved entries: a sentence for each fault, none if all holds.

        Without a `head` kept elsewhere as `anchor`, entries taken off the end with care are not found.
        """
        return verifying.verify(self._store, anchor)

    def head(self) -> Head:
        """The end of the chain, to be kept outside the ledger."""
        return verifying.head(self._store)

    def has_link(self, kept: Head) -> bool:
        """Whether a `head` kept elsewhere was the end once."""
        return verifying.has_link(self._store, kept)

    def export_person(self, person: str) -> dict[str, Any]:
        """Everything about an employee, ready for JSON: what is about them, and where entries about others name them."""
        return erasing.export_person(self._store, person)

    def erase_person(self, person: str, texts: Collection[str] = ()) -> Erased:
        """Erase an employee: what is about them, and their name wherever they are recipient or actor.

        No byte of it is left in the ledger's files; `verify` still holds. What others' entries say besides stays, so
        nothing is sent again to others.

        Args:
            person: the employee id.
            texts: their name, e-mail address and so on; whatever holds one of them goes too, as the path of a document
                in a folder of their name.
        """
        return erasing.erase_person(self._store, person, texts)

    def forget_before(self, limit: datetime) -> Erased:
        """Erase what entries older than `limit` say. What is forgotten can be sent again: keep more than a cycle.

        Raises:
            UsageError: the limit is later than the last entry, as when the clock is wrong.
        """
        return erasing.forget_before(self._store, limit)
