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
from .framework_versions import with_framework_of
from .gaps import add_gaps_now, compute_gaps, current_ratings
from .readiness import PERSON_TARGET, compute_readiness, readiness_bands
from .results import Results


def compute_results(tables: Tables, settings: WorkbookSettings, today: date, cycle: str = "") -> Results:
    """Gaps, readiness and change of everyone evaluated in `cycle`; the cycle in hand where it is "".

    Each cycle is computed against the level, manager and targets frozen in its evaluations and the framework accepted
    for it (source: G1, F8); the tables of the results hold that framework.
    """
    cycle = cycle or current_cycle(tables, settings)
    tables = with_framework_of(tables, cycle)
    order = cycle_order(tables)
    earlier = order[: order.index(cycle)] if cycle in order else []
    expectations = expected_ratings(tables)
    people = evaluated_people(tables, cycle)
    before, ratings_before = _last_time(tables, expectations, people, earlier)
    gaps = _gaps_of(tables, expectations, people, cycle)
    gaps = add_changes(add_gaps_now(gaps, expectations), ratings_before)
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
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of each person's last evaluation before this cycle the gaps, and the ratings with the ends of the scale then.

    Both against the framework of that cycle, where one was kept for it.
    """
    last = last_evaluated(tables, earlier)
    last = last[last.index.isin(people.index)]
    gaps = [_gaps_of(tables, expectations, people.iloc[:0], "")]
    ratings = [_with_scale(current_ratings(tables, ""), expectations)]
    for name, members in last.groupby(last):
        cycle = str(name)
        there = with_framework_of(tables, cycle)
        asked = expectations if there is tables else expected_ratings(there)
        rated = current_ratings(tables, cycle)
        ratings.append(_with_scale(rated[rated["employee_id"].isin(members.index)], asked))
        then = evaluated_people(there, cycle)
        then = then[then.index.isin(members.index)]
        gaps.append(_gaps_of(there, asked, then, cycle))
    return pd.concat(gaps[1:] or gaps), pd.concat(ratings[1:] or ratings)


def _with_scale(ratings: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    scales = expectations[["competency_id", "low", "high"]].drop_duplicates("competency_id")
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
