"""Native Word charts, filled for each document.

HR inserts an ordinary chart in Word, styles it, and writes `{# chart: profile #}` in its alternative text, followed by
words for those who do not see it. Series are matched by position; there may be more or fewer of them, and any number of
categories. The embedded workbook is made anew, so that "Edit data" in Word shows this person's numbers and no other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from lxml import etree

from ..model.cells import column_letter
from .package import PackageWriter
from .text import escaped

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_P = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

BINDING = re.compile(r"\{#\s*chart:\s*(\w+)\s*#\}")
SHEET_PART = "xl/worksheets/sheet1.xml"
# Colours for series beyond those of the template: our palette, then Word's own accents in turn.
_FURTHER_COLOURS = ("E07A5F", "81B29A", "F2B134", "7A8CA5", "1F6F78", "1B2A41")
_HOLE = "\ue000"
_LOW, _HIGH = "\ue001", "\ue002"


class ChartFiller:
    """One chart part, taken apart so that filling it is joining text.

    `sheet` is the name of the sheet its formulas point to.
    """

    def __init__(self, root: etree._Element) -> None:
        formula = root.find(f".//{{{_C}}}f")
        match = re.match(r"'?((?:[^'!]|'')+)'?!", formula.text or "") if formula is not None else None
        self.sheet = match[1].replace("''", "'") if match else "Sheet1"
        self._quoted = self.sheet if self.sheet.isalnum() else "'" + self.sheet.replace("'", "''") + "'"
        self._series: list[list[str]] = []
        series = list(root.iter(f"{{{_C}}}ser"))
        for one in series:
            self._series.append(_segments(one))
        series[0].addprevious(etree.Element(f"{{{_C}}}hole"))
        for one in series:
            cast("etree._Element", one.getparent()).remove(one)
        looks = "".join(look for segments in self._series for look in segments)
        self._used = frozenset(re.findall(r'<a:srgbClr val="(\w{6})', looks))
        _open_scale(root)
        whole = etree.tostring(root, encoding="unicode")
        self._head, self._tail = re.split(r"<c:hole[^>]*/>", whole)
        self._head = _DECLARATION + self._head

    def filled(self, data: Mapping[str, Any]) -> bytes:
        """The chart part with `data`: `categories`, `series` (name and numbers each) and, if given, `low` and `high`."""
        categories, count = data["categories"], len(data["categories"])
        names = "".join(
            f'<c:pt idx="{i}"><c:v>{escaped(name)}</c:v></c:pt>' for i, name in enumerate(categories)
        )
        category_cache = (
            f"<c:strRef><c:f>{escaped(self._quoted)}!$A$2:$A${count + 1}</c:f><c:strCache>"
            f'<c:ptCount val="{count}"/>{names}</c:strCache></c:strRef>'
        )
        series = [
            self._one(place, name, numbers, category_cache)
            for place, (name, numbers) in enumerate(data["series"])
        ]
        tail = self._tail.replace(_LOW, f"{data.get('low', 0):g}").replace(_HIGH, f"{data.get('high', 5):g}")
        return f"{self._head}{''.join(series)}{tail}".encode()

    def _one(self, place: int, name: str, numbers: Sequence[float | None], categories: str) -> str:
        head, before_cat, before_val, end = self._series[min(place, len(self._series) - 1)]
        if place >= len(self._series):
            head, before_cat = (
                _as_further(head, place),
                _recoloured(before_cat, place - len(self._series), self._used),
            )
        letter, count, sheet = column_letter(place + 2), len(numbers), escaped(self._quoted)
        title = (
            f'<c:strRef><c:f>{sheet}!${letter}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0">'
            f"<c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef>"
        )
        cells = "".join(
            f'<c:pt idx="{i}"><c:v>{value:.10g}</c:v></c:pt>'
            for i, value in enumerate(numbers)
            if value is not None
        )
        values = (
            f"<c:numRef><c:f>{sheet}!${letter}$2:${letter}${count + 1}</c:f><c:numCache>"
            f'<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{cells}</c:numCache></c:numRef>'
        )
        return f"{head}{title}{before_cat}{categories}{before_val}{values}{end}"


def filled_book(writer: PackageWriter, data: Mapping[str, Any]) -> bytes:
    """The embedded workbook with the numbers of the chart."""
    series = data["series"]
    letters = [column_letter(place + 2) for place in range(len(series))]
    rows = [_row(1, [_words(f"{letter}1", name) for letter, (name, _) in zip(letters, series, strict=True)])]
    for number, category in enumerate(data["categories"], start=2):
        cells = [_words(f"A{number}", category)]
        for letter, (_, values) in zip(letters, series, strict=True):
            value = values[number - 2]
            if value is not None:
                cells.append(f'<c r="{letter}{number}"><v>{value:.10g}</v></c>')
        rows.append(_row(number, cells))
    sheet = f'{_DECLARATION}<worksheet xmlns="{_S}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    return writer.file_of([sheet.encode()])


def _segments(series: etree._Element) -> list[str]:
    """The text of a series around its name, its categories and its numbers."""
    for point in series.findall(f"{{{_C}}}dPt"):
        series.remove(point)
    for tag, after in (("tx", "order"), ("cat", None), ("val", "cat")):
        child = series.find(f"{{{_C}}}{tag}")
        if child is None:
            child = _inserted(series, tag, after)
        for inner in list(child):
            child.remove(inner)
        child.text = _HOLE
    whole = re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(series, encoding="unicode", with_tail=False))
    return whole.split(_HOLE)


def _inserted(series: etree._Element, tag: str, after: str | None) -> etree._Element:
    child = etree.Element(f"{{{_C}}}{tag}")
    before = series.find(f"{{{_C}}}{after}" if after else f"{{{_C}}}val")
    place = len(series) if before is None else series.index(before) + (1 if after else 0)
    series.insert(place, child)
    return child


def _open_scale(root: etree._Element) -> None:
    """Leave the ends of the value axis to the data where the template fixes them."""
    for scaling in root.iterfind(f".//{{{_C}}}valAx/{{{_C}}}scaling"):
        for tag, mark in (("min", _LOW), ("max", _HIGH)):
            end = scaling.find(f"{{{_C}}}{tag}")
            if end is not None:
                end.set("val", mark)


def _as_further(head: str, place: int) -> str:
    return re.sub(r'(<c:(?:idx|order) val=")\d+', rf"\g<1>{place}", head)


def _recoloured(look: str, turn: int, used: frozenset[str]) -> str:
    """The look of a series in another colour: the theme's next accent, or the next of ours that is not `used`."""
    look = re.sub(
        r'(<a:schemeClr val="accent)(\d)', lambda found: f"{found[1]}{(int(found[2]) + turn) % 6 + 1}", look
    )
    free = [colour for colour in _FURTHER_COLOURS if colour not in used] or list(_FURTHER_COLOURS)
    return re.sub(r'(<a:srgbClr val=")(?!FFFFFF)[0-9A-Fa-f]{6}', rf"\g<1>{free[turn % len(free)]}", look)


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _words(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def book_writer(sheet: str) -> PackageWriter:
    """Writes workbooks of one sheet called `sheet`."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    override = '<Override PartName="/xl/{}" ContentType="' + kind + '.{}+xml"/>'
    relation = '<Relationship Id="rId{}" Type="' + _R + '/{}" Target="{}"/>'
    name = escaped(sheet).replace('"', "&quot;")
    relations = f'<Relationships xmlns="{_P}/relationships">'
    fixed = {
        "[Content_Types].xml": f'<Types xmlns="{_P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + override.format("workbook.xml", "sheet.main")
        + override.format("worksheets/sheet1.xml", "worksheet")
        + override.format("styles.xml", "styles")
        + "</Types>",
        "_rels/.rels": f"{relations}{relation.format(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="{name}" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations
        + relation.format(1, "worksheet", "worksheets/sheet1.xml")
        + relation.format(2, "styles", "styles.xml")
        + "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_S}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
        '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
        '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
    return PackageWriter({part: (_DECLARATION + text).encode() for part, text in fixed.items()}, [SHEET_PART])
