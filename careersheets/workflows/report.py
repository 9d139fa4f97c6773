"""Make the documents of a cycle, for everyone, some managers' people or some people, and note each in the workbook."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from ..analysis.results import Results
from ..books.book import Book, Changes, Receipt
from ..delivery.archive import write_archive
from ..delivery.folder import write_document
from ..delivery.made_record import MadeRecord
from ..delivery.run_folder import RunFolder, open_run
from ..documents.kinds import KINDS
from ..documents.naming import TOP, safe_part
from ..model.errors import CareersheetsError, UsageError
from ..vocabulary.results import Documents
from .assess import Assessment, assess
from .check import result_rows
from .progress import Progress, silent
from .report_making import job_of, make_some
from .report_placing import put_in_place
from .report_plan import Asked, Made, Plan, plan_documents
from .report_pool import make_in_pool, pays
from .report_trail import Trail
from .result_sheets import all_changes, documents_sheet
from .shipped import missing_templates

__all__ = ["Asked", "Made", "ReportOutcome", "preview", "report"]

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """What a run made.

    `receipt` is None where nothing was to be written into the workbook. `notes` are sentences on what else the user
    should know; `archive` is the file that holds all that was made, if one was asked for.
    """

    assessment: Assessment
    made: list[Made]
    receipt: Receipt | None
    notes: list[str] = field(default_factory=list)
    archive: Path | None = None


def report(
    book: Book,
    folder: Path,
    now: datetime,
    asked: Asked,
    *,
    dry_run: bool = False,
    archive: bool = False,
    trail: Trail | None = None,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> ReportOutcome:
    """Make documents in `folder`, the workbook's own, as of `now` (local time).

    A person with an error in the workbook gets no document, nor does a document leave that is not safe to release; the
    reason is noted, and everyone else's are made. They are made in a folder of their own and then put in place.

    Args:
        book: the workbook.
        folder: where the folder of documents is.
        now: the time of the run.
        asked: for whom, and which kinds.
        dry_run: only say what would be made.
        archive: also put what was made into one archive in `folder`.
        trail: the ledger's; with it, documents that would come out as they lie there are not made again.
        executor: makes the documents, elsewhere or in several processes; it must see `folder` under the same path.
        progress: is told how far it is.

    Raises:
        CareersheetsError: the workbook cannot be read or written, no template is usable, or nobody is meant.
    """
    assessment = assess(book, now.date(), asked.cycle)
    plan = plan_documents(assessment, asked)
    if trail:
        plan = replace(plan, documents=trail.without_unchanged(plan.results, plan.documents))
    plan = replace(plan, notes=[*plan.notes, *missing_templates(folder, _templates_of(plan))])
    if dry_run:
        return ReportOutcome(assessment, plan.documents, None, plan.notes)
    with open_run(folder, TOP, now) as run:
        noted = trail.places(plan.results) if trail else {}
        made = _make(run, plan, folder, executor, progress)
        made, notes = put_in_place(run, made, plan.results, MadeRecord(folder / TOP), noted)
        if trail:
            trail.note(plan.results, made)
        zipped = _zipped(run, folder, made, assessment.results.cycle, now) if archive else None
    receipt = book.write(assessment.contents, _changes(assessment, made, now))
    return ReportOutcome(assessment, made, receipt, [*plan.notes, *notes], zipped)


def preview(book: Book, folder: Path, now: datetime, asked: Asked) -> Path:
    """Make the first of the documents asked for, in the folder `preview`, and write nothing into the workbook.

    Raises:
        CareersheetsError: as `report`; or every document asked for is held back.
    """
    plan = plan_documents(assess(book, now.date(), asked.cycle), asked)
    job = job_of(plan.results, folder)
    reason = next((document.error for document in plan.documents if document.state == "Held"), "")
    for document in plan.documents:
        if document.state == "Planned":
            try:
                data = job.finished(document)
            except CareersheetsError as error:
                reason = reason or str(error)
                continue
            path = folder / PREVIEW / PurePosixPath(document.file).name
            write_document(path, data)
            return path
    raise UsageError(f"Every document asked for is held back. The first because: {reason}")


def _templates_of(plan: Plan) -> list[str]:
    """The names of the templates that this run needs."""
    planned = {document.kind_key for document in plan.documents if document.state == "Planned"}
    return [file for kind in KINDS if kind.key in planned for file in kind.files]


def _make(
    run: RunFolder, plan: Plan, folder: Path, executor: Executor | None, progress: Progress
) -> list[Made]:
    job = job_of(plan.results, folder)
    job.prepare_all(plan.documents)
    made: list[Made] = []
    if executor or pays(len(plan.documents)):
        making = make_in_pool(job, plan.documents, run.fresh, executor)
    else:
        making = make_some(job, plan.documents, run.fresh)
    with closing(making):
        for document in making:
            made.append(document)
            progress(len(made), len(plan.documents), "Documents")
    return made


def _zipped(run: RunFolder, folder: Path, made: Sequence[Made], cycle: str, now: datetime) -> Path | None:
    files = [document.file for document in made if document.is_made or document.is_unchanged]
    if not files:
        return None
    path = folder / f"{safe_part(f'{TOP} {cycle} {now:%Y-%m-%d %H.%M.%S}')}.zip"
    write_archive(path, folder, files, run.fresh)
    return path


def _changes(assessment: Assessment, made: Sequence[Made], now: datetime) -> Changes:
    done = sum(document.is_made or document.is_unchanged for document in made)
    sentence = f"{done} of {len(made)} documents made"
    documents = documents_sheet(_rows(made, assessment.results, now))
    return all_changes([*result_rows(assessment), documents], now, sentence, assessment.results.settings)


def _rows(made: Sequence[Made], results: Results, now: datetime) -> list[dict[str, object]]:
    """The rows of the sheet Documents: this run's, and those of documents it did not touch."""
    touched = {(document.employee_id, document.kind) for document in made}
    before = results.tables.frame(Documents)
    rows = [row for row in before.to_dict("records") if isinstance(row["employee_id"], str)]
    then = {(row["employee_id"], row["kind"]): row for row in rows}
    kept = [dict(row) for row in rows if (row["employee_id"], row["kind"]) not in touched]
    new = [
        {
            "employee_id": document.employee_id,
            "kind": document.kind,
            "file": document.file,
            "made": now if document.is_made else _before(document, then, "made"),
            "state": document.state,
            "recipient": document.recipient,
            "sent": _before(document, then, "sent"),
            "error": document.error,
        }
        for document in made
    ]
    return [*new, *kept]


def _before(document: Made, then: Mapping[tuple[str, str], Mapping[Hashable, object]], column: str) -> object:
    """What stood there of a document that is unchanged; None for any other."""
    row = then.get((document.employee_id, document.kind)) if document.is_unchanged else None
    return row[column] if row else None
