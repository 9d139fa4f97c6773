"""Filled forms come back into the workbook: every answer to its cell, once, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from careersheets.books.excel_file import ExcelFile
from careersheets.documents.form_parts import controls_of
from careersheets.documents.package import parts_of
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.workflows.collect import NotEntered, enter_forms, form_files
from tests.support.as_openpyxl import load
from tests.support.office import convert_all
from tests.workflows.forms_of import (
    NOW,
    PERSON,
    asked,
    changed,
    codes,
    compare,
    demo,
    enter,
    handed_out,
    next_id,
    results_of,
    rows_about,
    sent_back,
    workbook,
)

pytestmark = pytest.mark.requirement("C9")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(new_identity(), place=str(tmp_path / "ledgers")) as found:
        yield found


@pytest.fixture
def book(tmp_path: Path) -> ExcelFile:
    return workbook(tmp_path)


def form(book: ExcelFile, key: str, answers: dict[str, str], person: str = PERSON, name: str = "") -> Path:
    """A form about `person`, filled in; "#2" is the second choice of its list."""
    data = handed_out(key, person, results_of(book))
    controls = controls_of("form", parts_of("form.docx", data)).by_tag
    filled_in = {
        tag: controls[tag][0].choices[int(answer[1:]) - 1] if answer.startswith("#") else answer
        for tag, answer in answers.items()
    }
    return sent_back(book.path.parent / "forms" / f"{name or key}.docx", data, filled_in)


def one(book: ExcelFile, sheet: str, column: str, value: str) -> dict[str, object]:
    [row] = [row for row in rows_about(book, sheet, PERSON) if row[column] == value]
    return row


def sheets_of(book: ExcelFile) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load(book.path)}


PREPARATION = {
    "direction": "Lead the platform group.\n\nमैं टीम को सिखाना चाहती हूँ & more <soon>",
    "direction_kind": "Level",
    "objectives_engagement": "yes",
    "role_satisfaction": "4",
    "employee_priorities_1": "#3",
    "employee_priorities_2": "#1",
    "passion": "Pairing with newcomers",
    "score_1_response": "Dispute",
    "score_1_response_comment": "I ran two incidents in March",
    "criterion_1_condition": "Runs a design review alone",
    "criterion_1_by": "2027-03-31",
    "goal_1_goal": "Chair the guild of testers",
    "goal_1_relevant": "I learnt most from testers",
    "goal_1_due": "2027-05-31",
}


def test_the_answers_of_a_preparation_stand_in_their_sheets(book: ExcelFile, ledger: Ledger) -> None:
    before = one(book, "Conversations", "conversation_id", "V2041")
    collecting = enter(book, ledger, form(book, "employee-preparation", PREPARATION))
    assert codes(collecting) == []
    talk = one(book, "Conversations", "conversation_id", "V2041")
    assert talk["direction"] == PREPARATION["direction"]
    assert (talk["direction_kind"], talk["role_satisfaction"]) == ("Level", 4.0)
    assert talk["objectives"] == (*before["objectives"], "Engagement")  # type: ignore[misc]
    priorities = talk["employee_priorities"]
    assert isinstance(priorities, tuple)
    assert len(priorities) == 2
    assert set(priorities) <= {row["competency_id"] for row in demo()["Competencies"]}
    first = results_of(book).gaps.query("employee_id == @PERSON")["competency_id"].iloc[0]
    [score] = [
        row
        for row in rows_about(book, "Scores", PERSON)
        if row["competency_id"] == first and row["cycle"] == talk["cycle"]
    ]
    assert (score["response"], score["response_comment"]) == (
        "Dispute",
        PREPARATION["score_1_response_comment"],
    )
    criterion = one(book, "Readiness criteria", "condition", "Runs a design review alone")
    assert (criterion["conversation_id"], criterion["by"]) == ("V2041", datetime(2027, 3, 31))
    goal = one(book, "Goals", "goal", "Chair the guild of testers")
    assert (goal["goal_id"], goal["type"], goal["proposed_by"], goal["status"]) == (
        next_id("Goals", "goal_id"),
        "REAL",
        "Employee",
        "Open",
    )
    answer = one(book, "Answers", "answer", "Pairing with newcomers")
    assert (
        answer["question"],
        answer["said_by"],
        answer["visible_to"],
        answer["form"],
        answer["form_version"],
    ) == (
        "Which part of your work do you look forward to?",
        "Employee",
        "Employee and manager",
        "Employee preparation",
        "1",
    )
    assert (answer["conversation_id"], answer["received"]) == ("V2041", datetime(2026, 11, 22))


def test_only_the_cells_of_the_shown_lines_change(book: ExcelFile, ledger: Ledger) -> None:
    before = sheets_of(book)
    collecting = enter(book, ledger, form(book, "employee-preparation", PREPARATION))
    after = sheets_of(book)
    differing = {
        f"{sheet}!{row}.{column}"
        for sheet, rows in before.items()
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if after[sheet][row - 1][column - 1] != cell
    }
    cells = {f"{it.cell.sheet}!{it.cell.row}.{it.cell.column}" for it in collecting.diff.changes}
    assert cells <= differing
    added = {it.sheet for it in collecting.diff.additions}
    assert {place.partition("!")[0] for place in differing - cells} <= added


@pytest.mark.requirement("C4")
def test_what_is_written_to_hr_stands_on_answers_for_hr_only_and_is_not_shown(
    book: ExcelFile, ledger: Ledger
) -> None:
    answers = {"own_words": "I would like to grow oranges in Valencia.", "get_in_touch": "Yes, please"}
    collecting = enter(book, ledger, form(book, "page-for-hr", answers))
    assert {line.then for line in collecting.lines} == {"(for HR only)"}
    rows = [row for row in rows_about(book, "Answers", PERSON) if row["form"] == "Page for HR"]
    assert {row["answer"] for row in rows} == set(answers.values())
    assert {row["visible_to"] for row in rows} == {"HR only"}
    elsewhere = {sheet: str(rows) for sheet, rows in sheets_of(book).items() if sheet != "Answers"}
    assert [sheet for sheet, text in elsewhere.items() if "oranges in Valencia" in text] == []
    for key in ("employee-preparation", "conversation-summary", "manager-preparation"):
        document = parts_of("x.docx", handed_out(key, PERSON, results_of(book)))["word/document.xml"]
        assert "oranges in Valencia" not in document.decode(), key


@pytest.mark.requirement("C8")
def test_corrections_make_the_next_version_of_a_summary(book: ExcelFile, ledger: Ledger) -> None:
    answers = {
        "corrections": "I said by summer, not by spring.",
        "matches_my_work": "Partly",
        "acknowledged": "2026-11-21",
    }
    assert asked(handed_out("conversation-summary", PERSON, results_of(book))).version == "1"
    enter(book, ledger, form(book, "conversation-summary", answers))
    talk = one(book, "Conversations", "conversation_id", "V2041")
    assert (talk["corrections"], talk["matches_my_work"]) == (answers["corrections"], "Partly")
    assert (talk["acknowledged"], talk["summary_version"]) == (datetime(2026, 11, 21), 2.0)
    assert asked(handed_out("conversation-summary", PERSON, results_of(book))).version == "2"


@pytest.mark.requirement("C8")
def test_a_confirmation_alone_makes_no_new_version(book: ExcelFile, ledger: Ledger) -> None:
    enter(
        book,
        ledger,
        form(book, "conversation-summary", {"acknowledged": "2026-11-21", "matches_my_work": "Yes"}),
    )
    assert one(book, "Conversations", "conversation_id", "V2041")["summary_version"] is None


def test_what_both_sides_said_and_agreed_in_a_summary(book: ExcelFile, ledger: Ledger) -> None:
    answers = {
        "held": "2026-11-20",
        "employee_said": "Two projects at once are too many.",
        "manager_said": "One of them can wait.",
        "next_check_in": "2027-01-10",
        "check_in_time": "14:30",
        "target_level": "#1",
        "criterion_1_condition": "Hands one project over",
        "criterion_1_employee_agrees": "yes",
        "action_1_action": "Hand the billing project over to Oluwaseun by January",
        "action_1_due": "2027-01-15",
        "action_1_owner": "#1",
        "action_1_method": "Project",
    }
    collecting = enter(book, ledger, form(book, "conversation-summary", answers))
    assert codes(collecting) == []
    talk = one(book, "Conversations", "conversation_id", "V2041")
    assert (talk["held"], talk["check_in_time"]) == (datetime(2026, 11, 20), "14:30")
    assert talk["target_level"] in {row["level_code"] for row in demo()["Levels"]}
    said = {row["answer"]: row["said_by"] for row in rows_about(book, "Answers", PERSON)}
    assert said[answers["employee_said"]] == "Employee"
    assert said[answers["manager_said"]] == "Manager"
    action = one(book, "Action items", "action", answers["action_1_action"])
    assert (action["action_id"], action["owner"], action["method"]) == (
        next_id("Action items", "action_id"),
        PERSON,
        "Project",
    )
    assert (action["conversation_id"], action["status"]) == ("V2041", "Open")
    criterion = one(book, "Readiness criteria", "condition", "Hands one project over")
    assert criterion["employee_agrees"]
    assert criterion["manager_agrees"] is None


@pytest.mark.requirement("C10")
def test_a_check_in_brings_actions_up_to_date_and_sets_the_next_day(book: ExcelFile, ledger: Ledger) -> None:
    answers = {"action_1_status": "Done", "action_1_done_on": "2026-11-20", "action_1_evidence_so_far": "Seen by all",
               "next_check_in": "2027-01-09", "helped": "A free morning a week", "held": "2026-11-22"}  # fmt: skip
    path = form(book, "check-in", answers)
    key, _ = asked(path.read_bytes()).mark.rows["action_1"]
    enter(book, ledger, path)
    action = one(book, "Action items", "action_id", key)
    assert (action["status"], action["done_on"]) == ("Done", datetime(2026, 11, 20))
    talk = one(book, "Conversations", "conversation_id", "V2001")
    assert talk["next_check_in"] == datetime(2027, 1, 9)
    assert talk["check_in_held"] == datetime(2026, 11, 22)
    assert talk["held"] != datetime(2026, 11, 22)
    asked_of = {
        row["question"]: row["answer"]
        for row in rows_about(book, "Answers", PERSON)
        if row["form"] == "Check-in"
    }
    assert asked_of == {
        "What helped": "A free morning a week",
        f"Action {key}: evidence so far": "Seen by all",
    }


def test_a_plan_changes_goals_and_adds_one(book: ExcelFile, ledger: Ledger) -> None:
    answers = {
        "goal_1_progress": "Two thirds done",
        "goal_2_goal": "Mentor somebody",
        "goal_2_proposed_by": "Both",
    }
    enter(book, ledger, form(book, "development-plan", answers))
    assert one(book, "Goals", "goal_id", "G3001")["progress"] == "Two thirds done"
    assert one(book, "Goals", "goal", "Mentor somebody")["proposed_by"] == "Both"


@pytest.mark.requirement("C12")
def test_a_case_for_promotion_is_for_managers(book: ExcelFile, ledger: Ledger) -> None:
    person = "L1002"
    path = form(
        book,
        "promotion-case",
        {"statement": "Ready since May.", "criterion_1_evidence_seen": "Three reviews"},
        person,
    )
    enter(book, ledger, path)
    [answer] = [row for row in rows_about(book, "Answers", person) if row["form"] == "Promotion case"]
    assert (answer["answer"], answer["said_by"], answer["visible_to"]) == (
        "Ready since May.",
        "Manager",
        "Manager",
    )
    assert "Three reviews" in [row["evidence_seen"] for row in rows_about(book, "Readiness criteria", person)]


def test_somebody_without_a_conversation_gets_one(tmp_path: Path, ledger: Ledger) -> None:
    book = workbook(
        tmp_path, Conversations=[row for row in demo()["Conversations"] if row["employee_id"] != PERSON]
    )
    enter(book, ledger, form(book, "employee-preparation", {"direction": "To teach", "learn": "Statistics"}))
    [talk] = rows_about(book, "Conversations", PERSON)
    assert (talk["conversation_id"], talk["direction"], talk["cycle"]) == (
        next_id("Conversations", "conversation_id"),
        "To teach",
        "2026-H2",
    )
    assert one(book, "Answers", "answer", "Statistics")["conversation_id"] == next_id(
        "Conversations", "conversation_id"
    )


def test_a_conversation_without_an_id_gets_one_with_its_first_answers(tmp_path: Path, ledger: Ledger) -> None:
    book = workbook(tmp_path, **changed("Conversations", "conversation_id", "V2041", conversation_id=None))
    enter(book, ledger, form(book, "employee-preparation", {"direction": "To teach", "learn": "Statistics"}))
    talk = one(book, "Conversations", "direction", "To teach")
    assert (
        talk["conversation_id"]
        == one(book, "Answers", "answer", "Statistics")["conversation_id"]
        == next_id("Conversations", "conversation_id")
    )


def test_rows_without_ids_and_in_another_order_are_found_again(tmp_path: Path, ledger: Ledger) -> None:
    actions = [row | {"action_id": None} for row in demo()["Action items"]]
    book = workbook(tmp_path, **{"Action items": actions})
    path = form(book, "check-in", {"action_1_status": "Dropped", "action_2_evidence_so_far": "Nothing yet"})
    first = asked(path.read_bytes()).labels["action_1_status"]
    turned = workbook(tmp_path / "forms", **{"Action items": actions[::-1]})
    before = rows_about(turned, "Action items", PERSON)
    collecting = enter(turned, ledger, path)
    assert codes(collecting) == [], first
    dropped = [
        row["action"] for row in rows_about(turned, "Action items", PERSON) if row["status"] == "Dropped"
    ]
    open_ones = sorted((row for row in before if row["done_on"] is None), key=lambda row: row["due"])
    assert dropped == [open_ones[0]["action"]]


def test_a_form_made_again_shows_what_was_collected_and_a_change_replaces_it(
    book: ExcelFile, ledger: Ledger
) -> None:
    enter(book, ledger, form(book, "employee-preparation", {"learn": "Statistics"}))
    again = form(book, "employee-preparation", {"learn": "Statistics, and R"}, name="again")
    collecting = enter(book, ledger, again)
    assert [(line.now, line.then) for line in collecting.lines] == [("Statistics", "Statistics, and R")]
    learnt = [row["answer"] for row in rows_about(book, "Answers", PERSON) if "learn next" in row["question"]]
    assert learnt == ["Statistics, and R"]


@pytest.mark.office
def test_forms_saved_again_by_libreoffice_say_the_same(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    paths = [
        form(book, "employee-preparation", PREPARATION),
        form(
            book, "check-in", {"action_1_status": "Done", "action_1_done_on": "2026-11-20", "helped": "Time"}
        ),
        form(book, "conversation-summary", {"corrections": "Not quite.", "held": "2026-11-20"}),
        form(book, "development-plan", {"goal_1_progress": "Two thirds done"}),
        form(book, "page-for-hr", {"own_words": "Thank you"}),
    ]
    saved = convert_all(paths, "docx", tmp_path / "saved", recalc=False)
    before, after = compare(book, ledger, *paths), compare(book, ledger, *saved)
    assert codes(after) == codes(before)
    assert [(it.place, it.what, it.now, it.then) for it in after.lines] == [
        (it.place, it.what, it.now, it.then) for it in before.lines
    ]
    assert len(after.lines) > 15
    untouched = [sent_back(tmp_path / "blank" / f"{key}.docx", handed_out(key, PERSON, results_of(book)), {})
                 for key in ("employee-preparation", "development-plan", "conversation-summary")]  # fmt: skip
    assert (
        codes(compare(book, ledger, *convert_all(untouched, "docx", tmp_path / "untouched", recalc=False)))
        == ["CS828"] * 3
    )


def test_a_workbook_that_is_open_elsewhere_takes_nothing_and_the_form_can_be_collected_later(
    book: ExcelFile, ledger: Ledger
) -> None:
    path = form(book, "employee-preparation", {"learn": "Statistics"})
    mark = book.path.with_name(f".~lock.{book.path.name}#")
    mark.touch()
    with pytest.raises(NotEntered, match="is open in another program, so nothing was entered"):
        enter(book, ledger, path)
    mark.unlink()
    assert rows_about(book, "Answers", PERSON) == rows_about(workbook(path.parent), "Answers", PERSON)
    assert len(enter(book, ledger, path).lines) == 1


def test_a_run_that_fails_while_writing_leaves_the_form_to_be_collected(
    book: ExcelFile, ledger: Ledger
) -> None:
    path = form(book, "employee-preparation", {"learn": "Statistics"})
    collecting = compare(book, ledger, path)
    enter(book, ledger, form(book, "page-for-hr", {"own_words": "Hello"}))
    with pytest.raises(Exception, match="was changed by somebody"), ledger.run("collect", {}) as run:
        enter_forms(book, ledger, run, collecting, collecting.unasked)
    assert codes(enter(book, ledger, path)) == []


def test_folders_stand_for_the_word_documents_in_them(tmp_path: Path) -> None:
    for name in ("b.docx", "a.DOCX", "~$a.docx", ".hidden.docx", "note.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in form_files([tmp_path])] == ["a.DOCX", "b.docx"]
    assert NOW.year == 2026
