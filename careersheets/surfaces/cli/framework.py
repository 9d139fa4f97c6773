"""`careersheets framework import ...` and `careersheets people import ...`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Folder, Json
from .output import SHOWN, say, say_json

if TYPE_CHECKING:
    from ...books.book import BookContents
    from ...books.diff import Diff, EditableBook
    from ...workflows.importing.imported import Imported
    from ...workflows.importing.mapping import TableMapping

_QUIET = {"no_args_is_help": True, "rich_markup_mode": None}
framework_app = typer.Typer(help="The career framework: levels, competencies, expectations.", **_QUIET)  # type: ignore[arg-type]
import_app = typer.Typer(help="Bring in a framework that exists already.", **_QUIET)  # type: ignore[arg-type]
people_app = typer.Typer(help="The people on the sheet People.", **_QUIET)  # type: ignore[arg-type]
framework_app.add_typer(import_app, name="import")

Table = Annotated[Path, typer.Argument(help="An Excel workbook, .ods, .csv or .txt.")]
Into = Annotated[
    str | None,
    typer.Option(
        help="The master workbook to import into, a file or the address of a Google Sheet; its changes are shown first."
    ),
]
New = Annotated[Path | None, typer.Option(help="A new master workbook to build from what is imported.")]
Yes = Annotated[bool, typer.Option("--yes", help="Accept all changes that were shown.")]
Accept = Annotated[str, typer.Option(help="Accept some lines of what was shown, for example 1-20,25.")]
Kept = Annotated[Path | None, typer.Option(help="A mapping kept from an earlier import.")]


@import_app.command("onet")
def import_onet(
    folder: Annotated[Path, typer.Argument(help="Where an O*NET database release was unpacked.")],
    occupations: Annotated[str, typer.Option(help="O*NET-SOC codes, with commas between.")] = "",
    ladder: Annotated[
        list[str] | None, typer.Option(help='A ladder of your own: "People: 43-4161.00 > 13-1071.00".')
    ] = None,
    least_importance: Annotated[float, typer.Option(help="Leave out what is less important (1 to 5).")] = 3.0,
    into: Into = None,
    home: Folder = None,
    new: New = None,
    yes: Yes = False,
    accept: Accept = "",
    json: Json = False,
) -> None:
    """Import occupations of the O*NET database as levels."""
    from ...workflows.importing.onet import import_onet as run
    from ...workflows.importing.onet_ladders import parse_ladder

    codes = [code.strip() for code in occupations.split(",") if code.strip()]
    ladders = [parse_ladder(text) for text in ladder or ()]
    imported = run(folder, codes, ladders, least_importance=least_importance)
    _finish(imported, into, home, new, yes=yes, accept=accept, json=json)


@import_app.command("table")
def import_table(
    table: Table,
    mapping: Kept = None,
    cycle: Annotated[str, typer.Option(help="The evaluation cycle that ratings of people belong to.")] = "",
    into: Into = None,
    home: Folder = None,
    new: New = None,
    yes: Yes = False,
    accept: Accept = "",
    json: Json = False,
) -> None:
    """Import a framework or a skills matrix of any shape."""
    from ...workflows.importing.table import read_table

    kept = _load(table, mapping, quiet=json)
    imported, completed = read_table(table, kept, cycle)
    _keep(completed, table, mapping, changed=completed != kept, quiet=json)
    _finish(imported, into, home, new, yes=yes, accept=accept, json=json)


@people_app.callback()
def _people() -> None:
    """Keep `import` a command of its own, though it is the only one."""


@people_app.command("import")
def import_people(
    table: Table,
    into: Annotated[
        str,
        typer.Option(
            help="The master workbook, a file or the address of a Google Sheet; its changes are shown first."
        ),
    ],
    home: Folder = None,
    mapping: Kept = None,
    partial: Annotated[
        bool, typer.Option(help="The export names some people only; nobody has left.")
    ] = False,
    yes: Yes = False,
    accept: Accept = "",
    json: Json = False,
) -> None:
    """Import people from an export of the HR system: who joined, left, moved or was renamed."""
    from ...workflows.importing.people_import import compare_people, people_diff, read_people
    from ..wiring import open_book

    with open_book(into, home) as master:
        kept = _load(table, mapping, quiet=json)
        imported, completed = read_people(table, kept)
        _keep(completed, table, mapping, changed=completed != kept, quiet=json)
        contents = master.book.read()
        changes = compare_people(contents, imported, complete=not partial)
        diff = people_diff(contents, changes)
        counts = {reason: len(rows) for reason, rows in changes.by_reason().items()} | {"same": changes.same}
        written = _apply(master.book, contents, diff, yes=yes, accept=accept)
    if json:
        say_json(
            {"counts": counts, "left_out": [asdict(e) for e in changes.left_out], **_diff_data(diff, written)}
        )
        return
    say(f"{contents.name}: " + ", ".join(f"{count} {reason}" for reason, count in counts.items()) + ".")
    for entry in changes.left_out[:SHOWN]:
        say(f"Not taken over: {entry.place}: {entry.what} ({entry.why})")
    _say_diff(diff, contents, written)


def _finish(
    imported: Imported,
    into: str | None,
    home: Path | None,
    new: Path | None,
    *,
    yes: bool,
    accept: str,
    json: bool,
) -> None:
    """Show what was read; write it where the user wants it."""
    from ...workflows.importing.imported import preview
    from ...workflows.importing.writing import diff_with, write_new
    from ..wiring import open_book

    if not json:
        for line in preview(imported):
            say(line)
    if new is not None:
        write_new(new, imported, datetime.now())
    diff, contents, written = None, None, str(new) if new else ""
    if into is not None:
        with open_book(into, home) as master:
            contents = master.book.read()
            diff = diff_with(contents, imported)
            written = _apply(master.book, contents, diff, yes=yes, accept=accept)
    if json:
        say_json(_data(imported) | (_diff_data(diff, written) if diff else {"written_to": written}))
    elif diff is not None:
        _say_diff(diff, contents, written)
    else:
        say(f"Written to {written}." if written else "Nothing was written. Add --new or --into to write it.")


def _load(table: Path, mapping: Path | None, *, quiet: bool) -> TableMapping | None:
    """The mapping the user names, else the one kept beside the table, if there is one."""
    from ...workflows.importing.mapping import load_mapping

    kept = mapping or _beside(table)
    if not kept.exists():
        return None
    if not quiet:
        say(f"Read by the mapping {kept.name}.")
    return load_mapping(kept)


def _keep(completed: TableMapping, table: Path, mapping: Path | None, *, changed: bool, quiet: bool) -> None:
    """Keep the mapping with the codes that were given, so that the next import gives the same."""
    from ...workflows.importing.mapping import save_mapping

    kept = mapping or _beside(table)
    if changed:
        save_mapping(completed, kept, table.name)
        if not quiet:
            say(f"How the table was read is kept in {kept}. Correct it there and run again.")


def _beside(table: Path) -> Path:
    return table.with_name(f"{table.stem}.mapping.toml")


def _apply(book: EditableBook, contents: BookContents, diff: Diff, *, yes: bool, accept: str) -> str:
    """Write what was accepted; where to, "" if nothing was."""
    from ...books.diff import accept_lines

    accepted = diff if yes else accept_lines(diff, _lines(accept))
    return book.apply(contents, accepted).written_to if len(accepted) else ""


def _lines(accept: str) -> set[int]:
    """`1-3,7` as {1, 2, 3, 7}.

    Raises:
        typer.BadParameter: it is not written like this.
    """
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in accept.split(","))):
        first, _, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            raise typer.BadParameter(f'"{accept}" is no list of lines such as 1-20,25.')
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def _say_diff(diff: Diff, contents: BookContents | None, written: str) -> None:
    from ...books.diff import DIFF_HEADERS, diff_rows
    from ...workflows.importing.writing import first_lines, summary_of

    for line in summary_of(diff):
        say(line)
    say(" | ".join(DIFF_HEADERS))
    for line in first_lines(diff_rows(diff, contents), SHOWN):
        say(line)
    if len(diff) > SHOWN:
        say(f"... and {len(diff) - SHOWN} more lines")
    if written:
        say(f"Written to {written}.")
    elif len(diff):
        say(
            f"Nothing was written. Add --yes to accept all {len(diff)} lines, or --accept 1-{min(len(diff), SHOWN)}."
        )
    else:
        say("Nothing to change.")


def _data(imported: Imported) -> dict[str, object]:
    return {
        "rows": {sheet: len(rows) for sheet, rows in imported.rows.items()},
        "notes": imported.notes,
        "left_out": [asdict(entry) for entry in imported.left_out],
        "totals": [asdict(total) | {"agrees": total.agrees} for total in imported.totals],
    }


def _diff_data(diff: Diff, written: str) -> dict[str, object]:
    from ...books.diff import DIFF_HEADERS, diff_rows

    keys = [header.lower() for header in DIFF_HEADERS]
    return {"diff": [dict(zip(keys, row, strict=True)) for row in diff_rows(diff)], "written_to": written}
