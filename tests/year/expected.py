"""What the year should show, worked out by hand from the starter framework and the ratings in cast.py.

Attainment of a person with every rating as asked is 1; a rating that is short takes away weight x (1 - (s - l) / (r - l)).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from careersheets.vocabulary.conversations import Conversations
from careersheets.vocabulary.evaluation import Evaluations, Scores
from careersheets.vocabulary.framework import Levels
from careersheets.vocabulary.people import People
from careersheets.vocabulary.plans import ActionItems
from careersheets.vocabulary.settings import Cycles

from .cast import FIRST, PEOPLE, SECOND
from .play import WITHOUT_LADDER
from .talks import CHOSEN


# What check finds, stage by stage: (sheet, column, row, code), in the order in which it is shown.
@cache
def expected_findings() -> dict[str, list[tuple[Any, str, dict[str, Any], str]]]:
    def evaluation(who: str, column: str, code: str, cycle: str = FIRST) -> Any:
        return Evaluations, column, {"cycle": cycle, "employee_id": who}, code

    def score(who: str, what: str, column: str, code: str) -> Any:
        return Scores, column, {"cycle": FIRST, "employee_id": who, "competency_id": what}, code

    def talk(who: str, column: str, code: str, cycle: str = FIRST) -> Any:
        return Conversations, column, {"cycle": cycle, "employee_id": who}, code

    def action(who: str, what: str, column: str, code: str) -> Any:
        return ActionItems, column, {"employee_id": who, "competency_id": what}, code

    # M4 asks for no code and no tests, M3 does: the scorecard asks for the target only.
    own_level = [evaluation(who, "status", "CS202") for who in ("L02", "L03")]
    own_level_second = [evaluation(who, "status", "CS202", SECOND) for who in ("L02", "L03")]
    unrated = [evaluation(who, "status", "CS202", SECOND) for who in ("L07", "L08")]
    no_ladder = [(Levels, "level_code", {"level_code": "X1"}, "CS301")]
    director = [(People, "employee_id", {"employee_id": "L00"}, "CS410")]
    few_peers = [("Peer input!G6", "", {}, "CS538")]
    unscored = [evaluation(WITHOUT_LADDER, "employee_id", "CS215")]
    unscored_second = [evaluation(WITHOUT_LADDER, "employee_id", "CS215", SECOND)]
    apart = [score("L09", "COM-PLAN", "manager_rating", "CS210")]
    warned, noted = [*no_ladder, *few_peers], [*director, *unscored, *apart]
    bare = [score("L09", "COM-PLAN", "evidence", "CS207")]
    not_closed = [talk(who, "held", "CS531") for who in CHOSEN[FIRST] if who != "L06"]
    early = [talk("L10", "next_check_in", "CS533")]
    nobody_yet = [evaluation(who, "employee_id", "CS215", SECOND) for who in PEOPLE]
    undated = [action("L12", "PEO-PAY", "done_on", "CS543")]
    second = [*own_level_second, *unrated, *undated, *no_ladder, *director, *unscored_second]
    return {
        "set up": [*warned, *director, *(evaluation(who, "employee_id", "CS215") for who in PEOPLE)],
        "submitted": [*own_level, *bare, *warned, *noted],
        "returned": [*own_level, *bare, *warned, *noted],
        "submitted again": [*own_level, *warned, *noted],
        "disputed": [*own_level, score("L06", "COM-COMM", "resolution", "CS537"), *warned, *noted],
        "resolved": [*own_level, *warned, *noted],
        "approved": [*own_level, evaluation("L04", "approver", "CS503"), *warned, *noted],
        "released": [*own_level, *warned, *noted],
        "planned": [*own_level, *warned, *noted, talk("L10", "planned", "CS534")],
        "held": [
            *own_level,
            *not_closed[:-1],
            *early,
            not_closed[-1],
            *(action("L06", what, "action", "CS542") for what in ("COM-COMM", "COM-GROW")),
            *warned,
            *noted,
        ],
        "agreed": [*own_level, not_closed[0], *early, *warned, *noted],
        "second opens": [*no_ladder, *director, *nobody_yet],
        "checked in": [*undated, *no_ladder, *director, *nobody_yet],
        "promoted": [*undated, *no_ladder, *director, *nobody_yet],
        "second submitted": second,
        "framework edited": [*second, (Cycles, "framework_version", {"cycle": SECOND}, "CS328")],
        "framework accepted": second,
        "second released": second,
        "end of the year": [
            *own_level_second,
            *unrated,
            *(talk(who, "held", "CS531", SECOND) for who in ("L01", "L02", "L08", "L09", "L10")),
            *undated,
            action("L04", "ENG-DSGN", "action", "CS542"),
            *no_ladder,
            *director,
            *unscored_second,
        ],
    }


# Person and target: attainment, share met, coverage, critical short, band, change of attainment, closed gaps.
READINESS = {
    "released": {
        ("L01", "M5"): (1.0, 1.0, 1.0, 0, "Ready", None, 0),
        ("L02", "M4"): (0.9, 0.7, 1.0, 1, "Near", None, 0),  # 15 + 15 at 2/3
        ("L03", "M4"): (0.93333, 0.9, 1.0, 0, "Near", None, 0),  # 10 at 1/3
        ("L04", "E4"): (0.86667, 0.6, 1.0, 2, "Developing", None, 0),  # 20 + 20 at 2/3, both critical
        ("L05", "E3"): (1.0, 1.0, 1.0, 0, "Ready", None, 0),
        ("L06", "E3"): (0.825, 0.8, 1.0, 0, "Developing", None, 0),  # 5 at 1/2 as agreed, 15 at 0
        ("L07", "E2"): (0.925, 0.85, 1.0, 1, "Near", None, 0),  # 15 at 1/2
        ("L08", "E3"): (0.95, 0.9, 1.0, 0, "Ready", None, 0),  # 10 at 1/2: on the threshold
        ("L09", "E2"): (0.9, 0.9, 1.0, 0, "Near", None, 0),  # 10 at 0
        ("L10", "M3"): (0.825, 0.8, 1.0, 1, "Developing", None, 0),  # 15 at 0, short by two; 5 at 1/2
        ("L12", "PM5"): (0.9375, 0.75, 1.0, 1, "Near", None, 0),  # 15 + 10 at 3/4
    },
    "end of the year": {
        ("L01", "M5"): (1.0, 1.0, 1.0, 0, "Ready", 0.0, 0),
        ("L02", "M4"): (0.95, 0.85, 1.0, 0, "Ready", 0.05, 1),
        ("L03", "M4"): (0.96667, 0.9, 1.0, 0, "Ready", 0.03333, 0),
        ("L04", "E4"): (0.93333, 0.8, 1.0, 1, "Near", 0.06667, 1),
        ("L05", "E4"): (0.7, 0.1, 1.0, 2, "Developing", None, 0),  # 90 at 2/3
        ("L05", "M3"): (0.675, 0.35, 1.0, 3, "Developing", None, 0),
        ("L06", "E3"): (0.96667, 0.9, 1.0, 1, "Near", 0.14167, 2),  # tests: 10 at 2/3 since December
        ("L07", "E2"): (1.0, 1.0, 0.85, 0, "Insufficient data", 0.075, 0),
        ("L08", "E3"): (0.88095, 0.71429, 0.7, 1, "Insufficient data", -0.06905, 0),  # of 70
        ("L09", "E2"): (0.9, 0.9, 1.0, 0, "Near", 0.0, 0),
        ("L10", "M3"): (0.925, 0.85, 1.0, 1, "Near", 0.1, 1),
        ("L12", "PM5"): (0.9625, 0.85, 1.0, 1, "Near", 0.025, 1),
    },
}

# Current, required and gap of everything that is short of the first target.
GAPS = {
    "released": {
        ("L02", "COM-PEOP"): (3, 4, 1),
        ("L02", "ENG-PROD"): (3, 4, 1),
        ("L03", "COM-COMM"): (2, 4, 2),
        ("L04", "COM-GROW"): (3, 4, 1),
        ("L04", "ENG-DSGN"): (3, 4, 1),
        ("L06", "COM-COMM"): (2, 3, 1),
        ("L06", "COM-GROW"): (1, 3, 2),
        ("L07", "ENG-TEST"): (2, 3, 1),
        ("L08", "ENG-PROD"): (2, 3, 1),
        ("L09", "COM-PLAN"): (1, 2, 1),
        ("L10", "COM-HIRE"): (2, 3, 1),
        ("L10", "COM-PEOP"): (1, 3, 2),
        ("L12", "COM-PLAN"): (4, 5, 1),
        ("L12", "PEO-PAY"): (4, 5, 1),
    },
    "end of the year": {
        ("L02", "ENG-PROD"): (3, 4, 1),
        ("L03", "COM-COMM"): (3, 4, 1),
        ("L04", "ENG-DSGN"): (3, 4, 1),
        **{
            ("L05", what): (3, 4, 1)
            for what in (
                *("COM-COMM", "COM-FEED", "COM-GROW", "COM-PLAN"),
                *("ENG-DSGN", "ENG-PROD", "ENG-SEC", "ENG-TEST"),
            )
        },
        ("L05", "COM-HIRE"): (2, 3, 1),
        ("L06", "ENG-TEST"): (3, 4, 1),
        ("L08", "ENG-PROD"): (2, 3, 1),
        ("L08", "ENG-TEST"): (3, 4, 1),
        ("L09", "COM-PLAN"): (1, 2, 1),
        ("L10", "COM-PEOP"): (2, 3, 1),
        ("L12", "COM-PLAN"): (4, 5, 1),
    },
}

LINKS = {
    "L01": "",
    "L02": "",
    "L03": "Evaluation: not released yet",
    "L04": "Action: none for System design",
    "L05": "Gap: none is chosen yet",
    "L06": "",
    "L07": "Re-score: Testing was worked on and is not rated again",
    "L08": "Evaluation: too little is rated",
    "L09": "Action: none for Planning",
    "L10": "Gap: none is chosen yet",
    "L11": "Framework: no target level asks for anything",
    "L12": "Evaluation: not released yet",
}
