"""The promotion case: criteria against evidence, the figures behind readiness, and room for reasons and decision."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.content.promotion_case import has_case, promotion_case
from careersheets.documents.content.sample import sample_results
from careersheets.documents.content.tenure import length_of_time
from tests.documents.prepared import (
    answers_in,
    complaints,
    document,
    kind_of,
    on_letter,
    pages,
    template_faults,
    unsafe,
)
from tests.documents.small_templates import parts_of, text_of
from tests.documents.talks import hostile_results, talk_results, talk_workbook
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("C12", "G2")

KEY = "promotion-case"
FEWEST_LINES = 8
AGREED = {"employee_id": "P1", "target_level": "E3", "employee_agrees": "Yes", "manager_agrees": "Yes"}
MET = AGREED | {
    "criterion_id": "C1", "condition": "Designs without help.", "evidence_wanted": "Two designs.", "by": datetime(2026, 12, 1),
    "met_on": datetime(2026, 11, 3), "evidence_seen": "The export and the search.", "confirmed_by": "P5",
}  # fmt: skip
LATE = AGREED | {
    "criterion_id": "C2", "condition": "Tells the team early.", "by": datetime(2026, 11, 1), "manager_agrees": "No",
}  # fmt: skip
ELSEWHERE = AGREED | {"criterion_id": "C3", "condition": "Leads two teams.", "target_level": "M4"}


def ready(*criteria: dict[str, Any]) -> Results:
    """P1 with these criteria, two years in the level, and an approver."""
    rows = talk_workbook()
    rows["People"][0] |= {"hired": datetime(2023, 1, 9), "level_since": datetime(2024, 8, 15)}
    rows["Evaluations"] = [
        row | ({"approver": "P4", "manager": "P5"} if row["employee_id"] == "P1" else {})
        for row in rows["Evaluations"]
    ]
    return talk_results(
        **{"People": rows["People"], "Evaluations": rows["Evaluations"], "Readiness criteria": list(criteria)}
    )


def said(results: Results, person: str = "P1") -> str:
    return text_of(document(KEY, results, person))


def test_it_goes_to_the_manager_and_hr() -> None:
    assert kind_of(KEY).audience == "manager"
    assert kind_of(KEY).recipients == ("manager", "hr")


def test_there_is_a_case_where_a_criterion_is_agreed_or_the_person_is_near_a_level_above() -> None:
    assert has_case(ready(MET), "P1")
    assert not has_case(ready(), "P1")
    assert not has_case(ready(ELSEWHERE), "P1")
    bands = {(row.employee_id, row.target_level): row.band for row in demo().readiness.itertuples()}
    for person in demo().evaluated.itertuples():
        above = [bands.get((person.Index, code)) for code in person.targets if code != person.level_code]
        if "Ready" in above or "Near" in above:
            assert has_case(demo(), person.Index)
    at_the_top = [
        person.Index for person in demo().evaluated.itertuples() if person.targets == (person.level_code,)
    ]
    assert at_the_top
    assert not any(has_case(demo(), person) for person in at_the_top)
    assert not has_case(demo(), "nobody")


def test_time_in_level_stands_at_the_top_with_manager_and_approver() -> None:
    text = said(ready(MET))
    for expected in (
        "15 August 2024",
        "2 years, 3 months",
        "9 January 2023",
        "Ravi Subramanian",
        "Mei Tanaka",
    ):
        assert expected in text, expected


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ((2024, 8, 15), (2026, 11, 22), "2 years, 3 months"),
        ((2024, 8, 23), (2026, 8, 22), "1 year, 11 months"),
        ((2025, 8, 22), (2026, 8, 22), "1 year"),
        ((2026, 8, 1), (2026, 8, 22), "less than a month"),
        ((2024, 2, 29), (2024, 3, 29), "1 month"),
    ],
)
def test_time_is_told_in_whole_years_and_months(
    begin: tuple[int, int, int], end: tuple[int, int, int], told: str
) -> None:
    assert length_of_time(datetime(*begin), datetime(*end)) == told


def test_each_criterion_stands_with_evidence_day_state_and_who_confirmed() -> None:
    results = ready(MET, LATE, ELSEWHERE)
    context = promotion_case(results, "P1")
    assert context["criteria_told"] == "1 of 2 criteria are met."
    assert context["criteria_elsewhere"] == "1 criterion for other levels: see the sheet Readiness criteria."
    first, second = context["form_criteria"]
    assert (first["state"], first["agreed"], first["confirmed_by"]) == (
        "met",
        "agreed by both",
        "Ravi Subramanian",
    )
    assert (second["state"], second["agreed"]) == ("overdue by 21 days", "agreed by the employee only")
    answers = answers_in(parts_of(document(KEY, results, "P1")))
    assert answers["criterion_1_evidence_seen"] == "The export and the search."
    assert answers["criterion_1_met_on"] == "2026-11-03"
    assert answers["criterion_2_evidence_seen"] == answers["criterion_2_met_on"] == ""
    assert "criterion_3_met_on" not in answers


def test_a_criterion_that_is_met_without_evidence_is_said_to_be() -> None:
    bare = {key: value for key, value in MET.items() if key != "evidence_seen"}
    told = promotion_case(ready(bare), "P1")["criteria_told"]
    assert told == "1 of 1 criteria are met. Evidence seen is not noted for 1 of these."


def test_the_figures_can_be_worked_out_again_from_the_page() -> None:
    text = said(ready(MET))
    for expected in (
        "Readiness for E3",
        "79% of what this level asks for is there; Ready means 95%.",
        "Attainment = Σ w·a ÷ Σ w = 55 ÷ 70 = 78.6%.",
        "Share met = Σ w where s ≥ r ÷ Σ w = 40 ÷ 70 = 57.1%.",
        "Ready: attainment of at least 95%",
        "Short: Des (by 1).",
    ):
        assert expected in text, expected


def test_critical_competencies_and_the_ratings_of_earlier_cycles_are_shown() -> None:
    context = promotion_case(ready(MET), "P1")
    assert [
        (one["competency"], one["required"], one["current"], one["state"]) for one in context["critical"]
    ] == [("Com", "3", "3", "met")]
    assert context["history"]["span"] == "H1 → H2"
    assert {row["competency"]: row["steps"] for row in context["history"]["rows"]} == {
        "Com": "2 → 3",
        "Des": "1 → 2",
        "Sec": "– → –",
    }
    assert [(one["cycle"], one["level"]) for one in context["history"]["cycles"]] == [
        ("H1", "E2"),
        ("H2", "E2"),
    ]


def test_the_decision_is_a_form_for_the_approver() -> None:
    answers = answers_in(parts_of(document(KEY, ready(MET), "P1")))
    asked = (
        "statement",
        "business_need",
        "decision",
        "effective_on",
        "reasons",
        "next_evidence",
        "decided_by",
        "decided_on",
    )
    assert [answers[tag] for tag in asked] == [""] * len(asked)


def test_difficult_names_and_texts_make_valid_documents(tmp_path: Path) -> None:
    made = {person: document(KEY, hostile_results(), person) for person in ("P1", "P2", "P5")}
    made["S1"] = document(KEY, sample_results(), "S1")
    made["letter"] = document(KEY, on_letter(demo()), "L1039")
    assert complaints(tmp_path, made, said=["{{ Ravi }}"]) == []


def test_the_template_is_sound_and_nobody_else_is_named() -> None:
    assert template_faults(KEY) == []
    assert (
        unsafe(KEY, demo(), [person for person in demo().evaluated.index if has_case(demo(), person)][::2])
        == []
    )


@pytest.mark.office
def test_it_is_at_most_three_pages_and_none_is_nearly_empty(tmp_path: Path) -> None:
    people = [person for person in demo().evaluated.index if has_case(demo(), person)][::4]
    laid_out = pages(tmp_path, {person: document(KEY, demo(), person) for person in people})
    assert len(laid_out) >= 4
    assert max(len(sheets) for sheets in laid_out.values()) <= 3
    assert min(len(sheet) for sheets in laid_out.values() for sheet in sheets) >= FEWEST_LINES
