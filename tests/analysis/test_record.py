"""Ratings over the cycles, worked by hand on the tables of test_by_hand.py: E3 asks P1 for COM 3, DES 3, SEC 1."""

from __future__ import annotations

import pytest

from careersheets.analysis.record import progress_record
from tests.analysis.test_by_hand import results_of, workbook

pytestmark = pytest.mark.requirement("D6", "G6")


def record(person: str, cycle: str = "") -> list[tuple[object, ...]]:
    found = progress_record(results_of(workbook(), cycle))
    rows = found[found["employee_id"].eq(person)]
    return list(
        rows[["competency_id", "cycle", "current", "required", "closed"]].itertuples(index=False, name=None)
    )


def test_each_rating_that_counted_and_the_cycle_in_which_a_gap_closed() -> None:
    assert record("P1") == [
        ("COM", "H1", 2, 3, False),
        ("COM", "H2", 3, 3, True),
        ("DES", "H1", 1, 3, False),
        ("DES", "H2", 2, 3, False),
    ]


def test_what_is_above_already_closes_nothing_and_what_is_unrated_is_left_out() -> None:
    assert record("P4") == [
        ("COM", "H1", 4, 5, False),
        ("COM", "H2", 4, 5, False),
        ("DES", "H1", 3.5, 5, False),
        ("DES", "H2", 4, 5, False),
    ]


def test_a_first_evaluation_closes_nothing() -> None:
    assert [row[-1] for row in record("P2")] == [False] * len(record("P2"))


def test_later_cycles_are_not_looked_at() -> None:
    assert record("P1", "H1") == [("COM", "H1", 2, 3, False), ("DES", "H1", 1, 3, False)]


def test_nobody_rated_is_an_empty_record() -> None:
    assert progress_record(results_of(workbook(Scores=[]))).empty
