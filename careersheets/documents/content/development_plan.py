"""What the development plan says and asks: goals, actions by the gap they close, and the record of progress.

Source: REQUIREMENTS D1, D3 to D6.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ...analysis.results import Results
from ...vocabulary.plans import ActionItems
from ..questions import Questions
from .action_fields import ActionFields
from .conversations import known_day, last_held
from .cycle import CycleFacts, cycle_facts
from .form_frame import questions_about
from .frame import person_frame
from .gap_table import CRITICAL, name_of
from .goal_fields import goal_fields, goals_in_order, only_the_managers
from .offered import offered_levels
from .open_actions import follow_through, is_open
from .progress_record import told_record
from .standing import glance
from .wording import counted, day, listed, points, priority, text

KEY, TITLE = "development-plan", "Development plan"
NEW_ACTIONS, FIRST_ACTIONS, NEW_GOALS = 2, 3, 1
FILLED = ("action", "behaviour_or_skill", "method", "owner", "support", "start", "due", "evidence_of_done", "done_on", "debrief_date", "debrief_with", "status")  # fmt: skip
ADDED = ("competency_id", *(column for column in FILLED if column not in ("done_on", "status")))


def development_plan(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/development_plan.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it and has a target level with expectations.
    """
    facts = cycle_facts(results)
    code = next(code for code in facts.evaluated[employee_id].targets if facts.gaps.get((employee_id, code)))
    gaps = open_gaps(facts, employee_id, code)
    goals, actions = goals_in_order(facts, employee_id), _open_rows(facts, employee_id)
    context = person_frame(facts, TITLE, employee_id)
    grouped = _grouped(gaps, actions)
    data = {"goals": goals, "actions": [row for _, rows in grouped for row in rows]}
    questions = questions_about(facts, employee_id, f"{KEY}/{results.cycle}/{employee_id}", "1", data)
    context["document"]["form"] = questions
    readiness = facts.readiness[employee_id, code]
    return {
        **context,
        "target": {"code": code, "title": facts.level_title(code)},
        "glance": glance(results.settings, readiness, facts.gaps[employee_id, code]),
        "form_goals": _goals(questions, facts, employee_id, goals),
        "goals_note": "Every goal so far was proposed by the manager: which one is the employee’s own?"
        if only_the_managers(goals)
        else "",
        **_actions(questions, facts, employee_id, grouped),
        "gaps_without_action": _without_action(grouped),
        "follow_through": follow_through(facts, employee_id, None),
        "done": _done(facts, employee_id),
        "record": told_record(facts, employee_id),
    }


def open_gaps(facts: CycleFacts, employee_id: str, code: str) -> list[Any]:
    """The rows of the gaps towards a target that count, by falling priority."""
    rows = [row for row in facts.gaps[employee_id, code] if row.gap > 0 and not row.optional]
    return sorted(rows, key=lambda row: (-row.priority, not row.critical))


def _open_rows(facts: CycleFacts, employee_id: str) -> list[Any]:
    rows = [row for row in facts.rows_about(ActionItems, employee_id) if is_open(row)]
    return sorted(rows, key=lambda row: known_day(row.due) or date.max)


def _grouped(gaps: Sequence[Any], actions: Sequence[Any]) -> list[tuple[Any | None, list[Any]]]:
    """The actions under the gap they close; last, under None, those that close none."""
    by_gap = {
        gap.competency_id: [row for row in actions if text(row.competency_id) == gap.competency_id]
        for gap in gaps
    }
    rest = [row for row in actions if text(row.competency_id) not in by_gap]
    grouped: list[tuple[Any | None, list[Any]]] = [(gap, by_gap[gap.competency_id]) for gap in gaps]
    return [*grouped, (None, rest)]  # fmt: skip


def _goals(
    questions: Questions, facts: CycleFacts, employee_id: str, goals: Sequence[Any]
) -> list[dict[str, Any]]:
    levels = offered_levels(facts, employee_id, [row.target_level for row in goals])
    padded = [*goals, *[None] * NEW_GOALS]
    return [goal_fields(questions, facts, number, row, levels) for number, row in enumerate(padded, start=1)]


def _actions(
    questions: Questions,
    facts: CycleFacts,
    employee_id: str,
    grouped: Sequence[tuple[Any | None, list[Any]]],
) -> dict[str, Any]:
    """`form_groups` (`competency`, `mark`, `steps`, `priority`, `actions`) and `form_new_actions`."""
    every = [row for _, rows in grouped for row in rows]
    asked = ActionFields(questions, facts, employee_id, every, last_held(facts, employee_id))
    groups = [
        {**_heading(facts, gap), "form_actions": [_action(facts, asked, row, gap) for row in rows]}
        for gap, rows in grouped
        if rows
    ]
    return {
        "form_groups": groups,
        "form_new_actions": [asked.empty(*ADDED) for _ in range(NEW_ACTIONS if every else FIRST_ACTIONS)],
    }


def _action(facts: CycleFacts, asked: ActionFields, row: Any, gap: Any | None) -> dict[str, Any]:
    """The fields of an action, and what it is tied to where that is not the gap above it (source: REQUIREMENTS D3)."""
    goal, competency = text(row.goal_id), facts.competency_name(row.competency_id) if gap is None else ""
    ties = [
        f"goal {goal}" if goal else "",
        competency,
        facts.level_title(row.target_level) if gap is None else "",
    ]
    tied = ", ".join(filter(None, ties))
    told = f"For {tied}" if tied else "" if gap is not None else "Tied to no gap, goal or target"
    return {**asked.filled(row, *FILLED), "tied_to": told}


def _heading(facts: CycleFacts, gap: Any | None) -> dict[str, str]:
    if gap is None:
        return {
            "competency": "For goals and other reasons",
            "mark": "",
            "steps": "",
            "priority": "",
            "ranked": "",
        }
    ranked = (gap.employee_id, gap.competency_id) in facts.ranked
    return {
        "competency": name_of(gap),
        "mark": CRITICAL if gap.critical else "",
        "steps": f"{points(gap.current)} → {points(gap.required)}",
        "priority": priority(gap.priority),
        "ranked": "chosen by the employee" if ranked else "",
    }  # fmt: skip


def _without_action(grouped: Sequence[tuple[Any | None, list[Any]]]) -> str:
    """The gaps nobody does anything about yet, in a sentence; "" where there is none."""
    names = [name_of(gap) for gap, rows in grouped if gap is not None and not rows]
    if not names:
        return ""
    return f"{counted(len(names), 'gap has', 'gaps have')} no action yet: {listed(names)}."


def _done(facts: CycleFacts, employee_id: str) -> list[dict[str, str]]:
    """The actions that are done, the latest first."""
    rows = [
        row
        for row in facts.rows_about(ActionItems, employee_id)
        if not is_open(row) and text(row.status) != "Dropped"
    ]
    rows.sort(key=lambda row: known_day(row.done_on) or date.min, reverse=True)
    language = facts.results.settings.language
    return [
        {
            "action": text(row.action),
            "competency": facts.competency_name(row.competency_id),
            "done_on": day(known_day(row.done_on), language),
        }
        for row in rows[:5]
    ]
