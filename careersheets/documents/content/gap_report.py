"""What the gap report says: one person, every target level, the first of them in full."""

from __future__ import annotations

from typing import Any

from ...analysis.results import Results
from .calculation import bands_rule, calculation
from .cycle import CycleFacts, cycle_facts
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
from .wording import day, text

DRAFT_NOTICE = "Not released yet: ratings may still change."


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
        **_frame(facts, "Gap report", text(evaluated.name)),
        "draft": bool(evaluated.draft),
        "draft_notice": DRAFT_NOTICE,
        "person": _person(facts, employee_id),
        "target": targets[0],
        "further_targets": targets[1:],
        "all_targets": targets,
        "changes": level_changes(
            facts, evaluated.level_code, codes[0], shown_already(facts.gaps[employee_id, codes[0]])
        ),
        "evidence": evidence_seen(facts, facts.gaps[employee_id, codes[0]]),
        "charts": {"profile": profile_chart(facts.gaps[employee_id, codes[0]])},
        "bands_rule": bands_rule(results.settings),
        "sources": list(facts.sources),
    }


def _frame(facts: CycleFacts, kind: str, name: str) -> dict[str, Any]:
    """What headers, footers and properties of every kind name."""
    results = facts.results
    settings = results.settings
    return {
        "organisation": settings.organisation,
        "cycle": results.cycle,
        "previous_cycle": results.previous_cycle,
        "date": day(results.today, settings.language),
        "document": {
            "kind": kind,
            "title": f"{kind} – {name}",
            "paper": settings.paper,
            "language": settings.language,
        },
    }


def _person(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    evaluated = facts.evaluated[employee_id]
    return {
        "id": employee_id,
        "name": text(evaluated.name) or employee_id,
        "level_code": text(evaluated.level_code),
        "level_title": facts.level_title(evaluated.level_code),
        "manager": facts.person_name(evaluated.manager),
        "department": text(evaluated.department),
        "team": text(evaluated.team),
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
        "calculation": calculation(rows, readiness),
    }
