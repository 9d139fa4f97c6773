"""What is due this week: on the sheet, and as a mail draft and a calendar for each person who should act."""

from __future__ import annotations

import email
from datetime import date, datetime
from email.policy import default
from pathlib import Path
from typing import Any

import icalendar
import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.workflows.remind import RemindOutcome, remind
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("X10", "E10")

NOW = datetime(2026, 11, 23, 8, 0)


def rows(**more: Any) -> dict[str, list[dict[str, Any]]]:
    """The hand-worked workbook with a conversation held, a check-in ahead and an action overdue."""
    found = example()
    for person in found["People"]:
        person["manager"] = "P5" if person["employee_id"] != "P5" else None
        person["email"] = f"{person['employee_id'].lower()}@lanternfield.example"
    found["Conversations"] = [
        {
            "conversation_id": "V1",
            "employee_id": "P1",
            "held": datetime(2026, 11, 20),
            "next_check_in": date(2027, 1, 6),
            "check_in_time": "14:30",
        }
    ]
    found["Action items"] = [
        {"action_id": "A1", "employee_id": "P2", "action": "Chair two rounds", "owner": "P2", "due": date(2026, 11, 9)}
    ]  # fmt: skip
    found["Cadences"] = []
    found["Settings"] = [
        {"setting": "Time zone", "value": "Europe/Lisbon"},
        {"setting": "Organisation", "value": "Lanternfield"},
    ]
    return found | more


def run(folder: Path, **more: Any) -> tuple[RemindOutcome, Path]:
    path = folder / "careers.xlsx"
    build_workbook(path, rows(**more))
    return remind(ExcelFile(path), folder, NOW), path


def files(folder: Path) -> dict[str, bytes]:
    found = (folder / "documents").rglob("*")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def test_reminders_stand_on_the_sheet_with_a_link_to_their_row(tmp_path: Path) -> None:
    _, path = run(tmp_path)
    sheet = load(path)["This week"]
    body = [
        [cell.value for cell in row]
        for row in sheet.iter_rows(min_row=6, min_col=2, max_col=7)
        if row[0].value is not None
    ]
    overdue, due = body
    assert [overdue[1], overdue[3]] == ["Action: Chair two rounds", "Overdue"]
    assert [due[1], due[3]] == ["Send the summary of the conversation held on 2026-11-20.", "Due"]
    assert overdue[0] == overdue[4] != due[4]
    assert sheet["G6"].hyperlink.location == "'Action items'!A6"


def test_who_should_act_gets_a_draft_and_a_calendar(tmp_path: Path) -> None:
    run(tmp_path)
    made = files(tmp_path)
    places = {name.split("/")[-2].split()[-1] + "/" + name.split("/")[-1] for name in made}
    assert places == {"P2/This week.eml", "P5/This week.eml", "P5/Calendar.ics"}
    (draft,) = (data for name, data in made.items() if name.endswith("P2/This week.eml"))
    message = email.message_from_bytes(draft, policy=default)
    assert message["To"].addresses[0].addr_spec == "p2@lanternfield.example"
    assert message["X-Unsent"] == "1"
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "OVERDUE\n- 9 November 2026: Action: Chair two rounds" in text


def test_a_check_in_weeks_ahead_is_in_the_managers_calendar_at_its_hour(tmp_path: Path) -> None:
    run(tmp_path)
    (data,) = (data for name, data in files(tmp_path).items() if name.endswith(".ics"))
    events = {str(event["summary"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    check_in = next(event for title, event in events.items() if "twenty minutes" in title)
    assert check_in.decoded("dtstart").isoformat() == "2027-01-06T14:30:00+00:00"
    assert len(events) == 2


def test_a_second_run_gives_the_same_files_and_removes_what_is_done(tmp_path: Path) -> None:
    run(tmp_path)
    first = files(tmp_path)
    run(tmp_path)
    assert files(tmp_path) == first
    run(tmp_path, **{"Action items": []})
    assert set(first) - set(files(tmp_path)) == {name for name in first if "P2/This week.eml" in name}


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "careers.xlsx"
    build_workbook(path, rows())
    before = path.read_bytes()
    outcome = remind(ExcelFile(path), tmp_path, NOW, dry_run=True)
    assert len(outcome.reminders) == 2
    assert path.read_bytes() == before
    assert not (tmp_path / "documents").exists()


def test_an_address_that_is_none_is_told_and_others_get_theirs(tmp_path: Path) -> None:
    people = rows()["People"]
    people[1]["email"] = "two@a.example, other@b.example"
    outcome, _ = run(tmp_path, People=people)
    assert list(outcome.without) == ["P2"]
    assert "sheet People" in outcome.without["P2"]
    assert any(file.endswith("P5/This week.eml") for file in outcome.files)
