"""What the case for a promotion says: the criteria agreed, the evidence for each, the figures, and the decision to make.

Source: REQUIREMENTS C12, G2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ...analysis.results import Results
from ...vocabulary.conversations import ReadinessCriteria
from ..questions import Questions
from .calculation import bands_rule, calculation
from .conversations import known_day
from .cycle import CycleFacts, cycle_facts
from .form_frame import questions_about
from .frame import person_frame
from .gap_table import CRITICAL, PLAIN, TINTS, gap_rows, name_of, strengths
from .observations import observations
from .open_actions import due_state
from .rating_history import rating_history
from .standing import glance
from .tenure import time_in_level
from .wording import counted, day, points, text

KEY, TITLE = "promotion-case", "Promotion case"
DECISIONS = ("Promote", "Promote later, on the day below", "Not yet")
_FITTING = ("Ready", "Near")


def promotion_case(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/promotion_case.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone for whom `has_case` holds.
    """
    facts = cycle_facts(results)
    evaluated = facts.evaluated[employee_id]
    code = target_of_case(facts, employee_id) or _any_target(facts, employee_id)
    rows = facts.gaps[employee_id, code]
    readiness = facts.readiness[employee_id, code]
    criteria, elsewhere = _criteria(facts, employee_id, code)
    context = person_frame(facts, TITLE, employee_id)
    questions = questions_about(
        facts,
        employee_id,
        f"{KEY}/{results.cycle}/{employee_id}",
        "1",
        {"target": code, "criteria": criteria},
    )
    context["document"]["form"] = questions
    return {
        **context,
        "target": {"code": code, "title": facts.level_title(code)},
        "approver": facts.person_name(evaluated.approver),
        "tenure": time_in_level(facts, employee_id),
        "hired": day(getattr(facts.people.get(employee_id), "hired", None), results.settings.language),
        "glance": glance(results.settings, readiness, rows),
        "criteria_told": _criteria_told(criteria),
        "form_criteria": _criterion_fields(facts, questions, criteria),
        "criteria_elsewhere": elsewhere,
        "critical": [_critical(row) for row in rows if row.critical and not row.optional],
        "still_short": [row for row in gap_rows(rows) if row["reading"] == "To develop"],
        "strengths": strengths(rows),
        "history": rating_history(facts, employee_id, rows),
        "observations": observations(facts, employee_id, with_observer=True),
        "calculation": calculation(results.settings, rows, readiness),
        "bands_rule": bands_rule(results.settings),
        "form": _fields(questions),
    }


def has_case(results: Results, employee_id: str) -> bool:
    """Whether there is a case to make: a readiness criterion, or Ready or Near for a level above."""
    facts = cycle_facts(results)
    return employee_id in facts.evaluated and bool(target_of_case(facts, employee_id))


def target_of_case(facts: CycleFacts, employee_id: str) -> str:
    """The first target, other than the own level, with criteria, else for which the person is Ready or Near; "" for none."""
    evaluated = facts.evaluated[employee_id]
    codes: list[str] = [
        code
        for code in evaluated.targets
        if code != evaluated.level_code and (employee_id, code) in facts.readiness
    ]
    agreed = {
        text(row.target_level) or (codes or [""])[0]
        for row in facts.rows_about(ReadinessCriteria, employee_id)
    }
    near = [code for code in codes if facts.readiness[employee_id, code].band in _FITTING]
    return next((code for code in codes if code in agreed), near[0] if near else "")


def _any_target(facts: CycleFacts, employee_id: str) -> str:
    """The first target with results, for the trial of a template with invented people."""
    codes = facts.evaluated[employee_id].targets
    return next(text(code) for code in codes if (employee_id, code) in facts.readiness)


def _criteria(facts: CycleFacts, employee_id: str, code: str) -> tuple[list[Any], str]:
    """The rows of the criteria for the target or for no level named; how many there are for others, in a sentence."""
    rows = facts.rows_about(ReadinessCriteria, employee_id)
    own = [row for row in rows if text(row.target_level) in ("", code)]
    others = len(rows) - len(own)
    told = f"{counted(others, 'criterion', 'criteria')} for other levels: see the sheet Readiness criteria."
    return own, told if others else ""


def _criteria_told(criteria: Sequence[Any]) -> str:
    if not criteria:
        return "No criterion was agreed before. Say below what the case rests on."
    met = [row for row in criteria if known_day(row.met_on)]
    unseen = [row for row in met if not text(row.evidence_seen)]
    told = f"{len(met)} of {len(criteria)} criteria are met."
    return f"{told} Evidence seen is not noted for {len(unseen)} of these." if unseen else told


def _criterion_fields(
    facts: CycleFacts, questions: Questions, criteria: Sequence[Any]
) -> list[dict[str, Any]]:
    """Each criterion as agreed, with fields for the day it was met and for what showed it."""
    today, language = facts.results.today, facts.results.settings.language
    fields = []
    for number, row in enumerate(criteria, start=1):
        tag, label = f"criterion_{number}", f"Criterion {text(row.criterion_id) or number}"
        met, by = known_day(row.met_on), known_day(row.by)
        questions.about_row(tag, text(row.criterion_id), row)
        fields.append(
            {
                "number": str(number),
                "condition": text(row.condition),
                "evidence_wanted": text(row.evidence_wanted),
                "by": day(row.by, language),
                "state": "met" if met else due_state(by, today),
                "tint": TINTS["High"] if met else TINTS["Gap"] if by and by < today else PLAIN,
                "agreed": _agreed(row),
                "confirmed_by": facts.person_name(row.confirmed_by),
                "met_on": questions.date(f"{tag}_met_on", f"{label}: met on", met),
                "evidence_seen": questions.lines(f"{tag}_evidence_seen", f"{label}: evidence seen", text(row.evidence_seen)),
            }
        )  # fmt: skip
    return fields


def _agreed(row: Any) -> str:
    """Who agreed to the criterion."""
    sides = {"employee": row.employee_agrees, "manager": row.manager_agrees}
    agreed = [side for side, said in sides.items() if not pd.isna(said) and bool(said)]
    if len(agreed) == len(sides):
        return "agreed by both"
    return f"agreed by the {agreed[0]} only" if agreed else "not agreed yet"


def _critical(row: Any) -> dict[str, Any]:
    """A competency without which nobody is ready."""
    short = row.gap > 0
    met = row.gap <= 0
    return {
        "competency": name_of(row),
        "mark": CRITICAL,
        "required": points(row.required),
        "current": "N/A" if row.not_applicable else points(row.current),
        "state": f"short by {points(row.gap)}" if short else "met" if met else "not assessed",
        "tint": TINTS["Gap"] if short else TINTS["High"] if met else PLAIN,
    }


def _fields(questions: Questions) -> dict[str, Any]:
    """The manager's statement, and what the approver decides."""
    return {
        "statement": questions.lines("statement", "The manager's statement"),
        "business_need": questions.lines("business_need", "The work at the new level that there is to do"),
        "decision": questions.choice("decision", "Decision", DECISIONS),
        "effective_on": questions.date("effective_on", "From which day"),
        "reasons": questions.lines("reasons", "The approver's reasons"),
        "next_evidence": questions.lines("next_evidence", "If not yet: what is to be seen, and until when"),
        "decided_by": questions.text("decided_by", "Decided by"),
        "decided_on": questions.date("decided_on", "Decided on"),
    }
