"""`careersheets scorecards split` and `merge`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .exit_codes import ExitCode
from .options import Folder, Json, Workbook
from .output import SHOWN, findings_data, progress_bar, say, say_findings, say_json

if TYPE_CHECKING:
    from ...books.book import OutValue, Receipt
    from ...workflows.scorecards_merge import Merging

scorecards_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Workbooks for managers and employees to fill in."
)
Yes = Annotated[bool, typer.Option("--yes", help="Enter what is shown without asking.")]


@scorecards_app.command("split")
def split(
    book: Workbook,
    cycle: Annotated[str, typer.Option(help="An evaluation cycle; the one in hand if left out.")] = "",
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Write one scorecard per manager and one self-evaluation per employee, into the folder scorecards."""
    from ...workflows.scorecards_split import split_scorecards, told
    from ..wiring import open_book
    from ..work import recorded_if_possible

    with (
        open_book(book, folder) as master,
        recorded_if_possible(master, "split"),
        progress_bar(quiet=json) as progress,
    ):
        outcome = split_scorecards(master.book, master.folder, datetime.now(), cycle=cycle, progress=progress)
    if json:
        files = {"managers": list(map(str, outcome.managers)), "people": list(map(str, outcome.people))}
        say_json({"folder": str(outcome.folder), **files, "unrated": outcome.unrated})
    else:
        say(f"{told(outcome)} are in {outcome.folder}.")
        for person in outcome.unrated:
            say(f"Nobody rates {person}: no manager is entered on Evaluations or People.")
    return ExitCode.CLEAN


@scorecards_app.command("merge")
def merge(
    book: Workbook,
    returned: Annotated[Path, typer.Argument(help="Where the returned scorecards are.")],
    yes: Yes = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Show what returned scorecards change, then enter it."""
    from ...books.diff import diff_rows
    from ...workflows.scorecards_merge import compare_scorecards, enter, summary
    from ...workflows.scorecards_register import FOLDER
    from ...workflows.scorecards_review import returned_files, write_review
    from ..wiring import open_book
    from ..work import recorded_if_possible

    with open_book(book, folder) as master:
        merging = compare_scorecards(master.book, master.folder / FOLDER, returned_files(returned))
        lines = list(diff_rows(merging.diff, merging.contents))
        if not json:
            say_findings(merging.findings)
            _say_lines(lines)
            if len(lines) > SHOWN:
                say(
                    f"All {len(lines)} lines: {write_review(master.folder / FOLDER, merging, datetime.now())}"
                )
            say(f"{summary(merging)}.")
        entered = bool(lines) and (yes or (not json and typer.confirm("Enter this?", err=True)))
        with recorded_if_possible(master, "merge"):
            receipt = enter(master.book, merging) if entered else None
    if json:
        say_json(_data(merging, lines, receipt))
    elif receipt is not None:
        say(" ".join(filter(None, ("Entered.", receipt.note))))
    return ExitCode.FINDINGS if merging.findings else ExitCode.CLEAN


def _data(merging: Merging, lines: Sequence[Sequence[object]], receipt: Receipt | None) -> dict[str, object]:
    names = ("line", "sheet", "cell", "now", "then", "why")
    return {
        "files": merging.files,
        "lines": [dict(zip(names, row, strict=True)) for row in lines],
        "findings": findings_data(merging.findings),
        "entered": receipt is not None,
        "written_to": receipt.written_to if receipt else "",
    }


def _say_lines(lines: Sequence[Sequence[OutValue]]) -> None:
    from ...books.diff import shown_value

    for _, sheet, cell, now, then, why in lines[:SHOWN]:
        before = "" if cell == "new row" else f"{shown_value(now)} -> "
        say(f"{sheet}!{cell}: {before}{shown_value(then)} ({why})")
    if len(lines) > SHOWN:
        say(f"... and {len(lines) - SHOWN} more.")
