"""Do the levels make ladders, and does each ask for something of its own?

Source: REQUIREMENTS F5. That a rating falls at a higher level is allowed and no finding (source: F3).
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.framework import Expectations, Levels
from .loops import find_loops, shown_loop
from .placing import report_rows
from .review import Review, with_levels

ASKS_NOTHING = Rule(
    "CS301",
    Severity.WARNING,
    'nothing is expected at level "{level_code}".',
    "Add its expectations on the sheet Expectations, with a required rating each.",
    "Whoever works towards this level gets an empty gap report.",
)
NO_DIFFERENCE = Rule(
    "CS302",
    Severity.WARNING,
    'level "{following}" asks for the same as "{level_code}": the same ratings and the same behaviours.',
    "Say on the sheet Expectations what is different at one of the two.",
    "A promotion that changes nothing cannot be explained or prepared for.",
)
LEADS_IN_A_LOOP = Rule(
    "CS307",
    Severity.WARNING,
    "the next levels lead in a loop: {loop}.",
    "Take out the step that leads back.",
    "A ladder has to end; in a loop everybody is always one step below the next level.",
)
LEADS_TO_ITSELF = Rule(
    "CS308",
    Severity.WARNING,
    'level "{level_code}" is its own next level.',
    "Take it out; a level without next levels is the top of its ladder.",
    "People at this level would be shown a move to where they are.",
)


def check_ladders(review: Review) -> Iterator[Finding]:
    """Levels that ask for nothing or for nothing new, and ladders that do not end."""
    table = review.tables[Levels]
    levels = table.frame.dropna(subset="level_code").drop_duplicates("level_code")
    levels = with_levels(review, Levels, levels)
    yield from _asking_nothing(review, table, levels)
    steps = levels.explode("next_levels").rename(columns={"next_levels": "following"})
    steps = steps[steps["following"].notna()]
    to_itself = steps["following"].eq(steps["level_code"])
    yield from report_rows(LEADS_TO_ITSELF, table, "next_levels", steps[to_itself])
    yield from _without_difference(review, table, steps[~to_itself])
    yield from _loops(table, levels)


def _asking_nothing(review: Review, table: Table, levels: pd.DataFrame) -> Iterator[Finding]:
    asked = review.tables.frame(Expectations).dropna(subset=["competency_id", "required"])
    nothing = levels[~levels["level_code"].isin(asked["level_code"])]
    yield from report_rows(ASKS_NOTHING, table, "level_code", nothing)


def _without_difference(review: Review, table: Table, steps: pd.DataFrame) -> Iterator[Finding]:
    """Steps to a level whose required ratings and behaviours are those of the level below."""
    asked = review.tables.frame(Expectations).dropna(subset=["level_code", "competency_id"])
    contents: dict[str, set[tuple[object, ...]]] = {}
    for level, *content in zip(
        asked["level_code"],
        asked["competency_id"],
        asked["required"].fillna(-1),
        asked["behaviours"],
        strict=True,
    ):
        contents.setdefault(level, set()).add(tuple(content))
    same = [
        level in contents and contents[level] == contents.get(following)
        for level, following in zip(steps["level_code"], steps["following"], strict=True)
    ]
    yield from report_rows(NO_DIFFERENCE, table, "next_levels", steps[same])


def _loops(table: Table, levels: pd.DataFrame) -> Iterator[Finding]:
    leads_to = dict(zip(levels["level_code"], levels["next_levels"], strict=True))
    by_code = levels.reset_index(names="row").set_index("level_code", drop=False)
    for loop in find_loops(dict(sorted(leads_to.items()))):
        start = by_code.loc[[loop[-1]]].set_index("row")
        yield from report_rows(LEADS_IN_A_LOOP, table, "next_levels", start, loop=shown_loop(loop))
