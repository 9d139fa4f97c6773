"""Is everybody rated on what their level asks, and on nothing else?

Source: REQUIREMENTS E4.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..vocabulary.evaluation import Evaluations, Scores
from ..vocabulary.framework import Competencies, Levels
from .placing import listed, report_rows
from .review import Review

NO_MANAGER_RATING = Rule(
    "CS201",
    Severity.WARNING,
    "the manager's rating is missing, though the evaluation is {status}.",
    "Enter a rating, or N/A with a reason.",
    "The competency counts as not assessed, so less is known about the person than it seems.",
)
COMPETENCIES_MISSING = Rule(
    "CS202",
    Severity.WARNING,
    'the evaluation is {status}, but the sheet Scores has no row for {missing}, which level "{level_code}" asks for.',
    "Add a row for each, with a rating or N/A.",
    "What is not rated lowers coverage; below the least coverage, readiness is not stated.",
)
NOT_ASKED = Rule(
    "CS213",
    Severity.WARNING,
    'neither the person\'s level nor a next level or target asks for "{competency_id}".',
    "Check the competency ID; delete the row if it is not meant.",
    "The rating is used nowhere in the person's documents.",
)
NO_EVALUATION = Rule(
    "CS214",
    Severity.WARNING,
    "this person has scores but no row on the sheet Evaluations for {cycle}.",
    "Add the row, with level, manager and targets.",
    "The level of today is used, so the numbers change when the person is promoted.",
)
NO_SCORES = Rule(
    "CS215",
    Severity.NOTE,
    "this person has no scores in {cycle} yet.",
    "Add them on the sheet Scores, or delete this row if the person does not take part.",
    "Nothing can be said about this person in this cycle.",
)

_HANDED_IN = ("Submitted", "Approved", "Released")


def check_completeness(review: Review) -> Iterator[Finding]:
    """Scores and evaluations of the cycle in hand, and the expectations of each person's levels."""
    scores = review.of_people(Scores).dropna(subset="competency_id")
    evaluations = review.of_people(Evaluations).drop_duplicates("employee_id")
    yield from _check_handed_in(review, scores, evaluations)
    yield from _check_asked(review, scores)

    table = review.tables[Scores]
    without = scores[~scores["employee_id"].isin(evaluations["employee_id"])].drop_duplicates("employee_id")
    yield from report_rows(NO_EVALUATION, table, "employee_id", without)
    unscored = evaluations[~evaluations["employee_id"].isin(scores["employee_id"])]
    unscored = unscored[~unscored["status"].isin(_HANDED_IN)]
    yield from report_rows(NO_SCORES, review.tables[Evaluations], "employee_id", unscored)


def _check_handed_in(review: Review, scores: pd.DataFrame, evaluations: pd.DataFrame) -> Iterator[Finding]:
    """Evaluations that were handed in with ratings or whole competencies missing."""
    handed_in = evaluations[evaluations["status"].isin(_HANDED_IN)]
    status = handed_in.set_index("employee_id")["status"].to_dict()
    rows = scores.assign(status=scores["employee_id"].map(status))
    unrated = rows[["manager_rating", "agreed_rating"]].isna().all(axis=1)
    unrated &= ~(rows["manager_rating_na"] | rows["agreed_rating_na"])
    table = review.tables[Scores]
    if "manager_rating" in table.letters:
        blank = rows[unrated & rows["status"].notna()]
        yield from report_rows(NO_MANAGER_RATING, table, "manager_rating", blank)
    yield from report_rows(
        COMPETENCIES_MISSING,
        review.tables[Evaluations],
        "status",
        _with_missing(review, scores, handed_in),
    )


def _with_missing(review: Review, scores: pd.DataFrame, handed_in: pd.DataFrame) -> pd.DataFrame:
    """Those of `handed_in` who lack competencies of their level, with `missing` (listed)."""
    asked = review.expected
    asked = asked.loc[~asked["optional"], ["level_code", "competency_id"]]
    people = handed_in[["employee_id", "status"]].reset_index(names="row")
    people = people.assign(
        level_code=people["employee_id"].map(review.people["level_code"].to_dict()).astype("str")
    )
    wanted = people.merge(asked, on="level_code")
    scored = pd.MultiIndex.from_frame(scores[["employee_id", "competency_id"]])
    wanted["absent"] = ~pd.MultiIndex.from_frame(wanted[["employee_id", "competency_id"]]).isin(scored)
    return (
        wanted[wanted["absent"]]
        .groupby("row")
        .agg(
            employee_id=("employee_id", "first"),
            status=("status", "first"),
            level_code=("level_code", "first"),
            missing=("competency_id", lambda names: listed(list(names))),
        )
    )


def _check_asked(review: Review, scores: pd.DataFrame) -> Iterator[Finding]:
    """Scores on competencies that no level of interest to the person asks for."""
    levels = review.tables.frame(Levels).dropna(subset="level_code").drop_duplicates("level_code")
    following = dict(zip(levels["level_code"], levels["next_levels"], strict=True))
    people = review.people.dropna(subset="level_code")
    # People share their levels with many others, so what is asked is looked up once for each set of levels.
    of_interest = {
        who: frozenset((level, *targets, *following.get(level, ())))
        for who, level, targets in zip(people.index, people["level_code"], people["targets"], strict=True)
    }
    asked = review.expected.groupby("level_code")["competency_id"].agg(set).to_dict()
    number_of = {group: number for number, group in enumerate(dict.fromkeys(of_interest.values()))}
    pairs = [
        (number, competency)
        for group, number in number_of.items()
        for competency in sorted(set().union(*(asked.get(level, set()) for level in group)))
    ]
    rows = scores[scores["employee_id"].isin(list(of_interest))]
    groups = rows["employee_id"].map({who: number_of[group] for who, group in of_interest.items()})
    known = rows["competency_id"].isin(review.tables.frame(Competencies)["competency_id"])
    used = pd.MultiIndex.from_arrays([groups, rows["competency_id"]]).isin(pairs) if pairs else False
    yield from report_rows(NOT_ASKED, review.tables[Scores], "competency_id", rows[known & ~used])
