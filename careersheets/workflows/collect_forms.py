"""Filled forms as they came back: read, and held against the workbook and the ledger before anything of them counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..analysis.evaluations import cycle_order
from ..books.document_batch import read_documents
from ..documents.content.cycle import CycleFacts
from ..documents.content.form_frame import person_marks
from ..documents.form_faults import FormRefused, MarkLost, NotOurForm
from ..documents.forms import FilledForm, read_form
from ..documents.kind import Kind
from ..documents.kinds import KINDS
from ..ledger.records import FormRecord
from ..model.errors import FileRefused
from ..model.findings import Finding
from .collect_rules import (
    BROKEN_OFF,
    COLLECTED_BEFORE,
    FORM_NOT_READ,
    MARK_LOST,
    NOBODY,
    NOT_A_FORM,
    OFFERED_AGAIN,
    OTHER_COPY_COLLECTED,
    OTHER_CYCLE,
    OTHER_KIND,
    OTHER_PERSON,
    SAME_FILE,
    TAMPERED,
    TWO_COPIES,
)

COLLECTED_KINDS = (
    "employee-preparation",
    "page-for-hr",
    "conversation-summary",
    "development-plan",
    "check-in",
    "promotion-case",
)
_KINDS: Mapping[str, Kind] = {kind.key: kind for kind in KINDS if kind.key in COLLECTED_KINDS}
_FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that came back, as its mark says: which kind, in which cycle, about whom; `sha256` is of the file."""

    name: str
    sha256: str
    form: FilledForm
    kind: Kind
    cycle: str
    employee_id: str

    @property
    def record(self) -> FormRecord:
        """What the ledger notes of it."""
        form = self.form
        return FormRecord(form.document_id, self.employee_id, form.version, form.fingerprint, self.sha256)


@dataclass(frozen=True, slots=True)
class Trail:
    """What the ledger knows of forms: how the run ended that noted each file, by SHA-256, and which were noted.

    `again` if what was left out of forms that were collected is offered once more.
    """

    outcomes: Mapping[str, str]
    noted: Sequence[FormRecord]
    again: bool = False

    def is_entered(self, sha256: str) -> bool:
        """Whether a run entered exactly this file and came to its end."""
        outcome = self.outcomes.get(sha256, "")
        return bool(outcome) and not outcome.startswith(_FAILED)

    def doubts(self, returned: Returned) -> Iterator[Finding]:
        """Why nothing of a form is entered unasked: another copy was, or a run that was entering it was killed."""
        if self.outcomes.get(returned.sha256, _FAILED) == "":
            yield BROKEN_OFF.found(returned.name, "", who=returned.employee_id)
        if self.is_entered(returned.sha256):
            yield OFFERED_AGAIN.found(returned.name, "", who=returned.employee_id)
        mine = (returned.form.document_id, returned.form.version, returned.form.fingerprint)
        others = (it for it in self.noted if (it.document, it.version, it.fingerprint) == mine)
        if any(it.sha256 != returned.sha256 and self.is_entered(it.sha256) for it in others):
            yield OTHER_COPY_COLLECTED.found(returned.name, "", who=returned.employee_id)


def read_forms(paths: Sequence[Path], anybody: CycleFacts) -> tuple[list[Returned], list[Finding]]:
    """The forms in the files, and what is wrong with the files that hold none.

    Args:
        paths: the files.
        anybody: the workbook's facts, of any cycle, for the ids there are.
    """
    found: list[Returned] = []
    findings: list[Finding] = []
    first_of: dict[str, str] = {}
    cycles = cycle_order(anybody.results.tables)
    for path, document in zip(paths, read_documents(paths), strict=True):
        if isinstance(document, FileRefused):
            values: dict[str, object] = {"reason": document.reason, "fix": document.fix}
            findings.append(FORM_NOT_READ.found(path.name, "", values=values))
        elif document.fingerprint in first_of:
            findings.append(SAME_FILE.found(path.name, "", values={"other": first_of[document.fingerprint]}))
        else:
            first_of[document.fingerprint] = path.name
            try:
                form = read_form(document)
            except FormRefused as refused:
                findings.append(_refused(path.name, refused))
                continue
            returned = _known(path.name, document.fingerprint, form, cycles, anybody)
            found += [returned] if isinstance(returned, Returned) else []
            findings += [returned] if isinstance(returned, Finding) else form.findings
    return found, findings


