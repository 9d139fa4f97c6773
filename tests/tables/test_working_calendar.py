"""Days off, leap days and nights in which clocks change."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from careersheets.tables.working_calendar import days_of, weekdays_of, working_calendar, zone_of

pytestmark = pytest.mark.requirement("X10")

LISBON = working_calendar("Mon;Tue;Wed;Thu;Fri", "2028-02-29;2026-12-25;2026-12-28", "Europe/Lisbon")
CAIRO = working_calendar("Sunday; Monday; Tuesday; Wednesday; Thursday", "", "Africa/Cairo")


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-21", "2026-11-23"),
        ("2026-12-25", "2026-12-29"),
        ("2028-02-29", "2028-03-01"),
        ("2026-11-21 14:30", "2026-11-23 14:30"),
    ],
)
def test_a_day_off_moves_to_the_next_working_day(day: str, moved: str) -> None:
    assert list(LISBON.on_or_after(pd.Series(pd.to_datetime([day])))) == [pd.Timestamp(moved)]


def test_other_weeks_have_other_days_off() -> None:
    days = pd.Series(pd.to_datetime(["2026-11-20", "2026-11-21", "2026-11-22", None]))
    moved = CAIRO.on_or_after(days)
    assert list(moved[:3]) == [pd.Timestamp("2026-11-22")] * 3
    assert pd.isna(moved[3])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 6, 10, 14, 30), datetime(2026, 6, 12, 14, 30)),
        (datetime(2026, 3, 28, 14, 30), datetime(2026, 3, 30, 15, 30)),
        (datetime(2026, 10, 24, 14, 30), datetime(2026, 10, 26, 13, 30)),
        (datetime(2028, 2, 28, 9, 0), datetime(2028, 3, 1, 9, 0)),
    ],
)
def test_48_hours_are_hours_as_they_pass(start: datetime, end: datetime) -> None:
    assert LISBON.hours_later(start, 48) == end


@pytest.mark.parametrize("text", ["", "Mon;Someday", ";"])
def test_unknown_weekdays_are_no_weekdays(text: str) -> None:
    assert weekdays_of(text) is None


def test_days_and_zones_are_read_or_refused() -> None:
    assert days_of("2026-12-25; 2027-01-01") == (date(2026, 12, 25), date(2027, 1, 1))
    assert days_of("25 December") is None
    assert zone_of("Europe/Lisboa") is None
    assert zone_of("../etc/passwd") is None
    assert working_calendar("?", "?", "?") == working_calendar("Mon;Tue;Wed;Thu;Fri", "", "UTC")
