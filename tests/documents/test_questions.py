"""Questions that content asks become fields where a template places them, and nothing else becomes markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from careersheets.books.guard import DocumentParts
from careersheets.documents.errors import TemplateFault
from careersheets.documents.faults import FORBIDDEN, UNKNOWN, find_faults
from careersheets.documents.form_faults import BadField
from careersheets.documents.forms import FilledForm, read_form
from careersheets.documents.package import read_parts
from careersheets.documents.questions import Questions, fingerprint_of
from careersheets.documents.template import Template, load_template
from tests.documents.small_templates import PLACES, paragraph, parts_of, small_template, text_of

pytestmark = pytest.mark.requirement("C9")

INJECTION = '</w:t></w:r><w:bookmarkStart w:id="1" w:name="cs_x"/>'
BODY = "{{r form.direction }}\n{{ person }}: {{r form.kind }}\n{{r form.next }} {{r form.agreed }}"
# Text that says of itself that it is safe, as a template engine's own escape would make it.
SAFE = Markup(INJECTION)  # noqa: S704
ROWS = "{%p for form_action in form_actions %}\n{{r form_action.status }}\n{%p endfor %}"


def context(person: str = "Zoë", rows: int = 2, **values: Any) -> dict[str, Any]:
    questions = Questions("check-in/2026-H2/E104", "1", {"person": person})
    return {
        "person": person,
        "form": {
            "direction": questions.lines("direction", "Direction", values.get("direction", "")),
            "kind": questions.choice("direction_kind", "Kind", ("Level", "Role"), values.get("kind", "")),
            "next": questions.date("next_check_in", "Next check-in", values.get("next")),
            "agreed": questions.tick("agreed", "Agreed by both", values.get("agreed", False)),
        },
        "form_actions": [
            {"status": questions.text(f"action_{number}_status", f"Action {number}: status", number)}
            for number in range(1, rows + 1)
        ],
        "document": {"title": "T", "form": questions},
    }


def made(tmp_path: Path, body: str, given: Mapping[str, Any] | None = None, **places: str) -> bytes:
    return load_template(small_template(tmp_path / "t.docx", body, **places)).render(given or context())


def read(document: bytes) -> FilledForm:
    return read_form(DocumentParts("form.docx", "", parts_of(document)))


def test_a_template_places_fields_and_their_answers_are_read_back(tmp_path: Path) -> None:
    given = context(
        person="R&D <lead>",
        direction="Leads\nreviews <&> 田中 أهلا 🎉",
        kind="Role",
        next=date(2027, 3, 31),
        agreed=True,
    )
    document = made(tmp_path, f"{BODY}\n{ROWS}", given)
    assert read(document) == FilledForm(
        "check-in/2026-H2/E104",
        "1",
        given["document"]["form"].fingerprint,
        {
            "direction": "Leads\nreviews <&> 田中 أهلا 🎉",
            "direction_kind": "Role",
            "next_check_in": "2027-03-31",
            "agreed": "yes",
            "action_1_status": "1",
            "action_2_status": "2",
        },
    )
    assert "R&D <lead>: " in text_of(document)


def test_words_beside_a_field_in_the_same_run_stay(tmp_path: Path) -> None:
    document = made(tmp_path, "Direction: {{r form.direction }} (one to two years)")
    assert text_of(document).startswith("Direction: ")
    assert text_of(document).endswith(" (one to two years)")


def test_a_field_that_word_cut_in_pieces_is_placed(tmp_path: Path) -> None:
    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in ("{", "{r for", "m.direction ", "}}"))
    assert list(read(made(tmp_path, f"<w:p>{runs}</w:p>")).answers) == ["direction"]


@pytest.mark.parametrize("place", ["header", "footer"])
def test_a_field_may_stand_at_the_edge_of_the_page(place: str, tmp_path: Path) -> None:
    assert list(read(made(tmp_path, "text", **{place: "{{r form.direction }}"})).answers) == ["direction"]


def test_a_field_that_hr_took_out_of_the_template_is_not_missed(tmp_path: Path) -> None:
    form = read(made(tmp_path, "{{r form.kind }}"))
    assert (list(form.answers), form.findings) == (["direction_kind"], ())


def test_each_document_says_its_own_form_and_nothing_of_the_one_before(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path / "t.docx", f"{BODY}\n{ROWS}"))
    first, second = template.render(context("Amélie", rows=3)), template.render(context("Bao", rows=1))
    assert list(read(second).answers)[4:] == ["action_1_status"]
    assert read(first).fingerprint != read(second).fingerprint
    assert template.render(context("Amélie", rows=3)) == first


def test_properties_that_hr_gave_the_template_stay(tmp_path: Path) -> None:
    custom = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://'
        b'schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-'
        b'08002B2CF9AE}" pid="2" name="Department"><vt:lpwstr>R&amp;D</vt:lpwstr></property></Properties>'
    )
    path = small_template(tmp_path / "t.docx", BODY, docProps__custom__xml=b"")
    path = small_template(tmp_path / "t.docx", BODY, **{"docProps__custom.xml": custom})
    document = load_template(path).render(context())
    root = etree.fromstring(parts_of(document)["docProps/custom.xml"])
    assert [root[0].get("name"), root[0].get("pid"), root[1].get("pid")] == ["Department", "2", "3"]
    assert "".join(root[0].itertext()) == "R&D"
    assert list(read(document).answers) == ["direction", "direction_kind", "next_check_in", "agreed"]


def test_a_template_with_tags_only_docxtpl_knows_can_hold_fields(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc><w:tcPr/>{paragraph(text)}</w:tc>" for text in ("{%tc for a in rows %}", "{{ a }}", "{%tc endfor %}"))  # fmt: skip
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>{paragraph('{{r form.direction }}')}"
    document = made(tmp_path, table, {**context(direction="a\nb"), "rows": [INJECTION, SAFE, "two"]})
    assert read(document).answers == {"direction": "a\nb"}
    assert "two" in text_of(document)
    assert parts_of(document)["word/document.xml"].count(b"<w:bookmarkStart") == 1


@pytest.mark.parametrize("text", [INJECTION, SAFE], ids=["text", "markup"])
@pytest.mark.parametrize("place", PLACES)
def test_text_of_people_is_never_markup(text: str, place: str, tmp_path: Path) -> None:
    path = small_template(tmp_path / "t.docx", **{place: "{{ said }}"})
    for content in parts_of(load_template(path).render({"said": text})).values():
        assert b"<w:bookmarkStart" not in content
        etree.fromstring(content)


@pytest.mark.parametrize("text", [INJECTION, SAFE, 7, None, ["x"]], ids=str)
def test_text_of_people_is_never_a_field(text: object, tmp_path: Path) -> None:
    given = {**context(), "form": {"direction": text}}
    with pytest.raises(TemplateFault, match="field of a form"):
        made(tmp_path, "{{r form.direction }}", given)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ form.direction._xml }}",
        "{{ form.direction['_xml'] }}",
        "{{ form.direction.of(form.kind) }}",
        "{{ document.form.text('a', 'b') }}",
        "{{ document.form._fields }}",
        "{{ document.form._data }}",
        "{{r form.direction ~ '<w:p/>' }}",
        "{{r form.direction|string }}",
        "{{r form.direction|upper }}",
        "{{r form_all|join }}",
        "{{ [form.direction]|join }}",
        "{{ form.direction|string }}",
        "{{r form_text|_inline }}",
        "{{ form.direction }}",
    ],
)
def test_a_template_cannot_make_markup_itself(tag: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateFault):
        made(
            tmp_path, tag, {**context(), "form_text": "<w:p/>", "form_all": list(context()["form"].values())}
        )


@pytest.mark.parametrize(
    "body",
    [
        "{{r form.direction }}\n{{r form.direction }}",
        "{% for x in form_actions %}{{r form.direction }}{% endfor %}",
        "{% set form_again = form.direction %}{{r form.direction }}{{r form_again }}",
    ],
)
def test_a_field_stands_in_a_document_once(body: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"direction|twice|further up"):
        made(tmp_path, body)


def test_one_field_may_stand_in_two_places_of_which_one_is_shown(tmp_path: Path) -> None:
    body = "{% if person %}{{r form.direction }}{% else %}No name: {{r form.direction }}{% endif %}"
    assert list(read(made(tmp_path, body)).answers) == ["direction"]
    assert _faults(tmp_path, body) == []


def test_fields_in_a_document_that_is_no_form_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="is no form"):
        made(tmp_path, "{{r form.direction }}", {**context(), "document": {"title": "T"}})


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        ("{{r form.direktion }}", UNKNOWN, 'there is no "direktion" in form; "direction" may be meant'),
        ("{%p for form_action in form_actions %}\n{{r form_action.stats }}\n{%p endfor %}", UNKNOWN, '"status" may be meant'),
        ("{{ form.direction }}", FORBIDDEN, "placed with {{r form.direction }}"),
        ("{{r form_title }}", FORBIDDEN, "text is shown with {{ form_title }}"),
        ("{{r form.kind }}\n{{r form.kind }}", FORBIDDEN, "one answer only"),
    ],
)  # fmt: skip
def test_the_check_names_what_is_wrong_with_a_field(body: str, kind: str, why: str, tmp_path: Path) -> None:
    found = _faults(tmp_path, body)
    assert [fault[0] for fault in found] == [kind]
    assert why in found[0][1]


def test_the_check_accepts_fields(tmp_path: Path) -> None:
    assert _faults(tmp_path, f"{BODY}\n{ROWS}") == []


def _faults(tmp_path: Path, body: str) -> list[tuple[str, str]]:
    path = small_template(tmp_path / "t.docx", body)
    given = {**context(), "form_title": "Summary"}
    return [(fault.kind, fault.why) for fault in find_faults(path.name, read_parts(path), given)]


def test_a_tag_is_asked_once() -> None:
    questions = Questions("x", "1", None)
    questions.text("a", "A")
    with pytest.raises(BadField, match="asked twice"):
        questions.lines("a", "Another")


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_nothing_is_nothing_in_a_field_of_any_kind(nothing: Any, tmp_path: Path) -> None:
    given = context(direction=nothing, kind=nothing, next=nothing, agreed=nothing)
    assert set(read(made(tmp_path, BODY, given)).answers.values()) == {""}


class Row(NamedTuple):
    Index: int
    goal: str
    due: object


def test_the_fingerprint_is_of_what_the_data_says() -> None:
    said = {"goal": "Lead", "due": date(2027, 3, 31), "rating": 3, "note": None, "seen": {"b", "a"}}
    same = {"seen": {"a", "b"}, "note": float("nan"), "rating": np.float64(3.0), "due": datetime(2027, 3, 31), "goal": "Lead"}  # fmt: skip
    stamp = {"seen": frozenset("ab"), "note": pd.NA, "rating": np.int64(3), "due": pd.Timestamp("2027-03-31"), "goal": "Lead"}  # fmt: skip
    assert fingerprint_of(said) == fingerprint_of(same) == fingerprint_of(stamp)
    assert fingerprint_of(said) == "2086b61d8dc21aad527052633db8d3307cb95df208e3c1de45cf01ca066fe277"
    assert fingerprint_of([Row(4, "Lead", pd.NaT)]) == fingerprint_of([Row(9, "Lead", None)])
    for key, other in {
        "goal": "lead",
        "due": date(2027, 4, 1),
        "rating": 4,
        "note": "",
        "seen": {"a"},
    }.items():
        assert fingerprint_of(said | {key: other}) != fingerprint_of(said), key


@given(
    st.dictionaries(
        st.text(), st.one_of(st.text(), st.integers(-99, 99), st.booleans(), st.none()), max_size=6
    )
)
def test_the_fingerprint_does_not_know_the_order_of_names(data: dict[str, object]) -> None:
    backwards = dict(reversed(data.items()))
    assert fingerprint_of(data) == fingerprint_of(backwards)
    assert len(fingerprint_of(data)) == 64


def test_a_template_without_fields_has_no_stamp(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path / "t.docx", "{{ person }}"))
    assert isinstance(template, Template)
    assert "docProps/custom.xml" not in parts_of(template.render(context()))
