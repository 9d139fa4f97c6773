"""Days people work, days off and the time zone, as the sheet Settings gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days of the week that are worked (Mon to Sun), days off, and the zone that local times are in."""

    worked: tuple[bool, ...]
    holidays: tuple[date, ...]
    zone: ZoneInfo

    def on_or_after(self, days: pd.Series) -> pd.Series:
        """Each day itself if it is worked, else the next that is; times of day are kept, missing days stay missing."""
        known = days.dropna()
        day = known.dt.normalize()
        moved = np.busday_offset(
            day.to_numpy().astype("datetime64[D]"),
            0,
            roll="forward",
            weekmask=list(self.worked),
            holidays=[np.datetime64(holiday, "D") for holiday in self.holidays],
        )
        later = pd.Series(moved.astype("datetime64[s]"), index=known.index) + (known - day)
        return later.astype("datetime64[us]").reindex(days.index)

    def hours_later(self, local: datetime, hours: float) -> datetime:
        """The local time `hours` of real time after `local`; a night in which clocks change counts as it was."""
        start = local.replace(tzinfo=self.zone).astimezone(UTC)
        return (start + timedelta(hours=hours)).astimezone(self.zone).replace(tzinfo=None)

    def in_utc(self, local: datetime) -> datetime:
        """`local` as an instant."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def working_calendar(working_days: str, holidays: str, time_zone: str) -> WorkingCalendar:
    """The calendar of these settings; the default for what cannot be read, which the check reports."""
    worked = weekdays_of(working_days) or weekdays_of("Mon;Tue;Wed;Thu;Fri") or frozenset()
    return WorkingCalendar(
        tuple(name in worked for name in WEEKDAYS),
        days_of(holidays) or (),
        zone_of(time_zone) or ZoneInfo("UTC"),
    )


def weekdays_of(text: str) -> frozenset[str] | None:
    """`Mon;Tue` as names of `WEEKDAYS`; full names will do. None if one is unknown or there is none."""
    names = [piece[:3].capitalize() for piece in _pieces(text)]
    return frozenset(names) if names and set(names) <= set(WEEKDAYS) else None


def days_of(text: str) -> tuple[date, ...] | None:
    """`2026-12-25;2027-01-01` as days; None if one is no day."""
    try:
        return tuple(date.fromisoformat(piece) for piece in _pieces(text))
    except ValueError:
        return None


def zone_of(text: str) -> ZoneInfo | None:
    """The time zone called `text`, as Europe/Lisbon; None if there is none."""
    try:
        return ZoneInfo(text.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _pieces(text: str) -> list[str]:
    return [piece for piece in (piece.strip() for piece in re.split(r"[;,]", text)) if piece]
