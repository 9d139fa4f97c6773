"""Whatever sections a template has, its documents are on the paper HR chose, and the width of the text stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from careersheets.documents.template import load_template
from tests.documents.small_templates import paragraph, parts_of, small_template

pytestmark = pytest.mark.requirement("X4")

LYING = (
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" '
    'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:pPr></w:p>'
)


def sizes(document: bytes) -> list[tuple[bytes, bytes]]:
    return re.findall(rb'<w:pgSz w:w="(\d+)" w:h="(\d+)"', parts_of(document)["word/document.xml"])


@pytest.mark.parametrize(
    ("paper", "upright", "lying"),
    [
        ("A4", (b"11906", b"16838"), (b"16838", b"11906")),
        ("Letter", (b"12240", b"15840"), (b"15840", b"12240")),
    ],
)
def test_each_section_is_on_the_paper(
    paper: str, upright: tuple[bytes, bytes], lying: tuple[bytes, bytes], tmp_path: Path
) -> None:
    said = paragraph("{{ said }}")
    context = {"said": "<w:sectPr> is only text", "document": {"paper": paper}}
    one = load_template(small_template(tmp_path / "one.docx", said)).render(context)
    two = load_template(small_template(tmp_path / "two.docx", said + LYING + said)).render(context)
    assert sizes(one) == [upright]
    assert sizes(two) == [lying, upright]
    assert b"&lt;w:sectPr&gt; is only text" in parts_of(two)["word/document.xml"]
