"""`careersheets collect`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import UsageError
from .exit_codes import ExitCode
from .options import Folder, Json, Workbook, listed
from .output import SHOWN, findings_data, say, say_findings, say_json

if TYPE_CHECKING:
    from ...books.book import Receipt
    from ...workflows.collect import Collecting
    from ...workflows.collect_lines import Line


def collect(
    book: Workbook,
    files: Annotated[list[Path], typer.Argument(help="The filled forms, or folders that hold them.")],
    plan: Annotated[bool, typer.Option("--plan", help="Show what would be entered, and do nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Enter without asking; open lines only as --accept says.")
    ] = False,
    accept: Annotated[str, typer.Option(help="Open lines to enter too, such as 3,7-9.")] = "",
    refuse: Annotated[str, typer.Option(help="Lines to leave out, such as 2,5.")] = "",
    again: Annotated[
        bool,
        typer.Option("--again", help="Offer what was left out of forms collected before, as open lines."),
    ] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Show what filled forms say anew, line by line, then enter it into the workbook."""
    from ...workflows.collect import collect_forms, enter_forms, form_files
    from ..work import at_work

    taken, left = _numbers(accept), _numbers(refuse)
    paths = form_files(files)
    with at_work(book, "collect", folder) as work:
        collecting = collect_forms(work.book, work.ledger, paths, datetime.now(), again=again)
        _refuse_unknown(collecting, taken | left)
        if not json:
            _say(collecting)
        chosen = frozenset() if plan else _chosen(collecting, taken, left, yes=yes, json=json)
        receipt = enter_forms(work.book, work.ledger, work.run, collecting, chosen) if chosen else None
    if json:
        say_json(_data(collecting, chosen, receipt))
    elif receipt is not None:
        say(f"{_counted(len(chosen), 'line')} entered. {receipt.note}".strip())
    return ExitCode.FINDINGS if any(it.is_error for it in collecting.findings) else ExitCode.CLEAN


def _chosen(
    collecting: Collecting, taken: Collection[int], left: Collection[int], *, yes: bool, json: bool
) -> frozenset[int]:
    """The numbers of the lines to enter; none where the user does not want to."""
    chosen = (collecting.unasked | frozenset(taken)) - frozenset(left)
    undecided = [line.number for line in collecting.lines if line.number not in chosen | frozenset(left)]
    if yes:
        return chosen
    if json or not collecting.lines:
        return frozenset()
    if undecided:
        asked = f"Which of the {_counted(len(undecided), 'open line')} as well? Numbers such as 3,7-9; Enter for none"
        more = _numbers(typer.prompt(asked, default="", show_default=False, err=True))
        _refuse_unknown(collecting, more)
        chosen |= more
    if chosen and typer.confirm(
        f"Enter {_counted(len(chosen), 'line')}? What is left out is offered again with --again only.",
        err=True,
    ):
        return chosen
    return frozenset()


def _say(collecting: Collecting) -> None:
    say_findings(list(collecting.findings))
    sure = [line for line in collecting.lines if not line.open_because]
    for line in sure[:SHOWN]:
        say(_told(line))
    if len(sure) > SHOWN:
        say(f"... and {len(sure) - SHOWN} more; --json shows all.")
    unsure = [line for line in collecting.lines if line.open_because]
    for line in unsure:
        say(f"open  {_told(line)} ({line.open_because})")
    say(
        f"{_counted(len(sure), 'line')} to enter and {_counted(len(unsure), 'open line')} "
        f"from {_counted(collecting.files, 'file')}; {_counted(len(collecting.findings), 'thing')} to look at."
    )


def _told(line: Line) -> str:
    now = f"{line.now} -> " if line.now else ""
    return (
        f"{line.number:>4}  {line.who}: {line.sheet} {line.place}, {line.what}: {now}{line.then or '(empty)'}"
    )


def _data(collecting: Collecting, chosen: Collection[int], receipt: Receipt | None) -> dict[str, object]:
    return {
        "files": collecting.files,
        "lines": [
            {
                "line": line.number,
                "sheet": line.sheet,
                "cell": line.place,
                "who": line.who,
                "what": line.what,
                "now": line.now,
                "then": line.then,
                "form": line.form,
                "field": line.label,
                "open": line.open_because,
                "entered": receipt is not None and line.number in chosen,
            }
            for line in collecting.lines
        ],
        "findings": findings_data(collecting.findings),
        "entered": receipt is not None,
        "written_to": receipt.written_to if receipt else "",
        "note": receipt.note if receipt else "",
    }


def _numbers(text: str) -> frozenset[int]:
    """`3,7-9` as 3, 7, 8 and 9.

    Raises:
        UsageError: it is written in another way.
    """
    found: set[int] = set()
    for piece in listed(text):
        first, _, last = piece.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal() and len(piece) < 15):
            raise UsageError(f'"{piece}" is no line. Give numbers such as 3,7-9.')
        found |= set(range(int(first), min(int(last or first), int(first) + 100_000) + 1))
    return frozenset(found)


def _refuse_unknown(collecting: Collecting, numbers: Collection[int]) -> None:
    unknown = sorted(number for number in numbers if not 1 <= number <= len(collecting.lines))
    if unknown:
        raise UsageError(
            f"There is no line {unknown[0]}; there are {len(collecting.lines)}. Nothing was entered."
        )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
