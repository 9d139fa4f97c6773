"""Make the documents of a cycle, for everyone, one manager's people or one person, and note each in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..analysis.results import Results
from ..books.book import Book, Receipt
from ..delivery.folder import write_document
from ..documents.kind import Kind
from ..documents.kinds import KINDS
from ..documents.naming import document_path
from ..documents.safety import Scanner
from ..documents.template import Template, load_template
from ..model.errors import CareersheetsError, NotFound, UsageError
from ..model.findings import Finding
from ..tables.persons import directory_of
from ..vocabulary.people import People
from ..vocabulary.results import Documents
from .assess import Assessment, assess, names_of
from .check import result_rows
from .progress import Progress, silent
from .result_sheets import all_changes, documents_sheet
from .shipped import shipped_folder


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for: people by id, e-mail or name, "" for everyone; kinds by key, all of them if empty."""

    employee: str = ""
    manager: str = ""
    cycle: str = ""
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """One document: `file` is its path relative to the workbook's folder; `error` says why it was not made."""

    employee_id: str
    kind: str
    file: str
    state: str
    recipient: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What a run made. `receipt` is None where nothing was to be written into the workbook."""

    assessment: Assessment
    made: list[Made]
    receipt: Receipt | None


def report(
    book: Book,
    folder: Path,
    now: datetime,
    asked: Asked,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
) -> ReportOutcome:
    """Make documents in `folder`, the workbook's own, as of `now` (local time).

    A person with an error in the workbook gets no document, nor does a document leave that is not safe to release; the
    reason is noted, and everyone else's are made.

    Raises:
        CareersheetsError: the workbook cannot be read or written, a template is not usable, or nobody is meant.
    """
    kinds = kinds_asked(asked.kinds)
    templates = {} if dry_run else {kind.key: load_template(template_file(kind, folder)) for kind in kinds}
    assessment = assess(book, now.date(), asked.cycle)
    people = people_asked(assessment.results, asked)
    planned = _plan(assessment, people, kinds)
    if dry_run:
        return ReportOutcome(assessment, planned, None)
    made = list(_make(planned, assessment.results, templates, folder, progress))
    documents = documents_sheet(_rows(made, assessment.results, now))
    done = sum(document.state in ("Made", "Draft made") for document in made)
    sentence = f"{done} of {len(made)} documents made"
    changes = all_changes([*result_rows(assessment), documents], now, sentence, assessment.results.settings)
    return ReportOutcome(assessment, made, book.write(assessment.contents, changes))


def preview(book: Book, folder: Path, now: datetime, asked: Asked) -> Path:
    """Make the first of the documents asked for, in the folder `preview`, and write nothing into the workbook.

    Raises:
        CareersheetsError: as `report`; or every document asked for is held back.
    """
    kind = kinds_asked(asked.kinds)[0]
    template = load_template(template_file(kind, folder))
    assessment = assess(book, now.date(), asked.cycle)
    planned = _plan(assessment, people_asked(assessment.results, asked), [kind])
    first = next((document for document in planned if document.state == "Planned"), None)
    if first is None:
        raise UsageError("Every document asked for is held back by an error. See the sheet To fix.")
    path = folder / "preview" / Path(first.file).name
    write_document(path, template.render(kind.context(assessment.results, first.employee_id)))
    return path


def kinds_asked(keys: Sequence[str]) -> list[Kind]:
    """The kinds with these keys, in the order of the pack; all of them for `all` or none.

    Raises:
        NotFound: there is no such kind.
    """
    known = {kind.key: kind for kind in KINDS}
    unknown = next((key for key in keys if key not in known and key != "all"), None)
    if unknown is not None:
        raise NotFound("kind of document", unknown, known)
    return [kind for kind in KINDS if not keys or "all" in keys or kind.key in keys]


def people_asked(results: Results, asked: Asked) -> list[str]:
    """The employee ids meant, in the order of the sheet People.

    Raises:
        NotFound: nobody is called that, or the person is not evaluated in this cycle.
        UsageError: several people are called that, or nobody is evaluated at all.
    """
    people = results.evaluated
    if people.empty:
        cycle = f' in the cycle "{results.cycle}"' if results.cycle else ""
        raise UsageError(f"Nobody is evaluated{cycle}. Fill in the sheets Evaluations and Scores first.")
    if asked.manager:
        people = people[people["manager"].eq(_one_person(results, asked.manager))]
    if asked.employee:
        people = people[people.index == _one_person(results, asked.employee)]
    if people.empty:
        raise UsageError(
            f'Nobody who is evaluated in the cycle "{results.cycle}" fits '
            + " and ".join(f'"{text}"' for text in (asked.employee, asked.manager) if text)
            + "."
        )
    return list(people.index)


def template_file(kind: Kind, folder: Path) -> Path:
    """HR's own template from the folder `doc_templates` beside the workbook, else the one that comes with the package."""
    own = folder / "doc_templates" / kind.template
    return own if own.is_file() else shipped_folder("doc_templates") / kind.template


