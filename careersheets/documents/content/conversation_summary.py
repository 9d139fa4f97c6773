"""What the summary of a conversation says and asks: both sides, the four questions, next steps, and what closes it.

Source: REQUIREMENTS C3, C5 to C9.
"""

from __future__ import annotations

from typing import Any

from ...analysis.results import Results
from ...vocabulary.choices import DIRECTION_KIND, MATCHES_MY_WORK
from ..questions import Questions
from .action_fields import ActionFields
from .conversation_in_hand import (
    CORRECTIONS_OPEN,
    actions_of,
    answers_given,
    closing_rules,
    conversation_key,
    criteria_of,
    in_hand,
    ranked,
    told_conversation,
    version_of,
)
from .conversations import apart, known_day
from .cycle import CycleFacts, cycle_facts
from .form_frame import questions_about
from .frame import person_frame
from .offered import Offered, chosen_from, offered_competencies, offered_levels
from .standing import glance
from .wording import is_number, points, text

KEY, TITLE = "conversation-summary", "Conversation summary"
PULSE = ("1", "2", "3", "4", "5")
PRIORITIES = 3
NEW_ACTIONS = 2
FEWEST_CRITERIA = 2
ACTION_COLUMNS = ("action", "competency_id", "owner", "method", "due")

# Tag, who says it, and what is asked; what comes back stands on the sheet Answers under the same words.
SPOKEN = (
    ("employee_said", "Employee", "What the employee said"),
    ("manager_said", "Manager", "What the manager said"),
    ("employee_read", "Employee", "How the employee reads the ratings"),
    ("manager_read", "Manager", "How the manager reads the ratings"),
    ("new_opportunities", "Manager", "New opportunities"),
    ("connections_offered", "Manager", "Connections offered"),
    ("company_support", "Manager", "Support by the company"),
)


