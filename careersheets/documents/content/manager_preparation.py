"""What a manager has at hand before a career conversation: agenda, ratings, what was seen, and both sides' priorities.

Source: REQUIREMENTS C1, C3, E7, G6, G7.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...analysis.results import Results
from ...vocabulary.conversations import Answers, ReadinessCriteria
from ...vocabulary.evaluation import Scores
from ...vocabulary.plans import Goals
from ..questions import Questions
from .agenda import PREPARATION_MINUTES, agenda, meeting_minutes, preparation_list
from .conversations import apart, coming, known_day, last_held, objectives_told, priorities
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
_ACTIONS, _GOALS, _ANSWERS, _NEEDS, _BEHAVIOURS, _PRIORITIES, _NAMED = 5, 3, 4, 3, 2, 3, 3
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
    rows = facts.gaps[employee_id, code]
    talk, before = coming(facts, employee_id), last_held(facts, employee_id)
    context = person_frame(facts, TITLE, employee_id)
    actions = open_actions(facts, employee_id)
    since = since_last(facts, employee_id, code)
    kind = text(talk.kind) if talk is not None else ""
    questions = Questions(
        f"{KEY}/{results.cycle}/{employee_id}{_talk_key(talk)}",
        "1",
        {"target": code, "ranked": facts.priorities.get(("manager", employee_id), [])},
    )
    context["document"]["form"] = questions
    return {
        **context,
        "target": {
            "code": code,
            "title": facts.level_title(code),
            "is_own_level": code == evaluated.level_code,
        },
        "glance": glance(results.settings, facts.readiness[employee_id, code], rows),
        "tenure": time_in_level(facts, employee_id),
        "talk": _talk(facts, talk, before, kind),
        "preparation": preparation_list(),
        "preparation_minutes": str(PREPARATION_MINUTES),
        "agenda": agenda(kind, _notes(facts, employee_id, rows, since, before)),
        "objectives": objectives_told(talk),
        "goals": _goals(facts, employee_id),
        "answers": _answers(facts, employee_id, talk),
        "since": since,
        "strengths": strengths(rows),
        "start_with": starting_points(facts, rows),
        "scores": _scores(facts, employee_id, rows),
        "needs": [
            {**need, "behaviours": need["behaviours"][:_BEHAVIOURS]} for need in needs(facts, rows)[:_NEEDS]
        ],
        "changes": level_changes(facts, evaluated.level_code, code, shown_already(rows)),
        "actions": actions[:_ACTIONS],
        "more_actions": max(0, len(actions) - _ACTIONS),
        "observations": observations(facts, employee_id, with_observer=True),
        "form_priorities": _priority_fields(facts, questions, employee_id, talk),
        "priorities_apart": _apart(facts, employee_id),
        "form": {"be_sure": questions.lines("be_sure", "What do you want to be sure to say?")},
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


def _notes(
    facts: CycleFacts, employee_id: str, rows: Sequence[Any], since: dict[str, Any], before: Any | None
) -> list[list[str]]:
    """For each part of the conversation, what the manager should have at hand."""
    return [
        _opening_notes(rows, since),
        _direction_notes(before),
        _reading_notes(rows),
        _gap_notes(facts, employee_id, rows),
        _criteria_notes(facts, employee_id),
        ["One to three actions, each with a person, a day and how one will see that it is done."],
    ]


def _opening_notes(rows: Sequence[Any], since: dict[str, Any]) -> list[str]:
    above = [
        f"{strength['competency']} ({strength['rating']}, {strength['required']} asked)"
        for strength in strengths(rows)[:2]
    ]
    closed = listed(since["closed"]) or (since["closed_count"] if since["closed_count"][:2] != "no" else "")
    said = [f"Name a strength first: {listed(above)}."] if above else []
    said += [f"Closed since last time: {closed}."] if closed else []
    return said or ["Say first what you value in the work, with an example."]


def _direction_notes(before: Any | None) -> list[str]:
    if before is None or not text(before.direction):
        return ["Nothing is noted from an earlier conversation."]
    kind = f" ({text(before.direction_kind).lower()})" if text(before.direction_kind) else ""
    return [f"Said last time{kind}: “{shortened(text(before.direction), _LONGEST)}”"]


def _reading_notes(rows: Sequence[Any]) -> list[str]:
    apart_most = sorted(rows, key=lambda row: -abs(_difference(row)))
    higher = [name_of(row) for row in apart_most if _difference(row) > 0]
    lower = [name_of(row) for row in apart_most if _difference(row) < 0]
    said = [
        f"Self {than} than yours: {_first(names)}."
        for than, names in (("higher", higher), ("lower", lower))
        if names
    ]
    unknown = [name_of(row) for row in rows if not is_number(row.current) and not row.not_applicable]
    if unknown:
        said.append(f"Not assessed yet: {_first(unknown)}.")
    return said or ["You both see the same ratings: ask what the numbers do not show."]


def _first(names: Sequence[str]) -> str:
    """The first three of `names`, and how many more there are."""
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return listed([*names[:_NAMED], *more])


def _gap_notes(facts: CycleFacts, employee_id: str, rows: Sequence[Any]) -> list[str]:
    first = [
        " ".join(filter(None, (point["competency"], point["mark"], point["steps"])))
        for point in starting_points(facts, rows)
    ]
    said = (
        [f"Largest by priority: {'; '.join(first)}."]
        if first
        else ["No gap is open: talk about scope and reach."]
    )
    return said


def _apart(facts: CycleFacts, employee_id: str) -> str:
    return apart(*(priorities(facts, employee_id, side) for side in ("employee", "manager")))


def _criteria_notes(facts: CycleFacts, employee_id: str) -> list[str]:
    agreed = facts.rows_about(ReadinessCriteria, employee_id)
    open_ones = [text(row.condition) for row in agreed if known_day(row.met_on) is None]
    if not agreed:
        return ["No criterion is agreed yet: agree two or three, each with evidence wanted and a day."]
    said = f"{len(agreed) - len(open_ones)} of {len(agreed)} criteria are met."
    return [
        f"{said} Open: {' '.join(shortened(words, 90) for words in open_ones[:3])}" if open_ones else said
    ]


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
            ),
            "progress": shortened(text(row.progress), _LONGEST) or text(row.status),
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
    difference = _difference(row)
    said = ["below today’s level"] if is_number(row.gap_now) and row.gap_now > 0 else []
    if difference:
        said.append(f"self {signed(difference).lstrip('+−')} {'higher' if difference > 0 else 'lower'}")
    if not is_number(row.current) and not row.not_applicable:
        said.append("not assessed")
    return [*said, "disputed"] if is_disputed else said


def _difference(row: Any) -> float:
    """Self less the rating that counts, in points; 0 where one of them is missing."""
    both = is_number(row.self_rating) and is_number(row.current)
    return float(row.self_rating - row.current) if both else 0.0


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
