"""The paper and language HR chose, put into a template's parts.

The width of the text stays as the template has it, so that tables, charts and tabs fit on any paper: the margins give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .package import DOCUMENT

# Width and height in twentieths of a point.
SIZES = {"A4": (11906, 16838), "Letter": (12240, 15840)}
_SECTION = re.compile(rb"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_LANGUAGE = re.compile(rb'(<w:(?:lang|themeFontLang)\b[^>]*?w:val=")[^"]*(")')
_WITH_LANGUAGE = ("word/styles.xml", "word/settings.xml")


def on_paper(
    names: Sequence[str], contents: Sequence[bytes], paper: str, language: str, *, one_section: bool = False
) -> list[bytes]:
    """`contents` of the parts called `names`, on `paper` ("A4", "Letter", "" as it is) and in `language` ("" as it is).

    `one_section` says that the body is known to have one section, which stands at its end; it is found sooner.
    """
    return [
        _part(name, content, paper, language, one_section)
        for name, content in zip(names, contents, strict=True)
    ]


def has_one_section(body: bytes) -> bool:
    """Whether documents made from the body of this template have one section."""
    return body.count(b"<w:sectPr") == 1


def _part(name: str, content: bytes, paper: str, language: str, one_section: bool) -> bytes:
    if name == DOCUMENT and paper in SIZES:
        start = max(content.rfind(b"<w:sectPr"), 0) if one_section else 0
        resized = _SECTION.sub(lambda section: _resized(section[0], *SIZES[paper]), content[start:])
        return content[:start] + resized
    if name in _WITH_LANGUAGE and language:
        return _LANGUAGE.sub(rb"\g<1>" + language.encode() + rb"\2", content)
    return content


@lru_cache(maxsize=64)
def _resized(section: bytes, width: int, height: int) -> bytes:
    """The section on the other paper, upright or lying as before."""
    size = re.search(rb"<w:pgSz\b[^>]*>", section)
    if size is None:
        return section
    before = _number(size[0], b"w"), _number(size[0], b"h")
    if before[0] > before[1]:
        width, height = height, width
    change = (width - before[0]) // 2
    section = _with(section, rb"<w:pgSz\b[^>]*>", {b"w": width, b"h": height})
    margins = re.search(rb"<w:pgMar\b[^>]*>", section)
    if margins is None:
        return section
    sides = {side: _number(margins[0], side) + change for side in (b"left", b"right")}
    return _with(section, rb"<w:pgMar\b[^>]*>", sides)


def _number(tag: bytes, attribute: bytes) -> int:
    found = re.search(rb"\bw:" + attribute + rb'="(\d+)"', tag)
    return int(found[1]) if found else 0


def _with(section: bytes, tag: bytes, values: dict[bytes, int]) -> bytes:
    """`section` with other values in the attributes of its first `tag`."""

    def changed(found: re.Match[bytes]) -> bytes:
        text = found[0]
        for attribute, value in values.items():
            text = re.sub(rb"(\bw:" + attribute + rb'=")\d+', rb"\g<1>" + str(value).encode(), text)
        return text

    return re.sub(tag, changed, section, count=1)
