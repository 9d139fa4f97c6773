"""The conversation a summary is about: what was agreed in it, what is still missing, and its clocks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from ...vocabulary.conversations import Answers, Conversations, ReadinessCriteria
from ...vocabulary.plans import ActionItems
from .conversations import known_day
from .cycle import CycleFacts
from .wording import counted, day, text

SUMMARY_DUE = timedelta(hours=48)
CHECK_IN_FROM, CHECK_IN_TO = timedelta(days=42), timedelta(days=56)
CORRECTIONS_OPEN = timedelta(days=7)
FOR_BOTH = "Employee and manager"
EXPLORING = "Exploring"
_NEAR = timedelta(days=14)


def in_hand(facts: CycleFacts, employee_id: str) -> Any:
    """The row of the person's latest conversation of the cycle; None where there is none.

    The one held last; from two weeks before its day, or where none was held, the one planned next.
    """
    rows = [
        row
        for row in facts.rows_about(Conversations, employee_id)
        if (text(row.cycle) or facts.results.cycle) == facts.results.cycle
    ]
    held = [row for row in rows if known_day(row.held)]
    ahead = [row for row in rows if not known_day(row.held)]
    last = max(held, key=lambda row: known_day(row.held) or date.min, default=None)
    coming = min(ahead, key=lambda row: known_day(row.planned) or date.max, default=None)
    if last is None or coming is None:
        return last or coming
    starts, ends = known_day(coming.planned), known_day(last.held)
    near = starts is not None and ends is not None and ends < starts <= facts.results.today + _NEAR
    return coming if near else last


def held_in_hand(facts: CycleFacts, employee_id: str) -> bool:
    """Whether the conversation in hand was held."""
    row = in_hand(facts, employee_id)
    return row is not None and known_day(row.held) is not None


def conversation_key(row: Any) -> str:
    """The id of a conversation; its day where it has none yet."""
    return text(row.conversation_id) or str(known_day(row.held) or known_day(row.planned) or "new")


def told_conversation(facts: CycleFacts, row: Any) -> dict[str, Any]:
    """A conversation in texts: `kind`, `when` ("held on 3 May 2026"), `is_held`, `objectives`, `version`, `window`."""
    language = facts.results.settings.language
    held, planned = known_day(row.held), known_day(row.planned)
    start = held or planned
    when = f"held on {day(held, language)}" if held else ""
    when = when or (f"planned for {day(planned, language)}" if planned else "no day set yet")
    objectives = row.objectives if isinstance(row.objectives, tuple | list) else ()
    return {
        "kind": f"{text(row.kind)} conversation".strip().capitalize(),
        "when": when,
        "day": day(start, language),
        "is_held": held is not None,
        "objectives": ", ".join(objectives),
        "version": version_of(row),
        "summary": summary_clock(row, facts.results.today, language),
        "window": _window(start, language),
        "next_check_in": day(known_day(row.next_check_in), language),
        "check_in_time": text(row.check_in_time),
        "interval": check_in_interval(row),
    }


def version_of(row: Any) -> str:
    """The version of a conversation's summary, "1" at first."""
    return f"{row.summary_version:.0f}" if row.summary_version == row.summary_version else "1"


def summary_clock(row: Any, today: date, language: str) -> dict[str, Any]:
    """Until when the summary goes out, and what became of that: `due`, `state` and `late` (bool).

    Hours are counted where the day of the conversation and of the summary have a time of day, else days.

    Source: REQUIREMENTS C7.
    """
    held, sent = known_day(row.held), known_day(row.summary_sent)
    if held is None:
        return {"due": "", "state": "within 48 hours of the conversation", "late": False}
    due = held + SUMMARY_DUE
    if sent is None:
        days = (due - today).days
        late = f"overdue by {counted(-days, 'day', 'days')}"
        state = late if days < 0 else "due today" if days == 0 else f"due in {counted(days, 'day', 'days')}"
        return {"due": day(due, language), "state": state, "late": days < 0}
    hours = _hours_between(row.held, row.summary_sent)
    after = f"{hours} hours" if hours is not None else counted((sent - held).days, "day", "days")
    is_late = hours > SUMMARY_DUE / timedelta(hours=1) if hours is not None else sent > due
    state = "sent on the same day" if sent == held and hours is None else f"sent {after} after"
    return {"due": day(due, language), "state": state + (", late" if is_late else ""), "late": is_late}


