"""A .docx file out of its parts, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .look import FONT, MARGIN, PAGE
from .styles import numbering_part, styles_part
from .theme import theme_part
from .words import DECLARATION, NAMESPACES

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_WORD_PARTS = ("styles", "numbering", "settings", "header1", "footer1", "fontTable")
_CREATED = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document before it is a file: its body, header, footer and charts with their embedded workbooks."""

    body: str
    header: str
    footer: str
    charts: Sequence[str] = ()
    workbook: bytes = field(default=b"", repr=False)


def chart_relation(number: int) -> str:
    """The relation id of chart `number`, 1-based."""
    return f"rId{100 + number}"


def document_file(sheet: Sheet) -> bytes:
    """The .docx file of `sheet`."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(len(sheet.charts)).encode(),
        "_rels/.rels": _relations(_root_relations()).encode(),
        "word/document.xml": _document(sheet.body).encode(),
        "word/_rels/document.xml.rels": _relations(_document_relations(len(sheet.charts))).encode(),
        "word/styles.xml": styles_part().encode(),
        "word/numbering.xml": numbering_part().encode(),
        "word/settings.xml": _settings().encode(),
        "word/header1.xml": f"{DECLARATION}<w:hdr {NAMESPACES}>{sheet.header}</w:hdr>".encode(),
        "word/footer1.xml": f"{DECLARATION}<w:ftr {NAMESPACES}>{sheet.footer}</w:ftr>".encode(),
        "word/fontTable.xml": _fonts().encode(),
        "word/theme/theme1.xml": theme_part().encode(),
        "docProps/core.xml": _core().encode(),
        "docProps/app.xml": _app().encode(),
    }
    for number, chart in enumerate(sheet.charts, start=1):
        workbook = {"rId1": ("package", f"../embeddings/Microsoft_Excel_Worksheet{number}.xlsx")}
        parts[f"word/charts/chart{number}.xml"] = chart.encode()
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = _relations(workbook).encode()
        parts[f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"] = sheet.workbook
    return _zipped(parts)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return target.getvalue()


def _document(body: str) -> str:
    width, height = PAGE
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="1304" w:right="{MARGIN}" w:bottom="1134" '
        f'w:left="{MARGIN}" w:header="567" w:footer="510" w:gutter="0"/><w:cols w:space="708"/></w:sectPr>'
    )
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>"


def _settings() -> str:
    compatibility = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{compatibility}<w:themeFontLang w:val="en-GB"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:panose1 w:val="020F0502020204030204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _root_relations() -> dict[str, tuple[str, str]]:
    return {
        "rId1": ("officeDocument", "word/document.xml"),
        "rId2": ("core-properties", "docProps/core.xml"),
        "rId3": ("extended-properties", "docProps/app.xml"),
    }


def _document_relations(charts: int) -> dict[str, tuple[str, str]]:
    kinds = ("styles", "numbering", "settings", "header", "footer", "fontTable")
    relations = {
        f"rId{place}": (kind, f"{part}.xml")
        for place, (kind, part) in enumerate(zip(kinds, _WORD_PARTS, strict=True), start=1)
    }
    relations["rId99"] = ("theme", "theme/theme1.xml")
    for number in range(1, charts + 1):
        relations[chart_relation(number)] = ("chart", f"charts/chart{number}.xml")
    return relations


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{_relation_type(kind)}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _relation_type(kind: str) -> str:
    if kind == "core-properties":
        return f"{_PACKAGE}/relationships/metadata/{kind}"
    return f"{_OFFICE}/relationships/{kind}"


def _content_types(charts: int) -> str:
    kinds = {
        "/word/document.xml": f"{_KIND}.wordprocessingml.document.main+xml",
        **{f"/word/{part}.xml": f"{_KIND}.wordprocessingml.{part.rstrip('1')}+xml" for part in _WORD_PARTS},
        "/word/theme/theme1.xml": f"{_KIND}.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_KIND}.extended-properties+xml",
        **{
            f"/word/charts/chart{number}.xml": f"{_KIND}.drawingml.chart+xml"
            for number in range(1, charts + 1)
        },
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **({"xlsx": f"{_KIND}.spreadsheetml.sheet"} if charts else {}),
    }
    lines = "".join(f'<Default Extension="{key}" ContentType="{kind}"/>' for key, kind in defaults.items())
    lines += "".join(f'<Override PartName="{key}" ContentType="{kind}"/>' for key, kind in kinds.items())
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{lines}</Types>'


def _core() -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{ document.title }}</dc:title>'
        "<dc:subject>{{ cycle }}</dc:subject><dc:creator>careersheets</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:modified>'
        "<dc:language>{{ document.language }}</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>careersheets</Application></Properties>"
    )
