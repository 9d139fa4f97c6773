"""What changes at the next level.

E1 -> E2, M2     E2 is the top     M4 -> M5: a ladder that starts at 4

level  competency  required  behaviours            skills
E1     COM            2      Asks; Listens         Notes
E1     RUN            1      Restarts
E2     COM            3      Listens; Leads        Notes; Slides
E2     DES            2      Designs
M2     COM            1      Listens                          falls, on purpose
M2     RUN            1      Restarts
M4     COM            -      Speaks                           no rating: not asked
M5     COM            5
"""

from __future__ import annotations

import pandas as pd
import pytest

from careersheets.analysis.next_level import level_steps, next_level_changes
from careersheets.tables.tables import Tables
from tests.support.tables import tables_from

pytestmark = pytest.mark.requirement("F6", "F1", "F3")


@pytest.fixture(scope="module")
def tables() -> Tables:
    expectations = [
        ("E1", "COM", 2, "Asks; Listens", "Notes", "own tasks"),
        ("E1", "RUN", 1, "Restarts", None, None),
        ("E2", "COM", 3, "Listens; Leads", "Notes; Slides", "the team"),
        ("E2", "DES", 2, "Designs", None, None),
        ("M2", "COM", 1, "Listens", None, None),
        ("M2", "RUN", 1, "Restarts", None, None),
        ("M4", "COM", None, "Speaks", None, None),
        ("M5", "COM", 5, None, None, None),
    ]
    names = ("level_code", "competency_id", "required", "behaviours", "skills", "scope")
    return tables_from(
        Levels=[
            {
                "level_code": "E1",
                "family": "Craft",
                "track": "IC",
                "next_levels": "E2; M2; X9",
                "scope": "Tasks",
            },
            {"level_code": "E2", "family": "Craft", "track": "IC", "scope": "Projects"},
            {"level_code": "M2", "family": "Craft", "track": "Management"},
            {"level_code": "M4", "family": "Office", "next_levels": "M5"},
            {"level_code": "M5", "family": "Office"},
        ],
        Competencies=[
            {"competency_id": c, "competency": c.title(), "scale": "Default"} for c in ("COM", "DES", "RUN")
        ],
        RatingScales=[{"scale": "Default", "value": value, "step": 1} for value in range(1, 6)],
        Expectations=[dict(zip(names, row, strict=True)) for row in expectations],
    )


def changes(tables: Tables, level: str, next_level: str = "") -> dict[tuple[str, str], str]:
    found = next_level_changes(tables, level, next_level)
    return dict(
        zip(zip(found["next_level"], found["competency_id"], strict=True), found["change"], strict=True)
    )


def row(tables: Tables, level: str, competency: str, next_level: str) -> pd.Series:
    found = next_level_changes(tables, level, next_level)
    return found[found["competency_id"].eq(competency)].iloc[0]


def test_steps_go_to_levels_that_exist_in_the_order_of_the_sheet(tables: Tables) -> None:
    steps = level_steps(tables)
    assert list(zip(steps["level_code"], steps["next_level"], strict=True)) == [
        ("E1", "E2"),
        ("E1", "M2"),
        ("M4", "M5"),
    ]
    assert list(steps[["track", "next_track", "scope", "next_scope"]].iloc[1]) == [
        "IC",
        "Management",
        "Tasks",
        "",
    ]


def test_each_competency_says_how_it_changes_on_both_sides_of_a_fork(tables: Tables) -> None:
    assert changes(tables, "E1") == {
        ("E2", "COM"): "Higher",
        ("E2", "DES"): "New",
        ("E2", "RUN"): "No longer asked",
        ("M2", "COM"): "Lower",
        ("M2", "RUN"): "Same rating",
    }


def test_behaviours_skills_and_scope_stand_apart(tables: Tables) -> None:
    com = row(tables, "E1", "COM", "E2")
    assert com["new_behaviours"] == ("Leads",)
    assert com["kept_behaviours"] == ("Listens",)
    assert com["new_skills"] == ("Slides",)
    assert (com["scope"], com["next_scope"], com["rise"]) == ("own tasks", "the team", 1)


def test_what_a_level_does_not_rate_is_new_above_it(tables: Tables) -> None:
    com = row(tables, "M4", "COM", "M5")
    assert com["change"] == "New"
    assert pd.isna(com["rise"])
    assert com["new_behaviours"] == ()


def test_any_two_levels_can_be_compared(tables: Tables) -> None:
    assert changes(tables, "E2", "M5") == {("M5", "COM"): "Higher", ("M5", "DES"): "No longer asked"}
    assert next_level_changes(tables, "E2").empty
