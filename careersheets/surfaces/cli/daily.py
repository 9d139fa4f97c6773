"""The everyday commands: check, new, demo, template check, explain."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .exit_codes import ExitCode
from .options import Cycle, Folder, Json, Workbook, listed, refuse_blank
from .output import findings_data, say, say_findings, say_json

if TYPE_CHECKING:
    from ...workflows.check import CheckOutcome
    from ..master import ClosedBook, Master


def check(
    book: Workbook,
    cycle: Cycle = None,
    json: Json = False,
    read_only: Annotated[bool, typer.Option(help="Say what is wrong, write nothing.")] = False,
    folder: Folder = None,
) -> int:
    """Check a workbook: what is wrong, in which cell, and what to do."""
    refuse_blank(cycle=cycle)
    from ..wiring import open_book

    with open_book(book, folder) as master:
        outcome = _checked(master, cycle or "", read_only=read_only)
        name = master.book.name
    _say_check(outcome, name, json=json)
    return _code_for(any(finding.is_error for finding in outcome.assessment.findings))


def _checked(master: Master[ClosedBook], cycle: str, *, read_only: bool) -> CheckOutcome:
    from ...workflows.check import check as run_check

    if read_only:
        return run_check(master.book, datetime.now(), cycle=cycle, write=False)
    from ...workflows.check_trail import note_check
    from ..work import recorded_if_possible

    with recorded_if_possible(master, "check") as record:
        outcome = run_check(master.book, datetime.now(), cycle=cycle)
        if record:
            note_check(outcome.assessment, record.ledger, record.run)
    return outcome


def _say_check(outcome: CheckOutcome, workbook: str, *, json: bool) -> None:
    from ...workflows.check import counts_sentence

    findings = outcome.assessment.findings
    if json:
        say_json(
            {
                "workbook": workbook,
                "cycle": outcome.assessment.results.cycle,
                "people": len(outcome.assessment.results.evaluated),
                "held": sorted(outcome.assessment.held),
                "findings": findings_data(findings),
                "written_to": outcome.receipt.written_to if outcome.receipt else "",
                "note": outcome.receipt.note if outcome.receipt else "",
            }
        )
        return
    say_findings(findings)
    say(f"{workbook}: {counts_sentence(findings)}.")
    if outcome.receipt and outcome.receipt.note:
        say(outcome.receipt.note)


def new(
    folder: Annotated[Path, typer.Argument(help="Where; made if it is not there.")],
    framework: Annotated[str, typer.Option(help="Starter frameworks with commas between.")] = "engineering",
    demo: Annotated[bool, typer.Option("--demo", help="With fictional people, to try things out.")] = False,
    json: Json = False,
) -> None:
    """Make a new workspace: the master workbook and the Word templates."""
    from ...workflows.new import new_workspace

    workbook = new_workspace(folder, datetime.now(), frameworks=listed(framework), demo=demo)
    say_json({"workbook": str(workbook)}) if json else say(
        f"The workbook is {workbook}. Open it and begin on Start."
    )


def demo(
    folder: Annotated[Path, typer.Argument(help="Where the demo goes.")] = Path("careersheets-demo"),
    json: Json = False,
) -> int:
    """Make a workspace with fictional people and all their documents, to see what careersheets does."""
    from ...workflows.new import new_workspace
    from ...workflows.report import Asked
    from ..wiring import open_book
    from .report import make_documents

    workbook = new_workspace(folder, datetime.now(), demo=True)
    with open_book(workbook) as master:
        make_documents(master, Asked(kinds=["all"]), json=json)
    if not json:
        say(f"\nThe workbook:  {workbook.resolve()}")
        say(f"The documents: {folder.resolve() / 'documents'}")
    return ExitCode.CLEAN


def template_check(
    file: Annotated[Path, typer.Argument(help="A Word template.")],
    kind: Annotated[
        str, typer.Option(help="The kind of document it is for; found by its name if left out.")
    ] = "",
    json: Json = False,
) -> int:
    """Check a Word template: which tag is wrong, and where it stands."""
    from ...workflows.templates import check_template_file

    findings = check_template_file(file, kind)
    if json:
        say_json({"template": file.name, "findings": findings_data(findings)})
    else:
        say_findings(findings)
        say(f"{file.name}: " + ("ready to use." if not findings else f"{len(findings)} to fix."))
    return _code_for(any(finding.is_error for finding in findings))


def explain(
    code: Annotated[str, typer.Argument(help="A finding's code, for example CS203.")], json: Json = False
) -> None:
    """Explain a finding: what it means, why it matters, what to do."""
    from ...checks.catalogue import explain as explain_rule
    from ...checks.catalogue import in_general, rule_of
    from ..rules import every_rule

    rule = rule_of(code, every_rule())
    if json:
        say_json(
            {
                "code": rule.code,
                "severity": rule.severity.label,
                "message": in_general(rule.message),
                "fix": in_general(rule.fix),
                "why": rule.why,
            }
        )
        return
    say(explain_rule(rule))


def _code_for(errors: bool) -> int:
    return ExitCode.FINDINGS if errors else ExitCode.CLEAN
