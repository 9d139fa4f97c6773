"""From entries to the rows of People, Evaluations, Scores and Cycles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ...tables.headers import fold
from ...tables.values import text_of
from ...vocabulary.evaluation import Scores
from ...vocabulary.people import People
from ...vocabulary.sheet import sheet_of
from .codes import give_codes, person_candidates
from .framework_rows import Framework, competency_key, level_key
from .imported import LeftOut, Row
from .mapping import TableMapping
from .merging import MergedRows
from .unfolding import Entry
from .words import REQUIRED_WORDS

_RATINGS = ("self_rating", "manager_rating", "agreed_rating")
_TEXTS = ("email", "manager", "department", "team")
_DAYS = ("hired", "level_since")
_HERE = frozenset(["yes", "y", "true", "1", "active", "employed", "current", "onleave", "leave", "aktiv"])
_GONE = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "inactive",
        "left",
        "terminated",
        "former",
        "leaver",
        "resigned",
        "retired",
        "ausgetreten",
    ]
)
# Where day and month could be either, the mapping says which comes first.
DATE_ORDERS = {"day first": ("%d/%m/%Y",), "month first": ("%m/%d/%Y",)}
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y")

_NO_DATE = 'it is no date that can be read without guessing; say dates = "day first" or "month first" under [defaults]'
_NO_STATUS = "it does not say whether the person still works here"
IMPORTED_CYCLE = "Imported"


@dataclass(slots=True)
class Rated:
    """Rows about people in the making, and ids by name."""

    people: list[Row]
    cycles: list[Row]
    evaluations: list[Row]
    scores: list[Row]
    codes: dict[str, str]
    left_out: list[LeftOut] = field(default_factory=list)


def people_rows(entries: Sequence[Entry], mapping: TableMapping, framework: Framework) -> Rated:
    """The people, and their ratings as evaluations."""
    found = [entry for entry in entries if person_key(entry.fields)]
    names = [person_key(entry.fields) for entry in found]
    own = {
        key: identity
        for entry in found
        if (key := person_key(entry.fields)) and (identity := _id(entry.fields))
    }
    codes = give_codes(names, {**own, **mapping.codes.get("person", {})}, person_candidates)
    people, scores = MergedRows(), MergedRows()
    left_out: list[LeftOut] = []
    for entry in found:
        key = person_key(entry.fields)
        said, unread = _person(entry, mapping, framework)
        left_out += unread
        people.add(key, {"employee_id": codes[key], **said}, entry.place)
        _add_score(scores, entry, codes[key], mapping, framework)
    rows = people.rows([column.name for column in sheet_of(People).columns])
    scored = scores.rows([column.name for column in sheet_of(Scores).columns])
    left_out += [*people.conflicts, *scores.conflicts]
    return Rated(rows, list(_cycles(scored)), list(_evaluations(scored, rows)), scored, codes, left_out)


def person_key(fields: Mapping[str, Any]) -> str:
    """What tells people apart: the id, else the e-mail address, else the name."""
    name = _name(fields)
    if fold(name) in REQUIRED_WORDS:
        return ""
    return _id(fields) or text_of(fields.get("email")) or name


def _id(fields: Mapping[str, Any]) -> str:
    return text_of(fields.get("employee_id")) or ""


def _name(fields: Mapping[str, Any]) -> str:
    parts = (text_of(fields.get("first_name")), text_of(fields.get("last_name")))
    whole = text_of(fields.get("name")) or " ".join(filter(None, parts))
    return " ".join(whole.split())


def _person(entry: Entry, mapping: TableMapping, framework: Framework) -> tuple[Row, list[LeftOut]]:
    fields = entry.fields
    level = level_key(fields, mapping)
    said: Row = {
        "name": _name(fields),
        "level_code": framework.level_codes.get(level)
        or text_of(fields.get("level_code"))
        or text_of(fields.get("level")),
        **{name: text_of(fields.get(name)) for name in _TEXTS},
    }
    left_out: list[LeftOut] = []
    for name in _DAYS:
        said[name] = day_of(fields.get(name), mapping.defaults.get("dates", ""))
        if said[name] is None and fields.get(name) is not None:
            told = f"{sheet_of(People).column(name).header} {fields[name]}"
            left_out.append(LeftOut(entry.place, told, _NO_DATE))
    status = fold(fields.get("active") or "")
    said["active"] = "No" if status in _GONE else None
    if status and status not in _GONE | _HERE:
        left_out.append(LeftOut(entry.place, str(fields["active"]), _NO_STATUS))
    return said, left_out


def day_of(value: object, order: str = "") -> datetime | None:
    """A date as it stands in a cell, or in a text that can be read in one way only.

    03/04/2026 can be two days unless `order` says "day first" or "month first".
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    for form in (*_DATE_FORMATS, *DATE_ORDERS.get(order, ())):
        try:
            return datetime.strptime(str(value).strip(), form)
        except ValueError:
            continue
    return None


def _add_score(
    scores: MergedRows, entry: Entry, person: str, mapping: TableMapping, framework: Framework
) -> None:
    said = {name: entry.fields[name] for name in _RATINGS if entry.fields.get(name) is not None}
    competency = competency_key(entry.fields)
    if not said or not competency:
        return
    cycle = text_of(entry.fields.get("cycle")) or mapping.defaults.get("cycle") or IMPORTED_CYCLE
    code = framework.competency_codes[competency]
    keys = {"cycle": cycle, "employee_id": person, "competency_id": code}
    evidence = {"evidence": text_of(entry.fields.get("evidence"))}
    scores.add((cycle, person, code), keys | said | evidence, entry.place)


def _cycles(scores: Sequence[Row]) -> Iterator[Row]:
    cycles = sorted({row["cycle"] for row in scores})
    for cycle in cycles:
        yield {"cycle": cycle, "status": "Open" if cycle == cycles[-1] else "Closed"}


def _evaluations(scores: Sequence[Row], people: Sequence[Row]) -> Iterator[Row]:
    """One for each person and cycle with a rating; level and manager are those of the person today."""
    about = {row["employee_id"]: row for row in people}
    for cycle, person in dict.fromkeys((row["cycle"], row["employee_id"]) for row in scores):
        known = {name: about[person][name] for name in ("level_code", "manager") if about[person].get(name)}
        yield {"cycle": cycle, "employee_id": person, **known, "status": "Draft"}
