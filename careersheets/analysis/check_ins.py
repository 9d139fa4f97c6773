"""Whether the check-in that was agreed has taken place (source: REQUIREMENTS C10)."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

# Check-ins lie six to eight weeks apart, so one that was held earlier than this is the one before.
EARLIEST = timedelta(days=14)


def check_in_took_place(conversations: pd.DataFrame) -> pd.Series:
    """For each row of Conversations, whether its next check-in was held, at most two weeks early."""
    held, agreed = (conversations[name].dt.normalize() for name in ("check_in_held", "next_check_in"))
    return held.ge(agreed - EARLIEST)
