"""Numbers, dates and lists as a reader of the documents expects them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import isnan
from typing import Any

from ...analysis.readiness import FORGIVEN

DASH = "–"
MINUS = "−"

BAND_MARKS = {"Ready": "●", "Near": "◕", "Developing": "◑", "Insufficient data": "○"}
READINGS = {
    "Gap": "To develop",
    "Middle": "As asked",
    "High": "Strength",
    "High (one cycle)": "Strength (once)",
    "Not assessed": "Not assessed",
    "N/A": "Does not apply",
}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def is_number(value: Any) -> bool:
    """Whether `value` is a number that is known."""
    return isinstance(value, int | float) and not isnan(value)


def text(value: Any) -> str:
    """A cell's text; "" where it is blank."""
    return value.strip() if isinstance(value, str) else ""


def points(value: Any) -> str:
    """Rating points: `3`, `3.5`, `–` where not assessed."""
    return f"{value:.10g}".replace("-", MINUS) if is_number(value) else DASH


def priority(value: Any) -> str:
    """A priority as on the sheet Gaps, with two decimals at most, halves rounded up: `1.25`."""
    return points(float(_half_up(value, 2))) if is_number(value) else DASH


def signed(value: Any) -> str:
    """A change in points: `+0.5`, `−1`, `0`; `–` where there is nothing to compare."""
    if not is_number(value):
        return DASH
    return f"+{value:.10g}" if value > 0 else points(value)


def percent(value: Any, digits: int = 0) -> str:
    """A share as a percentage, halves rounded up as spreadsheets do: `79%`; `–` where it is not known."""
    return f"{_half_up(value * 100, digits)}%" if is_number(value) else DASH


def percent_short_of(value: Any, thresholds: Iterable[float], digits: int = 0) -> str:
    """As `percent`, but what is below one of `thresholds` does not read as if it had reached it: `94.7%`, not `95%`."""
    missed = [it for it in thresholds if is_number(value) and value < it - FORGIVEN]
    for exact in (digits, 1):
        if not any(_half_up(value * 100, exact) >= _half_up(it * 100, 9) for it in missed):
            return percent(value, exact)
    return f"{Decimal(repr(float(value) * 100)).quantize(Decimal('0.1'), ROUND_FLOOR)}%"


def threshold_percent(value: float) -> str:
    """A share as HR set it: `95%`, `92.5%`."""
    return f"{round(value * 100, 6):.10g}%"


def signed_percentage_points(value: Any) -> str:
    """A change of a share: `+12 points`; "" where there is nothing to compare."""
    if not is_number(value):
        return ""
    change = int(_half_up(value * 100, 0))
    sign = "+" if change > 0 else MINUS if change < 0 else "±"
    return f"{sign}{abs(change)} {'point' if abs(change) == 1 else 'points'}"


def day(value: Any, language: str) -> str:
    """`22 November 2026`, in American English `November 22, 2026`; "" where there is no date."""
    if not isinstance(value, date) or value != value:  # noqa: PLR0124 - a missing date is unlike itself
        return ""
    month = _MONTHS[value.month - 1]
    return (
        f"{month} {value.day}, {value.year}" if language == "en-US" else f"{value.day} {month} {value.year}"
    )


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """`1 competency`, `3 competencies`, `no competency`."""
    return f"{number or 'no'} {one if number < 2 else many}"


def shortened(words: str, longest: int) -> str:
    """`words` cut at a space to at most `longest` characters, with an ellipsis where something was cut."""
    if len(words) <= longest:
        return words
    return f"{words[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;.')}…"


def _half_up(value: float, digits: int) -> Decimal:
    """Sums of fractions end in ...0001; what nobody could have typed is no reason to round another way."""
    exact = Decimal(repr(round(float(value), 9)))
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
