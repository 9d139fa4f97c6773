"""From tables to results: every number of one cycle."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ..tables.settings import WorkbookSettings
from ..tables.tables import Tables
from .change import (
    add_changes,
    closed_gaps,
    gap_bands,
    last_evaluated,
    priorities,
    ranked_competencies,
)
from .evaluations import current_cycle, cycle_order, evaluated_people, person_targets
from .expectations import expected_ratings
from .gaps import add_gaps_now, compute_gaps, current_ratings
from .readiness import PERSON_TARGET, compute_readiness, readiness_bands
from .results import Results


def compute_results(tables: Tables, settings: WorkbookSettings, today: date, cycle: str = "") -> Results:
    """Gaps, readiness and change of everyone evaluated in `cycle`; the cycle in hand where it is "".

    Past cycles are computed against the level, manager and targets frozen in their evaluations (source: G1).
    """
    cycle = cycle or current_cycle(tables, settings)
    order = cycle_order(tables)
    earlier = order[: order.index(cycle)] if cycle in order else []
    expectations = expected_ratings(tables)
    people = evaluated_people(tables, cycle)
    before, previous_cycles = _last_time(tables, expectations, people, earlier)
    gaps = _gaps_of(tables, expectations, people, cycle)
    gaps = add_changes(
        add_gaps_now(gaps, expectations), _ratings_before(tables, expectations, previous_cycles)
    )
    gaps = gaps.assign(band=gap_bands(gaps), priority=priorities(gaps, ranked_competencies(tables)))
    return Results(
        today=today,
        cycle=cycle,
        previous_cycle=earlier[-1] if earlier else "",
        settings=settings,
        tables=tables,
        evaluated=people,
        gaps=gaps.rename(columns={"scope": "expectation_scope"}),
        readiness=_readiness(gaps, before, settings),
    )


def _gaps_of(tables: Tables, expectations: pd.DataFrame, people: pd.DataFrame, cycle: str) -> pd.DataFrame:
    """The gaps of `people` in `cycle`, in the order of the sheet People, their targets and the expectations."""
    gaps = compute_gaps(person_targets(people), expectations, current_ratings(tables, cycle))
    return gaps.assign(cycle=cycle, not_applicable=gaps["not_applicable"].eq(True))


def _last_time(
    tables: Tables, expectations: pd.DataFrame, people: pd.DataFrame, earlier: list[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """The gaps of each person's last evaluation before this cycle, and the cycle it was in."""
    last = last_evaluated(tables, earlier)
    last = last[last.index.isin(people.index)]
    frames = []
    for cycle, members in last.groupby(last):
        then = evaluated_people(tables, str(cycle))
        frames.append(_gaps_of(tables, expectations, then[then.index.isin(members.index)], str(cycle)))
    return pd.concat(frames) if frames else _gaps_of(tables, expectations, people.iloc[:0], ""), last


def _ratings_before(tables: Tables, expectations: pd.DataFrame, last: pd.Series) -> pd.DataFrame:
    """Each person's ratings of their last evaluation, with the ends of the scale."""
    scales = expectations[["competency_id", "low", "high"]].drop_duplicates("competency_id")
    frames = []
    for cycle, members in last.groupby(last):
        ratings = current_ratings(tables, str(cycle))
        frames.append(ratings[ratings["employee_id"].isin(members.index)])
    ratings = pd.concat(frames) if frames else current_ratings(tables, "")
    return ratings.merge(scales, on="competency_id", how="left")


def _readiness(gaps: pd.DataFrame, before: pd.DataFrame, settings: WorkbookSettings) -> pd.DataFrame:
    figures = compute_readiness(gaps)
    last_time = compute_readiness(before)["attainment"].reindex(figures.index)
    figures = figures.assign(
        band=readiness_bands(figures, settings),
        previous_attainment=last_time,
        change=figures["attainment"] - last_time,
        closed_gaps=closed_gaps(gaps, before),
    )
    who = gaps.drop_duplicates(PERSON_TARGET).set_index(PERSON_TARGET)[["cycle", "name", "target_rank"]]
    return who.join(figures).reset_index()
