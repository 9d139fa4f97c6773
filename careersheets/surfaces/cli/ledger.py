"""`careersheets history`, `settle`, `subject export` and `subject erase`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import UsageError
from .exit_codes import ExitCode
from .options import Folder, Json, Workbook
from .output import SHOWN, say, say_json

if TYPE_CHECKING:
    from ...workflows.subject import Erasure

subject_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What is kept about one person: export or erase it."
)
# What a run ended with that was answered with No, or broken off from the keyboard.
_STOPPED = ("failed: Abort", "failed: KeyboardInterrupt")

Who = Annotated[str, typer.Argument(help="A person: ID, e-mail or full name.")]


def history(
    book: Workbook,
    limit: Annotated[int, typer.Option(help="How many runs, the latest first.", min=1)] = 20,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Say what was done with a workbook, and whether anybody changed the record of it."""
    from ..work import examine_record

    runs, faults = examine_record(book, folder, limit)
    if json:
        say_json({"runs": runs, "faults": faults})
    else:
        for run in runs:
            counts = ", ".join(_counted(count, name) for name, count in run.counts.items() if count)
            state = _outcome(run.outcome) if run.ended else "not ended: at work, or cut off"
            say(
                f"{run.started.astimezone():%Y-%m-%d %H:%M}  {run.verb:<8} {state}{': ' if counts else ''}{counts}"
            )
        for fault in faults:
            say(fault)
        say(
            f"{_counted(len(runs), 'runs')}. "
            + ("The record holds together." if not faults else "The record was changed.")
        )
    return ExitCode.FINDINGS if faults else ExitCode.CLEAN


def _counted(count: int, name: str) -> str:
    """`2 findings`, `1 finding`; names of what is counted stand in the plural, and `made` is as it is."""
    return f"{count} {name.removesuffix('s') if count == 1 else name}"


def _outcome(outcome: str) -> str:
    """In words where the person ended the run; other kinds of failure are named, for whoever asks for help."""
    return "stopped, nothing more was done" if outcome in _STOPPED else outcome


def settle(
    book: Workbook,
    delivery: Annotated[list[str], typer.Argument(help="Deliveries that are uncertain, by id.")],
    arrived: Annotated[
        bool | None, typer.Option("--arrived/--not-arrived", help="What the recipient says.")
    ] = None,
    folder: Folder = None,
) -> int:
    """Note what you found out about mails of which nobody knew whether they arrived."""
    from ...workflows.send import settle as settle_deliveries
    from ..work import at_work

    if arrived is None:
        raise UsageError("Say --arrived or --not-arrived, as the recipient told you.")
    with at_work(book, "settle", folder) as work:
        settle_deliveries(work.ledger, work.run, delivery, arrived=arrived)
    say("Noted." if arrived else "Noted. They can be sent again.")
    return ExitCode.CLEAN


@subject_app.command("export")
def export(
    book: Workbook,
    who: Who,
    file: Annotated[Path | None, typer.Option(help="A new file for it; the screen if left out.")] = None,
    folder: Folder = None,
) -> int:
    """Export everything kept about one person, as JSON."""
    from ...tables.reading import read_tables
    from ...workflows.subject import export_person, find_person
    from ..work import at_work

    with at_work(book, "export", folder) as work:
        tables, _ = read_tables(work.book.read())
        data = export_person(tables, work.ledger, work.folder, find_person(tables, work.ledger, who))
    if file is None:
        say_json(data)
        return ExitCode.CLEAN
    from json import dumps

    from ...delivery.folder import write_document

    if file.exists():
        raise UsageError(f'"{file.name}" is there already. Give the name of a new file.')
    write_document(file, dumps(data, ensure_ascii=False, indent=2, default=str).encode())
    say(f"Everything kept about that person is in {file}. Treat it as confidential.")
    return ExitCode.CLEAN


@subject_app.command("erase")
def erase(
    book: Workbook,
    who: Who,
    backups: Annotated[
        bool,
        typer.Option(
            "--delete-backups", help="Also delete the backups of the workbook, which hold everybody."
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Erase what careersheets keeps about one person; rows of the workbook are yours to delete."""
    from ...model.events import Event, note
    from ...tables.reading import read_tables
    from ...workflows.subject import erase_person, find_person
    from ..work import at_work

    with at_work(book, "erase", folder) as work:
        tables, _ = read_tables(work.book.read())
        person = find_person(tables, work.ledger, who)
        if not yes and not typer.confirm(f"Erase everything kept about {person.employee_id}?", err=True):
            say("Nothing was erased.")
            return ExitCode.CLEAN
        erased = erase_person(tables, work.ledger, work.folder, person, with_backups=backups)
        note(Event.PERSON_ERASED, count=len(erased.files))
    if json:
        say_json(erased)
    else:
        _say_erased(erased)
    return ExitCode.CLEAN


def _say_erased(erased: Erasure) -> None:
    entries = erased.ledger.payloads + erased.ledger.parts
    say(f"Erased: {len(erased.files)} files, {entries} entries of the record.")
    for sheet, count in erased.rows.items():
        say(
            f'The sheet "{sheet}" still has {count} row{"s" * (count != 1)} with this person: delete them there.'
        )
    if erased.backups:
        say(
            f"{len(erased.backups)} backups of the workbook still hold this person: {', '.join(erased.backups)}."
        )
    if erased.naming:
        say(
            f"{len(erased.naming)} documents about others name this person: {', '.join(erased.naming[:SHOWN])}."
        )
    for sent in erased.sent:
        say(f"Cannot be called back: {sent}.")
    for left in erased.ledger.left:
        say(left)
