"""Do the people, their managers and their targets fit together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.mail_address import is_address
from ..tables.persons import folded
from ..tables.tables import Table
from ..vocabulary.choices import UNDECIDED
from ..vocabulary.evaluation import Evaluations, Scores
from ..vocabulary.framework import Levels
from ..vocabulary.people import People
from ..vocabulary.settings import Cycles
from .loops import find_loops, shown_loop
from .placing import LISTED, listed, report_rows
from .review import Review

OWN_MANAGER = Rule(
    "CS401",
    Severity.WARNING,
    "this person is entered as their own manager.",
    "Enter the manager, or leave the cell empty at the top of the organisation.",
    "Documents for the manager would go to the person they are about.",
)
MANAGERS_IN_A_LOOP = Rule(
    "CS402",
    Severity.WARNING,
    "the managers lead in a loop: {loop}.",
    "Correct the manager of one of them.",
    "Each of these people would be the manager of their own manager.",
)
MANAGER_LEFT = Rule(
    "CS403",
    Severity.WARNING,
    "the manager {manager} is marked as not active.",
    "Enter the present manager, or correct Active in the manager's row.",
    "Documents would be addressed to somebody who has left.",
)
LEVEL_BEFORE_HIRED = Rule(
    "CS404",
    Severity.WARNING,
    "the level began on {level_since}, before the first working day on {hired}.",
    "Correct one of the two dates.",
    "Time in level is counted from this date.",
)
TARGET_OUT_OF_REACH = Rule(
    "CS405",
    Severity.NOTE,
    'no chain of next levels leads from "{level_code}" to "{target}".',
    "Leave it if the move is meant, or add the step under Next levels on the sheet Levels.",
    "The report shows the gap all the same, but not the way there.",
)
TARGET_IS_OWN_LEVEL = Rule(
    "CS406",
    Severity.NOTE,
    'the target "{target}" is the level this person already has.',
    "Enter the level to work towards, or leave the cell empty for the next one.",
    "The report would compare the person with their own level only.",
)
TRACK_UNKNOWN = Rule(
    "CS407",
    Severity.WARNING,
    '"{track_preference}" is no track on the sheet Levels.',
    "Enter one of: {tracks}.",
    "An unknown track is passed over when the next levels are chosen.",
)
EMAIL_MALFORMED = Rule(
    "CS408",
    Severity.WARNING,
    '"{email}" is not an e-mail address.',
    "Enter one address, such as name@example.org, and nothing else.",
    "Nothing can be sent to it.",
)
EMAIL_SHARED = Rule(
    "CS409",
    Severity.ERROR,
    "the e-mail address {email} also belongs to {others}.",
    "Give each person their own address.",
    "Documents about one person would reach another.",
)
NOT_EVALUATED = Rule(
    "CS410",
    Severity.NOTE,
    "this person has no row on the sheet Evaluations for {cycle}.",
    "Add one if the person takes part in this cycle.",
    "Without it no level, manager and targets are kept for this cycle, and nobody is reminded.",
)
TARGET_REPEATED = Rule(
    "CS411",
    Severity.WARNING,
    'the target "{target}" is entered twice.',
    "Clear one of the two cells.",
    "A second target is for a second way; the same one adds nothing.",
)
ID_LIKE_ANOTHER = Rule(
    "CS412",
    Severity.ERROR,
    'the ID "{employee_id}" is the one in row {first}, "{other}", but for capitals or blanks.',
    "Keep one of the two rows, or give this person another ID; then correct the rows that use it.",
    "Ids are compared without capitals, so nobody can tell which of the two a row is about.",
)

TARGETS = ("target_1", "target_2", "target_3")


def check_people(review: Review) -> Iterator[Finding]:
    """Everyone who has not left: manager, dates, targets, track and address."""
    table = review.tables[People]
    people = table.frame.dropna(subset="employee_id").drop_duplicates("employee_id")
    active = people[people["active"].fillna(True).astype(bool)]
    yield from _check_ids(table, people)
    yield from _check_managers(table, people, active)
    early = active[active["level_since"].lt(active["hired"])]
    yield from report_rows(LEVEL_BEFORE_HIRED, table, "level_since", early)
    yield from _check_targets(review, table, active)
    yield from _check_tracks(review, table, active)
    yield from _check_addresses(table, active)
    yield from _check_evaluated(review, table, active)


def _check_ids(table: Table, people: pd.DataFrame) -> Iterator[Finding]:
    """Ids that differ, yet mean the same person wherever they are entered; said of all but one, in whatever order they stand."""
    people = people.sort_values("employee_id")
    alike = people["employee_id"].map(folded)
    firsts = people.assign(alike=alike).drop_duplicates("alike").reset_index(names="first").set_index("alike")
    later = people[alike.duplicated()]
    first = firsts.loc[alike[later.index], ["first", "employee_id"]]
    rows = later.assign(first=first["first"].to_numpy(), other=first["employee_id"].to_numpy())
    yield from report_rows(ID_LIKE_ANOTHER, table, "employee_id", rows)


def _check_managers(table: Table, people: pd.DataFrame, active: pd.DataFrame) -> Iterator[Finding]:
    own = active["manager"].eq(active["employee_id"])
    yield from report_rows(OWN_MANAGER, table, "manager", active[own])
    left = people.loc[~people["employee_id"].isin(active["employee_id"]), "employee_id"]
    yield from report_rows(MANAGER_LEFT, table, "manager", active[active["manager"].isin(left)])

    managed = active[active["manager"].notna() & ~own].sort_values("employee_id")
    leads_to = {who: (boss,) for who, boss in zip(managed["employee_id"], managed["manager"], strict=True)}
    row_of = dict(zip(managed["employee_id"], managed.index, strict=True))
    for loop in find_loops(leads_to):
        last = managed.loc[[row_of[loop[-1]]]]
        yield from report_rows(MANAGERS_IN_A_LOOP, table, "manager", last, loop=shown_loop(loop))


def _check_targets(review: Review, table: Table, active: pd.DataFrame) -> Iterator[Finding]:
    levels = review.tables.frame(Levels).dropna(subset="level_code").drop_duplicates("level_code")
    following = dict(zip(levels["level_code"], levels["next_levels"], strict=True))
    reach = {level: _reachable(level, following) for level in active["level_code"].dropna().unique()}
    for number, name in enumerate(TARGETS):
        rows = active.assign(target=active[name]).dropna(subset=["target", "level_code"])
        rows = rows[rows["target"].isin(following)]
        own = rows["target"].eq(rows["level_code"])
        ends_here = rows["level_code"].map(lambda level: not following.get(level)).astype(bool)
        repeated = rows[[*TARGETS[:number]]].eq(rows["target"], axis=0).any(axis=1)
        beyond = [
            target not in reach[level]
            for level, target in zip(rows["level_code"], rows["target"], strict=True)
        ]
        yield from report_rows(TARGET_REPEATED, table, name, rows[repeated])
        yield from report_rows(TARGET_IS_OWN_LEVEL, table, name, rows[own & ~ends_here & ~repeated])
        yield from report_rows(
            TARGET_OUT_OF_REACH,
            table,
            name,
            rows[pd.Series(beyond, rows.index, dtype=bool) & ~own & ~repeated],
        )


def _reachable(level: str, following: Mapping[str, Sequence[str]]) -> set[str]:
    """The levels that can be reached from `level` in any number of steps."""
    reached: set[str] = set()
    ahead = [level]
    while ahead:
        steps = [code for code in following.get(ahead.pop(), ()) if code not in reached]
        reached.update(steps)
        ahead += steps
    return reached


def _check_tracks(review: Review, table: Table, active: pd.DataFrame) -> Iterator[Finding]:
    tracks = sorted({str(track) for track in review.tables.frame(Levels)["track"].dropna()})
    wanted = active["track_preference"]
    unknown = active[wanted.notna() & ~wanted.isin([*tracks, UNDECIDED])]
    yield from report_rows(
        TRACK_UNKNOWN, table, "track_preference", unknown, tracks=listed([*tracks, UNDECIDED])
    )


def _check_addresses(table: Table, active: pd.DataFrame) -> Iterator[Finding]:
    given = active.dropna(subset="email")
    good = given["email"].map(is_address).astype(bool)
    yield from report_rows(EMAIL_MALFORMED, table, "email", given[~good])

    folded = given["email"].str.casefold()
    shared = given[folded.duplicated(keep=False)].sort_values("employee_id")
    owners = shared.groupby(folded)["employee_id"].agg(list)
    others = [
        _others(owners[address], who)
        for address, who in zip(folded[shared.index], shared["employee_id"], strict=True)
    ]
    yield from report_rows(EMAIL_SHARED, table, "email", shared.assign(others=others))


def _others(owners: list[str], who: str) -> str:
    """Some of `owners` other than `who`, and how many more there are; an address may stand in every row."""
    shown = [owner for owner in owners[: LISTED + 1] if owner != who][:LISTED]
    more = len(owners) - 1 - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _check_evaluated(review: Review, table: Table, active: pd.DataFrame) -> Iterator[Finding]:
    """People without an evaluation in the cycle, once the cycle has any.

    Those who joined after it ended are no part of it; those who have scores are reported where their scores stand.
    """
    evaluated = review.in_cycle(Evaluations)["employee_id"]
    scored = review.in_cycle(Scores)["employee_id"]
    cycles = review.tables.frame(Cycles)
    end = cycles.loc[cycles["cycle"].eq(review.cycle), "end"].max()
    if evaluated.empty:
        return
    known = active["employee_id"].isin(evaluated) | active["employee_id"].isin(scored)
    missing = active[~known & ~active["hired"].gt(end)]
    yield from report_rows(NOT_EVALUATED, table, "employee_id", missing, cycle=review.cycle)
