"""The scan, which is quick, finds what a slow and plain reading of the same files finds; any file, any split of its texts."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from careersheets.documents.package import PackageWriter
from careersheets.documents.safety import Scanner
from tests.analysis.test_by_hand import results_of, workbook

pytestmark = pytest.mark.requirement("X7")

PEOPLE = [
    "Chiara Bianchi",
    "Noor el-Amin",
    "Łukasz Żak",
    "田中 美咲",
    "Noor el",
    "Chiara Bianchi Rossi",
    "Mei",
]
REASON = "Ratings are far above the examples given, so it goes back."
WORDS = [
    *itertools.chain(*(name.split() for name in PEOPLE)),
    *REASON.split(), "the", "3", "4.5", "P2", "P4", "p3.", "x@lanternfield.example", "p2@lanternfield.example",
    "p4@lantern", "field.example", "{{ name }}", "{%", "R&D", "<b>", "a > b", 'said "so"', "\u200bNo\u00ador", "ＮＯＯＲ", "。",
]  # fmt: skip
W = 'xmlns:w="urn:w" xmlns:wp="urn:wp" xmlns:c="urn:c"'
WITHIN = {"r", "t", "rPr", "hyperlink", "ins", "del", "sdt", "sdtPr", "sdtContent", "b", "tag"}
OPENING = {"p", "br", "tab"}
PARTS = [
    "word/document.xml",
    "word/header1.xml",
    "word/charts/chart1.xml",
    "docProps/core.xml",
    "word/P4.xml",
]


@cache
def scanner() -> Scanner:
    rows = workbook()
    rows["People"] = [
        {"employee_id": f"P{number}", "name": name, "email": f"p{number}@lanternfield.example", "level_code": "E3"}
        for number, name in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    rows["Evaluations"][2]["return_reason"] = REASON
    return Scanner.of(results_of(rows))


def cut(text: str, places: list[int]) -> list[str]:
    bounds = sorted({place % (len(text) + 1) for place in places} | {0, len(text)})
    return [text[begin:end] for begin, end in itertools.pairwise(bounds)]


TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join) | st.sampled_from(
    [*PEOPLE, REASON]
)
WAYS = [
    "plain",
    "control",
    "link",
    "cell",
    "tab",
    "break",
    "described",
    "arrowed",
    "tagged",
    "quoted",
    "comment",
]


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    text, way = draw(TEXTS), draw(st.sampled_from(WAYS))
    runs = cut(text, draw(st.lists(st.integers(0, 80), max_size=3)))
    written = "".join(
        f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs
    )
    bodies = {
        "plain": f"<w:p>{written}</w:p>",
        "control": f"<w:p><w:sdt><w:sdtContent>{written}</w:sdtContent></w:sdt></w:p>",
        "link": f"<w:p><w:hyperlink>{written}</w:hyperlink></w:p>\n",
        "cell": "".join(f"<w:tc><w:p><w:r><w:t>{escape(run)}</w:t></w:r></w:p></w:tc>" for run in runs),
        "tab": "<w:p><w:r>" + "<w:tab/>".join(f"<w:t>{escape(run)}</w:t>" for run in runs) + "</w:r></w:p>",
        "break": "<w:p><w:r>" + "<w:br/>".join(f"<w:t>{escape(run)}</w:t>" for run in runs) + "</w:r></w:p>",
        "described": f'<w:p><w:r><wp:docPr id="3" descr={quoteattr(text)}/></w:r></w:p>',
        "arrowed": f'<w:p><w:r><wp:docPr id="3" descr={quoteattr(text).replace("&gt;", ">")}/></w:r></w:p>',
        "tagged": f"<w:p><w:sdt><w:sdtPr><w:tag w:val={quoteattr(text)}/></w:sdtPr></w:sdt></w:p>",
        "quoted": f"<w:p><w:r><w:t><![CDATA[{text}]]></w:t></w:r></w:p>",
        "comment": f"<w:p><!--{text}--></w:p>",
    }
    return bodies[way]


@st.composite
def files(draw: st.DrawFn) -> dict[str, bytes]:
    names = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3, unique=True))
    return {
        name: f"<w:x {W}>{''.join(draw(st.lists(paragraphs(), max_size=4)))}</w:x>".encode() for name in names
    }


def zipped(parts: dict[str, bytes], *, by_library: bool, within: bool) -> bytes:
    """The parts as a file, by this project's writer or Python's; or such a file within another."""
    if by_library:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                with archive.open(name, "w", force_zip64=True) as entry:
                    entry.write(content)
        data = target.getvalue()
    else:
        data = PackageWriter(dict(list(parts.items())[:1]), list(parts)[1:]).file_of(list(parts.values())[1:])
    return PackageWriter({}, ["word/x.xlsx"], frozenset(["word/x.xlsx"])).file_of([data]) if within else data


def told_by(name: str, key: str) -> bool:
    return key == "descr" or (name == "tag" and key.endswith("val"))


def texts_in_order(node: etree._Element, told: list[str]) -> Iterator[str]:
    if isinstance(node, etree._Comment):
        told.append(node.text)
        return
    name = etree.QName(node).localname
    told += [value for key, value in node.attrib.items() if told_by(name, key)]
    empty = not len(node) and not node.text
    if name in OPENING:
        yield " "
    yield node.text or ""
    for child in node:
        yield from texts_in_order(child, told)
        yield child.tail or ""
    if name not in WITHIN and not (empty and name in {"br", "tab", "docPr"}):
        yield " "


def slow_words(text: str) -> list[str]:
    seen = unicodedata.normalize("NFKC", re.sub("[\u00ad\u200b]", "", text)).casefold()
    return re.findall(r"\d+\.\d+|[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+", seen)


def slowly_found(parts: dict[str, bytes], place: str) -> set[tuple[str, str]]:
    """(part, text) of every name, id, address or reason that may not be there; (part, tag) of every tag."""
    phrases = {tuple(words): identity.written for words, identity in scanner().people.meanings.items()
               if not identity.owners <= {"P1"}}  # fmt: skip
    phrases |= dict.fromkeys((w for w, i in scanner().people.meanings.items() if i.owners <= {"P1"}), "")
    found = set()
    for name, content in parts.items():
        told: list[str] = []
        running = "".join(texts_in_order(etree.fromstring(content), told))
        for text in (running, *told, name):
            words = slow_words(text)
            found |= {(place + name, written) for written in phrases_in(words, phrases)}
            if phrases_in(words, {tuple(slow_words(REASON)[:12]): "reason"}):
                found.add((place + name, "reason"))
            if re.search(r"\{\{|\{%", text):
                found.add((place + name, "tag"))
    return found


def phrases_in(words: list[str], phrases: dict[tuple[str, ...], str]) -> set[str]:
    found, place = set(), 0
    while place < len(words):
        fitting = [phrase for phrase in phrases if tuple(words[place : place + len(phrase)]) == phrase]
        longest = max(fitting, key=len, default=())
        if longest:
            found.add(phrases[longest])
        place += max(1, len(longest))
    return found - {""}


def quickly_found(data: bytes) -> set[tuple[str, str]]:
    found = set()
    for finding in scanner().scan(data, "P1", "employee"):
        what = {"CS612": "reason", "CS613": "tag"}.get(finding.rule.code)
        found.add((finding.cell, what or str(finding.message.split('"')[1])))
    return found


@settings(max_examples=400, deadline=None)
@given(files(), st.booleans(), st.booleans())
def test_the_quick_scan_finds_what_a_plain_one_finds(
    parts: dict[str, bytes], by_library: bool, within: bool
) -> None:
    data = zipped(parts, by_library=by_library, within=within)
    place = "word/x.xlsx/" if within else ""
    assert quickly_found(data) == slowly_found(parts, place)
