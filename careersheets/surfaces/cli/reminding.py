"""`careersheets remind`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from .exit_codes import ExitCode
from .options import Folder, Json, Workbook
from .output import SHOWN, say, say_json

if TYPE_CHECKING:
    from ...workflows.remind import RemindOutcome


def remind(
    book: Workbook,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is due and write nothing.")] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Say what is due this week, with a mail draft and a calendar for each person who should act."""
    from ...workflows.remind import remind as remind_workflow
    from ..wiring import open_book
    from ..work import recorded_if_possible

    with open_book(book, folder) as master, recorded_if_possible(master, "remind"):
        outcome = remind_workflow(master.book, master.folder, datetime.now(), dry_run=dry_run)
    if json:
        say_json(_data(outcome))
    else:
        _say(outcome)
    return ExitCode.FINDINGS if outcome.without else ExitCode.CLEAN


def _say(outcome: RemindOutcome) -> None:
    due = outcome.reminders
    for row in due.head(SHOWN).itertuples(index=False):
        say(f"{row.state:<9} {row.due:%Y-%m-%d}  {outcome.names.get(row.who, row.who)}: {row.what}")
    if len(due) > SHOWN:
        say(f"… and {len(due) - SHOWN} more on the sheet This week.")
    counts = due["state"].value_counts()
    say(", ".join(f"{count} {state.lower()}" for state, count in counts.items()) or "Nothing is due.")
    for actor, reason in outcome.without.items():
        say(f"{actor}: {reason}")
    if outcome.receipt is not None:
        say(f"{len(outcome.files)} files are in documents/Reminders.")
        if outcome.receipt.note:
            say(outcome.receipt.note)


def _data(outcome: RemindOutcome) -> dict[str, object]:
    due = outcome.reminders.assign(due=outcome.reminders["due"].dt.strftime("%Y-%m-%dT%H:%M"))
    return {
        "reminders": due.to_dict("records"),
        "files": outcome.files,
        "without": outcome.without,
        "written_to": outcome.receipt.written_to if outcome.receipt else "",
    }
