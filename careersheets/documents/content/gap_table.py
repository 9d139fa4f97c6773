"""The gaps of one person and target as a reader meets them: strengths first, then what to develop, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .cycle import CycleFacts
from .wording import READINGS, day, is_number, listed, points, priority, signed, text

CRITICAL = "◆"
TINTS = {"Gap": "FBE8E1", "High": "E3EFE9", "High (one cycle)": "E3EFE9"}
PLAIN = "FFFFFF"
_STARTING_POINTS = 3


def gap_rows(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The gap table: what is to develop first, by priority, then the rest as the framework lists it."""
    return [_gap_row(row) for row in sorted(rows, key=_order)]


def groups(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The competencies by what their gap says, with the gap where there is one; for targets shown in short."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=_order):
        steps = f" {points(row.current)} → {points(row.required)}" if row.gap > 0 else ""
        mark = f" {CRITICAL}" if row.critical else ""
        found.setdefault(READINGS[row.band], []).append(f"{name_of(row)}{mark}{steps}")
    return [{"reading": reading, "competencies": names} for reading, names in found.items()]


def comparison(rows: Sequence[Any], previous_cycle: str) -> str:
    """With what the column "since last" compares; "" where nobody was rated before."""
    if not any(is_number(row.previous) for row in rows):
        return ""
    return f"the last evaluation ({previous_cycle} or before)" if previous_cycle else "the last evaluation"


def strengths(rows: Sequence[Any]) -> list[dict[str, str]]:
    """Competencies above what the target asks for, the furthest above first; none is left out."""
    above = sorted((row for row in rows if row.gap < 0), key=lambda row: row.gap)
    return [
        {
            "competency": name_of(row),
            "rating": points(row.current),
            "required": points(row.required),
            "seen": "above in both cycles" if row.band == "High" else "above in this cycle",
        }
        for row in above
    ]


def needs(facts: CycleFacts, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """What the target asks to see for each gap."""
    return [_need(facts, row) for row in sorted(rows, key=_order) if row.gap > 0]


def shown_already(rows: Sequence[Any]) -> frozenset[str]:
    """The ids of the competencies whose behaviours `needs` lists."""
    return frozenset(row.competency_id for row in rows if row.gap > 0)


def starting_points(facts: CycleFacts, rows: Sequence[Any]) -> list[dict[str, str]]:
    """The gaps with the highest priority, and what the priority is made of."""
    wanted = [row for row in sorted(rows, key=_order) if row.gap > 0 and not row.optional]
    return [
        {
            "competency": name_of(row),
            "mark": _mark(row),
            "steps": f"{points(row.current)} → {points(row.required)}",
            "priority": priority(row.priority),
            "ranked": "chosen by you" if _is_ranked(facts, row) else "",
        }
        for row in wanted[:_STARTING_POINTS]
    ]


def evidence_seen(facts: CycleFacts, rows: Sequence[Any]) -> list[dict[str, str]]:
    """What was seen, where somebody wrote it down."""
    language = facts.results.settings.language
    return [
        {
            "competency": name_of(row),
            "evidence": text(row.evidence),
            "date": day(row.evidence_date, language),
            "rating": points(row.current),
        }
        for row in sorted(rows, key=_order)
        if text(row.evidence)
    ]


def name_of(row: Any) -> str:
    """The competency's name as documents show it; its id where it has none."""
    return text(row.competency) or str(row.competency_id)


def _gap_row(row: Any) -> dict[str, Any]:
    return {
        "competency": name_of(row),
        "category": text(row.category),
        "mark": _mark(row),
        "critical": bool(row.critical),
        "optional": bool(row.optional),
        "required": points(row.required),
        "self": points(row.self_rating),
        "manager": "N/A"
        if row.not_applicable and not is_number(row.manager_rating)
        else points(row.manager_rating),
        "agreed": points(row.agreed_rating),
        "gap": points(row.gap),
        "since_last": signed(row.change),
        "reading": READINGS[row.band],
        "tint": TINTS.get(row.band, PLAIN),
    }


def _need(facts: CycleFacts, row: Any) -> dict[str, Any]:
    own = facts.expectations.get(row.level_code, {}).get(row.competency_id)
    known = set(_several(own.behaviours)) if own is not None else set()
    behaviours = _several(row.behaviours)
    return {
        "competency": name_of(row),
        "mark": _mark(row),
        "steps": f"{points(row.current)} → {points(row.required)}",
        "scale": f"on a scale from {points(row.low)} to {points(row.high)}",
        "optional": bool(row.optional),
        "behaviours": [
            {"text": behaviour, "new": bool(known) and behaviour not in known} for behaviour in behaviours
        ],
        "skills": listed(_several(row.skills)),
        "scope": text(row.expectation_scope),
        "priority": priority(row.priority),
    }


def _several(value: Any) -> list[str]:
    return [text(part) for part in value if text(part)] if isinstance(value, tuple | list) else []


def _mark(row: Any) -> str:
    return CRITICAL if row.critical else ""


def _is_ranked(facts: CycleFacts, row: Any) -> bool:
    return (row.employee_id, row.competency_id) in facts.ranked


def _order(row: Any) -> tuple[int, float]:
    """Gaps by falling priority, critical before others where they tie, then as they come."""
    if row.gap > 0:
        return (0 if not row.optional else 1, -row.priority - (1e-9 if row.critical else 0))
    return (2, 0.0)
