"""Forms made from templates come back: filled in Word, saved again by LibreOffice, or both, the answers are the same."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.books.guard import DocumentParts, read_document
from careersheets.documents.content.sample import sample_results
from careersheets.documents.form_fields import FieldKind, FormField
from careersheets.documents.forms import FilledForm, read_form
from careersheets.documents.kind import Kind
from careersheets.documents.kinds import KINDS
from careersheets.documents.package import parts_of, read_parts
from careersheets.documents.questions import Questions
from careersheets.documents.template import Template, load_template
from tests.documents.filling import filled
from tests.documents.reports import results
from tests.documents.test_demo_documents import demo
from tests.support.office import convert_all
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "scripts"))

from doc_parts.form import Question, answer, answer_table, question, question_row, tick  # noqa: E402
from doc_parts.package import Sheet, document_file  # noqa: E402
from doc_parts.words import Column, paragraph  # noqa: E402

pytestmark = pytest.mark.requirement("C9")

WORDS = (
    "Leads the platform group.\n\nمرحبا بكم 田中 美咲 👩🏽\u200d💻 naïve; R&D <lead>\tdone",
    "  two  spaces  ",
    "</w:t></w:r> ]]> &amp; {{ 7*7 }}",
    "Łukasz said “well”, “no” and 'maybe'",
    "אחרי החגים, 5 > 3",
)
DAY = "2027-03-31"
STATUS = ("Open", "In progress", "Done & gone")
PEOPLE_PER_KIND = 1


def _has_fields(kind: Kind) -> bool:
    path = ROOT / "doc_templates" / kind.template
    return path.suffix == ".docx" and path.is_file() and b"{{r form" in read_parts(path)["word/document.xml"]


FORM_KINDS = [kind for kind in KINDS if _has_fields(kind)]


@cache
def template() -> Template:
    """One of each thing a form can hold, in the look of all forms."""
    columns = [
        Column("No.", "{{ form_action.number }}", 8, number=True),
        Column("Action", answer("form_action.title"), 50),
        Column("Due", answer("form_action.due_date"), 21),
        Column("Status", answer("form_action.status"), 21),
    ]
    body = (
        paragraph("{{ person }}", "Title")
        + question("Where do you want to be in two years?", "form.direction", 5, hint="Outcomes, not titles.")
        + question_row(
            Question("Kind", "form.kind", share=40),
            Question("Next", "form.next", share=30),
            Question("Place", "form.place", share=30),
        )
        + tick("Both have read and agreed to this summary", "form.agreed")
        + answer_table(columns, "form_action in form_actions", "Actions", "What is to be done")
    )
    sheet = Sheet(body, paragraph("{{ person }}", "Header"), paragraph("{{r form.in_the_footer }}", "Footer"))
    return Template("form.docx", parts_of("form.docx", document_file(sheet)))


def context(person: str = "Zoë <&> 田中") -> dict[str, Any]:
    questions = Questions("conversation-summary/2026-H2/E104/CV7", "1", {"person": person})
    return {
        "person": person,
        "cycle": "2026-H2",
        "form": {
            "direction": questions.lines("direction", "Direction in two years", "Leads\nreviews"),
            "kind": questions.choice("direction_kind", "Kind of direction", ("Level", "Role & scope")),
            "next": questions.date("next_check_in", "Next check-in"),
            "place": questions.text("place", "Place"),
            "agreed": questions.tick("agreed", "Agreed by both"),
            "in_the_footer": questions.tick("seen", "Seen by HR", True),
        },
        "form_actions": [_action(questions, number) for number in range(1, 7)],
        "document": {"title": "Summary", "paper": "A4", "language": "en-GB", "form": questions},
    }


def _action(questions: Questions, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "title": questions.lines(f"action_{number}_title", f"Action {number}: what", ""),
        "due_date": questions.date(
            f"action_{number}_due_date", f"Action {number}: due", date(2027, 1, number)
        ),
        "status": questions.choice(f"action_{number}_status", f"Action {number}: status", STATUS, "Open"),
    }


def answers_to(fields: Iterable[FormField]) -> dict[str, str]:
    """An answer to every question, the hardest ones first."""
    given = {
        FieldKind.DATE: lambda _place, _field: DAY,
        FieldKind.TICK: lambda _place, _field: "yes",
        FieldKind.CHOICE: lambda place, field: field.choices[place % len(field.choices)],
        FieldKind.TEXT: lambda place, _field: WORDS[1 + place % (len(WORDS) - 1)],
        FieldKind.LINES: lambda place, _field: WORDS[place % len(WORDS)],
    }
    return {field.tag: given[field.kind](place, field) for place, field in enumerate(fields)}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def opened(document: bytes) -> dict[str, bytes]:
    return parts_of("form.docx", document)


def read(document: bytes) -> FilledForm:
    return read_form(DocumentParts("form.docx", "", opened(document)))


def test_a_form_of_every_kind_of_field_is_valid_empty_and_filled(tmp_path: Path) -> None:
    blank = template().render(context())
    full = packed(filled(opened(blank), answers_to(context()["document"]["form"].fields)))
    for name, document in {"blank.docx": blank, "full.docx": full}.items():
        (tmp_path / name).write_bytes(document)
        assert own_complaints(document, said=["{{ 7*7 }}"]) == []
        assert audit_complaints(tmp_path / name) == []
    found = sdk_complaints([tmp_path / "blank.docx", tmp_path / "full.docx"])
    assert found == {"blank.docx": [], "full.docx": []}


@pytest.mark.office
def test_answers_are_the_same_whichever_program_saved_the_form(tmp_path: Path) -> None:
    given = context()
    blank, questions = template().render(given), given["document"]["form"]
    said = answers_to(questions.fields)
    (tmp_path / "filled.docx").write_bytes(packed(filled(opened(blank), said, day="31 March 2027")))
    (tmp_path / "blank.docx").write_bytes(blank)
    saved, saved_blank = convert_all(
        [tmp_path / "filled.docx", tmp_path / "blank.docx"], "docx", tmp_path / "saved"
    )
    assert b"<w:tag " not in opened(saved.read_bytes())["word/document.xml"]
    in_the_office = packed(filled(opened(saved_blank.read_bytes()), said, known_by="bookmark"))
    expected = FilledForm(questions.document_id, "1", questions.fingerprint, said)
    assert read_form(read_document(tmp_path / "filled.docx")) == expected
    assert read_form(read_document(saved)) == expected
    assert read(in_the_office) == expected


@pytest.mark.office
def test_a_form_saved_without_a_word_says_what_it_said_when_it_was_made(tmp_path: Path) -> None:
    (tmp_path / "blank.docx").write_bytes(template().render(context()))
    before = read_form(read_document(tmp_path / "blank.docx"))
    saved = convert_all([tmp_path / "blank.docx"], "docx", tmp_path / "saved")[0]
    assert read_form(read_document(saved)) == before
    assert {tag: said for tag, said in before.answers.items() if said} == {
        "direction": "Leads\nreviews",
        "seen": "yes",
        **{f"action_{number}_due_date": f"2027-01-0{number}" for number in range(1, 7)},
        **{f"action_{number}_status": "Open" for number in range(1, 7)},
    }


@cache
def made(key: str) -> dict[str, tuple[bytes, Questions]]:
    """Forms of the kind `key` for people of the demo, of the workbook worked by hand, and of the template check."""
    kind = next(kind for kind in KINDS if kind.key == key)
    loaded = load_template(ROOT / "doc_templates" / kind.template)
    forms = {}
    for found, company in enumerate((demo(), results(), sample_results())):
        for subject in [one for one in _subjects(kind, company) if kind.fits(company, one)][:PEOPLE_PER_KIND]:
            said = kind.context(company, subject)
            forms[f"{key}-{found}-{subject}"] = (loaded.render(said), said["document"]["form"])
    return forms


def _subjects(kind: Kind, company: Results) -> list[str]:
    evaluated = company.evaluated
    if kind.subject == "manager":
        return sorted(set(evaluated["manager"].dropna()))
    readiness = company.readiness["employee_id"] if kind.needs_target else evaluated.index
    return [person for person in evaluated.index if person in set(readiness)]


@pytest.mark.parametrize("key", [kind.key for kind in FORM_KINDS])
def test_every_kind_of_form_reads_back_what_was_filled_in(key: str) -> None:
    assert made(key), "nobody has such a form"
    for document, questions in made(key).values():
        placed = read(document)
        assert placed.findings == ()
        assert set(placed.answers) == {field.tag for field in questions.fields}, "a question has no place"
        said = answers_to(questions.fields)
        back = read(packed(filled(opened(document), said)))
        assert (back.document_id, back.version, back.fingerprint) == (
            questions.document_id,
            questions.version,
            questions.fingerprint,
        )
        assert (back.answers, back.findings) == (said, ())


@pytest.mark.parametrize("key", [kind.key for kind in FORM_KINDS])
def test_titles_within_a_form_are_all_different(key: str) -> None:
    """Programs that keep nothing else keep the title."""
    for name, (_, questions) in made(key).items():
        labels = [field.label[:64] for field in questions.fields]
        assert sorted({label for label in labels if labels.count(label) > 1}) == [], name


@pytest.mark.office
def test_every_kind_of_form_reads_the_same_after_libreoffice(tmp_path: Path) -> None:
    paths = {}
    for kind in FORM_KINDS:
        # One of each; LibreOffice needs a second for a form, and what differs between people is tested above.
        for name, (document, questions) in list(made(kind.key).items())[:1]:
            said = answers_to(questions.fields)
            for version, content in (("blank", document), ("full", packed(filled(opened(document), said)))):
                paths[tmp_path / f"{name}-{version}.docx"] = content
    for path, content in paths.items():
        path.write_bytes(content)
    saved = convert_all(list(paths), "docx", tmp_path / "saved") if paths else []
    for path, again in zip(paths, saved, strict=True):
        assert read_form(read_document(again)) == read_form(read_document(path)), path.name
