"""What the form of a check-in says and asks: twenty minutes, six to eight weeks after a conversation.

Source: REQUIREMENTS C10.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ...analysis.results import Results
from ...vocabulary.plans import ActionItems
from .action_fields import ActionFields
from .conversation_in_hand import CHECK_IN_FROM, CHECK_IN_TO, check_in_interval, conversation_key
from .conversations import known_day, last_held
from .cycle import CycleFacts, cycle_facts
from .form_frame import questions_about
from .frame import person_frame
from .open_actions import is_open, open_actions
from .wording import counted, day

KEY, TITLE = "check-in", "Check-in"
NEW_ACTIONS = 2
AGENDA = (("What happened", 7), ("What helped, what is in the way", 7), ("What comes next, and when", 6))
FILLED = ("status", "done_on", "evidence_so_far")
ADDED = ("action", "competency_id", "owner", "method", "due")


def check_in(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/check_in.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it.
    """
    facts = cycle_facts(results)
    talk = last_held(facts, employee_id)
    rows = actions_in_order(facts, employee_id)
    context = person_frame(facts, TITLE, employee_id)
    parts = [KEY, results.cycle, employee_id, *([conversation_key(talk)] if talk is not None else [])]
    data = {"conversation": talk, "actions": rows}
    questions = questions_about(facts, employee_id, "/".join(parts), "1", data, talk)
    context["document"]["form"] = questions
    asked = ActionFields(questions, facts, employee_id, rows, talk)
    told = {one["id"]: one for one in open_actions(facts, employee_id)}
    return {
        **context,
        # It shows no ratings, and comes when the next cycle has begun and nothing in that is released.
        "draft": False,
        "agenda": [{"item": item, "minutes": str(minutes)} for item, minutes in AGENDA],
        "conversation": day(known_day(talk.held), results.settings.language) if talk is not None else "",
        "interval": interval(talk, results.today, results.settings.language),
        "form_actions": [_action(facts, asked, row) for row in rows],
        "overdue": counted(sum(one["overdue"] for one in told.values()), "action is", "actions are"),
        "any_overdue": any(one["overdue"] for one in told.values()),
        "form": {
            "helped": questions.lines("helped", "What helped"),
            "in_the_way": questions.lines("in_the_way", "What is in the way"),
            "held": questions.date("held", "Held on"),
            "next_check_in": questions.date("next_check_in", "Next check-in"),
            "check_in_time": questions.text("check_in_time", "Time of the check-in"),
        },
        "form_new_actions": [asked.empty(*ADDED) for _ in range(NEW_ACTIONS)],
        "next_window": _window(results.today, results.settings.language),
    }


def has_something_to_check(results: Results, employee_id: str) -> bool:
    """Whether a conversation was held, or an action is open."""
    facts = cycle_facts(results)
    return last_held(facts, employee_id) is not None or bool(actions_in_order(facts, employee_id))


def actions_in_order(facts: CycleFacts, employee_id: str) -> list[Any]:
    """The rows of the open actions, what is due first before the rest."""
    rows = [row for row in facts.rows_about(ActionItems, employee_id) if is_open(row)]
    return sorted(rows, key=lambda row: known_day(row.due) or date.max)


def interval(talk: Any | None, today: date, language: str) -> dict[str, Any]:
    """The planned interval between conversation and check-in against the one there is today.

    Returns:
        `planned` and `actual` in words, "" where not known; `off` says that one lies outside six to eight weeks.
    """
    if talk is None:
        return {"planned": "", "actual": "", "off": False}
    held, planned = known_day(talk.held) or today, known_day(talk.next_check_in)
    by_plan = check_in_interval(talk)
    return {
        "planned": f"{day(planned, language)}: {by_plan['told']}" if planned else "no day was agreed",
        "actual": f"{counted((today - held).days, 'day', 'days')} after the conversation",
        "off": by_plan["off"] or today - held > CHECK_IN_TO,
    }


def _action(facts: CycleFacts, asked: ActionFields, row: Any) -> dict[str, Any]:
    told = _told(facts, row)
    return {**asked.filled(row, *FILLED), **told}


def _told(facts: CycleFacts, row: Any) -> dict[str, str]:
    language = facts.results.settings.language
    return {
        "text": str(row.action),
        "owner_name": facts.person_name(row.owner),
        "due_day": day(known_day(row.due), language),
    }


def _window(today: date, language: str) -> str:
    return f"{day(today + CHECK_IN_FROM, language)} to {day(today + CHECK_IN_TO, language)}"
