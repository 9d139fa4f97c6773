"""A person's own record of progress over the cycles: ratings by competency, and the gaps that closed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ...analysis.evaluations import cycle_order
from ...analysis.record import progress_record
from ...analysis.results import Results
from .cycle import CycleFacts
from .wording import counted, listed, points, signed, text

_SHOWN = 4
_last: list[tuple[Results, dict[str, dict[str, list[Any]]]]] = []


def told_record(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    """The record of one person.

    Returns:
        `cycles` in words, the last four; `rows` (`competency`, `ratings`: "2 → 2.5 → 3" in those cycles, `asked`,
        `change` over them, `closed`: the cycle in which the gap closed); `closed` in a sentence, and `any`.

    Source: REQUIREMENTS D6.
    """
    by_competency = _records(facts.results).get(employee_id, {})
    order = cycle_order(facts.results.tables)
    rated = {rating.cycle for ratings in by_competency.values() for rating in ratings}
    cycles = [cycle for cycle in order if cycle in rated][-_SHOWN:]
    rows = [_row(code, ratings, cycles) for code, ratings in by_competency.items()]
    closed = sum(row["closed"] != "" for row in rows)
    return {
        "any": bool(rows),
        "cycles": listed(cycles),
        "rows": rows,
        "closed": f"{counted(closed, 'gap', 'gaps').capitalize()} towards it closed on the way." if len(cycles) > 1 else "",
    }  # fmt: skip


def _records(results: Results) -> dict[str, dict[str, list[Any]]]:
    """The rows of analysis by person and competency; worked out once for all documents of a run."""
    if not _last or _last[0][0] is not results:
        found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for row in progress_record(results).itertuples(index=False):
            found[row.employee_id][row.competency_id].append(row)
        _last[:] = [(results, found)]
    return _last[0][1]


def _row(code: str, ratings: list[Any], cycles: list[str]) -> dict[str, str]:
    by_cycle = {rating.cycle: rating.current for rating in ratings}
    known = [by_cycle[cycle] for cycle in cycles if cycle in by_cycle]
    return {
        "competency": text(ratings[-1].competency) or code,
        "ratings": " → ".join(points(by_cycle.get(cycle)) for cycle in cycles),
        "asked": points(ratings[-1].required),
        "change": signed(known[-1] - known[0]) if len(known) > 1 else "",
        "closed": next((rating.cycle for rating in reversed(ratings) if rating.closed), ""),
    }
