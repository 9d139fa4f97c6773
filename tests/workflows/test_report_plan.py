"""Which documents a run makes, of which kinds, about whom, and for whom."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.documents.kinds import KINDS
from careersheets.model.errors import UsageError
from careersheets.workflows.assess import Assessment, assess
from careersheets.workflows.demo import demo_rows
from careersheets.workflows.report import Asked, Made, preview
from careersheets.workflows.report_making import job_of, make_some
from careersheets.workflows.report_plan import kinds_asked, plan_documents
from tests.analysis.test_by_hand import results_of, workbook

pytestmark = pytest.mark.requirement("X5", "X6", "C13")
NOW = datetime(2026, 11, 22, 9, 30)
needs_team_summary = pytest.mark.skipif(
    all(kind.subject != "manager" for kind in KINDS), reason="no kind is about a team"
)


@cache
def demo() -> Assessment:
    with tempfile.TemporaryDirectory() as folder:
        build_workbook(Path(folder) / "careers.xlsx", demo_rows(today=date(2026, 11, 22)))
        return assess(ExcelFile(Path(folder) / "careers.xlsx"), NOW.date())


def by_hand() -> Assessment:
    return Assessment(None, results_of(workbook()), [], {})  # type: ignore[arg-type]


def planned(asked: Asked, assessment: Assessment | None = None) -> list[Made]:
    return plan_documents(assessment or demo(), asked).documents


def test_the_help_lists_the_kinds_there_are() -> None:
    command = [sys.executable, "-m", "careersheets.surfaces.cli", "report", "--help"]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    listed = "".join(shown.split()).partition("Thereis:")[2].partition(".")[0].split(",")
    assert listed == [kind.key for kind in KINDS]


def test_the_gap_report_is_made_if_no_kind_is_asked_for_and_the_pack_for_all() -> None:
    assert [kind.key for kind in kinds_asked(())] == ["gap-report"]
    assert kinds_asked(["all"]) == kinds_asked(["gap-report", "all"]) == list(KINDS)
    assert [kind.key for kind in kinds_asked(["development-plan", "gap-report"])] == [
        "gap-report",
        "development-plan",
    ]


def test_a_document_with_nothing_to_say_is_not_planned() -> None:
    fitting = {kind.key: kind for kind in KINDS if kind.subject == "person"}
    results = demo().results
    for document in planned(Asked(kinds=["all"])):
        if document.kind_key in fitting:
            assert fitting[document.kind_key].fits(results, document.employee_id)
    assert len({(d.employee_id, d.kind_key) for d in planned(Asked(kinds=["all"]))}) == len(
        planned(Asked(kinds=["all"]))
    )


def test_nothing_to_make_for_a_named_person_is_said_with_the_reason() -> None:
    with pytest.raises(
        UsageError, match=r"nothing to make for Chiara Bianchi of: Round-up\. What such a doc"
    ):
        planned(Asked(employees=["P1"], kinds=["round-up"]), by_hand())
    plan = plan_documents(by_hand(), Asked(employees=["P1"], kinds=["gap-report", "round-up"]))
    assert [document.kind_key for document in plan.documents] == ["gap-report"]
    assert plan.notes[0].startswith("There is nothing to make for Chiara Bianchi of: Round-up.")
    assert plan_documents(by_hand(), Asked(employees=["P1"], kinds=["all"])).notes == [], (
        "the pack is what there is"
    )


def test_only_kinds_that_need_a_target_are_held_for_want_of_one() -> None:
    assessment = by_hand()
    results = assessment.results
    without = replace(
        assessment, results=replace(results, gaps=results.gaps[results.gaps["employee_id"] != "P1"])
    )
    needing = {kind.title: kind.needs_target for kind in KINDS}
    for document in planned(Asked(employees=["P1"], kinds=["all"]), without):
        held = needing[document.kind]
        assert document.state == ("Held" if held else "Planned")
        assert ("No target level" in document.error) == held


def test_a_document_is_for_the_first_of_those_it_may_go_to() -> None:
    people = demo().results.evaluated
    emails = people["email"].to_dict()
    report = next(d for d in planned(Asked()) if people.at[d.employee_id, "manager"] in emails)
    assert report.recipient == emails[people.at[report.employee_id, "manager"]]
    own = [kind.key for kind in KINDS if kind.recipients[0] == "employee" and kind.subject == "person"]
    for document in planned(Asked(kinds=own)) if own else []:
        assert document.recipient == emails[document.employee_id]


@needs_team_summary
def test_there_is_one_team_summary_for_each_manager_of_the_people_asked_for() -> None:
    people = demo().results.evaluated
    summaries = planned(Asked(kinds=["team-summary"]))
    assert [document.employee_id for document in summaries] == list(
        people["manager"].dropna().drop_duplicates()
    )
    one = str(people.index[people["manager"].notna()][0])
    assert [d.employee_id for d in planned(Asked(employees=[one], kinds=["team-summary"]))] == [
        people.at[one, "manager"]
    ]


@needs_team_summary
def test_a_held_person_is_left_out_of_the_teams_document_and_its_row_says_so() -> None:
    held = [document for document in planned(Asked(kinds=["team-summary"])) if document.error]
    assert [document.error for document in held] == [
        "Without Marit Haugland, whose rows hold errors: see the sheet To fix.",
        "Without Zeynep Kılıç, whose rows hold errors: see the sheet To fix.",
        "Without Aisling Ní Bhriain, whose rows hold errors: see the sheet To fix.",
    ]
    assert {document.state for document in held} == {"Planned"}
    plan = plan_documents(demo(), Asked(kinds=["team-summary"]))
    assert not set(demo().held) & set(plan.results.evaluated.index)
    assert not set(demo().held) & set(plan.results.gaps["employee_id"])


@needs_team_summary
def test_a_team_of_which_nobody_is_left_gets_no_document() -> None:
    people = demo().results.evaluated
    manager = people["manager"].dropna().iloc[0]
    errors = next(iter(demo().held.values()))
    all_held = replace(demo(), held=dict.fromkeys(people.index[people["manager"] == manager], errors))
    document = planned(Asked(managers=[manager], kinds=["team-summary"]), all_held)[0]
    assert document.state == "Held"
    assert document.error.startswith("Nobody is left of the team.")


@needs_team_summary
def test_a_manager_who_is_not_evaluated_gets_the_teams_document(tmp_path: Path) -> None:
    people = demo().results.evaluated
    manager = people["manager"].dropna().iloc[0]
    elsewhere = replace(
        demo(), results=replace(demo().results, evaluated=people.drop(index=manager, errors="ignore"))
    )
    plan = plan_documents(elsewhere, Asked(managers=[manager], kinds=["team-summary"]))
    made = list(make_some(job_of(plan.results, tmp_path), plan.documents, tmp_path))
    assert [document.state for document in made] in (["Made"], ["Draft made"]), made
    assert (tmp_path / made[0].file).is_file()


def test_a_preview_is_held_to_the_same_scan(tmp_path: Path) -> None:
    rows = workbook()
    rows["Scores"][3]["evidence"] = "Led the launch with Mei Tanaka in October."
    build_workbook(tmp_path / "careers.xlsx", rows)
    book = ExcelFile(tmp_path / "careers.xlsx")
    with pytest.raises(UsageError, match=r"held back\. The first because: .*Mei Tanaka.*CS611"):
        preview(book, tmp_path, NOW, Asked(employees=["P1"]))
    assert "P2" in preview(book, tmp_path, NOW, Asked()).name, "the first that may be shown"


def test_a_refusal_is_json_too_where_json_was_asked_for(tmp_path: Path) -> None:
    build_workbook(tmp_path / "careers.xlsx", workbook())
    command = [sys.executable, "-m", "careersheets.surfaces.cli", "report", str(tmp_path / "careers.xlsx")]
    refused = subprocess.run(
        [*command, "--kinds", "gap-raport", "--json"], capture_output=True, encoding="utf-8", check=False
    )
    assert refused.returncode == 2
    said = json.loads(refused.stdout)
    assert said["exit_code"] == 2
    assert said["error"] == refused.stderr.strip()
    assert 'no kind of document "gap-raport". There is: all, ' in said["error"]
