"""The few parts that every write may touch besides sheets: the workbook part, content types, relationships, calc chain."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .workbook_index import read_relationships_of, relationships_part
from .xml_outline import Element, parse_outline, quote_attribute, set_attribute, splice

_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_LINK = f"{_OFFICE_LINKS}/worksheet"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_EMPTY_SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData/></worksheet>'
)
# What may follow calcPr in the workbook part, so that it is put before.
_AFTER_CALCULATION = frozenset(
    {
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    }
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
        place = next(
            (child.start for child in root.children if child.name in _AFTER_CALCULATION), root.inner_end
        )
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


def add_sheet_part(package: Package, sheet: str, *, hidden: bool = False) -> str:
    """Add an empty sheet as the last tab; its part."""
    workbook = package.index.part
    folder = workbook.rpartition("/")[0]
    numbers = itertools.count(1)
    part = next(
        name
        for name in (f"{folder}/worksheets/sheet{n}.xml" for n in numbers)
        if package.name_of(name) is None
    )
    package.replace(part, _EMPTY_SHEET)
    _append_child(package, _CONTENT_TYPES, f'<{{}}Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>')
    links = package.name_of(relationships_part(workbook)) or relationships_part(workbook)
    used = {line.id for line in read_relationships_of(package.read, package.name_of, workbook)}
    link = next(name for name in (f"rId{n}" for n in itertools.count(1)) if name not in used)
    _append_child(package, links, f'<{{}}Relationship Id="{link}" Type="{_SHEET_LINK}" Target="/{part}"/>')
    _append_tab(package, sheet, link, 'state="hidden" ' if hidden else "")
    return part


def _append_tab(package: Package, sheet: str, link: str, state: str) -> None:
    part = package.index.part
    content = package.read(part)
    root = parse_outline(content)
    holder = root.find("sheets")
    if holder is None or holder.inner == holder.inner_end:
        raise WriteRefused(package.path, WriteRefusal.UNUSUAL_XML)
    number = 1 + max(int(tab.attributes.get("sheetId", "0")) for tab in holder.all("sheet"))
    tab = (
        f'<{_prefix(content, root)}sheet name={quote_attribute(sheet)} sheetId="{number}" {state}'
        f'xmlns:tab="{_OFFICE_LINKS}" tab:id="{link}"/>'
    )
    package.replace(part, splice(content, [(holder.inner_end, holder.inner_end, tab.encode())]))


def _append_child(package: Package, part: str, child: str) -> None:
    """Add a child, its prefix filled in, at the end of a part's root element."""
    content = package.read(part)
    root = parse_outline(content)
    written = child.format(_prefix(content, root)).encode()
    package.replace(part, splice(content, [(root.inner_end, root.inner_end, written)]))


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
