"""All checks together: order, whom a finding holds, and which cycles count."""

from __future__ import annotations

import pytest

from careersheets.checks.run import check_tables, in_reading_order
from careersheets.model.findings import Finding, Severity
from careersheets.tables.settings import WorkbookSettings
from careersheets.tables.values import NOT_A_NUMBER
from tests.checks.cases.case import score
from tests.checks.company import TODAY, add, drop, edit, empty, findings_in, lack, places, spoilt
from tests.support.tables import tables_from


def who_of(findings: list[Finding]) -> list[str]:
    return [finding.who for finding in findings]


def test_an_empty_workbook_has_nothing_to_complain_about() -> None:
    assert check_tables(tables_from(), WorkbookSettings(), "", TODAY) == []


def test_errors_come_first_then_sheets_in_tab_order_from_top_to_bottom() -> None:
    book = spoilt(
        edit("Scores", 4, manager_rating=9),
        edit("Scores", 0, manager_rating=6, self_rating=7),
        edit("Expectations", 6, required=3),
        edit("People", 2, track_preference="Manager"),
    )
    assert places(findings_in(book)) == [
        ("Scores!G6", "CS203"),
        ("Scores!H6", "CS203"),
        ("Scores!H10", "CS203"),
        ("Expectations!F12", "CS303"),
        ("People!M8", "CS407"),
    ]


def test_findings_of_reading_are_put_among_the_others() -> None:
    tables = tables_from()
    reading = NOT_A_NUMBER.found("People", "C7", values={"value": "x"})
    late = NOT_A_NUMBER.found("Scores", "C6", values={"value": "x"})
    elsewhere = NOT_A_NUMBER.found("Lunch", "", values={"value": "x"})
    assert in_reading_order([elsewhere, late, reading], tables) == [reading, late, elsewhere]


@pytest.mark.requirement("E4")
def test_a_finding_on_a_row_of_a_person_holds_that_person() -> None:
    assert who_of(findings_in(spoilt(edit("Scores", 3, manager_rating=6)))) == ["1003"]


@pytest.mark.requirement("F5")
def test_a_finding_on_an_expectation_holds_everybody_measured_against_its_level() -> None:
    (finding,) = findings_in(spoilt(edit("Expectations", 6, required=3)))
    assert (finding.level, finding.who) == ("E3", "")


@pytest.mark.requirement("F5")
def test_a_competency_without_a_scale_holds_each_level_that_asks_for_it() -> None:
    findings = findings_in(spoilt(edit("Competencies", 2, scale=None)))
    assert [finding.level for finding in findings] == ["E2", "E3"]
    assert len({str(finding) for finding in findings}) == 1


@pytest.mark.requirement("F5")
def test_an_unknown_scale_holds_each_level_that_asks_for_a_competency_on_it() -> None:
    findings = findings_in(spoilt(edit("Competencies", 2, scale="Practise")))
    assert {(finding.rule.code, finding.level) for finding in findings} == {("CS121", "E2"), ("CS121", "E3")}


@pytest.mark.requirement("F5")
def test_a_point_of_a_scale_without_a_value_holds_each_level_rated_on_it() -> None:
    findings = findings_in(spoilt(edit("RatingScales", 7, value=None), drop("Scores", 2)))
    held = {finding.level for finding in findings if finding.rule.code == "CS101"}
    assert held == {"E2", "E3"}


@pytest.mark.requirement("E4", "G6")
@pytest.mark.parametrize(("row", "code"), [(0, "CS203"), (6, "CS203"), (8, "CS204")])
def test_a_rating_off_the_scale_is_an_error_where_todays_numbers_come_from_it(row: int, code: str) -> None:
    findings = findings_in(spoilt(edit("Scores", row, manager_rating=9)))
    assert [finding.rule.code for finding in findings] == [code]


@pytest.mark.requirement("E4")
def test_the_last_evaluation_counts_even_if_it_is_two_cycles_ago() -> None:
    book = spoilt(drop("Scores", 7), drop("Scores", 6), edit("Scores", 6, manager_rating=9))
    assert places(findings_in(book)) == [("Scores!H12", "CS203")]


@pytest.mark.requirement("E4")
def test_what_only_weakens_a_rating_is_not_looked_for_in_closed_cycles() -> None:
    book = spoilt(
        edit("Scores", 8, manager_rating=5, self_rating=1, evidence=None, evidence_date="2020-01-01")
    )
    assert findings_in(book) == []


@pytest.mark.requirement("E1")
@pytest.mark.parametrize(("row", "code"), [(0, "CS121"), (3, "CS121"), (4, "CS122")])
def test_an_unknown_level_in_an_evaluation_is_an_error_while_the_cycle_counts(row: int, code: str) -> None:
    findings = findings_in(spoilt(edit("Evaluations", row, level_code="E9")))
    assert ("Evaluations!E" + str(6 + row), code) in places(findings)


