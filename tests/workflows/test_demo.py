"""The demo's company: always the same, varied, and with a few things to fix."""

from __future__ import annotations

from datetime import date

import pytest

from careersheets.checks.run import check_tables
from careersheets.model.errors import NotFound
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import WorkbookSettings
from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import model_of
from careersheets.workflows.demo import demo_rows
from careersheets.workflows.starters import Rows, load_starters, starter_names
from tests.support.contents import contents_of

TODAY = date(2026, 11, 22)

SLIPS = ["CS014", "CS016", "CS022", "CS105", "CS203", "CS206", "CS207", "CS210", "CS534", "CS542"]


def codes_found(rows: Rows, today: date = TODAY) -> list[str]:
    """The codes of everything that reading and checking find in `rows`, each once."""
    cells = {
        name: [{key: "; ".join(v) if isinstance(v, tuple) else v for key, v in row.items()} for row in table]
        for name, table in rows.items()
    }
    tables, found = read_tables(contents_of(cells))
    cycle = rows["Cycles"][-1]["cycle"]
    return sorted(
        {finding.rule.code for finding in [*found, *check_tables(tables, WorkbookSettings(), cycle, today)]}
    )


@pytest.mark.requirement("X12")
def test_the_same_day_and_seed_give_the_same_company() -> None:
    assert demo_rows(today=TODAY) == demo_rows(today=TODAY)
    assert demo_rows(today=TODAY) != demo_rows(today=TODAY, seed=21)


def test_every_cell_has_a_column() -> None:
    for name, rows in demo_rows(today=TODAY).items():
        columns = {column.name for column in sheet_of(model_of(name)).columns}
        assert {key for row in rows for key in row} <= columns, name


def test_forty_people_in_two_families_with_managers_promotions_and_three_cycles() -> None:
    rows = demo_rows(today=TODAY)
    levels: dict[str, set[str]] = {}
    for row in rows["Evaluations"]:
        levels.setdefault(row["employee_id"], set()).add(row["level_code"])
    assert len(rows["People"]) == len({row["name"] for row in rows["People"]}) == 40
    assert len({row["manager"] for row in rows["People"]} - {None}) >= 3
    assert sum(len(held) > 1 for held in levels.values()) >= 3
    assert [row["status"] for row in rows["Cycles"]] == ["Closed", "Closed", "Open"]
    assert {row["status"] for row in rows["Evaluations"]} == {"Draft", "Submitted", "Approved", "Released"}


def test_nobody_rates_or_approves_themselves() -> None:
    for row in demo_rows(today=TODAY, people=200)["Evaluations"]:
        assert len({row["employee_id"], row["manager"], row["approver"]}) == 3, row


def test_a_third_have_readiness_criteria_some_of_them_met_with_evidence() -> None:
    rows = demo_rows(today=TODAY)["Readiness criteria"]
    assert 12 <= len({row["employee_id"] for row in rows}) <= 18
    met = [row for row in rows if row["met_on"]]
    assert 0 < len(met) < len(rows)
    assert all(
        row["met_on"] < TODAY < row["by"] and row["evidence_seen"] and row["confirmed_by"] for row in met
    )


def test_mentors_are_from_another_line_and_everyone_agreed() -> None:
    rows = demo_rows(today=TODAY)
    manager = {row["employee_id"]: row["manager"] for row in rows["People"]}
    agreed = {row["employee_id"] for row in rows["Mentoring"] if row["consent"]}
    assert sum(row["status"] == "Active" for row in rows["Mentor pairs"]) == 5
    for pair in rows["Mentor pairs"]:
        assert {pair["mentor"], pair["mentee"]} <= agreed
        assert manager[pair["mentee"]] not in (pair["mentor"], manager[pair["mentor"]])


def test_one_answer_is_for_hr_alone() -> None:
    answers = demo_rows(today=TODAY)["Answers"]
    assert [row["visible_to"] for row in answers].count("HR only") == 1
    assert len(answers) >= 5


def test_names_from_many_languages_keep_their_letters() -> None:
    text = "".join(row["name"] for row in demo_rows(today=TODAY)["People"])
    assert "\N{ARABIC LETTER YEH}" in text
    assert "陳" in text
    assert sum(not character.isascii() for character in text) > 30


def test_a_tiny_demo_has_nothing_to_fix() -> None:
    assert codes_found(demo_rows(today=TODAY, people=3)) == []


def test_a_large_demo_has_the_same_slips() -> None:
    assert set(SLIPS) <= set(codes_found(demo_rows(today=TODAY, people=200)))


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 6, 30), date(2027, 7, 1), date(2028, 2, 29)])
def test_the_demo_is_sound_on_any_day(day: date) -> None:
    assert codes_found(demo_rows(today=day), day) == SLIPS


@pytest.mark.requirement("F9")
def test_starters_come_with_what_they_share_once() -> None:
    rows = load_starters(starter_names())
    for sheet, key in (("Levels", "level_code"), ("Competencies", "competency_id")):
        named = [row[key] for row in rows[sheet]]
        assert len(named) == len(set(named))
    scales = {row["scale"] for row in rows["Rating scales"]}
    assert {row["scale"] for row in rows["Competencies"]} == scales


def test_an_unknown_starter_says_which_there_are() -> None:
    with pytest.raises(NotFound, match="engineering"):
        load_starters(["gardening"])
