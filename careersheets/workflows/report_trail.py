"""What the ledger knows of documents: which need not be made again, and what was made. Source: REQUIREMENTS X5, X9."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .. import __version__
from ..analysis.fingerprints import input_fingerprints, late_fingerprints, together
from ..analysis.results import Results
from ..documents.kind import Kind
from ..documents.kinds import KINDS
from ..ledger.ledger import Ledger, Run, new_document_id
from ..ledger.records import DocumentKey, DocumentRecord, Ingredients
from .report_making import is_draft
from .report_plan import UNCHANGED, Made
from .shipped import template_folders

DRAFT, MADE = "draft", "made"
_KINDS = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class _Fingerprints:
    """What documents are made from, by employee id and by manager for teams; `late` is what is late of each person."""

    people: Mapping[str, str]
    late: Mapping[str, str]
    teams: Mapping[str, Sequence[str]]

    def of(self, kind: Kind, subject: str) -> str:
        """What a document of `kind` about `subject` is made from."""
        team = self.teams.get(subject, ()) if kind.subject == "manager" else ()
        parts = [self.people.get(person, "") for person in (subject, *team)]
        if kind.tells_what_is_late:
            parts += [self.late.get(person, "") for person in (subject, *team)]
        return together(parts)


@dataclass(frozen=True, slots=True)
class Trail:
    """The ledger of a workbook while documents are made; `folder` is the workbook's."""

    ledger: Ledger
    run: Run
    folder: Path
    _inputs: list[tuple[Results, _Fingerprints]] = field(default_factory=list, repr=False)

    def without_unchanged(self, results: Results, planned: Sequence[Made]) -> list[Made]:
        """`planned`, where what would come out as it lies there already is marked unchanged."""
        keys = [_key(results, document) for document in planned]
        wanted = {
            key: (ingredients, _state(results, document))
            for key, document, ingredients in zip(
                keys, planned, self._ingredients(results, planned), strict=True
            )
            if document.state == "Planned"
        }
        same = self.ledger.unchanged(wanted)
        return [self._marked(document, same.get(key)) for key, document in zip(keys, planned, strict=True)]

    def places(self, results: Results) -> dict[tuple[str, str], str]:
        """Where the cycle's documents were put last, by employee id and title of their kind."""
        return {
            (key.person, _KINDS[key.kind].title): record.path
            for key, record in self.ledger.documents().items()
            if key.occasion == results.cycle and key.kind in _KINDS and record.path
        }

    def note(self, results: Results, made: Sequence[Made]) -> None:
        """Note what was made and lies in its place now."""
        new = [document for document in made if document.is_made]
        ingredients = self._ingredients(results, new)
        self.ledger.record_documents(
            self.run.id,
            [
                DocumentRecord(
                    new_document_id(),
                    _key(results, document),
                    document.file,
                    document.digest,
                    parts,
                    _state(results, document),
                )
                for document, parts in zip(new, ingredients, strict=True)
            ],
        )
        self.run.counts |= {"made": len(new), "unchanged": sum(it.is_unchanged for it in made)}

    def _marked(self, document: Made, record: DocumentRecord | None) -> Made:
        """Unchanged if it lies where it would go, as it was made."""
        if record is None or document.state != "Planned" or record.path != document.file:
            return document
        if _digest(f"{self.folder}/{record.path}") != record.sha256:
            return document
        return replace(document, state=UNCHANGED, digest=record.sha256)

    def _ingredients(self, results: Results, documents: Iterable[Made]) -> list[Ingredients]:
        known, templates = self._fingerprints(results), self._templates()
        return [
            Ingredients(
                known.of(_KINDS[document.kind_key], document.employee_id),
                templates[document.kind_key],
                __version__,
            )
            for document in documents
        ]

    def _fingerprints(self, results: Results) -> _Fingerprints:
        """Those of `results`, taken once for a run."""
        if not self._inputs or self._inputs[0][0] is not results:
            self._inputs[:] = [(results, _fingerprints(results))]
        return self._inputs[0][1]

    def _templates(self) -> dict[str, str]:
        """The fingerprint of each kind's template, HR's own or the shipped one."""
        folders = template_folders(self.folder)
        return {
            kind.key: together(
                next((_digest(folder / name) for folder in folders if (folder / name).is_file()), "")
                for name in kind.files
            )
            for kind in KINDS
        }


def _fingerprints(results: Results) -> _Fingerprints:
    teams = results.evaluated.groupby("manager", sort=False).groups.items()
    return _Fingerprints(
        input_fingerprints(results),
        late_fingerprints(results),
        {str(manager): sorted(members) for manager, members in teams},
    )


def _state(results: Results, document: Made) -> str:
    return DRAFT if is_draft(results, document) else MADE


def _key(results: Results, document: Made) -> DocumentKey:
    return DocumentKey(document.employee_id, document.kind_key, results.cycle)


def _digest(path: Path | str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return ""
