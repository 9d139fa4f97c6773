"""The tags of a template, each with the place where HR finds it in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from .compiling import text_parts
from .package import DOCUMENT, parsed
from .properties import CORE

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{.*|\{%.*|\{#.*", re.DOTALL)
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: its text with its braces, the part it is in, and its place in words."""

    text: str
    part: str
    place: str

    @property
    def shown(self) -> str:
        """The tag, shortened for a sentence."""
        return self.text if len(self.text) <= _LONGEST_SHOWN else f"{self.text[: _LONGEST_SHOWN - 1]}…"

    @property
    def is_closed(self) -> bool:
        """Whether it ends with the braces it began with."""
        return len(self.text) > 3 and self.text.endswith({"{{": "}}", "{%": "%}", "{#": "#}"}[self.text[:2]])

    @property
    def inside(self) -> str:
        """What stands between the braces, without docxtpl's marks for paragraphs, rows, cells and runs."""
        return re.sub(r"^(p|tr|tc|r)\s", "", self.text[2:-2].strip("-").strip()).strip()


def tags_of(name: str, parts: Mapping[str, bytes]) -> Iterator[list[Tag]]:
    """The tags of each part of the template called `name`, in the order of the text."""
    for part in text_parts(parts):
        root = parsed(name, part, parts[part])
        yield list(_core_tags(root) if part == CORE else _word_tags(root, part))


def _core_tags(root: etree._Element) -> Iterator[Tag]:
    for element in root:
        yield from tags_in(
            element.text or "", CORE, f"the document properties, {etree.QName(element).localname}"
        )


def _word_tags(root: etree._Element, part: str) -> Iterator[Tag]:
    heading, tables = "", {table: place for place, table in enumerate(root.iter(f"{{{_W}}}tbl"), start=1)}
    for number, paragraph in enumerate(root.iter(f"{{{_W}}}p"), start=1):
        text = _text_of(paragraph)
        if _is_heading(paragraph):
            heading = _TAG.sub("…", text).strip() or heading
        place = _place(paragraph, part, heading, number, tables)
        yield from tags_in(text, part, place)
        for drawing in paragraph.iter(f"{{{_WP}}}docPr"):
            yield from tags_in(drawing.get("descr") or "", part, f"{place}, alternative text")


def tags_in(text: str, part: str, place: str) -> Iterator[Tag]:
    """The tags in `text`, which stands at `place` of `part`."""
    for match in _TAG.finditer(text):
        yield Tag(
            match[0].replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'"), part, place
        )


def _text_of(paragraph: etree._Element) -> str:
    """Its own text, not that of text boxes inside it."""
    return "".join(
        piece.text or ""
        for piece in paragraph.iter(f"{{{_W}}}t")
        if next(piece.iterancestors(f"{{{_W}}}p")) is paragraph
    )


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
    return style is not None and (style.get(f"{{{_W}}}val") or "").startswith(("Heading", "Title"))


def _place(
    paragraph: etree._Element, part: str, heading: str, number: int, tables: Mapping[etree._Element, int]
) -> str:
    words = [_part_in_words(part)]
    if heading:
        words.append(f'under "{heading}"')
    row = next(paragraph.iterancestors(f"{{{_W}}}tr"), None)
    if row is None:
        words.append(f"paragraph {number}")
    else:
        table = next(row.iterancestors(f"{{{_W}}}tbl"))
        place = list(table.iter(f"{{{_W}}}tr")).index(row) + 1
        words.append(f"table {tables[table]}, row {place}")
    return ", ".join(words)


def _part_in_words(part: str) -> str:
    if part == DOCUMENT:
        return "the body"
    kind = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return f"the {kind}"
