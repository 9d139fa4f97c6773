"""Where the elements of a small XML part stand, byte by byte, so that single places can be replaced losslessly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ILLEGAL = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF), " ")


class BadXml(ValueError):
    """The part is not well-formed, or declares a document type."""


@dataclass(slots=True)
class Element:
    """One element; `start:inner` is its opening tag, `inner:inner_end` what is in it, `start:end` all of it (bytes).

    `name` is without prefix; `attributes` are as written, with prefix. An empty-element tag has `inner == end`.
    """

    name: str
    attributes: dict[str, str]
    depth: int
    start: int
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def find(self, name: str) -> Element | None:
        """The first child called `name`."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator[Element]:
        """The children called `name`, in order."""
        return (child for child in self.children if child.name == name)

    def attribute(self, name: str, default: str = "") -> str:
        """The attribute `name` whatever its prefix."""
        if name in self.attributes:
            return self.attributes[name]
        return next(
            (value for key, value in self.attributes.items() if key.rpartition(":")[2] == name), default
        )


def parse_outline(data: bytes) -> Element:
    """The root element of `data` with all that is in it.

    Raises:
        BadXml: not well-formed, or with a document type declaration.
    """
    parser = secure_parser()
    builder = _Builder(data, parser)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadXml(str(error)) from error
    if builder.root is None:
        raise BadXml("no element")
    return builder.root


def secure_parser() -> expat.XMLParserType:
    """An XML parser that refuses any document type declaration, and with it every entity of a file's own."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def splice(data: bytes, replacements: Iterable[tuple[int, int, bytes]]) -> bytes:
    """`data` with each `start:end` replaced by the bytes given; places must not overlap."""
    pieces: list[bytes] = []
    position = 0
    for start, end, new in sorted(replacements, key=lambda replacement: replacement[:2]):
        pieces += [data[position:start], new]
        position = end
    return b"".join([*pieces, data[position:]])


def clean_text(text: str) -> str:
    """`text` without the characters XML cannot hold, each replaced by a space."""
    if text.isprintable():
        return text
    return text.translate(_ILLEGAL).encode("utf-8", "replace").decode("utf-8")


def escape_text(text: str) -> str:
    """`text` as element content."""
    return escape(clean_text(text))


def quote_attribute(text: str) -> str:
    """`text` as an attribute value, quotation marks included."""
    return quoteattr(clean_text(text))


def set_attribute(data: bytes, element: Element, name: str, value: str) -> tuple[int, int, bytes]:
    """The replacement that gives `element` of `data` the attribute `name`, whether it had it or not."""
    attributes = {**element.attributes, name: value}
    tag = data[element.start : element.inner]
    written = tag[1:].split(None, 1)[0].rstrip(b"/>").decode()
    body = "".join(f" {key}={quote_attribute(text)}" for key, text in attributes.items())
    closing = "/>" if tag.rstrip().endswith(b"/>") else ">"
    return element.start, element.inner, f"<{written}{body}{closing}".encode()


class _Builder:
    """Collects elements while expat reads; expat gives the place where each event starts."""

    def __init__(self, data: bytes, parser: expat.XMLParserType) -> None:
        self.data = data
        self.parser = parser
        self.root: Element | None = None
        self.open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        begin = self.parser.CurrentByteIndex
        element = Element(
            name.rpartition(":")[2], attributes, len(self.open), begin, _end_of_tag(self.data, begin)
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _name: str) -> None:
        element = self.open.pop()
        at = self.parser.CurrentByteIndex
        if self.data[element.start : element.inner].endswith(b"/>"):
            element.inner_end = element.end = element.inner
        else:
            element.inner_end, element.end = at, self.data.find(b">", at) + 1

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text


def _end_of_tag(data: bytes, start: int) -> int:
    """The place after the tag that starts at `start`; a `>` within quotation marks does not end it."""
    match = _TAG.match(data, start)
    if match is None:
        raise BadXml("a tag without end")
    return match.end()


def _refuse_document_type(*_: object) -> None:
    raise BadXml("document type declaration")
