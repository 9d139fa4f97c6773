"""`careersheets plan`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import UsageError
from .exit_codes import ExitCode
from .options import Folder, Json, Workbook, refuse_blank, refuse_blanks
from .output import SHOWN, say, say_json

if TYPE_CHECKING:
    from ...books.book import BookContents, Receipt
    from ...books.diff import Diff, EditableBook
    from ...workflows.plan import Planning
    from ...workflows.plan_people import PlanFilter

Template = Annotated[str | None, typer.Option(help="A row of Plan templates, by its name.")]
Department = Annotated[str | None, typer.Option(help="For this department.")]
Team = Annotated[str | None, typer.Option(help="For this team.")]
Level = Annotated[str | None, typer.Option(help="For people at this level.")]
Manager = Annotated[str | None, typer.Option(help="For this manager's people.")]
GapIn = Annotated[str | None, typer.Option(help="For people with a gap in this competency.")]
Employee = Annotated[list[str] | None, typer.Option(help="For this person; may be repeated.")]
Everyone = Annotated[bool, typer.Option("--everyone", help="For everybody on People.")]
FillIds = Annotated[
    bool,
    typer.Option("--fill-ids", help="Fill blank ids of conversations, goals, actions and criteria instead."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be entered, and stop.")]
Yes = Annotated[bool, typer.Option("--yes", help="Enter what is shown without asking.")]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be planned, and how it is settled: `yes` without asking, `dry_run` not at all."""

    template: str
    people: PlanFilter
    yes: bool
    dry_run: bool
    json: bool


def plan(
    book: Workbook,
    template: Template = None,
    department: Department = None,
    team: Team = None,
    level: Level = None,
    manager: Manager = None,
    gap_in: GapIn = None,
    employee: Employee = None,
    everyone: Everyone = False,
    fill_ids: FillIds = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Give a goal or action of Plan templates to everyone in a filter; it is shown first, then entered once."""
    from ...workflows.plan_people import PlanFilter
    from ..wiring import open_book
    from ..work import at_work

    texts = {"department": department, "team": team, "level": level, "manager": manager, "gap_in": gap_in}
    refuse_blank(template=template, **texts)
    refuse_blanks(employee=employee)
    if bool(template) == fill_ids:
        raise UsageError("Say either --template and for whom, or --fill-ids.")
    given = {name: text for name, text in texts.items() if text}
    people = PlanFilter(employees=tuple(employee or ()), everyone=everyone, **given)
    asked = _Asked(template or "", people, yes, dry_run, json)
    if dry_run:
        with open_book(book, folder) as master:
            _run(master.book, asked)
        return ExitCode.CLEAN
    with at_work(book, "plan", folder) as work:
        work.run.counts["lines"] = _run(work.book, asked)
    return ExitCode.CLEAN


def _run(book: EditableBook, asked: _Asked) -> int:
    """Show what is wanted and enter what is accepted; how many lines were entered."""
    from ...workflows.plan import enter_plan, plan_from_template, plan_ids

    planning: Planning | None = None
    contents: BookContents
    if asked.template:
        planning = plan_from_template(book, asked.template, asked.people, datetime.now().date())
        contents, diff = planning.contents, planning.diff
    else:
        contents, diff = plan_ids(book)
    if not asked.json:
        _say_planning(planning) if planning else _say_ids(diff)
    receipt = enter_plan(book, contents, diff) if len(diff) and _is_wanted(asked) else None
    if asked.json:
        say_json(_data(planning, diff, receipt))
    elif receipt is not None:
        say(" ".join(filter(None, ("Entered.", receipt.note))))
    elif asked.dry_run and len(diff):
        say("Nothing was written.")
    return len(diff) if receipt else 0


def _is_wanted(asked: _Asked) -> bool:
    if asked.dry_run:
        return False
    return asked.yes or (not asked.json and typer.confirm("Enter this?", err=True))


def _say_planning(planning: Planning) -> None:
    from ...vocabulary.sheet import sheet_of

    template, count = planning.template, len(planning.rows)
    sheet = sheet_of(template.model)
    due = f", due on {planning.rows[0]['due']:%Y-%m-%d}" if count else ""
    tied = f", tied to {template.competency_id}" if template.competency_id else ""
    people = "1 person" if count == 1 else f"{count} people"
    where = f"; new rows on {sheet.name}:" if count else "."
    say(f'"{template.text}" for {people if count else "nobody"}{due}{tied}{where}')
    for row in planning.rows[:SHOWN]:
        towards = f", towards {row['target_level']}" if row["target_level"] else ""
        say(f"  {row[sheet.columns[0].name]}  {planning.names[row['employee_id']]}{towards}")
    _say_more(count)
    for person, reason in list(planning.without.items())[:SHOWN]:
        say(f"  Not for {planning.names[person]}: {reason}.")
    _say_more(len(planning.without))


def _say_ids(diff: Diff) -> None:
    if not len(diff):
        say("No id is blank.")
        return
    for change in diff.changes[:SHOWN]:
        say(f"  {change.cell} -> {change.new}")
    _say_more(len(diff))
    say("1 blank id to fill." if len(diff) == 1 else f"{len(diff)} blank ids to fill.")


def _say_more(count: int) -> None:
    if count > SHOWN:
        say(f"  ... and {count - SHOWN} more.")


def _data(planning: Planning | None, diff: Diff, receipt: Receipt | None) -> dict[str, object]:
    from ...books.diff import DIFF_HEADERS, diff_rows

    keys = [header.lower() for header in DIFF_HEADERS]
    return {
        "rows": list(planning.rows) if planning else [],
        "without": dict(planning.without) if planning else {},
        "diff": [dict(zip(keys, row, strict=True)) for row in diff_rows(diff)],
        "written_to": receipt.written_to if receipt else "",
    }
