"""Where the loop from framework to re-score is broken: one person for each link."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from careersheets.analysis.compute import compute_results
from careersheets.analysis.loop import first_broken_links
from careersheets.tables.settings import WorkbookSettings
from tests.support.tables import tables_from

pytestmark = pytest.mark.requirement("G11")

TODAY = date(2026, 11, 22)
CYCLE = "2026-H2"
PEOPLE = {
    "F1": "Noor van Dijk",
    "E1": "Tomáš Novotný",
    "E2": "Abebe Tadesse",
    "G1": "Sofía Herrera",
    "A1": "Kenji Mori",
    "R1": "Yasmin Haddad",
    "OK": "Aoife Byrne",
    "UP": "Mateusz Wilk",
}


def links(**more: Any) -> dict[str, str]:
    rows = {
        "People": [
            {"employee_id": key, "name": name, "level_code": "L9" if key == "F1" else "L1"}
            for key, name in PEOPLE.items()
        ],
        "Levels": [
            {"level_code": "L1", "rank": 1, "next_levels": "L2"},
            {"level_code": "L2", "rank": 2},
            {"level_code": "L9", "rank": 1},
        ],
        "Competencies": [
            {"competency_id": "C", "competency": "Communication", "scale": "Default"},
            {"competency_id": "D", "competency": "Design", "scale": "Default"},
        ],
        "RatingScales": [{"scale": "Default", "value": value, "step": 1} for value in range(1, 6)],
        "Expectations": [
            {"level_code": "L2", "competency_id": "C", "required": 4, "weight": 80},
            {"level_code": "L2", "competency_id": "D", "required": 3, "weight": 20},
        ],
        "Cycles": [{"cycle": CYCLE, "start": date(2026, 7, 1), "end": date(2026, 12, 31), "status": "Open"}],
        "Evaluations": [
            {"cycle": CYCLE, "employee_id": key, "status": "Draft" if key == "E2" else "Released"}
            for key in PEOPLE
        ],
        "Scores": [
            {"cycle": CYCLE, "employee_id": key, "competency_id": what, "manager_rating": rating}
            for key in PEOPLE
            for what, rating in (("C", 5 if key == "UP" else 3), ("D", 3))
            if key != "E1" and (key, what) != ("R1", "D")
        ],
        "Conversations": [
            {"conversation_id": key, "employee_id": key, "cycle": CYCLE, "employee_priorities": "C"}
            for key in ("A1", "R1", "OK")
        ],
        "ActionItems": [
            action("A1", "D"),
            action("A1", "C", owner=None),
            action("A1", "C", status="Dropped"),
            action("R1", "C"),
            action("R1", "D", start=date(2026, 2, 1), status="Done"),
            action("OK", "C"),
            action("OK", "D", start=date(2026, 2, 1), status="Done"),
        ],
    }
    tables = tables_from(**(rows | more))
    results = compute_results(tables, WorkbookSettings(), TODAY, CYCLE)
    return dict(first_broken_links(results))


def action(who: str, what: str, **cells: Any) -> dict[str, Any]:
    whole = {
        "employee_id": who,
        "competency_id": what,
        "action": "Chair two planning rounds",
        "owner": who,
        "start": date(2026, 8, 1),
        "due": date(2026, 12, 1),
        "status": "Open",
    }
    return whole | cells


def test_each_person_is_told_the_first_link_that_is_broken() -> None:
    assert links() == {
        "F1": "Framework: no target level asks for anything",
        "E1": "Evaluation: too little is rated",
        "E2": "Evaluation: not released yet",
        "G1": "Gap: none is chosen yet",
        "A1": "Action: none for Communication",
        "R1": "Re-score: Design was worked on and is not rated again",
        "OK": "",
        "UP": "",
    }


def test_a_gap_chosen_in_another_cycle_is_not_chosen_in_this_one() -> None:
    earlier = {"conversation_id": "OLD", "employee_id": "OK", "cycle": "2026-H1", "employee_priorities": "C"}
    assert links(Conversations=[earlier])["OK"] == "Gap: none is chosen yet"


def test_a_workbook_without_conversations_or_actions_breaks_at_the_gap() -> None:
    found = links(Conversations=[], ActionItems=[])
    assert {key for key, link in found.items() if link.startswith("Gap")} == {"G1", "A1", "R1", "OK"}
