"""`careersheets report`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import UsageError
from .exit_codes import ExitCode
from .options import Cycle, Folder, Json, Workbook, listed, refuse_blank, refuse_blanks
from .output import progress_bar, say, say_json

if TYPE_CHECKING:
    from ...workflows.report import Asked
    from ..master import ClosedBook, Master

# Written out, as help is shown without loading what makes documents; a test holds it to the kinds there are.
KINDS_HELP = (
    "Kinds of documents with commas between; gap-report if left out, all for the whole pack. There is: gap-report, "
    "manager-preparation, employee-preparation, page-for-hr, conversation-summary, round-up, development-plan, "
    "check-in, promotion-case, team-summary, mentoring-introduction."
)


def report(
    book: Workbook,
    employee: Annotated[
        list[str] | None,
        typer.Option(help="One person: ID, e-mail or full name. May be given several times."),
    ] = None,
    manager: Annotated[
        list[str] | None,
        typer.Option(help="One manager's people: ID, e-mail or full name. May be given several times."),
    ] = None,
    kinds: Annotated[str | None, typer.Option(help=KINDS_HELP)] = None,
    cycle: Cycle = None,
    dry_run: Annotated[bool, typer.Option(help="Say what would be made; make and write nothing.")] = False,
    preview: Annotated[bool, typer.Option(help="Make only the first document, to look at.")] = False,
    archive: Annotated[bool, typer.Option("--zip", help="Also put what is made into one archive.")] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Make the Word documents and note each in the workbook; what has not changed is not made again."""
    refuse_blank(kinds=kinds, cycle=cycle)
    refuse_blanks(employee=employee, manager=manager)
    if dry_run and preview:
        raise UsageError(
            "Give either --dry-run or --preview: one makes nothing, the other makes the first document."
        )
    from ..wiring import open_book

    with open_book(book, folder) as master:
        from ...workflows.report import Asked

        asked = Asked(
            employees=employee or (), managers=manager or (), cycle=cycle or "", kinds=listed(kinds)
        )
        if preview:
            return _preview(master, asked, json=json)
        return make_documents(master, asked, dry_run=dry_run, archive=archive, json=json)


def make_documents(
    master: Master[ClosedBook],
    asked: Asked,
    *,
    dry_run: bool = False,
    archive: bool = False,
    json: bool = False,
) -> int:
    """Make documents, with the ledger of the workbook, and say what was made; the exit code."""
    from ...workflows.check_trail import note_check
    from ...workflows.report import report as run_report
    from ...workflows.report_trail import Trail
    from ..work import recorded_if_possible
    from .reporting import report_result

    book, folder, now = master.book, master.folder, datetime.now()
    with (
        recorded_if_possible(master, "report") as record,
        progress_bar(quiet=json) as progress,
    ):
        trail = Trail(record.ledger, record.run, folder) if record else None
        outcome = run_report(
            book, folder, now, asked, dry_run=dry_run, archive=archive, trail=trail, progress=progress
        )
        if record and not dry_run:
            note_check(outcome.assessment, record.ledger, record.run)
    return report_result(outcome, book.name, json=json)


def _preview(master: Master[ClosedBook], asked: Asked, *, json: bool) -> int:
    from ...workflows.report import preview

    path = preview(master.book, master.folder, datetime.now(), asked)
    if json:
        say_json({"preview": str(path)})
    else:
        say(f"Have a look at {path}. Nothing was noted in the workbook.")
    return ExitCode.CLEAN
