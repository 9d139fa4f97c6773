"""The pages around a conversation: valid in Word, safe to release, sound as templates, and no page nearly empty."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.checking import check_template
from tests.documents.finished import TEMPLATES, document, kind_of, lines_of, unsafe
from tests.documents.reports import NAMES
from tests.documents.talks import form_in, hostile_results, talk_results
from tests.documents.test_demo_documents import demo
from tests.support.office import convert_all, require_tool
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

pytestmark = pytest.mark.requirement("X4", "X7", "C4")

FORMS = ("conversation-summary", "development-plan", "check-in")
FEWEST_LINES = 8
SAID = ["Schreibe «A&amp;B» &lt;nu&gt; {{ person.name }}", "{{ Ravi }}", *NAMES.values()]


def people(key: str, results: Results) -> list[str]:
    return [person for person in results.evaluated.index if kind_of(key).fits(results, person)]


def made(folder: Path, results: Results, every: int = 1) -> dict[Path, bytes]:
    found = {}
    for key in FORMS:
        for person in people(key, results)[::every]:
            if kind_of(key).needs_target and not results.gaps["employee_id"].eq(person).any():
                continue
            found[folder / f"{key}-{person}.docx"] = document(key, results, person)
    for path, data in found.items():
        path.write_bytes(data)
    return found


@pytest.mark.parametrize("key", FORMS)
def test_the_template_is_sound(key: str) -> None:
    assert check_template(TEMPLATES / kind_of(key).template, key) == []


def test_difficult_names_and_texts_make_valid_documents(tmp_path: Path) -> None:
    found = made(tmp_path, hostile_results())
    assert len(found) >= 9
    for path, data in found.items():
        assert own_complaints(data, said=SAID) == [], path.name
        assert audit_complaints(path) == [], path.name


def test_difficult_texts_come_back_from_their_fields_as_they_went_in() -> None:
    data = document("conversation-summary", hostile_results(), "P1")
    answers = form_in(data).answers
    assert answers["direction"] == "<b>R&D</b> “x” </w:t> عربي 田中 👩🏽\u200d💻"
    assert answers["action_1_action"] == "Schreibe «A&B» <nu> {{ person.name }}"
    assert answers["action_1_owner"] == NAMES["P1"]
    assert NAMES["P1"] in lines_of(data)


def test_microsofts_validator_agrees(tmp_path: Path) -> None:
    found = sdk_complaints([path for path in made(tmp_path, hostile_results()) if path.stem.endswith("P1")])
    assert len(found) == len(FORMS)
    assert {name: complaints for name, complaints in found.items() if complaints} == {}


def test_everybody_of_the_demo_gets_valid_documents(tmp_path: Path) -> None:
    found = made(tmp_path, demo(), 9)
    assert len(found) >= 12
    for path, data in found.items():
        assert own_complaints(data) == [], path.name
        assert audit_complaints(path) == [], path.name


@pytest.mark.parametrize("key", [*FORMS, "round-up"])
def test_nobody_elses_name_is_in_them(key: str) -> None:
    assert unsafe(key, demo(), people(key, demo())[::5]) == []
    assert unsafe(key, talk_results(), people(key, talk_results())) == []


@pytest.mark.parametrize("key", FORMS)
def test_no_field_and_no_question_asks_about_leaving(key: str) -> None:
    data = document(key, talk_results(), "P1")
    asked = [*lines_of(data), *(field for field in form_in(data).answers)]
    words = (" stay ", "leave the", "leaving", "how long", "retention", "five years", "quit", "resign")
    assert [line for line in asked for word in words if word in f" {line.casefold()} "] == []


@pytest.mark.office
def test_no_page_is_nearly_empty_and_a_check_in_is_one(tmp_path: Path) -> None:
    paths = [*made(tmp_path, demo(), 13), *made(tmp_path, hostile_results(), 3)]
    for pdf in convert_all(paths, "pdf", tmp_path / "pdf", recalc=False):
        pages = _pages(pdf)
        most = {"check": 1, "conversation": 3, "development": 3}[pdf.name.split("-", maxsplit=1)[0]]
        assert len(pages) <= most, pdf.name
        assert min(len(page) for page in pages) >= FEWEST_LINES, pdf.name


def _pages(pdf: Path) -> list[list[str]]:
    """The lines of text on each page."""
    run = subprocess.run(
        [require_tool("pdftotext"), "-layout", pdf, "-"], capture_output=True, text=True, check=True
    )
    pages = run.stdout.split("\f")[:-1]
    return [[line for line in page.splitlines() if line.strip()] for page in pages]
