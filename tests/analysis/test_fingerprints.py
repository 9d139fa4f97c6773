"""A fingerprint changes with what it is made from, for whom it concerns, and with nothing else."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from careersheets.analysis.fingerprints import input_fingerprints, score_fingerprints
from tests.analysis.test_by_hand import results_of, workbook

pytestmark = pytest.mark.requirement("X5", "E4")

Rows = dict[str, list[dict[str, Any]]]


def changed_people(before: Rows, after: Rows) -> set[str]:
    one, two = (input_fingerprints(results_of(rows)) for rows in (before, after))
    assert set(one) == set(two)
    return {person for person, fingerprint in one.items() if two[person] != fingerprint}


def edited(sheet: str, number: int, **cells: Any) -> Rows:
    rows = deepcopy(workbook())
    rows[sheet][number] |= cells
    return rows


def test_the_same_workbook_gives_the_same_on_another_day() -> None:
    results = results_of(workbook())
    later = replace(results_of(workbook()), today=date(2027, 1, 1))
    assert input_fingerprints(results) == input_fingerprints(later)
    assert len(set(input_fingerprints(results).values())) == len(results.evaluated)


def test_a_score_concerns_its_person_alone() -> None:
    rows = workbook()
    person = rows["Scores"][0]["employee_id"]
    assert changed_people(rows, edited("Scores", 0, evidence="Something else was seen.")) == {person}


def test_a_new_name_concerns_everyone_in_whose_rows_the_person_stands() -> None:
    rows = workbook()
    for person in rows["People"][1:3]:
        person["manager"] = "P1"
    after = deepcopy(rows)
    after["People"][0]["name"] = "Chiara Conti"
    renamed = {rows["People"][place]["employee_id"] for place in range(3)}
    assert changed_people(rows, after) == renamed


@pytest.mark.parametrize(
    ("sheet", "cells"),
    [("Expectations", {"behaviours": "Does another thing"}), ("Levels", {"title": "Other"})],
)
def test_the_framework_concerns_everyone(sheet: str, cells: dict[str, Any]) -> None:
    rows = workbook()
    assert changed_people(rows, edited(sheet, 0, **cells)) == set(input_fingerprints(results_of(rows)))


def test_a_row_that_moves_to_another_sheet_is_a_change() -> None:
    rows = workbook()
    goal = {"employee_id": "P1", "goal": "Chair the planning round"}
    assert changed_people(rows, rows | {"Goals": [goal]}) == {"P1"}
    assert changed_people(rows | {"Goals": [goal]}, rows | {"Goals": [goal, goal]}) == {"P1"}


def test_scores_in_another_order_are_the_same_scores() -> None:
    rows = workbook()
    cycle = rows["Scores"][0]["cycle"]
    turned = rows | {"Scores": rows["Scores"][::-1]}
    one, two = (score_fingerprints(results_of(each).tables, cycle) for each in (rows, turned))
    assert one == two
    spoilt = edited("Scores", 0, manager_rating=1, agreed_rating=1)
    other = score_fingerprints(results_of(spoilt).tables, cycle)
    assert [person for person in one if one[person] != other[person]] == [rows["Scores"][0]["employee_id"]]
