"""Who made a document and when, in its properties: never who made its template, nor when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from .package import parsed

CORE = "docProps/core.xml"
APP = "docProps/app.xml"
# What the two parts below are given for each document.
CREATOR, DAY = "_creator", "_day"
_NOBODY = "careersheets"

_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OF_THE_TEMPLATE = {
    CORE: ("creator", "lastModifiedBy", "created", "modified", "lastPrinted", "revision"),
    APP: ("Manager", "Template", "TotalTime"),
}


def with_own_properties(xml: str) -> str:
    """The template of the part CORE: it says who made the document, and when if that is known."""
    root = etree.fromstring(xml)
    _leave_out(root, CORE)
    own = f'<dc:creator xmlns:dc="{_DC}">{{{{ {CREATOR} }}}}</dc:creator>{{% if {DAY} %}}'
    for time in ("created", "modified"):
        own += (
            f'<dcterms:{time} xmlns:dcterms="{_TERMS}" xmlns:xsi="{_XSI}" xsi:type="dcterms:W3CDTF">'
            f"{{{{ {DAY} }}}}T00:00:00Z</dcterms:{time}>"
        )
    root.append(etree.Comment("own"))
    return etree.tostring(root, encoding="unicode").replace("<!--own-->", own + "{% endif %}")


def own_properties(context: Mapping[str, Any]) -> dict[str, str]:
    """What `with_own_properties` asks for: the organisation, and `document.today` as 2027-03-31."""
    organisation, document = context.get("organisation"), context.get("document", {})
    return {CREATOR: str(organisation or _NOBODY), DAY: str(document.get("today") or "")}


def without_authors(name: str, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """`parts` of the template called `name` without what the part APP says about its author."""
    if APP not in parts:
        return dict(parts)
    root = parsed(name, APP, parts[APP])
    _leave_out(root, APP)
    return {**parts, APP: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}


def _leave_out(root: etree._Element, part: str) -> None:
    for element in list(root):
        if etree.QName(element).localname in _OF_THE_TEMPLATE[part]:
            root.remove(element)
