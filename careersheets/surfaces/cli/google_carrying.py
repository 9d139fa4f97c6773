"""`careersheets google push` and `google pull`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .exit_codes import ExitCode
from .options import Json
from .output import SHOWN, say, say_json

if TYPE_CHECKING:
    from ...books.diff import Diff
    from ...workflows.carry import Carried, Carrying, CarryingBook
    from ...workflows.carry_cells import Remark

Sheet = Annotated[str, typer.Argument(help="The address of the Google Sheet.")]
Plan = Annotated[bool, typer.Option("--plan", help="Show what would be carried, and do nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Carry what is shown without asking.")]
# Longer texts are cut where they are shown.
_LONGEST = 60
_COPIES = (
    "Both are the same workbook for careersheets now: what was released or sent from one counts for the other. So go on "
    "in one of them, and keep the other as it is."
)
_STRANGERS = (
    "Each keeps an identity of its own: what was released or sent from one is not known in the other, and would be sent "
    "again from there."
)
_LOOKS = "Comments, colours, widths and charts are not carried; the results of careersheets come with the next check."


def push(
    book: Annotated[Path, typer.Argument(help="The workbook in Excel.")],
    sheet: Sheet,
    plan: Plan = False,
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Carry a workbook from Excel into a Google Sheet made by google create, without losing a cell."""
    from ...workflows.carry import compare_books
    from ...workflows.carry_cells import GOOGLE
    from ..carrying import PUSH, opened_pair

    with opened_pair(book, sheet, PUSH) as pair:
        carrying = compare_books(pair.file, pair.sheet, GOOGLE, pair.file_identity)
        return _finish(pair.sheet, carrying, plan=plan, yes=yes, json=json)


def pull(
    sheet: Sheet,
    book: Annotated[Path, typer.Argument(help="The workbook in Excel: a new one, or one there is.")],
    plan: Plan = False,
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Carry a workbook from a Google Sheet into Excel, without losing a cell."""
    from ...workflows.carry import compare_books
    from ...workflows.carry_cells import EXCEL
    from ..carrying import PULL, opened_pair

    if not book.exists():
        return _pull_new(sheet, book, plan=plan, json=json)
    with opened_pair(book, sheet, PULL) as pair:
        carrying = compare_books(pair.sheet, pair.file, EXCEL, pair.sheet_identity)
        return _finish(pair.file, carrying, plan=plan, yes=yes, json=json)


def _pull_new(sheet: str, book: Path, *, plan: bool, json: bool) -> int:
    from ...workflows.carry_new import pull_into_new
    from ..carrying import PULL, opened_sheet

    if plan:
        say_json({"new": book.name}) if json else say(f"A new workbook {book.name} would be made.")
        return ExitCode.CLEAN
    with opened_sheet(sheet, book.resolve().parent, PULL) as opened:
        done, remarks = pull_into_new(opened, book.resolve(), datetime.now())
    if json:
        say_json({"new": book.name, **_done_data(done), "remarks": _remarks_data(remarks, done.written_to)})
    else:
        _say_remarks(remarks, done.written_to)
        _say_done(done, _COPIES)
    return _code(done, remarks)


def _finish(
    target: CarryingBook, carrying: Carrying, *, plan: bool, yes: bool, json: bool
) -> int:  # fmt: skip
    """Show what is carried, carry it if that is wanted, and say what came of it."""
    from ...books.diff import diff_rows
    from ...workflows.carry import carry, summary

    name = carrying.there.name
    lines = list(diff_rows(carrying.diff))
    if not json:
        _say_remarks(carrying.remarks, name)
        _say_diff(carrying.diff)
        say(f"{summary(carrying)}.")
    wanted = bool(lines) and not plan and (yes or (not json and typer.confirm("Carry this?", err=True)))
    done = carry(target, carrying) if wanted else None
    if json:
        say_json(_data(carrying, lines, done))
    elif done is not None:
        _say_done(done, _STRANGERS if carrying.two_identities else _COPIES)
    return _code(done, carrying.remarks)


def _code(done: Carried | None, remarks: Sequence[Remark]) -> int:
    """Findings where something is not as it is in the other workbook."""
    left = any(it.about.is_loss for it in remarks) or (done is not None and len(done.differing) > 0)
    return ExitCode.FINDINGS if left else ExitCode.CLEAN


def _say_remarks(remarks: Sequence[Remark], target: str) -> None:
    from ...workflows.carry import remarks_by_kind
    from ...workflows.carry_cells import listed

    for sentence, places in remarks_by_kind(tuple(remarks), target).items():
        say(f"These {sentence}: {listed(places)}.")


def _say_diff(diff: Diff) -> None:
    """What would be replaced, cell by cell, then how much is new on each sheet."""
    replaced = [change for change in diff.changes if change.old is not None]
    for change in replaced[:SHOWN]:
        now, then = _on_a_line(change.old), _on_a_line(change.new)
        say(f"{change.cell}: {now} -> {then or '(empty)'}")
    if len(replaced) > SHOWN:
        say(f"... and {len(replaced) - SHOWN:,} more; --json shows all.")
    rows = Counter(row.sheet for row in diff.additions)
    cells = Counter(change.cell.sheet for change in diff.changes if change.old is None)
    for sheet in dict.fromkeys([*cells, *rows]):
        new = [_counted(rows[sheet], "row")] * (sheet in rows) + [_counted(cells[sheet], "cell")] * (
            sheet in cells
        )
        say(f"New on {sheet}: {' and '.join(new)}.")
    for added in diff.sheets:
        say(f"New sheet: {added.name}, {_counted(len(added.rows), 'row')}.")


def _on_a_line(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _say_done(done: Carried, copies: str) -> None:
    say(
        f'Carried. {done.cells:,} cells of "{done.written_to}" were read back and are the same. {done.note}'.strip()
    )
    if len(done.differing):
        say(f"{len(done.differing):,} are not, as somebody changed them meanwhile. Run again to see them.")
    say(_LOOKS)
    say(copies)


def _remarks_data(remarks: Sequence[Remark], target: str) -> dict[str, list[str]]:
    from ...workflows.carry import remarks_by_kind

    return remarks_by_kind(tuple(remarks), target)


def _done_data(done: Carried | None) -> dict[str, object]:
    if done is None:
        return {"carried": False}
    return {
        "carried": True,
        "written_to": done.written_to,
        "same": done.cells,
        "differing": len(done.differing),
        "note": done.note,
    }


def _data(carrying: Carrying, lines: Sequence[Sequence[object]], done: Carried | None) -> dict[str, object]:
    keys = ("line", "sheet", "cell", "now", "then", "why")
    return {
        "lines": [dict(zip(keys, row, strict=True)) for row in lines],
        "remarks": _remarks_data(carrying.remarks, carrying.there.name),
        "two_identities": carrying.two_identities,
        **_done_data(done),
    }
