"""What an import brings: rows for the sheets of the master workbook, and all that it left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]

_SHOWN_ROWS = 5
_SHOWN_LEFT_OUT = 12
_LONGEST = 46


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the source that no row was made of: where it stands, what it says, and why."""

    place: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total of the user's own beside what the imported cells give."""

    place: str
    kind: str
    theirs: float
    ours: float

    @property
    def agrees(self) -> bool:
        """Whether both say the same, up to the two digits people show."""
        return abs(self.theirs - self.ours) < 0.0051


@dataclass(frozen=True, slots=True)
class Imported:
    """Rows by sheet, keyed by the vocabulary's column names; several entries of a cell are tuples.

    `notes` are sentences about what was decided on the way; `totals` compare the user's own sums with ours.
    """

    rows: Rows
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    totals: tuple[TotalCheck, ...] = field(default=())


def preview(imported: Imported) -> list[str]:
    """The import in lines to read before anything is written."""
    lines = [f"{sheet}: {len(rows)} rows" for sheet, rows in imported.rows.items() if rows]
    for sheet, rows in imported.rows.items():
        lines += _first_rows(sheet, rows)
    lines += [f"Note: {note}" for note in imported.notes]
    lines += list(_totals(imported.totals))
    return lines + list(_left_out(imported.left_out))


def _first_rows(sheet: str, rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    shown = [
        " | ".join(_short(value) for value in row.values() if value not in (None, "", ())) for row in rows
    ]
    more = [f"  ... and {len(rows) - _SHOWN_ROWS} more"] if len(rows) > _SHOWN_ROWS else []
    return [f"{sheet}", *[f"  {line}" for line in shown[:_SHOWN_ROWS]], *more]


def _totals(totals: Sequence[TotalCheck]) -> Iterator[str]:
    if totals:
        agreeing = sum(total.agrees for total in totals)
        yield f"Your own totals: {agreeing} of {len(totals)} are reproduced."
    for total in totals:
        if not total.agrees:
            yield f"  {total.place}: your {total.kind} is {total.theirs:g}, the imported cells give {total.ours:g}."


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    if left_out:
        yield f"Not taken over: {len(left_out)}"
    for why, count in Counter(entry.why for entry in left_out).items():
        alike = [entry for entry in left_out if entry.why == why]
        yield f"  {why} ({count})"
        for entry in alike[:_SHOWN_LEFT_OUT]:
            yield f"    {entry.place}: {_short(entry.what)}"
        if count > _SHOWN_LEFT_OUT:
            yield f"    ... and {count - _SHOWN_LEFT_OUT} more"


def _short(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
