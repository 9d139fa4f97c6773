"""The command `careersheets`."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ... import __version__
from ...model.errors import CareersheetsError, NotFound
from .exit_codes import ExitCode, exit_code_of
from .output import complain, findings_data, say, say_findings, say_json

app = typer.Typer(
    name="careersheets",
    help="From HR's career framework and scorecards to career conversations in Word.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
template_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Word templates.")
app.add_typer(template_app, name="template")

Book = Annotated[Path, typer.Argument(help="The master workbook.")]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
Cycle = Annotated[str, typer.Option(help="An evaluation cycle; the one in hand if left out.")]


def main() -> None:
    """Run the command line and leave with one of the exit codes."""
    sys.excepthook = _say_unforeseen
    try:
        code = app(standalone_mode=False)
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


@app.command()
def check(
    book: Book,
    cycle: Cycle = "",
    json: Json = False,
    read_only: Annotated[bool, typer.Option(help="Say what is wrong, write nothing.")] = False,
) -> int:
    """Check a workbook: what is wrong, in which cell, and what to do."""
    from ..wiring import open_book

    opened = open_book(book)
    from ...workflows.check import check as run_check
    from ...workflows.check import counts_sentence

    outcome = run_check(opened, datetime.now(), cycle=cycle, write=not read_only)
    findings = outcome.assessment.findings
    if json:
        say_json(
            {
                "workbook": opened.name,
                "cycle": outcome.assessment.results.cycle,
                "people": len(outcome.assessment.results.evaluated),
                "held": sorted(outcome.assessment.held),
                "findings": findings_data(findings),
                "written_to": outcome.receipt.written_to if outcome.receipt else "",
                "note": outcome.receipt.note if outcome.receipt else "",
            }
        )
    else:
        say_findings(findings)
        say(f"{opened.name}: {counts_sentence(findings)}.")
        if outcome.receipt and outcome.receipt.note:
            say(outcome.receipt.note)
    return _code_for(any(finding.is_error for finding in findings))


@app.command()
def explain(
    code: Annotated[str, typer.Argument(help="A finding's code, for example CS203.")], json: Json = False
) -> None:
    """Explain a finding: what it means, why it matters, what to do."""
    from ..rules import every_rule

    rules = {rule.code: rule for rule in every_rule()}
    rule = rules.get(code.upper())
    if rule is None:
        raise NotFound("finding", code, rules)
    if json:
        say_json(
            {
                "code": rule.code,
                "severity": rule.severity.label,
                "message": rule.message,
                "fix": rule.fix,
                "why": rule.why,
            }
        )
        return
    say(f"{rule.code} ({rule.severity.label})\n")
    say(f"What it says: {rule.message}")
    say(f"What to do:   {rule.fix}")
    say(f"Why:          {rule.why}")


def _code_for(errors: bool) -> int:
    return ExitCode.FINDINGS if errors else ExitCode.CLEAN


def _say_unforeseen(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """One line instead of a traceback: which error, where in our code, never what stood in a cell."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "careersheets" in frame.filename
    ]
    where = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    complain(
        f"Something went wrong that was not foreseen ({kind.__name__} at {where}, careersheets {__version__}). "
        "The workbook is as it was. Please report this line."
    )
