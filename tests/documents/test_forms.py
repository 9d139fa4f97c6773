"""What people write into a form comes back, whichever office program they saved it with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from careersheets.books.guard import DocumentParts, read_document
from careersheets.documents.form_faults import (
    BadField,
    DamagedForm,
    FormRefused,
    MarkLost,
    NotOurForm,
    form_rules,
)
from careersheets.documents.forms import (
    FieldKind,
    FilledForm,
    FormField,
    FormMark,
    check_text,
    control_xml,
    read_form,
    stamped,
)
from careersheets.documents.text import legal
from careersheets.model.errors import CareersheetsError, FileRefused
from tests.documents.filling import filled
from tests.documents.small_templates import parts_of
from tests.support.office import convert
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

pytestmark = pytest.mark.requirement("C9")

BODY = "word/document.xml"
CUSTOM = "docProps/custom.xml"

MARK = FormMark("plan-E104-2027", "2", "5f0c" * 16)
FIELDS = (
    FormField("today", "Where do you stand today?", FieldKind.LINES),
    FormField("strength", 'Strength "number one" & why', FieldKind.TEXT),
    FormField("track", "Which track?", FieldKind.CHOICE, ("Expert", "People & teams", "Not sure yet")),
    FormField("next_check_in", "Next check-in", FieldKind.DATE),
    FormField("agreed", "Agreed", FieldKind.TICK),
)
NOTHING = dict.fromkeys((field.tag for field in FIELDS), "")
ANSWERS = {
    "today": "Leads reviews.\nWrites\ttests; R&D <lead>\n\nWants more: naïve 🎉",
    "strength": "  Zoë says ]]> “well”  ",
    "track": "People & teams",
    "next_check_in": "2027-03-31",
    "agreed": "yes",
}
HOSTILE = [
    "]]>",
    "</w:t></w:r>",
    "&amp;",
    "{{ 7*7 }}",
    "أهلا وسهلا \u202bRTL\u202c",
    "👩🏽\u200d💻",
    " ",
    "\n",
    "a\tb",
    "x" * 10_000,
]


@cache
def blank_parts() -> Mapping[str, bytes]:
    """A small valid document."""
    file = io.BytesIO()
    docx.Document().save(file)
    parts = parts_of(file.getvalue())
    # Word 2010's second list of styles, which python-docx has not kept in step with the first.
    del parts["word/stylesWithEffects.xml"]
    for part, leading in (
        ("word/_rels/document.xml.rels", "Relationship"),
        ("[Content_Types].xml", "Override"),
    ):
        parts = changed(parts, rf"<{leading} [^>]*stylesWithEffects[^>]*/>", "", part)
    return parts


def paragraph(field: FormField, value: str) -> str:
    label = f"<w:r><w:t>{field.tag}</w:t></w:r>"
    return f"<w:p>{label}{control_xml(field, value)}<w:r><w:t>after</w:t></w:r></w:p>"


def form_parts(
    values: Mapping[str, str] = NOTHING, fields: tuple[FormField, ...] = FIELDS, mark: FormMark = MARK
) -> dict[str, bytes]:
    """The parts of a form with `fields`, filled with `values` when it is made."""
    body = "".join(paragraph(field, values.get(field.tag, "")) for field in fields)
    parts = dict(blank_parts())
    parts[BODY] = parts[BODY].replace(b"<w:body>", b"<w:body>" + body.encode())
    return stamped("form.docx", parts, mark, fields)


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(parts: Mapping[str, bytes]) -> FilledForm:
    return read_form(DocumentParts("form.docx", "", parts))


def codes(form: FilledForm) -> list[str]:
    return [finding.rule.code for finding in form.findings]


def changed(parts: Mapping[str, bytes], pattern: str, new: str, part: str = BODY) -> dict[str, bytes]:
    content, count = re.subn(pattern, new, parts[part].decode(), flags=re.DOTALL)
    assert count, f"{pattern!r} is not in {part}"
    return {**parts, part: content.encode()}


def filled_as_word_does(parts: Mapping[str, bytes], values: Mapping[str, str]) -> dict[str, bytes]:
    return filled(parts, values, day="31 March 2027")


def test_a_form_filled_in_word_reads_back() -> None:
    form = read(filled_as_word_does(form_parts(), ANSWERS))
    assert form == FilledForm(MARK.document_id, MARK.version, MARK.fingerprint, ANSWERS)


def test_a_form_that_was_handed_out_with_answers_reads_back_through_the_guard(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(packed(form_parts(ANSWERS)))
    assert read_form(read_document(path)) == FilledForm(
        MARK.document_id, MARK.version, MARK.fingerprint, ANSWERS
    )


def test_an_unanswered_form_reads_back_as_nothing() -> None:
    form = read(form_parts())
    assert form.answers == NOTHING
    assert form.findings == ()


@pytest.mark.office
@pytest.mark.parametrize("values", [ANSWERS, NOTHING], ids=["answered", "unanswered"])
def test_saved_again_by_libreoffice_it_says_the_same(values: dict[str, str], tmp_path: Path) -> None:
    parts = filled_as_word_does(form_parts(), values) if any(values.values()) else form_parts()
    path = tmp_path / "form.docx"
    path.write_bytes(packed(parts))
    saved = convert(path, "docx", tmp_path / "saved")
    assert b"<w:tag " not in parts_of(saved.read_bytes())[BODY]
    form = read_form(read_document(saved))
    assert form == FilledForm(MARK.document_id, MARK.version, MARK.fingerprint, values)


@pytest.mark.office
def test_hostile_answers_survive_libreoffice(tmp_path: Path) -> None:
    fields = tuple(FormField(f"f{place}", f"Field {place}", FieldKind.LINES) for place in range(len(HOSTILE)))
    values = {field.tag: text for field, text in zip(fields, HOSTILE, strict=True)}
    path = tmp_path / "form.docx"
    path.write_bytes(packed(form_parts(values, fields)))
    assert read_form(read_document(convert(path, "docx", tmp_path / "saved"))).answers == values


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_answers_are_only_text(text: str) -> None:
    assert read(form_parts({"strength": text})).answers == NOTHING | {"strength": text}
    assert read(form_parts(mark=FormMark(text, text, text))).fingerprint == text


@given(st.text(st.characters()))
def test_any_text_comes_back_or_is_found(text: str) -> None:
    field = FIELDS[0]
    came_back = read(form_parts({field.tag: text}, (field,))).answers[field.tag]
    assert came_back == legal(text)
    as_lines = re.sub("\r\n|[\r\v]", "\n", text)
    assert (came_back != as_lines) == bool(check_text("form.docx", field, text))


def test_both_validators_and_our_own_checks_find_nothing(tmp_path: Path) -> None:
    paths = {"empty.docx": form_parts(), "answered.docx": form_parts(ANSWERS)}
    for name, parts in paths.items():
        (tmp_path / name).write_bytes(packed(parts))
        assert own_complaints(packed(parts)) == []
        assert audit_complaints(tmp_path / name) == []
    assert sdk_complaints([tmp_path / name for name in paths]) == {name: [] for name in paths}


def test_without_tags_and_bookmarks_the_title_leads_to_the_answer() -> None:
    parts = changed(form_parts(ANSWERS), r"<w:tag [^>]*/>|<w:bookmark\w+ [^>]*/>", "")
    assert read(parts).answers == ANSWERS


def test_a_title_that_two_fields_share_leads_nowhere() -> None:
    fields = (FormField("a", "Goal", FieldKind.TEXT), FormField("b", "Goal", FieldKind.TEXT))
    parts = form_parts({"a": "teach", "b": "learn"}, fields)
    assert read(parts).answers == {"a": "teach", "b": "learn"}
    form = read(changed(parts, r"<w:tag [^>]*/>|<w:bookmark\w+ [^>]*/>", ""))
    assert (form.answers, codes(form)) == ({"a": "", "b": ""}, ["CS801", "CS801"])


def test_without_controls_the_bookmarks_lead_to_the_answers() -> None:
    bare = r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(?:Content)?>"
    assert read(changed(form_parts(ANSWERS), bare, "")).answers == ANSWERS
    assert read(changed(form_parts(), bare, "")).answers == NOTHING


def test_what_is_marked_as_deleted_is_not_said_and_paragraphs_are_lines() -> None:
    parts = changed(
        form_parts({"today": "kept"}, FIELDS[:1]),
        "<w:sdtContent>",
        '<w:sdtContent><w:del w:id="7" w:author="Ama"><w:r><w:t>gone</w:t></w:r></w:del>',
    )
    assert read(parts).answers == {"today": "kept"}
    block = "<w:sdtContent><w:p><w:r><w:t>one</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>two</w:t></w:r></w:p></w:sdtContent>"
    assert read(changed(parts, "<w:sdtContent>.*?</w:sdtContent>", block)).answers == {"today": "one\n\ntwo"}


def test_a_field_that_was_deleted_is_found() -> None:
    form = read(changed(form_parts(ANSWERS), '<w:bookmarkStart [^>]*"cs_agreed"/><w:sdt>.*?</w:sdt>', ""))
    assert form.answers == ANSWERS | {"agreed": ""}
    assert codes(form) == ["CS801"]


def test_a_field_that_stands_twice_counts_once_unless_the_answers_differ() -> None:
    parts = form_parts({"strength": "calm"})
    for other, expected in (("calm", []), ("", []), ("brave", ["CS802"])):
        form = read(changed(parts, "<w:sectPr", f"{paragraph(FIELDS[1], other)}<w:sectPr"))
        assert (form.answers["strength"], codes(form)) == ("calm", expected)


def test_an_answer_off_the_list_and_a_day_that_is_none_are_found() -> None:
    form = read(form_parts({"track": "Astronaut", "next_check_in": "2027-02-30"}))
    assert (form.answers["track"], form.answers["next_check_in"]) == ("Astronaut", "2027-02-30")
    assert codes(form) == ["CS803", "CS804"]


def test_text_that_no_document_holds_is_counted() -> None:
    found = check_text("form.docx", FIELDS[0], "a\x00b\ud83dc\r\n")
    assert [(finding.rule.code, "2 characters" in finding.message) for finding in found] == [("CS805", True)]
    assert check_text("form.docx", FIELDS[0], "a\r\nb") == []


def test_every_rule_of_forms_has_a_code_of_its_own() -> None:
    assert [rule.code for rule in form_rules()] == ["CS801", "CS802", "CS803", "CS804", "CS805"]


def test_properties_of_others_stay_and_a_new_version_replaces_the_old_mark() -> None:
    theirs = '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="Ours"><vt:lpwstr>x</vt:lpwstr></property></Properties>'
    parts = changed(form_parts(), "</Properties>", theirs, CUSTOM)
    again = stamped("form.docx", parts, FormMark("other", "3", "f"), FIELDS[:1])
    root = etree.fromstring(again[CUSTOM])
    assert root[0].get("name") == "Ours"
    assert len({one.get("pid") for one in root}) == len(root) == 6
    assert read(again).version == "3"
    assert again["_rels/.rels"].count(b"custom-properties") == 1
    assert again["[Content_Types].xml"].count(b"/docProps/custom.xml") == 1


def test_a_foreign_document_is_refused() -> None:
    with pytest.raises(NotOurForm, match="not a form made by careersheets"):
        read(blank_parts())


def test_a_form_without_its_properties_is_refused() -> None:
    parts = form_parts(ANSWERS)
    del parts[CUSTOM]
    with pytest.raises(MarkLost, match="which form it is"):
        read(parts)


@pytest.mark.parametrize("part", [BODY, CUSTOM])
def test_a_damaged_part_is_named(part: str) -> None:
    with pytest.raises(DamagedForm, match=part):
        read({**form_parts(), part: b"<w:broken"})
    assert issubclass(FormRefused, CareersheetsError)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused_by_the_guard(share: float, tmp_path: Path) -> None:
    whole = packed(form_parts(ANSWERS))
    path = tmp_path / "form.docx"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(FileRefused):
        read_document(path)


@pytest.mark.parametrize(
    ("tag", "kind", "choices"),
    [
        ("", FieldKind.TEXT, ()),
        ("Big", FieldKind.TEXT, ()),
        ("a" * 38, FieldKind.TEXT, ()),
        ("a", FieldKind.TEXT, ("One",)),
        ("a", FieldKind.CHOICE, ()),
        ("a", FieldKind.CHOICE, ("One", "one ")),
        ("a", FieldKind.CHOICE, ("One", "\x00")),
    ],
)
def test_a_field_that_word_would_not_open_is_not_made(
    tag: str, kind: FieldKind, choices: tuple[str, ...]
) -> None:
    with pytest.raises(BadField):
        FormField(tag, "Label", kind, choices)


def test_a_file_made_to_keep_its_reader_busy_is_read_at_once() -> None:
    many = "".join(f'<w:bookmarkStart w:id="{n}" w:name="cs_f{n}"/>' for n in range(20_000))
    ends = "".join(f'<w:bookmarkEnd w:id="{n}"/>' for n in range(20_000))
    form = read(
        changed(form_parts(ANSWERS), "<w:sectPr", f"<w:p>{many}{'<w:r/>' * 50_000}{ends}</w:p><w:sectPr")
    )
    assert form.answers == ANSWERS
