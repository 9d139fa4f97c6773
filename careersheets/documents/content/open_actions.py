"""A person's development actions: which are open, which are overdue, and what became of those agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...vocabulary.plans import ActionItems
from .conversations import known_day
from .cycle import CycleFacts
from .wording import counted, day, listed, text

OVERDUE_TINT, PLAIN = "FBE8E1", "FFFFFF"


def open_actions(facts: CycleFacts, employee_id: str) -> list[dict[str, Any]]:
    """The actions that are neither done nor dropped: the longest overdue first, those without a day last.

    Each: `id`, `action`, `competency`, `method`, `owner`, `support`, `evidence_of_done`, `due`, `status`, `overdue`
    (bool), `state` ("overdue by 12 days", "due in 5 days", "no day set") and `tint` (which goes with the word, never alone).
    """
    rows = [row for row in facts.rows_about(ActionItems, employee_id) if is_open(row)]
    rows.sort(key=lambda row: known_day(row.due) or date.max)
    return [_action(facts, row) for row in rows]


def is_open(row: Any) -> bool:
    """Whether the action of a row of Action items is neither done nor dropped."""
    return text(row.status) not in ("Done", "Dropped") and known_day(row.done_on) is None


def is_overdue(row: Any, today: date) -> bool:
    """Whether an open action should have been done before `today`."""
    due = known_day(row.due)
    return is_open(row) and due is not None and due < today


def follow_through(facts: CycleFacts, employee_id: str, since: date | None) -> str:
    """What became of the actions that were open at some time after `since`, in one sentence; "" where there were none.

    Source: REQUIREMENTS G6.
    """
    today = facts.results.today
    rows = [row for row in facts.rows_about(ActionItems, employee_id) if _since(row, since)]
    done = [row for row in rows if text(row.status) == "Done" or known_day(row.done_on)]
    late = [row for row in rows if is_overdue(row, today)]
    dropped = [row for row in rows if text(row.status) == "Dropped" and row not in done]
    running = len(rows) - len(done) - len(late) - len(dropped)
    if not rows:
        return ""
    said = [
        f"{count} {word}"
        for count, word in ((len(late), "overdue"), (running, "still running"), (len(dropped), "dropped"))
        if count
    ]
    first = f"{len(done)} of {counted(len(rows), 'action', 'actions')} done"
    return f"{first}; {listed(said)}." if said else f"{first}."


def due_state(due: date | None, today: date) -> str:
    """When something is due, in words."""
    if due is None:
        return "no day set"
    days = (due - today).days
    if days == 0:
        return "due today"
    return (
        f"overdue by {counted(-days, 'day', 'days')}"
        if days < 0
        else f"due in {counted(days, 'day', 'days')}"
    )


def _since(row: Any, since: date | None) -> bool:
    """Whether the action was open at some time after `since`."""
    if since is None or is_open(row):
        return True
    ended = known_day(row.done_on) or known_day(row.due)
    return ended is None or ended >= since


def _action(facts: CycleFacts, row: Any) -> dict[str, Any]:
    today = facts.results.today
    overdue = is_overdue(row, today)
    return {
        "id": text(row.action_id),
        "action": text(row.action),
        "competency": facts.competency_name(row.competency_id),
        "method": text(row.method),
        "owner": facts.person_name(row.owner),
        "support": text(row.support),
        "evidence_of_done": text(row.evidence_of_done),
        "due": day(row.due, facts.results.settings.language),
        "status": text(row.status) or "Open",
        "overdue": overdue,
        "state": due_state(known_day(row.due), today),
        "tint": OVERDUE_TINT if overdue else PLAIN,
    }
