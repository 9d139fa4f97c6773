"""`careersheets framework diff` and `accept`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from .exit_codes import ExitCode
from .options import Folder, Json, Workbook, refuse_blank
from .output import SHOWN, say, say_json

if TYPE_CHECKING:
    from ...workflows.framework_accept import Acceptance
    from ...workflows.framework_compare import FrameworkComparison


def framework_diff(
    book: Workbook,
    against: Annotated[
        str | None, typer.Option(help="An accepted version; the one of the cycle in hand if left out.")
    ] = None,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Say what changed in the framework since a version was accepted, and whose readiness it changes."""
    refuse_blank(against=against)
    from ...workflows.framework_compare import compare_framework
    from ..wiring import open_book

    with open_book(book, folder) as master:
        comparison = compare_framework(master.book.read(), datetime.now().date(), against or "")
    if json:
        say_json(_data(comparison))
    else:
        _say(comparison)
    return ExitCode.CLEAN


def framework_accept(
    book: Workbook,
    yes: Annotated[bool, typer.Option("--yes", help="Accept what is shown without asking.")] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Show what a change of the framework does to people, then keep it as the version that counts for the cycle."""
    from ...workflows.framework_accept import enter_acceptance, note_acceptance, plan_acceptance
    from ..work import at_work

    with at_work(book, "framework accept", folder) as work:
        acceptance = plan_acceptance(work.book, datetime.now().date())
        if not json:
            _say(acceptance.comparison)
            say(_next_sentence(acceptance))
        settled = not len(acceptance.diff)
        asked = not settled and not yes and not json
        accepted = settled or yes or (asked and typer.confirm("Let this framework count?", err=True))
        receipt = enter_acceptance(work.book, acceptance) if accepted else None
        if accepted:
            note_acceptance(acceptance, work.ledger, work.run)
        else:
            work.run.outcome = "not accepted"
    if json:
        written = receipt.written_to if receipt else ""
        say_json({**_data(acceptance.comparison), "accepts": acceptance.version, "written_to": written})
    elif receipt is not None:
        say(" ".join(filter(None, (f'Version "{acceptance.version}" counts now.', receipt.note))))
    return ExitCode.CLEAN


def _next_sentence(acceptance: Acceptance) -> str:
    cycle, version = acceptance.comparison.cycle, acceptance.version
    named = ", ".join(f'"{name}"' for name in acceptance.cycles)
    if not len(acceptance.diff):
        return f'The framework on the sheets is version "{version}", which counts for "{cycle}" already.'
    if acceptance.is_new:
        kept = len(acceptance.diff.additions)
        return f'Accepting keeps its {kept} values as version "{version}" and lets them count for {named}.'
    return f'The sheets say what version "{version}" says; accepting lets that one count for "{cycle}".'


def _say(comparison: FrameworkComparison) -> None:
    from ...workflows.framework_compare import comparison_sentence

    say(comparison_sentence(comparison))
    for impact in comparison.impacts[:SHOWN]:
        say(f"  {impact.name}, for {impact.target_level}: {impact.before} -> {impact.after}")
    _say_more(len(comparison.impacts))
    for change in comparison.changes[:SHOWN]:
        place = " ".join(filter(None, (change.sheet, change.key, change.column)))
        say(f"  {place}: {change.before or '(nothing)'} -> {change.now or '(nothing)'}")
    _say_more(len(comparison.changes))


def _say_more(count: int) -> None:
    if count > SHOWN:
        say(f"  ... and {count - SHOWN} more; --json shows all.")


def _data(comparison: FrameworkComparison) -> dict[str, object]:
    return {
        "cycle": comparison.cycle,
        "version": comparison.version,
        "people": comparison.people,
        "impact": [asdict(impact) for impact in comparison.impacts],
        "changes": [asdict(change) for change in comparison.changes],
    }
