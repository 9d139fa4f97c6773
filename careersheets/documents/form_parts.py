"""The parts of a form as XML: its content controls, and the custom properties of the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from .form_faults import DamagedForm
from .package import DOCUMENT
from .text import in_attribute, legal

BOOKMARK = "cs_"
PROPERTIES = "docProps/custom.xml"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ORG = "http://schemas.openxmlformats.org"
_W = f"{{{_ORG}/wordprocessingml/2006/main}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CUSTOM = f"{_ORG}/officeDocument/2006/custom-properties"
_VALUES = f"{_ORG}/officeDocument/2006/docPropsVTypes"
_CUSTOM_RELATION = f"{_ORG}/officeDocument/2006/relationships/custom-properties"
_CUSTOM_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATIONS, _TYPES = f"{_ORG}/package/2006/relationships", f"{_ORG}/package/2006/content-types"
# The one id that the standard has for properties a user may name.
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

# What a form holds at most; a file made to keep its reader busy holds more.
_MOST_BOOKMARKS = 1000
_LONGEST_SPAN = 50_000

_WITH_FIELDS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_SPOKEN = {
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_NOT_SAID = (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr", f"{_MC}Fallback")


@dataclass(frozen=True, slots=True)
class Control:
    """One field as it stands in the file.

    `empty` says that it shows its placeholder; `ticked` is None for what is no box to tick; `day` is the date Word
    keeps beside the text, "" for none.
    """

    text: str
    empty: bool = False
    ticked: bool | None = None
    day: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Controls:
    """The fields of a document, by each thing they can be known by."""

    by_tag: dict[str, list[Control]] = field(default_factory=lambda: defaultdict(list))
    by_bookmark: dict[str, list[Control]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, list[Control]] = field(default_factory=lambda: defaultdict(list))


def controls_of(name: str, parts: Mapping[str, bytes], wanted: Collection[str] = ()) -> Controls:
    """The content controls of the document called `name`, and what our bookmarks enclose.

    Bookmarks are not looked for where each of the tags `wanted` is there, as in every form that Word saved.

    Raises:
        DamagedForm: a part is not well-formed.
    """
    found = Controls()
    names = sorted(filter(_WITH_FIELDS.fullmatch, parts), key=lambda part: part != DOCUMENT)
    roots = [_root(name, part, parts[part]) for part in names]
    for root in roots:
        for element in root.iter(f"{_W}sdt"):
            _file(found, element)
    if not wanted or not found.by_tag.keys() >= set(wanted):
        for root in roots:
            for tag, control in _bookmarked(root):
                found.by_bookmark[tag].append(control)
    return found


def properties_of(name: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """The custom properties of the document called `name`, by their name.

    Raises:
        DamagedForm: their part is not well-formed.
    """
    if PROPERTIES not in parts:
        return {}
    root = _root(name, PROPERTIES, parts[PROPERTIES])
    return {
        one.get("name") or "": "".join(str(text) for text in one.itertext())
        for one in root.iter(f"{{{_CUSTOM}}}property")
    }


class PropertiesPart:
    """The custom properties of a document, of which only those whose name begins with `prefix` change.

    `parts` are the document's, with the part of the properties wired in.

    Raises:
        DamagedForm: a part that is to be changed is not well-formed.
    """

    def __init__(self, name: str, parts: Mapping[str, bytes], prefix: str) -> None:
        empty = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'.encode()
        root = _root(name, PROPERTIES, parts.get(PROPERTIES, empty))
        for old in list(root):
            if (old.get("name") or "").startswith(prefix):
                root.remove(old)
        # Numbers below 2 belong to the standard.
        self._first = max([1, *(int(old.get("pid") or 1) for old in root)]) + 1
        kept = "".join(etree.tostring(one, encoding="unicode") for one in root)
        self._head = f'{_DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{kept}'
        self.parts: dict[str, bytes] = {
            **parts,
            "[Content_Types].xml": _with_type(name, parts),
            "_rels/.rels": _with_relation(name, parts),
            PROPERTIES: self.filled({}),
        }

    def filled(self, properties: Mapping[str, str]) -> bytes:
        """The part with `properties` in place of those it had under the prefix."""
        lines = "".join(
            f'<property fmtid="{_USER_DEFINED}" pid="{place}" name="{in_attribute(key)}"><vt:lpwstr>{_text_xml(text)}'
            "</vt:lpwstr></property>"
            for place, (key, text) in enumerate(properties.items(), start=self._first)
        )
        return f"{self._head}{lines}</Properties>".encode()


def _text_xml(text: str) -> str:
    return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _root(name: str, part: str, content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedForm(name, part) from error


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_type(name: str, parts: Mapping[str, bytes]) -> bytes:
    root = _root(name, "[Content_Types].xml", parts.get("[Content_Types].xml", b""))
    if all(one.get("PartName") != f"/{PROPERTIES}" for one in root):
        etree.SubElement(
            root, f"{{{_TYPES}}}Override", PartName=f"/{PROPERTIES}", ContentType=_CUSTOM_CONTENT
        )
    return _bytes(root)


def _with_relation(name: str, parts: Mapping[str, bytes]) -> bytes:
    root = _root(name, "_rels/.rels", parts.get("_rels/.rels", b""))
    if all(one.get("Type") != _CUSTOM_RELATION for one in root):
        relation = {"Id": "rIdCareersheets", "Type": _CUSTOM_RELATION, "Target": PROPERTIES}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", relation)
    return _bytes(root)


def _file(found: Controls, element: etree._Element) -> None:
    """Put a content control where its tag and its title lead to it."""
    control = _control(element)
    for shelf, what in ((found.by_tag, "tag"), (found.by_title, "alias")):
        known_by = element.find(f"{_W}sdtPr/{_W}{what}")
        if known_by is not None:
            shelf[known_by.get(f"{_W}val") or ""].append(control)


def _control(element: etree._Element) -> Control:
    content = element.find(f"{_W}sdtContent")
    text = _text(content.iter("*")) if content is not None else ""
    properties = element.find(f"{_W}sdtPr")
    if properties is None:
        return Control(text)
    box = properties.find(f"{_W14}checkbox")
    checked = box.find(f"{_W14}checked") if box is not None else None
    day = properties.find(f"{_W}date")
    return Control(
        text,
        properties.find(f"{_W}showingPlcHdr") is not None,
        None if box is None else checked is not None and checked.get(f"{_W14}val") in ("1", "true", "on"),
        (day.get(f"{_W}fullDate") or "")[:10] if day is not None else "",
        tuple(
            item.get(f"{_W}displayText") or item.get(f"{_W}value") or ""
            for item in properties.iterfind(f"{_W}dropDownList/{_W}listItem")
        ),
    )


def _bookmarked(root: etree._Element) -> Iterator[tuple[str, Control]]:
    """The name of each of our bookmarks without its prefix, and what it leads to."""
    elements = list(root.iter("*"))
    ends: dict[str | None, list[int]] = defaultdict(list)
    for place, element in enumerate(elements):
        if element.tag == f"{_W}bookmarkEnd":
            ends[element.get(f"{_W}id")].append(place)
    starts = (place for place, element in enumerate(elements) if _is_ours(element))
    for place in islice(starts, _MOST_BOOKMARKS):
        start = elements[place]
        later = ends[start.get(f"{_W}id")]
        following = bisect_right(later, place)
        end = later[following] if following < len(later) else place
        span = elements[place + 1 : end] if end - place <= _LONGEST_SPAN else []
        yield (start.get(f"{_W}name") or "").removeprefix(BOOKMARK), _enclosed(start, span)


def _enclosed(start: etree._Element, span: list[etree._Element]) -> Control:
    """The control a bookmark stands around, or in, as LibreOffice moves it; else the text it encloses."""
    inside = next((element for element in span if element.tag == f"{_W}sdt"), None)
    around = next(start.iterancestors(f"{_W}sdt"), None)
    if inside is not None:
        return _control(inside)
    if around is not None and len(list(islice(filter(_is_ours, around.iter("*")), 2))) == 1:
        return _control(around)
    return Control(_text(span))


def _is_ours(element: etree._Element) -> bool:
    return element.tag == f"{_W}bookmarkStart" and (element.get(f"{_W}name") or "").startswith(BOOKMARK)


def _text(elements: Iterable[etree._Element]) -> str:
    """The text as somebody reads it: a line for each paragraph, without what is marked as deleted."""
    said: list[str] = []
    begun = False
    for element in elements:
        if element.tag == f"{_W}p":
            said += ["\n"] if begun or said else []
            begun = True
        elif (element.tag == f"{_W}t" or element.tag in _SPOKEN) and _is_said(element):
            said.append(_SPOKEN.get(str(element.tag), element.text or ""))
    return "".join(said)


def _is_said(element: etree._Element) -> bool:
    return not any(ancestor.tag in _NOT_SAID for ancestor in element.iterancestors())
