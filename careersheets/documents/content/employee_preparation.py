"""What the employee's preparation asks: looking back, six questions, the career map, ratings, gaps, criteria, goals.

Nothing asks how long somebody will stay (source: REQUIREMENTS C2, C3, C4, C11, D4).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ...analysis.results import Results
from ...vocabulary.choices import DIRECTION_KIND
from ...vocabulary.conversations import ReadinessCriteria
from ...vocabulary.plans import Goals
from ..questions import Questions
from .career_map import career_map
from .conversation_in_hand import answers_given
from .conversations import coming, known_day
from .cycle import CycleFacts, cycle_facts
from .form_frame import questions_about
from .frame import person_frame
from .preparation_fields import (
    DIRECTIONS,
    REAL,
    SIX_QUESTIONS,
    new_criterion_fields,
    new_goal_fields,
    objective_fields,
    priority_fields,
    rating_state,
    score_fields,
    scores_of_cycle,
    standing_fields,
)
from .wording import counted, day, text

KEY, TITLE = "employee-preparation", "Employee preparation"
NEW_CRITERIA, NEW_GOALS = 3, 2
_GOALS_SHOWN = 3
_ASKED = ("objectives", "direction_kind", "direction", "employee_priorities", "role_satisfaction", "pulse_before")  # fmt: skip


def employee_preparation(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/employee_preparation.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it.
    """
    facts = cycle_facts(results)
    talk = coming(facts, employee_id)
    rated = rated_competencies(facts, employee_id)
    context = person_frame(facts, TITLE, employee_id)
    career, goals = career_map(facts, employee_id), _goals_on_record(facts, employee_id)
    answers = _answers_so_far(facts, employee_id, talk)
    data = _data(facts, employee_id, talk, rated, answers)
    questions = questions_about(facts, employee_id, _document_id(facts, employee_id, talk), "1", data, talk)
    context["document"]["form"] = questions
    codes = [code for code in facts.evaluated[employee_id].targets if facts.gaps.get((employee_id, code))]
    return {
        **context,
        "targets": [{"code": code, "title": facts.level_title(code)} for code in codes],
        "talk": {"day": day(talk.planned, results.settings.language) if talk is not None else ""},
        "career": career,
        "directions": [{"kind": kind, "meaning": DIRECTIONS[kind]} for kind in DIRECTION_KIND],
        "goals": goals[:_GOALS_SHOWN],
        "more_goals": counted(len(goals) - _GOALS_SHOWN, "earlier goal", "earlier goals")
        if len(goals) > _GOALS_SHOWN
        else "",
        "criteria": _criteria_on_record(facts, employee_id),
        **_form(questions, facts, employee_id, talk, rated, career["choices"], answers),
        "real": [{"name": name, "asks": asks, "example": example} for _, name, asks, example in REAL],
    }


def rated_competencies(facts: CycleFacts, employee_id: str) -> dict[str, list[Any]]:
    """The rows of the gaps of each competency by its id, one for each target that asks for it; none if only rated.

    The order of the first target, then what only others ask for, then what no target asks for but was rated. Field
    `score_1_...` is about the first of them.
    """
    found: dict[str, list[Any]] = {}
    for code in facts.evaluated[employee_id].targets:
        for row in facts.gaps.get((employee_id, code), []):
            found.setdefault(row.competency_id, []).append(row)
    ratings = facts.ratings_of(facts.results.cycle)
    for code in scores_of_cycle(facts, employee_id):
        if (employee_id, code) in ratings:
            found.setdefault(code, [])
    return found


def _form(
    questions: Questions,
    facts: CycleFacts,
    employee_id: str,
    talk: Any | None,
    rated: dict[str, list[Any]],
    levels: list[str],
    answers: dict[str, str],
) -> dict[str, Any]:
    """All fields, those in rows by their list."""
    return {
        "form": {
            **standing_fields(questions, talk, levels, answers),
            **priority_fields(questions, facts, talk, rated),
        },
        "form_objectives": objective_fields(questions, talk),
        "form_questions": [
            {"question": asked, "hint": hint, "answer": questions.lines(tag, asked, answers.get(asked))}
            for tag, asked, hint in SIX_QUESTIONS
        ],
        "form_scores": score_fields(questions, facts, employee_id, rated),
        "form_criteria": [new_criterion_fields(questions, number) for number in range(1, NEW_CRITERIA + 1)],
        "form_goals": [new_goal_fields(questions, number) for number in range(1, NEW_GOALS + 1)],
    }


def _document_id(facts: CycleFacts, employee_id: str, talk: Any | None) -> str:
    conversation = text(talk.conversation_id) if talk is not None else ""
    return "/".join(part for part in (KEY, facts.results.cycle, employee_id, conversation) if part)


def _answers_so_far(facts: CycleFacts, employee_id: str, talk: Any | None) -> dict[str, str]:
    """What came back in this form already, by its question, so that a form made anew still holds it."""
    given = answers_given(facts, employee_id, talk, TITLE) if talk is not None else {}
    return {question: answer for (who, question), answer in given.items() if who == "Employee"}


def _data(
    facts: CycleFacts,
    employee_id: str,
    talk: Any | None,
    rated: dict[str, list[Any]],
    answers: dict[str, str],
) -> dict[str, Any]:
    """What the form was made from; the competencies in the order of their fields."""
    return {
        "conversation": text(talk.conversation_id) if talk is not None else "",
        "level": facts.evaluated[employee_id].level_code,
        "scores": [rating_state(facts, employee_id, code, rows) for code, rows in rated.items()],
        "responses": [
            [getattr(row, name) for name in ("competency_id", "response", "response_comment")]
            for row in scores_of_cycle(facts, employee_id).values()
        ],
        "asked": [getattr(talk, name) for name in _ASKED] if talk is not None else [],
        "answers": answers,
    }  # fmt: skip


def _goals_on_record(facts: CycleFacts, employee_id: str) -> list[dict[str, str]]:
    """The goals that were not dropped, those set last first."""
    language = facts.results.settings.language
    rows = sorted(
        facts.rows_about(Goals, employee_id), key=lambda row: known_day(row.set_on) or date.min, reverse=True
    )
    return [
        {
            "goal": text(row.goal),
            "state": ", ".join(
                filter(None, (text(row.progress) or text(row.status), _until(row.due, language)))
            ),
        }
        for row in rows
        if text(row.goal) and text(row.status) != "Dropped"
    ]


def _criteria_on_record(facts: CycleFacts, employee_id: str) -> list[dict[str, str]]:
    language = facts.results.settings.language
    return [
        {
            "condition": text(row.condition),
            "evidence": text(row.evidence_wanted),
            "state": f"met on {day(row.met_on, language)}"
            if known_day(row.met_on)
            else ", ".join(filter(None, ("open", _until(row.by, language)))),
        }
        for row in facts.rows_about(ReadinessCriteria, employee_id)
        if text(row.condition)
    ]


def _until(last_day: Any, language: str) -> str:
    return f"until {day(last_day, language)}" if known_day(last_day) else ""