@pytest.mark.requirement("E4")
def test_scores_of_somebody_who_has_left_are_only_checked_against_their_scale() -> None:
    weak = score("1004", "CODE", manager_rating=5, self_rating=1, evidence=None)
    assert findings_in(spoilt(weak, score("1004", "TALK", manager_rating="N/A"))) == []
    assert places(findings_in(spoilt(score("1004", "CODE", manager_rating=6)))) == [("Scores!H15", "CS203")]


@pytest.mark.requirement("E4", "E9")
def test_a_colleagues_rating_is_checked_against_the_scale_as_well() -> None:
    asked = {"cycle": "2026-H2", "employee_id": "1002", "competency_id": "CALL"}
    others = [add("PeerInput", **asked, rater=rater, rating=2) for rater in ("1001", "1004")]
    asked["rater"] = "1003"
    high = spoilt(add("PeerInput", **asked, rating=3), *others)
    assert places(findings_in(high)) == [("Peer input!I6", "CS203")]
    assert findings_in(spoilt(add("PeerInput", **asked, rating=2), *others)) == []


@pytest.mark.requirement("E4")
def test_a_scale_may_start_at_zero() -> None:
    book = spoilt(edit("Scores", 2, manager_rating=0, self_rating=0, evidence=None))
    assert places(findings_in(book)) == [("Scores!K8", "CS207")]


@pytest.mark.requirement("E4")
def test_the_agreed_rating_counts_before_the_managers() -> None:
    book = spoilt(edit("Scores", 0, manager_rating=5, agreed_rating=4, self_rating=4, evidence=None))
    assert findings_in(book) == []


def test_a_repeated_row_of_an_older_cycle_is_a_warning() -> None:
    (finding,) = findings_in(spoilt(score("1002", "CODE", "2025-H2", manager_rating=3)))
    assert finding.rule.severity is Severity.WARNING


def test_columns_that_the_sheet_lacks_are_not_called_empty() -> None:
    columns = ["level_since", "hired", "evidence", "evidence_date", "agreed_rating", "response"]
    book = spoilt(
        lack("People", "level_since", "hired", "manager", "email", "track_preference", "active"),
        lack("Scores", *columns[2:]),
        lack("Evaluations", "submitted", "approver", "approved", "released"),
        lack("Cycles", "scores_due"),
    )
    codes = {code for _, code in places(findings_in(book))}
    assert codes <= {"CS207", "CS410"}


def test_rows_without_their_keys_are_reported_and_hurt_nobody_else() -> None:
    blank = dict.fromkeys(("cycle", "employee_id", "competency_id"))
    book = spoilt(
        add("Scores", **blank, manager_rating=3), add("Expectations", required=3), add("Levels", title="?")
    )
    found = places(findings_in(book))
    assert {code for _, code in found} == {"CS101", "CS102"}
    assert ("Scores!B15", "CS101") in found
    assert ("Levels!B10", "CS101") in found


@pytest.mark.requirement("F3", "F5")
def test_a_rating_may_fall_at_a_higher_level() -> None:
    assert findings_in(spoilt(edit("Expectations", 5, required=2))) == []


@pytest.mark.requirement("F5")
def test_optional_expectations_may_weigh_beside_the_hundred_or_within_it() -> None:
    optional = {"level_code": "E3", "competency_id": "TALK", "required": 3, "optional": "Yes"}
    assert findings_in(spoilt(add("Expectations", **optional, weight=30))) == []
    assert (
        findings_in(spoilt(add("Expectations", **optional, weight=10), edit("Expectations", 5, weight=40)))
        == []
    )


@pytest.mark.requirement("F5")
def test_two_loops_are_two_findings_and_a_long_one_is_shortened() -> None:
    chain = [
        add("Levels", level_code=f"L{n}", family="Sales", next_levels=f"L{(n + 1) % 9}") for n in range(9)
    ]
    asks = [
        add("Expectations", level_code=f"L{n}", competency_id="TALK", required=2, behaviours=f"Does {n}")
        for n in range(9)
    ]
    book = spoilt(edit("Levels", 2, next_levels="E2"), *chain, *asks)
    messages = [finding.message for finding in findings_in(book)]
    assert messages == [
        "the next levels lead in a loop: E2 → E3 → E2.",
        "the next levels lead in a loop: L0 → L1 → L2 → L3 → L4 → L5 → … → L0.",
    ]


def test_an_unknown_reference_in_every_row_of_an_empty_sheet_is_said_once() -> None:
    book = spoilt(empty("Levels"))
    said = [finding for finding in findings_in(book) if finding.rule.code == "CS123"]
    assert [finding.place for finding in said] == [
        "People!E6",
        "People!N7",
        "People!P7",
        "Evaluations!E6",
        "Evaluations!I6",
        "Expectations!B6",
    ]
