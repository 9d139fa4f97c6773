"""What changes from a level to each of its next levels: ratings, behaviours, skills and scope apart (source: F6)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..tables.tables import Tables
from ..vocabulary.framework import Levels
from .expectations import competency_scales, expected_ratings

_SAID = ["required", "behaviours", "skills", "scope", "critical", "optional"]

_COLUMNS = [
    *(
        "level_code",
        "next_level",
        "competency_id",
        "competency",
        "category",
        "required",
        "next_required",
        "change",
    ),
    *("rise", "critical", "optional", "new_behaviours", "kept_behaviours", "new_skills", "kept_skills"),
    *("scope", "next_scope"),
]

NEW = "New"
HIGHER = "Higher"
LOWER = "Lower"
SAME = "Same rating"
NO_LONGER = "No longer asked"


def level_steps(tables: Tables) -> pd.DataFrame:
    """One row per level and next level that both exist, in the order of the sheet Levels.

    Returns:
        `level_code`, `next_level`, `title`, `next_title`, `family`, `next_family`, `track`, `next_track`, `scope`,
        `next_scope`; texts that are missing are "".
    """
    columns = ["level_code", "title", "family", "track", "scope"]
    levels = tables.frame(Levels).dropna(subset="level_code").drop_duplicates("level_code")
    steps = levels[[*columns, "next_levels"]].explode("next_levels").dropna(subset="next_levels")
    steps = steps.rename(columns={"next_levels": "next_level"}).astype({"next_level": "str"})
    there = levels[columns].rename(columns={name: f"next_{name}" for name in columns})
    there = there.rename(columns={"next_level_code": "next_level"})
    steps = steps.merge(there, on="next_level").fillna("")
    order = {code: place for place, code in enumerate(levels["level_code"])}
    return steps.sort_values("level_code", key=lambda codes: codes.map(order), kind="stable").reset_index(
        drop=True
    )


def next_level_changes(tables: Tables, level: str = "", next_level: str = "") -> pd.DataFrame:
    """One row per level, next level and competency that either of them asks for.

    Args:
        tables: the workbook.
        level: this level only, if given.
        next_level: together with `level`, what changes to this level, whether or not it is among its next levels.

    Returns:
        `level_code`, `next_level`, `competency_id`, `competency`, `category`, `required`, `next_required` (points, NaN
        where not asked), `change` (New, Higher, Lower, Same rating or No longer asked), `rise` (points, NaN where one
        of them is missing), `critical`, `optional` (bools, at the next level), `new_behaviours`, `new_skills` (tuples:
        what is said there and not here), `kept_behaviours`, `kept_skills`, `scope`, `next_scope` ("" if missing).
        What both ask for in the same words is left in, so that the reader sees that it stays.
    """
    steps = level_steps(tables)[["level_code", "next_level"]]
    if level and next_level:
        steps = pd.DataFrame({"level_code": [level], "next_level": [next_level]})
    elif level:
        steps = steps[steps["level_code"].eq(level)]
    asked = expected_ratings(tables)
    both = _side_by_side(steps, asked)
    both = both.merge(
        competency_scales(tables)[["competency_id", "competency", "category"]], on="competency_id", how="left"
    )
    both = both.assign(
        rise=both["next_required"] - both["required"],
        change=_change(both),
        critical=both["next_critical"].eq(True),
        optional=both["next_optional"].eq(True),
        scope=both["scope"].fillna(""),
        next_scope=both["next_scope"].fillna(""),
        **_words(both, "behaviours"),
        **_words(both, "skills"),
    )
    return both[_COLUMNS]


def _side_by_side(steps: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """The expectations of both levels in one row; those of the next level first, then those only the level has."""
    here = asked[["level_code", "competency_id", *_SAID]]
    there = here.rename(columns={"level_code": "next_level"} | {name: f"next_{name}" for name in _SAID})
    above = steps.merge(there, on="next_level").merge(here, on=["level_code", "competency_id"], how="left")
    gone = steps.merge(here, on="level_code").merge(there, on=["next_level", "competency_id"], how="left")
    gone = gone[gone["next_required"].isna()]
    both = pd.concat([above, gone.reindex(columns=above.columns)]) if len(gone) else above
    order = {
        step: place for place, step in enumerate(zip(steps["level_code"], steps["next_level"], strict=True))
    }
    place = [order[step] for step in zip(both["level_code"], both["next_level"], strict=True)]
    return (
        both.assign(place=place)
        .sort_values("place", kind="stable")
        .drop(columns="place")
        .reset_index(drop=True)
    )


def _change(both: pd.DataFrame) -> pd.Series:
    now, then = both["required"], both["next_required"]
    conditions = [then.isna(), now.isna(), then.gt(now), then.lt(now)]
    return pd.Series(
        np.select(conditions, [NO_LONGER, NEW, HIGHER, LOWER], SAME), index=both.index, dtype="str"
    )


def _words(both: pd.DataFrame, column: str) -> dict[str, Any]:
    """`new_<column>`: said at the next level and not at this one; `kept_<column>`: said at both."""
    pairs = list(zip(both[column].map(_said), both[f"next_{column}"].map(_said), strict=True))
    return {
        f"new_{column}": [tuple(text for text in then if text not in now) for now, then in pairs],
        f"kept_{column}": [tuple(text for text in then if text in now) for now, then in pairs],
    }


def _said(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
