"""Workbooks written part by part, so that each part can be wrong in its own way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET_PART = "xl/worksheets/sheet1.xml"
TEXTS_PART = "xl/sharedStrings.xml"
WORKBOOK_PART = "xl/workbook.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
TYPES_PART = "[Content_Types].xml"
PACKAGE_LINKS = "_rels/.rels"

_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PLAIN_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c></row>'


def sheet(rows: str = PLAIN_ROW, *, before: str = "", after: str = "", prolog: str = "") -> str:
    """A worksheet part."""
    return (
        f"{DECLARATION}{prolog}<worksheet {SPACES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def texts(*items: str, prolog: str = "", attributes: str = "") -> str:
    """A shared strings part; items are XML."""
    body = "".join(f"<si><t>{item}</t></si>" for item in items or ("Ines",))
    return f"{DECLARATION}{prolog}<sst {SPACES} {attributes}>{body}</sst>"


def workbook(
    sheets: str = '<sheet name="Scores" sheetId="1" r:id="rId1"/>', *, after: str = "", prolog: str = ""
) -> str:
    """The workbook part."""
    return f"{DECLARATION}{prolog}<workbook {SPACES}><sheets>{sheets}</sheets>{after}</workbook>"


def links(*lines: tuple[str, str, str], mode: str = "") -> str:
    """A relationships part from (id, kind, target)."""
    body = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for name, kind, target in lines
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def types() -> str:
    """The content types part."""
    kinds = {WORKBOOK_PART: "sheet.main", SHEET_PART: "worksheet", TEXTS_PART: "sharedStrings"}
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{_KINDS}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def plain_parts() -> dict[str, str | bytes]:
    """The parts of a small sound workbook with one sheet `Scores`."""
    return {
        TYPES_PART: types(),
        PACKAGE_LINKS: links(("rId1", "officeDocument", WORKBOOK_PART)),
        WORKBOOK_PART: workbook(),
        WORKBOOK_LINKS: links(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
        ),
        SHEET_PART: sheet(),
        TEXTS_PART: texts(),
    }


def packed(
    parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    """The parts as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = comment
    return buffer.getvalue()


def changed(**replacements: str | bytes | None) -> bytes:
    """The small sound workbook with parts replaced, by short name; None leaves the part out."""
    short = {
        "sheet": SHEET_PART, "texts": TEXTS_PART, "workbook": WORKBOOK_PART, "workbook_links": WORKBOOK_LINKS,
        "types": TYPES_PART, "package_links": PACKAGE_LINKS,
    }  # fmt: skip
    parts = plain_parts()
    for key, content in replacements.items():
        if content is None:
            del parts[short[key]]
        else:
            parts[short[key]] = content
    return packed(parts)


def rows_of(*cells: str) -> bytes:
    """The small workbook with one row of the given cells."""
    return changed(sheet=sheet(f'<row r="1">{"".join(cells)}</row>'))
