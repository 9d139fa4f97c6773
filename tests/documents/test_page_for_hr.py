"""The page for HR: one page, its rules said plainly, nothing probed, and nothing printed that was written before."""

from __future__ import annotations

from pathlib import Path

import pytest

from careersheets.documents.content.page_for_hr import page_for_hr
from tests.documents.filling import filled
from tests.documents.prepared import (
    answers_in,
    complaints,
    document,
    kind_of,
    named_five,
    on_letter,
    pages,
    template_faults,
    unsafe,
)
from tests.documents.small_templates import parts_of, text_of
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("C4")

KEY = "page-for-hr"
WRITTEN = "I think about teaching in a few years and whether part-time study fits."


def test_it_says_plainly_who_reads_it_and_how_it_gets_there() -> None:
    said = text_of(document(KEY, demo(), "L1009"))
    for sentence in (
        "Only HR reads it. It goes to no manager, and nothing of it stands in a document that a manager receives.",
        "It is not part of your evaluation. It changes no rating, no readiness and no plan.",
        "You send it yourself, straight to HR of Lanternfield",
        "Not through your manager, and not together with your preparation.",
        "It is yours to leave empty.",
    ):
        assert sentence in said


def test_without_the_organisations_name_it_goes_to_hr() -> None:
    assert "straight to HR: by e-mail" in text_of(document(KEY, named_five(), "P2"))


def test_it_goes_to_the_employee_only_and_names_nobody_else() -> None:
    assert kind_of(KEY).recipients == ("employee",)
    assert not kind_of(KEY).needs_target
    said = text_of(document(KEY, demo(), "L1009"))
    assert "Leilani Kealoha" in said
    assert "Mateusz" not in said, "not even the manager"
    assert unsafe(KEY, demo(), demo().evaluated.index) == []


def test_no_rating_level_or_gap_stands_on_it() -> None:
    said = text_of(document(KEY, demo(), "L1009")).casefold()
    for word in ("senior engineer", "readiness at", "attainment", "target", "gap", "draft"):
        assert word not in said


def test_its_fields_are_free_words_and_whether_to_get_in_touch() -> None:
    form = page_for_hr(demo(), "L1009")["document"]["form"]
    assert form.document_id == "page-for-hr/2026-H2/L1009/V2049"
    assert [(field.tag, str(field.kind)) for field in form.fields] == [
        ("own_words", "lines"),
        ("wishes", "lines"),
        ("support", "lines"),
        ("get_in_touch", "choice"),
        ("how", "text"),
    ]


def test_what_was_written_before_is_not_printed_again() -> None:
    answered = {
        "employee_id": "P1",
        "form": "Page for HR",
        "question": "In your own words",
        "said_by": "Employee",
        "answer": WRITTEN,
        "visible_to": "HR only",
    }
    results = named_five(Answers=[answered])
    assert WRITTEN not in text_of(document(KEY, results, "P1"))


def test_filled_in_it_reads_back() -> None:
    empty = parts_of(document(KEY, demo(), "L1009"))
    assert set(answers_in(empty).values()) == {""}
    answers = {"own_words": WRITTEN, "get_in_touch": "Yes, please"}
    back = answers_in(filled(empty, answers))
    assert {tag: answer for tag, answer in back.items() if answer} == answers


def test_it_is_valid_with_any_name_and_without_anything_else(tmp_path: Path) -> None:
    five = named_five()
    made = {person: document(KEY, five, person) for person in five.evaluated.index}
    made |= {person: document(KEY, demo(), person) for person in ("L1009", "L1039", "L1040")}
    assert complaints(tmp_path, made, said=["{{ Ravi }}"]) == []
    assert "\nنور الأمين\n" in text_of(made["P2"])
    assert template_faults(KEY) == []


@pytest.mark.office
def test_it_is_one_page_on_a4_and_letter(tmp_path: Path) -> None:
    made = {"a4": document(KEY, demo(), "L1009"), "letter": document(KEY, on_letter(demo()), "L1009")}
    assert {name: len(sheets) for name, sheets in pages(tmp_path, made).items()} == {"a4": 1, "letter": 1}
