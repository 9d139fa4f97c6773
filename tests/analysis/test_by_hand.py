"""Gaps and readiness of five people, worked by hand.

Two scales: Default 1 to 5 (COM, DES, MEN, RUN) and Practice 0 to 2 (SEC). E3 forks to E4 and M4; E5 is the top.

    level   competency  required  weight  critical  optional
    E2      COM            2        50
            DES            2        50
    E3      COM            3        40      yes
            DES            3        30
            SEC            1        30
    E4      COM            4        30      yes
            DES            4        30      yes
            SEC            2        20
            MEN            3        20                yes
    M4      COM            5        blank             all weights blank: each counts the same
            MEN            3        blank
            RUN            2        blank
    E5      COM            5        60
            DES            5        40
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from tests.support.contents import contents_of

pytestmark = pytest.mark.requirement("G1", "G2", "G3", "G4", "F1", "F3", "F4", "E1")

LEVELS = {"E2": "E3", "E3": "E4; M4", "E4": "E5", "M4": None, "E5": None}
EXPECTATIONS = [
    ("E2", "COM", 2, 50, None, None),
    ("E2", "DES", 2, 50, None, None),
    ("E3", "COM", 3, 40, "Yes", None),
    ("E3", "DES", 3, 30, None, None),
    ("E3", "SEC", 1, 30, None, None),
    ("E3", "RUN", None, None, None, None),
    ("E4", "COM", 4, 30, "Yes", None),
    ("E4", "DES", 4, 30, "Yes", None),
    ("E4", "SEC", 2, 20, None, None),
    ("E4", "MEN", 3, 20, None, "Yes"),
    ("M4", "COM", 5, None, None, None),
    ("M4", "MEN", 3, None, None, None),
    ("M4", "RUN", 2, None, None, None),
    ("E5", "COM", 5, 60, None, None),
    ("E5", "DES", 5, 40, None, None),
]
PEOPLE = [
    # id, name, level today, preference, targets
    ("P1", "Chiara Bianchi", "E2", None, ()),
    ("P2", "Noor el-Amin", "E3", "Undecided", ()),
    ("P3", "Łukasz Żak", "E3", None, ("M4", "E4")),
    ("P4", "Mei Tanaka", "E4", None, ()),
    ("P5", "Ravi Subramanian", "E5", None, ()),
]
# cycle, person, competency, manager, agreed
SCORES = [
    ("H1", "P1", "COM", 2, None),
    ("H1", "P1", "DES", 1, None),
    ("H2", "P1", "COM", 2, 3),
    ("H2", "P1", "DES", 2, None),
    ("H2", "P1", "SEC", "N/A", None),
    ("H2", "P2", "COM", 3, None),
    ("H2", "P2", "DES", 4, None),
    ("H2", "P2", "SEC", 1, None),
    ("H2", "P2", "MEN", 1, None),
    ("H2", "P3", "COM", 4, None),
    ("H2", "P3", "MEN", 2, None),
    ("H2", "P3", "RUN", 3, None),
    ("H1", "P4", "COM", 4, None),
    ("H1", "P4", "DES", 3.5, None),
    ("H1", "P4", "SEC", 2, None),
    ("H2", "P4", "COM", 4, None),
    ("H2", "P4", "DES", 4, None),
    ("H2", "P5", "COM", 5, None),
    ("H2", "P5", "DES", 4.5, None),
]
# P4 was E3, working towards E4, in H1; promoted to E4 before H2.
EVALUATIONS = [
    ("H1", "P1", "E2", None),
    ("H1", "P4", "E3", "E4"),
    ("H2", "P1", "E2", None),
    ("H2", "P2", "E3", None),
    ("H2", "P3", "E3", None),
    ("H2", "P4", "E4", None),
    ("H2", "P5", "E5", None),
]


def named(header: str, rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(header.split(), row, strict=True)) for row in rows]


def workbook(**changed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    scales = [("Default", value, 0.5) for value in range(1, 6)] + [
        ("Practice", value, 1) for value in range(3)
    ]
    competencies = [
        (c, c.title(), "Practice" if c == "SEC" else "Default") for c in ("COM", "DES", "SEC", "MEN", "RUN")
    ]
    people = [
        {"employee_id": i, "name": n, "level_code": level, "track_preference": preference}
        | {f"target_{rank}": target for rank, target in enumerate(targets, start=1)}
        for i, n, level, preference, targets in PEOPLE
    ]
    levels = [
        {
            "level_code": code,
            "family": "Craft",
            "track": "Management" if code == "M4" else "IC",
            "next_levels": after,
        }
        for code, after in LEVELS.items()
    ]
    return {
        "Rating scales": named("scale value step", scales),
        "Competencies": named("competency_id competency scale", competencies),
        "Levels": levels,
        "Expectations": named("level_code competency_id required weight critical optional", EXPECTATIONS),
        "People": people,
        "Cycles": [
            {"cycle": "H1", "start": datetime(2026, 1, 1), "status": "Closed"},
            {"cycle": "H2", "start": datetime(2026, 7, 1), "status": "Open"},
        ],
        "Evaluations": named("cycle employee_id level_code targets", EVALUATIONS),
        "Scores": named("cycle employee_id competency_id manager_rating agreed_rating", SCORES),
        **changed,
    }


def results_of(rows: dict[str, list[dict[str, Any]]], cycle: str = "") -> Results:
    tables, findings = read_tables(contents_of(rows))
    assert findings == []
    settings, _ = read_settings(tables)
    return compute_results(tables, settings, date(2026, 11, 22), cycle)


@pytest.fixture(scope="module")
def results() -> Results:
    return results_of(workbook())


def gaps_of(results: Results, person: str, target: str) -> dict[str, float | None]:
    rows = results.gaps.query("employee_id == @person and target_level == @target")
    return {
        c: None if pd.isna(gap) else gap for c, gap in zip(rows["competency_id"], rows["gap"], strict=True)
    }


def figures(results: Results, person: str, target: str) -> list[object]:
    rows = results.readiness.query("employee_id == @person and target_level == @target")
    assert len(rows) == 1
    row = rows.iloc[0]
    return [pytest.approx(row[name]) for name in ("attainment", "share_met", "coverage")] + [
        row["critical_unmet"],
        row["band"],
    ]


def test_targets_are_the_persons_own_else_the_next_levels_else_the_own_level(results: Results) -> None:
    assert results.evaluated["targets"].to_dict() == {
        "P1": ("E3",),
        "P2": ("E4", "M4"),
        "P3": ("M4", "E4"),
        "P4": ("E5",),
        "P5": ("E5",),
    }


def test_p1_agreed_counts_before_manager_and_na_is_left_out(results: Results) -> None:
    # COM agreed 3 of 3: a = 1. DES 2 of 3: (2-1)/(3-1) = 1/2. SEC is N/A.
    # attainment (40*1 + 30*1/2) / 70 = 55/70; share met 40/70; coverage 70/70.
    assert gaps_of(results, "P1", "E3") == {"COM": 0, "DES": 1, "SEC": None}
    assert figures(results, "P1", "E3") == [55 / 70, 40 / 70, 1, 0, "Developing"]


def test_p2_two_targets_on_a_fork_optional_left_out_and_a_short_scale(results: Results) -> None:
    # E4: COM 3 of 4: 2/3. DES 4 of 4: 1. SEC 1 of 2 on 0..2: 1/2. MEN is optional.
    # attainment (30*2/3 + 30 + 20*1/2) / 80 = 60/80; share met 30/80; coverage 80/80; COM critical and short.
    assert gaps_of(results, "P2", "E4") == {"COM": 1, "DES": 0, "SEC": 1, "MEN": 2}
    assert figures(results, "P2", "E4") == [0.75, 0.375, 1, 1, "Developing"]
    # M4, equal weights: COM 3 of 5: 2/4. MEN 1 of 3: 0. RUN not assessed.
    # attainment (1/2 + 0) / 2 = 1/4; share met 0; coverage 2/3, below 80 %.
    assert gaps_of(results, "P2", "M4") == {"COM": 2, "MEN": 2, "RUN": None}
    assert figures(results, "P2", "M4") == [0.25, 0, 2 / 3, 0, "Insufficient data"]


def test_p3_explicit_targets_keep_their_order_and_equal_weights(results: Results) -> None:
    # M4: COM 4 of 5: 3/4. MEN 2 of 3: 1/2. RUN 3 of 2: 1. attainment (3/4 + 1/2 + 1) / 3 = 3/4; share met 1/3.
    assert figures(results, "P3", "M4") == [0.75, 1 / 3, 1, 0, "Developing"]
    ranks = results.readiness.query("employee_id == 'P3'").set_index("target_level")["target_rank"].to_dict()
    assert ranks == {"M4": 1, "E4": 2}
    # E4: only COM rated of COM, DES, SEC: coverage 30/80, and DES, which is critical, is not known.
    assert figures(results, "P3", "E4") == [1, 1, 30 / 80, 0, "Insufficient data"]


def test_p4_a_promotion_between_cycles_is_measured_against_what_was_frozen(results: Results) -> None:
    # H2 at E4 towards E5: COM 4 of 5: 3/4; DES 4 of 5: 3/4. attainment 3/4; nothing met.
    assert figures(results, "P4", "E5") == [0.75, 0, 1, 0, "Developing"]
    row = results.readiness.query("employee_id == 'P4'").iloc[0]
    assert pd.isna(row["change"]), "last time the target was E4, so there is nothing to compare"
    changes = results.gaps.query("employee_id == 'P4'").set_index("competency_id")["change"].to_dict()
    assert changes == {"COM": 0, "DES": 0.5}
    # H1 at E3 towards E4: COM 4 of 4: 1; DES 3.5 of 4: 2.5/3, critical and half a point,
    # one step of the scale, short; SEC 2 of 2: 1; MEN optional.
    # attainment (30 + 30*2.5/3 + 20) / 80 = 75/80; share met 50/80.
    then = results_of(workbook(), "H1")
    assert then.evaluated.at["P4", "level_code"] == "E3"
    assert figures(then, "P4", "E4") == [75 / 80, 50 / 80, 1, 1, "Near"]


def test_p5_at_the_top_is_measured_against_the_own_level_with_half_points(results: Results) -> None:
    # COM 5 of 5: 1. DES 4.5 of 5: 3.5/4. attainment (60 + 40*0.875) / 100 = 95 %: Ready, nothing critical.
    assert gaps_of(results, "P5", "E5") == {"COM": 0, "DES": 0.5}
    assert figures(results, "P5", "E5") == [0.95, 0.6, 1, 0, "Ready"]


def test_gaps_against_the_own_level_are_shown_apart(results: Results) -> None:
    rows = results.gaps.query("employee_id == 'P1'").set_index("competency_id")
    assert rows["required_now"].fillna(-1).to_dict() == {"COM": 2, "DES": 2, "SEC": -1}
    assert rows["gap_now"].fillna(-9).to_dict() == {"COM": -1, "DES": 0, "SEC": -9}


def test_bands_name_strengths_and_mark_what_was_seen_once_only() -> None:
    rows = workbook()
    rows["Scores"] += named(
        "cycle employee_id competency_id manager_rating",
        [("H1", "P3", "RUN", 3), ("H1", "P2", "MEN", 4)],
    )
    bands = (
        results_of(rows).gaps.query("employee_id == 'P3' and target_level == 'M4'").set_index("competency_id")
    )
    assert bands["band"].to_dict() == {"COM": "Gap", "MEN": "Gap", "RUN": "High"}
    once = (
        results_of(workbook())
        .gaps.query("employee_id == 'P3' and target_level == 'M4'")
        .set_index("competency_id")
    )
    assert once["band"]["RUN"] == "High (one cycle)"
    assert results_of(rows).gaps.query("employee_id == 'P1'")["band"].tolist() == ["Middle", "Gap", "N/A"]


def test_a_gap_closed_since_last_time_is_counted(results: Results) -> None:
    # P1 towards E3: in H1 COM 2 and DES 1 were short; in H2 COM is met.
    row = results.readiness.query("employee_id == 'P1'").iloc[0]
    assert row["closed_gaps"] == 1
    # H1: COM 2 of 3: 1/2; DES 1 of 3: 0; SEC not assessed. attainment 40*1/2 / 70 = 20/70.
    assert row["change"] == pytest.approx(55 / 70 - 20 / 70)


@pytest.mark.requirement("G7")
def test_priority_doubles_what_the_employee_ranked() -> None:
    talk = {"employee_id": "P2", "held": datetime(2026, 9, 1), "employee_priorities": "SEC; COM; DES; MEN"}
    ranked = results_of(workbook(Conversations=[talk])).gaps.query(
        "employee_id == 'P2' and target_level == 'E4'"
    )
    # gap / length of scale x weight: COM 1/4*30, doubled; SEC 1/2*20, doubled; MEN is ranked fourth, so not.
    assert ranked.set_index("competency_id")["priority"].to_dict() == {
        "COM": 15,
        "DES": 0,
        "SEC": 20,
        "MEN": 10,
    }


def test_weights_given_for_some_competencies_only_make_no_number() -> None:
    rows = workbook()
    rows["Expectations"][2]["weight"] = None
    results = results_of(rows)
    assert results.readiness.query("target_level == 'E3'")["attainment"].isna().all()
    assert results.readiness.query("target_level == 'E5'")["attainment"].notna().all()


def test_someone_who_left_is_not_evaluated() -> None:
    rows = workbook()
    rows["People"][0]["active"] = "No"
    assert "P1" not in results_of(rows).evaluated.index


def test_row_order_changes_nothing() -> None:
    rows = workbook()
    shuffled = {name: rows[name] if name == "Cycles" else list(reversed(rows[name])) for name in rows}
    keys = ["employee_id", "target_level"]
    one, two = (
        results_of(book).readiness.sort_values(keys).reset_index(drop=True) for book in (rows, shuffled)
    )
    columns = [
        "attainment",
        "share_met",
        "coverage",
        "critical_unmet",
        "band",
        "change",
        "closed_gaps",
        "target_rank",
    ]
    pd.testing.assert_frame_equal(one[columns], two[columns])
