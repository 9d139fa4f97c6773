"""What an .xlsx says about itself before any cell: its sheets, its defined names, and which part holds what."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .xml_outline import Element, parse_outline

_PLACE = re.compile(r"(?:'(?:[^']|'')+'|[^'!]+)!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_OFFICE_DOCUMENT = "/officeDocument"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One tab.

    `part` is its member of the archive, "" where the relationship leads nowhere; `kind` is that of its relationship
    (`worksheet`, `chartsheet`).
    """

    name: str
    part: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class WorkbookIndex:
    """`part` is the workbook's own member; `names` are defined names of the whole workbook that stand for a place."""

    part: str
    sheets: tuple[SheetEntry, ...]
    names: Mapping[str, str]

    def sheet(self, name: str) -> SheetEntry | None:
        """The tab called `name`; Excel does not tell capitals from small letters there."""
        wanted = name.casefold()
        return next((entry for entry in self.sheets if entry.name.casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a .rels part; `target` is a member name, or an address if `external`."""

    id: str
    kind: str
    target: str
    external: bool


def read_index(archive: zipfile.ZipFile) -> WorkbookIndex | None:
    """The index of the workbook in `archive`; None if there is none.

    Raises:
        BadXml: a part of it is not well-formed.
    """
    members = member_names(archive)
    part = _workbook_part(archive, members)
    if part is None:
        return None
    root = parse_outline(archive.read(part))
    if root.name != "workbook":
        return None
    relationships = {line.id: line for line in read_relationships(archive, part)}
    return WorkbookIndex(part, _sheets(root, relationships, members), _names(root))


def member_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Members by their name in small letters with forward slashes, as office programs look them up."""
    return {_plain(name): name for name in archive.namelist()}


def read_relationships(archive: zipfile.ZipFile, part: str) -> list[Relationship]:
    """The relationships of `part` ("" for the package); targets that exist are given by their member name."""
    members = member_names(archive)
    return read_relationships_of(archive.read, lambda name: members.get(_plain(name)), part)


def read_relationships_of(
    read: Callable[[str], bytes], name_of: Callable[[str], str | None], part: str
) -> list[Relationship]:
    """As `read_relationships`, of whatever can `read` a member and tell its exact name."""
    name = name_of(relationships_part(part))
    if name is None:
        return []
    return [
        _relationship(element, part, name_of) for element in parse_outline(read(name)).all("Relationship")
    ]


def relationships_part(part: str) -> str:
    """`xl/workbook.xml -> xl/_rels/workbook.xml.rels`."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def split_place(place: str) -> tuple[str, str]:
    """`'To fix'!$B$2` -> (`To fix`, `B2`)."""
    sheet, _, address = place.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, address.replace("$", "")


def _workbook_part(archive: zipfile.ZipFile, members: Mapping[str, str]) -> str | None:
    for line in read_relationships(archive, ""):
        if line.kind == _OFFICE_DOCUMENT.strip("/") and line.target in archive.namelist():
            return line.target
    return members.get("xl/workbook.xml")


def _sheets(
    root: Element, lines: Mapping[str, Relationship], members: Mapping[str, str]
) -> tuple[SheetEntry, ...]:
    holder = root.find("sheets")
    found = []
    for element in holder.all("sheet") if holder else ():
        line = lines.get(element.attribute("id"))
        part = line.target if line and _plain(line.target) in members and not line.external else ""
        found.append(
            SheetEntry(
                element.attribute("name"),
                part,
                element.attribute("state", "visible"),
                line.kind if line else "",
            )
        )
    return tuple(found)


def _names(root: Element) -> dict[str, str]:
    holder = root.find("definedNames")
    return {
        element.attribute("name"): element.text.strip()
        for element in (holder.all("definedName") if holder else ())
        if "localSheetId" not in element.attributes and _PLACE.fullmatch(element.text.strip())
    }


def _relationship(element: Element, part: str, name_of: Callable[[str], str | None]) -> Relationship:
    target = element.attribute("Target")
    external = element.attribute("TargetMode") == "External"
    if not external:
        folder = "" if target.startswith("/") else posixpath.dirname(part)
        path = posixpath.normpath(posixpath.join(folder, target.replace("\\", "/").lstrip("/")))
        target = name_of(path) or path
    return Relationship(
        element.attribute("Id"), element.attribute("Type").rpartition("/")[2], target, external
    )


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
