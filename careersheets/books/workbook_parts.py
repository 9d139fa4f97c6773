"""The few parts that every write may touch besides sheets: the workbook part, content types, relationships, calc chain."""

from __future__ import annotations

from collections.abc import Iterable

from .package import Package
from .workbook_index import read_relationships_of, relationships_part
from .xml_outline import Element, parse_outline, set_attribute, splice

_CONTENT_TYPES = "[Content_Types].xml"
# What may follow calcPr in the workbook part, so that it is put before.
_AFTER_CALCULATION = frozenset(
    """oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects
    extLst""".split()
)


def recalculate_on_opening(package: Package) -> None:
    """Make Excel and LibreOffice compute every formula when the workbook is opened next."""
    part = package.index.part
    content = package.read(part)
    root = parse_outline(content)
    found = root.find("calcPr")
    if found is not None:
        replacement = set_attribute(content, found, "fullCalcOnLoad", "1")
    else:
        place = next((child.start for child in root.children if child.name in _AFTER_CALCULATION), root.inner_end)
        prefix = _prefix(content, root)
        replacement = place, place, f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    package.replace(part, splice(content, [replacement]))


def drop_calculation_chain(package: Package) -> None:
    """Take out the list of formula cells, which would name cells that hold none any more. Excel makes a new one."""
    workbook = package.index.part
    for line in read_relationships_of(package.read, package.name_of, workbook):
        if line.kind == "calcChain" and package.name_of(line.target):
            package.remove(line.target)
            _remove_children(package, relationships_part(workbook), "Id", line.id)
            _remove_children(package, _CONTENT_TYPES, "PartName", "/" + line.target)


def uses_1904(package: Package) -> bool:
    """Whether the workbook counts days from 1904, as old Macs did."""
    properties = parse_outline(package.read(package.index.part)).find("workbookPr")
    return properties is not None and properties.attributes.get("date1904", "0") in ("1", "true")


def _remove_children(package: Package, part: str, attribute: str, value: str) -> None:
    name = package.name_of(part)
    if name is None:
        return
    content = package.read(name)
    root = parse_outline(content)
    leaving: Iterable[Element] = (
        child for child in root.children if child.attribute(attribute).lower() == value.lower()
    )
    package.replace(name, splice(content, [(child.start, child.end, b"") for child in leaving]))


def _prefix(content: bytes, root: Element) -> str:
    """The prefix of the root element as written, with its colon."""
    name = content[root.start + 1 : root.inner].split(None, 1)[0].rstrip(b"/>").decode()
    return name[: -len(root.name)]
