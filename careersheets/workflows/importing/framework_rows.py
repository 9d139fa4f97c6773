"""From entries to the rows of Levels, Competencies and Expectations."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...tables.headers import fold
from ...tables.values import text_of
from ...vocabulary.framework import Competencies, Expectations, Levels
from ...vocabulary.sheet import SheetModel, sheet_of
from .codes import competency_candidates, give_codes, level_candidates
from .imported import LeftOut, Row
from .mapping import TableMapping
from .merging import MergedRows
from .unfolding import Entry

LEVEL_PARTS = ("family", "track", "level")
_NO_LEVEL = "an expectation without a level; give the sheet one under defaults"
_OF_PEOPLE = {"name", "first_name", "last_name", "employee_id", "email"}
_YES = ("yes", "y", "true", "1", "x", "critical", "optional")


@dataclass(slots=True)
class Framework:
    """Rows of the framework in the making, and codes by name."""

    levels: list[Row]
    competencies: list[Row]
    expectations: list[Row]
    level_codes: dict[str, str]
    competency_codes: dict[str, str]
    left_out: list[LeftOut] = field(default_factory=list)


def framework_rows(entries: Sequence[Entry], mapping: TableMapping) -> Framework:
    """The framework that the entries describe; codes are those of the mapping, or new ones."""
    levels = MergedRows()
    competencies = MergedRows()
    for entry in entries:
        _add_level(levels, entry, mapping)
        _add_competency(competencies, entry, mapping)
    laddered = _laddered(entries, mapping)
    _rank(levels, laddered)
    level_codes = _level_codes(levels, mapping)
    competency_codes = _competency_codes(competencies, mapping)
    expectations = _expectations(entries, mapping, level_codes, competency_codes)
    for key, row in levels.by_key.items():
        row["level_code"] = level_codes[str(key)]
    _lead_on(levels, mapping)
    for key, row in competencies.by_key.items():
        row["competency_id"] = competency_codes[str(key)]
    return Framework(
        levels.rows(_columns(Levels)),
        competencies.rows(_columns(Competencies)),
        expectations.rows(_columns(Expectations)),
        level_codes,
        competency_codes,
        [
            *levels.conflicts,
            *competencies.conflicts,
            *expectations.conflicts,
            *_without_level(entries, mapping),
        ],
    )


def level_key(fields: Mapping[str, Any], mapping: TableMapping) -> str:
    """What tells levels apart: family, track and title; the code where there is no title."""
    said = {**mapping.defaults, **fields}
    title = text_of(said.get("level")) or text_of(said.get("level_code")) or ""
    if not title:
        return ""
    return " / ".join(filter(None, (text_of(said.get("family")), text_of(said.get("track")), title)))


def competency_key(fields: Mapping[str, Any]) -> str:
    """What tells competencies apart: the id, else the name."""
    identity = text_of(fields.get("competency_id"))
    return identity or " ".join((text_of(fields.get("competency")) or "").split())


def _add_level(levels: MergedRows, entry: Entry, mapping: TableMapping) -> None:
    key = level_key(entry.fields, mapping)
    if not key:
        return
    said = {**mapping.defaults, **entry.fields}
    about_level = not competency_key(entry.fields)
    levels.add(
        key,
        {
            "level_code": text_of(said.get("level_code")),
            "family": text_of(said.get("family")),
            "track": text_of(said.get("track")),
            "rank": said.get("rank"),
            "title": text_of(said.get("level")) or text_of(said.get("level_code")),
            "scope": text_of(said.get("scope")) if about_level else None,
            "next_levels": _listed(said.get("next_levels")) if about_level else (),
        },
        entry.place,
    )


def _add_competency(competencies: MergedRows, entry: Entry, mapping: TableMapping) -> None:
    key = competency_key(entry.fields)
    if not key:
        return
    names = ("competency", "category", "definition", "scale", "source", "licence")
    said = {name: text_of(entry.fields.get(name)) for name in names}
    said["competency"] = said["competency"] or key
    for name in ("source", "licence"):
        said[name] = mapping.defaults.get(name) or said[name]
    competencies.add(key, {"competency_id": text_of(entry.fields.get("competency_id")), **said}, entry.place)


def _laddered(entries: Sequence[Entry], mapping: TableMapping) -> set[str]:
    """The levels that the table itself puts in order; those that people merely have are not among them."""
    own = [entry for entry in entries if not entry.fields.keys() & _OF_PEOPLE]
    return {level_key(entry.fields, mapping) for entry in own}


def _rank(levels: MergedRows, laddered: set[str]) -> None:
    """Levels without a rank stand in their order, from 1, within family and track."""
    counts: dict[tuple[object, object], int] = {}
    for key, row in levels.by_key.items():
        if key not in laddered:
            continue
        ladder = (row.get("family"), row.get("track"))
        counts[ladder] = counts.get(ladder, 0) + 1
        row.setdefault("rank", counts[ladder])


def _level_codes(levels: MergedRows, mapping: TableMapping) -> dict[str, str]:
    own = {str(key): row["level_code"] for key, row in levels.by_key.items() if row.get("level_code")}
    rows = {str(key): row for key, row in levels.by_key.items()}

    def candidates(key: str) -> Iterator[str]:
        row = rows[key]
        ladder = row.get("track") or row.get("family") or ""
        return level_candidates(row["title"], ladder, int(row["rank"]) if "rank" in row else None)

    return give_codes(rows, {**own, **mapping.codes.get("level", {})}, candidates)


def _competency_codes(competencies: MergedRows, mapping: TableMapping) -> dict[str, str]:
    own = {
        str(key): row["competency_id"] for key, row in competencies.by_key.items() if row.get("competency_id")
    }
    names = [str(key) for key in competencies.by_key]
    return give_codes(names, {**own, **mapping.codes.get("competency", {})}, competency_candidates)


def _lead_on(levels: MergedRows, mapping: TableMapping) -> None:
    """Next levels: as the mapping says, else as the table says, else the next rank of the same family and track."""
    rows = list(levels.by_key.values())
    titles = {fold(row["title"]): row["level_code"] for row in rows}
    codes = {fold(row["level_code"]): row["level_code"] for row in rows}
    for row in rows:
        said = mapping.next_levels.get(row["level_code"])
        if said is None and row.get("next_levels"):
            said = tuple(codes.get(fold(n)) or titles.get(fold(n)) or n for n in row["next_levels"])
        row["next_levels"] = _next_rank(row, rows) if said is None else said


def _next_rank(row: Row, rows: Iterable[Row]) -> tuple[str, ...]:
    above = [
        other
        for other in rows
        if all(other.get(part) == row.get(part) for part in ("family", "track"))
        and other.get("rank", 0) > row.get("rank", math.inf)
    ]
    nearest = min((other["rank"] for other in above), default=0)
    return tuple(other["level_code"] for other in above if other["rank"] == nearest)


def _expectations(
    entries: Sequence[Entry], mapping: TableMapping, level_codes: Mapping[str, str], codes: Mapping[str, str]
) -> MergedRows:
    merged = MergedRows()
    for entry in entries:
        level, competency = level_key(entry.fields, mapping), competency_key(entry.fields)
        asked = _asked(entry.fields)
        if level and competency and asked:
            keys = {"level_code": level_codes[level], "competency_id": codes[competency]}
            merged.add((level, competency), keys | asked, entry.place)
    if mapping.scale.from_levels:
        _ask_for_ranks(merged, entries, mapping)
    return merged


def _asked(fields: Mapping[str, Any]) -> Row:
    """What an entry asks for: {} where it only rates a person or says nothing."""
    required = fields.get("required")
    behaviours, skills = fields.get("behaviours", ()), fields.get("skills", ())
    if (required is None or required == "N/A") and not behaviours and not skills:
        return {}
    requirement = fold(fields.get("requirement") or "")
    return {
        "required": None if required == "N/A" else required,
        "weight": fields.get("weight"),
        "critical": True if _is_yes(fields.get("critical")) or requirement == "critical" else None,
        "optional": True if _is_yes(fields.get("optional")) or requirement == "optional" else None,
        "behaviours": behaviours,
        "skills": skills,
        "scope": text_of(fields.get("scope")),
    }


def _ask_for_ranks(merged: MergedRows, entries: Sequence[Entry], mapping: TableMapping) -> None:
    """Where a table only describes levels, each asks for the point of its own rank."""
    order: dict[tuple[object, object], list[str]] = {}
    for entry in entries:
        key = level_key(entry.fields, mapping)
        ladder = tuple(entry.fields.get(part) for part in ("family", "track"))
        if key and key not in order.setdefault(ladder, []):  # type: ignore[arg-type]
            order[ladder].append(key)  # type: ignore[index]
    ranks = {key: place for keys in order.values() for place, key in enumerate(keys, start=1)}
    for (level, _), row in merged.by_key.items():  # type: ignore[misc]
        row.setdefault("required", float(ranks[level]))  # type: ignore[has-type]


def _without_level(entries: Sequence[Entry], mapping: TableMapping) -> Iterator[LeftOut]:
    for entry in entries:
        if competency_key(entry.fields) and not level_key(entry.fields, mapping) and _asked(entry.fields):
            yield LeftOut(entry.place, competency_key(entry.fields), _NO_LEVEL)


def _is_yes(value: object) -> bool:
    return value is True or fold(value or "") in _YES


def _listed(value: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;,/|]", str(value or "")) if part.strip())


def _columns(model: type[SheetModel]) -> list[str]:
    return [column.name for column in sheet_of(model).columns]
