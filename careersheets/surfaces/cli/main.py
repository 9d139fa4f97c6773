"""The command `careersheets`."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ... import __version__
from ...model.errors import CareersheetsError
from .daily import check, demo, explain, new, report, template_check
from .doctor import doctor
from .excel import install, press
from .exit_codes import ExitCode, exit_code_of
from .framework import framework_app, people_app
from .output import complain, say
from .reminding import remind
from .scorecards import scorecards_app

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
for command in (new, check, report, remind, press, install, doctor, explain, demo):
    app.command()(command)
app.add_typer(template_app, name="template")
app.add_typer(framework_app, name="framework")
app.add_typer(people_app, name="people")
app.add_typer(scorecards_app, name="scorecards")


def main() -> None:
    """Run the command line and leave with one of the exit codes."""
    sys.excepthook = _say_unforeseen
    try:
        # Called as a plain command: calling the app itself would put its own hook in place of ours.
        code = typer.main.get_command(app)(standalone_mode=False)
    except CareersheetsError as error:
        complain(str(error))
        sys.exit(exit_code_of(error))
    except TyperException as error:
        complain(error.format_message())
        sys.exit(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        complain("Stopped. What was finished stays; the workbook is as it was or as it is written whole.")
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else ExitCode.CLEAN)


@app.callback(invoke_without_command=True)
def _about(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    if version:
        say(f"careersheets {__version__}")
        raise typer.Exit


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
