"""Are ratings supported by what was seen, and was it seen all through the period?

Source: REQUIREMENTS E4.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..analysis.gaps import current_ratings
from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.evaluation import Scores
from ..vocabulary.settings import Cycles
from .placing import report_rows
from .rating_points import is_an_end, is_off_scale
from .review import Review
from .scores import rated_in_cycle

UNSUPPORTED_END = Rule(
    "CS207",
    Severity.WARNING,
    'rating {rating} is an end of the scale "{scale}" and has no evidence.',
    "Add what was seen, when, and with what effect.",
    "The highest and the lowest rating are the ones people ask about.",
)
UNSUPPORTED_CHANGE = Rule(
    "CS208",
    Severity.WARNING,
    "the rating went from {previous} to {rating} since {last_cycle} and has no evidence.",
    "Add what was seen, when, and with what effect.",
    "A large change without an example looks like a change of mood, or of manager.",
)
EVIDENCE_OUTSIDE = Rule(
    "CS209",
    Severity.WARNING,
    "the evidence is dated {evidence_date}, outside the cycle ({start} to {end}).",
    "Correct the date, or add evidence from this period.",
    "What happened in another period is rated there.",
)
ONLY_RECENT_EVIDENCE = Rule(
    "CS211",
    Severity.WARNING,
    "all {count} dated pieces of evidence about this person are from the last quarter of the period ({from_day} on).",
    "Look for what was seen earlier, for example on the sheet Observations.",
    "What happened last is remembered best; the rating is meant for the whole period.",
)

# One dated piece says nothing about when somebody looked.
_ENOUGH = 2


def check_evidence(review: Review) -> Iterator[Finding]:
    """Ratings of the cycle in hand that call for evidence and have none, and evidence from the wrong time."""
    table, rows = review.tables[Scores], rated_in_cycle(review)
    if "evidence" in table.letters:
        bare = rows[rows["evidence"].isna() & ~is_off_scale(rows["rating"], rows)]
        at_an_end = is_an_end(bare["rating"], bare)
        yield from report_rows(UNSUPPORTED_END, table, "evidence", bare[at_an_end])
        yield from _check_changes(review, table, bare[~at_an_end])
    yield from _check_dates(review, table, rows)


def _check_changes(review: Review, table: Table, bare: pd.DataFrame) -> Iterator[Finding]:
    """Large changes since each person's last evaluation, among ratings that are not at an end anyway."""
    bare = bare.assign(last_cycle=bare["employee_id"].map(review.last_cycles.to_dict()))
    for cycle, rows in bare.dropna(subset="last_cycle").groupby("last_cycle"):
        before = current_ratings(review.tables, str(cycle))[["employee_id", "competency_id", "current"]]
        both = rows.reset_index(names="row").merge(before, on=["employee_id", "competency_id"])
        both = both.rename(columns={"current": "previous"}).set_index("row")
        # A rating that today's scale does not have was given on another one.
        comparable = ~is_off_scale(both["previous"], both)
        changed = (both["rating"] - both["previous"]).abs().ge(review.settings.evidence_change)
        yield from report_rows(UNSUPPORTED_CHANGE, table, "evidence", both[comparable & changed])


def _check_dates(review: Review, table: Table, rows: pd.DataFrame) -> Iterator[Finding]:
    """Evidence dates against the cycle's first and last day; both belong to it."""
    cycles = review.tables.frame(Cycles)
    period = cycles[cycles["cycle"].eq(review.cycle)].dropna(subset=["start", "end"])
    if period.empty:
        return
    start, end = period["start"].iloc[0], period["end"].iloc[0]
    day = rows["evidence_date"].dt.normalize()
    outside = day.lt(start) | day.gt(end)
    yield from report_rows(
        EVIDENCE_OUTSIDE, table, "evidence_date", rows[outside], start=_iso(start), end=_iso(end)
    )
    yield from _check_spread(table, rows[day.notna() & ~outside], end - (end - start) / 4)


def _check_spread(table: Table, dated: pd.DataFrame, last_quarter: pd.Timestamp) -> Iterator[Finding]:
    """People all of whose dated evidence is from the last quarter of the period."""
    from_day = last_quarter.ceil("D")
    by_person = dated.groupby("employee_id")["evidence_date"]
    dated = dated.assign(count=by_person.transform("size"), earliest=by_person.transform("min"))
    late = dated[dated["count"].ge(_ENOUGH) & dated["earliest"].ge(from_day)].drop_duplicates("employee_id")
    yield from report_rows(ONLY_RECENT_EVIDENCE, table, "evidence_date", late, from_day=_iso(from_day))


def _iso(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"
