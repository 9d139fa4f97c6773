"""Any text reaches Word intact."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from careersheets.documents.template import Template, load_template
from careersheets.tables.reading import read_tables
from careersheets.vocabulary.evaluation import Observations
from tests.documents.small_templates import parts_of, small_template, text_of
from tests.support.contents import contents_of

pytestmark = pytest.mark.requirement("X4")

HOSTILE = [
    "R&D <lead>",
    "{{7*7}}",
    "{% if x %}",
    "{# a #}",
    "x<y and y>z",
    "</w:t></w:r></w:p>",
    "]]>",
    "<!-- -->",
    "&amp;lt;",
    "\"double\" 'single' ‘curly’ “curly”",
    "أهلا وسهلا \u202bRTL\u202c",
    "עברית",
    "👩🏽\u200d💻🇵🇹",
    "Zoë Ångström-Ñuñez",
    "王小明",
    "  two  spaces  ",
    "{_{ }_}",
    "=HYPERLINK(1)",
    "x" * 100_000,
]
# What XML cannot hold is no text; of line ends, XML knows one.
WRITABLE = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r\v\ufffe\uffff" + "".join(map(chr, [*range(9), 12, *range(14, 32)])))
)  # fmt: skip


@cache
def template() -> Template:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.docx")
        return load_template(
            small_template(
                path,
                "before {{ said }} after",
                header="{{ said }}",
                footer="{{ said }}",
                footnotes="{{ said }}",
                properties="{{ said }}",
            )
        )


def said(text: str) -> str:
    return text_of(template().render({"said": text})).removeprefix("before ").removesuffix(" after")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_is_only_text(text: str) -> None:
    document = template().render({"said": text})
    assert text_of(document) == f"before {text} after"
    for part in ("word/header.xml", "word/footer.xml", "word/footnotes.xml"):
        assert text_of(document, part) == text
    title = etree.fromstring(parts_of(document)["docProps/core.xml"])[0].text
    assert (title or "").split() == text.split()


@given(WRITABLE)
def test_any_writable_text_comes_back_as_it_went_in(text: str) -> None:
    assert said(text) == text


@given(st.text(st.characters()))
def test_any_text_at_all_makes_a_document_that_opens(text: str) -> None:
    for content in parts_of(template().render({"said": text})).values():
        etree.fromstring(content)


@given(st.text(st.characters(), min_size=1) | st.sampled_from(["x" * 100_000, "\ud83d", "a\x07b", *HOSTILE]))
def test_any_text_of_a_cell_comes_back_from_the_document_or_is_found(text: str) -> None:
    rows = {
        "People": [{"employee_id": "E1", "name": "Zoë"}],
        "Observations": [{"employee_id": "E1", "behaviour": text}],
    }
    tables, findings = read_tables(contents_of(rows))
    read = tables.frame(Observations)["behaviour"].tolist()
    came_back = said(read[0]) if read and isinstance(read[0], str) else ""
    writable = re.sub("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    assert came_back == re.sub("\r\n|[\r\v]", "\n", writable.strip())
    found = [finding.place for finding in findings if finding.rule.code == "CS019"]
    assert found == (["Observations!E6"] if writable != text else [])


def test_lines_and_tabs_stay_lines_and_tabs() -> None:
    assert said("one\ntwo\r\nthree\rfour\vfive\tsix") == "one\ntwo\nthree\nfour\nfive\tsix"


def test_what_xml_cannot_hold_goes_and_nothing_else_with_it() -> None:
    assert said("a\x00b\x1fc") == "abc"
    assert said("before\ud83d after") in ("before after", "before\ufffd after")
