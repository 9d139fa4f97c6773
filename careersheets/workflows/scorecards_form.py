"""What scorecards ask for and how a returned one is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

import pandas as pd

from ..model.cells import CellValue, Grid
from ..vocabulary.evaluation import Observations, Scores
from ..vocabulary.plans import ActionItems
from ..vocabulary.sheet import SheetModel

Edition = Literal["manager", "self"]
ScoreKey: TypeAlias = tuple[str, str]
Entries: TypeAlias = Mapping[str, CellValue]

# What each edition lets one fill in on the page Scores; everything else there is protected.
ENTRY: Mapping[Edition, tuple[str, ...]] = {
    "manager": ("manager_rating", "na_reason", "evidence", "evidence_date"),
    "self": ("self_rating", "response", "response_comment"),
}
# Pages of the manager's edition to which rows are added.
ADDED: Mapping[type[SheetModel], tuple[str, ...]] = {
    Observations: ("employee_id", "date", "situation", "behaviour", "impact", "competency_id", "observer"),
    ActionItems: (
        "employee_id",
        "competency_id",
        "action",
        "method",
        "owner",
        "support",
        "start",
        "due",
        "evidence_of_done",
    ),
}
SCORES_PAGE = Scores
_HEAD = 1


@dataclass(frozen=True, slots=True)
class Issued:
    """A scorecard as it was given out.

    `base` are the entries by employee and competency as they stood in the master workbook then, `required` what the
    target asked for; `workbook` tells master workbooks apart, `number` scorecards.
    """

    number: str
    workbook: str
    edition: Edition
    cycle: str
    owner: str
    people: tuple[str, ...]
    base: Mapping[ScoreKey, Entries]
    required: Mapping[ScoreKey, float | None]

    @property
    def slot(self) -> str:
        """What a newer scorecard replaces: the same edition for the same owner in the same cycle."""
        return f"{self.edition}/{self.cycle}/{self.owner}"


def meta_rows(issued: Issued) -> list[list[str]]:
    """The rows of the hidden sheet: a check sum, the facts, and one row per score."""
    facts = {
        "number": issued.number,
        "workbook": issued.workbook,
        "edition": issued.edition,
        "cycle": issued.cycle,
        "owner": issued.owner,
        "people": list(issued.people),
    }
    rows = [["facts", _json(facts)]]
    rows += [
        ["score", _json([*key, issued.required.get(key), {name: _plain(v) for name, v in base.items()}])]
        for key, base in issued.base.items()
    ]
    return [["sum", _sum(rows)], *rows]


def issued_from(grid: Grid) -> Issued | None:
    """The scorecard that a hidden sheet describes; None if it was changed."""
    rows = [[str(cell or "") for cell in grid.row(number)] for number in range(1, grid.row_count + 1)]
    if len(rows) < _HEAD + 1 or rows[0] != ["sum", _sum(rows[1:])]:
        return None
    facts = json.loads(rows[1][1])
    scores = [json.loads(text) for _, text in rows[2:]]
    return Issued(
        number=facts["number"],
        workbook=facts["workbook"],
        edition=facts["edition"],
        cycle=facts["cycle"],
        owner=facts["owner"],
        people=tuple(facts["people"]),
        base={(who, what): {name: _restored(v) for name, v in base.items()} for who, what, _, base in scores},
        required={(who, what): required for who, what, required, _ in scores},
    )


def entries_of(frame: pd.DataFrame, row: object, names: Iterable[str]) -> dict[str, CellValue]:
    """The cells of a typed frame's row, by column name: missing ones None, N/A as it is typed."""
    return {name: _cell(frame, row, name) for name in names}


def first_row_by_key(frame: pd.DataFrame, cycle: str) -> dict[ScoreKey, int]:
    """The row of each person and competency in `cycle`, in a frame of Scores; the first of several."""
    rows: dict[ScoreKey, int] = {}
    wanted = frame[frame["cycle"].eq(cycle)]
    for row, who, what in zip(wanted.index, wanted["employee_id"], wanted["competency_id"], strict=True):
        if isinstance(who, str) and isinstance(what, str):
            rows.setdefault((who, what), int(row))
    return rows


def _cell(frame: pd.DataFrame, row: object, name: str) -> CellValue:
    if f"{name}_na" in frame and bool(frame.at[row, f"{name}_na"]):
        return "N/A"
    value: Any = frame.at[row, name]
    if isinstance(value, tuple):
        return "; ".join(value) or None
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        day: datetime = value.to_pydatetime()
        return day
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(value)
    return str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _sum(rows: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def _plain(value: CellValue) -> object:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _restored(value: Any) -> CellValue:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["date"])
    return value if isinstance(value, (str, int, float)) else None
