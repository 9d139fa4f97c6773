"""The demo's evaluations and scores: ratings that grow from cycle to cycle."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .people import DemoPerson, Ladder

if TYPE_CHECKING:
    from .company import DemoCycle

# Where the evaluations of the open cycle stand, in turn.
_OPEN = ("Released", "Released", "Approved", "Released", "Submitted", "Released", "Released", "Draft")
_RESPONSES = ("Agree", "Agree", "Already known", None, "Agree", "Dispute")


def evaluation_rows(
    crew: Sequence[DemoPerson], periods: Sequence[DemoCycle], today: date
) -> list[dict[str, Any]]:
    """The sheet Evaluations: closed cycles released, the open one on its way."""
    return [
        _evaluation(place, person, cycle, periods[cycle], today, crew[0].id, crew[1].id)
        for cycle in range(len(periods))
        for place, person in enumerate(crew)
    ]


def score_rows(
    chance: random.Random,
    words: Mapping[str, Any],
    ladder: Ladder,
    crew: Sequence[DemoPerson],
    periods: Sequence[DemoCycle],
) -> list[dict[str, Any]]:
    """The sheet Scores: what the person's level and the first next level ask for."""
    rows: list[dict[str, Any]] = []
    for person in crew:
        luck = {code: chance.choice((-0.5, 0.0, 0.0, 0.4)) for code in ladder.ends}
        for cycle, period in enumerate(periods):
            level = person.levels[cycle]
            since_begin = cycle - len(periods) + 1
            for code in _asked(ladder, level, person):
                rows.append(
                    _score(
                        chance, words, ladder, person, level, code, luck[code] + 0.45 * since_begin, period
                    )
                )
    return rows


def _asked(ladder: Ladder, level: str, person: DemoPerson) -> list[str]:
    levels = (level, *(person.targets or ladder.after[level]))
    return list(dict.fromkeys(code for each in levels for code in ladder.asked[each]))


def _evaluation(
    place: int, person: DemoPerson, cycle: int, period: DemoCycle, today: date, head: str, second: str
) -> dict[str, Any]:
    status = "Released" if period.status == "Closed" else _OPEN[place % len(_OPEN)]
    submitted = min(period.end - timedelta(days=30), today - timedelta(days=20))
    reached = ("Draft", "Submitted", "Approved", "Released").index(status)
    return {
        "cycle": period.name,
        "employee_id": person.id,
        "level_code": person.levels[cycle],
        "manager": person.manager or second,
        "targets": person.targets if person.levels[cycle] == person.levels[-1] else (person.levels[-1],),
        "status": status,
        "self_submitted": submitted - timedelta(days=7) if reached else None,
        "submitted": submitted if reached >= 1 else None,
        "approver": (second if person.manager == head else head)
        if reached >= 2 and place > 1
        else _other(place, reached),
        "approved": submitted + timedelta(days=5) if reached >= 2 else None,
        "released": submitted + timedelta(days=9) if reached >= 3 else None,
    }


def _other(place: int, reached: int) -> str | None:
    """An approver for the two at the top, who are nobody's and each other's."""
    return ("L1003", "L1004")[place % 2] if reached >= 2 else None


def _score(
    chance: random.Random,
    words: Mapping[str, Any],
    ladder: Ladder,
    person: DemoPerson,
    level: str,
    code: str,
    shift: float,
    period: DemoCycle,
) -> dict[str, Any]:
    low, high, step = ladder.ends[code]
    wanted = ladder.asked[level].get(code)
    base = (
        wanted
        if wanted is not None
        else min(ladder.asked[nxt].get(code, high) for nxt in ladder.after[level]) - 1
    )
    manager = _on_scale(base + person.talent + shift + chance.choice((-0.4, 0.0, 0.3)), low, high, step)
    own = _on_scale(manager + chance.choice((-1, 0, 0, 0, 0, 1)) * step, low, high, step)
    agreed = manager if chance.random() < 0.5 else None
    seen = period.start + timedelta(days=chance.randrange(20, 140))
    row: dict[str, Any] = {
        "cycle": period.name,
        "employee_id": person.id,
        "competency_id": code,
        "self_rating": own,
        "manager_rating": manager,
        "agreed_rating": agreed,
    }
    if chance.random() < 0.015:
        return row | {
            "manager_rating": "N/A",
            "agreed_rating": None,
            "na_reason": "No occasion in this half-year.",
        }
    if chance.random() < 0.55 or manager in (low, high):
        side = "above" if manager >= base else "below"
        row |= {"evidence": chance.choice(words["evidence"][code][side]), "evidence_date": seen}
    if period.status == "Closed" and chance.random() < 0.4:
        row |= _response(chance)
    return row


def _response(chance: random.Random) -> dict[str, Any]:
    response = chance.choice(_RESPONSES)
    if response != "Dispute":
        return {"response": response}
    return {
        "response": response,
        "response_comment": "I see the second half of the year differently.",
        "resolution": "Talked through with both; the rating stays, the evidence was added.",
        "resolved_by": "L1002",
    }


def _on_scale(points: float, low: float, high: float, step: float) -> float:
    return min(high, max(low, round(points / step) * step))


def every_person(crew: Sequence[DemoPerson], each: int) -> Iterator[tuple[int, DemoPerson]]:
    """Every `each`-th person with the place."""
    return ((place, person) for place, person in enumerate(crew) if place % each == 0)
