"""Goals as parts of a form: those there are, filled in, and an empty one to add.

Source: REQUIREMENTS D4, D5.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from ...vocabulary.choices import GOAL_TYPE, HORIZON, PROGRESS_STATUS, PROPOSED_BY
from ...vocabulary.plans import Goals
from ..questions import Questions
from .conversations import known_day
from .cycle import CycleFacts
from .offered import Offered, chosen_from
from .wording import day, text

_REAL = (
    ("relevant", "Relevant", "Why does it matter to this person?"),
    ("experiment", "Experiment", "What will be tried first?"),
    ("aspiration", "Aspiration", "What does it lead towards?"),
    ("learning_outcome", "Learning outcome", "What will have been learnt?"),
)
_SMART = (("relevant", "Relevant", "Why does it matter?"),)
_TOLD = (
    ("organisation_goal", "Goal of the organisation", ""),
    ("business_contribution", "Business contribution", ""),
    ("measure", "Measure", ""),
)
_FOLLOWED = (
    ("progress", "Progress", ""),
    ("latest_evidence", "Latest evidence", ""),
)


def goals_in_order(facts: CycleFacts, employee_id: str) -> list[Any]:
    """The rows of the goals that were not dropped, open ones first, each by when it is due."""
    rows = [row for row in facts.rows_about(Goals, employee_id) if text(row.status) != "Dropped"]
    return sorted(rows, key=lambda row: (text(row.status) == "Done", known_day(row.due) or date.max))


def goal_fields(
    questions: Questions, facts: CycleFacts, number: int, row: Any | None, levels: Offered
) -> dict[str, Any]:
    """The fields of one goal, `goal_<number>_<column>`; an empty one is a development goal.

    Returns:
        `number`, `title`, `is_new`, `horizon_told`, the fields that stand alone by their column, and `form_parts`
        (`name`, `asks`, `answer`), those of REAL or SMART with what both kinds have.
    """
    kind = text(getattr(row, "type", "")) or GOAL_TYPE[0]
    tag = f"goal_{number}"
    if row is not None:
        questions.about_row(tag, text(row.goal_id), row)
    label = f"Goal {text(getattr(row, 'goal_id', '')) or number}"

    def value(column: str) -> Any:
        return getattr(row, column, None)

    parts = [*(_SMART if kind == "SMART" else _REAL), *_TOLD, *(_FOLLOWED if row is not None else ())]
    return {
        "number": str(number),
        "is_new": row is None,
        "kind": kind,
        "horizon_told": horizon_told(row, facts.results.settings.language),
        "goal": questions.lines(f"{tag}_goal", label, value("goal")),
        "type": questions.choice(f"{tag}_type", f"{label}: type", GOAL_TYPE, kind),
        "target_level": chosen_from(questions, f"{tag}_target_level", f"{label}: target level", levels, value("target_level")),
        "proposed_by": questions.choice(f"{tag}_proposed_by", f"{label}: proposed by", PROPOSED_BY, value("proposed_by")),
        "due": questions.date(f"{tag}_due", f"{label}: until", known_day(value("due"))),
        "horizon": questions.choice(f"{tag}_horizon", f"{label}: horizon", HORIZON, value("horizon")),
        "status": questions.choice(f"{tag}_status", f"{label}: status", PROGRESS_STATUS, value("status")),
        "form_parts": [
            {"name": name, "asks": "" if text(value(column)) else asks, "answer": questions.lines(f"{tag}_{column}", f"{label}: {name.lower()}", value(column))}
            for column, name, asks in parts
        ],
    }  # fmt: skip


def horizon_told(row: Any | None, language: str) -> str:
    """The horizon that follows from the days a goal was set and is due, in words; "" where one is missing.

    Short up to 6 months, Medium up to 12, Long from 18; between 12 and 18 months both Medium and Long fit.
    """
    begun, due = known_day(getattr(row, "set_on", None)), known_day(getattr(row, "due", None))
    if begun is None or due is None or due < begun:
        return ""
    within = [due <= (pd.Timestamp(begun) + pd.DateOffset(months=count)).date() for count in (6, 12)]
    is_long = due >= (pd.Timestamp(begun) + pd.DateOffset(months=18)).date()
    word = "short" if within[0] else "medium" if within[1] else "long" if is_long else "medium to long"
    return f"Set on {day(begun, language)}; by its dates the horizon is {word}."


def only_the_managers(rows: list[Any]) -> bool:
    """Whether every open goal was proposed by the manager (source: REQUIREMENTS D5)."""
    proposed = [text(row.proposed_by) for row in rows if text(row.status) != "Done"]
    return bool(proposed) and set(proposed) == {"Manager"}
