"""`careersheets release` and `send`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ...model.errors import NotFound
from .exit_codes import ExitCode
from .options import Folder, Json, Workbook, listed
from .output import SHOWN, findings_data, say, say_findings, say_json

if TYPE_CHECKING:
    from ...analysis.results import Results
    from ...workflows.send import Outcome
    from ...workflows.send_plan import Item, SendPlan, Wanted
    from ..work import Work

Plan = Annotated[bool, typer.Option("--plan", help="Show what would be done, and do nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do what is shown without asking.")]


def release(
    book: Workbook,
    employee: Annotated[
        list[str] | None,
        typer.Option(help="Only this person: ID, e-mail or full name. May be given several times."),
    ] = None,
    cycle: Annotated[str, typer.Option(help="An evaluation cycle; the one in hand if left out.")] = "",
    plan: Plan = False,
    yes: Yes = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Release approved evaluations, so that documents lose the mark DRAFT and can be sent."""
    from ...workflows.release import enter_release, plan_release
    from ..work import at_work

    today = datetime.now().date()
    with at_work(book, "release", folder) as work:
        releasing = plan_release(work.book, work.ledger, work.run, today, cycle=cycle, people=employee or ())
        names = releasing.assessment.results.evaluated["name"].to_dict()
        if not json:
            say_findings(releasing.findings)
            for person in releasing.people:
                say(f"release  {names.get(person) or person} ({person})")
            say(f"{len(releasing.people)} can be released, {len(releasing.findings)} to look at.")
        agreed = bool(releasing.people) and not plan and _agreed(yes, json, "Release them?")
        receipt = enter_release(work.book, work.ledger, work.run, releasing, today) if agreed else None
    if json:
        say_json(
            {
                "released" if receipt else "can be released": releasing.people,
                "findings": findings_data(releasing.findings),
                "written_to": receipt.written_to if receipt else "",
            }
        )
    elif receipt:
        say(f"Released. {receipt.note}".strip())
    return ExitCode.FINDINGS if any(it.is_error for it in releasing.findings) else ExitCode.CLEAN


def send(
    book: Workbook,
    kinds: Annotated[str, typer.Option(help="Kinds of documents with commas between; all if left out.")] = "",
    employee: Annotated[
        list[str] | None, typer.Option(help="Only what is about this person. May be given several times.")
    ] = None,
    to: Annotated[
        str,
        typer.Option(help="manager, employee, mentor or hr; the usual recipient of each kind if left out."),
    ] = "",
    plan: Plan = False,
    yes: Yes = False,
    new_addresses: Annotated[
        bool, typer.Option(help="With --yes: also write to addresses never written to before.")
    ] = False,
    folder: Folder = None,
    json: Json = False,
) -> int:
    """Send released documents to the people they are for, each once; see first what would go to whom."""
    from ...workflows.assess import assess
    from ...workflows.send_plan import plan_sending
    from ...workflows.send_record import is_behind, note_sent
    from ..carriers import rules_of, settle_outbox
    from ..work import at_work

    with at_work(book, "send", folder) as work:
        results = assess(work.book, datetime.now().date()).results
        wanted, rules = _wanted(results, listed(kinds), employee or (), to), rules_of(work)
        settle_outbox(work, results)
        planned = plan_sending(results, work.folder, work.ledger, work.run, wanted, rules)
        if not json:
            _say_plan(planned)
        chosen = [] if plan else _chosen(planned.items, yes=yes, json=json, new_addresses=new_addresses)
        outcomes = _send_chosen(work, chosen)
        if outcomes or (not plan and is_behind(results, work.ledger)):
            note_sent(work.book, work.ledger, chosen, outcomes, datetime.now())
    say_json(_data(planned, outcomes)) if json else _say_outcomes(outcomes, len(chosen))
    arrived = all(outcome.state.value == "sent" for outcome in outcomes)
    return ExitCode.CLEAN if arrived and not planned.uncertain else ExitCode.FINDINGS


