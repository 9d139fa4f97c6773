"""What the round-up mail says: what was agreed, short, to be sent within 48 hours of the conversation.

Source: REQUIREMENTS C7, C8.
"""

from __future__ import annotations

from typing import Any

from ...analysis.results import Results
from .conversation_in_hand import (
    EXPLORING,
    actions_of,
    answers_given,
    criteria_of,
    held_in_hand,
    in_hand,
    ranked,
    told_conversation,
)
from .conversation_summary import SPOKEN
from .conversation_summary import TITLE as SUMMARY
from .conversations import known_day
from .cycle import CycleFacts, cycle_facts
from .frame import person_frame
from .wording import day, text

KEY, TITLE = "round-up", "Round-up"
_ENDS = ".!?…。！？"


def round_up(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/round_up.txt and round_up.html can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it and had a conversation.
    """
    facts = cycle_facts(results)
    row = in_hand(facts, employee_id)
    language = results.settings.language
    answers = answers_given(facts, employee_id, row, SUMMARY)
    context = person_frame(facts, TITLE, employee_id)
    return {
        **context,
        "letter": {
            "to_name": context["person"]["name"],
            "to_address": text(facts.evaluated[employee_id].email),
        },
        "conversation": told_conversation(facts, row),
        "direction": sentence(row.direction),
        "direction_kind": text(row.direction_kind),
        "working_towards": facts.level_title(row.target_level)
        or ("exploring" if text(row.direction_kind) == EXPLORING else ""),
        "employee_priorities": [facts.competency_name(code) for code in ranked(row, "employee")],
        "manager_priorities": [facts.competency_name(code) for code in ranked(row, "manager")],
        "criteria": [_criterion(criterion, language) for criterion in criteria_of(facts, employee_id, row)],
        "said": {tag: sentence(answers.get((who, asked), "")) for tag, who, asked in SPOKEN},
        "actions": [_action(facts, employee_id, action) for action in actions_of(facts, employee_id, row)],
        "corrections_due": day(known_day(row.corrections_due), language),
    }


def has_held_conversation(results: Results, employee_id: str) -> bool:
    """Whether a conversation was held that can be rounded up."""
    return held_in_hand(cycle_facts(results), employee_id)


def one_line(value: Any) -> str:
    """A text on one line, without a full stop at its end, so that the mail can go on after it."""
    return " ".join(text(value).split()).removesuffix(".")


def sentence(value: Any) -> str:
    """A text on one line that ends as a sentence does; "" for none."""
    line = " ".join(text(value).split())
    return f"{line}." if line and line[-1] not in _ENDS else line


def _criterion(row: Any, language: str) -> dict[str, str]:
    return {
        "condition": one_line(row.condition),
        "evidence": one_line(row.evidence_wanted),
        "by": day(known_day(row.by), language),
    }


def _action(facts: CycleFacts, employee_id: str, row: Any) -> dict[str, str]:
    """An action as the manager tells it to the employee; `until` is "" where the action names its day itself."""
    manager = text(facts.evaluated[employee_id].manager)
    owner, due = text(row.owner), known_day(row.due)
    who = "You" if owner == employee_id else "I" if owner and owner == manager else facts.person_name(owner)
    language = facts.results.settings.language
    named = due is not None and due.isoformat() in text(row.action)
    return {
        "action": one_line(row.action),
        "owner": who or "We",
        "method": text(row.method).lower(),
        "due": day(due, language),
        "until": "" if named else day(due, language),
    }
