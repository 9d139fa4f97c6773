"""Is every rating on its scale, explained, and worth something?

Source: REQUIREMENTS E4. Ratings off their scale are errors wherever today's documents are computed from them: in the cycle in hand and in each
person's last evaluation before it. In older cycles they are warnings. Everything else is about the cycle in hand only.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.evaluation import PeerInput, Scores
from ..vocabulary.sheet import SheetModel
from .placing import report_rows
from .rating_points import is_off_scale, is_off_step, with_scales
from .review import Review, still_counts

OFF_SCALE = Rule(
    "CS203",
    Severity.ERROR,
    'rating {rating} is outside the scale "{scale}" ({low} to {high}).',
    "Enter {low} to {high}, or leave it empty if not assessed.",
    "A rating that the scale does not have makes the gap and the attainment wrong.",
)
OFF_SCALE_EARLIER = Rule(
    "CS204",
    Severity.WARNING,
    'rating {rating} of an earlier cycle is outside the scale "{scale}" ({low} to {high}).',
    "Enter {low} to {high}, or leave it as it is if another scale was used then.",
    "Nothing of today is computed from it, but progress over the years shows it.",
)
OFF_STEP = Rule(
    "CS205",
    Severity.WARNING,
    'rating {rating} is between two points of the scale "{scale}", which goes in steps of {step}.',
    "Enter a point of the scale.",
    "Ratings between the points cannot be explained by what the points mean.",
)
NA_WITHOUT_REASON = Rule(
    "CS206",
    Severity.WARNING,
    "the rating is N/A, without a reason.",
    "Say why it could not be assessed, or enter a rating.",
    "N/A takes the competency out of the person's readiness; the person should learn why.",
)
SELF_AND_MANAGER_APART = Rule(
    "CS210",
    Severity.NOTE,
    "self {self_rating} and manager {manager_rating} are {difference} apart.",
    "Talk about it before the ratings are agreed; both may know something the other does not.",
    "A large difference is the best start of a conversation, and a bad surprise in a document.",
)
ALL_THE_SAME = Rule(
    "CS212",
    Severity.NOTE,
    "all {count} ratings of this person stand at the same point of their scales.",
    "Look again at what the person does best and least well.",
    "Ratings that are all alike show neither a strength nor a gap.",
)

RATINGS = ("self_rating", "manager_rating", "agreed_rating")
# Fewer ratings may be the same by chance.
_ENOUGH = 3


def check_scores(review: Review) -> Iterator[Finding]:
    """All ratings against their scales, and those of the cycle in hand one against the other."""
    for column in RATINGS:
        yield from _check_points(review, Scores, column)
    yield from _check_points(review, PeerInput, "rating")
    table, rows = review.tables[Scores], rated_in_cycle(review)
    unexplained = (rows["manager_rating_na"] | rows["agreed_rating_na"]) & rows["na_reason"].isna()
    yield from report_rows(NA_WITHOUT_REASON, table, "na_reason", rows[unexplained])
    yield from _check_differences(review, table, rows)
    yield from _check_all_the_same(table, rows)


def rated_in_cycle(review: Review) -> pd.DataFrame:
    """The scores of the cycle in hand, of everybody who has not left.

    Returns:
        As on the sheet, with the scale's `scale`, `low`, `high`, `step`, and `rating`: the one that counts, agreed if
        present, else the manager's.
    """
    rows = review.of_people(Scores).dropna(subset="competency_id")
    rows = with_scales(rows, review.scales)
    agreed = rows["agreed_rating"].notna() | rows["agreed_rating_na"]
    return rows.assign(rating=rows["agreed_rating"].where(agreed, rows["manager_rating"]))


def _check_points(review: Review, model: type[SheetModel], column: str) -> Iterator[Finding]:
    """Ratings of one column that are off their scale, or in the cycle in hand off its step."""
    table = review.tables[model]
    rows = table.frame[table.frame[column].notna() & table.frame["competency_id"].notna()]
    rows = with_scales(rows, review.scales).rename(columns={column: "rating"})
    off = is_off_scale(rows["rating"], rows)
    off_scale = rows[off]
    counts = still_counts(review, off_scale)
    yield from report_rows(OFF_SCALE, table, column, off_scale[counts])
    yield from report_rows(OFF_SCALE_EARLIER, table, column, off_scale[~counts])
    off_step = ~off & rows["cycle"].eq(review.cycle) & is_off_step(rows["rating"], rows)
    yield from report_rows(OFF_STEP, table, column, rows[off_step])


def _check_differences(review: Review, table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    rows = rows.assign(difference=(rows["self_rating"] - rows["manager_rating"]).abs())
    off = is_off_scale(rows["self_rating"], rows) | is_off_scale(rows["manager_rating"], rows)
    apart = rows[~off & rows["difference"].ge(review.settings.self_manager_difference)]
    yield from report_rows(SELF_AND_MANAGER_APART, table, "manager_rating", apart)


def _check_all_the_same(table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    """People whose ratings, three at least, all stand equally high on their scales."""
    length = (rows["high"] - rows["low"]).replace(0, np.nan)
    rated = rows.assign(height=((rows["rating"] - rows["low"]) / length).round(6)).dropna(subset="height")
    by_person = rated.groupby("employee_id")["height"]
    rated = rated.assign(count=by_person.transform("size"), heights=by_person.transform("nunique"))
    same = rated[rated["count"].ge(_ENOUGH) & rated["heights"].eq(1)]
    yield from report_rows(ALL_THE_SAME, table, "manager_rating", same.drop_duplicates("employee_id"))
