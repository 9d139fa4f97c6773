"""The command `careersheets`."""

from __future__ import annotations

import atexit
import gc
import sys
import traceback
from collections.abc import Container
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ... import __version__
from ...model.errors import CareersheetsError
from .collecting import collect
from .daily import check, demo, explain, new, template_check
from .delivering import release, send
from .doctor import doctor
from .excel import install, press
from .exit_codes import ExitCode, exit_code_of
from .framework import framework_app, people_app
from .framework_versions import framework_accept, framework_diff
from .google import google_app
from .ledger import history, settle, subject_app
from .output import complain, say, say_json
from .planning import plan
from .reminding import remind
from .report import report
from .scorecards import scorecards_app
from .syncing import sync_app

app = typer.Typer(
    name="careersheets",
    help="From HR's career framework and scorecards to career conversations in Word.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
template_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Word templates.")
template_app.command("check")(template_check)
for command in (
    new,
    check,
    report,
    release,
    send,
    remind,
    plan,
    collect,
    history,
    settle,
    press,
    install,
    doctor,
    explain,
    demo,
):
    # In full: a list that breaks off in the middle of a sentence helps nobody.
    app.command(short_help=" ".join((command.__doc__ or "").partition("\n\n")[0].split()))(command)
framework_app.command("diff")(framework_diff)
framework_app.command("accept")(framework_accept)
for name, group in {
    "template": template_app,
    "framework": framework_app,
    "people": people_app,
    "scorecards": scorecards_app,
    "subject": subject_app,
    "sync": sync_app,
    "google": google_app,
}.items():
    app.add_typer(group, name=name, short_help=group.info.help)


def main() -> None:
    """Run the command line and leave with one of the exit codes."""
    collect_less()
    sys.excepthook = _say_unforeseen
    try:
        # Called as a plain command: calling the app itself would put its own hook in place of ours.
        command = typer.main.get_command(app)
        with _log_of(sys.argv[1:], getattr(command, "commands", {})):
            code = command(standalone_mode=False)
    except CareersheetsError as error:
        code = exit_code_of(error)
        complain(str(error))
        if "--json" in sys.argv[1:]:
            say_json({"error": str(error), "exit_code": code})
        sys.exit(code)
    except TyperException as error:
        complain(error.format_message())
        sys.exit(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        complain("Stopped. The documents and the workbook are as they were, or as they are written whole.")
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else ExitCode.CLEAN)


@app.callback(invoke_without_command=True)
def _about(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    if version:
        say(f"careersheets {__version__}")
        raise typer.Exit


def _log_of(words: list[str], commands: Container[str]) -> AbstractContextManager[None]:
    """The log of a command that works; asking for help or for something unknown is none."""
    if not words or words[0] not in commands or "--help" in words:
        return nullcontext()
    from ..logs import logged_run

    return logged_run(words[0])


def collect_less() -> None:
    """One command makes a few million objects and ends: to look for cycles among them takes longer than it gains.

    What is left when it ends goes with the process, and is not gone through one last time.
    """
    gc.set_threshold(50_000, 20, 100)
    atexit.register(gc.freeze)


def _say_unforeseen(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """One line instead of a traceback: which error, where in our code, never what stood in a cell."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "careersheets" in frame.filename
    ]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    complain(
        f"Something went wrong that was not foreseen ({kind.__name__} at {where}, careersheets {__version__}). "
        "The workbook is as it was. Please report this line."
    )
