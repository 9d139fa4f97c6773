"""A workbook with everything HR might have in it, most of which other programs lose when they save.

The sheets of HR's: `People` (a table with calculated columns), `Scores` (shared texts, validations, conditional formats,
defined names), `Notes` (pictures, shapes, macros). The tool's own: `Start`, `To fix`, `Gaps`.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format

PEOPLE = (
    ("E-1", "Ayşe Yılmaz", "E2", date(2024, 1, 15)), ("E-2", "Björk Jónsdóttir", "E3", date(2023, 6, 1)),
    ("E-3", "陈 静", "M1", date(2022, 9, 30)), ("E-4", "R&D <lead> José", "E1", date(2025, 2, 28)),
)  # fmt: skip
COMPETENCIES = ("C-1", "C-2", "C-3")
FIRST_SCORE_ROW, LAST_SCORE_ROW = 2, 1 + len(PEOPLE) * len(COMPETENCIES)

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIPS = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_LINKS}"></Relationships>'


def build_torture(path: Path) -> Path:
    """Write the workbook to `path`."""
    plain = path.with_suffix(".plain.xlsx")
    _build_plain(plain)
    with zipfile.ZipFile(plain) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    plain.unlink()
    workshop = _Workshop(parts)
    _add_modern_parts(workshop)
    _add_pivot(workshop)
    _add_calculation_chain(workshop)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in workshop.parts.items():
            archive.writestr(name, content)
    return path


class _Workshop:
    """Parts under construction: each addition brings its content type and its relationship."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.links = 0

    def sheet(self, name: str) -> str:
        """The part of a sheet."""
        number = 1 + re.findall(r'<sheet name="([^"]*)"', self.parts["xl/workbook.xml"].decode()).index(name)
        return f"xl/worksheets/sheet{number}.xml"

    def add(self, part: str, content: str | bytes, kind: str = "") -> None:
        """Add a part under its content type."""
        self.parts[part] = content if isinstance(content, bytes) else content.encode()
        if kind:
            self.insert(
                "[Content_Types].xml", "</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/>'
            )

    def link(self, owner: str, kind: str, target: str, *, external: bool = False) -> str:
        """Add a relationship to `owner` ("" for the package); its id."""
        self.links += 1
        folder, _, name = owner.rpartition("/")
        part = f"{folder}/_rels/{name}.rels".lstrip("/")
        mode = ' TargetMode="External"' if external else ""
        line = f'<Relationship Id="rIdX{self.links}" Type="{kind}" Target="{target}"{mode}/>'
        self.parts.setdefault(part, _RELATIONSHIPS.encode())
        self.insert(part, "</Relationships>", line)
        return f"rIdX{self.links}"

    def insert(self, part: str, before: str, text: str) -> None:
        """Put text before the last `before`."""
        head, _, tail = self.parts[part].decode().rpartition(before)
        self.parts[part] = f"{head}{text}{before}{tail}".encode()


