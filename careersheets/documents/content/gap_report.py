"""What the gap report says: one person, every target level, the first of them in full."""

from __future__ import annotations

from typing import Any

from ...analysis.results import Results
from .calculation import bands_rule, calculation
from .cycle import CycleFacts, cycle_facts
from .frame import person_frame
from .gap_table import (
    comparison,
    evidence_seen,
    gap_rows,
    groups,
    name_of,
    needs,
    shown_already,
    starting_points,
    strengths,
)
from .next_level import level_changes
from .profile import profile_chart
from .standing import glance


def gap_report(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/gap_report.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it.
    """
    facts = cycle_facts(results)
    evaluated = facts.evaluated[employee_id]
    codes = [code for code in evaluated.targets if facts.gaps.get((employee_id, code))]
    targets = [_target(facts, employee_id, code, place) for place, code in enumerate(codes)]
    return {
        **person_frame(facts, "Gap report", employee_id),
        "target": targets[0],
        "further_targets": targets[1:],
        "all_targets": targets,
        "changes": level_changes(
            facts, evaluated.level_code, codes[0], shown_already(facts.gaps[employee_id, codes[0]])
        ),
        "evidence": evidence_seen(facts, facts.gaps[employee_id, codes[0]]),
        "charts": {"profile": profile_chart(facts.gaps[employee_id, codes[0]])},
        "bands_rule": bands_rule(results.settings),
    }


def _target(facts: CycleFacts, employee_id: str, code: str, place: int) -> dict[str, Any]:
    rows = facts.gaps[employee_id, code]
    readiness = facts.readiness[employee_id, code]
    table = gap_rows(rows)
    return {
        "number": place + 1,
        "code": code,
        "title": facts.level_title(code),
        "is_own_level": code == facts.evaluated[employee_id].level_code,
        "glance": glance(facts.results.settings, readiness, rows),
        "rows": table,
        "groups": groups(rows),
        "has_critical": any(row["critical"] for row in table),
        "has_optional": any(row["optional"] for row in table),
        "has_once": any(row.band == "High (one cycle)" for row in rows),
        "compared": comparison(rows, facts.results.previous_cycle),
        "strengths": strengths(rows),
        "met": [name_of(row) for row in rows if row.gap == 0],
        "needs": needs(facts, rows),
        "start_with": starting_points(facts, rows),
        "calculation": calculation(facts.results.settings, rows, readiness),
    }
