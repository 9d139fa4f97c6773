"""What changed in the framework since a version of it was accepted, and whose readiness it changes.

Source: REQUIREMENTS F8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ..analysis.compute import compute_results
from ..analysis.evaluations import current_cycle
from ..analysis.framework_versions import (
    FRAMEWORK,
    FrameworkValues,
    framework_values,
    kept_values,
    kept_versions,
    named_version,
    with_version,
    without_history,
)
from ..analysis.readiness import PERSON_TARGET
from ..books.book import BookContents
from ..model.errors import NotFound
from ..tables.reading import read_tables
from ..tables.settings import WorkbookSettings, read_settings
from ..tables.tables import Tables
from ..vocabulary.sheet import Sheet, sheet_of

NO_TARGET = "no target"
NO_NUMBER = "-"


@dataclass(frozen=True, slots=True)
class FrameworkChange:
    """A cell, or a row that is new or gone (`column` is "" then), with what it said before and says now ("" for nothing)."""

    sheet: str
    key: str
    column: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Impact:
    """Readiness of one person for one target before a change and after it, such as `Near, 88.0 %`."""

    employee_id: str
    name: str
    target_level: str
    before: str
    after: str
    other_band: bool


@dataclass(frozen=True, slots=True)
class FrameworkComparison:
    """The framework on its sheets beside an accepted version; `version` is "" where none counts for the cycle.

    `impacts` begin with those who come into another band.
    """

    tables: Tables
    cycle: str
    version: str
    changes: tuple[FrameworkChange, ...]
    impacts: tuple[Impact, ...]

    @property
    def people(self) -> int:
        """How many people's readiness changes."""
        return len({impact.employee_id for impact in self.impacts})


def compare_framework(contents: BookContents, today: date, against: str = "") -> FrameworkComparison:
    """The framework as it stands on its sheets beside the version `against`; that of the cycle in hand where it is "".

    Raises:
        NotFound: no such version was accepted.
    """
    tables, _ = read_tables(contents)
    settings, _ = read_settings(tables)
    known = kept_versions(tables)
    if against and against not in known:
        raise NotFound("accepted framework version", against, known)
    cycle = current_cycle(tables, settings)
    version = against or named_version(tables, cycle)
    if version not in known:
        return FrameworkComparison(tables, cycle, "", (), ())
    changes = tuple(_changes(kept_values(tables, version), framework_values(tables)))
    found = _impacts(tables, settings, today, cycle, version) if changes else ()
    impacts = tuple(sorted(found, key=lambda impact: not impact.other_band))
    return FrameworkComparison(tables, cycle, version, changes, impacts)


def comparison_sentence(comparison: FrameworkComparison) -> str:
    """Such as `4 changes since version "1" change readiness for 7 people, 2 of them into another band.`."""
    if not comparison.version:
        return f'No accepted version counts for "{comparison.cycle}" yet, so every change of the sheets counts at once.'
    count, version = len(comparison.changes), comparison.version
    if not count:
        return f'Nothing changed since version "{version}".'
    said = f'{count} change{"s" * (count != 1)} since version "{version}" change{"s" * (count == 1)}'
    if not comparison.people:
        return f"{said} nobody's readiness."
    moved = len({impact.employee_id for impact in comparison.impacts if impact.other_band})
    people = "1 person" if comparison.people == 1 else f"{comparison.people} people"
    return f"{said} readiness for {people}, {moved or 'none'} of them into another band."


def _changes(before: FrameworkValues, now: FrameworkValues) -> Iterator[FrameworkChange]:
    for sheet in map(sheet_of, FRAMEWORK):
        old, new = _rows(sheet, before), _rows(sheet, now)
        for key in dict.fromkeys([*old, *new]):
            if key not in old or key not in new:
                yield FrameworkChange(
                    sheet.name, key, "", _told(sheet, old.get(key)), _told(sheet, new.get(key))
                )
                continue
            for column in (column.header for column in sheet.columns):
                was, now_is = old[key].get(column, ""), new[key].get(column, "")
                if was != now_is:
                    yield FrameworkChange(sheet.name, key, column, was, now_is)


def _rows(sheet: Sheet, values: FrameworkValues) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for place, value in values.items():
        if place.sheet == sheet.name:
            rows.setdefault(place.key, {})[place.column] = value
    return rows


def _told(sheet: Sheet, row: dict[str, str] | None) -> str:
    """A whole row in one text without its key."""
    if row is None:
        return ""
    keys = {sheet.column(name).header for name in sheet.key}
    return "; ".join(f"{header} {value}" for header, value in row.items() if header not in keys) or "a row"


def _impacts(
    tables: Tables, settings: WorkbookSettings, today: date, cycle: str, version: str
) -> Iterator[Impact]:
    """Everyone whose readiness differs, in the order of People and their targets."""
    before, after = (
        _readiness(without_history(framework), settings, today, cycle)
        for framework in (with_version(tables, version), tables)
    )
    for key in dict.fromkeys([*before, *after]):
        was, is_now = before.get(key), after.get(key)
        told = _standing(was), _standing(is_now)
        if not _same(was, is_now):
            other_band = (was.band if was else "") != (is_now.band if is_now else "")
            yield Impact(key[0], (is_now or was).name, key[1], *told, other_band)  # type: ignore[union-attr]


def _readiness(
    tables: Tables, settings: WorkbookSettings, today: date, cycle: str
) -> dict[tuple[str, str], Any]:
    rows = compute_results(tables, settings, today, cycle).readiness
    keys = rows[PERSON_TARGET].itertuples(index=False, name=None)
    return dict(zip(keys, rows.itertuples(index=False), strict=True))


def _same(was: Any, is_now: Any) -> bool:
    if was is None or is_now is None:
        return was is is_now
    both = pd.Series([was.attainment, is_now.attainment])
    return bool(was.band == is_now.band and (both.isna().all() or both.diff().abs().iloc[1] < 1e-9))


def _standing(row: Any) -> str:
    if row is None:
        return NO_TARGET
    attainment = NO_NUMBER if pd.isna(row.attainment) else f"{row.attainment * 100:.1f} %"
    return f"{row.band}, {attainment}"