def check_in_interval(row: Any) -> dict[str, Any]:
    """How the planned check-in lies against six to eight weeks: `told` in words, "" where a day is missing; `off`.

    Source: REQUIREMENTS C10.
    """
    held, planned = known_day(row.held) or known_day(row.planned), known_day(row.next_check_in)
    if held is None or planned is None:
        return {"told": "", "off": False}
    interval = planned - held
    said = f"{counted(interval.days, 'day', 'days')} after the conversation"
    if CHECK_IN_FROM <= interval <= CHECK_IN_TO:
        return {"told": said, "off": False}
    side = "earlier" if interval < CHECK_IN_FROM else "later"
    return {"told": f"{said}, {side} than six to eight weeks", "off": True}


def actions_of(facts: CycleFacts, employee_id: str, row: Any) -> list[Any]:
    """The rows of the actions agreed in a conversation: those that name it, or name none and begin on its day or later.

    Dropped ones are left out.
    """
    identity, held = text(row.conversation_id), known_day(row.held)
    return [
        action
        for action in facts.rows_about(ActionItems, employee_id)
        if text(action.status) != "Dropped" and _agreed_in(action, identity, held)
    ]


def criteria_of(facts: CycleFacts, employee_id: str, row: Any) -> list[Any]:
    """The rows of what would need to be true, as agreed in a conversation."""
    identity = text(row.conversation_id)
    return [
        criterion
        for criterion in facts.rows_about(ReadinessCriteria, employee_id)
        if identity and text(criterion.conversation_id) == identity
    ]


def answers_given(facts: CycleFacts, employee_id: str, row: Any, form: str) -> dict[tuple[str, str], str]:
    """What came back in the form called `form` about a conversation, by who said it and the question.

    Only what both may see: a page for HR never comes back in another document.

    Source: REQUIREMENTS C4, C9.
    """
    identity = text(row.conversation_id)
    return {
        (text(given.said_by), text(given.question)): text(given.answer)
        for given in facts.rows_about(Answers, employee_id)
        if identity
        and text(given.conversation_id) == identity
        and text(given.form) == form
        and text(given.visible_to) == FOR_BOTH
    }


def closing_rules(facts: CycleFacts, employee_id: str, row: Any) -> list[dict[str, Any]]:
    """The four things without which a conversation is not closed: `rule`, `met`, `mark`, and `state` in words.

    Source: REQUIREMENTS C6.
    """
    exploring = text(row.direction_kind) == EXPLORING
    target = facts.level_title(row.target_level)
    chosen = [
        facts.competency_name(code)
        for code in dict.fromkeys([*ranked(row, "employee"), *ranked(row, "manager")])
    ]
    actions = actions_of(facts, employee_id, row)
    check_in = day(known_day(row.next_check_in), facts.results.settings.language)
    return [
        _rule("A target level, or exploring", target or (EXPLORING if exploring else "")),
        _rule("A gap chosen", "; ".join(chosen)),
        _rule("At least one action", counted(len(actions), "action", "actions") if actions else ""),
        _rule("A next check-in", check_in),
    ]  # fmt: skip


def ranked(row: Any, side: str) -> list[str]:
    """The competency ids one side ranked in a conversation, most important first."""
    several = getattr(row, f"{side}_priorities")
    return [text(code) for code in several if text(code)] if isinstance(several, tuple | list) else []


def _rule(rule: str, found: str) -> dict[str, Any]:
    return {
        "rule": rule,
        "met": bool(found),
        "mark": "☑" if found else "☐",
        "state": found or "still missing",
    }


def _agreed_in(action: Any, identity: str, held: date | None) -> bool:
    named = text(action.conversation_id)
    if named:
        return named == identity
    start = known_day(action.start)
    return held is not None and start is not None and start >= held


def _window(start: date | None, language: str) -> str:
    """Six to eight weeks after `start`, as two days."""
    if start is None:
        return "after the conversation"
    return f"{day(start + CHECK_IN_FROM, language)} to {day(start + CHECK_IN_TO, language)}"


def _hours_between(first: Any, last: Any) -> int | None:
    """Whole hours between two moments; None where one of them has no time of day."""
    moments = [moment for moment in (first, last) if isinstance(moment, datetime) and moment.time() != time()]
    if len(moments) < 2:
        return None
    return int((moments[1] - moments[0]) / timedelta(hours=1))
