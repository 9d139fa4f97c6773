"""A template file that would fetch, run or hide something is refused by name; a damaged one in a plain sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from careersheets.documents.errors import TemplateRefused
from careersheets.documents.template import load_template
from tests.documents.reports import TEMPLATE
from tests.documents.small_templates import changed, small_template

pytestmark = pytest.mark.requirement("X4")

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "aFChunk", "oleObject", "control", "subDocument", "frame"]
)
def test_what_would_fetch_or_run_something_is_named(kind: str, tmp_path: Path) -> None:
    relation = f'<Relationship Id="rId99" Type="{_REL}/{kind}" Target="thing.bin"/></Relationships>'
    path = changed(
        TEMPLATE, tmp_path / "t.docx", {"word/_rels/document.xml.rels": ("</Relationships>", relation)}
    )
    with pytest.raises(TemplateRefused) as refused:
        load_template(path)
    assert kind in str(refused.value)


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "settings"])
def test_nothing_is_fetched_from_elsewhere(kind: str, tmp_path: Path) -> None:
    relation = (
        f'<Relationship Id="rId99" Type="{_REL}/{kind}" Target="http://127.0.0.1/x" TargetMode="External"/>'
        "</Relationships>"
    )
    path = changed(
        TEMPLATE, tmp_path / "t.docx", {"word/_rels/document.xml.rels": ("</Relationships>", relation)}
    )
    with pytest.raises(TemplateRefused) as refused:
        load_template(path)
    assert kind in str(refused.value)


def test_a_link_to_read_is_allowed(tmp_path: Path) -> None:
    relation = (
        f'<Relationship Id="rId99" Type="{_REL}/hyperlink" Target="https://example.org" TargetMode="External"/>'
        "</Relationships>"
    )
    path = changed(
        TEMPLATE, tmp_path / "t.docx", {"word/_rels/document.xml.rels": ("</Relationships>", relation)}
    )
    assert load_template(path)


def test_included_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefused, match="altChunk"):
        load_template(small_template(tmp_path / "t.docx", '<w:altChunk r:id="rId9"/><w:p/>'))


@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE w [<!ENTITY a "b">]>', '<!DOCTYPE w SYSTEM "file:///etc/passwd">']
)
def test_a_document_type_is_refused(declaration: str, tmp_path: Path) -> None:
    path = changed(
        small_template(tmp_path / "s.docx", "x"),
        tmp_path / "t.docx",
        {"word/document.xml": ("<w:document", f"{declaration}<w:document")},
    )
    with pytest.raises(TemplateRefused):
        load_template(path)


@pytest.mark.parametrize(
    "content", [b"", b"text", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99]
)
def test_what_is_no_word_document_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateRefused) as refused:
        load_template(path)
    assert str(refused.value).startswith('The template "t.docx" ')


def test_a_missing_file_a_folder_and_half_a_file_are_refused(tmp_path: Path) -> None:
    half = tmp_path / "half.docx"
    half.write_bytes(TEMPLATE.read_bytes()[:9000])
    for path in (tmp_path / "absent.docx", tmp_path, half):
        with pytest.raises(TemplateRefused):
            load_template(path)


def test_a_file_that_unpacks_to_gigabytes_is_refused_before_it_does(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(9):
            archive.writestr(f"word/{number}.xml", b"\0" * 10_000_000)
    with pytest.raises(TemplateRefused, match="MB"):
        load_template(path)


def test_damaged_xml_is_refused(tmp_path: Path) -> None:
    path = changed(
        small_template(tmp_path / "s.docx", "x"),
        tmp_path / "t.docx",
        {"word/document.xml": ("<w:body>", "<w:body><w:p>")},
    )
    with pytest.raises(TemplateRefused):
        load_template(path)
