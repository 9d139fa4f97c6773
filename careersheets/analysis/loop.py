"""The loop from framework to re-score: where it is broken for each person (source: REQUIREMENTS G11)."""

from __future__ import annotations

import pandas as pd

from ..vocabulary.conversations import Conversations
from ..vocabulary.framework import Competencies
from ..vocabulary.plans import ActionItems
from ..vocabulary.settings import Cycles
from .results import Results

LINKS = ("Framework", "Evaluation", "Gap", "Action", "Re-score")
_PAIR = ["employee_id", "competency_id"]


def first_broken_links(results: Results) -> pd.Series:
    """The first broken link of everyone evaluated in the cycle, such as `Gap: none is chosen yet`; "" if none is.

    Framework: the first target asks for something. Evaluation: enough is rated, and it is released. Gap: where one is
    open, a conversation of this cycle chose one. Action: one of the chosen gaps has an action with owner and day.
    Re-score: what was worked on since before this cycle is rated again in it.

    Returns:
        Index: employee id.
    """
    first = results.gaps[results.gaps["target_rank"].eq(1)]
    people = results.evaluated.index
    chosen = _chosen(results)
    reasons = [
        _without_expectations(people, first),
        _not_evaluated(results, people),
        _nothing_chosen(people, first, chosen),
        _no_action(results, people, chosen),
        _not_rated_again(results, people),
    ]
    links = pd.Series("", index=people, dtype="object")
    for link, reason in zip(reversed(LINKS), reversed(reasons), strict=True):
        links = links.mask(reason.ne(""), f"{link}: " + reason)
    return links.astype("str")


def _without_expectations(people: pd.Index, first: pd.DataFrame) -> pd.Series:
    lacking = ~people.isin(first["employee_id"])
    return _said(people, lacking, "no target level asks for anything")


def _not_evaluated(results: Results, people: pd.Index) -> pd.Series:
    readiness = results.readiness[results.readiness["target_rank"].eq(1)].set_index("employee_id")
    covered = readiness["coverage"].ge(results.settings.least_coverage).reindex(people, fill_value=False)
    reason = _said(people, results.evaluated["draft"].to_numpy(dtype=bool), "not released yet")
    return reason.mask(~covered, "too little is rated")


def _nothing_chosen(people: pd.Index, first: pd.DataFrame, chosen: pd.DataFrame) -> pd.Series:
    is_open = people.isin(first.loc[first["gap"].gt(0), "employee_id"])
    return _said(people, is_open & ~people.isin(chosen["employee_id"]), "none is chosen yet")


def _no_action(results: Results, people: pd.Index, chosen: pd.DataFrame) -> pd.Series:
    actions = _kept_actions(results).dropna(subset=["owner", "due"])
    has_one = chosen.merge(actions[_PAIR].drop_duplicates(), on=_PAIR)["employee_id"]
    open_still = chosen[~chosen["employee_id"].isin(has_one)].drop_duplicates("employee_id")
    return _about_competencies(results, people, open_still, "none for {}")


def _not_rated_again(results: Results, people: pd.Index) -> pd.Series:
    cycles = results.tables.frame(Cycles).drop_duplicates("cycle").set_index("cycle")["start"]
    start = cycles.get(results.cycle, pd.NaT)
    actions = _kept_actions(results)
    before = actions[actions["start"].lt(start)] if not pd.isna(start) else actions.iloc[:0]
    asked = results.gaps.loc[~results.gaps["not_applicable"], [*_PAIR, "current"]]
    unrated = asked[asked["current"].isna()].drop_duplicates(_PAIR)
    worked_on = before.merge(unrated, on=_PAIR).drop_duplicates("employee_id")
    return _about_competencies(results, people, worked_on, "{} was worked on and is not rated again")


def _chosen(results: Results) -> pd.DataFrame:
    """What either side chose in a conversation of this cycle: employee id and competency id, most important first."""
    talks = results.tables.frame(Conversations)
    talks = talks[talks["cycle"].eq(results.cycle)].dropna(subset="employee_id")
    sides = [
        talks[["employee_id", f"{side}_priorities"]].set_axis(_PAIR, axis=1).explode("competency_id")
        for side in ("employee", "manager")
    ]
    chosen = pd.concat(sides).dropna().drop_duplicates()
    return (
        chosen.astype("str") if len(chosen) else pd.DataFrame({key: pd.Series(dtype="str") for key in _PAIR})
    )


def _kept_actions(results: Results) -> pd.DataFrame:
    actions = results.tables.frame(ActionItems).dropna(subset=_PAIR)
    return actions[actions["status"].ne("Dropped")]


def _about_competencies(results: Results, people: pd.Index, rows: pd.DataFrame, words: str) -> pd.Series:
    """`words` with the title of the competency for each person of `rows`."""
    known = results.tables.frame(Competencies).drop_duplicates("competency_id").set_index("competency_id")
    titles = rows["competency_id"].map(known["competency"].to_dict()).fillna(rows["competency_id"])
    said = pd.Series([words.format(title) for title in titles], index=rows["employee_id"], dtype="object")
    return said.reindex(people, fill_value="")


def _said(people: pd.Index, where: object, words: str) -> pd.Series:
    return pd.Series("", index=people, dtype="object").mask(pd.Series(where, index=people), words)
