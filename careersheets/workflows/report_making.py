"""Making the planned documents of a run: in this process, or in several for many of them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..analysis.results import Results
from ..delivery.folder import write_fresh
from ..documents.content.cycle import cycle_facts
from ..documents.kind import Kind
from ..documents.kinds import KINDS
from ..documents.making import Prepared, make, prepare
from ..documents.safety import Scanner
from ..model.errors import CareersheetsError
from .report_plan import Made, told
from .shipped import template_folders

_KINDS = {kind.key: kind for kind in KINDS}


@dataclass(slots=True)
class Job:
    """What every document of a run is made from; templates and scanner are prepared when first needed.

    `templates` are the folders of templates, HR's own first.
    """

    results: Results
    templates: Sequence[Path]
    _prepared: dict[str, Prepared | CareersheetsError] = field(default_factory=dict)
    _scanner: Scanner | None = None

    def __getstate__(self) -> tuple[Results, Sequence[Path]]:
        """What another process needs; the rest it prepares itself."""
        return self.results, self.templates

    def __setstate__(self, state: tuple[Results, Sequence[Path]]) -> None:
        """As new."""
        self.results, self.templates = state
        self._prepared, self._scanner = {}, None

    def prepared(self, kind: Kind) -> Prepared:
        """The template of `kind`, compiled.

        Raises:
            CareersheetsError: it cannot be used.
        """
        if kind.key not in self._prepared:
            try:
                self._prepared[kind.key] = prepare(kind, self.templates)
            except CareersheetsError as error:
                self._prepared[kind.key] = error
        found = self._prepared[kind.key]
        if isinstance(found, CareersheetsError):
            raise found
        return found

    def scanner(self) -> Scanner:
        """What documents are held against."""
        if self._scanner is None:
            self._scanner = Scanner.of(self.results)
        return self._scanner

    def prepare_all(self, documents: Sequence[Made]) -> None:
        """Prepare everything that `documents` need, so far as it can be used.

        Raises:
            CareersheetsError: no template can be used; the first one's fault.
        """
        keys = dict.fromkeys(document.kind_key for document in documents if document.state == "Planned")
        faults = []
        for key in keys:
            try:
                self.prepared(_KINDS[key])
            except CareersheetsError as error:
                faults.append(error)
        if faults and len(faults) == len(keys):
            raise faults[0]
        if keys:
            self.scanner()

    def finished(self, document: Made) -> bytes:
        """The document as bytes, safe to release.

        Raises:
            NotSafe: it may not be released.
            CareersheetsError: it cannot be made.
        """
        kind = _KINDS[document.kind_key]
        data = make(kind, self.prepared(kind), self.results, document.employee_id)
        unsafe = told(self.scanner().scan_document(data, kind, document.employee_id))
        if unsafe:
            raise NotSafe(unsafe)
        return data


class NotSafe(CareersheetsError):
    """A finished document that the safety scan holds."""


def job_of(results: Results, folder: Path) -> Job:
    """The job for the workbook in `folder`; HR's own templates lie in `doc_templates` beside it."""
    return Job(results, template_folders(folder))


def make_some(job: Job, documents: Sequence[Made], fresh: Path) -> Generator[Made, None, None]:
    """Each of `documents` as it came out, in order; those planned are written below `fresh`."""
    for document in documents:
        yield _make_one(job, document, fresh) if document.state == "Planned" else document


def _make_one(job: Job, document: Made, fresh: Path) -> Made:
    try:
        digest = write_fresh(fresh / document.file, job.finished(document))
    except NotSafe as unsafe:
        return replace(document, state="Held", error=str(unsafe))
    except CareersheetsError as error:
        return replace(document, state="Failed", error=str(error))
    state = "Draft made" if is_draft(job.results, document) else "Made"
    return replace(document, state=state, digest=digest)


def is_draft(results: Results, document: Made) -> bool:
    """Whether the document carries the mark DRAFT: the evaluation it is made from is not released.

    A team's is one as long as that of anybody in it is.
    """
    people, kind = cycle_facts(results).evaluated, _KINDS[document.kind_key]
    if not kind.shows_ratings:
        return False
    if kind.subject == "manager":
        return any(person.draft for person in people.values() if person.manager == document.employee_id)
    return bool(people[document.employee_id].draft)
