"""Is an address that of somebody a document is meant for? Asked again right before it is released or sent.

Source: REQUIREMENTS X6, X7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..analysis.results import Results
from ..model.findings import Finding, Rule, Severity
from ..vocabulary.confidential import MentorPairs
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of
from .content.cycle import CycleFacts, cycle_facts
from .content.wording import text
from .kind import Kind, Recipient

WRONG_RECIPIENT = Rule(
    "CS616",
    Severity.ERROR,
    'the {kind} would go to "{address}", {why}.',
    "Correct the e-mail address on the sheet People, or whom the document is for; then plan the sending anew.",
    "A document about a person goes only to those it is meant for. What left the house cannot be called back.",
)
MANAGER_CHANGED = Rule(
    "CS617",
    Severity.ERROR,
    "the {kind} is held: the manager changed since. {old} rates in this cycle, and on the sheet People stands {new}.",
    "Enter on the sheet Evaluations who the manager in this cycle is, or correct the sheet People.",
    "A manager who no longer works with a person has no business with their documents, and the new one may not know of it.",
)
_CURRENT_PAIRS = ("Active", "Proposed")
_FOR = {"employee": "the employee", "manager": "the manager", "mentor": "the mentor", "hr": "HR"}


def recipient_fault(kind: Kind, results: Results, employee_id: str, recipient: str) -> Finding | None:
    """Why a document of `kind` about `employee_id` may not go to the address `recipient`; None if it may.

    Args:
        kind: the kind of document; it goes to its `recipients` only.
        results: the workbook as it is now, not as it was when the sending was planned.
        employee_id: the person, the manager of the team, or the mentee of the pair.
        recipient: one e-mail address.
    """
    return _Meant(kind, results, employee_id).fault(recipient)


def addresses_of(kind: Kind, results: Results, employee_id: str, role: Recipient) -> dict[str, str]:
    """Who has this role for a document of `kind` about `employee_id`: addresses by employee id, by "" for HR.

    Nobody where the kind is not for that role. An address may be "", where none is entered.
    """
    meant = _Meant(kind, results, employee_id)
    if role not in kind.recipients:
        return {}
    if role == "hr":
        return {"": meant.hr} if meant.hr else {}
    people = meant.facts.people
    return {person: text(people[person].email) for person in meant.people_with(role) if person in people}


def recipient_rules() -> list[Rule]:
    """Every rule that a recipient can break."""
    return [WRONG_RECIPIENT, MANAGER_CHANGED]


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whom one document is meant for."""

    kind: Kind
    results: Results
    subject: str

    @property
    def hr(self) -> str:
        return self.results.settings.hr_email

    @property
    def facts(self) -> CycleFacts:
        return cycle_facts(self.results)

    def fault(self, recipient: str) -> Finding | None:
        address = _folded(recipient)
        roles = [role for role in self.kind.recipients if address in self._addresses(role)]
        changed = self._changed_manager(address) if set(roles) <= {"manager"} else None
        if changed and "manager" in self.kind.recipients:
            return self._found(MANAGER_CHANGED, old=changed[0], new=changed[1])
        why = self._why_not(address, roles)
        return self._found(WRONG_RECIPIENT, address=recipient, why=why) if why else None

    def _why_not(self, address: str, roles: list[Recipient]) -> str:
        if not roles:
            return (
                f"which is none of those it is for: {', '.join(_FOR[role] for role in self.kind.recipients)}"
            )
        if roles == ["hr"]:
            return ""
        owners = [row for row in self.facts.people.values() if _folded(row.email) == address]
        if len(owners) > 1:
            return f"and {len(owners)} people on the sheet People have that address"
        return "and that person has left" if _has_left(owners[0]) else ""

    def _addresses(self, role: Recipient) -> set[str]:
        """The addresses of those `role` means, folded; never an empty one."""
        if role == "hr":
            return {_folded(self.hr)} - {""}
        people = (self.facts.people.get(person) for person in self.people_with(role))
        return {_folded(row.email) for row in people if row is not None} - {""}

    def people_with(self, role: Recipient) -> Iterator[Any]:
        """The employee ids that `role` means."""
        evaluation = self.facts.evaluated.get(self.subject)
        if role == "employee" or (role == "manager" and self.kind.subject == "manager"):
            yield self.subject
        elif role == "manager" and evaluation is not None:
            yield evaluation.manager
        elif role == "mentor":
            pairs = self.facts.rows_about(MentorPairs, self.subject, "mentee")
            yield from (pair.mentor for pair in pairs if pair.status in _CURRENT_PAIRS)

    def _changed_manager(self, address: str) -> tuple[str, str] | None:
        """The manager frozen in an evaluation and the one of today, if they differ and `address` is one of theirs."""
        if self.kind.subject == "manager":
            frozen = [row for row in self.facts.evaluated.values() if row.manager == self.subject]
        else:
            frozen = [row for row in [self.facts.evaluated.get(self.subject)] if row is not None]
        for row in frozen:
            person = self.facts.people.get(row.Index)
            today = person.manager if person is not None else None
            both = (self.facts.people.get(row.manager), self.facts.people.get(text(today)))
            theirs = {_folded(manager.email) for manager in both if manager is not None}
            if text(row.manager) != text(today) and address in theirs - {""}:
                return self._named(row.manager), self._named(today)
        return None

    def _named(self, person: Any) -> str:
        return self.facts.person_name(person) or "nobody"

    def _found(self, rule: Rule, **values: object) -> Finding:
        where = sheet_of(People).name
        return rule.found(where, "", who=self.subject, values={"kind": self.kind.title.lower(), **values})


def _folded(address: Any) -> str:
    return text(address).casefold()


def _has_left(person: Any) -> bool:
    return not pd.isna(person.active) and not person.active