def _one_person(results: Results, text: str) -> str:
    ids = directory_of(results.tables.frame(People)).look_up(text)
    if not ids:
        raise NotFound("person", text, names_of(results).values())
    if len(ids) > 1:
        raise UsageError(
            f'{len(ids)} people are called "{text}". Give the employee ID or the e-mail address.'
        )
    return next(iter(ids))


def _plan(assessment: Assessment, people: Sequence[str], kinds: Sequence[Kind]) -> list[Made]:
    """Every document asked for: planned, or held with the reason. No two of them share a file."""
    results = assessment.results
    taken: set[str] = set()
    planned = []
    for employee in people:
        for kind in kinds:
            file = document_path(results, employee, kind.title, taken).as_posix()
            reason = _reason(results, employee, assessment.held.get(employee, []))
            state = "Held" if reason else "Planned"
            recipient = results.evaluated.at[employee, "email"]
            planned.append(Made(employee, kind.title, file, state, _text(recipient), reason))
    return planned


def _reason(results: Results, employee: str, errors: Sequence[Finding]) -> str:
    """Why no document can be made for `employee`; "" if one can."""
    if errors:
        return _told(errors)
    if not results.gaps["employee_id"].eq(employee).any():
        return "No target level with expectations: give the person a level and targets, and the level expectations."
    return ""


def _told(errors: Sequence[Finding]) -> str:
    """The first of `errors` and how many more there are; "" for none."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""


def _make(
    planned: Sequence[Made],
    results: Results,
    templates: Mapping[str, Template],
    folder: Path,
    progress: Progress,
) -> Iterator[Made]:
    kinds = {kind.title: kind for kind in KINDS}
    scanner = Scanner.of(results)
    for done, document in enumerate(planned, start=1):
        if document.state == "Planned":
            kind = kinds[document.kind]
            yield _make_one(document, kind, templates[kind.key], results, scanner, folder)
        else:
            yield document
        progress(done, len(planned), "Documents")


def _make_one(
    document: Made, kind: Kind, template: Template, results: Results, scanner: Scanner, folder: Path
) -> Made:
    """`document` as made; held if it is not safe to release; failed if the template or the disk refuses this one."""
    draft = bool(results.evaluated.at[document.employee_id, "draft"])
    try:
        data = template.render(kind.context(results, document.employee_id))
        unsafe = _told(scanner.scan(data, document.employee_id, kind.audience, kind.title))
        if unsafe:
            return replace(document, state="Held", error=unsafe)
        write_document(folder / document.file, data)
    except CareersheetsError as error:
        return replace(document, state="Failed", error=str(error))
    return replace(document, state="Draft made" if draft else "Made")


def _rows(made: Sequence[Made], results: Results, now: datetime) -> list[dict[str, object]]:
    """The rows of the sheet Documents: this run's, and those of documents it did not touch."""
    touched = {(document.employee_id, document.kind) for document in made}
    before = results.tables.frame(Documents)
    kept = [
        dict(row)
        for row in before.to_dict("records")
        if (row["employee_id"], row["kind"]) not in touched and isinstance(row["employee_id"], str)
    ]
    new = [
        {
            "employee_id": document.employee_id,
            "kind": document.kind,
            "file": document.file,
            "made": now if document.state in ("Made", "Draft made") else None,
            "state": document.state,
            "recipient": document.recipient,
            "error": document.error,
        }
        for document in made
    ]
    return [*new, *kept]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
