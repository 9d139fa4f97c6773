"""What a case is, and changes that several of them make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.checks.company import CYCLE, Change, add, edit


@dataclass(frozen=True)
class Case:
    """Changes to the company's workbook that make `code` appear.

    `found` is everything that the checks then say; `quiet` are changes that come near without breaking the rule.
    """

    code: str
    fires: Sequence[Change]
    found: Sequence[tuple[str, str]]
    quiet: Sequence[Change]


def score(who: str, what: str, cycle: str = CYCLE, **cells: Any) -> Change:
    """One more row on Scores, with evidence."""
    row = {"cycle": cycle, "employee_id": who, "competency_id": what, "evidence": "Led the handover in May."}
    return add("Scores", **(row | cells))


def half_points() -> list[Change]:
    """The scale "Default" goes in half points."""
    return [edit("RatingScales", number, step=0.5) for number in range(5)]
