"""Finished documents, part by part, as they were looked at and found good.

`CAREERSHEETS_GOLDEN_UPDATE=1` writes them anew; nothing else changes them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from lxml import etree

from tests.documents.reports import contexts, template
from tests.documents.small_templates import parts_of

pytestmark = pytest.mark.requirement("X4")

GOLDEN = Path(__file__).parents[1] / "golden" / "gap_report"
# The other parts are the template's own, which scripts/build_doc_templates.py --check holds.
MADE = ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/styles.xml", "docProps/core.xml")
_DATE = re.compile(r"20\d\d-\d\d-\d\d(T[\d:]+Z)?")


def indented(part: bytes) -> str:
    """The XML of a part, one element a line, dates of today left out."""
    root = etree.fromstring(part, etree.XMLParser(remove_blank_text=True))
    return _DATE.sub("DATE", etree.tostring(root, pretty_print=True, encoding="unicode"))


@pytest.mark.parametrize("person", ["P2", "S1"])
def test_a_document_is_as_it_was_part_by_part(person: str) -> None:
    parts = {
        name: indented(data)
        for name, data in parts_of(template().render(contexts()[person])).items()
        if name in MADE or name.startswith("word/charts/chart")
    }
    folder = GOLDEN / person
    if os.environ.get("CAREERSHEETS_GOLDEN_UPDATE") == "1":
        for name, text in parts.items():
            path = folder / name.replace("/", "__")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    golden = {path.name.replace("__", "/"): path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert set(parts) == set(golden)
    for name, text in parts.items():
        assert text == golden[name], name
