"""What a manager has at hand before a career conversation: agenda, ratings, what was seen, and both sides' priorities.

Source: REQUIREMENTS C1, C3, E7, G6, G7.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...analysis.results import Results
from ...vocabulary.conversations import Answers
from ...vocabulary.evaluation import Scores
from ...vocabulary.plans import Goals
from ..questions import Questions
from .agenda import PREPARATION_MINUTES, agenda, meeting_minutes, preparation_list
from .agenda_notes import difference_of, notes_at_hand
from .conversations import apart, coming, last_held, objectives_told, priorities
from .cycle import CycleFacts, cycle_facts
from .frame import person_frame
from .gap_table import CRITICAL, PLAIN, TINTS, name_of, needs, shown_already, starting_points, strengths
from .next_level import level_changes
from .observations import observations
from .offered import chosen_from, offered_competencies
from .open_actions import open_actions
from .since_last import since_last
from .standing import glance
from .tenure import time_in_level
from .wording import day, is_number, listed, points, shortened, signed, text

KEY, TITLE = "manager-preparation", "Manager preparation"
_ACTIONS, _GOALS, _ANSWERS, _NEEDS, _BEHAVIOURS, _PRIORITIES = 5, 3, 4, 3, 2, 3
_LONGEST = 220


def manager_preparation(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/manager_preparation.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it and has a target level.
    """
    facts = cycle_facts(results)
    evaluated = facts.evaluated[employee_id]
    code = next(code for code in evaluated.targets if facts.gaps.get((employee_id, code)))
    talk = coming(facts, employee_id)
    context = person_frame(facts, TITLE, employee_id)
    questions = _questions(facts, employee_id, talk, code)
    context["document"]["form"] = questions
    return {
        **context,
        "target": {
            "code": code,
            "title": facts.level_title(code),
            "is_own_level": code == evaluated.level_code,
        },
        "preparation": preparation_list(),
        "preparation_minutes": str(PREPARATION_MINUTES),
        **_conversation(facts, employee_id, talk, code),
        **_record(facts, employee_id, evaluated.level_code, code),
        "form_priorities": _priority_fields(facts, questions, employee_id, talk),
        "priorities_apart": apart(
            *(priorities(facts, employee_id, side) for side in ("employee", "manager"))
        ),
        "form": {"be_sure": questions.lines("be_sure", "What do you want to be sure to say?")},
    }


def _questions(facts: CycleFacts, employee_id: str, talk: Any | None, target: str) -> Questions:
    identity = f"{KEY}/{facts.results.cycle}/{employee_id}{_talk_key(talk)}"
    ranked = facts.priorities.get(("manager", employee_id), [])
    return Questions(identity, "1", {"target": target, "ranked": ranked})


def _conversation(facts: CycleFacts, employee_id: str, talk: Any | None, target: str) -> dict[str, Any]:
    """The conversation to come: its facts, agenda, objectives, and what led to it."""
    before = last_held(facts, employee_id)
    kind = text(talk.kind) if talk is not None else ""
    since = since_last(facts, employee_id, target)
    notes = notes_at_hand(facts, employee_id, facts.gaps[employee_id, target], since, before)
    return {
        "talk": _talk(facts, talk, before, kind),
        "agenda": agenda(kind, notes),
        "objectives": objectives_told(talk),
        "goals": _goals(facts, employee_id),
        "answers": _answers(facts, employee_id, talk),
        "since": since,
    }


def _record(facts: CycleFacts, employee_id: str, own: Any, target: str) -> dict[str, Any]:
    """Where the person stands: ratings, what the next level asks, observations and actions."""
    rows = facts.gaps[employee_id, target]
    actions = open_actions(facts, employee_id)
    return {
        "glance": glance(facts.results.settings, facts.readiness[employee_id, target], rows),
        "tenure": time_in_level(facts, employee_id),
        "strengths": strengths(rows),
        "start_with": starting_points(facts, rows),
        "scores": _scores(facts, employee_id, rows),
        "needs": [
            {**need, "behaviours": need["behaviours"][:_BEHAVIOURS]} for need in needs(facts, rows)[:_NEEDS]
        ],
        "changes": level_changes(facts, own, target, shown_already(rows)),
        "actions": actions[:_ACTIONS],
        "more_actions": max(0, len(actions) - _ACTIONS),
        "observations": observations(facts, employee_id, with_observer=True),
    }


