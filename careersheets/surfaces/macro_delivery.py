"""The buttons Release evaluations and Send documents: what would happen as one question, then what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from ..model.findings import Finding
from ..workflows.assess import assess
from ..workflows.release import enter_release, plan_release
from ..workflows.send import Outcome, send
from ..workflows.send_plan import FOLDER, MAIL, Item, SendPlan, Wanted, plan_sending
from ..workflows.send_record import is_behind, note_sent
from .carriers import carrier_of, rules_of, settle_outbox
from .work import Work

Agreed = Callable[[str], bool]
_NAMED = 8


def release_evaluations(work: Work, now: datetime, agreed: Agreed) -> tuple[str, bool]:
    """Ask whose evaluations are to be released, and release them; the sentence, and whether something is to be looked at."""
    today = now.date()
    releasing = plan_release(work.book, work.ledger, work.run, today)
    people, stopped = releasing.people, _stopped(releasing.findings)
    attention = bool(releasing.findings)
    if not people:
        return f"{stopped or 'No evaluation stands Approved, so there is nothing to release.'}", attention
    names = releasing.assessment.results.evaluated["name"].to_dict()
    question = f"Release {_count(len(people), 'evaluation')}: {_listed([names[it] or it for it in people])}?"
    if not agreed(f"{question} {stopped}".strip()):
        return f"Nothing was released. {stopped}".strip(), attention
    receipt = enter_release(work.book, work.ledger, work.run, releasing, today)
    done = f"{_count(len(people), 'evaluation')} released. Make the documents again: then they lose the mark DRAFT."
    return " ".join(filter(None, (done, stopped, receipt.note))), attention


def send_documents(work: Work, now: datetime, agreed: Agreed) -> tuple[str, bool]:
    """Ask whether what is ready is to be sent, and send it; the sentence, and whether something is to be looked at."""
    rules, today = rules_of(work), now.date()
    results = assess(work.book, today).results
    settle_outbox(work, results)
    plan = plan_sending(results, work.folder, work.ledger, work.run, Wanted(), rules)
    outbox = f'into the folder "{work.configuration.delivery.folder}"'
    way = {MAIL: "by mail", FOLDER: outbox}.get(rules.channel, "into Google Drive")
    chosen = _chosen(plan, way, agreed)
    outcomes: list[Outcome] = []
    if chosen:
        # Held against the workbook as it is after the questions.
        results = assess(work.book, today).results
        with carrier_of(work, results) as carrier:
            outcomes = send(chosen, carrier, work.ledger, work.run, results, work.folder, rules)
    notes = []
    if outcomes or is_behind(results, work.ledger):
        notes.append(note_sent(work.book, work.ledger, chosen, outcomes, now).note)
    sentence = " ".join(filter(None, (_sent(len(chosen), outcomes), _rest(plan), *notes)))
    return sentence, bool(plan.uncertain) or any(it.state.value != "sent" for it in outcomes)


def _chosen(plan: SendPlan, way: str, agreed: Agreed) -> Sequence[Item]:
    """What the user agrees to send; addresses never written to before are asked about apart."""
    if not plan.items:
        return []
    people = len({(item.delivery.recipient, item.delivery.address) for item in plan.items})
    asked = (
        f"Send {_count(len(plan.items), 'document')} to {_count(people, 'recipient')} {way}? {_rest(plan)}"
    )
    if not agreed(asked.strip()):
        return []
    new = [item for item in plan.items if item.is_new]
    addresses = list(dict.fromkeys(item.delivery.address for item in new))
    asked = (
        f"{_count(len(new), 'document')} would go to {_count(len(addresses), 'address', 'addresses')} that nothing was "
        f"ever sent to: {_listed(addresses)}. Send these too?"
    )
    return plan.items if not new or agreed(asked) else [item for item in plan.items if not item.is_new]


def _sent(chosen: int, outcomes: Sequence[Outcome]) -> str:
    """What became of what was sent, and why the first of the others was not."""
    if not chosen:
        return "Nothing was sent."
    counts = Counter(outcome.state.value for outcome in outcomes)
    said = ", ".join(f"{count} {state}" for state, count in counts.items()) or "0 sent"
    untried = f", {chosen - len(outcomes)} not tried any more" if chosen > len(outcomes) else ""
    reason = next((f" The first that was not: {it.reason}" for it in outcomes if it.reason), "")
    return f"{_count(chosen, 'document')}: {said}{untried}.{reason}"


def _rest(plan: SendPlan) -> str:
    """What stays, with the commonest reason, and what nobody knows of."""
    said = []
    if plan.left:
        reason, _ = Counter(left.reason for left in plan.left).most_common(1)[0]
        stay = "stays" if len(plan.left) == 1 else "stay"
        said.append(f"{_count(len(plan.left), 'document')} {stay}, most often because: {reason}")
    if plan.uncertain:
        unsure = "is uncertain" if len(plan.uncertain) == 1 else "are uncertain"
        said.append(
            f"{_count(len(plan.uncertain), 'delivery', 'deliveries')} {unsure} and will not be sent again before "
            "somebody has asked the recipient; see careersheets settle in the guide."
        )
    if not (plan.items or said):
        said.append("Nothing is left to send: a document is sent once, after it was made.")
    return " ".join(said)


def _stopped(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    return f"{_count(len(findings), 'thing')} to look at first, such as {findings[0]}"


def _listed(names: Sequence[str]) -> str:
    """The first few, and how many there are besides."""
    shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _count(number: int, noun: str, nouns: str = "") -> str:
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"
