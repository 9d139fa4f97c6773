"""Do the evaluation cycles follow one another, and is one of them in hand?"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.choices import CYCLE_STATUS
from ..vocabulary.evaluation import Evaluations
from ..vocabulary.settings import Cycles
from .placing import report_rows
from .review import Review

REVERSED = Rule(
    "CS321",
    Severity.ERROR,
    'the cycle "{cycle}" ends on {end}, before it starts on {start}.',
    "Correct one of the two dates.",
    "Cycles are put in order by their dates; what was last time would be looked for in the wrong cycle.",
)
UNDATED = Rule(
    "CS322",
    Severity.WARNING,
    'the cycle "{cycle}" has no start or no end.',
    "Enter both dates.",
    "Without them it is not known which cycle came before, nor whether evidence belongs to the period.",
)
OVERLAPPING = Rule(
    "CS323",
    Severity.WARNING,
    'the cycle "{cycle}" starts on {start}, before "{before}" ends on {end_before}.',
    "Let each cycle start on the day after the one before it ends.",
    "Evidence of the days that belong to both would be counted twice.",
)
SEVERAL_OPEN = Rule(
    "CS324",
    Severity.WARNING,
    '{count} cycles are open; "{cycle}" is taken as the one in hand.',
    "Close the others, or enter the current cycle on the sheet Settings.",
    "Documents are made for one cycle, and it may not be the one you mean.",
)
NONE_OPEN = Rule(
    "CS325",
    Severity.NOTE,
    'no cycle is open; "{cycle}" is taken as the one in hand.',
    "Set the status of the cycle in hand to Open, or leave it while there is none.",
    "Between two cycles this is as it should be; during one, reminders would be missing.",
)
DUE_TOO_EARLY = Rule(
    "CS326",
    Severity.NOTE,
    'scores for "{cycle}" are due on {scores_due}, before the period ends on {end}.',
    "Correct one of the two dates if this is not meant.",
    "What happens in the last days of the period could not be rated.",
)
NOBODY_EVALUATED = Rule(
    "CS327",
    Severity.NOTE,
    'nobody has an evaluation in the cycle "{cycle}" yet.',
    "Add a row for each person on the sheet Evaluations.",
    "Without evaluations there is nothing to report.",
)


def check_cycles(review: Review) -> Iterator[Finding]:
    """Dates of all cycles, and the one in hand."""
    table = review.tables[Cycles]
    cycles = table.frame.dropna(subset="cycle").drop_duplicates("cycle")
    turned = cycles["end"].lt(cycles["start"])
    yield from report_rows(REVERSED, table, "end", cycles[turned])
    undated = cycles[cycles[["start", "end"]].isna().any(axis=1)]
    yield from report_rows(UNDATED, table, "start", undated)
    early = cycles[cycles["scores_due"].lt(cycles["end"])]
    yield from report_rows(DUE_TOO_EARLY, table, "scores_due", early)
    yield from _check_overlaps(table, cycles[~turned])
    yield from _check_open(review, table, cycles)


def _check_overlaps(table: Table, cycles: pd.DataFrame) -> Iterator[Finding]:
    """Cycles that start before an earlier one has ended; the end date belongs to a cycle."""
    in_order = cycles.dropna(subset=["start", "end"]).sort_values(["start", "cycle"])
    latest_end = in_order["end"].cummax()
    is_latest = in_order["end"].eq(latest_end)
    in_order = in_order.assign(
        end_before=latest_end.shift(), before=in_order["cycle"].where(is_latest).ffill().shift()
    )
    overlapping = in_order[in_order["start"].le(in_order["end_before"])]
    yield from report_rows(OVERLAPPING, table, "start", overlapping)


def _check_open(review: Review, table: Table, cycles: pd.DataFrame) -> Iterator[Finding]:
    in_hand = cycles[cycles["cycle"].eq(review.cycle)]
    count = int(cycles["status"].eq("Open").sum())
    if count > 1 and review.settings.current_cycle != review.cycle:
        yield from report_rows(SEVERAL_OPEN, table, "status", in_hand, count=count)
    if count == 0 and cycles["status"].dropna().isin(CYCLE_STATUS).all():
        yield from report_rows(NONE_OPEN, table, "status", in_hand)
    if review.in_cycle(Evaluations).empty:
        yield from report_rows(NOBODY_EVALUATED, table, "cycle", in_hand)
