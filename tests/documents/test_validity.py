"""Every document is one that Word opens without a word of complaint, and that everybody can read."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from tests.documents.reports import NAMES, contexts, template
from tests.documents.small_templates import parts_of, text_of
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

pytestmark = pytest.mark.requirement("X4", "G8")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PAPERS = {"A4": ("11906", "16838"), "Letter": ("12240", "15840")}


def documents(paper: str = "A4", language: str = "en-GB") -> dict[str, bytes]:
    return {key: template().render(context) for key, context in contexts(paper, language).items()}


@pytest.mark.parametrize("paper", PAPERS)
def test_openxml_audit_and_our_own_checks_find_nothing(paper: str, tmp_path: Path) -> None:
    for key, document in documents(paper).items():
        path = tmp_path / f"{key}.docx"
        path.write_bytes(document)
        assert audit_complaints(path) == []
        assert own_complaints(document, said=list(NAMES.values())) == []


def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    paths = []
    for key, document in documents("Letter", "en-US").items():
        paths.append(tmp_path / f"{key}.docx")
        paths[-1].write_bytes(document)
    assert {name: found for name, found in sdk_complaints(paths).items() if found} == {}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_paper_is_the_one_hr_chose_and_the_text_keeps_its_width(paper: str) -> None:
    root = etree.fromstring(parts_of(documents(paper)["P1"])["word/document.xml"])
    size, margins = root.find(f".//{W}pgSz"), root.find(f".//{W}pgMar")
    assert size is not None
    assert margins is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == PAPERS[paper]
    sides = sum(int(margins.get(f"{W}{side}") or 0) for side in ("left", "right"))
    assert int(size.get(f"{W}w") or 0) - sides == 9638


@pytest.mark.parametrize(
    ("language", "date"), [("en-GB", r"\d{1,2} \w+ 20\d\d"), ("en-US", r"\w+ \d{1,2}, 20\d\d")]
)
def test_the_language_is_stated_and_dates_follow_it(language: str, date: str) -> None:
    document = documents("A4", language)["P1"]
    parts = parts_of(document)
    assert f'w:val="{language}"'.encode() in parts["word/styles.xml"]
    assert f"<dc:language>{language}</dc:language>".encode() in parts["docProps/core.xml"]
    assert re.search(date, text_of(document))


def test_the_title_names_the_person_and_the_author_is_nobody() -> None:
    core = etree.fromstring(parts_of(documents()["P2"])["docProps/core.xml"])
    said = {etree.QName(element).localname: element.text or "" for element in core}
    assert NAMES["P2"] in said["title"]
    assert said.get("creator", "") in ("", "careersheets", "Rødgrød & Fløde <A/S>")
    assert not said.get("lastModifiedBy")


def test_tables_repeat_their_header_and_no_row_breaks_over_pages() -> None:
    for document in documents().values():
        root = etree.fromstring(parts_of(document)["word/document.xml"])
        for table in root.iter(f"{W}tbl"):
            rows = table.findall(f"{W}tr")
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
            style = table.find(f"{W}tblPr/{W}tblStyle")
            if style is not None and style.get(f"{W}val") == "QuietTable":
                assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
                assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_charts_are_told_in_words_too() -> None:
    root = etree.fromstring(parts_of(documents()["S1"])["word/document.xml"])
    told = [drawing.get("descr") or "" for drawing in root.iter(f"{WP}docPr")]
    assert told
    assert all("Asking" in words and "chart:" not in words for words in told)


def test_headings_are_headings_in_order() -> None:
    root = etree.fromstring(parts_of(documents()["S1"])["word/document.xml"])
    styles = [style.get(f"{W}val") or "" for style in root.iter(f"{W}pStyle")]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert "Title" in styles
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.requirement("G3")
def test_what_colour_says_is_said_in_words() -> None:
    text = text_of(documents()["S1"])
    assert "To develop" in text
    assert "Strength" in text


@pytest.mark.requirement("E5")
def test_a_draft_says_so() -> None:
    assert "DRAFT" in text_of(documents()["P1"])


def test_every_number_of_readiness_can_be_worked_out_again_from_the_page() -> None:
    for context in contexts().values():
        for target in context["all_targets"]:
            sums = target["calculation"]
            weights = [(row["weight"], row["a"]) for row in sums["rows"]]
            counted = [(float(w), float(a)) for w, a in weights if re.fullmatch(r"[\d.]+", a)]
            if counted:
                attained = sum(w * a for w, a in counted) / sum(w for w, _ in counted)
                assert attained == pytest.approx(float(sums["attainment"].rstrip("%")) / 100, abs=0.002)