def _wanted(results: Results, kinds: Sequence[str], people: Sequence[str], to: str) -> Wanted:
    """What is asked for, with names turned into ids."""
    from ...documents.kind import Recipient
    from ...workflows.report_plan import Asked, kinds_asked, people_asked
    from ...workflows.send_plan import Wanted

    if to and to not in get_args(Recipient):
        raise NotFound("recipient", to, get_args(Recipient))
    keys = [kind.key for kind in kinds_asked(kinds or ("all",))]
    ids = people_asked(results, Asked(employees=people))[0] if people else []
    return Wanted(kinds=keys, people=ids, role=to)


def _chosen(items: Sequence[Item], *, yes: bool, json: bool, new_addresses: bool) -> Sequence[Item]:
    """What the user agrees to send; addresses never written to before are asked about apart."""
    if not items or not _agreed(yes, json, f"Send {len(items)} documents?"):
        return []
    unknown = [item for item in items if item.is_new]
    if not unknown or (yes and new_addresses):
        return items
    if not yes and typer.confirm(f"{len(unknown)} of them go to new addresses. Send these too?", err=True):
        return items
    return [item for item in items if not item.is_new]


def _send_chosen(work: Work, items: Sequence[Item]) -> Sequence[Outcome]:
    """Send `items`, held against the workbook as it is by now."""
    if not items:
        return []
    from ...workflows.assess import assess
    from ...workflows.send import send as send_items
    from ..carriers import carrier_of, rules_of

    results = assess(work.book, datetime.now().date()).results
    with carrier_of(work, results) as carrier:
        outcomes = send_items(items, carrier, work.ledger, work.run, results, work.folder, rules_of(work))
    return outcomes


def _agreed(yes: bool, json: bool, question: str) -> bool:
    return yes or (not json and typer.confirm(question, err=True))


def _say_plan(plan: SendPlan) -> None:
    for item in plan.items[:SHOWN]:
        new = "  (new address)" if item.is_new else ""
        say(f"to send  {item.delivery.address}: {item.kind.title}, about {item.delivery.person}{new}")
    if len(plan.items) > SHOWN:
        say(f"... and {len(plan.items) - SHOWN} more.")
    for reason, count in Counter(left.reason for left in plan.left).most_common(SHOWN):
        say(f"stays    {count} document{'s' * (count != 1)}: {reason}")
    for delivery in plan.uncertain:
        say(
            f"unsure   {delivery.delivery}: a mail about {delivery.person} may or may not have arrived. Ask the "
            f"recipient, then: careersheets settle BOOK {delivery.delivery} --arrived or --not-arrived"
        )
    if not (plan.items or plan.left or plan.uncertain):
        say(
            "Nothing is left to send. Documents made with careersheets report are sent once; make them first."
        )
        return
    say(f"{len(plan.items)} to send, {len(plan.left)} stay, {len(plan.uncertain)} uncertain.")


def _say_outcomes(outcomes: Sequence[Outcome], planned: int) -> None:
    for outcome in outcomes:
        if outcome.reason:
            say(f"{outcome.state.value:<8} {outcome.delivery.person}: {outcome.reason}")
    counts = Counter(outcome.state.value for outcome in outcomes)
    if outcomes:
        say(", ".join(f"{count} {state}" for state, count in counts.items()) + ".")
        if len(outcomes) < planned:
            say(f"{planned - len(outcomes)} were not tried any more; they stay planned.")


def _data(plan: SendPlan, outcomes: Sequence[Outcome]) -> dict[str, object]:
    return {
        "planned": [
            {
                "about": item.delivery.person,
                "kind": item.kind.key,
                "to": item.delivery.address,
                "new": item.is_new,
            }
            for item in plan.items
        ],
        "stay": [
            {"about": left.document.key.person, "kind": left.document.key.kind, "why": left.reason}
            for left in plan.left
        ],
        "uncertain": [it.delivery for it in plan.uncertain],
        "outcomes": [
            {"about": it.delivery.person, "state": it.state.value, "why": it.reason} for it in outcomes
        ],
    }
