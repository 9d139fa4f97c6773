"""What is different at the target level from the level the person has; only differences."""

from __future__ import annotations

from typing import Any

from .cycle import CycleFacts
from .wording import DASH, is_number, points, text


def level_changes(facts: CycleFacts, own: str, target: str, told: frozenset[str]) -> dict[str, Any]:
    """What the target asks for that the own level does not: scope, ratings, behaviours and skills apart.

    Nothing where `own` and `target` are the same level. Competencies in `told` are only named, as the document lists
    their behaviours elsewhere.
    """
    if own == target:
        return {"any": False, "scope": None, "rows": [], "told": []}
    here, there = facts.expectations.get(own, {}), facts.expectations.get(target, {})
    differing = {
        key: row
        for key, asked in there.items()
        if is_number(asked.required) and (row := _row(facts, here.get(key), asked)) is not None
    }
    scope = _scope(facts, own, target)
    return {
        "any": bool(differing or scope),
        "scope": scope,
        "rows": [row for key, row in differing.items() if key not in told],
        "told": [
            f"{row['competency']} {row['rating']}".strip() for key, row in differing.items() if key in told
        ],
    }


def _scope(facts: CycleFacts, own: str, target: str) -> dict[str, str] | None:
    before, after = (_level_scope(facts, code) for code in (own, target))
    return {"before": before, "after": after} if after and before != after else None


def _level_scope(facts: CycleFacts, code: str) -> str:
    level = facts.levels.get(code)
    return text(level.scope) if level is not None else ""


def _row(facts: CycleFacts, here: Any, there: Any) -> dict[str, Any] | None:
    """One competency's differences; None where there is none."""
    before = points(here.required) if here is not None else DASH
    after = points(there.required)
    behaviours = _added(here, there, "behaviours")
    skills = _added(here, there, "skills")
    scope = text(there.scope) if here is None or text(here.scope) != text(there.scope) else ""
    if before == after and not (behaviours or skills or scope):
        return None
    return {
        "competency": facts.competency_name(there.competency_id),
        "rating": _change(before, after),
        "is_new": before == DASH,
        "behaviours": behaviours,
        "skills": skills,
        "scope": scope,
    }


def _change(before: str, after: str) -> str:
    """`2 → 3`, `3` where the own level does not ask for it, "" where both ask for the same."""
    if before == DASH:
        return after
    return "" if before == after else f"{before} → {after}"


def _added(here: Any, there: Any, column: str) -> list[str]:
    known = getattr(here, column, ()) if here is not None else ()
    known = known if isinstance(known, tuple | list) else ()
    asked = getattr(there, column)
    return (
        [text(part) for part in asked if text(part) and part not in known]
        if isinstance(asked, tuple | list)
        else []
    )
