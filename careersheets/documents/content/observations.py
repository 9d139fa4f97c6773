"""What was seen of a person: situation, behaviour, impact; and whether it is enough for a conversation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ...vocabulary.evaluation import Observations
from .conversations import known_day
from .cycle import CycleFacts
from .wording import counted, day, text

_SHOWN = 3
_YEAR = timedelta(days=366)


def observations(facts: CycleFacts, employee_id: str, *, with_observer: bool) -> dict[str, Any]:
    """The latest observations of the past year, and what is missing of those wanted.

    Args:
        facts: the cycle's facts.
        employee_id: of whom.
        with_observer: whether to say who saw it, which is for managers and HR.

    Returns:
        `rows` (`date`, `competency`, `situation`, `behaviour`, `impact`, `observer`), three at most, the latest first;
        `missing`: a number for each one missing of the setting "Observations wanted"; `note`: that in a sentence;
        `further`: how many more there are, in a sentence.

    Source: REQUIREMENTS C1, E7.
    """
    wanted = int(facts.results.settings.observations_wanted)
    seen = sorted(
        _of_the_year(facts, employee_id), key=lambda row: known_day(row.date) or date.min, reverse=True
    )
    shown = max(_SHOWN, wanted)
    return {
        "rows": [_row(facts, row, with_observer) for row in seen[:shown]],
        "missing": list(range(len(seen) + 1, wanted + 1)),
        "note": _note(len(seen), wanted),
        "further": f"{counted(len(seen) - shown, 'older one is', 'older ones are')} on the sheet Observations."
        if len(seen) > shown
        else "",
    }


def _of_the_year(facts: CycleFacts, employee_id: str) -> list[Any]:
    """Those of the past year and those without a date; what has neither behaviour nor situation says nothing."""
    oldest = facts.results.today - _YEAR
    return [
        row
        for row in facts.rows_about(Observations, employee_id)
        if (text(row.behaviour) or text(row.situation)) and (known_day(row.date) or oldest) >= oldest
    ]


def _row(facts: CycleFacts, row: Any, with_observer: bool) -> dict[str, str]:
    return {
        "date": day(row.date, facts.results.settings.language),
        "competency": facts.competency_name(row.competency_id),
        "situation": text(row.situation),
        "behaviour": text(row.behaviour),
        "impact": text(row.impact),
        "observer": facts.person_name(row.observer) if with_observer else "",
    }


def _note(seen: int, wanted: int) -> str:
    if seen >= wanted:
        return ""
    have = counted(seen, "observation is", "observations are")
    return f"{have[0].upper()}{have[1:]} noted in the past year; {wanted} are wanted. Add what you saw, with the day."
