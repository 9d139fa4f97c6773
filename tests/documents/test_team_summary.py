"""The team summary: everybody of one manager's team by name, with gaps, conversations and what is overdue."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.content.sample import sample_results
from careersheets.documents.content.team_summary import has_team, team_of, team_summary
from tests.analysis.test_by_hand import results_of
from tests.documents.prepared import (
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

pytestmark = pytest.mark.requirement("G9", "G10", "E9")

KEY = "team-summary"
FEWEST_LINES = 8
MANAGERS = [f"L{number}" for number in range(1001, 1006)]
DEEP, LIGHT, GREEN, WHITE = "F3C6B7", "FBE8E1", "E3EFE9", "FFFFFF"


def said(results: Results, manager: str = "P5") -> str:
    return text_of(document(KEY, results, manager))


def named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(row for row in rows if row["name"] == name)


def test_it_goes_to_the_manager_and_hr_and_is_about_a_manager() -> None:
    kind = kind_of(KEY)
    assert (kind.audience, kind.recipients, kind.subject) == ("manager", ("manager", "hr"), "manager")
    assert has_team(talk_results(), "P5")
    assert not has_team(talk_results(), "P1")
    assert team_of(talk_results(), "P5") == {"P1", "P2", "P3", "P4"}
    assert team_of(talk_results(), "nobody") == frozenset()


def test_every_person_has_a_line_with_readiness_in_mark_and_word() -> None:
    context = team_summary(talk_results(), "P5")
    assert [person["name"] for person in context["people"]] == [
        "Chiara Bianchi",
        "Noor el-Amin",
        "Łukasz Żak",
        "Mei Tanaka",
    ]
    first = context["people"][0]
    assert (first["mark"], first["band"], first["attainment"], first["change"], first["critical"]) == (
        "◑",
        "Developing",
        "79%",
        "+50",
        "0",
    )
    assert (first["level"], first["target"]) == ("E2", "E3")
    counts = {band["band"]: int(band["count"]) for band in context["bands"]}
    assert sum(counts.values()) == 4
    assert {person["band"] for person in context["people"]} == {
        band for band, count in counts.items() if count
    }


def test_the_heat_table_prints_every_gap_and_tints_it_by_how_far() -> None:
    heat = team_summary(talk_results(), "P5")["heat"]
    assert heat["few"]
    codes = {heat["head"][f"c{place}"]: f"c{place}" for place in range(1, 6)}
    assert set(codes) == {"Com", "Des", "Sec", "Men", "Run"}
    chiara, noor, lukasz = (
        named(heat["rows"], name) for name in ("Chiara Bianchi", "Noor el-Amin", "Łukasz Żak")
    )
    assert chiara[codes["Des"]] == {"gap": "1", "tint": DEEP}
    assert chiara[codes["Com"]] == {"gap": "0", "tint": WHITE}
    assert chiara[codes["Sec"]] == {"gap": "N/A", "tint": WHITE}
    assert chiara[codes["Men"]] == {"gap": "·", "tint": WHITE}
    assert noor[codes["Com"]] == {"gap": "1 ◆", "tint": DEEP}
    assert noor[codes["Sec"]] == {"gap": "1", "tint": LIGHT}
    assert lukasz[codes["Run"]] == {"gap": "−1", "tint": GREEN}
    assert heat["head"]["c6"] == heat["short"]["c6"] == ""


def test_the_competencies_with_most_priority_in_the_team_come_first() -> None:
    results = demo()
    gaps = results.gaps[
        results.gaps["employee_id"].isin(team_of(results, "L1003")) & results.gaps["target_rank"].eq(1)
    ]
    open_ones = gaps[gaps["gap"].gt(0)]
    expected = open_ones.groupby("competency")["priority"].sum().sort_values(ascending=False)
    heat = team_summary(results, "L1003")["heat"]
    head = [heat["head"][f"c{place}"] for place in range(1, 11)]
    assert [expected[name] for name in head] == sorted(expected[head], reverse=True)
    assert (
        heat["left_out"]
        == f"{gaps['competency'].nunique() - 10} more competency with less priority left out."
    )
    short = open_ones["competency"].value_counts()
    assert [int(heat["short"][f"c{place}"]) for place in range(1, 11)] == [short[name] for name in head]


def test_gaps_that_two_or_more_share_are_counted_with_their_names() -> None:
    common = team_summary(talk_results(), "P5")["common"]
    assert common[0]["competency"] in ("Com", "Des")
    shown = {gap["competency"]: gap for gap in common}
    assert shown["Com"]["count"] == "3 of 4"
    assert shown["Com"]["names"] == "Noor el-Amin, Łukasz Żak and Mei Tanaka"
    assert all(int(gap["count"].split()[0]) >= 2 for gap in common)


@pytest.mark.requirement("G6")
def test_who_is_stuck_is_named_with_the_reason_and_nobody_else() -> None:
    rows = talk_workbook()
    rows["People"][0]["level_since"] = datetime(2022, 1, 10)
    rows["People"][1]["level_since"] = datetime(2026, 1, 10)
    told = team_summary(results_of(rows), "P5")["told"]
    assert told.endswith(
        " 1 action is overdue. Without a step forward: Chiara Bianchi (58 months at this level)."
    )
    assert "Without a step forward" not in team_summary(talk_results(), "P5")["told"]


def test_who_had_no_conversation_and_what_is_overdue_is_said_in_words() -> None:
    context = team_summary(talk_results(), "P5")
    assert context["told"] == (
        "2 of 4 people have had a conversation in this cycle. Still without one: Noor el-Amin and Mei Tanaka. "
        "1 action is overdue."
    )
    chiara, noor = (named(context["talks"], name) for name in ("Chiara Bianchi", "Noor el-Amin"))
    assert (chiara["last"], chiara["check_in"], chiara["check_in_tint"]) == (
        "1 October 2026",
        "19 November 2026, passed",
        LIGHT,
    )
    assert (chiara["open"], chiara["overdue"], chiara["overdue_tint"]) == ("3", "1 overdue", LIGHT)
    assert (noor["last"], noor["last_tint"], noor["next"], noor["check_in"]) == (
        "none yet",
        LIGHT,
        "30 November 2026",
        "not agreed",
    )
    assert [(late["name"], late["state"]) for late in context["overdue"]] == [
        ("Chiara Bianchi", "overdue by 7 days")
    ]


def test_a_planned_day_that_has_passed_is_missed() -> None:
    talks = [{"conversation_id": "V1", "employee_id": "P1", "cycle": "H2", "planned": datetime(2026, 11, 2)}]
    shown = named(team_summary(talk_results(Conversations=talks), "P5")["talks"], "Chiara Bianchi")
    assert shown["next"] == "2 November 2026 missed"


def test_those_who_are_not_released_are_named_as_drafts() -> None:
    rows = talk_workbook()
    rows["Evaluations"] = [
        row | {"status": "Released" if row["employee_id"] != "P2" else "Submitted"}
        for row in rows["Evaluations"]
    ]
    context = team_summary(results_of(rows), "P5")
    assert context["draft_notice"] == "Not released yet, so that ratings may still change: Noor el-Amin."
    assert [person["name"] for person in context["people"] if person["draft"]] == ["Noor el-Amin"]
    assert "DRAFT" in said(results_of(rows))
    for row in rows["Evaluations"]:
        row["status"] = "Released"
    assert "DRAFT" not in said(results_of(rows))


def test_the_high_potential_list_and_peers_are_in_no_part_of_it() -> None:
    extra: dict[str, list[dict[str, Any]]] = {
        "High potential": [{"employee_id": "P1", "suggested_because": "Rose in two cycles running.", "decision": "Confirmed", "by": "P4"}],
        "Peer input": [{"employee_id": "P1", "cycle": "H2", "competency_id": "COM", "rater": "P4", "rating": 5, "comment": "Always clear."}],
        "Mentor pairs": [{"mentor": "P4", "mentee": "P1", "since": datetime(2026, 8, 1), "status": "Active", "reason": "Knows design."}],
    }  # fmt: skip
    assert parts_of(document(KEY, talk_results(**extra), "P5")) == parts_of(
        document(KEY, talk_results(), "P5")
    )


def test_a_manager_who_is_not_evaluated_has_a_summary_too() -> None:
    rows = talk_workbook()
    rows["People"].append({"employee_id": "P9", "name": "Soledad Irigoyen"})
    for person in rows["People"][:3]:
        person["manager"] = "P9"
    text = said(results_of(rows), "P9")
    assert "Team of Soledad Irigoyen" in text
    assert "3 people" in text


def test_difficult_names_and_texts_make_valid_documents(tmp_path: Path) -> None:
    made = {
        "hostile": document(KEY, hostile_results(), "P5"),
        "sample": document(KEY, sample_results(), "S3"),
    }
    made |= {"demo": document(KEY, demo(), "L1003"), "letter": document(KEY, on_letter(demo()), "L1001")}
    assert complaints(tmp_path, made, said=["{{ Ravi }}", "{{ person.name }}"]) == []


def test_the_template_is_sound_and_nobody_outside_the_team_is_named() -> None:
    assert template_faults(KEY) == []
    assert unsafe(KEY, demo(), MANAGERS) == []
    assert unsafe(KEY, talk_results(), ["P5"]) == []


@pytest.mark.office
def test_no_page_is_nearly_empty(tmp_path: Path) -> None:
    laid_out = pages(tmp_path, {manager: document(KEY, demo(), manager) for manager in MANAGERS})
    assert max(len(sheets) for sheets in laid_out.values()) <= 3
    assert min(len(sheet) for sheets in laid_out.values() for sheet in sheets) >= FEWEST_LINES