def conversation_summary(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/conversation_summary.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it and has a conversation.
    """
    facts = cycle_facts(results)
    row = in_hand(facts, employee_id)
    context = person_frame(facts, TITLE, employee_id)
    actions, criteria = actions_of(facts, employee_id, row), criteria_of(facts, employee_id, row)
    answers = answers_given(facts, employee_id, row, TITLE)
    identity = f"{KEY}/{results.cycle}/{employee_id}/{conversation_key(row)}"
    data = {"conversation": row, "actions": actions, "criteria": criteria, "answers": sorted(answers.items())}  # fmt: skip
    questions = questions_about(facts, employee_id, identity, version_of(row), data, row)
    context["document"]["form"] = questions
    asked = ActionFields(questions, facts, employee_id, actions, row)
    return {
        **context,
        "conversation": told_conversation(facts, row),
        "reading": data_in_short(facts, employee_id),
        "form": _fields(questions, facts, employee_id, row, answers),
        "form_priorities": _priority_fields(questions, facts, employee_id, row),
        "priorities_apart": apart(*([facts.competency_name(code) for code in ranked(row, side)] for side in ("employee", "manager"))),
        "form_criteria": _criterion_fields(questions, criteria),
        "form_actions": [asked.filled(action, *ACTION_COLUMNS) for action in actions]
        + [asked.empty(*ACTION_COLUMNS) for _ in range(NEW_ACTIONS)],
        "closing": closing_rules(facts, employee_id, row),
        "corrections_days": str(CORRECTIONS_OPEN.days),
    }  # fmt: skip


def has_conversation(results: Results, employee_id: str) -> bool:
    """Whether there is a conversation to sum up."""
    return in_hand(cycle_facts(results), employee_id) is not None


def data_in_short(facts: CycleFacts, employee_id: str) -> str:
    """What the ratings say about the first target, in a sentence; "" where there is none."""
    targets = facts.evaluated[employee_id].targets
    code = next((code for code in targets if (employee_id, code) in facts.readiness), None)
    if code is None:
        return ""
    told = glance(facts.results.settings, facts.readiness[employee_id, code], facts.gaps[employee_id, code])
    return f"{facts.level_title(code)}: {told['reading']}"


def _fields(
    questions: Questions, facts: CycleFacts, employee_id: str, row: Any, answers: dict[tuple[str, str], str]
) -> dict[str, Any]:
    """The fields that stand alone, in the order of the document."""
    levels = offered_levels(facts, employee_id, [row.target_level])
    return {
        "held": questions.date("held", "Held on", known_day(row.held)),
        **{tag: questions.lines(tag, asked, answers.get((who, asked), "")) for tag, who, asked in SPOKEN},
        "direction_kind": questions.choice(
            "direction_kind", "Kind of direction", DIRECTION_KIND, row.direction_kind
        ),
        "direction": questions.lines("direction", "Direction in one to two years", row.direction),
        "target_level": chosen_from(questions, "target_level", "Target level", levels, row.target_level),
        "pulse_before": questions.choice("pulse_before", "Pulse before", PULSE, _pulse(row.pulse_before)),
        "pulse_after": questions.choice("pulse_after", "Pulse after", PULSE, _pulse(row.pulse_after)),
        "next_check_in": questions.date("next_check_in", "Next check-in", known_day(row.next_check_in)),
        "check_in_time": questions.text("check_in_time", "Time of the check-in", row.check_in_time),
        "corrections_due": questions.date(
            "corrections_due", "Corrections until", known_day(row.corrections_due)
        ),
        "corrections": questions.lines("corrections", "Corrections by the employee", row.corrections),
        "matches_my_work": questions.choice(
            "matches_my_work", "Does this match my work?", MATCHES_MY_WORK, row.matches_my_work
        ),
        "acknowledged": questions.date("acknowledged", "Read and confirmed on", known_day(row.acknowledged)),
    }


def _priority_fields(
    questions: Questions, facts: CycleFacts, employee_id: str, row: Any
) -> list[dict[str, Any]]:
    """Three ranks, each with the employee's and the manager's choice."""
    offered = offered_competencies(facts, employee_id, row)
    return [
        {
            "rank": str(rank + 1),
            "employee": _priority(questions, offered, row, "employee", rank),
            "manager": _priority(questions, offered, row, "manager", rank),
        }
        for rank in range(PRIORITIES)
    ]


def _priority(questions: Questions, offered: Offered, row: Any, side: str, rank: int) -> Any:
    chosen = ranked(row, side)
    tag, label = f"{side}_priorities_{rank + 1}", f"Priority {rank + 1} of the {side}"
    return chosen_from(questions, tag, label, offered, chosen[rank] if rank < len(chosen) else "")


def _criterion_fields(questions: Questions, criteria: list[Any]) -> list[dict[str, Any]]:
    """What would need to be true: those there are, and one to add; two at least."""
    count = max(FEWEST_CRITERIA, len(criteria) + 1)
    padded = [*criteria, *[None] * (count - len(criteria))]
    return [_criterion(questions, number, row) for number, row in enumerate(padded, start=1)]


def _criterion(questions: Questions, number: int, row: Any | None) -> dict[str, Any]:
    tag = f"criterion_{number}"
    label = f"Criterion {text(getattr(row, 'criterion_id', '')) or number}"
    if row is not None:
        questions.about_row(tag, text(row.criterion_id), row)
    return {
        "number": str(number),
        "condition": questions.lines(
            f"{tag}_condition", f"{label}: condition", getattr(row, "condition", "")
        ),
        "evidence_wanted": questions.lines(
            f"{tag}_evidence_wanted", f"{label}: evidence wanted", getattr(row, "evidence_wanted", "")
        ),
        "by": questions.date(f"{tag}_by", f"{label}: until", known_day(getattr(row, "by", None))),
        "employee_agrees": questions.tick(
            f"{tag}_employee_agrees", f"{label}: the employee agrees", getattr(row, "employee_agrees", False)
        ),
        "manager_agrees": questions.tick(
            f"{tag}_manager_agrees", f"{label}: the manager agrees", getattr(row, "manager_agrees", False)
        ),
    }


def _pulse(value: Any) -> str:
    return points(value) if is_number(value) else ""
