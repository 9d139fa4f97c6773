"""Each rule of the template check fires, with its tag and place, and does not fire without its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from careersheets.documents.checking import check_template, template_rules
from careersheets.documents.compiling import text_parts
from careersheets.documents.package import parts_of
from careersheets.model.errors import NotFound
from careersheets.model.findings import Finding
from tests.documents.reports import TEMPLATE
from tests.documents.small_templates import small_template

pytestmark = pytest.mark.requirement("X4")

_CHART = (
    '<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:inline>'
    '<wp:docPr id="1" name="C" descr="{{# chart: {} #}} Radar"/></wp:inline></w:drawing></w:r></w:p>'
)
FIRING = [
    ("CS602", "{{ person.nmae }}", 'there is no "nmae" in person; "name" may be meant'),
    ("CS602", "{{ targt.title }}", '"target" may be meant'),
    ("CS602", "{% for row in target.rows %}{{ row.gpa }}{% endfor %}", '"gap" may be meant'),
    ("CS602", "{% for row in target.rows %}{% endfor %}{{ row.gap }}", 'there is no "row"'),
    ("CS602", "{% set t = target %}{{ t.titel }}", '"title" may be meant'),
    ("CS603", "{% if draft %}DRAFT", 'there is no "endif" for it'),
    ("CS603", "{% for row in target.rows %}{% endif %}", 'needs "endfor"'),
    ("CS603", "{% endfor %}", 'there is no "for" before it'),
    ("CS604", "{{ person.name", "closing braces"),
    ("CS604", "{{ person..name }}", "expected"),
    ("CS605", "{{ person.name|attr('x') }}", "attr"),
    ("CS605", "{{ person.__class__ }}", "__class__"),
    ("CS605", "{% include 'x' %}", "include"),
    ("CS606", _CHART.format("porfile"), '"profile" may be meant'),
    ("CS607", "{{ 'x' ~ date ~ person.name.startswith(1) }}", "trial"),
]
CLEAN = [
    "{{ person.name }}",
    "{% if draft %}DRAFT{% else %}{{ date }}{% endif %}",
    "{% for row in target.rows %}{{ loop.index }} {{ row.gap }}{% endfor %}",
    "{% set t = target %}{{ t.title }}",
    "{{ person.name|upper|default('–') }}",
    "{{ target.met|join('; ') }} {{ all_targets[0].title }}",
    "{{ nothing|default('–') }}{% if nothing is defined %}x{% endif %}",
    _CHART.format("profile"),
]


def check(tmp_path: Path, body: str) -> list[Finding]:
    return check_template(small_template(tmp_path / "t.docx", body), "gap-report")


@pytest.mark.parametrize(("code", "body", "said"), FIRING)
def test_a_rule_fires_and_names_what_is_wrong(code: str, body: str, said: str, tmp_path: Path) -> None:
    found = check(tmp_path, body)
    assert [finding.rule.code for finding in found] == [code]
    assert said in found[0].message
    assert found[0].sheet == "t.docx"
    assert found[0].cell


@pytest.mark.parametrize("body", CLEAN)
def test_a_sound_template_has_no_finding(body: str, tmp_path: Path) -> None:
    assert check(tmp_path, body) == []


def test_a_file_that_is_no_word_document_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(b"id,name\n")
    assert [finding.rule.code for finding in check_template(path, "gap-report")] == ["CS601"]


def test_the_template_of_the_package_is_sound() -> None:
    assert check_template(TEMPLATE, "gap-report") == []


def test_every_rule_is_tried() -> None:
    tried = {code for code, _, _ in FIRING} | {"CS601"}
    assert tried == {rule.code for rule in template_rules()}


def test_the_place_is_told_as_hr_sees_it(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Gaps</w:t></w:r></w:p>'
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='9'/></w:tblGrid>"
        + "".join(
            f"<w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
            for text in ("Competency", "{{ per</w:t></w:r><w:r><w:t>son.nmae }}")
        )
        + "</w:tbl><w:p/>"
    )
    found = check(tmp_path, body)
    assert [finding.cell for finding in found] == ['the body, under "Gaps", table 1, row 2']


@pytest.mark.parametrize(
    ("place", "said"),
    [("header", "the header"), ("footer", "the footer"), ("footnotes", "the footnotes"), ("properties", "the document properties")],
)  # fmt: skip
def test_tags_outside_the_body_are_checked(place: str, said: str, tmp_path: Path) -> None:
    path = small_template(tmp_path / "t.docx", **{place: "{{ nmae }}"})
    found = check_template(path, "gap-report")
    assert found
    assert found[0].cell.startswith(said)


def test_an_unknown_kind_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="gap-report"):
        check_template(small_template(tmp_path / "t.docx", "x"), "gapp-report")


def test_all_parts_with_text_are_looked_at() -> None:
    parts = text_parts(parts_of("t.docx", TEMPLATE.read_bytes()))
    assert parts == ["word/document.xml", "word/footer1.xml", "word/header1.xml", "docProps/core.xml"]
