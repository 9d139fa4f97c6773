"""Can what each level asks for be measured and weighed?

Source: REQUIREMENTS F5.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.framework import Competencies, Expectations
from .placing import report_rows
from .rating_points import is_off_scale, is_off_step, with_scales
from .review import Review, with_levels

OFF_SCALE = Rule(
    "CS303",
    Severity.ERROR,
    'required rating {required} is outside the scale "{scale}" ({low} to {high}).',
    "Enter {low} to {high}, or leave it empty if the level does not ask for it.",
    "Nobody can reach a rating that the scale does not have, so every gap towards it is wrong.",
)
OFF_STEP = Rule(
    "CS304",
    Severity.WARNING,
    'required rating {required} is between two points of the scale "{scale}", which goes in steps of {step}.',
    "Enter a point of the scale.",
    "Nobody can be given exactly this rating.",
)
WEIGHTS_OFF = Rule(
    "CS305",
    Severity.WARNING,
    'the weights of level "{level_code}" add up to {total}, not to 100.',
    "Change them so that those of the competencies that count add up to 100; optional ones may be 0.",
    "Weights are read as per cent; another sum makes each weigh something else than what is written.",
)
WEIGHTS_MISSING = Rule(
    "CS306",
    Severity.ERROR,
    'level "{level_code}" has weights, but not for all its competencies: {blank} of {asked} are blank.',
    "Give each a weight, or leave all empty if they weigh the same.",
    "A blank weight is not zero: without a number, attainment cannot be computed.",
)
NEVER_USED = Rule(
    "CS309",
    Severity.NOTE,
    'no level asks for the competency "{competency_id}".',
    "Add it on the sheet Expectations, or delete it here.",
    "A competency that nobody is measured on takes room in lists and drop-downs.",
)
NO_SCALE = Rule(
    "CS310",
    Severity.ERROR,
    'the competency "{competency_id}" has no rating scale.',
    "Enter one of the sheet Rating scales.",
    "Without the ends of the scale, a rating says nothing about how far somebody has come.",
)
CRITICAL_UNASKED = Rule(
    "CS315",
    Severity.WARNING,
    '"{competency_id}" is critical at level "{level_code}", but no rating is required.',
    "Enter the required rating, or take the mark away.",
    "What is not asked for cannot hold anybody back, so the mark has no effect.",
)
CRITICAL_BUT_OPTIONAL = Rule(
    "CS316",
    Severity.WARNING,
    '"{competency_id}" is both critical and optional at level "{level_code}".',
    "Decide for one of the two.",
    "What is optional is left out of readiness, so the critical mark has no effect.",
)

# Weights are typed by hand, often as thirds; a hundredth is no mistake.
TOLERANCE = 0.01


def check_expectations(review: Review) -> Iterator[Finding]:
    """Required ratings off their scale, weights that do not add up, and marks without effect."""
    table = review.tables[Expectations]
    rows = with_levels(review, Expectations, table.frame.dropna(subset=["level_code", "competency_id"]))
    rows = with_scales(rows, review.scales)
    off = is_off_scale(rows["required"], rows)
    yield from report_rows(OFF_SCALE, table, "required", rows[off])
    yield from report_rows(OFF_STEP, table, "required", rows[~off & is_off_step(rows["required"], rows)])
    critical = rows["critical"].fillna(False).astype(bool)
    optional = rows["optional"].fillna(False).astype(bool)
    asked = rows["required"].notna()
    yield from report_rows(CRITICAL_UNASKED, table, "critical", rows[critical & ~asked])
    yield from report_rows(CRITICAL_BUT_OPTIONAL, table, "critical", rows[critical & optional & asked])
    yield from _check_weights(table, rows, asked & ~optional)


def check_competencies(review: Review) -> Iterator[Finding]:
    """Competencies that cannot be rated, or that nobody is rated on."""
    table = review.tables[Competencies]
    rows = with_levels(review, Competencies, table.frame.dropna(subset="competency_id"))
    used = rows["competency_id"].isin(review.asking)
    yield from report_rows(NEVER_USED, table, "competency_id", rows[~used])
    yield from report_rows(NO_SCALE, table, "scale", rows[used & rows["scale"].isna()])


def _check_weights(table: Table, rows: pd.DataFrame, counts: pd.Series) -> Iterator[Finding]:
    """Levels with a weight for some of what counts but not all, or whose weights do not add up to 100."""
    counted = rows[counts]
    by_level = counted.groupby("level_code")["weight"]
    counted = counted.assign(
        given=by_level.transform("count"),
        asked=by_level.transform("size"),
        total=by_level.transform("sum").round(2),
        of_all=counted["level_code"].map(rows.groupby("level_code")["weight"].sum()),
    )
    counted = counted.assign(blank=counted["asked"] - counted["given"])
    some_blank = counted["given"].gt(0) & counted["blank"].gt(0)
    blanks = counted[some_blank & counted["weight"].isna()]
    yield from report_rows(WEIGHTS_MISSING, table, "weight", blanks.drop_duplicates("level_code"))
    # Optional expectations may carry weight of their own, beside the 100 or within it.
    adds_up = _is_hundred(counted["total"]) | _is_hundred(counted["of_all"])
    off = counted[counted["given"].gt(0) & ~some_blank & ~adds_up]
    yield from report_rows(WEIGHTS_OFF, table, "weight", off.drop_duplicates("level_code"))


def _is_hundred(totals: pd.Series) -> pd.Series:
    return totals.sub(100).abs().le(TOLERANCE + 1e-9)
