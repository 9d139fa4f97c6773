"""Whom a plan template is for: the people that a filter leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from ..analysis.results import Results
from ..model.errors import NotFound, UsageError
from ..tables.headers import fold
from ..tables.persons import directory_of
from ..vocabulary.framework import Competencies, Levels
from ..vocabulary.people import People


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What people have to be; what is left open does not matter. Each that is given narrows it further.

    `manager` and `employees` are ids, e-mail addresses or full names; `gap_in` is a competency's id or title.
    """

    department: str = ""
    team: str = ""
    level: str = ""
    manager: str = ""
    gap_in: str = ""
    employees: tuple[str, ...] = ()
    everyone: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nothing was said at all."""
        return self == PlanFilter()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids in the order of the sheet People, and those who fit but were left out, with the reason in words."""

    people: tuple[str, ...]
    without: Mapping[str, str]


def choose_people(results: Results, held: Iterable[str], wanted: PlanFilter) -> Chosen:
    """Everyone still here whom `wanted` leaves.

    Whoever is in `held`, whose numbers cannot be trusted, is left out where gaps decide.

    Raises:
        UsageError: nothing was said about whom, or somebody named is nobody or several.
        NotFound: there is no such department, team, level or competency.
    """
    if wanted.is_open:
        raise UsageError(
            "Say for whom: --department, --team, --level, --manager, --gap-in or --employee; --everyone for all."
        )
    people = results.tables.frame(People).dropna(subset="employee_id").drop_duplicates("employee_id")
    people = people[people["active"].fillna(True).astype(bool)].set_index("employee_id")
    for column, value in (("department", wanted.department), ("team", wanted.team)):
        people = people[_named(people[column], column, value, people[column])] if value else people
    if wanted.level:
        levels = results.tables.frame(Levels)["level_code"]
        people = people[_named(people["level_code"], "level", wanted.level, levels)]
    if wanted.manager:
        people = people[people["manager"].eq(_person(results, wanted.manager))]
    if wanted.employees:
        people = people[people.index.isin([_person(results, named) for named in wanted.employees])]
    if not wanted.gap_in:
        return Chosen(tuple(people.index), {})
    return _with_gap(results, people.index, set(held), competency_of(results, wanted.gap_in))


def competency_of(results: Results, named: str) -> str:
    """The id of a competency that is named by its id or its title.

    Raises:
        NotFound: there is none.
    """
    known = results.tables.frame(Competencies).dropna(subset="competency_id")
    for column in ("competency_id", "competency"):
        found = known.loc[known[column].astype("str").map(fold).eq(fold(named)), "competency_id"]
        if len(found):
            return str(found.iloc[0])
    raise NotFound("competency", named, known["competency_id"])


def _with_gap(results: Results, people: pd.Index, held: set[str], competency: str) -> Chosen:
    gaps = results.gaps
    behind = set(gaps.loc[gaps["competency_id"].eq(competency) & gaps["gap"].gt(0), "employee_id"])
    without = dict.fromkeys(
        [person for person in people if person in held],
        "has errors on To fix, so that the gap is not certain",
    )
    return Chosen(tuple(person for person in people if person in behind and person not in held), without)


def _named(cells: pd.Series, what: str, value: str, there: pd.Series) -> pd.Series:
    if not there.dropna().map(fold).eq(fold(value)).any():
        raise NotFound(what, value, set(there.dropna()))
    return cells.astype("str").fillna("").map(fold).eq(fold(value))


def _person(results: Results, named: str) -> str:
    found = directory_of(results.tables.frame(People)).look_up(named)
    if len(found) == 1:
        return next(iter(found))
    who = f'Several people are called "{named}"' if found else f'"{named}" is nobody on the sheet People'
    raise UsageError(f"{who}. Give the employee ID or the e-mail address as it stands there.")
