"""One goal or action for many people in one go: who gets it, what is entered, and that nobody gets it twice."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.model.errors import CareersheetsError, NotFound, UsageError
from careersheets.surfaces.cli.main import app
from careersheets.tables.reading import read_tables
from careersheets.tables.tables import Tables
from careersheets.vocabulary.conversations import Conversations, ReadinessCriteria
from careersheets.vocabulary.plans import ActionItems, Goals
from careersheets.workflows.check import check
from careersheets.workflows.plan import Planning, enter_plan, plan_from_template, plan_ids
from careersheets.workflows.plan_people import PlanFilter
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("D8")

# A Sunday.
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30)
ACTION = "Present one design to the whole team and note what they asked"
ACTIONS = {
    "template": "Design talk",
    "kind": "Action",
    "competency_id": "DES",
    "text": ACTION,
    "method": "Stretch",
    "due_in_days": 33,
    "measure": "The notes are in the team's folder",
}
GOAL = {
    "template": "Tickets",
    "kind": "Goal",
    "text": "Answer 9 of 10 tickets within a day",
    "due_in_days": 190,
    "measure": "The monthly report",
}


def rows(**more: Any) -> dict[str, list[dict[str, Any]]]:
    found = example()
    for number, person in enumerate(found["People"]):
        person |= {
            "manager": "P5" if number < 3 else None,
            "department": "Engineering" if number < 4 else "People",
            "team": f"Team {number % 2}",
        }
    found["Plan templates"] = [ACTIONS, GOAL]
    found["Settings"] = [{"setting": "Holidays", "value": "2026-12-25;2026-12-28"}]
    return found | more


def new(folder: Path, **more: Any) -> Path:
    path = folder / "careers.xlsx"
    build_workbook(path, rows(**more))
    return path


def plan(path: Path, template: str = "Design talk", **wanted: Any) -> Planning:
    return plan_from_template(ExcelFile(path), template, PlanFilter(**wanted), TODAY)


def enter(path: Path, planning: Planning) -> None:
    enter_plan(ExcelFile(path), planning.contents, planning.diff)


def tables_of(path: Path) -> Tables:
    return read_tables(ExcelFile(path).read())[0]


def people(planning: Planning) -> list[str]:
    return [row["employee_id"] for row in planning.rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"everyone": True}, ["P1", "P2", "P3", "P4", "P5"]),
        ({"department": "engineering"}, ["P1", "P2", "P3", "P4"]),
        ({"team": "Team 1"}, ["P2", "P4"]),
        ({"level": "E3"}, ["P2", "P3"]),
        ({"manager": "Ravi Subramanian"}, ["P1", "P2", "P3"]),
        ({"employees": ("P4", "Chiara Bianchi")}, ["P1", "P4"]),
        ({"department": "Engineering", "team": "Team 0"}, ["P1", "P3"]),
        ({"gap_in": "DES"}, ["P1", "P4", "P5"]),
        ({"gap_in": "Des", "level": "E2"}, ["P1"]),
        ({"level": "M4"}, []),
    ],
)
def test_each_filter_leaves_those_it_names(tmp_path: Path, wanted: dict[str, Any], found: list[str]) -> None:
    """P1 has DES 2 of 3; P4 DES 4 of 5 at E5; P5 is at the top with DES below 5; P2 has DES 4 of 4."""
    assert people(plan(new(tmp_path), **wanted)) == found


@pytest.mark.parametrize(
    ("wanted", "error", "words"),
    [
        ({}, UsageError, "for whom"),
        ({"department": "Sales"}, NotFound, "Engineering, People"),
        ({"team": "Team 9"}, NotFound, "Team 0, Team 1"),
        ({"level": "E9"}, NotFound, "E2, E3"),
        ({"gap_in": "Cooking"}, NotFound, "COM"),
        ({"manager": "Nobody at all"}, UsageError, "nobody on the sheet People"),
        ({"employees": ("P1", "P99")}, UsageError, "P99"),
    ],
)
def test_whom_nobody_knows_is_refused(
    tmp_path: Path, wanted: dict[str, Any], error: type[CareersheetsError], words: str
) -> None:
    with pytest.raises(error, match=words):
        plan(new(tmp_path), **wanted)


def test_a_given_action_is_whole_tied_to_its_competency_and_owned(tmp_path: Path) -> None:
    """33 days after 22 November is 25 December, a day off; the next working day is the 29th, as the 28th is off too."""
    path = new(tmp_path)
    enter(path, plan(path, employees=("P1",)))
    row = tables_of(path).frame(ActionItems).iloc[0]
    assert row["action_id"] == "A1001"
    tied = row[["employee_id", "owner", "competency_id", "target_level"]]
    assert list(tied) == ["P1", "P1", "DES", "E3"]
    assert (row["action"], row["method"], row["status"]) == (ACTION, "Stretch", "Open")
    assert row["evidence_of_done"] == ACTIONS["measure"]
    assert [row["start"].date(), row["due"].date()] == [TODAY, date(2026, 12, 29)]
    assert load(path)["Action items"]["R6"].number_format == "dd mmm yyyy"
    codes = {finding.rule.code for finding in check(ExcelFile(path), NOW).assessment.findings}
    assert not {code for code in codes if code.startswith("CS54")}


def test_a_given_goal_has_its_day_measure_and_horizon(tmp_path: Path) -> None:
    path = new(tmp_path)
    enter(path, plan(path, "tickets", level="E2"))
    row = tables_of(path).frame(Goals).iloc[0]
    assert (row["goal_id"], row["employee_id"], row["type"], row["horizon"]) == (
        "G1001",
        "P1",
        "SMART",
        "Medium",
    )
    assert (row["goal"], row["measure"], row["target_level"]) == (GOAL["text"], GOAL["measure"], "E3")
    assert [row["set_on"].date(), row["due"].date()] == [TODAY, date(2027, 5, 31)]


def test_the_target_is_the_first_with_a_gap_in_the_competency(tmp_path: Path) -> None:
    """P3 works towards M4 and E4; M4 does not ask for DES, E4 does."""
    planning = plan(new(tmp_path), employees=("P3",))
    assert planning.rows[0]["target_level"] == "E4"


def test_who_has_the_same_open_action_gets_no_second_one(tmp_path: Path) -> None:
    having = [
        {"action_id": "A7", "employee_id": "P1", "action": ACTION.upper(), "status": "In progress"},
        {"action_id": "A8", "employee_id": "P2", "action": ACTION, "status": "Dropped"},
        {"action_id": "A9", "employee_id": "P3", "action": ACTION, "status": "Open", "done_on": TODAY},
        {"action_id": "A10", "employee_id": "P4", "action": "Something else"},
    ]
    path = new(tmp_path, **{"Action items": having})
    planning = plan(path, department="Engineering")
    assert people(planning) == ["P2", "P3", "P4"]
    assert planning.without == {"P1": "has it already, in Action items!L6"}
    assert [row["action_id"] for row in planning.rows] == ["A1001", "A1002", "A1003"]
    enter(path, planning)
    assert plan(path, department="Engineering").rows == ()
    with pytest.raises(CareersheetsError):
        enter(path, planning)


def test_people_who_left_get_nothing_and_uncertain_gaps_decide_nothing(tmp_path: Path) -> None:
    found = rows()
    found["People"][0]["active"] = "No"
    scores = [row for row in found["Scores"] if row["employee_id"] == "P4" and row["cycle"] == "H2"]
    scores[0]["manager_rating"] = 9
    path = new(tmp_path, **found)
    planning = plan(path, gap_in="DES")
    assert people(planning) == ["P5"]
    assert list(planning.without) == ["P4"]
    assert people(plan(path, everyone=True)) == ["P2", "P3", "P4", "P5"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [({"due_in_days": None}, "Due in days"), ({"kind": None}, "Goal or Action"), ({"text": None}, "a text")],
)
def test_a_template_that_lacks_something_is_not_given(
    tmp_path: Path, cells: dict[str, Any], words: str
) -> None:
    path = new(tmp_path, **{"Plan templates": [GOAL, ACTIONS | cells]})
    with pytest.raises(UsageError, match=f"Plan templates, row 7.*{words}"):
        plan(path, everyone=True)


def test_an_unknown_template_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Design talk, Tickets"):
        plan(new(tmp_path), "Golf", everyone=True)


def test_blank_ids_are_filled_once_and_no_id_is_given_again(tmp_path: Path) -> None:
    """G12 was deleted, but an action still refers to it; what a row says already stays."""
    path = new(
        tmp_path,
        **{
            "Conversations": [{"employee_id": "P1"}, {"conversation_id": "V7", "employee_id": "P2"}],
            "Goals": [{"employee_id": "P1", "goal": "One"}],
            "Action items": [
                {"employee_id": "P1", "action": "One", "goal_id": "G1012"},
                {"action_id": "mine", "employee_id": "P1", "action": "Two"},
                {"employee_id": "P2", "action": "Three"},
            ],
            "Readiness criteria": [{"employee_id": "P1", "condition": "Leads one release"}],
        },
    )
    contents, diff = plan_ids(ExcelFile(path))
    enter_plan(ExcelFile(path), contents, diff)
    tables = tables_of(path)
    assert list(tables.frame(Conversations)["conversation_id"]) == ["V1001", "V7"]
    assert list(tables.frame(Goals)["goal_id"]) == ["G1013"]
    assert list(tables.frame(ActionItems)["action_id"]) == ["A1001", "mine", "A1002"]
    assert list(tables.frame(ReadinessCriteria)["criterion_id"]) == ["R1001"]
    assert len(plan_ids(ExcelFile(path))[1]) == 0


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["plan", *words], standalone_mode=False, input="n\n")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.return_value, result.output


def test_the_command_shows_first_and_writes_only_what_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_LEDGER", str(tmp_path / "ledgers"))
    path = new(tmp_path)
    before = path.read_bytes()
    asked = (str(path), "--template", "Design talk", "--level", "E2")
    assert "A1001  Chiara Bianchi, towards E3" in run(*asked, "--dry-run")[1]
    assert run(*asked)[0] == 0
    assert len(json.loads(run(*asked, "--json")[1])["rows"]) == 1
    assert path.read_bytes() == before
    assert run(*asked, "--yes")[1].endswith("Entered.\n")
    assert list(tables_of(path).frame(ActionItems)["employee_id"]) == ["P1"]
    assert "Not for Chiara Bianchi: has it already" in run(*asked, "--yes")[1]
    assert run(str(path), "--fill-ids")[1] == "No id is blank.\n"
    with pytest.raises(UsageError, match="--fill-ids"):
        run(str(path))
    with pytest.raises(UsageError, match="--team is empty"):
        run(*asked, "--team", " ")


def test_the_history_says_of_a_run_that_was_broken_off_that_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_LEDGER", str(tmp_path / "ledgers"))
    path = str(new(tmp_path))
    # Nothing is typed at the question: the keyboard is gone.
    CliRunner().invoke(app, ["plan", path, "--template", "Design talk", "--level", "E2"], input="")
    told = CliRunner().invoke(app, ["history", path]).output
    assert "plan     stopped, nothing more was done" in told
    assert told.endswith("1 run. The record holds together.\n")
