"""Things to fix in the demo, so that the sheet To fix has something to show. Nearly everyone's documents are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..starters import Rows

# Fewer people than this have no slips: a tiny demo should just work.
FEWEST_PEOPLE = 20


def with_slips(rows: Rows, cycle: str) -> Rows:
    """`rows` with the slips HR knows: a rating of 6, an N/A without reason, a missing evidence, a doubled row."""
    if len(rows["People"]) < FEWEST_PEOPLE:
        return rows
    released = [
        row["employee_id"]
        for row in rows["Evaluations"]
        if row["cycle"] == cycle and row["status"] == "Released"
    ]
    scores = [row for row in rows["Scores"] if row["cycle"] == cycle and row["manager_rating"] != "N/A"]

    def score(person: int, fits: Callable[[dict[str, Any]], bool] = bool) -> dict[str, Any]:
        return next(
            row for row in scores if row["employee_id"] in released[person : person + 6] and fits(row)
        )

    score(4).update({"manager_rating": 6.0, "agreed_rating": None})
    score(7).update({"self_rating": "good"})
    score(10).update({"manager_rating": "N/A", "agreed_rating": None, "na_reason": None})
    score(12, _at_the_top).update({"evidence": None, "evidence_date": None})
    score(14, _middling).update({"self_rating": 5.0})
    rows["Scores"].append(dict(score(18)))
    rows["Observations"][3]["observer"] = "Bjorn from sales"
    rows["Action items"][2]["due"] = "end of term"
    waiting = next(row["employee_id"] for row in rows["Conversations"] if not row.get("held"))
    others = [row for row in rows["Observations"] if row["employee_id"] != waiting]
    noted = next(row for row in rows["Observations"] if row["employee_id"] == waiting)
    rows["Observations"] = [*others, noted]
    return rows


def _at_the_top(row: dict[str, Any]) -> bool:
    return bool(row["manager_rating"] == 5)


def _middling(row: dict[str, Any]) -> bool:
    return bool(row["manager_rating"] == 3)
