"""`careersheets sync`, `sync schedule` and `sync status`."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ...model.errors import AnotherRunActive, CareersheetsError, RemoteError, UsageError
from .exit_codes import ExitCode
from .options import Folder, Json, Workbook
from .output import complain, say, say_json

if TYPE_CHECKING:
    from ..schedule import Schedule

_SHORTEST, _LONGEST = 1, 24 * 60
_INTERVAL = re.compile(r"(\d{1,4})\s*(m|min|minutes?|h|hours?)")
# After a failure from outside, the next runs come later: up to so many intervals.
_LATEST = 8


class _SyncGroup(TyperGroup):
    """`sync BOOK` is `sync run BOOK`; a workbook that is called like a command is given as ./status."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            args = ["run", *args]
        return super().resolve_command(ctx, args)


sync_app = typer.Typer(
    cls=_SyncGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check by the clock, and answer what the menu in the workbook asks: sync BOOK --once, sync BOOK --every 15m.",
)
schedule_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="A timer of this computer's system for it."
)
sync_app.add_typer(schedule_app, name="schedule")

Every = Annotated[str, typer.Option(help="How often: 15m, 2h.")]


@sync_app.command("run", hidden=True)
def run(
    book: Workbook,
    once: Annotated[
        bool, typer.Option("--once", help="One run; with --every it is what runs by a timer.")
    ] = False,
    every: Annotated[str, typer.Option(help="Go on running, so often: 15m, 2h. Ctrl+C ends it.")] = "",
    folder: Folder = None,
    fewer_rows: Annotated[
        bool, typer.Option("--fewer-rows", help="With --once: most rows of a tab were deleted on purpose.")
    ] = False,
    json: Json = False,
) -> int:
    """Check the workbook if something in it changed, and answer the requests in it."""
    minutes = minutes_of(every) if every else 0
    if once or not minutes:
        if not once:
            raise UsageError("Say how often: --once, or for example --every 15m.")
        return _once(book, folder, minutes, fewer_rows=fewer_rows, json=json)
    go_on(lambda: _once(book, folder, minutes, json=json), minutes * 60, time.sleep)
    return ExitCode.CLEAN


@sync_app.command("status")
def status(json: Json = False) -> int:
    """Say of each workbook when it was last synced, and what came of it."""
    from ..sync_memory import all_kept

    every = all_kept()
    if json:
        say_json([{key: value for key, value in asdict(kept).items() if key != "memory"} for kept in every])
    for kept in every if not json else ():
        times = f" ({kept.every})" if kept.every else ""
        say(
            f"{datetime.fromisoformat(kept.at).astimezone():%Y-%m-%d %H:%M}  {kept.name}{times}: {kept.sentence}"
        )
    if not every and not json:
        say("Nothing was synced yet by you on this computer.")
    return ExitCode.FINDINGS if any(kept.code for kept in every) else ExitCode.CLEAN


@schedule_app.command("print")
def print_schedule(book: Workbook, every: Every = "15m", folder: Folder = None) -> None:
    """Show the timer's files, and write nothing."""
    schedule = _schedule(book, every, folder)
    for path, data in schedule.files.items():
        say(f"# {path}\n{data.decode('utf-16' if path.suffix == '.xml' else 'utf-8')}")
    _say_commands("To switch it on, after install:", schedule.switch_on)


@schedule_app.command("install")
def install_schedule(book: Workbook, every: Every = "15m", folder: Folder = None) -> None:
    """Write the timer's files, and say which command switches it on."""
    from ..schedule import write_schedule

    schedule = _schedule(book, every, folder)
    for path in write_schedule(schedule):
        say(f"Written: {path}")
    _say_commands("To switch it on:", schedule.switch_on)


@schedule_app.command("remove")
def remove(book: Workbook, folder: Folder = None) -> None:
    """Delete the timer's files, and say which command switches it off."""
    from ..schedule import remove_schedule

    schedule = _schedule(book, "15m", folder)
    _say_commands("To switch it off:", schedule.switch_off)
    for path in remove_schedule(schedule):
        say(f"Deleted: {path}")


def minutes_of(every: str) -> int:
    """`15m` -> 15, `2h` -> 120.

    Raises:
        UsageError: it is no interval between a minute and a day.
    """
    found = _INTERVAL.fullmatch(every.strip().casefold())
    minutes = int(found[1]) * (60 if found[2].startswith("h") else 1) if found else 0
    if not _SHORTEST <= minutes <= _LONGEST:
        raise UsageError(
            f'--every "{every}" is not understood. Give minutes or hours, from 1m to 24h: 15m, 2h.'
        )
    return minutes


def go_on(once: Callable[[], int], seconds: float, sleep: Callable[[float], None]) -> None:
    """Run again and again; later and later while another computer fails, as long as it does.

    Raises:
        CareersheetsError: the first run could not be done for a reason that does not pass by itself.
    """
    failures, runs = 0, 0
    while True:
        try:
            once()
            failures = 0
        except (RemoteError, AnotherRunActive) as error:
            failures += isinstance(error, RemoteError)
            complain(str(error))
        except CareersheetsError as error:
            # What was right once may become so again without anybody starting this anew.
            if not runs:
                raise
            complain(str(error))
        runs += 1
        sleep(seconds * min(2**failures, _LATEST))


def _once(book: str, folder: Path | None, minutes: int, *, fewer_rows: bool = False, json: bool) -> int:
    from ..sync_run import sync_once
    from ..wiring import open_book

    every = f"every {minutes} minute{'s' * (minutes != 1)}" if minutes else None
    with open_book(book, folder, read_at_once=False, fewer_rows=fewer_rows) as master:
        done, well = sync_once(master, every, datetime.now())
        name = master.book.name
    if json:
        say_json(
            {
                "workbook": name,
                "done": done.sentence,
                "answers": {key: asdict(it) for key, it in done.answers.items()},
            }
        )
    else:
        say(f"{name}: {done.sentence}")
        for answer in done.answers.values():
            say(f"{answer.state:<8} {answer.message}")
    return ExitCode.CLEAN if well else ExitCode.FINDINGS


def _schedule(book: str, every: str, folder: Path | None) -> Schedule:
    from ..google_address import is_sheet
    from ..schedule import Timed, build_schedule
    from ..wiring import refuse_folder

    minutes, sheet, here = minutes_of(every), is_sheet(book), (folder or Path()).resolve()
    if not sheet:
        refuse_folder(folder)
    what = book if sheet else str(Path(book).resolve())
    name = "a Google Sheet" if sheet else Path(book).name
    program = [sys.executable, "-m", "careersheets.surfaces.cli"]
    command = [*program, "sync", what, "--once", "--every", f"{minutes}m"]
    place = here if sheet else Path(book).resolve().parent
    return build_schedule(sys.platform, command, Timed(what, name, place, minutes), Path.home())


def _say_commands(title: str, commands: tuple[str, ...]) -> None:
    say(title)
    for command in commands:
        say(f"  {command}")
