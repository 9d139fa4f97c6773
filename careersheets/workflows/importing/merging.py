"""Rows built up from many entries: the first word counts, a second one that differs is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .imported import LeftOut, Row

_CONFLICT = "another value for the same thing stood above; the first one counts"
_GROWING = ("behaviours", "skills")


class MergedRows:
    """Rows by key. Blank fields are filled by later entries, statements are collected, contradictions kept apart."""

    def __init__(self) -> None:
        self.by_key: dict[object, Row] = {}
        self.conflicts: list[LeftOut] = []

    def add(self, key: object, values: Mapping[str, Any], place: str) -> Row:
        """Add what `place` says about `key`; the row so far."""
        row = self.by_key.setdefault(key, {})
        for name, value in values.items():
            if _is_blank(value):
                continue
            old: Any = row.get(name)
            if _is_blank(old):
                row[name] = value
            elif name in _GROWING:
                row[name] = tuple(dict.fromkeys([*old, *value]))
            elif old != value:
                self.conflicts.append(LeftOut(place, f"{value} (instead of {old})", _CONFLICT))
        return row

    def rows(self, columns: Iterable[str]) -> list[Row]:
        """All rows, each with `columns` in this order where it has them."""
        order = list(columns)
        return [{name: row[name] for name in order if name in row} for row in self.by_key.values()]


def _is_blank(value: object) -> bool:
    return value is None or value in ("", ())
