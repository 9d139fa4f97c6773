"""Native Word charts with sample data and an embedded workbook, styled once; the tool fills them for each person."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from .look import FONT, GREY, INK, LINE, TEAL
from .words import DECLARATION, paragraph

_ORG = "http://schemas.openxmlformats.org"
_EMU_PER_CM = 360_000
SHEET = "Profile"
SAMPLE = ("Communication", "Craft", "Planning", "Mentoring")


@dataclass(frozen=True, slots=True)
class Series:
    """A series of the sample: name, values, colour, dash and marker, so that colour is never the only difference."""

    name: str
    values: Sequence[float]
    colour: str
    dash: str
    marker: str
    width: int


SERIES = (
    Series("Asked at the target", (3, 4, 3, 4), INK, "sysDash", "none", 19050),
    Series("Now", (3, 3, 2, 3), TEAL, "solid", "circle", 31750),
    Series("Last time", (2, 3, 2, 2), "8A97AB", "sysDot", "diamond", 15875),
)


def drawing(number: int, relation: str, binding: str, text: str, width_cm: float, height_cm: float) -> str:
    """A paragraph with chart `number`; its alternative text names the data it is filled with."""
    extent = f'cx="{round(width_cm * _EMU_PER_CM)}" cy="{round(height_cm * _EMU_PER_CM)}"'
    return paragraph(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr="{{# chart: {binding} #}}{text}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_ORG}/drawingml/2006/chart"><c:chart r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>".replace("<w:r>", "<w:r>")
    )  # fmt: skip


def radar_part() -> str:
    """A radar chart: one axis for each competency."""
    series = "".join(_series(place, one, bars=False) for place, one in enumerate(SERIES))
    plot = (
        f'<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>{series}<c:axId val="111"/>'
        f'<c:axId val="222"/></c:radarChart>{_categories("b", "minMax", lines=True)}'
        f"{_values('l', 'between', 'cross')}"
    )
    return _chart(plot, _place(0.23, 0.12, 0.54, 0.64))


def bar_part() -> str:
    """Horizontal bars: one group for each competency."""
    series = "".join(_series(place, one, bars=True) for place, one in enumerate(SERIES))
    plot = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        '<c:gapWidth val="70"/><c:overlap val="0"/><c:axId val="111"/><c:axId val="222"/></c:barChart>'
        f"{_categories('l', 'maxMin', lines=False)}{_values('t', 'between', 'none')}"
    )
    return _chart(plot)


def workbook() -> bytes:
    """The embedded workbook with the sample."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "author": "careersheets"})
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 1, [one.name for one in SERIES])
        sheet.write_column(1, 0, SAMPLE)
        for place, one in enumerate(SERIES, start=1):
            sheet.write_column(1, place, one.values)
    return target.getvalue()


def _series(place: int, one: Series, *, bars: bool) -> str:
    letter, last = "BCD"[place], len(SAMPLE) + 1
    names = "".join(f'<c:pt idx="{i}"><c:v>{name}</c:v></c:pt>' for i, name in enumerate(SAMPLE))
    numbers = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(one.values))
    count = f'<c:ptCount val="{len(SAMPLE)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>{SHEET}!${letter}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{one.name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{_bar_look(one) if bars else _line_look(one)}"
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${last}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{count}{numbers}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _line_look(one: Series) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{one.colour}"/></a:solidFill>'
    size = "" if one.marker == "none" else f'<c:size val="6"/><c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>'
    return (
        f'<c:spPr><a:ln w="{one.width}" cap="rnd">{fill}<a:prstDash val="{one.dash}"/><a:round/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="{one.marker}"/>{size}</c:marker>'
    )


def _bar_look(one: Series) -> str:
    # The target is an outline, now is filled, last time is hatched: the three differ without colour.
    fill = f'<a:solidFill><a:srgbClr val="{one.colour}"/></a:solidFill>'
    white = '<a:srgbClr val="FFFFFF"/>'
    body = {
        "sysDash": f'<a:solidFill>{white}</a:solidFill><a:ln w="12700">{fill}</a:ln>',
        "solid": f"{fill}<a:ln><a:noFill/></a:ln>",
        "sysDot": f'<a:pattFill prst="dkUpDiag"><a:fgClr><a:srgbClr val="{one.colour}"/></a:fgClr><a:bgClr>{white}</a:bgClr>'
        "</a:pattFill><a:ln><a:noFill/></a:ln>",
    }[one.dash]
    return f'<c:spPr>{body}</c:spPr><c:invertIfNegative val="0"/>'


def _text(size: int, colour: str) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/>'
        f'</a:solidFill><a:latin typeface="{FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


def _gridlines() -> str:
    line = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{LINE}"/></a:solidFill></a:ln>'
    return f"<c:majorGridlines><c:spPr>{line}</c:spPr></c:majorGridlines>"


def _categories(position: str, orientation: str, *, lines: bool) -> str:
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{orientation}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{position}"/>{_gridlines() if lines else ""}<c:numFmt formatCode="General" sourceLinked="1"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{LINE}"/></a:solidFill></a:ln></c:spPr>{_text(850, INK)}'
        '<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _values(position: str, between: str, tick: str) -> str:
    return (
        '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:max val="5"/><c:min val="0"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{position}"/>{_gridlines()}'
        f'<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="{tick}"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{LINE}"/></a:solidFill></a:ln></c:spPr>'
        f'{_text(750, GREY)}<c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="{between}"/></c:valAx>'
    )


def _place(left: float, top: float, width: float, height: float) -> str:
    """Where the axes stand within the chart, in shares of it; by itself LibreOffice makes a radar tiny."""
    ends = "".join(
        f'<c:{key} val="{value}"/>' for key, value in (("x", left), ("y", top), ("w", width), ("h", height))
    )
    mode = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    return f"<c:layout><c:manualLayout>{mode}{ends}</c:manualLayout></c:layout>"


def _chart(plot: str, layout: str = "<c:layout/>") -> str:
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(850, INK)}</c:legend>'
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{_ORG}/drawingml/2006/chart" xmlns:a="{_ORG}/drawingml/2006/main" '
        f'xmlns:r="{_ORG}/officeDocument/2006/relationships"><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{layout}{plot}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(850, INK)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
