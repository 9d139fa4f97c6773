"""The employee's preparation: what it asks, what it shows of the results, and that it reads back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.content.career_map import career_map
from careersheets.documents.content.cycle import cycle_facts
from careersheets.documents.content.employee_preparation import employee_preparation
from careersheets.documents.questions import Questions
from careersheets.vocabulary.choices import DIRECTION_KIND, RESPONSE
from careersheets.vocabulary.conversations import Answers, Conversations, ReadinessCriteria
from careersheets.vocabulary.evaluation import Scores
from careersheets.vocabulary.plans import Goals
from careersheets.vocabulary.sheet import sheet_of
from tests.analysis.test_by_hand import results_of, workbook
from tests.documents.filling import filled
from tests.documents.prepared import (
    answers_in,
    complaints,
    document,
    kind_of,
    named_five,
    pages,
    template_faults,
    unsafe,
)
from tests.documents.small_templates import parts_of, text_of
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("C2", "C3", "C11", "D4")

KEY = "employee-preparation"
TALK = {
    "conversation_id": "V1",
    "employee_id": "P2",
    "cycle": "H2",
    "planned": datetime(2026, 12, 3),
    "objectives": "Growth; Engagement",
    "direction_kind": "Exploring",
    "direction": "Two small trials,\nthen we talk again.",
    "employee_priorities": "MEN; COM",
    "role_satisfaction": 4,
}
FEWEST_LINES = 8


def questions_of(results: Results, person: str) -> Questions:
    form = employee_preparation(results, person)["document"]["form"]
    assert isinstance(form, Questions)
    return form


def form_of(results: Results, person: str) -> dict[str, str]:
    return answers_in(parts_of(document(KEY, results, person)))


def test_it_goes_to_the_employee_and_hr() -> None:
    assert kind_of(KEY).recipients == ("employee", "hr")
    assert kind_of(KEY).audience == "employee"


def test_the_opening_says_how_until_when_and_who_reads_it() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    assert "Half an hour is enough." in said
    assert "Send it back to HR at least two days before 4 December 2026" in said
    assert "Who reads it: you, Mateusz Wiśniewski and HR, before you meet." in said
    assert "What your manager should not read belongs on the Page for HR" in said
    assert "about two days before you meet; the day is not set yet." in text_of(
        document(KEY, demo(), "L1004")
    )


def test_it_asks_the_six_questions_in_their_order() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    asked = [
        "Which part of your work do you look forward to?",
        "What do you do well?",
        "What would you like to do better, and why?",
        "What would you like to learn next, and what for?",
        "Which tasks of the last months did you like, and which not?",
        "What support would help you most?",
    ]
    places = [said.index(question) for question in asked]
    assert places == sorted(places)


def test_the_four_questions_come_in_the_order_of_the_conversation() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    heads = ["Your career map", "1  Your direction", "2  Your read of the ratings", "3  Which gaps matter most", "4  What would need to be true", "Your REAL goals"]  # fmt: skip
    places = [said.index(f"\n{head}\n") for head in heads]
    assert places == sorted(places)


def test_how_the_role_feels_is_said_never_to_count() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    assert "1 not right for me – 5 just right" in said
    assert "It is never used in scoring, readiness or pay." in said
    field = next(one for one in questions_of(demo(), "L1009").fields if one.tag == "role_satisfaction")
    assert field.choices == ("1", "2", "3", "4", "5")


def test_the_ratings_are_those_of_the_results_for_every_target() -> None:
    # P2, Undecided between E4 and M4: COM 3 of 4 and 5; DES 4 of 4; SEC 1 of 2; MEN 1 of 3 and 3; RUN not assessed.
    rows = employee_preparation(results_of(workbook()), "P2")["form_scores"]
    shown = [(row["competency"], row["current"], row["asked"], row["gap"]) for row in rows]
    assert shown == [
        ("Com", "3", "E4: 4\nM4: 5", "1\n2"),
        ("Des", "4", "E4: 4", "0"),
        ("Sec", "1", "E4: 2", "1"),
        ("Men", "1", "E4: 3\nM4: 3", "2\n2"),
        ("Run", "–", "M4: 2", "–"),
    ]
    alone = employee_preparation(results_of(workbook()), "P1")["form_scores"]
    assert [(row["current"], row["asked"], row["gap"]) for row in alone] == [("3", "3", "0"), ("2", "3", "1"), ("N/A", "1", "–")]  # fmt: skip


@pytest.mark.requirement("E8")
def test_a_rating_that_no_target_asks_for_can_be_disputed_too() -> None:
    # P4 is E4, works towards E5 (COM and DES), and is rated on SEC.
    rows = workbook()
    rows["Scores"].append({"cycle": "H2", "employee_id": "P4", "competency_id": "SEC", "manager_rating": 1, "agreed_rating": 2, "self_rating": 1})  # fmt: skip
    results = results_of(rows)
    shown = employee_preparation(results, "P4")["form_scores"]
    assert [row["competency"] for row in shown] == ["Com", "Des", "Sec"]
    assert [shown[2][name] for name in ("self", "current", "asked", "gap")] == ["1", "2", "–", "–"]
    by_tag = {field.tag: field for field in questions_of(results, "P4").fields}
    assert "score_3_response" in by_tag
    assert by_tag["employee_priorities_1"].choices == ("Com", "Des"), "what no target asks for is no gap"


def test_what_the_sheets_hold_already_is_filled_in() -> None:
    rows = workbook(Conversations=[TALK])
    for score in rows["Scores"]:
        if (score["cycle"], score["employee_id"], score["competency_id"]) == ("H2", "P2", "SEC"):
            score |= {"response": "Dispute", "response_comment": "I ran two reviews."}
    question = {
        "employee_id": "P2",
        "conversation_id": "V1",
        "form": "Employee preparation",
        "said_by": "Employee",
    }
    rows["Answers"] = [
        question
        | {"question": "What do you do well?", "answer": "Explaining.", "visible_to": "Employee and manager"},
        question
        | {"question": "What support would help you most?", "answer": "SECRET", "visible_to": "HR only"},
    ]
    given = {tag: answer for tag, answer in form_of(results_of(rows), "P2").items() if answer}
    assert given == {
        "objectives_growth": "yes",
        "objectives_engagement": "yes",
        "strengths": "Explaining.",
        "role_satisfaction": "4",
        "direction_kind": "Exploring",
        "direction": "Two small trials,\nthen we talk again.",
        "employee_priorities_1": "Men",
        "employee_priorities_2": "Com",
        "score_3_response": "Dispute",
        "score_3_response_comment": "I ran two reviews.",
    }


def test_where_nothing_is_known_nothing_is_filled_in() -> None:
    assert set(form_of(results_of(workbook()), "P3").values()) == {""}


def test_the_tags_end_with_the_columns_they_go_to() -> None:
    tags = {field.tag for field in questions_of(demo(), "L1009").fields}
    columns = {model: {column.name for column in sheet_of(model).columns} for model in (Scores, Goals, ReadinessCriteria, Conversations)}  # fmt: skip
    for prefix, model in (("score_", Scores), ("goal_", Goals), ("criterion_", ReadinessCriteria)):
        ends = {tag.removeprefix(prefix).partition("_")[2] for tag in tags if tag.startswith(prefix)}
        assert ends
        assert ends <= columns[model]
    for tag in ("direction_kind", "direction", "role_satisfaction", "pulse_before"):
        assert tag in tags
        assert tag in columns[Conversations]
    assert {"response", "response_comment"} <= columns[Scores]


def test_choices_are_those_of_the_columns_and_labels_differ() -> None:
    fields = questions_of(demo(), "L1009").fields
    by_tag = {field.tag: field for field in fields}
    assert by_tag["score_1_response"].choices == RESPONSE
    assert by_tag["direction_kind"].choices == DIRECTION_KIND
    assert len({field.label for field in fields}) == len(fields)


def test_competencies_and_levels_of_one_name_are_told_apart() -> None:
    rows = workbook()
    for competency in rows["Competencies"]:
        competency["competency"] = "Talking"
    for level in rows["Levels"]:
        level["title"] = "Exploring"
    by_tag = {field.tag: field for field in questions_of(results_of(rows), "P2").fields}
    assert "Talking (COM)" in by_tag["employee_priorities_1"].choices
    assert by_tag["career_map_choice"].choices == ("Exploring (E4)", "Exploring (M4)", "Growing at my level", "Exploring")  # fmt: skip


def test_the_document_says_which_conversation_and_data_it_is_from() -> None:
    form = questions_of(results_of(workbook(Conversations=[TALK])), "P2")
    assert form.document_id == "employee-preparation/H2/P2/V1"
    assert questions_of(results_of(workbook()), "P2").document_id == "employee-preparation/H2/P2"
    rows = workbook(Conversations=[TALK])
    assert questions_of(results_of(rows), "P2").fingerprint == form.fingerprint
    for score in rows["Scores"]:
        if (score["cycle"], score["employee_id"], score["competency_id"]) == ("H2", "P2", "SEC"):
            score["manager_rating"] = 2
    assert questions_of(results_of(rows), "P2").fingerprint != form.fingerprint


def test_filled_in_it_reads_back() -> None:
    answers = {
        "objectives_alignment": "yes",
        "passion": "Teaching & <coding>\nboth",
        "role_satisfaction": "2",
        "career_map_choice": "Exploring",
        "score_2_response": "Dispute",
        "score_2_response_comment": "見て ください",
        "employee_priorities_1": "Feedback",
        "criterion_1_condition": "Two designs that others build on.",
        "criterion_1_by": "2027-03-31",
        "goal_2_learning_outcome": "I can ask without suggesting the answer.",
    }
    empty = parts_of(document(KEY, demo(), "L1001"))
    back = answers_in(filled(empty, answers))
    assert {tag: back[tag] for tag in answers} == answers


@pytest.mark.requirement("G4", "G5")
def test_the_map_shows_next_levels_forks_targets_and_other_families() -> None:
    facts = cycle_facts(demo())
    shown = {level["code"]: level for level in career_map(facts, "L1009")["levels"]}
    assert list(shown) == ["E4", "M3", "P3"]
    assert shown["E4"]["step"] == "Next level, your target"
    assert shown["M3"]["step"] == "Other track, your target"
    assert shown["P3"]["step"] == "Other family"
    assert (shown["E4"]["mark"], shown["E4"]["band"]) == ("◕", "Near")
    assert shown["P3"]["band"] == "Not calculated"
    assert shown["M3"]["adds"] == [
        "Higher: Planning 3 → 4, Communication 3 → 4, Feedback 3 → 4 and 2 more.",
        "New: People management 3.",
    ]
    assert shown["P3"]["adds"][0] == "Shares 3 competencies with your level."


def test_strengths_are_those_the_results_name() -> None:
    found = career_map(cycle_facts(demo()), "L1009")
    assert found["strengths"] == ["Product understanding"]
    assert found["today"]["title"] == "Senior Engineer"
    assert "Strengths the results name: Product understanding." in text_of(document(KEY, demo(), "L1009"))


def test_at_the_top_of_a_ladder_the_map_grows_in_breadth() -> None:
    said = text_of(document(KEY, results_of(workbook()), "P5"))
    assert "Your level is the highest of its ladder." in said
    assert "Where one can go from here" not in said
    assert "“Exploring” is a good answer." in said


def test_many_families_are_cut_to_the_nearest_and_the_rest_is_named() -> None:
    rows = workbook()
    for level in rows["Levels"]:
        level["rank"] = 3
    for number in range(5):
        rows["Levels"].append(
            {"level_code": f"X{number}", "family": f"Family {number}", "track": "IC", "rank": 3}
        )
        asked = ("COM", "DES", "SEC") if number == 4 else ("RUN",)
        rows["Expectations"] += [
            {"level_code": f"X{number}", "competency_id": one, "required": 1} for one in asked
        ]
    found = career_map(cycle_facts(results_of(rows)), "P2")
    assert [level["code"] for level in found["levels"]] == ["E4", "M4", "X4", "X0", "X1"]
    assert (
        found["further"] == "There are levels like yours in Family 2 and Family 3 too; HR has what they ask."
    )


def test_goals_on_record_are_the_latest_and_dropped_ones_are_not_shown() -> None:
    def goal(number: int, **more: Any) -> dict[str, Any]:
        return {"goal_id": f"G{number}", "employee_id": "P2", "goal": f"Goal number {number}.", "set_on": datetime(2026, number, 1), **more}  # fmt: skip

    goals = [goal(1), goal(2, status="Dropped"), goal(3, due=datetime(2027, 1, 31), progress="Half way"), goal(4, status="Open"), goal(5)]  # fmt: skip
    said = text_of(document(KEY, named_five(Goals=goals), "P2"))
    assert said.index("Goal number 5.") < said.index("Goal number 4. (Open)") < said.index("Goal number 3.")
    assert "Goal number 3. (Half way, until 31 January 2027)" in said
    assert "Goal number 1." not in said
    assert "And 1 earlier goal on record." in said
    assert "Goal number 2." not in said


def test_real_goals_are_explained_with_an_example_each() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    for name in ("Relevant", "Experiment", "Aspiration", "Learning outcome"):
        assert f"\n{name}\n" in said
    assert said.count("Goal 1: what will be different?") == said.count("Goal 2: what will be different?") == 1
    assert "“I sit in on two support calls, then take one myself.”" in said


def test_somebody_without_a_known_level_or_ratings_gets_one_too() -> None:
    rows = workbook()
    rows["Expectations"] = []
    assert "Asked: at" not in text_of(document(KEY, results_of(rows), "P1"))
    rows["Scores"] = []
    said = text_of(document(KEY, results_of(rows), "P1"))
    assert "There are no ratings to look at yet." in said
    assert "None" not in said
    assert "nan" not in said


def test_no_document_is_held_by_the_safety_scan() -> None:
    assert unsafe(KEY, demo(), demo().evaluated.index) == []


def test_it_is_valid_with_any_name_full_and_empty(tmp_path: Path) -> None:
    five = named_five(Conversations=[TALK])
    made = {person: document(KEY, five, person) for person in ("P2", "P4", "P5")}
    made |= {person: document(KEY, demo(), person) for person in ("L1009", "L1040")}
    assert complaints(tmp_path, made, said=["{{ Ravi }}"]) == []
    assert template_faults(KEY) == []


@pytest.mark.office
def test_four_or_five_pages_and_none_nearly_empty(tmp_path: Path) -> None:
    made = {person: document(KEY, demo(), person) for person in ("L1001", "L1009", "L1016", "L1019", "L1034")}
    for name, sheets in pages(tmp_path, made).items():
        assert 4 <= len(sheets) <= 5, name
        assert min(len(lines) for lines in sheets) >= FEWEST_LINES, name


def test_the_demos_answers_are_to_questions_that_are_asked() -> None:
    answers = demo().tables.frame(Answers)
    asked = {field.label for field in questions_of(demo(), "L1009").fields}
    given = answers.loc[answers["form"].eq("Employee preparation"), "question"]
    assert len(given) >= 3
    assert set(given) <= asked
