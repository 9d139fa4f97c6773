"""What must hold for any ratings whatever."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careersheets.analysis.gaps import compute_gaps
from careersheets.analysis.readiness import compute_readiness, readiness_bands
from careersheets.tables.settings import WorkbookSettings

pytestmark = pytest.mark.requirement("G1", "G2")

LOW, HIGH = 1.0, 5.0
RATING = st.one_of(st.none(), st.integers(2, 10).map(lambda halves: halves / 2))


@st.composite
def person(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The expectations of one level and one person's ratings."""
    count = draw(st.integers(1, 8))
    codes = [f"C{place}" for place in range(count)]
    expectations = pd.DataFrame(
        {
            "level_code": "L",
            "competency_id": codes,
            "required": draw(
                st.lists(st.integers(2, 10).map(lambda h: h / 2), min_size=count, max_size=count)
            ),
            "weight": draw(st.lists(st.integers(1, 50).map(float), min_size=count, max_size=count)),
            "critical": draw(st.lists(st.booleans(), min_size=count, max_size=count)),
            "optional": draw(st.lists(st.booleans(), min_size=count, max_size=count)),
            "low": LOW,
            "high": HIGH,
            "step": 0.5,
        }
    )
    ratings = pd.DataFrame(
        {
            "employee_id": "P",
            "competency_id": codes,
            "current": pd.Series(draw(st.lists(RATING, min_size=count, max_size=count)), dtype=float),
            "not_applicable": False,
        }
    )
    return expectations, ratings


def gaps_of(expectations: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    return compute_gaps(pd.DataFrame({"employee_id": ["P"], "target_level": ["L"]}), expectations, ratings)


def readiness_of(gaps: pd.DataFrame) -> pd.Series:
    return compute_readiness(gaps).iloc[0]


@given(person(), st.integers(0, 7))
def test_raising_a_rating_never_widens_a_gap_and_never_lowers_readiness(
    of: tuple[pd.DataFrame, pd.DataFrame], place: int
) -> None:
    expectations, ratings = of
    place %= len(ratings)
    before = gaps_of(expectations, ratings)
    raised = ratings.copy()
    raised.loc[place, "current"] = min(HIGH, raised.loc[place, "current"] + 0.5)
    after = gaps_of(expectations, raised)
    assert (after["gap"].fillna(0) <= before["gap"].fillna(0)).all()
    assert not readiness_of(after)["attainment"] < readiness_of(before)["attainment"] - 1e-12


@given(person(), st.integers(0, 7))
def test_an_unassessed_competency_changes_no_other_gap(
    of: tuple[pd.DataFrame, pd.DataFrame], place: int
) -> None:
    expectations, ratings = of
    place %= len(ratings)
    before = gaps_of(expectations, ratings)["gap"]
    after = gaps_of(expectations, ratings.drop(index=place))["gap"]
    pd.testing.assert_series_equal(before.drop(index=place), after.drop(index=place))
    assert pd.isna(after[place])


@given(person())
def test_shares_are_between_none_and_all_and_attainment_is_never_below_the_share_met(
    of: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    figures = readiness_of(gaps_of(*of))
    for name in ("attainment", "share_met", "coverage"):
        assert pd.isna(figures[name]) or -1e-12 <= figures[name] <= 1 + 1e-12
    assert not figures["attainment"] < figures["share_met"] - 1e-12


@given(person())
def test_nobody_with_a_critical_gap_is_ready(of: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    readiness = compute_readiness(gaps_of(*of))
    band = readiness_bands(readiness, WorkbookSettings())
    if readiness["critical_unmet"].iloc[0] or readiness["critical_unknown"].iloc[0]:
        assert band.iloc[0] != "Ready"
