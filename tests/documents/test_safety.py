"""A finished document is held when it holds what its reader may not see, wherever in the file it stands.

The people: P1 Chiara Bianchi, P2 Noor el-Amin, P3 Łukasz Żak, P4 Mei Tanaka, P5 Ravi Subramanian. P1 works for P5.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.content.gap_report import gap_report
from careersheets.documents.rules import document_rules
from careersheets.documents.safety import Scanner, safety_rules
from careersheets.vocabulary.column import Audience
from tests.analysis.test_by_hand import results_of, workbook
from tests.documents.reports import template
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("X7")

Rows = dict[str, list[dict[str, Any]]]
DOCUMENT = "word/document.xml"
NOW = datetime(2026, 11, 2)


def company() -> Rows:
    rows = workbook()
    for person in rows["People"]:
        person["email"] = f"{person['employee_id'].lower()}.office@lanternfield.example"
    rows["People"][0]["manager"] = "P5"
    return rows


@cache
def scanned() -> tuple[Results, Scanner]:
    results = results_of(company())
    return results, Scanner.of(results)


@cache
def report(person: str = "P1") -> bytes:
    return template().render(gap_report(scanned()[0], person))


def book_of_the_chart() -> str:
    """The name of the workbook that the report's charts draw on."""
    return next(name for name in zipfile.ZipFile(io.BytesIO(report())).namelist() if name.endswith(".xlsx"))


def codes(data: bytes, audience: Audience = "employee", scanner: Scanner | None = None) -> list[str]:
    return [finding.rule.code for finding in (scanner or scanned()[1]).scan(data, "P1", audience)]


