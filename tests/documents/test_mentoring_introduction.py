"""The mentoring introduction: only pairs that both agreed to, and of HR's sheets only what both may know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.kind import nobody_else
from careersheets.documents.safety import Scanner
from tests.documents.prepared import (
    complaints,
    document,
    kind_of,
    named_five,
    on_letter,
    pages,
    template_faults,
    unsafe,
)
from tests.documents.reports import NAMES
from tests.documents.small_templates import text_of
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("D7", "X7")

KEY = "mentoring-introduction"
REASON = "He asked twice in confidence, because his own team does not listen to him."


def enrolled(employee: str, focus: str = "", consent: str | None = "Yes", **more: Any) -> dict[str, Any]:
    return {
        "employee_id": employee,
        "role": "Both",
        "consent": consent,
        "focus": focus,
        "capacity": 7,
        **more,
    }


def pair(mentor: str, mentee: str, status: str | None = "Active") -> dict[str, Any]:
    return {"mentor": mentor, "mentee": mentee, "status": status, "reason": REASON}


def company(pairs: list[dict[str, Any]], people: list[dict[str, Any]] | None = None) -> Results:
    everyone = [
        enrolled("P1", "DES; COM; RUN", never_with="P5"),
        enrolled("P2", "MEN"),
        enrolled("P3", "SEC; COM; DES"),
        enrolled("P4", ""),
    ]
    return named_five(**{"Mentoring": people or everyone, "Mentor pairs": pairs})


def introduces(results: Results, mentee: str) -> bool:
    return kind_of(KEY).fits(results, mentee)


def test_it_names_both_their_roles_what_they_share_and_since_when() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    for line in (
        "Leilani Kealoha",
        "with Sunita Adhikari",
        "You both said yes to mentoring",
        "Mentor since 14 July 2026",
        "Principal Engineer",
        "Senior Engineer",
        "Growing others; System design.",
        "Three questions to begin with",
        "What is said stays between you. Tell others only what both of you agree on.",
        "First meeting: day and time",
        "What the mentor expects",
    ):
        assert line in said


def test_only_active_pairs_are_introduced() -> None:
    for status in ("Proposed", "Ended", "Declined", None):
        assert not introduces(company([pair("P3", "P1", status)]), "P1"), status
    assert introduces(company([pair("P3", "P1")]), "P1")
    assert not introduces(company([pair("P3", "P1")]), "P3"), "the mentor's own document is the mentee's"


@pytest.mark.parametrize("consent", ["No", None])
@pytest.mark.parametrize("who", ["P1", "P3"])
def test_without_the_yes_of_both_nobody_is_introduced(who: str, consent: str | None) -> None:
    people = [enrolled(one, consent=consent if one == who else "Yes") for one in ("P1", "P3")]
    assert not introduces(company([pair("P3", "P1")], people), "P1")


def test_somebody_who_is_not_enrolled_or_has_left_is_not_introduced() -> None:
    assert not introduces(company([pair("P3", "P1")], [enrolled("P1")]), "P1")
    results = company([pair("P3", "P1")])
    people = results.tables.by_sheet["People"].frame
    people.loc[people["employee_id"].eq("P3"), "active"] = False
    assert not introduces(replace(results), "P1")


def test_two_mentors_are_both_in_and_a_pair_entered_twice_once() -> None:
    results = company(
        [pair("P3", "P1"), pair("P4", "P1"), pair("P3", "P1", "Active"), pair("P2", "P1", "Ended")]
    )
    said = text_of(document(KEY, results, "P1"))
    assert f"with {NAMES['P3']} and {NAMES['P4']}" in said
    assert f"With {NAMES['P3']}: Des; Com." in said, "in the mentee's order; RUN and SEC are not shared"
    assert f"With {NAMES['P4']}: agree on it when you meet:" in said
    assert "All of you said yes" in said
    assert NAMES["P2"] not in said
    assert kind_of(KEY).may_name(results, "P1") == {"P3", "P4"}


def test_nothing_else_of_hrs_sheets_and_no_rating_stands_in_it() -> None:
    said = text_of(document(KEY, company([pair("P3", "P1")]), "P1"))
    assert REASON not in said
    assert NAMES["P5"] not in said, "never with"
    for word in ("Run", "Sec", "capacity", " 7 ", "gap", "3.5", "attainment", "Capacity"):
        assert word not in said, word


def test_it_is_safe_and_would_be_held_if_it_might_not_name_the_mentor() -> None:
    results = company([pair("P3", "P1"), pair("P4", "P1")])
    assert unsafe(KEY, results, ["P1"]) == []
    mentees = [one for one in demo().evaluated.index if introduces(demo(), one)]
    assert len(mentees) >= 5
    assert unsafe(KEY, demo(), mentees) == []
    strict = replace(kind_of(KEY), may_name=nobody_else)
    found = Scanner.of(results).scan_document(document(KEY, results, "P1"), strict, "P1")
    assert {finding.rule.code for finding in found} == {"CS611"}


def test_it_is_valid_with_any_name(tmp_path: Path) -> None:
    results = company([pair("P3", "P1"), pair("P4", "P1"), pair("P1", "P2"), pair("P3", "P4")])
    made = {one: document(KEY, results, one) for one in ("P1", "P2", "P4")}
    made |= {"L1009": document(KEY, demo(), "L1009")}
    assert complaints(tmp_path, made) == []
    assert template_faults(KEY) == []


@pytest.mark.office
def test_it_is_one_page_on_a4_and_letter_also_with_two_mentors(tmp_path: Path) -> None:
    rows = [
        {"employee_id": "P1", "name": "Chiara Bianchi"},
        {"employee_id": "P3", "name": "Łukasz Żak"},
        {"employee_id": "P4", "name": "Mei Tanaka"},
    ]
    results = company(
        [pair("P3", "P1"), pair("P4", "P1")], [enrolled(row["employee_id"], "COM; DES") for row in rows]
    )
    people = results.tables.by_sheet["People"].frame
    for row in rows:
        people.loc[people["employee_id"].eq(row["employee_id"]), "name"] = row["name"]
    made = {
        "a4": document(KEY, demo(), "L1009"),
        "letter": document(KEY, on_letter(demo()), "L1009"),
        "two": document(KEY, on_letter(results), "P1"),
    }
    assert {name: len(sheets) for name, sheets in pages(tmp_path, made).items()} == dict.fromkeys(made, 1)
