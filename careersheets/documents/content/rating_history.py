"""How the ratings that counted developed over the cycles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...analysis.evaluations import cycle_order
from ...vocabulary.evaluation import Evaluations
from .cycle import CycleFacts
from .gap_table import CRITICAL, name_of
from .wording import DASH, day, points, text

_CYCLES = 5


def rating_history(facts: CycleFacts, employee_id: str, rows: Sequence[Any]) -> dict[str, Any]:
    """The ratings of the competencies of `rows` in the last cycles in which the person was rated, the earliest first.

    Returns:
        `cycles`: each with `cycle` and `level` (the title in that cycle); `span` ("2025-H2 → 2026-H1 → 2026-H2");
        `rows`: `competency`, `mark`, `required`, `steps` ("2 → 2.5 → 3"), `evidence` and its `date`.
    """
    asked = [row.competency_id for row in rows]
    rated = [cycle for cycle in _until_now(facts) if _any_rated(facts, employee_id, asked, cycle)][-_CYCLES:]
    levels = {text(row.cycle): row.level_code for row in facts.rows_about(Evaluations, employee_id)}
    return {
        "cycles": [{"cycle": cycle, "level": facts.level_title(levels.get(cycle))} for cycle in rated],
        "span": " → ".join(rated),
        "rows": [
            {
                "competency": name_of(row),
                "mark": CRITICAL if row.critical else "",
                "required": points(row.required),
                "steps": " → ".join(points(facts.ratings_of(cycle).get((employee_id, row.competency_id))) for cycle in rated)
                or DASH,
                "evidence": text(row.evidence),
                "date": day(row.evidence_date, facts.results.settings.language),
            }
            for row in rows
        ],
    }  # fmt: skip


def _until_now(facts: CycleFacts) -> list[str]:
    order = cycle_order(facts.results.tables)
    cycle = facts.results.cycle
    return order[: order.index(cycle) + 1] if cycle in order else [cycle]


def _any_rated(facts: CycleFacts, employee_id: str, asked: Sequence[str], cycle: str) -> bool:
    return any((employee_id, code) in facts.ratings_of(cycle) for code in asked)