def codes_of(rows: Rows) -> list[str]:
    """What is found in the gap report of P1 made from `rows`."""
    results = results_of(rows)
    return codes(template().render(gap_report(results, "P1")), scanner=Scanner.of(results))


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """`data` with one part changed, or added where there is none."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return target.getvalue()


def with_body(body: str, part: str = DOCUMENT) -> bytes:
    """The report of P1 with `body` at the end of the body, or of the header."""
    end = {DOCUMENT: b"</w:body>", "word/header1.xml": b"</w:hdr>"}[part]
    return changed(report(), part, lambda content: content.replace(end, body.encode() + end))


def said(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:rPr><w:b/></w:rPr><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


@dataclass(frozen=True)
class Planted:
    text: tuple[str, ...]
    code: str


PLANTED = [
    Planted(("Mei Tanaka",), "CS611"),
    Planted(("MEI TANAKA’s view",), "CS611"),
    Planted(("Tanaka, Mei",), "CS611"),
    Planted(("Me", "i Tan", "aka"), "CS611"),
    Planted(("Mei\u00a0Ta\u00adnaka",), "CS611"),
    Planted(("Łukasz &#379;ak",), "CS611"),
    Planted(("see P4",), "CS611"),
    Planted(("P4.Office@lanternfield.example",), "CS611"),
    Planted(("p4.off", "ice@lantern", "field.example"), "CS611"),
    Planted(("{{ person.nmae }}",), "CS613"),
    Planted(("{", "% if x %}"), "CS613"),
    Planted(("{# chart: profile #}",), "CS613"),
]
HARMLESS = [
    "Ravi Subramanian",
    "P5",
    "Mei",
    "Tanaka",
    "P44",
    "p4x",
    "Chiara Bianchi",
    "{ }",
    "Noor, el",
    "4.5",
]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: "|".join(planted.text))
def test_what_may_not_be_there_is_found_however_it_is_written(planted: Planted) -> None:
    for part in (DOCUMENT, "word/header1.xml"):
        found = scanned()[1].scan(with_body(said(*planted.text), part), "P1", "employee", "Gap report")
        assert [(finding.sheet, finding.cell, finding.rule.code) for finding in found] == [
            ("Gap report", part, planted.code)
        ]
        assert found[0].is_error
        assert found[0].who == "P1"


@pytest.mark.parametrize("text", HARMLESS)
def test_the_subject_their_manager_and_other_words_are_no_finding(text: str) -> None:
    assert codes(with_body(said(text))) == []


ELSEWHERE = {
    "docProps/custom.xml": '<Properties><property name="x"><vt:lpwstr>Mei Tanaka</vt:lpwstr></property></Properties>',
    "docProps/core.xml": "<p><dc:creator>Mei Tanaka</dc:creator></p>",
    "word/comments.xml": '<w:comments><w:comment w:author="Mei Tanaka"/></w:comments>',
    "word/footnotes.xml": f"<w:footnotes>{said('Mei ', 'Tanaka')}</w:footnotes>",
    "word/_rels/document.xml.rels": '<Relationships><Relationship Target="mailto:p4.office@lanternfield.example"/>'
    "</Relationships>",
    "word/charts/chart1.xml": "<c:chart><c:pt><c:v>Mei Tanaka</c:v></c:pt></c:chart>",
    "customXml/item1.xml": "<?xml version='1.0'?><!-- Mei Tanaka --><item/>",
    "word/media/Mei Tanaka.png": "",
}


@pytest.mark.parametrize("part", ELSEWHERE)
def test_every_part_is_looked_through(part: str) -> None:
    data = changed(report(), part, lambda _: ELSEWHERE[part].encode())
    assert [finding.cell for finding in scanned()[1].scan(data, "P1", "employee")] == [part]


def test_alternative_texts_and_content_controls_are_looked_through() -> None:
    assert codes(with_body('<w:p><w:r><wp:docPr id="9" descr="Photo of Mei Tanaka"/></w:r></w:p>')) == [
        "CS611"
    ]
    assert codes(with_body('<w:sdt><w:sdtPr><w:tag w:val="P4"/></w:sdtPr></w:sdt>')) == ["CS611"]


def test_the_workbook_of_a_chart_is_looked_through() -> None:
    def plant(book: bytes) -> bytes:
        sheet = "xl/worksheets/sheet1.xml"
        return changed(book, sheet, lambda content: content.replace(b"</t>", b" Mei Tanaka</t>", 1))

    data = changed(report(), book_of_the_chart(), plant)
    found = scanned()[1].scan(data, "P1", "employee")
    assert [(finding.cell, finding.rule.code) for finding in found] == [
        (f"{book_of_the_chart()}/xl/worksheets/sheet1.xml", "CS611")
    ]


def test_a_colleague_in_the_evidence_holds_the_document_until_named_in_a_row_of_the_subject() -> None:
    rows = company()
    rows["Scores"][3]["evidence"] = "Led the launch with Mei Tanaka in October."
    assert set(codes_of(rows)) == {"CS611"}
    seen = {"employee_id": "P1", "date": NOW, "behaviour": "Led the launch.", "observer": "P4"}
    assert codes_of({**rows, "Observations": [seen]}) == []
    assert set(codes_of({**rows, "Observations": [{**seen, "employee_id": "P2"}]})) == {"CS611"}


def test_the_approver_may_be_named() -> None:
    rows = company()
    rows["Evaluations"][2]["approver"] = "P4"
    results = results_of(rows)
    assert codes(with_body(said("Mei Tanaka")), scanner=Scanner.of(results)) == []


def test_a_rater_in_peer_input_may_be_named_for_hr_only() -> None:
    peer = {"employee_id": "P1", "cycle": "H2", "competency_id": "COM", "rater": "P4", "rating": 3}
    scanner = Scanner.of(results_of({**company(), "Peer input": [peer]}))
    readers: list[Audience] = ["employee", "manager", "hr"]
    assert [codes(with_body(said("Mei Tanaka")), reader, scanner) for reader in readers] == [
        ["CS611"],
        ["CS611"],
        [],
    ]


def test_a_text_above_the_reader_is_found() -> None:
    reason, comment = "Ratings are far above the examples given.", "Often late with what was promised to us."
    rows = company()
    rows["Evaluations"][2]["return_reason"] = reason
    rows["Peer input"] = [{"employee_id": "P1", "cycle": "H2", "competency_id": "COM", "comment": comment}]
    scanner = Scanner.of(results_of(rows))
    found = {
        reader: [codes(with_body(said(text[:9], text[9:])), reader, scanner) for text in (reason, comment)]
        for reader in ("employee", "manager", "hr")
    }
    assert found == {
        "employee": [["CS612"], ["CS612"]],
        "manager": [[], ["CS612"]],
        "hr": [[], []],
    }


def test_a_text_the_reader_may_see_elsewhere_is_no_secret() -> None:
    rows = company()
    rows["Scores"][3]["evidence"] = rows["Evaluations"][2]["return_reason"] = "Led the launch in October."
    assert codes_of(rows) == []


def test_a_name_of_two_people_holds_the_document() -> None:
    rows = company()
    rows["People"][2]["name"] = "MEI  Tanaka"
    scanner = Scanner.of(results_of(rows))
    found = scanner.scan(with_body(said("Mei Tanaka")), "P1", "employee")
    assert [finding.rule.code for finding in found] == ["CS614"]
    assert "2 people" in found[0].message


def test_two_people_of_one_name_are_told_apart_by_a_longer_name() -> None:
    rows = company()
    rows["People"][3]["name"] = "Chiara Bianchi"
    assert set(codes_of(rows)) == {"CS614"}
    rows["People"][0]["name"] = "Chiara Bianchi (Bologna)"
    assert codes_of(rows) == []


def test_a_name_that_is_a_word_holds_the_document_only_where_it_is_written_like_a_name() -> None:
    rows = company()
    rows["People"][3]["name"] = "Sunny"
    scanner = Scanner.of(results_of(rows))
    assert codes(with_body(said("Sunny days")), scanner=scanner) == ["CS614"]
    assert codes(with_body(said("a sunny day")), scanner=scanner) == []


def test_names_without_spaces_between_words_are_found() -> None:
    rows = company()
    rows["People"][3]["name"] = "田中 美咲"
    scanner = Scanner.of(results_of(rows))
    assert codes(with_body(said("昨日田中美", "咲さんと話した")), scanner=scanner) == ["CS611"]


def test_an_id_that_is_a_short_number_counts_after_the_word_id() -> None:
    rows = company()
    for sheet in rows.values():
        for row in sheet:
            row.update({key: "2026" for key, value in row.items() if value == "P4"})
    scanner = Scanner.of(results_of(rows))
    assert codes(with_body(said("since 2026")), scanner=scanner) == []
    assert codes(with_body(said("Employee ID: 2026")), scanner=scanner) == ["CS611"]


def test_what_cannot_be_looked_through_is_held() -> None:
    assert codes(b"no archive") == ["CS615"]
    assert codes(report()[:-200]) == ["CS615"], "the workbook of the chart alone is no document"
    assert codes(report() + b"Mei Tanaka") == codes(b"Mei Tanaka" + report()) == ["CS615"]
    assert codes(changed(report(), book_of_the_chart(), lambda _: b"PK\3\4 broken")) == ["CS615"]


def test_the_documents_of_the_demo_are_all_safe() -> None:
    results = demo()
    scanner = Scanner.of(results)
    found = [
        str(finding)
        for person in results.evaluated.index
        for finding in scanner.scan(template().render(gap_report(results, person)), person, "employee")
    ]
    assert found == []


def test_braces_that_people_wrote_are_no_tag() -> None:
    rows = company()
    rows["Scores"][3]["evidence"] = "Wrote {{ name }} and {% if %} and {{half in the mail template."
    assert codes_of(rows) == []


def test_no_two_rules_share_a_code() -> None:
    listed = [rule.code for rule in document_rules()]
    assert len(listed) == len(set(listed))
    assert {rule.code for rule in safety_rules()} <= set(listed)
