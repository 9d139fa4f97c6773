"""How long somebody has been at the level of the evaluation."""

from __future__ import annotations

from datetime import date

from ...analysis.progress import whole_months
from .conversations import known_day
from .cycle import CycleFacts
from .wording import counted, day, text

_MONTHS = 12


def time_in_level(facts: CycleFacts, employee_id: str) -> dict[str, str]:
    """Since when (`since`) and for how long (`length`, "2 years, 3 months") up to today; both "" where not known.

    Not known either where the evaluation is about an earlier level than the one on the sheet People.
    """
    person = facts.people.get(employee_id)
    since = known_day(person.level_since) if person is not None else None
    same = person is not None and text(person.level_code) == text(facts.evaluated[employee_id].level_code)
    if since is None or not same or since > facts.results.today:
        return {"since": "", "length": ""}
    return {
        "since": day(since, facts.results.settings.language),
        "length": length_of_time(since, facts.results.today),
    }


def length_of_time(begin: date, end: date) -> str:
    """Whole years and months from `begin` to `end`."""
    years, months = divmod(whole_months(begin, end), _MONTHS)
    if not years and not months:
        return "less than a month"
    told = [counted(years, "year", "years")] if years else []
    return ", ".join([*told, *([counted(months, "month", "months")] if months else [])])
