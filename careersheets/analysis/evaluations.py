"""Who is evaluated in a cycle, at which level, for whom, and towards which levels."""

from __future__ import annotations

import pandas as pd

from ..tables.settings import WorkbookSettings
from ..tables.tables import Tables
from ..vocabulary.choices import UNDECIDED
from ..vocabulary.evaluation import Evaluations, Scores
from ..vocabulary.framework import Levels
from ..vocabulary.people import People
from ..vocabulary.settings import Cycles

PERSON_CYCLE = ["cycle", "employee_id"]
_FROZEN = ["level_code", "manager", "targets", "approver", "status"]


def cycle_order(tables: Tables) -> list[str]:
    """All cycles, the earliest first; cycles without a start stand where they stand in the sheet."""
    cycles = tables.frame(Cycles).dropna(subset="cycle").drop_duplicates("cycle")
    return list(cycles.assign(start=cycles["start"].ffill()).sort_values("start", kind="stable")["cycle"])


def current_cycle(tables: Tables, settings: WorkbookSettings) -> str:
    """The cycle in hand: the one in Settings, else the open one that started last, else the last one; "" if none."""
    order = cycle_order(tables)
    if settings.current_cycle in order:
        return settings.current_cycle
    cycles = tables.frame(Cycles)
    is_open = set(cycles.loc[cycles["status"].eq("Open"), "cycle"])
    opened = [cycle for cycle in order if cycle in is_open]
    return (opened or order or [""])[-1]


def evaluated_people(tables: Tables, cycle: str) -> pd.DataFrame:
    """Everyone who has an evaluation or scores in `cycle` and is not marked as having left.

    Level, manager and targets are those frozen in the evaluation; where it leaves them blank, or there is none, those
    of the sheet People.

    Returns:
        Indexed by employee id: `name`, `email`, `department`, `team`, `level_code`, `manager`, `approver`, `status`,
        `targets` (tuple of level codes, best first), `draft` (bool).
    """
    people = tables.frame(People).dropna(subset="employee_id").drop_duplicates("employee_id")
    people = people[people["active"].fillna(True).astype(bool)].set_index("employee_id")
    frozen = (
        _in_cycle(tables.frame(Evaluations), cycle).drop_duplicates("employee_id").set_index("employee_id")
    )
    scored = _in_cycle(tables.frame(Scores), cycle)["employee_id"]
    people = people[people.index.isin(frozen.index) | people.index.isin(scored)]
    frozen = frozen[_FROZEN].reindex(people.index)
    level = frozen["level_code"].fillna(people["level_code"])
    own_targets = people[["target_1", "target_2", "target_3"]].where(level.eq(people["level_code"]))
    people = people.assign(
        level_code=level,
        manager=frozen["manager"].fillna(people["manager"]),
        approver=frozen["approver"],
        status=frozen["status"],
        draft=frozen["status"].ne("Released"),
    )
    people["targets"] = _targets(people, frozen["targets"], own_targets, tables.frame(Levels))
    columns = [
        "name",
        "email",
        "department",
        "team",
        "level_code",
        "manager",
        "approver",
        "status",
        "targets",
        "draft",
    ]
    return people[columns]


def person_targets(people: pd.DataFrame) -> pd.DataFrame:
    """One row per person and target: `employee_id`, `name`, `level_code`, `target_level`, `target_rank` (1 = first)."""
    targets = (
        people[["name", "level_code", "targets"]]
        .explode("targets")
        .rename(columns={"targets": "target_level"})
    )
    targets = targets.rename_axis("employee_id").reset_index().dropna(subset="target_level")
    targets["target_level"] = targets["target_level"].astype("str")
    return targets.assign(target_rank=targets.groupby("employee_id", sort=False).cumcount() + 1)


def _in_cycle(frame: pd.DataFrame, cycle: str) -> pd.DataFrame:
    return frame[frame["cycle"].eq(cycle) & frame["employee_id"].notna()]


def _targets(
    people: pd.DataFrame, frozen: pd.Series, own: pd.DataFrame, levels: pd.DataFrame
) -> list[tuple[str, ...]]:
    """Targets frozen in the evaluation, else the person's own, else the next levels, else the own level (source: G1)."""
    levels = levels.dropna(subset="level_code").drop_duplicates("level_code").set_index("level_code")
    tracks = levels["track"].to_dict()
    following = {level: [n for n in codes if n in tracks] for level, codes in levels["next_levels"].items()}
    chosen = []
    rows = zip(
        people["level_code"], people["track_preference"], frozen, own.itertuples(index=False), strict=True
    )
    for level, wanted_track, fixed, wishes in rows:
        explicit = fixed if isinstance(fixed, tuple) and fixed else wishes
        known = tuple(dict.fromkeys(target for target in explicit if target in tracks))
        chosen.append(known or _next_levels(level, wanted_track, following, tracks))
    return chosen


def _next_levels(
    level: object, wanted_track: object, following: dict[str, list[str]], tracks: dict[str, object]
) -> tuple[str, ...]:
    """The next levels of `level`, those on the wanted track if there are any; at the top of a ladder `level` itself."""
    if not isinstance(level, str) or level not in tracks:
        return ()
    on_track = [
        code
        for code in following.get(level, [])
        if wanted_track != UNDECIDED and tracks[code] == wanted_track
    ]
    return tuple(on_track or following.get(level, []) or [level])
