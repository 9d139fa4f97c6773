"""A template's parts made ready: docxtpl's own preparation once, then only text to be joined for each document."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from docxtpl import DocxTemplate
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from .package import DOCUMENT, parsed
from .properties import CORE, with_own_properties
from .sandbox import Sandbox, make_it_pay, refuse_dangers

_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PIECE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|(</?w:t(?=[ >])|[<>])", re.DOTALL)
# Tags whose values are whole pieces of Word (pictures, other documents, rich text), or that change a table's columns.
# Fields of forms are the one kind of rich text that stays here.
_LEFT_TO_DOCXTPL = re.compile(r"\{\{\s*(?:p\s|r\s(?!\s*form))|\{%-?\s*tc\s|\{%\s*(colspan|hm)\b")
_CELL = re.compile(r"(<w:tcPr(?:\s[^>]*)?>)(.*?)</w:tcPr>", re.DOTALL)
_CHILD = re.compile(r"<w:(\w+)(?:\s[^>]*)?/>|<w:(\w+)(?:\s[^>]*)?>.*?</w:\2>", re.DOTALL)
_CELL_ORDER = [
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
]
_FIELD = re.compile(r"\{\{r\s+form")
NEXT_ID = "_next_id"


class BadPart(Exception):
    """A part that jinja cannot follow: which, and why."""

    def __init__(self, part: str, error: TemplateSyntaxError) -> None:
        super().__init__(error.message or "a tag cannot be read")
        self.part = part


@dataclass(frozen=True, slots=True)
class Compiled:
    """The parts with tags as jinja templates, by name; whether docxtpl itself has to render them; whether it is a form."""

    templates: Mapping[str, JinjaTemplate]
    by_docxtpl: bool
    has_fields: bool


def text_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The names of the parts in which tags are followed."""
    found = [part for part in parts if _TEXT_PARTS.fullmatch(part)]
    return sorted(found, key=lambda part: (part != DOCUMENT, part)) + ([CORE] if CORE in parts else [])


def compile_parts(name: str, parts: Mapping[str, bytes], sandbox: Sandbox) -> Compiled:
    """Make the parts of the template called `name` ready.

    Raises:
        BadPart: a tag cannot be read, or asks for what a template may not do.
        TemplateRefused: a part is damaged.
    """
    prepared = {part: _prepared(name, part, parts[part]) for part in text_parts(parts)}
    templates, by_docxtpl, has_fields = {}, False, False
    for part, source in prepared.items():
        if part != CORE and not _JINJA.search(source):
            continue
        try:
            refuse_dangers(sandbox.parse(source))
            templates[part] = _template(sandbox, _with_internals(part, source))
        except TemplateSyntaxError as error:
            raise BadPart(part, error) from error
        text = raw_text(parts[part])
        by_docxtpl |= _LEFT_TO_DOCXTPL.search(text) is not None
        has_fields |= _FIELD.search(text) is not None
    return Compiled(templates, by_docxtpl, has_fields)


def raw_text(content: bytes) -> str:
    """A part's text alone, tags of Word left out, so that tags split over runs are whole."""
    return re.sub(r"<[^>]+>", "", content.decode("utf-8", "replace"))


def _prepared(name: str, part: str, content: bytes) -> str:
    """The part's XML as jinja can read it."""
    root = parsed(name, part, content)
    xml = etree.tostring(root, encoding="unicode")
    return xml if part == CORE else str(DocxTemplate(io.BytesIO()).patch_xml(xml))


def _template(sandbox: Sandbox, source: str) -> JinjaTemplate:
    code = sandbox.compile(make_it_pay(sandbox.parse(source)))
    return JinjaTemplate.from_code(sandbox, code, dict(sandbox.globals))


def _with_internals(part: str, xml: str) -> str:
    """`xml` with values in attributes told apart from values in paragraphs, and drawings numbered as they come."""
    if part == CORE:
        xml = with_own_properties(xml)
        return _DECLARATION + re.sub(r"\{\{(.*?)\}\}", r"{{ (\1)|_attribute }}", xml, flags=re.DOTALL)
    xml = re.sub(r'(<wp:docPr [^>]*?\bid=")[^"]*(")', rf"\1{{{{ {NEXT_ID}() }}}}\2", xml)
    return _DECLARATION + _places_apart(_CELL.sub(_in_order, xml))


def _places_apart(xml: str) -> str:
    """Values within a tag of Word are attributes, those between its texts are fields of forms."""
    in_tag = in_text = False

    def mark(piece: re.Match[str]) -> str:
        nonlocal in_tag, in_text
        if piece[2]:
            in_tag = piece[2] != ">"
            if piece[2] not in "<>":
                in_text = piece[2] == "<w:t"
            return piece[0]
        if not piece[0].startswith("{{"):
            return piece[0]
        expression = piece[0][2:-2].strip("-")
        if in_tag:
            return f"{{{{ ({expression})|_attribute }}}}"
        if not in_text and expression.lstrip().startswith("form"):
            return f"{{{{ ({expression})|_inline }}}}"
        return piece[0]

    return _PIECE.sub(mark, xml)


def _in_order(cell: re.Match[str]) -> str:
    """A cell's properties in the order the schema asks for; docxtpl puts shading and spans first."""
    children = [(child[1] or child[2], child[0]) for child in _CHILD.finditer(cell[2])]
    if "".join(text for _, text in children) != cell[2] or any(tag not in _CELL_ORDER for tag, _ in children):
        return cell[0]
    children.sort(key=lambda child: _CELL_ORDER.index(child[0]))
    return f"{cell[1]}{''.join(text for _, text in children)}</w:tcPr>"
