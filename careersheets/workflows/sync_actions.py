"""What each request of the menu does; every one ends in a sentence or two for the sheet.

What changes HR's sheets or leaves the house is done only as it was shown: a plan first, and then exactly that plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..analysis.results import Results
from ..books.diff import EditableBook
from ..ledger.ledger import Ledger, Run
from ..ledger.records import DeliveryState
from ..model.errors import UsageError
from .assess import assess
from .check import check, counts_sentence
from .check_trail import note_check
from .release import Releasing, enter_release, plan_release
from .remind import remind
from .report import Asked, report
from .report_plan import people_asked
from .report_trail import Trail
from .send import Carrier, send
from .send_plan import Rules, SendPlan, Wanted, plan_sending
from .send_record import note_sent
from .sync_requests import Request

_NAMED = 12
GAP_REPORTS = ("gap-report",)
PREPARATION = ("manager-preparation", "employee-preparation", "page-for-hr")


@dataclass(frozen=True, slots=True)
class Office:
    """What requests are answered with.

    `folder` is the workbook's; `now` is local time; `carrier_of` opens a way for documents to leave; `plans` are what
    was shown, by the id of the request that asked for it: employee ids, or ids of deliveries. `settle` decides what an
    earlier run left uncertain, as far as that can be seen.
    """

    book: EditableBook
    folder: Path
    ledger: Ledger
    run: Run
    now: datetime
    rules: Rules
    carrier_of: Callable[[Results], AbstractContextManager[Carrier]]
    plans: MutableMapping[str, list[str]]
    settle: Callable[[Results], None] = lambda _: None


def answer(office: Office, request: Request) -> str:
    """Do what a request asks, and say what came of it.

    Raises:
        CareersheetsError: it could not be done; the message says why and what to do.
    """
    action = ACTIONS.get(request.action)
    if action is None:
        raise UsageError(f'There is no action "{request.action}". There is: {", ".join(ACTIONS)}.')
    return action(office, request)


def _check(office: Office, request: Request) -> str:
    outcome = check(office.book, office.now)
    note_check(outcome.assessment, office.ledger, office.run)
    note = outcome.receipt.note if outcome.receipt else ""
    return f"{counts_sentence(outcome.assessment.findings)}. {note}".strip()


def _documents(kinds: Sequence[str]) -> Callable[[Office, Request], str]:
    def make(office: Office, request: Request) -> str:
        trail = Trail(office.ledger, office.run, office.folder)
        asked = Asked(employees=request.people, kinds=kinds)
        outcome = report(office.book, office.folder, office.now, asked, trail=trail)
        note_check(outcome.assessment, office.ledger, office.run)
        there = sum(document.is_made or document.is_unchanged for document in outcome.made)
        missing = len(outcome.made) - there
        sentences = [f"{there} of {len(outcome.made)} documents are in the folder documents."]
        sentences += [f"{missing} not made: the sheet Documents says why."] if missing else []
        return " ".join([*sentences, *outcome.notes])

    return make


def _remind(office: Office, request: Request) -> str:
    outcome = remind(office.book, office.folder, office.now)
    return f"{len(outcome.reminders)} reminders on the sheet This week; {len(outcome.files)} files in documents/Reminders."


def _plan_release(office: Office, request: Request) -> str:
    releasing = _releasing(office, request.people)
    office.plans[request.id] = list(releasing.people)
    names = releasing.assessment.results.evaluated["name"].to_dict()
    shown = [f"{names.get(person) or person} ({person})" for person in releasing.people]
    sentences = [f"{len(shown)} can be released{_listed(shown)}."]
    sentences += [str(finding) for finding in releasing.findings[:_NAMED]]
    return " ".join(sentences)


def _release(office: Office, request: Request) -> str:
    people = _shown(office, request)
    releasing = _releasing(office, people)
    if releasing.people != people:
        raise UsageError(
            "Something changed since this was shown, so nothing was released. Have it shown again."
        )
    enter_release(office.book, office.ledger, office.run, releasing, office.now.date())
    return f"{len(people)} released."


def _releasing(office: Office, people: Sequence[str]) -> Releasing:
    return plan_release(office.book, office.ledger, office.run, office.now.date(), people=people)


def _plan_send(office: Office, request: Request) -> str:
    plan, _ = _sending(office, request.people)
    office.plans[request.id] = [item.delivery.delivery for item in plan.items]
    shown = [f"{it.kind.title} about {it.delivery.person} to {it.delivery.address}" for it in plan.items]
    sentences = [f"{len(shown)} documents would be sent{_listed(shown)}."]
    for reason, count in Counter(left.reason for left in plan.left).most_common(_NAMED):
        sentences.append(f"{count} {'stay' if count > 1 else 'stays'}: {reason}")
    if plan.uncertain:
        sentences.append(
            f"{len(plan.uncertain)} may or may not have arrived before; your administrator can settle them."
        )
    return " ".join(sentences)


def _send(office: Office, request: Request) -> str:
    wanted = set(_shown(office, request))
    plan, results = _sending(office, ())
    items = [item for item in plan.items if item.delivery.delivery in wanted]
    if len(items) != len(wanted):
        raise UsageError("Something changed since this was shown, so nothing was sent. Have it shown again.")
    with office.carrier_of(results) as carrier:
        outcomes = send(items, carrier, office.ledger, office.run, results, office.folder, office.rules)
    note_sent(office.book, office.ledger, items, outcomes, office.now)
    counts = Counter(outcome.state for outcome in outcomes)
    sentences = [f"{counts[DeliveryState.SENT]} of {len(items)} documents sent."]
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.state is not DeliveryState.SENT)
    return " ".join([*sentences, *(f"{count}: {reason}" for reason, count in reasons.most_common(_NAMED))])


def _sending(office: Office, people: Sequence[str]) -> tuple[SendPlan, Results]:
    results = assess(office.book, office.now.date()).results
    office.settle(results)
    found = people_asked(results, Asked(employees=people))[0] if people else []
    wanted = Wanted(people=found)
    return plan_sending(results, office.folder, office.ledger, office.run, wanted, office.rules), results


def _shown(office: Office, request: Request) -> list[str]:
    """What the plan showed that a request confirms; a plan is carried out once."""
    shown = office.plans.pop(request.arguments, None)
    if not shown:
        raise UsageError(
            "There is nothing shown that could be carried out. Have it shown first, and look at the answer."
        )
    return shown


def _listed(shown: Iterable[str]) -> str:
    every = list(shown)
    more = f" and {len(every) - _NAMED} more" if len(every) > _NAMED else ""
    return f": {', '.join(every[:_NAMED])}{more}" if every else ""


ACTIONS: Mapping[str, Callable[[Office, Request], str]] = {
    "check": _check,
    "gap reports": _documents(GAP_REPORTS),
    "preparation": _documents(PREPARATION),
    "remind": _remind,
    "release plan": _plan_release,
    "release": _release,
    "send plan": _plan_send,
    "send": _send,
}
