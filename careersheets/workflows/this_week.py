"""What is due, from the results of a workbook."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from ..analysis.reminders import AHEAD_DAYS, compute_reminders
from ..analysis.results import Results
from ..tables.settings import WorkbookSettings
from ..tables.working_calendar import WorkingCalendar, working_calendar


def reminders_of(results: Results, now: datetime, ahead: int = AHEAD_DAYS) -> pd.DataFrame:
    """The reminders of `results` as of `now` (local), as `compute_reminders` gives them; `ahead` in days."""
    settings = results.settings
    a_week = int(settings.conversations_a_week)
    return compute_reminders(results.tables, calendar_of(settings), results.cycle, now, a_week, ahead)


def calendar_of(settings: WorkbookSettings) -> WorkingCalendar:
    """The working calendar of `settings`."""
    return working_calendar(settings.working_days, settings.holidays, settings.time_zone)
