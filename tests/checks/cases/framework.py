"""Ladders, expectations, weights and scales."""

from __future__ import annotations

from tests.checks.cases.case import Case, half_points
from tests.checks.company import add, drop, edit, lack

CASES = [
    Case(
        "CS301",
        [drop("Expectations", 7)],
        [("Scores!E11", "CS213"), ("Levels!B9", "CS301")],
        [edit("Expectations", 7, weight=None)],
    ),
    Case(
        "CS302",
        [
            add("Levels", level_code="E4", family="Engineering"),
            edit("Levels", 2, next_levels="E4"),
            add(
                "Expectations",
                level_code="E4",
                competency_id="CODE",
                required=4,
                behaviours="Splits a large change into safe steps",
            ),
            add(
                "Expectations",
                level_code="E4",
                competency_id="CALL",
                required=2,
                behaviours="Leads the response to an outage",
            ),
        ],
        [("Levels!H8", "CS302")],
        [
            add("Levels", level_code="E4", family="Engineering"),
            edit("Levels", 2, next_levels="E4"),
            add(
                "Expectations",
                level_code="E4",
                competency_id="CODE",
                required=4,
                behaviours="Chooses what is not built",
            ),
            add(
                "Expectations",
                level_code="E4",
                competency_id="CALL",
                required=2,
                behaviours="Leads the response to an outage",
            ),
        ],
    ),
    Case(
        "CS303",
        [edit("Expectations", 6, required=3)],
        [("Expectations!F12", "CS303")],
        [edit("Expectations", 6, required=0)],
    ),
    Case(
        "CS304",
        [edit("Expectations", 5, required=3.5)],
        [("Expectations!F11", "CS304")],
        [edit("Expectations", 5, required=3.5), *half_points()],
    ),
    Case(
        "CS305",
        [edit("Expectations", 5, weight=49.98)],
        [("Expectations!G11", "CS305")],
        [edit("Expectations", 5, weight=49.99)],
    ),
    Case(
        "CS306",
        [edit("Expectations", 3, weight=None)],
        [("Expectations!G9", "CS306")],
        [edit("Expectations", 4, weight=None, optional="Yes"), edit("Expectations", 3, weight=60)],
    ),
    Case(
        "CS307",
        [edit("Levels", 3, next_levels="E1")],
        [("Levels!H9", "CS307")],
        [edit("Levels", 3, next_levels="E3")],
    ),
    Case(
        "CS308",
        [edit("Levels", 2, next_levels="E3")],
        [("Levels!H8", "CS308")],
        [edit("Levels", 2, next_levels=None)],
    ),
    Case(
        "CS309",
        [add("Competencies", competency_id="DRAW", competency="Drawing", scale="Default")],
        [("Competencies!B9", "CS309")],
        [
            add("Competencies", competency_id="DRAW", competency="Drawing", scale="Default"),
            add("Expectations", level_code="E1", competency_id="DRAW", required=1),
        ],
    ),
    Case(
        "CS310",
        [edit("Competencies", 2, scale=None)],
        [("Competencies!F8", "CS310"), ("Competencies!F8", "CS310")],
        [lack("Expectations", "optional"), edit("Competencies", 2, scale="Default")],
    ),
    Case(
        "CS311",
        [add("RatingScales", scale="Done", value=1)],
        [("Rating scales!B14", "CS311")],
        [add("RatingScales", scale="Done", value=0), add("RatingScales", scale="Done", value=1)],
    ),
    Case(
        "CS312",
        [edit("RatingScales", 1, step=0.5)],
        [("Rating scales!F6", "CS312")],
        [edit("RatingScales", 1, step=None)],
    ),
    Case(
        "CS313",
        [edit("RatingScales", 1, value=2.5)],
        [("Rating scales!C7", "CS313")],
        [edit("RatingScales", 1, value=2.5), *half_points()],
    ),
    Case(
        "CS314",
        [edit("RatingScales", 1, label="learning")],
        [("Rating scales!D7", "CS314")],
        [edit("RatingScales", 5, label="Learning")],
    ),
    Case(
        "CS315",
        [edit("Expectations", 4, critical="Yes", required=None), edit("Expectations", 3, weight=60)],
        [("Expectations!H10", "CS315")],
        [edit("Expectations", 4, critical="Yes")],
    ),
    Case(
        "CS316",
        [edit("Expectations", 4, critical="Yes", optional="Yes")],
        [("Expectations!H10", "CS316")],
        [edit("Expectations", 4, critical="No", optional="Yes")],
    ),
]
