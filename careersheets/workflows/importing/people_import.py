"""People from an export of the HR system, and what changed since the last one: joined, left, moved, renamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from ...books.book import BookContents
from ...books.diff import Diff
from ...tables.headers import fold
from ...tables.persons import Directory, directory_of
from ...tables.reading import read_tables
from ...tables.tables import Tables
from ...tables.values import text_of
from ...vocabulary.framework import Levels
from ...vocabulary.people import People
from .imported import Imported, LeftOut, Row
from .mapping import TableMapping
from .table import read_table
from .writing import diff_with

# What makes a change of a person, in the order in which a row's reason is told.
_RENAMED = ("name", "email")
_MOVED = ("level_code", "level_since", "manager", "department", "team", "hired")

_NO_LEVEL = "there is no such level on the sheet Levels"
_SEVERAL = "several people in the workbook have this name; give the export a column with their ids"


@dataclass(frozen=True, slots=True)
class PeopleChanges:
    """Rows of People to write, by what happened; `same` counts people about whom nothing changed."""

    joined: Sequence[Row] = ()
    left: Sequence[Row] = ()
    back: Sequence[Row] = ()
    moved: Sequence[Row] = ()
    renamed: Sequence[Row] = ()
    same: int = 0
    left_out: Sequence[LeftOut] = field(default_factory=tuple)

    def by_reason(self) -> Mapping[str, Sequence[Row]]:
        """The rows by the word for what happened."""
        return {
            "joined": self.joined,
            "left": self.left,
            "came back": self.back,
            "moved": self.moved,
            "renamed": self.renamed,
        }


def read_people(path: Path, mapping: TableMapping | None = None) -> tuple[Imported, TableMapping]:
    """The rows of People in an export, and the mapping by which.

    Raises:
        FileRefused: the file cannot be read.
    """
    imported, mapping = read_table(path, mapping)
    titles = {row["level_code"]: row["title"] for row in imported.rows["Levels"]}
    people = [
        row
        | ({"level_code": titles.get(row["level_code"], row["level_code"])} if row.get("level_code") else {})
        for row in imported.rows["People"]
    ]
    return Imported({"People": people}, imported.notes, imported.left_out), mapping


def compare_people(contents: BookContents, imported: Imported, *, complete: bool = True) -> PeopleChanges:
    """What the export says that the workbook does not.

    Args:
        contents: the workbook.
        imported: rows of People.
        complete: the export names everyone who works here, so whoever is not in it has left.
    """
    tables, _ = read_tables(contents)
    known = _known_people(tables)
    directory = directory_of(tables.frame(People))
    levels = _levels(tables)
    found: dict[str, list[Row]] = {"joined": [], "left": [], "back": [], "moved": [], "renamed": []}
    left_out = list(imported.left_out)
    seen: set[str] = set()
    for row in imported.rows["People"]:
        ids = _ids_of(row, directory, known)
        if len(ids) > 1:
            left_out.append(LeftOut("People", str(row.get("name")), _SEVERAL))
            continue
        said, unknown = _with_level(row, levels)
        left_out += unknown
        seen |= ids
        _sort_in(said, known.get(next(iter(ids), "")), directory, found)
    changed = sum(len(rows) for rows in found.values()) - len(found["joined"])
    found["left"] += [
        {"employee_id": code, "active": "No"}
        for code in known
        if complete and code not in seen and _is_here(known[code])
    ]
    return PeopleChanges(**found, same=max(len(seen) - changed, 0), left_out=left_out)


def people_diff(contents: BookContents, changes: PeopleChanges) -> Diff:
    """The changes as a diff, each line with what happened.

    Raises:
        NotFound: the workbook has no sheet People.
    """
    diffs = [
        diff_with(contents, Imported({"People": rows}), reason)
        for reason, rows in changes.by_reason().items()
    ]
    return Diff(
        tuple(change for diff in diffs for change in diff.changes),
        tuple(row for diff in diffs for row in diff.additions),
    )


def _known_people(tables: Tables) -> dict[str, Row]:
    frame = tables.frame(People).dropna(subset="employee_id").drop_duplicates("employee_id")
    rows = frame.to_dict("records")
    return {row["employee_id"]: {str(k): v for k, v in row.items() if not _is_missing(v)} for row in rows}


def _levels(tables: Tables) -> dict[str, str]:
    """Level codes by folded code and by folded title."""
    frame = tables.frame(Levels).dropna(subset="level_code")
    titles = {
        fold(t): c for t, c in zip(frame["title"], frame["level_code"], strict=True) if isinstance(t, str)
    }
    return titles | {fold(code): code for code in frame["level_code"]}


def _ids_of(row: Row, directory: Directory, known: Mapping[str, Row]) -> frozenset[str]:
    """The people in the workbook that a row may mean: by id; without one of theirs, by e-mail, then by name."""
    if row["employee_id"] in known:
        return frozenset({row["employee_id"]})
    by_mail = directory.look_up(row["email"]) if row.get("email") else frozenset()
    return by_mail or (frozenset() if row.get("email") else directory.look_up(row.get("name", "")))


def _with_level(row: Row, levels: Mapping[str, str]) -> tuple[Row, list[LeftOut]]:
    level = row.get("level_code")
    if not level:
        return row, []
    code = levels.get(fold(level))
    if code:
        return row | {"level_code": code}, []
    return {k: v for k, v in row.items() if k != "level_code"}, [
        LeftOut(row["employee_id"], level, _NO_LEVEL)
    ]


def _sort_in(row: Row, old: Row | None, directory: Directory, found: dict[str, list[Row]]) -> None:
    """Put a row where it belongs; one that says nothing new belongs nowhere."""
    if old is None:
        if row.get("active") != "No":
            found["joined"].append(row)
        return
    row = row | {"employee_id": old["employee_id"]}
    if not _is_here(old) and row.get("active") != "No":
        found["back"].append(row | {"active": "Yes"})
        return
    if row.get("active") == "No" and _is_here(old):
        found["left"].append({"employee_id": row["employee_id"], "active": "No"})
        return
    differing = set(_differing(row, old, directory))
    if differing & set(_MOVED):
        found["moved"].append({k: v for k, v in row.items() if k in differing or k == "employee_id"})
    elif differing:
        found["renamed"].append({k: v for k, v in row.items() if k in differing or k == "employee_id"})


def _differing(row: Row, old: Row, directory: Directory) -> Iterator[str]:
    for name in (*_RENAMED, *_MOVED):
        new, before = row.get(name), old.get(name)
        if new in (None, "") or _same(new, before):
            continue
        if name == "manager" and directory.look_up(str(new)) == frozenset({before}):
            continue
        yield name


def _same(new: Any, old: Any) -> bool:
    return old is not None and (new == old or text_of(new) == text_of(old))


def _is_here(person: Row) -> bool:
    return bool(person.get("active", True))


def _is_missing(value: Any) -> bool:
    return value is None or (not isinstance(value, tuple) and bool(pd.isna(value)))
