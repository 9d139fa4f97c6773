"""The compiled engine says what docxtpl says, byte by byte, and nobody's document holds another's values."""

from __future__ import annotations

import random
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from careersheets.documents.template import load_template
from tests.documents.reports import contexts, template
from tests.documents.small_templates import parts_of, small_template

WORDS = [
    "Zoë",
    "R&D",
    "<lead>",
    "naïve",
    "أهلا",
    "田中",
    "Żak",
    "plain",
    "words",
    "in",
    "between",
    "x<y",
    "100%",
]
RECORDS = 200
_CANARY = re.compile(rb"canary-\d{4}-")
_PAPER = re.compile(rb"<w:pgSz[^>]*>|<w:pgMar[^>]*>")
_SHADED_FIRST = re.compile(rb"(<w:shd [^>]*/>)(<w:tcW [^>]*/>)")
_EMPTY = re.compile(rb"(<w:t(?: [^>]*)?)></w:t>")


def varied(context: Any, chance: random.Random) -> Any:
    """`context` with other words in every text, lists of other lengths."""
    if isinstance(context, dict):
        return {key: value if key in ("document", "tint", "shape") else varied(value, chance) for key, value in context.items()}  # fmt: skip
    if isinstance(context, list) and context and isinstance(context[0], dict | str):
        return [varied(chance.choice(context), chance) for _ in range(chance.randint(1, len(context) + 2))]
    if isinstance(context, str) and context:
        return f"{context} {' '.join(chance.choices(WORDS, k=3))}"
    return context


@pytest.mark.requirement("X4")
def test_two_hundred_records_give_the_parts_docxtpl_gives() -> None:
    given = list(contexts().values())
    for number in range(RECORDS):
        chance = random.Random(number)  # noqa: S311
        context = deepcopy(chance.choice(given))
        context = {**varied(context, chance), "charts": context["charts"], "document": context["document"]}
        ours, theirs = parts_of(template().render(context)), parts_of(template().by_docxtpl(context))
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            assert _plain(ours[part]) == _plain(theirs[part]), f"record {number}, {part}"


@pytest.mark.requirement("X7")
def test_a_thousand_documents_hold_each_only_its_own_values() -> None:
    context = contexts()["S1"]
    for number in range(1000):
        mark = f"canary-{number:04d}-"
        document = template().render(_marked(context, mark))
        for name, data in parts_of(document).items():
            found = set(_CANARY.findall(data))
            assert found <= {mark.encode()}, name


def test_tags_only_docxtpl_knows_are_left_to_it(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("{%tc for a in rows %}", "{{ a }}", "{%tc endfor %}"))  # fmt: skip
    table = (
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl><w:p/>"
    )
    made = load_template(small_template(tmp_path / "t.docx", table)).render({"rows": ["one", "two"]})
    body = parts_of(made)["word/document.xml"]
    assert body.count(b"<w:gridCol") == 2
    assert b"one" in body
    assert b"two" in body


def _marked(value: Any, mark: str) -> Any:
    if isinstance(value, dict):
        return {
            key: part if key in ("document", "tint", "shape") else _marked(part, mark)
            for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(_marked(part, mark) for part in value)
    return f"{mark}{value}" if isinstance(value, str) and value else value


def _plain(part: bytes) -> bytes:
    """A part in which docxtpl's known faults are mended: shading stands before the width, paper is the template's.

    A text that is empty is written one way.
    """
    body = part.split(b"?>", 1)[1].lstrip() if part.startswith(b"<?xml") else part
    body = _SHADED_FIRST.sub(rb"\2\1", _PAPER.sub(b"", body))
    return _EMPTY.sub(rb"\1/>", body)
