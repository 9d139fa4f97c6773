"""One cycle's results arranged by person, once for all documents of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ...analysis.attributions import attributions
from ...analysis.change import ranked_competencies
from ...analysis.gaps import current_ratings
from ...analysis.results import Results
from ...vocabulary.framework import Competencies, Expectations, Levels
from ...vocabulary.people import People
from ...vocabulary.sheet import SheetModel, sheet_of
from .row_groups import RowGroups
from .wording import text


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What documents look up. Rows are named tuples of the frames of `results`.

    `gaps` and `readiness` are by (employee id, target level), `teams` holds whom each manager leads by employee id,
    `expectations` by level code and then competency id,
    `levels` by level code, `competencies` by competency id, `people` by employee id, `priorities` the competency ids
    that each side ranked last by (side, employee id), most important first, `ranked` holds the pairs (employee id,
    competency id) that employees ranked among their own priorities, `steps` what changes between two levels, as far as
    asked for yet, `grouped` the rows that `rows_about` looked up, `rated` the ratings that `ratings_of` looked up.
    """

    results: Results
    gaps: Mapping[tuple[str, str], list[Any]]
    readiness: Mapping[tuple[str, str], Any]
    evaluated: Mapping[str, Any]
    teams: Mapping[str, list[str]]
    people: Mapping[str, Any]
    levels: Mapping[str, Any]
    competencies: Mapping[str, Any]
    expectations: Mapping[str, Mapping[str, Any]]
    priorities: Mapping[tuple[str, str], list[str]]
    ranked: frozenset[tuple[str, str]]
    sources: tuple[str, ...]
    steps: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    grouped: dict[tuple[str, str], Mapping[str, list[Any]]] = field(default_factory=dict)
    rated: dict[str, Mapping[tuple[str, str], float]] = field(default_factory=dict)

    def level_title(self, code: Any) -> str:
        """The title of a level as documents show it; the code where it has none."""
        level = self.levels.get(code)
        return (text(level.title) if level is not None else "") or text(code)

    def person_name(self, employee_id: Any) -> str:
        """The name of a person of the sheet People; the id where there is none, "" for no id."""
        person = self.people.get(employee_id)
        return (text(person.name) if person is not None else "") or text(employee_id)

    def competency_name(self, competency_id: Any) -> str:
        """The name of a competency; its id where it has none, "" for no id."""
        found = self.competencies.get(competency_id)
        return (text(found.competency) if found is not None else "") or text(competency_id)

    def rows_about(self, model: type[SheetModel], employee_id: str, column: str = "employee_id") -> list[Any]:
        """The rows of the sheet of `model` whose `column` is `employee_id`, in the sheet's order; `Index` is the row."""
        key = (sheet_of(model).name, column)
        if key not in self.grouped:
            found: defaultdict[str, list[Any]] = defaultdict(list)
            frame = self.results.tables.frame(model)
            for row in frame[frame[column].notna()].itertuples():
                found[getattr(row, column)].append(row)
            self.grouped[key] = found
        return self.grouped[key].get(employee_id, [])

    def ratings_of(self, cycle: str) -> Mapping[tuple[str, str], float]:
        """The ratings that counted in a cycle, in points, by (employee id, competency id); those not assessed are not there."""
        if cycle not in self.rated:
            ratings = current_ratings(self.results.tables, cycle).dropna(subset="current")
            keys = zip(ratings["employee_id"], ratings["competency_id"], strict=True)
            self.rated[cycle] = dict(zip(keys, ratings["current"].astype(float), strict=True))
        return self.rated[cycle]


_last: list[CycleFacts] = []


def cycle_facts(results: Results) -> CycleFacts:
    """The facts of `results`; those of the last results asked for are kept, as a run asks again for each person."""
    if not _last or _last[0].results is not results:
        _last[:] = [_arrange(results)]
    return _last[0]


def _arrange(results: Results) -> CycleFacts:
    expectations: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in results.tables.frame(Expectations).itertuples(index=False):
        expectations[row.level_code].setdefault(row.competency_id, row)
    priorities = _priorities(results)
    return CycleFacts(
        results=results,
        gaps=RowGroups(results.gaps, ["employee_id", "target_level"]),
        readiness={(row.employee_id, row.target_level): row for row in _rows(results.readiness)},
        evaluated={row.Index: row for row in results.evaluated.itertuples()},
        teams=_teams(results.evaluated),
        people=_by(results.tables.frame(People), "employee_id"),
        levels=_by(results.tables.frame(Levels), "level_code"),
        competencies=_by(results.tables.frame(Competencies), "competency_id"),
        expectations=expectations,
        priorities=priorities,
        ranked=frozenset(
            (employee, code)
            for (side, employee), codes in priorities.items()
            for code in codes
            if side == "employee"
        ),
        sources=tuple(attributions(results.tables)),
    )


def _teams(evaluated: pd.DataFrame) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for employee, manager in zip(evaluated.index, evaluated["manager"], strict=True):
        if isinstance(manager, str) and manager != employee:
            found[manager].append(employee)
    return dict(found)


def _priorities(results: Results) -> dict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for side in ("employee", "manager"):
        ranked = ranked_competencies(results.tables, side)
        for employee, code in zip(ranked["employee_id"], ranked["competency_id"], strict=True):
            found[side, employee].append(code)
    return dict(found)


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples(index=False))


def _by(frame: pd.DataFrame, key: str) -> dict[str, Any]:
    known = frame[frame[key].notna()].drop_duplicates(key)
    return {getattr(row, key): row for row in _rows(known)}