def usable_forms(
    forms: Sequence[Returned], facts: Mapping[str, CycleFacts], anybody: CycleFacts, trail: Trail
) -> tuple[list[Returned], list[Finding]]:
    """Those that belong to this workbook and were not collected before, and why the others do not.

    Args:
        forms: as read.
        facts: by cycle, of those that forms name and the workbook has.
        anybody: of any cycle, for what the workbook says of people.
        trail: what the ledger knows.
    """
    usable: list[Returned] = []
    findings: list[Finding] = []
    first_of: dict[tuple[str, str], str] = {}
    for returned in forms:
        refusal = _refusal(returned, facts, anybody, trail)
        if refusal is not None:
            findings.append(refusal)
            continue
        usable.append(returned)
        identity = returned.form.document_id, returned.form.version
        other = first_of.setdefault(identity, returned.name)
        if other != returned.name:
            findings.append(
                TWO_COPIES.found(returned.name, "", who=returned.employee_id, values={"other": other})
            )
    return usable, findings


def cycles_named(forms: Sequence[Returned], facts: CycleFacts) -> list[str]:
    """The cycles of the workbook that forms were made in, in order."""
    named = {returned.cycle for returned in forms}
    return [cycle for cycle in cycle_order(facts.results.tables) if cycle in named]


def _refused(name: str, refused: FormRefused) -> Finding:
    rule = {NotOurForm: NOT_A_FORM, MarkLost: MARK_LOST}.get(type(refused), FORM_NOT_READ)
    return rule.found(name, "", values={"reason": refused.reason, "fix": refused.fix})


def _known(
    name: str, sha256: str, form: FilledForm, cycles: Sequence[str], anybody: CycleFacts
) -> Returned | Finding:
    """The form with what its id says."""
    key, rest = _first_of(form.document_id, _KINDS)
    cycle, rest = _first_of(rest, cycles)
    person, _ = _first_of(rest, anybody.people)
    if not form.is_intact or not person:
        return TAMPERED.found(name, "")
    if key not in _KINDS:
        return OTHER_KIND.found(name, "", values={"kind": key})
    return Returned(name, sha256, form, _KINDS[key], cycle, person)


def _first_of(document_id: str, known: Iterable[str]) -> tuple[str, str]:
    """What an id begins with, and what follows; ids of HR's may have strokes of their own, so known ones go first."""
    fitting = [one for one in known if f"{document_id}/".startswith(f"{one}/")]
    first = max(fitting, key=len) if fitting else document_id.partition("/")[0]
    return first, document_id[len(first) + 1 :]


def _refusal(
    returned: Returned, facts: Mapping[str, CycleFacts], anybody: CycleFacts, trail: Trail
) -> Finding | None:
    """Why nothing of a form counts; None if it does."""
    person, marks = returned.employee_id, returned.form.mark.about
    if person not in anybody.people:
        return NOBODY.found(returned.name, "", values={"person": person})
    if not set(marks) & set(person_marks(anybody, person, returned.form.document_id)):
        return OTHER_PERSON.found(returned.name, "", values={"person": person})
    if returned.cycle not in facts:
        return OTHER_CYCLE.found(returned.name, "", who=person, values={"cycle": returned.cycle})
    if trail.is_entered(returned.sha256) and not trail.again:
        return COLLECTED_BEFORE.found(returned.name, "", who=person)
    return None
