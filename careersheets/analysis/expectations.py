"""What each level asks for, with the scale each competency is rated on."""

from __future__ import annotations

import pandas as pd

from ..tables.tables import Tables
from ..vocabulary.framework import Competencies, Expectations, RatingScales

_ASKED = [
    "level_code",
    "competency_id",
    "required",
    "weight",
    "critical",
    "optional",
    "behaviours",
    "skills",
    "scope",
]


def expected_ratings(tables: Tables) -> pd.DataFrame:
    """One row per level and competency that the level asks for.

    Returns:
        `level_code`, `competency_id`, `required` (points), `weight` (per cent), `critical`, `optional` (bools),
        `behaviours`, `skills` (tuples), `scope`, `competency`, `category`, `scale`, `low`, `high` (the scale's ends),
        `step`. Rows without a required rating are left out: blank means not asked at this level (source: F3).
    """
    asked = tables.frame(Expectations)[_ASKED]
    asked = asked[asked[["level_code", "competency_id", "required"]].notna().all(axis=1)]
    asked = asked.drop_duplicates(["level_code", "competency_id"])
    asked = asked.assign(
        weight=_weights(asked),
        critical=asked["critical"].fillna(False).astype(bool),
        optional=asked["optional"].fillna(False).astype(bool),
    )
    return asked.merge(competency_scales(tables), on="competency_id", how="left")


def competency_scales(tables: Tables) -> pd.DataFrame:
    """One row per competency: `competency_id`, `competency`, `category`, `scale`, `low`, `high`, `step`."""
    competencies = tables.frame(Competencies)[["competency_id", "competency", "category", "scale"]]
    competencies = competencies.dropna(subset="competency_id").drop_duplicates("competency_id")
    return competencies.merge(scale_ends(tables), on="scale", how="left")


def scale_ends(tables: Tables) -> pd.DataFrame:
    """One row per rating scale: `scale`, `low`, `high` (its ends, in points), `step` (1 where none is given)."""
    points = tables.frame(RatingScales).dropna(subset=["scale", "value"])
    ends = points.groupby("scale", as_index=False).agg(
        low=("value", "min"), high=("value", "max"), step=("step", "min")
    )
    return ends.assign(step=ends["step"].fillna(1.0))


def _weights(asked: pd.DataFrame) -> pd.Series:
    """Weights as given; where a level gives none at all, all its competencies weigh the same (source: F5).

    A level that gives some and not others keeps its blanks: no number is made up for it.
    """
    by_level = asked.groupby("level_code")
    none_given = by_level["weight"].transform("count").eq(0)
    return asked["weight"].mask(none_given, 100 / by_level["required"].transform("size"))
