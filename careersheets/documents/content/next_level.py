"""What is different at the target level from the level the person has; only differences."""

from __future__ import annotations

from typing import Any

from ...analysis.next_level import NO_LONGER, next_level_changes
from .cycle import CycleFacts
from .wording import DASH, points, text


def level_changes(facts: CycleFacts, own: Any, target: str, told: frozenset[str]) -> dict[str, Any]:
    """What the target asks for that the own level does not: scope, ratings, behaviours and skills apart.

    Nothing where `own` and `target` are the same level, or the own level is not known. Competencies in `told` are only
    named, as the document lists their behaviours elsewhere.
    """
    if own == target or own not in facts.levels:
        return {"any": False, "scope": None, "rows": [], "told": [], "no_longer": []}
    steps = steps_between(facts, own, target)
    differing = [row for row in map(_row, steps) if row is not None]
    no_longer = [text(step.competency) or step.competency_id for step in steps if step.change == NO_LONGER]
    scope = _scope(facts, own, target)
    return {
        "any": bool(differing or no_longer or scope),
        "scope": scope,
        "rows": [row for row in differing if row["id"] not in told],
        "told": [f"{row['competency']} {row['rating']}".strip() for row in differing if row["id"] in told],
        "no_longer": no_longer,
    }


def steps_between(facts: CycleFacts, own: str, target: str) -> list[Any]:
    """The rows of analysis for these two levels; worked out once, however many people stand between them."""
    if (own, target) not in facts.steps:
        changes = next_level_changes(facts.results.tables, own, target)
        facts.steps[own, target] = list(changes.itertuples(index=False))
    return facts.steps[own, target]


def _scope(facts: CycleFacts, own: str, target: str) -> dict[str, str] | None:
    before, after = (text(facts.levels[code].scope) for code in (own, target))
    return {"before": before, "after": after} if after and before != after else None


def _row(step: Any) -> dict[str, Any] | None:
    """One competency's differences; None where there is none, or the target does not ask for it."""
    before, after = points(step.required), points(step.next_required)
    scope = step.next_scope if step.next_scope != step.scope else ""
    added = [*step.new_behaviours, *step.new_skills, *([scope] if scope else [])]
    if step.change == NO_LONGER or (before == after and not added):
        return None
    return {
        "id": step.competency_id,
        "competency": text(step.competency) or step.competency_id,
        "rating": _change(before, after),
        "is_new": before == DASH,
        "behaviours": list(step.new_behaviours),
        "skills": list(step.new_skills),
        "scope": scope,
    }


def _change(before: str, after: str) -> str:
    """`2 → 3`, `3` where the own level does not ask for it, "" where both ask for the same."""
    if before == DASH:
        return after
    return "" if before == after else f"{before} → {after}"
