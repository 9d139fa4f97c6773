"""Cells become typed values; what cannot be read is a finding with its cell, and nothing is dropped silently."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from careersheets.books.book import BookContents
from careersheets.model.cells import CellError, Uncalculated
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import WorkbookSettings, read_settings
from careersheets.vocabulary.conversations import Conversations
from careersheets.vocabulary.evaluation import Evaluations, Observations, Scores
from careersheets.vocabulary.framework import Expectations, Levels
from careersheets.vocabulary.people import People
from tests.support.contents import contents_of, grid_of

SCALE = [
    {"scale": "Default", "value": value, "label": label, "step": 1}
    for value, label in enumerate(("Learning", "Developing", "Solid", "Strong", "Leading"), start=1)
]
COMPETENCIES = [{"competency_id": "COM-1", "competency": "Writing", "scale": "Default"}]
ADA = {"employee_id": "1001", "name": "Adaeze Okonkwo", "email": "adaeze@example.com", "level_code": "E1"}
BO = {"employee_id": "1002", "name": "Bo Lindqvist", "email": "bo@example.com", "level_code": "E2"}


def book(**rows: list[dict[str, Any]]) -> BookContents:
    sheets = {"Rating scales": SCALE, "Competencies": COMPETENCIES, "People": [ADA, BO]}
    return contents_of(sheets | {name.replace("_", " "): value for name, value in rows.items()})


def found(contents: BookContents) -> list[tuple[str, str]]:
    return [(finding.place, finding.rule.code) for finding in read_tables(contents)[1]]


def score(**cells: Any) -> dict[str, Any]:
    return {"cycle": "2026-H2", "employee_id": "1001", "competency_id": "COM-1", **cells}


def test_a_clean_workbook_has_no_findings() -> None:
    assert found(book(Scores=[score(manager_rating=3.0)])) == []


def test_rows_keep_their_numbers_in_the_sheet_and_blank_rows_are_left_out() -> None:
    tables, _ = read_tables(book(Scores=[score(), {}, {"evidence": "  "}, score(manager_rating=2)]))
    assert list(tables.frame(Scores).index) == [6, 9]
    assert tables[Scores].cell(9, "manager_rating") == "F9"


def test_a_time_of_day_reads_as_it_is_typed() -> None:
    """Spreadsheet programs make a time of what is typed as 14:30; a text stays as it is."""
    rows = [
        {"employee_id": "1001", "check_in_time": typed} for typed in (time(14, 30), "14:30", time(9, 5, 30))
    ]
    tables, _ = read_tables(book(Conversations=rows))
    assert list(tables.frame(Conversations)["check_in_time"]) == ["14:30", "14:30", "09:05:30"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (CellError("#REF!"), "CS010"),
        (Uncalculated("=A1"), "CS011"),
        ("good", "CS016"),
        ("4", "CS013"),
        ("3,5", "CS013"),
        (datetime(2026, 4, 3), "CS016"),
        (True, "CS016"),
    ],
)
def test_a_rating_that_cannot_be_read_is_a_finding(cell: object, code: str) -> None:
    assert found(book(Scores=[score(manager_rating=cell)])) == [("Scores!F6", code)]


@pytest.mark.parametrize("cell", [None, "", "  ", 3, 2.5, "N/A", "n/a", "NA", "Strong", "STRONG "])
def test_a_rating_that_can_be_read_is_none(cell: object) -> None:
    assert found(book(Scores=[score(manager_rating=cell)])) == []


def test_na_is_told_apart_from_blank_and_labels_become_points() -> None:
    ratings = [score(manager_rating=cell) for cell in ("N/A", None, "Strong", 2, "3,5")]
    frame = read_tables(book(Scores=ratings))[0].frame(Scores)
    assert frame["manager_rating_na"].tolist() == [True, False, False, False, False]
    assert frame["manager_rating"].fillna(-1).tolist() == [-1, -1, 4, 2, 3.5]


def test_a_finding_in_a_persons_row_names_the_person() -> None:
    _, findings = read_tables(book(Scores=[score(employee_id="bo@example.com", manager_rating="good")]))
    assert findings[0].who == "1002"


def test_a_finding_in_an_expectation_names_the_level() -> None:
    _, findings = read_tables(
        book(Expectations=[{"level_code": "E2", "competency_id": "COM-1", "required": "?"}])
    )
    assert (findings[0].who, findings[0].level) == ("", "E2")


def test_ids_typed_as_numbers_are_text() -> None:
    frame = read_tables(book(People=[{**ADA, "employee_id": 1001.0}]))[0].frame(People)
    assert frame["employee_id"].tolist() == ["1001"]


def test_a_code_that_a_spreadsheet_turned_into_a_date_is_a_finding() -> None:
    assert ("Levels!B6", "CS017") in found(book(Levels=[{"level_code": datetime(2026, 1, 3), "family": "X"}]))


def test_dates_may_be_typed_as_iso_text() -> None:
    contents = book(
        Observations=[
            {"employee_id": "1001", "date": value, "behaviour": "Asked."}
            for value in (datetime(2026, 3, 1), "2026-03-01", "last week")
        ]
    )
    tables, findings = read_tables(contents)
    assert [str(value.date()) for value in tables.frame(Observations)["date"].dropna()] == ["2026-03-01"] * 2
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("C8", "CS014")]


def test_yes_and_no_are_read_in_many_ways_and_the_rest_is_a_finding() -> None:
    rows = [
        {**ADA, "employee_id": str(n), "name": f"Person {n}", "email": None, "active": value}
        for n, value in enumerate(("Yes", "no", True, 0.0, None, "perhaps"))
    ]
    tables, findings = read_tables(book(People=rows))
    assert tables.frame(People)["active"].astype(object).where(lambda x: x.notna(), None).tolist() == [
        True,
        False,
        True,
        False,
        None,
        None,
    ]
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("O11", "CS015")]


def test_several_entries_are_split_in_order() -> None:
    frame = read_tables(book(Levels=[{"level_code": "E3", "family": "Eng", "next_levels": "E4; M3 ;;"}]))[
        0
    ].frame(Levels)
    assert frame["next_levels"].tolist() == [("E4", "M3")]


@pytest.mark.parametrize("who", ["1001", "ADAEZE@example.com", "adaeze  okonkwo"])
def test_a_person_is_found_by_id_email_or_name(who: str) -> None:
    tables, findings = read_tables(book(Scores=[score(employee_id=who)]))
    assert (tables.frame(Scores)["employee_id"].tolist(), findings) == (["1001"], [])


def test_a_name_that_two_people_have_is_not_guessed() -> None:
    twin = {**BO, "name": "Adaeze Okonkwo"}
    tables, findings = read_tables(book(People=[ADA, twin], Scores=[score(employee_id="Adaeze Okonkwo")]))
    assert tables.frame(Scores)["employee_id"].isna().all()
    assert [(finding.place, finding.rule.code) for finding in findings] == [("Scores!C6", "CS021")]


def test_an_unknown_observer_does_not_hold_the_person_back() -> None:
    row = {
        "employee_id": "1001",
        "date": datetime(2026, 3, 1),
        "behaviour": "Asked.",
        "observer": "Nobody Known",
    }
    findings = read_tables(book(Observations=[row]))[1]
    assert [(finding.place, finding.rule.code, finding.who) for finding in findings] == [
        ("Observations!H6", "CS022", "1001")
    ]
    assert not findings[0].is_error


def test_nobody_is_a_finding() -> None:
    assert found(book(Scores=[score(employee_id="4711")])) == [("Scores!C6", "CS020")]


def test_choices_are_read_in_any_case_with_a_note() -> None:
    row = {"cycle": "2026-H2", "employee_id": "1001", "status": "released"}
    tables, findings = read_tables(book(Evaluations=[row]))
    assert tables.frame(Evaluations)["status"].tolist() == ["Released"]
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("G6", "CS018")]


def test_merged_cells_in_a_table_are_a_finding() -> None:
    contents = book()
    headers = ["Cycle", "Employee ID", "Competency ID"]
    grid = grid_of(
        "Observations",
        ["Employee ID", "Date", "Behaviour"],
        [["1001", "2026-01-01", "Asked."]],
        merged=("B6:B9", "B2:D2", "Z6:Z9"),
    )
    grids = {**contents.grids, "Observations": grid}
    assert headers
    merged = [place for place in found(BookContents("t", "", grids)) if place[1] == "CS009"]
    assert merged == [("Observations!B6", "CS009")]


def test_missing_sheets_are_findings_of_two_weights() -> None:
    contents = contents_of({"People": [ADA]}, without=["Scores", "Mentoring"])
    assert set(found(contents)) == {("Scores", "CS001"), ("Mentoring", "CS003")}


def test_settings_have_defaults_and_bad_ones_are_findings() -> None:
    rows = [
        {"setting": "Ready from attainment", "value": 0.9},
        {"setting": "Near from attainment", "value": "85 %"},
        {"setting": "Least coverage", "value": "much"},
        {"setting": "paper", "value": "letter"},
        {"setting": "Papper", "value": "A4"},
    ]
    tables, _ = read_tables(book(Settings=rows))
    settings, findings = read_settings(tables)
    assert (settings.ready_attainment, settings.near_attainment, settings.least_coverage) == (0.9, 0.85, 0.8)
    assert settings.paper == "Letter"
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("C8", "CS030"), ("B10", "CS031")]
    assert '"Paper" may be meant' in findings[1].message


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("Document name", "{nmae}", "no other fields than {cycle} {kind} {id} {name} {target} {version}"),
        ("Document name", "{name!r}", "a pattern with no other fields"),
        ("Document folder", "{cycle}/{id}", "than {cycle} {kind} {manager} {department} {team}"),
        ("Document folder", "{cycle", "a pattern with no other fields"),
        ("Ready from attainment", "95", "a number from 0 to 1, or a share as 85 %"),
        ("Time zone", "Lisbon time", "a time zone as Europe/Lisbon"),
    ],
)
def test_a_setting_that_cannot_be_followed_is_a_finding_and_the_default_counts(
    setting: str, value: str, says: str
) -> None:
    tables, _ = read_tables(book(Settings=[{"setting": setting, "value": value}]))
    settings, findings = read_settings(tables)
    assert settings == WorkbookSettings()
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("C6", "CS030")]
    assert says in findings[0].fix


def test_near_above_ready_is_said_at_its_cell() -> None:
    rows = [
        {"setting": "Ready from attainment", "value": 0.8},
        {"setting": "Near from attainment", "value": "80 %"},
    ]
    tables, _ = read_tables(book(Settings=rows))
    assert read_settings(tables)[1] == []
    rows[1]["value"] = "81 %"
    tables, _ = read_tables(book(Settings=rows))
    findings = read_settings(tables)[1]
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("C7", "CS032")]
    assert "is 0.81, which is above" in findings[0].message
    tables, _ = read_tables(book(Settings=rows[:1]))
    assert [finding.cell for finding in read_settings(tables)[1]] == ["C6"], "Near has its default"


def test_hrs_address_is_one_address_or_none() -> None:
    for text, used in (
        ("people@lanternfield.example", True),
        ("people@", False),
        ("a@b.example, c@d.example", False),
    ):
        tables, _ = read_tables(book(Settings=[{"setting": "HR e-mail", "value": text}]))
        settings, findings = read_settings(tables)
        assert settings.hr_email == (text if used else "")
        assert [finding.rule.code for finding in findings] == ([] if used else ["CS030"])


def test_the_defaults_of_settings_are_those_the_vocabulary_declares() -> None:
    from careersheets.vocabulary.settings import SETTINGS

    defaults = WorkbookSettings()
    assert {setting.key: setting.default for setting in SETTINGS} == {
        setting.key: getattr(defaults, setting.key) for setting in SETTINGS
    }


def test_every_column_is_there_even_when_the_sheet_lacks_it() -> None:
    contents = book()
    grid = grid_of("Conversations", ["Employee ID", "Held"], [["1001", date(2026, 5, 4)]])
    tables, _ = read_tables(BookContents("t", "", {**contents.grids, "Conversations": grid}))
    row = tables.frame(Conversations).iloc[0]
    assert (row["employee_id"], row["held"].date(), row["employee_priorities"]) == (
        "1001",
        date(2026, 5, 4),
        (),
    )


def test_nothing_at_all_is_not_a_crash() -> None:
    tables, findings = read_tables(BookContents("t", "", {}))
    assert tables.frame(Expectations).empty
    assert {finding.rule.code for finding in findings} == {"CS001", "CS003"}


def test_characters_that_no_document_can_hold_are_left_out_and_told_at_their_cell() -> None:
    typed = "\x07 asked\x1f the \ud83d client\x1f"
    tables, findings = read_tables(
        book(
            Observations=[
                {"employee_id": "1001", "behaviour": typed},
                {"employee_id": "1001\x00", "behaviour": "\x0c"},
            ]
        )
    )
    assert tables.frame(Observations)["behaviour"].iloc[0] == "asked the  client"
    assert tables.frame(Observations)["behaviour"].isna().tolist() == [False, True]
    assert tables.frame(Observations)["employee_id"].tolist() == ["1001", "1001"]
    said = {(finding.cell, finding.rule.code): (finding.who, finding.message) for finding in findings}
    assert set(said) == {("E6", "CS019"), ("E7", "CS019"), ("B7", "CS019")}
    assert said["E6", "CS019"] == (
        "1001",
        "the text holds invisible control characters (U+0007, U+001F, U+D83D); it is read without them.",
    )


@pytest.mark.parametrize(
    "typed", ["one\ntwo\tthree\r\nfour\vfive", "👩🏽\u200d💻 \u202bRTL\u202c \x85\x9f", "_x0007_"]
)
def test_characters_that_documents_can_hold_are_no_finding(typed: str) -> None:
    assert found(book(Observations=[{"employee_id": "1001", "behaviour": typed}])) == []