def _build_plain(path: Path) -> None:
    """What XlsxWriter can make."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd", "bg_color": "#F4F1EA"})
        header = workbook.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
        body = workbook.add_format({"bottom": 4, "text_wrap": True})
        _start(workbook, day)
        _people(workbook, header, day)
        _scores(workbook, header, body)
        _notes(workbook)
        for name, columns in {"To fix": 7, "Gaps": 16}.items():
            _tool_sheet(workbook, name, columns, header, body)
        hidden = workbook.add_worksheet("Requests")
        hidden.very_hidden()
        workbook.define_name("Rated", f"=Scores!$D${FIRST_SCORE_ROW}:$D${LAST_SCORE_ROW}")
        workbook.define_name("cs_last_run", "=Start!$K$3")
        workbook.set_custom_property("Retention", "3 years")


def _start(workbook: xlsxwriter.Workbook, day: Format) -> None:
    sheet = workbook.add_worksheet("Start")
    sheet.write("B2", "Careers")
    sheet.write_blank("K3", None, day)
    sheet.write_formula("B4", "=COUNTA(People!A2:A100)", None, len(PEOPLE))
    sheet.write_formula("B5", "=SUM(Rated)", None, 30)
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": f"=Scores!$D${FIRST_SCORE_ROW}:$D${LAST_SCORE_ROW}"})
    sheet.insert_chart("D6", chart)
    sheet.protect("", {"objects": True})


def _people(workbook: xlsxwriter.Workbook, header: Format, day: Format) -> None:
    sheet = workbook.add_worksheet("People")
    columns = [{"header": name, "header_format": header} for name in ("Employee ID", "Name", "Level code")]
    columns += [
        {"header": "Level since", "format": day, "header_format": header},
        {"header": "Label", "formula": '=[@Name]&" ("&[@[Level code]]&")"', "header_format": header},
    ]
    sheet.add_table(
        0, 0, len(PEOPLE), 4, {"name": "tblPeople", "columns": columns, "data": [list(p) for p in PEOPLE]}
    )
    for row, person in enumerate(PEOPLE, 1):
        sheet.write_datetime(row, 3, person[3], day)
        sheet.write_formula(
            row, 4, '=tblPeople[[#This Row],[Name]]&" ("&tblPeople[[#This Row],[Level code]]&")"', None, "x"
        )
    sheet.data_validation(1, 2, len(PEOPLE), 2, {"validate": "list", "source": ["E1", "E2", "E3", "M1"]})
    sheet.freeze_panes(1, 1)


def _scores(workbook: xlsxwriter.Workbook, header: Format, body: Format) -> None:
    sheet = workbook.add_worksheet("Scores")
    sheet.write_row(0, 0, ["Employee ID", "Competency ID", "Name", "Manager", "Evidence", "Double"], header)
    row = 1
    for person in PEOPLE:
        for competency in COMPETENCIES:
            sheet.write_row(row, 0, [person[0], competency], body)
            sheet.write_formula(
                row, 2, f"=INDEX(People!$B$2:$B$99,MATCH(A{row + 1},People!$A$2:$A$99,0))", body, person[1]
            )
            sheet.write_number(row, 3, 1 + row % 5, body)
            bold = workbook.add_format({"bold": True})
            sheet.write_rich_string(row, 4, "seen ", bold, "twice", body)
            sheet.write_formula(
                row,
                5,
                f'=IF(D{row + 1}="","",$D$1*0+D{row + 1}*2)'.replace("$D$1*0+", ""),
                body,
                2 * (1 + row % 5),
            )
            row += 1
    sheet.data_validation(
        1, 3, row - 1, 3, {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 5}
    )
    sheet.conditional_format(1, 3, row - 1, 3, {"type": "3_color_scale"})
    sheet.conditional_format(1, 3, row - 1, 3, {"type": "data_bar", "data_bar_2010": True})
    sheet.add_sparkline(1, 7, {"range": f"Scores!D2:D{row}"})
    sheet.autofilter(0, 0, row - 1, 5)
    sheet.write_comment("D2", "Please calibrate")
    sheet.set_column("A:F", 14)


def _notes(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Notes")
    sheet.insert_image("B2", "pixel.png", {"image_data": io.BytesIO(_PIXEL), "description": "A pixel"})
    sheet.insert_textbox("D2", "Check workbook")
    sheet.insert_button("B8", {"macro": "CheckWorkbook", "caption": "Check"})
    sheet.merge_range("B10:D10", "merged")
    sheet.write_url("B12", "https://example.com/handbook")
    sheet.write_dynamic_array_formula("F2:F4", "=SORT(People!A2:A4)", None, "E-1")
    sheet.insert_checkbox(14, 1, True)


def _tool_sheet(workbook: xlsxwriter.Workbook, name: str, columns: int, header: Format, body: Format) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.write("B2", name)
    sheet.write_row(4, 1, [f"{name} {number}" for number in range(1, columns + 1)], header)
    for column in range(1, columns + 1):
        sheet.write_blank(5, column, None, body)
    sheet.autofilter(4, 1, 5, columns)
    sheet.conditional_format(
        5, 1, 5000, 1, {"type": "cell", "criteria": "==", "value": '"Error"', "format": header}
    )
    sheet.protect("", {"autofilter": True})


def _add_modern_parts(shop: _Workshop) -> None:
    """What Excel writes and Python libraries do not."""
    scores, people, workbook = shop.sheet("Scores"), shop.sheet("People"), "xl/workbook.xml"
    person = "{6E2C52F1-8C8A-4B5E-9B1E-0A4D3C2B1A00}"
    shop.add(
        "xl/persons/person.xml",
        f'<personList xmlns="{_MICROSOFT}/spreadsheetml/2018/threadedcomments"><person displayName="Head of People" '
        f'id="{person}" userId="people@example.com" providerId="None"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    shop.link(workbook, f"{_MICROSOFT}/2017/10/relationships/person", "persons/person.xml")
    shop.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{_MICROSOFT}/spreadsheetml/2018/threadedcomments"><threadedComment ref="D2" '
        f'dT="2026-01-10T09:00:00.00" personId="{person}" id="{{7F2C52F1-8C8A-4B5E-9B1E-0A4D3C2B1A01}}"><text>Calibrate'
        "</text></threadedComment></ThreadedComments>",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    shop.link(
        scores,
        f"{_MICROSOFT}/2017/10/relationships/threadedComment",
        "../threadedComments/threadedComment1.xml",
    )
    shop.add(
        "customXml/item1.xml", '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>'
    )
    shop.link(workbook, f"{_OFFICE}/customXml", "../customXml/item1.xml")
    shop.add(
        "docMetadata/LabelInfo.xml",
        f'<clbl:labelList xmlns:clbl="{_MICROSOFT}/2020/mipLabelMetadata"><clbl:label id="{person}" enabled="1" '
        f'method="Privileged" siteId="{person}"/></clbl:labelList>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    shop.link("", f"{_MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml")
    shop.add(
        "xl/vbaProject.bin",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1528),
        "application/vnd.ms-office.vbaProject",
    )
    shop.link(workbook, f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin")
    shop.parts["[Content_Types].xml"] = (
        shop.parts["[Content_Types].xml"]
        .replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
        .replace(b"application/vnd.openxmlformats-officedocument.ms-excel", b"application/vnd.ms-excel")
    )
    settings = "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
    shop.add("xl/printerSettings/printerSettings1.bin", b"\0P\0r" * 50, settings)
    shop.link(scores, f"{_OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin")
    _add_slicer(shop, people)
    _add_newer_validation(shop, scores)
    for name, content in shop.parts.items():
        if "/drawings/drawing" in name:
            shop.parts[name] = content.replace(b'<xdr:sp macro=""', b'<xdr:sp macro="[0]!CheckWorkbook"')


def _add_slicer(shop: _Workshop, people: str) -> None:
    spaces = f'xmlns="{_X14}" xmlns:x="{_MAIN}"'
    shop.add(
        "xl/slicerCaches/slicerCache1.xml",
        f'<slicerCacheDefinition {spaces} name="Slicer_Level" sourceName="Level code"><extLst><x:ext '
        'uri="{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
        '<x15:tableSlicerCache tableId="1" column="3"/></x:ext></extLst></slicerCacheDefinition>',
        "application/vnd.ms-excel.slicerCache+xml",
    )
    shop.add(
        "xl/slicers/slicer1.xml",
        f'<slicers xmlns="{_X14}"><slicer name="Level" cache="Slicer_Level" caption="Level" rowHeight="241300"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
    )
    cache = shop.link(
        "xl/workbook.xml", f"{_MICROSOFT}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml"
    )
    slicer = shop.link(people, f"{_MICROSOFT}/2007/relationships/slicer", "../slicers/slicer1.xml")
    shop.insert(
        people, "</worksheet>",
        f'<extLst><ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x14="{_X14}"><x14:slicerList>'
        f'<x14:slicer r:id="{slicer}"/></x14:slicerList></ext></extLst>',
    )  # fmt: skip
    shop.insert(
        "xl/workbook.xml", "</workbook>",
        f'<extLst><ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{_MICROSOFT}/spreadsheetml/2010/11/main">'
        f'<x15:slicerCaches xmlns:x14="{_X14}"><x14:slicerCache r:id="{cache}"/></x15:slicerCaches></ext></extLst>',
    )  # fmt: skip


def _add_newer_validation(shop: _Workshop, scores: str) -> None:
    """A drop-down bound to another sheet, as newer Excel writes it."""
    text = (
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{_X14}"><x14:dataValidations count="1" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">'
        f"<x14:formula1><xm:f>People!$A$2:$A$5</xm:f></x14:formula1><xm:sqref>A{FIRST_SCORE_ROW}:A{LAST_SCORE_ROW}</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext>"
    )
    shop.insert(scores, "</extLst>", text)


def _add_pivot(shop: _Workshop) -> None:
    """A pivot table on the sheet of notes, over the scores."""
    names = ("Employee ID", "Competency ID", "Name", "Manager")
    fields = "".join(f'<cacheField name="{name}" numFmtId="0"><sharedItems/></cacheField>' for name in names)
    shop.add(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_OFFICE}" refreshOnLoad="1" recordCount="0"><cacheSource '
        f'type="worksheet"><worksheetSource ref="A1:D{LAST_SCORE_ROW}" sheet="Scores"/></cacheSource>'
        f'<cacheFields count="4">{fields}</cacheFields></pivotCacheDefinition>',
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
    )
    cache = shop.link(
        "xl/workbook.xml", f"{_OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"
    )
    workbook = shop.parts["xl/workbook.xml"].decode()
    pivots = f'<pivotCaches><pivotCache cacheId="7" r:id="{cache}"/></pivotCaches><extLst>'
    shop.parts["xl/workbook.xml"] = workbook.replace("<extLst>", pivots, 1).encode()
    shop.add(
        "xl/pivotTables/pivotTable1.xml",
        f'<pivotTableDefinition xmlns="{_MAIN}" name="Pivot" cacheId="7" dataCaption="Values"><location ref="H20:I22" '
        'firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="4"><pivotField/><pivotField/>'
        "<pivotField/><pivotField/></pivotFields></pivotTableDefinition>",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml",
    )
    shop.link(shop.sheet("Notes"), f"{_OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")
    shop.link(
        "xl/pivotTables/pivotTable1.xml",
        f"{_OFFICE}/pivotCacheDefinition",
        "../pivotCache/pivotCacheDefinition1.xml",
    )


def _add_calculation_chain(shop: _Workshop) -> None:
    """The list of formula cells that Excel keeps."""
    cells = []
    for number in range(1, 8):
        content = shop.parts.get(f"xl/worksheets/sheet{number}.xml", b"").decode()
        cells += [
            f'<c r="{cell}" i="{number}"/>' for cell in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f', content)
        ]
    shop.add(
        "xl/calcChain.xml",
        f'<calcChain xmlns="{_MAIN}">{"".join(cells)}</calcChain>',
        "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    )
    shop.link("xl/workbook.xml", f"{_OFFICE}/calcChain", "calcChain.xml")