def _talk_key(talk: Any | None) -> str:
    known = text(talk.conversation_id) if talk is not None else ""
    return f"/{known}" if known else ""


def _talk(facts: CycleFacts, talk: Any | None, before: Any | None, kind: str) -> dict[str, str]:
    language = facts.results.settings.language
    return {
        "kind": kind,
        "day": day(talk.planned, language) if talk is not None else "",
        "minutes": str(meeting_minutes(kind)),
        "last": day(before.held, language) if before is not None else "",
        "last_kind": text(before.kind) if before is not None else "",
    }


def _goals(facts: CycleFacts, employee_id: str) -> list[dict[str, str]]:
    """Goals that are open, each with who proposed it and what the organisation gains."""
    rows = [
        row for row in facts.rows_about(Goals, employee_id) if text(row.status) not in ("Done", "Dropped")
    ]
    return [
        {
            "goal": shortened(text(row.goal), _LONGEST),
            "proposed_by": text(row.proposed_by),
            "contribution": shortened(
                text(row.business_contribution) or text(row.organisation_goal), _LONGEST
            ).rstrip("."),
            "progress": shortened(text(row.progress) or text(row.status), _LONGEST).rstrip("."),
        }
        for row in rows[:_GOALS]
    ]


def _answers(facts: CycleFacts, employee_id: str, talk: Any | None) -> list[dict[str, str]]:
    """What the employee wrote for this conversation, as far as the manager may see it."""
    known = text(talk.conversation_id) if talk is not None else ""
    rows = [
        row
        for row in facts.rows_about(Answers, employee_id)
        if known
        and text(row.conversation_id) == known
        and text(row.said_by) == "Employee"
        and text(row.visible_to) == "Employee and manager"
        and text(row.answer)
    ]
    return [
        {"question": text(row.question), "answer": shortened(text(row.answer), _LONGEST)}
        for row in rows[:_ANSWERS]
    ]


def _scores(facts: CycleFacts, employee_id: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The ratings, self beside manager, against what the level asks today and the target then; largest priority first."""
    disputed = {
        row.competency_id
        for row in facts.rows_about(Scores, employee_id)
        if text(row.cycle) == facts.results.cycle and text(row.response) == "Dispute"
    }
    ordered = sorted(rows, key=lambda row: -row.priority if row.gap > 0 else 0.0)
    return [
        {
            "competency": name_of(row),
            "mark": CRITICAL if row.critical else "",
            "now": points(row.required_now),
            "self": points(row.self_rating),
            "manager": "N/A" if row.not_applicable else points(row.manager_rating),
            "agreed": points(row.agreed_rating),
            "then": points(row.required),
            "gap": points(row.gap),
            "tint": TINTS.get(row.band, PLAIN),
            "talk_about": listed(_talk_about(row, row.competency_id in disputed)),
        }
        for row in ordered
    ]


def _talk_about(row: Any, is_disputed: bool) -> list[str]:
    difference = difference_of(row)
    said = ["below today’s level"] if is_number(row.gap_now) and row.gap_now > 0 else []
    if difference:
        said.append(f"self {signed(difference).lstrip('+−')} {'higher' if difference > 0 else 'lower'}")
    if not is_number(row.current) and not row.not_applicable:
        said.append("not assessed")
    return [*said, "disputed"] if is_disputed else said


def _priority_fields(
    facts: CycleFacts, questions: Questions, employee_id: str, talk: Any | None
) -> list[dict[str, Any]]:
    """Three ranks: the employee's choice as text, the manager's as a field, filled with what was chosen last."""
    employee = priorities(facts, employee_id, "employee")
    codes = facts.priorities.get(("manager", employee_id), [])
    offered = offered_competencies(facts, employee_id, talk, codes)
    return [
        {
            "rank": str(rank + 1),
            "employee": employee[rank] if rank < len(employee) else "",
            "manager": chosen_from(
                questions,
                f"manager_priorities_{rank + 1}",
                f"Priority {rank + 1} of the manager",
                offered,
                codes[rank] if rank < len(codes) else "",
            ),
        }
        for rank in range(_PRIORITIES)
    ]
