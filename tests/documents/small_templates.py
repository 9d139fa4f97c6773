"""Word templates of a few lines, made in a test, and what stands in the documents made with them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

_ORG = "http://schemas.openxmlformats.org"
_W = f"{_ORG}/wordprocessingml/2006/main"
_REL = f"{_ORG}/officeDocument/2006/relationships"
_PACKAGE = f"{_ORG}/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_REL}"'
PLACES = ("body", "header", "footer", "footnotes", "properties")


def small_template(
    path: Path,
    body: str = "",
    *,
    header: str = "",
    footer: str = "",
    footnotes: str = "",
    properties: str = "",
    **extra: bytes,
) -> Path:
    """A template at `path`; each text is one paragraph, `body` one for each line, `properties` is the title.

    A text that begins with `<w:` is XML as it is. `extra` are further parts by name, `/` written as `__`.
    """  # fmt: skip
    paragraphs = body if body.startswith("<w:") else "".join(paragraph(line) for line in body.split("\n"))
    note = f'<w:footnote w:id="1">{paragraph(footnotes)}</w:footnote>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_REL}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{paragraphs}{_section()}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            *((f"{_REL}/{kind}", f"{kind}.xml") for kind in ("header", "footer", "footnotes"))
        ),
        "word/header.xml": f"<w:hdr {_NAMESPACES}>{paragraph(header)}</w:hdr>",
        "word/footer.xml": f"<w:ftr {_NAMESPACES}>{paragraph(footer)}</w:ftr>",
        "word/footnotes.xml": f"<w:footnotes {_NAMESPACES}>{note}</w:footnotes>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(properties)}</dc:title></cp:coreProperties>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, data in extra.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def changed(source: Path, target: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """The file `source` at `target`, with one text replaced in each part named; the text must be there."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name in changes:
                before, after = changes[name]
                assert before.encode() in data, f"{before!r} is not in {name}"
                data = data.replace(before.encode(), after.encode(), 1)
            new.writestr(name, data)
    return target


def paragraph(text: str) -> str:
    """A paragraph with `text` in one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def parts_of(document: bytes) -> dict[str, bytes]:
    """The parts of a finished document."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(document: bytes, part: str = "word/document.xml") -> str:
    """The text of a part as somebody reads it, a line for each paragraph."""
    root = etree.fromstring(parts_of(document)[part])
    return "\n".join(_text(found) for found in root.iter(f"{{{_W}}}p"))


def _text(found: etree._Element) -> str:
    shown = {f"{{{_W}}}br": "\n", f"{{{_W}}}tab": "\t"}
    return "".join(shown.get(piece.tag, piece.text or "") for piece in found.iter(f"{{{_W}}}t", *shown))


def _section() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _relations(*relations: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("header", "header"), ("footer", "footer"), ("footnotes", "footnotes"))
    )  # fmt: skip
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )
