"""What became of each person since last time, and who is stuck: worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from careersheets.analysis.compute import compute_results
from careersheets.analysis.progress import compute_progress, whole_months
from careersheets.tables.settings import WorkbookSettings
from tests.support.tables import tables_from

pytestmark = pytest.mark.requirement("G6")

TODAY = date(2026, 11, 22)
CYCLES = ("2025-H2", "2026-H1", "2026-H2")
# Ratings of C and D in the three cycles; L2 asks for C 4 and D 3.
RATINGS = {
    "moves": ([2, 3, 4], [2, 2, 3]),
    "stuck": ([3, 3, 3], [2, 2, 2]),
    "rises": ([1, 2, 3], [3, 3, 3]),
    "ready": ([4, 4, 5], [3, 3, 3]),
    "new": ([None, None, 2], [None, None, 1]),
    "second": ([None, 2, 2], [None, 1, 1]),
    "away": ([2, 2, None], [2, 2, None]),
    "reopened": ([4, 3, 3], [3, 3, 3]),
    "early": ([3, 4, 3], [2, 2, 2]),
}


def progress(settings: WorkbookSettings | None = None, cycle: str = "2026-H2", **more: Any) -> pd.DataFrame:
    rows: dict[str, list[dict[str, Any]]] = {
        "People": [{"employee_id": key, "name": key.title(), "level_code": "L1"} for key in RATINGS],
        "Levels": [{"level_code": "L1", "rank": 1, "next_levels": "L2"}, {"level_code": "L2", "rank": 2}],
        "Competencies": [{"competency_id": what, "competency": what, "scale": "Default"} for what in "CD"],
        "RatingScales": [{"scale": "Default", "value": value, "step": 1} for value in range(1, 6)],
        "Expectations": [
            {"level_code": "L2", "competency_id": "C", "required": 4},
            {"level_code": "L2", "competency_id": "D", "required": 3},
        ],
        "Cycles": [
            {"cycle": "2025-H2", "start": date(2025, 7, 1), "end": date(2025, 12, 31), "status": "Closed"},
            {"cycle": "2026-H1", "start": date(2026, 1, 1), "end": date(2026, 6, 30), "status": "Closed"},
            {"cycle": "2026-H2", "start": date(2026, 7, 1), "end": date(2026, 12, 31), "status": "Open"},
        ],
        "Evaluations": [{"cycle": "2026-H2", "employee_id": key, "status": "Released"} for key in RATINGS],
        "Scores": [
            {"cycle": cycle, "employee_id": key, "competency_id": what, "manager_rating": rating}
            for key, both in RATINGS.items()
            for what, ratings in zip("CD", both, strict=True)
            for cycle, rating in zip(CYCLES, ratings, strict=True)
            if rating is not None
        ],
    }
    tables = tables_from(**(rows | more))
    return compute_progress(compute_results(tables, settings or WorkbookSettings(), TODAY, cycle))


def action(who: str, due: date | None, status: str | None = "Open", **more: Any) -> dict[str, Any]:
    return {"employee_id": who, "action": "x", "due": due, "status": status, **more}


def test_stuck_is_who_closed_nothing_in_two_cycles_while_a_gap_was_open() -> None:
    """`second` and `new` were not rated often enough to tell, `away` not in this cycle; `early` closed C in H1."""
    found = progress()
    assert list(found.index[found["stuck"]]) == ["stuck", "rises", "reopened"]
    assert found.loc["stuck", "reason"] == "no gap closed in 2026-H1 and 2026-H2"
    assert found.loc["moves", "reason"] == ""


def test_who_was_promoted_meanwhile_is_not_stuck_for_the_gaps_of_the_new_level() -> None:
    levels = {"stuck": ("L0", "L0", "L1"), "rises": ("L1", None, "L1")}
    told = [
        {"cycle": cycle, "employee_id": key, "level_code": level, "status": "Released"}
        for key, by_cycle in levels.items()
        for cycle, level in zip(CYCLES, by_cycle, strict=True)
    ]
    told += [{"cycle": CYCLES[-1], "employee_id": "reopened", "status": "Released"}]
    found = progress(Evaluations=told)
    assert list(found.index[found["stuck"]]) == ["rises", "reopened"]


def test_long_in_level_is_stuck_by_the_setting_to_the_month() -> None:
    since = {"moves": date(2023, 11, 22), "ready": date(2023, 11, 23), "stuck": date(2020, 1, 1)}
    people = [
        {"employee_id": key, "name": key, "level_code": "L1", "level_since": since.get(key)}
        for key in RATINGS
    ]
    found = progress(People=people)
    assert list(found.loc[["moves", "ready", "stuck"], "months_in_level"]) == [36, 35, 82]
    assert found.loc["moves", "reason"] == "36 months at this level"
    assert found.loc["ready", "reason"] == ""
    assert found.loc["stuck", "reason"] == "82 months at this level; no gap closed in 2026-H1 and 2026-H2"
    longer = progress(WorkbookSettings(stuck_after_months=37), People=people)
    assert longer.loc["moves", "reason"] == ""


def test_time_in_level_is_not_known_before_it_begins_or_at_another_level() -> None:
    people = [
        {"employee_id": "moves", "name": "A", "level_code": "L2", "level_since": date(2020, 1, 1)},
        {"employee_id": "ready", "name": "B", "level_code": "L1", "level_since": date(2027, 1, 1)},
    ]
    evaluations = [
        {"cycle": "2026-H2", "employee_id": key, "level_code": "L1", "status": "Released"}
        for key in ("moves", "ready")
    ]
    assert progress(People=people, Evaluations=evaluations)["months_in_level"].isna().all()


def test_closed_gaps_and_change_are_those_since_the_last_evaluation() -> None:
    found = progress()
    assert found.loc["moves", "closed_gaps"] == 2
    assert found.loc["moves", "change"] == pytest.approx(1 - (2 / 3 + 1 / 2) / 2)
    assert found.loc["stuck", ["closed_gaps", "change"]].tolist() == [0, 0]
    assert found.loc["new", ["closed_gaps", "change"]].isna().all()


def test_follow_through_counts_what_fell_due_since_the_last_evaluation() -> None:
    """The last evaluation of `moves` ended on 30 June; `new` had none, so all that was due counts."""
    found = progress(
        ActionItems=[
            action("moves", date(2026, 6, 30)),
            action("moves", date(2026, 7, 1), "Done", done_on=date(2026, 7, 1)),
            action("moves", date(2026, 9, 1), "Open", done_on=date(2026, 9, 9)),
            action("moves", date(2026, 11, 21), None),
            action("moves", TODAY, "In progress"),
            action("moves", date(2026, 11, 23)),
            action("moves", date(2026, 9, 1), "Dropped"),
            action("moves", None),
            action("new", date(2024, 1, 1), "Open"),
        ]
    )
    counts = found[["due", "done", "overdue"]]
    assert counts.loc["moves"].tolist() == [4, 2, 1]
    assert counts.loc["new"].tolist() == [1, 0, 1]
    assert counts.loc["ready"].tolist() == [0, 0, 0]


def test_nobody_rated_and_nobody_evaluated_are_no_crash() -> None:
    assert not progress(Scores=[])["stuck"].any()
    assert progress(Evaluations=[], Scores=[]).empty


def test_whole_months_are_counted_to_the_day() -> None:
    assert whole_months(date(2024, 2, 29), date(2025, 2, 28)) == 11
    assert whole_months(date(2024, 2, 29), date(2025, 3, 1)) == 12
    assert whole_months(date(2026, 1, 1), date(2025, 1, 1)) == 0
