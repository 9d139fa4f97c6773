"""No question probes how long somebody will stay, and what was written for HR alone stands in no manager's document."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from careersheets.analysis.results import Results
from careersheets.documents.content.sample import sample_results
from careersheets.documents.kind import Kind
from careersheets.documents.kinds import KINDS
from careersheets.documents.making import make, prepare
from careersheets.documents.part_texts import part_texts
from careersheets.documents.questions import Questions
from careersheets.vocabulary.conversations import Conversations
from careersheets.vocabulary.workbook import all_sheets
from tests.documents.longevity import PROBES, module_texts, probes_in, template_texts
from tests.documents.prepared import TEMPLATES
from tests.documents.small_templates import changed, parts_of
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("C4")

SOME = 8
PACKAGE = Path(__file__).parents[2] / "careersheets"
# Modules that name such things and ask nobody about them.
ASKING_NOBODY = {
    "roi.py": "HR's own estimate of what turnover costs",
    "people_rows.py": "how a staff list says that somebody has left",
    "mail_dialogue.py": "a command of mail servers",
}
PARAPHRASES = (
    "Where do you see yourself in five years at this company?",
    "For how long would you like to remain in your job?",
    "How much longer are you going to stay?",
    "Do you intend to stay with the team?",
    "Would you say that you are likely to leave within the year?",
    "Have you been thinking about moving on?",
    "Is there anything that could make you leave us?",
    "Are you looking for another job?",
    "Has a headhunter been in touch?",
    "Will you be around when the project ends?",
    "What keeps you with us?",
    "Do you feel loyal to the organisation?",
    "What is the risk that this person resigns?",
    "Are you committed to us for the long term?",
    "Do you want to have children in the next few years?",
    "Is your spouse’s job a reason to relocate?",
    "Can you promise to be here in a year?",
    "Do you think of quitting now and then?",
    "Which other employers would interest you?",
    "On a scale of 1 to 5: how sure are you that you will stay?",
    "When will you retire?",
    "Have you had a job interview with another firm lately?",
    "Are you a flight-risk?",
    "What would convince you to remain?",
    "Do you see your long-term future here?",
)  # fmt: skip
HARMLESS = (
    "What should your work be about in one to two years?",
    "Your direction for the next one to two years",
    "How clear is it to you today where your work is heading?",
    "Thoughts about your field of work or about the company, in your own words.",
    "Until when",
    "How long did the last release take?",
    "Level since, time in level",
    "Retention months",
    "The train to the other office leaves at six.",
    "Leave empty what does not fit.",
    "Other industry: another field of work",
    "The next check-in is in six to eight weeks.",
    "What would you like to learn next, and what for?",
    "A gap stays open until it is rated again.",
    "Support by the company",
)


def forms(results: Results) -> list[tuple[str, Questions]]:
    """The forms of all kinds about everyone they fit."""
    found = []
    for kind in KINDS:
        for person in _subjects(kind, results):
            form = kind.context(results, person).get("document", {}).get("form")
            if isinstance(form, Questions):
                found.append((kind.key, form))
    return found


def test_the_list_is_long_and_each_of_its_patterns_finds_its_example() -> None:
    assert len(PROBES) >= 60
    assert len({pattern for pattern, _ in PROBES}) == len(PROBES)
    assert [(pattern, example) for pattern, example in PROBES if pattern not in probes_in(example)] == []


@pytest.mark.parametrize("probe", PARAPHRASES)
def test_other_words_for_the_same_are_found(probe: str) -> None:
    assert probes_in(probe)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_questions_are_left_alone(text: str) -> None:
    assert probes_in(text) == []


def test_no_template_probes() -> None:
    paths = sorted(path for path in TEMPLATES.iterdir() if path.suffix in (".docx", ".txt", ".html"))
    assert {kind.template for kind in KINDS} <= {path.name for path in paths}
    assert {path.name: _found(template_texts(path)) for path in paths if _found(template_texts(path))} == {}


def test_no_text_of_the_package_probes() -> None:
    paths = sorted(PACKAGE.rglob("*.py"))
    assert len([path for path in paths if path.parent.name == "content"]) >= 15
    probing = {path.name: found for path in paths if (found := _found(module_texts(path)))}
    assert {name: found for name, found in probing.items() if name not in ASKING_NOBODY} == {}
    assert set(ASKING_NOBODY) == set(probing), "what is let through is still there"


def test_no_label_hint_or_choice_of_a_form_probes() -> None:
    made = [*forms(demo()), *forms(sample_results())]
    assert {key for key, _ in made} >= {"employee-preparation", "page-for-hr", "conversation-summary"}
    texts = {text for _, form in made for field in form.fields for text in (field.tag.replace("_", " "), field.label, *field.choices)}  # fmt: skip
    assert len(texts) > 100
    assert _found(texts) == []


def test_no_column_of_the_workbook_probes() -> None:
    texts = [
        text
        for sheet in all_sheets()
        for column in sheet.columns
        for text in (column.header, column.help, *column.choices)
    ]
    assert _found(texts) == []


def test_a_probe_planted_in_a_template_is_found(tmp_path: Path) -> None:
    planted = changed(
        TEMPLATES / "employee_preparation.docx",
        tmp_path / "planted.docx",
        {"word/document.xml": ("Your career map", "How long do you see yourself here?")},
    )
    assert _found(template_texts(planted)) == ["How long do you see yourself here?"]
    letter = tmp_path / "letter.html"
    letter.write_text("<p>Do you <b>plan</b>\nto stay?</p>", "utf-8")
    assert len(_found(template_texts(letter))) == 1


def test_a_probe_planted_in_a_module_or_a_label_is_found(tmp_path: Path) -> None:
    module = tmp_path / "asking.py"
    module.write_text(
        '"""Do you plan to stay?"""\nASKED = ("What would make you leave?", "What next?")\n', "utf-8"
    )
    assert _found(module_texts(module)) == ["What would make you leave?"], (
        "what documents a module is not asked"
    )
    form = Questions("a/b", "1", {})
    form.choice("outlook", "Outlook", ("Flight risk", "None"))
    assert _found([text for field in form.fields for text in (field.label, *field.choices)]) == [
        "Flight risk"
    ]


@pytest.mark.requirement("X7")
def test_what_is_for_hr_only_stands_in_no_document_of_a_manager() -> None:
    planted = _with_answers(visible_to="HR only")
    for kind in KINDS:
        if kind.key != "page-for-hr":
            assert _holding_canary(kind, planted) == [], kind.key


@pytest.mark.requirement("X7")
def test_the_page_for_hr_does_not_print_it_either() -> None:
    page = next(kind for kind in KINDS if kind.key == "page-for-hr")
    assert page.recipients == ("employee",)
    assert _holding_canary(page, _with_answers(visible_to="HR only")) == []


@pytest.mark.requirement("X7")
def test_what_is_for_the_manager_only_stands_in_no_document_of_an_employee() -> None:
    planted = _with_answers(visible_to="Manager")
    for kind in KINDS:
        if "employee" in kind.recipients:
            assert _holding_canary(kind, planted) == [], kind.key


def test_the_same_answers_would_be_found_if_both_may_see_them() -> None:
    planted = _with_answers(visible_to="Employee and manager")
    holding = {kind.key for kind in KINDS if _holding_canary(kind, planted)}
    assert {"employee-preparation", "conversation-summary"} <= holding


def _found(texts: Any) -> list[str]:
    return sorted(text for text in texts if probes_in(text))


def _subjects(kind: Kind, results: Results) -> list[str]:
    """Those of the people evaluated, or of their managers, whom documents of this kind can be about."""
    people = results.evaluated
    targeted = set(results.gaps["employee_id"])
    if kind.subject == "manager":
        return [one for one in dict.fromkeys(people["manager"].dropna()) if kind.fits(results, one)]
    return [
        one for one in people.index if (one in targeted or not kind.needs_target) and kind.fits(results, one)
    ]


@cache
def _with_answers(visible_to: str) -> Results:
    """The demo, where every question of every form was answered by some people with a text of its own."""
    talks = demo().tables.frame(Conversations)
    people = set(demo().evaluated.index[:SOME])
    rows = [
        {
            "employee_id": talk.employee_id,
            "conversation_id": talk.conversation_id,
            "form": title,
            "question": question,
            "said_by": side,
            "answer": f"Quill canary {talk.employee_id} said this in confidence.",
            "visible_to": visible_to,
        }
        for talk in talks[talks["employee_id"].isin(people)].itertuples()
        for title, question in _asked()
        for side in ("Employee", "Manager")
    ]
    tables = demo().tables
    answers = tables.by_sheet["Answers"]
    frame = pd.DataFrame(rows).reindex(columns=answers.frame.columns)
    by_sheet = {**tables.by_sheet, "Answers": replace(answers, frame=frame)}
    return replace(demo(), tables=replace(tables, by_sheet=by_sheet))


@cache
def _asked() -> list[tuple[str, str]]:
    """The title of each form and each of its questions."""
    titles = {kind.key: kind.title for kind in KINDS}
    return [*{(titles[key], field.label): None for key, form in forms(demo()) for field in form.fields}]


def _texts_of(kind: Kind, data: bytes) -> list[str]:
    """All that a finished document or letter says."""
    if kind.form == "document":
        return [text.written for text in part_texts(data)]
    message = message_from_bytes(data, policy=default)
    return [str(message), *(str(part.get_content()) for part in message.walk() if not part.is_multipart())]


def _holding_canary(kind: Kind, results: Results) -> list[str]:
    """Whose documents of this kind hold one of the texts planted."""
    prepared = prepare(kind, [TEMPLATES])
    found = []
    for person in _subjects(kind, results)[:SOME]:
        texts = _texts_of(kind, make(kind, prepared, results, person))
        if any("Quill canary" in text for text in texts):
            found.append(person)
    return found


def test_the_parts_read_are_those_of_the_templates() -> None:
    assert any("Six questions about your work" in text for text in template_texts(TEMPLATES / "employee_preparation.docx"))  # fmt: skip
    assert "word/document.xml" in parts_of((TEMPLATES / "page_for_hr.docx").read_bytes())
