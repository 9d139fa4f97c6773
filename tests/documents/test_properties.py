"""A document's properties say who made it and when, whoever made the template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from careersheets.documents.template import Template
from tests.documents.reports import contexts, template
from tests.documents.small_templates import parts_of, small_template
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

pytestmark = pytest.mark.requirement("X4")

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{{ document.title }}</dc:title><dc:creator>Mireille Dubois</dc:creator><cp:keywords>career</cp:keywords>"
    "<cp:lastModifiedBy>Oyelaran Adé</cp:lastModifiedBy><cp:revision>412</cp:revision>"
    '<cp:lastPrinted>2019-05-06T07:08:09Z</cp:lastPrinted><dcterms:created xsi:type="dcterms:W3CDTF">2019-01-02T03:04:05Z'
    '</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2024-01-02T03:04:05Z</dcterms:modified></cp:coreProperties>'
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>Mireille.dotx'
    "</Template><TotalTime>900</TotalTime><Application>Word</Application><Manager>Oyelaran Adé</Manager></Properties>"
)


def properties(document: bytes) -> dict[str, str]:
    root = etree.fromstring(parts_of(document)["docProps/core.xml"])
    return {etree.QName(element).localname: element.text or "" for element in root}


def made(tmp_path: Path, core: str, context: Mapping[str, object]) -> bytes:
    parts = parts_of(small_template(tmp_path / "t.docx", "{{ said }}").read_bytes())
    parts |= {"docProps/core.xml": core.encode(), "docProps/app.xml": APP.encode()}
    return Template("t.docx", parts).render({"said": "x", **context})


def test_the_author_and_the_days_of_the_template_stay_behind(tmp_path: Path) -> None:
    context = {"organisation": "Rødgrød & Fløde", "document": {"title": "T <1>", "today": "2027-03-31"}}
    document = made(tmp_path, CORE, context)
    assert properties(document) == {
        "title": "T <1>",
        "keywords": "career",
        "creator": "Rødgrød & Fløde",
        "created": "2027-03-31T00:00:00Z",
        "modified": "2027-03-31T00:00:00Z",
    }
    for content in parts_of(document).values():
        for name in ("Mireille", "Oyelaran"):
            assert name.encode() not in content


def test_a_template_whose_properties_hold_no_tag_is_treated_the_same(tmp_path: Path) -> None:
    told = properties(made(tmp_path, CORE.replace("{{ document.title }}", "Form"), {"document": {}}))
    assert told == {"title": "Form", "keywords": "career", "creator": "careersheets"}


def test_our_own_documents_say_the_day_they_were_made_and_are_valid(tmp_path: Path) -> None:
    context = contexts()["P1"]
    path = tmp_path / "P1.docx"
    path.write_bytes(template().render(context))
    told = properties(path.read_bytes())
    assert told["creator"] == "Rødgrød & Fløde <A/S>"
    assert told["created"] == told["modified"] == f"{context['document']['today']}T00:00:00Z"
    assert told["title"].startswith("Gap report – Chiara Bianchi & Sons")
    assert own_complaints(path.read_bytes()) == []
    assert audit_complaints(path) == []
    assert sdk_complaints([path]) == {"P1.docx": []}
