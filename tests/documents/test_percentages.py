"""A printed percentage never contradicts the band beside it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careersheets.documents.content.wording import percent, percent_short_of, priority, threshold_percent

pytestmark = pytest.mark.requirement("G2", "G8")

BANDS = (0.95, 0.85)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.947, "94.7%"),
        (0.9496, "94.9%"),
        (0.95, "95%"),
        (0.95 - 1e-12, "95%"),
        (0.9449, "94%"),
        (0.849, "84.9%"),
        (0.833, "83%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (float("nan"), "–"),
    ],
)
def test_near_a_threshold_there_is_a_decimal(share: float, shown: str) -> None:
    assert percent_short_of(share, BANDS) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(1.25, "1.25"), (3.75, "3.75"), (0.125, "0.13"), (10.0, "10"), (float("nan"), "–")]
)
def test_a_priority_reads_as_on_the_sheet_gaps(value: float, shown: str) -> None:
    assert priority(value) == shown


@given(
    st.floats(0, 1),
    st.lists(st.floats(0.01, 1).map(lambda it: round(it, 4)), min_size=1, max_size=3),
    st.sampled_from((0, 1)),
)
@example(0.94999999, [0.95], 0)
def test_what_is_printed_is_below_a_threshold_that_was_not_reached(
    share: float, thresholds: list[float], digits: int
) -> None:
    printed = float(percent_short_of(share, thresholds, digits).rstrip("%"))
    for threshold in thresholds:
        if share < threshold - 1e-9:
            assert printed < threshold * 100
    if all(abs(share - threshold) > 0.006 for threshold in thresholds):
        assert percent_short_of(share, thresholds, digits) == percent(share, digits)


def test_a_threshold_is_printed_as_it_was_set() -> None:
    assert [threshold_percent(share) for share in (0.95, 0.925, 0.29, 1.0)] == ["95%", "92.5%", "29%", "100%"]
