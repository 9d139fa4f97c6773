"""The development plan: goals with all their parts, actions under the gap they close, and the record of progress."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from careersheets.documents.content.development_plan import development_plan
from careersheets.documents.content.goal_fields import horizon_told
from tests.documents.finished import document, lines_of
from tests.documents.talks import form_in, talk_results, talk_workbook

pytestmark = pytest.mark.requirement("D1", "D3", "D4", "D5", "D6")


def said(**sheets: list[dict[str, Any]]) -> list[str]:
    return lines_of(document("development-plan", talk_results(**sheets), "P1"))


def test_a_goal_stands_with_all_its_parts() -> None:
    form = form_in(document("development-plan", talk_results(), "P1"))
    assert form.document_id == "development-plan/H2/P1"
    expected = {
        "goal_1_goal": "Design the export alone.",
        "goal_1_type": "REAL",
        "goal_1_relevant": "I like it.",
        "goal_1_experiment": "One small design.",
        "goal_1_aspiration": "Own a product.",
        "goal_1_learning_outcome": "Weigh costs.",
        "goal_1_organisation_goal": "Fewer incidents",
        "goal_1_business_contribution": "Exports by night",
        "goal_1_measure": "One review.",
        "goal_1_progress": "Half way",
        "goal_1_latest_evidence": "A draft.",
        "goal_1_proposed_by": "Manager",
        "goal_1_due": "2027-03-31",
        "goal_1_horizon": "Short",
        "goal_1_status": "In progress",
        "goal_2_goal": "",
        "goal_2_type": "REAL",
        "goal_2_relevant": "",
    }
    assert {tag: form.answers[tag] for tag in expected} == expected
    assert form.findings == ()


def test_a_smart_goal_asks_for_no_experiment() -> None:
    goals = [
        {"goal_id": "G1", "employee_id": "P1", "type": "SMART", "goal": "Two exports", "measure": "Both run"}
    ]
    answers = form_in(document("development-plan", talk_results(Goals=goals), "P1")).answers
    assert "goal_1_experiment" not in answers
    assert answers["goal_1_measure"] == "Both run"
    assert "SMART goal" in said(Goals=goals)


def test_actions_stand_under_the_gap_they_close() -> None:
    context = development_plan(talk_results(), "P1")
    groups = [
        (group["competency"], group["steps"], [one["id"] for one in group["form_actions"]])
        for group in context["form_groups"]
    ]
    assert groups == [("Des", "2 → 3", ["A1"]), ("For goals and other reasons", "", ["A2", "A3"])]
    assert context["form_groups"][0]["ranked"] == "chosen by the employee"
    ties = [one["tied_to"] for group in context["form_groups"] for one in group["form_actions"]]
    assert ties == ["", "For E3", "Tied to no gap, goal or target"]


def test_each_part_of_an_action_is_a_field() -> None:
    answers = form_in(document("development-plan", talk_results(), "P1")).answers
    expected = {
        "action": "Write the design of the export by 2026-11-15",
        "behaviour_or_skill": "",
        "method": "Stretch",
        "owner": "Chiara Bianchi",
        "support": "A review each week",
        "start": "2026-10-02",
        "due": "2026-11-15",
        "evidence_of_done": "The design is decided",
        "done_on": "",
        "debrief_date": "2026-11-18",
        "debrief_with": "Ravi Subramanian",
        "status": "In progress",
    }
    assert {name: answers[f"action_1_{name}"] for name in expected} == expected
    assert answers["action_4_action"] == answers["action_5_competency_id"] == ""
    assert "action_6_action" not in answers


def test_a_gap_nobody_does_anything_about_is_named() -> None:
    alone = [row for row in talk_workbook()["Action items"] if row["action_id"] != "A1"]
    assert "1 gap has no action yet: Des." in said(**{"Action items": alone})
    assert not [line for line in said() if "no action yet" in line]


def test_goals_that_are_all_the_managers_are_questioned() -> None:
    question = "Every goal so far was proposed by the manager: which one is the employee’s own?"
    goals = talk_workbook()["Goals"]
    assert question in said()
    assert question not in said(Goals=[*goals, {**goals[0], "goal_id": "G2", "proposed_by": "Employee"}])
    assert question not in said(Goals=[])


def test_what_was_done_and_how_much_is_told() -> None:
    lines = said()
    followed = "1 of 5 actions done; 1 overdue, 2 still running and 1 dropped."
    assert any(line.endswith(followed) for line in lines)
    place = lines.index("Done on", lines.index("Done"))
    assert lines[place + 1 : place + 4] == ["Tell the team in ten minutes", "Com", "20 September 2026"]


def test_the_record_of_progress_goes_over_the_cycles() -> None:
    lines = said()
    text = "It belongs to Chiara Bianchi. Ratings in H1 and H2, against what E3 asks today. 1 gap towards it closed on the way."
    assert text in lines
    place = lines.index("Gap closed in")
    assert lines[place + 1 : place + 6] == ["Com", "3", "2 → 3", "+1", "H2"]
    assert lines[place + 6 : place + 11] == ["Des", "3", "1 → 2", "+1", "–"]


def test_somebody_with_nothing_planned_gets_an_empty_plan() -> None:
    data = document("development-plan", talk_results(), "P4")
    lines = lines_of(data)
    assert "No action is open yet." in lines
    assert "A new goal" in lines
    assert "Goal 1" not in lines
    assert not {"None", "nan", "NaT"} & set(" ".join(lines).split())
    given = {tag for tag, answer in form_in(data).answers.items() if answer}
    assert given == {"goal_1_type"}


@pytest.mark.parametrize(
    ("begun", "due", "told"),
    [
        (datetime(2026, 1, 31), datetime(2026, 7, 31), "short"),
        (datetime(2026, 1, 31), datetime(2026, 8, 1), "medium"),
        (datetime(2026, 1, 31), datetime(2027, 1, 31), "medium"),
        (datetime(2026, 1, 31), datetime(2027, 2, 1), "medium to long"),
        (datetime(2026, 1, 31), datetime(2027, 7, 30), "medium to long"),
        (datetime(2026, 1, 31), datetime(2027, 7, 31), "long"),
        (datetime(2026, 8, 31), datetime(2027, 2, 28), "short"),
    ],
)
def test_the_horizon_follows_from_the_days(begun: datetime, due: datetime, told: str) -> None:
    said_of = horizon_told(SimpleNamespace(set_on=begun, due=due), "en-GB")
    assert said_of.endswith(f"by its dates the horizon is {told}.")


def test_without_both_days_no_horizon_is_told() -> None:
    day = datetime(2026, 1, 31)
    for row in (
        None,
        SimpleNamespace(set_on=day, due=None),
        SimpleNamespace(set_on=day, due=datetime(2025, 1, 1)),
    ):
        assert horizon_told(row, "en-GB") == ""
