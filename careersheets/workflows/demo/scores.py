"""The demo's evaluations and scores."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .people import HEADS, DemoPerson, Ladder
from .ratings import Rating, ratings, talents

if TYPE_CHECKING:
    from .company import DemoCycle

# Where the evaluations of the open cycle stand, in turn.
_OPEN = ("Released", "Released", "Approved", "Released", "Submitted", "Released", "Released", "Draft")
_REACHED = ("Draft", "Submitted", "Approved", "Released")
_RESPONSES = ("Agree", "Agree", "Already known", None, "Agree", "Dispute")


def evaluation_rows(
    crew: Sequence[DemoPerson], periods: Sequence[DemoCycle], today: date
) -> list[dict[str, Any]]:
    """The sheet Evaluations: closed cycles released, the open one on its way."""
    return [
        _evaluation(place, person, cycle, period, crew, today)
        for cycle, period in enumerate(periods)
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
    for place, person in enumerate(crew):
        talent = talents(chance, ladder)
        # So that nobody reads the same sentence twice before the list is through.
        told = dict.fromkeys(ladder.ends, place)
        for cycle, period in enumerate(periods):
            for rating in ratings(chance, ladder, person, cycle, talent):
                row = _score(chance, words, person, rating, period, told)
                rows.append(_unfinished(place, rating, row) if status_of(place, period) == "Draft" else row)
    return rows


def status_of(place: int, period: DemoCycle) -> str:
    """Where the evaluation of the person at `place` stands."""
    return "Released" if period.status == "Closed" else _OPEN[place % len(_OPEN)]


def _evaluation(
    place: int,
    person: DemoPerson,
    cycle: int,
    period: DemoCycle,
    crew: Sequence[DemoPerson],
    today: date,
) -> dict[str, Any]:
    status = status_of(place, period)
    reached = _REACHED.index(status)
    handed_in = min(period.end - timedelta(days=30), today - timedelta(days=20))
    rater, approver = _rater_and_approver(place, person, crew)
    return {
        "cycle": period.name,
        "employee_id": person.id,
        "level_code": person.levels[cycle],
        "manager": rater,
        "targets": person.targets if person.levels[cycle] == person.levels[-1] else (person.levels[-1],),
        "status": status,
        "self_submitted": handed_in - timedelta(days=7),
        "submitted": handed_in if reached >= 1 else None,
        "approver": approver if reached >= 2 else None,
        "approved": handed_in + timedelta(days=5) if reached >= 2 else None,
        "released": handed_in + timedelta(days=9) if reached >= 3 else None,
    }


def _rater_and_approver(place: int, person: DemoPerson, crew: Sequence[DemoPerson]) -> tuple[str, str]:
    """The manager rates and a head approves; the two heads rate each other."""
    heads = [head.id for head in crew[:HEADS]]
    if place < HEADS:
        return heads[1 - place], crew[HEADS].id
    return person.manager, heads[1] if person.manager == heads[0] else heads[0]


def _score(
    chance: random.Random,
    words: Mapping[str, Any],
    person: DemoPerson,
    rating: Rating,
    period: DemoCycle,
    told: dict[str, int],
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "cycle": period.name,
        "employee_id": person.id,
        "competency_id": rating.competency,
        "self_rating": rating.own,
        "manager_rating": rating.manager,
        "agreed_rating": rating.manager if chance.random() < 0.5 else None,
    }
    if chance.random() < 0.02:
        reason = chance.choice(words["na_reasons"])
        return row | {"manager_rating": "N/A", "agreed_rating": None, "na_reason": reason}
    if chance.random() < 0.55 or rating.end:
        seen = words["evidence"][rating.competency]["above" if rating.above else "below"]
        row["evidence"] = seen[told[rating.competency] % len(seen)]
        row["evidence_date"] = period.start + timedelta(days=chance.randrange(20, 140))
        told[rating.competency] += 1
    if period.status == "Closed" and chance.random() < 0.4:
        row |= _response(chance, words, person)
    return row


def _unfinished(place: int, rating: Rating, row: dict[str, Any]) -> dict[str, Any]:
    """A manager's draft: about half of the competencies are rated so far."""
    if (place + len(rating.competency) + ord(rating.competency[-1])) % 2:
        return row
    said = {
        name: None for name in row if name not in ("cycle", "employee_id", "competency_id", "self_rating")
    }
    return row | said


def _response(chance: random.Random, words: Mapping[str, Any], person: DemoPerson) -> dict[str, Any]:
    response = chance.choice(_RESPONSES)
    if response != "Dispute":
        return {"response": response}
    return {"response": response, "resolved_by": person.manager or None, **chance.choice(words["dispute"])}
