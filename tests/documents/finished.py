"""Finished documents of any kind, as a run makes them: their bytes, their lines, and why they would be held."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lxml import etree

from careersheets.analysis.results import Results
from careersheets.documents.kind import Kind
from careersheets.documents.kinds import KINDS
from careersheets.documents.making import Prepared, make, prepare
from careersheets.documents.safety import Scanner
from tests.documents.small_templates import parts_of

TEMPLATES = Path(__file__).parents[2] / "doc_templates"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def kind_of(key: str) -> Kind:
    return next(kind for kind in KINDS if kind.key == key)


@cache
def _prepared(key: str) -> Prepared:
    return prepare(kind_of(key), [TEMPLATES])


def document(key: str, results: Results, person: str) -> bytes:
    return make(kind_of(key), _prepared(key), results, person)


def lines_of(data: bytes) -> list[str]:
    """The text of each paragraph of the body that has one."""
    root = etree.fromstring(parts_of(data)["word/document.xml"])
    lines = (
        "".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in root.iter(f"{_W}p")
    )
    return [line.strip() for line in lines if line.strip()]


def unsafe(key: str, results: Results, people: Iterable[str]) -> list[str]:
    """Why the documents about `people` would be held."""
    scanner = Scanner.of(results)
    found = (scanner.scan_document(document(key, results, person), kind_of(key), person) for person in people)
    return [str(finding) for findings in found for finding in findings]
