"""What HR keeps in the workbook for itself: a sheet of its own with a comment and colours, which no run may touch."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.google_server.areas import Area
from tests.google_server.entries import Cell
from tests.google_server.spreadsheet import Spreadsheet, Tab

SHEET, RELATIONS = "xl/worksheets/parking.xml", "xl/worksheets/_rels/parking.xml.rels"
COMMENTS, DRAWING = "xl/commentsparking.xml", "xl/drawings/parking.vml"
PARTS = (SHEET, RELATIONS, COMMENTS, DRAWING)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

OWN_TAB = "Parking"

_CONTENT = {
    SHEET: f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><cols><col min="1" max="1" width="31.7" customWidth="1"/>'
    '</cols><sheetData><row r="1" ht="27" customHeight="1"><c r="A1" t="inlineStr"><is><t>Parking spaces</t></is></c></row>'
    '<row r="2"><c r="A2"><v>7</v></c><c r="B2"><f>A2*2</f><v>14</v></c></row></sheetData><conditionalFormatting '
    'sqref="A2:A9"><cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/>'
    '<color rgb="FFFFF2CC"/><color rgb="FFF2B134"/></colorScale></cfRule></conditionalFormatting>'
    '<legacyDrawing r:id="rId1"/></worksheet>',
    RELATIONS: f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/vmlDrawing" '
    f'Target="../drawings/parking.vml"/><Relationship Id="rId2" Type="{_OFFICE}/comments" '
    'Target="../commentsparking.xml"/></Relationships>',
    COMMENTS: f'{_HEAD}<comments xmlns="{_MAIN}"><authors><author>HR</author></authors><commentList><comment ref="A2" '
    'authorId="0"><text><r><t>Ask the landlord in March.</t></r></text></comment></commentList></comments>',
    DRAWING: '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s9001" type="#_x0000_t202" '
    'style="position:absolute;width:96pt;height:55pt;visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>1</x:Row>'
    '<x:Column>0</x:Column></x:ClientData></v:shape></xml>',
}  # fmt: skip


def add_own_sheet(path: Path) -> None:
    """Put the sheet into the workbook at `path`, as the last one."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    _insert(parts, "xl/workbook.xml", "</sheets>", '<sheet name="Parking" sheetId="990" r:id="rIdParking"/>')
    _insert(
        parts,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rIdParking" Type="{_OFFICE}/worksheet" Target="worksheets/parking.xml"/>',
    )
    for part, kind in ((SHEET, "worksheet"), (COMMENTS, "comments")):
        line = f'<Override PartName="/{part}" ContentType="{_KINDS}.{kind}+xml"/>'
        _insert(parts, "[Content_Types].xml", "</Types>", line)
    if b'Extension="vml"' not in parts["[Content_Types].xml"]:
        drawing = f'<Default Extension="vml" ContentType="{_KINDS.replace("spreadsheetml", "vmlDrawing")}"/>'
        _insert(parts, "[Content_Types].xml", "</Types>", drawing)
    parts |= {name: content.encode() for name, content in _CONTENT.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def add_own_tab(book: Spreadsheet) -> None:
    """Put the like into a Google Sheet, as the last tab: a formula, a comment, a colour, a merged title, a filter."""
    tab = Tab(990, OWN_TAB, 40, 6)
    yellow = {"backgroundColor": {"red": 1, "green": 0.95, "blue": 0.8}}
    tab.cells = {
        (0, 0): Cell("Parking spaces", format={"textFormat": {"bold": True}}),
        (1, 0): Cell(7, note="Ask the landlord in March.", format=yellow),
        (1, 1): Cell(14, formula="=A2*2"),
        (2, 0): Cell(46000, kind="DATE", pattern="dd.MM.yyyy"),
    }
    tab.merges = [Area(0, 0, 1, 3)]
    tab.filter = {"range": {"sheetId": 990, "startRowIndex": 0, "endRowIndex": 9}}
    tab.sizes["COLUMNS"][0] = {"pixelSize": 231}
    book.tabs.append(tab)
    book.number_tabs()


def _insert(parts: dict[str, bytes], part: str, before: str, text: str) -> None:
    head, found, tail = parts[part].decode().rpartition(before)
    assert found, f"{part} has no {before}"
    parts[part] = f"{head}{text}{before}{tail}".encode()
