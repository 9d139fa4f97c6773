"""Styled buttons as shapes of a drawing: they look like the rest of the workbook and do not print."""

from __future__ import annotations

from dataclasses import dataclass

from ..xml_outline import escape_text, quote_attribute
from .theme import FONT, TEAL, WHITE

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMU_PER_PIXEL = 9525
EMPTY_DRAWING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_MAIN}"></xdr:wsDr>'
)


@dataclass(frozen=True, slots=True)
class ButtonShape:
    """One button: `macro` runs when it is clicked.

    It begins `dx` and `dy` pixels from the corner of the cell at `row`, `column` (0-based), and is `width` by `height` pixels.
    A main button is filled, any other one has an outline.
    """

    caption: str
    macro: str
    tip: str
    row: int
    column: int
    width: int
    height: int
    dx: int = 0
    dy: int = 0
    main: bool = False


def shape_xml(button: ButtonShape, number: int) -> str:
    """The shape with its anchor; `number` is its id in the drawing."""
    extent = f'cx="{button.width * _EMU_PER_PIXEL}" cy="{button.height * _EMU_PER_PIXEL}"'
    name, tip = quote_attribute(button.caption), quote_attribute(button.tip)
    return (
        f"<xdr:oneCellAnchor>{_from(button)}<xdr:ext {extent}/>"
        f'<xdr:sp macro={quote_attribute("[0]!" + button.macro)} textlink="">'
        f'<xdr:nvSpPr><xdr:cNvPr id="{number}" name={name} descr={tip}/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 16000"/></a:avLst></a:prstGeom>'
        f'{_fill(WHITE if not button.main else TEAL)}<a:ln w="12700">{_fill(TEAL)}</a:ln></xdr:spPr>'
        f'{_text(button)}</xdr:sp><xdr:clientData fPrintsWithSheet="0"/></xdr:oneCellAnchor>'
    )


def _from(button: ButtonShape) -> str:
    return (
        f"<xdr:from><xdr:col>{button.column}</xdr:col><xdr:colOff>{button.dx * _EMU_PER_PIXEL}</xdr:colOff>"
        f"<xdr:row>{button.row}</xdr:row><xdr:rowOff>{button.dy * _EMU_PER_PIXEL}</xdr:rowOff></xdr:from>"
    )


def _text(button: ButtonShape) -> str:
    size = 1200 if button.main else 1000
    return (
        '<xdr:txBody><a:bodyPr vertOverflow="clip" horzOverflow="clip" wrap="square" lIns="36000" tIns="0" rIns="36000" '
        'bIns="0" rtlCol="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/>'
        f'<a:r><a:rPr lang="en-GB" sz="{size}" b="1">{_fill(WHITE if button.main else TEAL)}'
        f'<a:latin typeface="{FONT}"/></a:rPr><a:t>{escape_text(button.caption)}</a:t></a:r></a:p></xdr:txBody>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'
