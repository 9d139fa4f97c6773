"""The everyday commands: check, report, new, demo, template check, explain."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ...model.errors import NotFound, UsageError
from .exit_codes import ExitCode
from .output import findings_data, progress_bar, say, say_findings, say_json

Book = Annotated[Path, typer.Argument(help="The master workbook.")]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
# Written out, as help is shown without loading what makes documents; a test holds it to the kinds there are.
KINDS_HELP = (
    "Kinds of documents with commas between; gap-report if left out, all for the whole pack. There is: gap-report, "
    "manager-preparation, employee-preparation, page-for-hr, conversation-summary, round-up, development-plan, "
    "check-in, promotion-case, team-summary, mentoring-introduction."
)
Cycle = Annotated[str | None, typer.Option(help="An evaluation cycle; the one in hand if left out.")]


def check(
    book: Book,
    cycle: Cycle = None,
    json: Json = False,
    read_only: Annotated[bool, typer.Option(help="Say what is wrong, write nothing.")] = False,
) -> int:
    """Check a workbook: what is wrong, in which cell, and what to do."""
    refuse_blank(cycle=cycle)
    from ..wiring import open_book

    opened = open_book(book)
    from ...workflows.check import check as run_check
    from ...workflows.check import counts_sentence

    outcome = run_check(opened, datetime.now(), cycle=cycle or "", write=not read_only)
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


def report(
    book: Book,
    employee: Annotated[
        list[str] | None,
        typer.Option(help="One person: ID, e-mail or full name. May be given several times."),
    ] = None,
    manager: Annotated[
        list[str] | None,
        typer.Option(help="One manager's people: ID, e-mail or full name. May be given several times."),
    ] = None,
    kinds: Annotated[str | None, typer.Option(help=KINDS_HELP)] = None,
    cycle: Cycle = None,
    dry_run: Annotated[bool, typer.Option(help="Say what would be made; make and write nothing.")] = False,
    preview: Annotated[bool, typer.Option(help="Make only the first document, to look at.")] = False,
    archive: Annotated[bool, typer.Option("--zip", help="Also put what is made into one archive.")] = False,
    json: Json = False,
) -> int:
    """Make the Word documents and note each in the workbook."""
    refuse_blank(kinds=kinds, cycle=cycle)
    for name, given in (("employee", employee), ("manager", manager)):
        for text in given or ():
            refuse_blank(**{name: text})
    if dry_run and preview:
        raise UsageError(
            "Give either --dry-run or --preview: one makes nothing, the other makes the first document."
        )
    from ..wiring import open_book

    opened = open_book(book)
    from ...workflows.report import Asked
    from ...workflows.report import preview as run_preview
    from ...workflows.report import report as run_report
    from .reporting import report_result

    asked = Asked(employees=employee or (), managers=manager or (), cycle=cycle or "", kinds=_listed(kinds))
    folder = opened.path.resolve().parent
    if preview:
        path = run_preview(opened, folder, datetime.now(), asked)
        say_json({"preview": str(path)}) if json else say(
            f"Have a look at {path}. Nothing was noted in the workbook."
        )
        return ExitCode.CLEAN
    with progress_bar(quiet=json) as progress:
        outcome = run_report(
            opened, folder, datetime.now(), asked, dry_run=dry_run, archive=archive, progress=progress
        )
    return report_result(outcome, opened.name, json=json)


def new(
    folder: Annotated[Path, typer.Argument(help="Where; made if it is not there.")],
    framework: Annotated[str, typer.Option(help="Starter frameworks with commas between.")] = "engineering",
    demo: Annotated[bool, typer.Option("--demo", help="With fictional people, to try things out.")] = False,
    json: Json = False,
) -> None:
    """Make a new workspace: the master workbook and the Word templates."""
    from ...workflows.new import new_workspace

    workbook = new_workspace(folder, datetime.now(), frameworks=_listed(framework), demo=demo)
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
    from ...workflows.report import report as run_report
    from ..wiring import open_book
    from .reporting import report_result

    workbook = new_workspace(folder, datetime.now(), demo=True)
    with progress_bar(quiet=json) as progress:
        outcome = run_report(
            open_book(workbook), folder.resolve(), datetime.now(), Asked(), progress=progress
        )
    report_result(outcome, workbook.name, json=json)
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


def refuse_blank(**given: str | None) -> None:
    """An option with nothing in it is a mistake; to take it for "everybody" would make what nobody asked for.

    Raises:
        UsageError: one of the options is there and blank.
    """
    for name, value in given.items():
        if value is not None and not value.strip():
            raise UsageError(f"--{name} is empty. Say which, or leave the option out.")


def _listed(text: str | None) -> tuple[str, ...]:
    """What stands between the commas."""
    return tuple(piece.strip() for piece in (text or "").split(",") if piece.strip())


def _code_for(errors: bool) -> int:
    return ExitCode.FINDINGS if errors else ExitCode.CLEAN
