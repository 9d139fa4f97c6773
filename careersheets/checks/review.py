"""What a check looks at: the tables, the cycle in hand, and which rows still count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..analysis.change import last_evaluated
from ..analysis.evaluations import cycle_order, evaluated_people
from ..analysis.expectations import competency_scales, expected_ratings
from ..tables.settings import WorkbookSettings
from ..tables.tables import Tables
from ..vocabulary.evaluation import Evaluations, Scores
from ..vocabulary.framework import Competencies, Expectations, Levels, RatingScales
from ..vocabulary.people import People
from ..vocabulary.sheet import SheetModel

# The sheets whose rows decide a person's numbers; elsewhere the same mistake spoils no number.
IN_NUMBERS: frozenset[type[SheetModel]] = frozenset(
    {People, Evaluations, Scores, Levels, Competencies, Expectations, RatingScales}
)


@dataclass(frozen=True, slots=True)
class Review:
    """One check of one workbook.

    Attributes:
        tables: the workbook.
        settings: its settings.
        cycle: the cycle in hand, "" if there is none.
        today: the day of the check.
        people: everyone evaluated in `cycle` and still here, as analysis sees them; indexed by employee id.
        last_cycles: the cycle of each person's last evaluation before `cycle`, by employee id.
        scales: one row per competency, with the scale it is rated on.
        expected: one row per level and competency that it asks for.
        asking: by competency id, the levels that ask for it.
        rated_on: by scale, the levels that ask for a competency rated on it.
    """

    tables: Tables
    settings: WorkbookSettings
    cycle: str
    today: date
    people: pd.DataFrame
    last_cycles: pd.Series
    scales: pd.DataFrame
    expected: pd.DataFrame
    asking: Mapping[str, tuple[str, ...]]
    rated_on: Mapping[str, tuple[str, ...]]

    def in_cycle(self, model: type[SheetModel]) -> pd.DataFrame:
        """The rows of `model`'s sheet that belong to the cycle in hand."""
        frame = self.tables.frame(model)
        return frame[frame["cycle"].eq(self.cycle)]

    def of_people(self, model: type[SheetModel]) -> pd.DataFrame:
        """The rows of `model`'s sheet that belong to the cycle in hand and to somebody who has not left."""
        rows = self.in_cycle(model)
        return rows[rows["employee_id"].isin(self.people.index)]


def review_of(tables: Tables, settings: WorkbookSettings, cycle: str, today: date) -> Review:
    """What the checks of `cycle` need, gathered once."""
    order = cycle_order(tables)
    earlier = order[: order.index(cycle)] if cycle in order else []
    asking = _levels_by(tables.frame(Expectations), "competency_id")
    scales = competency_scales(tables)
    on_scale = tables.frame(Expectations)[["level_code", "competency_id"]].merge(
        scales[["competency_id", "scale"]], on="competency_id"
    )
    return Review(
        tables=tables,
        settings=settings,
        cycle=cycle,
        today=today,
        people=evaluated_people(tables, cycle),
        last_cycles=last_evaluated(tables, earlier),
        scales=scales,
        expected=expected_ratings(tables),
        asking=asking,
        rated_on=_levels_by(on_scale, "scale"),
    )


def still_counts(review: Review, rows: pd.DataFrame) -> pd.Series:
    """Which of `rows` today's documents are computed from.

    Rows of the cycle in hand and of each person's last evaluation before it count: changes, bands and closed gaps
    are computed from both. Older cycles do not. Rows without a cycle always count.
    """
    if not {"cycle", "employee_id"}.issubset(rows.columns):
        return pd.Series(True, index=rows.index)
    last = rows["employee_id"].map(review.last_cycles.to_dict())
    return rows["cycle"].isna() | rows["cycle"].eq(review.cycle) | rows["cycle"].eq(last)


def with_levels(review: Review, model: type[SheetModel], rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` of a framework sheet with `levels`: the levels whose expectations they decide; others as they are."""
    levels: list[tuple[str, ...]]
    if model in {Levels, Expectations}:
        levels = [(code,) if isinstance(code, str) else () for code in rows["level_code"]]
    elif model is Competencies:
        levels = [review.asking.get(code, ()) for code in rows["competency_id"]]
    elif model is RatingScales:
        levels = [review.rated_on.get(name, ()) for name in rows["scale"]]
    else:
        return rows
    return rows.assign(levels=pd.Series(levels, index=rows.index, dtype=object))


def _levels_by(asked: pd.DataFrame, key: str) -> dict[str, tuple[str, ...]]:
    pairs = asked[[key, "level_code"]].dropna().drop_duplicates()
    return {str(name): tuple(codes) for name, codes in pairs.groupby(key)["level_code"]}
