"""Forms that are tampered with, foreign, stale, damaged or given twice: each is found out, and nothing is entered unasked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from careersheets.books.excel_file import ExcelFile
from careersheets.documents.content.cycle import cycle_facts
from careersheets.documents.content.form_frame import questions_about
from careersheets.documents.form_parts import controls_of
from careersheets.documents.forms import stamped
from careersheets.documents.package import parts_of
from careersheets.documents.questions import Questions
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.model.errors import UsageError
from careersheets.workflows.collect import Collecting, collect_forms, enter_forms
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
    packed,
    results_of,
    rows_about,
    sent_back,
    tables_of,
    without,
    workbook,
)

pytestmark = pytest.mark.requirement("C9")

PROPERTIES = "docProps/custom.xml"
Parts = dict[str, bytes]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(new_identity(), place=str(tmp_path / "ledgers")) as found:
        yield found


@pytest.fixture
def book(tmp_path: Path) -> ExcelFile:
    return workbook(tmp_path)


def form(book: ExcelFile, key: str, answers: Mapping[str, str], name: str = "form") -> Path:
    data = handed_out(key, PERSON, results_of(book))
    return sent_back(book.path.parent / "forms" / f"{name}.docx", data, answers)


def rewritten(path: Path, change: Callable[[Parts], Parts]) -> Path:
    """The form with its parts changed by hand."""
    path.write_bytes(packed(change(parts_of(path.name, path.read_bytes()))))
    return path


def in_properties(old: str, new: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        text = parts[PROPERTIES].decode()
        assert re.search(old, text)
        return {**parts, PROPERTIES: re.sub(old, new, text).encode()}

    return change


def nothing_of_it(collecting: Collecting, *expected: str) -> None:
    assert codes(collecting) == sorted(expected)
    assert collecting.unasked == frozenset()


ANSWERS = {"learn": "Statistics", "direction": "To teach"}
TAMPERINGS = {
    "another person": in_properties(f"/{PERSON}/", "/L1002/"),
    "another cycle": in_properties("/2026-H2/", "/2025-H2/"),
    "another conversation": in_properties("/V2041", "/V2042"),
    "another version": in_properties(r'(careersheets version"><vt:lpwstr>)1', r"\g<1>2"),
    "another fingerprint": in_properties(r'(careersheets data"><vt:lpwstr>)....', r"\g<1>0000"),
    "another row": in_properties(r'(row score_1"><vt:lpwstr>[0-9a-f]{16} )[A-Z-]+', r"\g<1>COM-COMM-2"),
    "another person's marks": in_properties(r'(person"><vt:lpwstr>)[0-9a-f]+', r"\g<1>000000000000"),
    "a question with another wording": in_properties("What you achieved since last time", "Your salary"),
    "a field taken out": in_properties(r'<property [^>]*field learn".*?</property>', ""),
    "what a field held": in_properties(r'(field direction"><vt:lpwstr>lines=)....', r"\g<1>0000"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_form_whose_properties_were_changed_is_not_taken(
    book: ExcelFile, ledger: Ledger, what: str
) -> None:
    path = rewritten(form(book, "employee-preparation", ANSWERS), TAMPERINGS[what])
    collecting = compare(book, ledger, path)
    nothing_of_it(collecting, "CS809")
    assert len(collecting.lines) == 0


DAMAGES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a text with the name of a document": ("CS806", lambda _: b"Dear all, my answers are below."),
    "an empty file": ("CS806", lambda _: b""),
    "a file that was half saved": ("CS806", lambda data: data[: len(data) // 2]),
    "a part with broken XML": (
        "CS806",
        lambda data: packed({**parts_of("x", data), "word/document.xml": b"<w:document><w:body>"}),
    ),
    "properties that are gone": (
        "CS808",
        lambda data: packed({name: part for name, part in parts_of("x", data).items() if name != PROPERTIES}),
    ),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_form_is_named_and_the_others_are_taken(book: ExcelFile, ledger: Ledger, what: str) -> None:
    code, damage = DAMAGES[what]
    good = form(book, "page-for-hr", {"own_words": "Hello"}, "good")
    bad = form(book, "employee-preparation", ANSWERS, "bad")
    bad.write_bytes(damage(bad.read_bytes()))
    collecting = compare(book, ledger, bad, good, bad.with_name("missing.docx"))
    assert [(it.sheet, it.rule.code) for it in collecting.findings] == [
        ("bad.docx", code),
        ("missing.docx", "CS806"),
    ]
    assert [line.form for line in collecting.lines] == ["good.docx"]


def test_a_document_that_is_no_form(book: ExcelFile, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(handed_out("gap-report", PERSON, results_of(book)))
    nothing_of_it(compare(book, ledger, path), "CS807")


def test_a_kind_of_form_that_is_not_known_here(book: ExcelFile, ledger: Ledger) -> None:
    facts = cycle_facts(results_of(book))
    questions = questions_about(facts, PERSON, f"exit-interview/2026-H2/{PERSON}", "1", {})
    path = form(book, "page-for-hr", {"own_words": "Hello"})
    path = rewritten(path, lambda parts: stamped("x", parts, questions.mark, []))
    nothing_of_it(compare(book, ledger, path), "CS810")


def test_the_same_id_is_somebody_else_in_another_workbook(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    theirs = {"name": "Þórdís Helgadóttir", "email": "thordis@elsewhere.example", "hired": None}
    other = workbook(tmp_path / "forms", **changed("People", "employee_id", PERSON, **theirs))
    path = form(book, "employee-preparation", ANSWERS)
    nothing_of_it(compare(other, ledger, path), "CS811")


def test_somebody_who_took_another_name_stays_the_same_person(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    other = workbook(
        tmp_path / "forms", **changed("People", "employee_id", PERSON, name="Amara Horváth-Nwosu")
    )
    path = form(book, "employee-preparation", ANSWERS)
    assert codes(enter(other, ledger, path)) == []


def test_a_person_who_is_not_there(book: ExcelFile, ledger: Ledger, tmp_path: Path) -> None:
    other = workbook(tmp_path / "forms", **without("People", "employee_id", PERSON))
    nothing_of_it(compare(other, ledger, form(book, "employee-preparation", ANSWERS)), "CS812")


def test_a_cycle_that_is_not_there(book: ExcelFile, ledger: Ledger, tmp_path: Path) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    other = workbook(tmp_path / "forms", **changed("Cycles", "cycle", "2026-H2", cycle="2026 second"))
    nothing_of_it(compare(other, ledger, path), "CS813")


def test_a_conversation_that_is_not_there_or_somebody_elses(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    gone = workbook(tmp_path / "forms", **without("Conversations", "conversation_id", "V2041"))
    nothing_of_it(compare(gone, ledger, path), "CS814")
    theirs = changed("Conversations", "conversation_id", "V2041", employee_id="L1002")
    nothing_of_it(compare(workbook(tmp_path / "more", **theirs), ledger, path), "CS814")


def test_an_answer_to_a_rating_that_changed_since_is_not_entered_unasked(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    path = form(book, "employee-preparation", {**ANSWERS, "score_1_response": "Agree"})
    competency, _ = asked(path.read_bytes()).mark.rows["score_1"]
    where = {"employee_id": PERSON, "competency_id": competency, "cycle": "2026-H2"}
    lower = [
        row | {"manager_rating": 1, "agreed_rating": None} if where.items() <= row.items() else row
        for row in demo()["Scores"]
    ]
    other = workbook(tmp_path / "forms", Scores=lower)
    collecting = enter(other, ledger, path)
    assert codes(collecting) == ["CS815"]
    assert "Response: " in collecting.findings[0].message
    [line] = [line for line in collecting.lines if line.open_because]
    assert line.what == "Response"
    [score] = [row for row in rows_about(other, "Scores", PERSON) if where.items() <= row.items()]
    assert score["response"] != "Agree"
    assert "Statistics" in [row["answer"] for row in rows_about(other, "Answers", PERSON)]


def test_a_form_made_from_older_data_is_flagged_even_if_no_answer_is_touched(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    path = form(book, "development-plan", {"goal_2_goal": "Mentor somebody"})
    other = workbook(tmp_path / "forms", **changed("Goals", "goal_id", "G3001", progress="Stuck"))
    collecting = compare(other, ledger, path)
    assert codes(collecting) == ["CS815"]
    assert "nothing that was filled in" in collecting.findings[0].message
    assert collecting.unasked == {1}


def test_a_cell_that_changed_meanwhile_is_a_conflict_and_stays(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    other = workbook(
        tmp_path / "forms", **changed("Conversations", "conversation_id", "V2041", direction="To rest")
    )
    collecting = enter(other, ledger, path)
    assert codes(collecting) == ["CS815", "CS816"]
    [conflict] = [it.message for it in collecting.findings if it.rule.code == "CS816"]
    assert "To teach" in conflict
    assert "To rest" in conflict
    [talk] = [row for row in rows_about(other, "Conversations", PERSON) if row["conversation_id"] == "V2041"]
    assert talk["direction"] == "To rest"


def test_a_conflict_can_be_accepted_by_its_line(book: ExcelFile, ledger: Ledger, tmp_path: Path) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    other = workbook(
        tmp_path / "forms", **changed("Conversations", "conversation_id", "V2041", direction="To rest")
    )
    [line] = [line for line in compare(other, ledger, path).lines if line.open_because]
    assert (line.now, line.then) == ("To rest", "To teach")
    enter(other, ledger, path, also=frozenset({line.number}))
    assert "To teach" in [row["direction"] for row in rows_about(other, "Conversations", PERSON)]


def test_what_somebody_else_changed_elsewhere_in_the_row_is_kept(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    other = workbook(
        tmp_path / "forms", **changed("Conversations", "conversation_id", "V2041", check_in_time="09:15")
    )
    enter(other, ledger, path)
    [talk] = [row for row in rows_about(other, "Conversations", PERSON) if row["conversation_id"] == "V2041"]
    assert (talk["direction"], talk["check_in_time"]) == ("To teach", "09:15")


def test_an_action_that_was_deleted(book: ExcelFile, ledger: Ledger, tmp_path: Path) -> None:
    path = form(book, "check-in", {"action_1_status": "Done", "helped": "Time"})
    key, _ = asked(path.read_bytes()).mark.rows["action_1"]
    other = workbook(tmp_path / "forms", **without("Action items", "action_id", key))
    collecting = compare(other, ledger, path)
    assert codes(collecting) == ["CS815", "CS817"]
    assert [line.then for line in collecting.lines] == ["Time"]


def test_the_same_file_twice_is_read_once(book: ExcelFile, ledger: Ledger) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    copy = path.with_name("copy.docx")
    copy.write_bytes(path.read_bytes())
    collecting = compare(book, ledger, path, copy)
    assert codes(collecting) == ["CS818"]
    assert len(collecting.lines) == 2


def test_two_copies_that_say_different_things_wait_for_a_decision(book: ExcelFile, ledger: Ledger) -> None:
    first = form(book, "employee-preparation", {**ANSWERS, "passion": "Tests"}, "first")
    second = form(
        book,
        "employee-preparation",
        {**ANSWERS, "direction": "To rest", "learn": "Law", "support": "Time"},
        "second",
    )
    collecting = compare(book, ledger, first, second)
    assert codes(collecting) == ["CS819", "CS820", "CS820"]
    unsure = {line.then for line in collecting.lines if line.open_because}
    sure = {line.then for line in collecting.lines if not line.open_because}
    assert unsure == {"To teach", "To rest", "Statistics", "Law"}
    assert sure == {"Tests", "Time"}
    both = frozenset(line.number for line in collecting.lines)
    with pytest.raises(UsageError, match="fill the same cell"), ledger.run("collect", {}) as run:
        enter_forms(book, ledger, run, collecting, both)


def test_what_was_collected_is_not_collected_again_under_another_name(
    book: ExcelFile, ledger: Ledger
) -> None:
    path = form(book, "employee-preparation", {**ANSWERS, "goal_1_goal": "Chair the guild"})
    enter(book, ledger, path)
    before = tables_of(book)
    again = path.with_name("renamed.docx")
    again.write_bytes(path.read_bytes())
    nothing_of_it(enter(book, ledger, again), "CS821")
    assert all(
        before.by_sheet[name].frame.equals(table.frame) for name, table in tables_of(book).by_sheet.items()
    )


def test_another_copy_of_a_collected_form_is_entered_line_by_line_only(
    book: ExcelFile, ledger: Ledger
) -> None:
    data = handed_out("development-plan", PERSON, results_of(book))
    folder = book.path.parent / "forms"
    enter(book, ledger, sent_back(folder / "one.docx", data, {"goal_2_goal": "Chair the guild"}))
    corrected = sent_back(
        folder / "two.docx", data, {"goal_2_goal": "Chair the guild", "goal_1_progress": "Half"}
    )
    collecting = enter(book, ledger, corrected)
    nothing_of_it(collecting, "CS815", "CS822")
    assert [line.what for line in collecting.lines] == ["Progress"]
    assert len([row for row in rows_about(book, "Goals", PERSON) if row["goal"] == "Chair the guild"]) == 1


def test_a_form_that_a_killed_run_was_entering_is_shown_and_not_entered_unasked(
    book: ExcelFile, ledger: Ledger
) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    run = ledger.run("collect", {})
    begun = run.__enter__()
    ledger.accept_forms(begun.id, [it.record for it in compare(book, ledger, path).forms])
    collecting = compare(book, ledger, path)
    nothing_of_it(collecting, "CS823")
    assert len(collecting.lines) == 2
    enter(book, ledger, path, also=frozenset({1, 2}))
    assert "Statistics" in [row["answer"] for row in rows_about(book, "Answers", PERSON)]
    nothing_of_it(compare(book, ledger, path), "CS821")


def test_an_answer_the_sheet_would_not_accept_is_named_and_the_rest_is_taken(
    book: ExcelFile, ledger: Ledger
) -> None:
    path = form(book, "employee-preparation", {"learn": "x" * 32_768, "direction": "To teach"})
    collecting = compare(book, ledger, path)
    assert codes(collecting) == ["CS824"]
    assert collecting.findings[0].cell == "What would you like to learn next, and what for?"
    assert "32,767 characters" in collecting.findings[0].message
    assert [line.then for line in collecting.lines] == ["To teach"]


@pytest.mark.parametrize(
    ("tag", "answer", "code"),
    [
        ("role_satisfaction", "6", "CS803"),
        ("direction_kind", "Salary", "CS803"),
        ("criterion_1_by", "31st of May", "CS804"),
    ],
)
def test_what_is_none_of_the_choices_and_no_date_is_not_entered(
    book: ExcelFile, ledger: Ledger, tag: str, answer: str, code: str
) -> None:
    path = form(
        book, "employee-preparation", {tag: answer, "criterion_1_condition": "Runs a review", "learn": "Law"}
    )
    collecting = enter(book, ledger, path)
    assert codes(collecting) == [code]
    [talk] = [row for row in rows_about(book, "Conversations", PERSON) if row["conversation_id"] == "V2041"]
    [criterion] = [
        row for row in rows_about(book, "Readiness criteria", PERSON) if row["condition"] == "Runs a review"
    ] or [{}]
    assert (talk["role_satisfaction"], talk["direction_kind"], criterion.get("by")) == (None, None, None)
    assert "Law" in [row["answer"] for row in rows_about(book, "Answers", PERSON)]


def test_a_name_that_two_levels_have_is_not_guessed(book: ExcelFile, ledger: Ledger, tmp_path: Path) -> None:
    data = handed_out("conversation-summary", PERSON, results_of(book))
    chosen = controls_of("x", parts_of("x", data)).by_tag["target_level"][0].choices[0]
    code = next(row["level_code"] for row in demo()["Levels"] if row["title"] == chosen)
    levels = [
        row | {"title": f"{row['title']} (old)"} if row["level_code"] == code else row
        for row in demo()["Levels"]
    ]
    other = workbook(tmp_path / "forms", Levels=levels)
    path = sent_back(tmp_path / "form.docx", data, {"target_level": chosen})
    assert codes(compare(other, ledger, path)) == ["CS824"]


def test_a_new_action_without_its_action(book: ExcelFile, ledger: Ledger) -> None:
    path = form(book, "conversation-summary", {"action_1_due": "2027-01-15"})
    collecting = compare(book, ledger, path)
    nothing_of_it(collecting, "CS825")
    assert '"Action"' in collecting.findings[0].message


def test_an_emptied_field_does_not_empty_the_cell_unasked(book: ExcelFile, ledger: Ledger) -> None:
    path = form(book, "development-plan", {"goal_1_progress": ""})
    collecting = compare(book, ledger, path)
    nothing_of_it(collecting, "CS826")
    assert [(line.now, line.then) for line in collecting.lines] == [("Begun", "")]


@pytest.mark.requirement("C8")
def test_corrections_to_an_older_version_of_the_summary(
    book: ExcelFile, ledger: Ledger, tmp_path: Path
) -> None:
    path = form(book, "conversation-summary", {"corrections": "Not quite."})
    other = workbook(
        tmp_path / "forms", **changed("Conversations", "conversation_id", "V2041", summary_version=3)
    )
    nothing_of_it(compare(other, ledger, path), "CS815", "CS827")


def test_a_form_that_came_back_as_it_went(book: ExcelFile, ledger: Ledger) -> None:
    nothing_of_it(compare(book, ledger, form(book, "employee-preparation", {})), "CS828")


def test_a_sheet_without_the_column(book: ExcelFile, ledger: Ledger) -> None:
    from tests.support.as_openpyxl import load

    opened = load(book.path)
    header = next(
        cell
        for row in opened["Conversations"].iter_rows(max_row=8)
        for cell in row
        if cell.value == "Direction"
    )
    header.value = "Something of HR's own"
    opened.save(book.path)
    path = form(workbook(book.path.parent / "made"), "employee-preparation", ANSWERS)
    collecting = compare(book, ledger, path)
    assert "CS829" in codes(collecting)
    assert [line.then for line in collecting.lines] == ["Statistics"]


def test_a_field_that_was_deleted_changes_nothing(book: ExcelFile, ledger: Ledger) -> None:
    path = form(book, "development-plan", {"goal_2_goal": "Mentor somebody"})

    def delete(parts: Parts) -> Parts:
        text = parts["word/document.xml"].decode()
        pattern = r'<w:bookmarkStart [^>]*cs_goal_1_progress"/><w:sdt>.*?</w:sdt><w:bookmarkEnd [^>]*/>'
        assert re.search(pattern, text)
        return {**parts, "word/document.xml": re.sub(pattern, "", text).encode()}

    collecting = compare(book, ledger, rewritten(path, delete))
    assert codes(collecting) == ["CS801"]
    assert [line.sheet for line in collecting.lines] == ["Goals"]


def test_a_copied_field_with_two_answers_waits_for_a_decision(book: ExcelFile, ledger: Ledger) -> None:
    path = form(book, "development-plan", {"goal_1_progress": "Half"})

    def double(parts: Parts) -> Parts:
        text = parts["word/document.xml"].decode()
        [found] = re.findall(
            r'<w:sdt><w:sdtPr><w:alias [^>]*/><w:tag w:val="goal_1_progress"/>.*?</w:sdt>', text
        )
        return {
            **parts,
            "word/document.xml": text.replace(found, found + found.replace("Half", "All")).encode(),
        }

    nothing_of_it(compare(book, ledger, rewritten(path, double)), "CS802")


def test_whose_form_it_is_comes_from_its_mark_whatever_stands_in_it(book: ExcelFile, ledger: Ledger) -> None:
    path = form(book, "employee-preparation", ANSWERS)
    mine, theirs = (row["name"] for row in demo()["People"][:2])
    swap = {"word/document.xml": lambda text: text.replace(mine, theirs).replace(PERSON, "L1002")}
    rewritten(path, lambda parts: {**parts, **{k: f(parts[k].decode()).encode() for k, f in swap.items()}})
    collecting = compare(book, ledger, path)
    assert {line.who for line in collecting.lines} == {mine}


def test_a_workbook_that_changed_while_somebody_looked_takes_nothing(book: ExcelFile, ledger: Ledger) -> None:
    collecting = collect_forms(book, ledger, [form(book, "employee-preparation", ANSWERS)], NOW)
    moved = replace(collecting, contents=replace(collecting.contents, fingerprint="0" * 64))
    with pytest.raises(Exception, match="was changed by somebody since"), ledger.run("collect", {}) as run:
        enter_forms(book, ledger, run, moved, moved.unasked)
    assert len(enter(book, ledger, book.path.parent / "forms" / "form.docx").lines) == 2
    assert Questions("a/b/c", "1", {}).version == "1"
