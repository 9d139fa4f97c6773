"""The styles part, lean: only what our documents use, under the names Word itself gives them where it has one."""

from __future__ import annotations

from .look import AMBER, DRAFT, FIELD_LINE, FONT, GREY, INK, LINE, TEAL, TEXT_WIDTH
from .words import DECLARATION, NAMESPACES


def styles_part() -> str:
    """word/styles.xml."""
    return f"{DECLARATION}<w:styles {NAMESPACES}>{_defaults()}{''.join(_styles())}</w:styles>"


def numbering_part() -> str:
    """word/numbering.xml: number 1 is a bullet, number 2 counts."""
    bullet = _level("bullet", "•", f'<w:rPr><w:color w:val="{TEAL}"/></w:rPr>')
    count = _level("decimal", "%1.", f'<w:rPr><w:b/><w:color w:val="{TEAL}"/></w:rPr>')
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>'
        for place, level in enumerate((bullet, count))
    )
    numbers = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(2)
    )
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{kinds}{numbers}</w:numbering>"


def _defaults() -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{FONT}"/><w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _styles() -> list[str]:
    grey, teal = f'<w:color w:val="{GREY}"/>', f'<w:color w:val="{TEAL}"/>'
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        _table_normal(),
        _paragraph("Title", "Title", _spacing(0, 20, 240), _run(52, bold=True), following="Normal"),
        _paragraph("Subtitle", "Subtitle", _spacing(0, 160), _run(26, extra=grey), following="Normal"),
        _heading(1, _spacing(280, 100), _run(30, bold=True, extra=teal)),
        _heading(2, _spacing(180, 60), _run(23, bold=True)),
        _heading(3, _spacing(120, 40), _run(20, bold=True)),
        _paragraph("Overline", "Overline", _spacing(0, 40), _run(18, bold=True, extra=f'{teal}<w:spacing w:val="16"/>')),
        _paragraph("Label", "Label", f'<w:keepNext/>{_spacing(100, 40)}', _run(20, bold=True, extra=teal)),
        _paragraph("Header", "header", _tabs() + _spacing(0, 0), _run(17, extra=grey)),
        _paragraph("Footer", "footer", _tabs() + _spacing(0, 0), _run(16, extra=grey)),
        _paragraph("Small", "Small", _spacing(40, 60), _run(17, extra=grey)),
        _paragraph("TableText", "Table text", _spacing(30, 30, 247), _run(18)),
        _paragraph("TableHead", "Table head", f"<w:keepNext/>{_spacing(30, 30, 240)}", _run(17, bold=True, extra=grey)),
        _paragraph("TableNumber", "Table number", f'{_spacing(30, 30, 247)}<w:jc w:val="right"/>', _run(18)),
        _paragraph("TableNumberHead", "Table number head", f'<w:keepNext/>{_spacing(30, 30, 240)}<w:jc w:val="right"/>', _run(17, bold=True, extra=grey)),
        _paragraph("FormulaText", "Formula text", f"<w:keepNext/>{_spacing(10, 10, 240)}", _run(16)),
        _paragraph("FormulaNumber", "Formula number", f'<w:keepNext/>{_spacing(10, 10, 240)}<w:jc w:val="right"/>', _run(16)),
        _paragraph("Formula", "Formula", f"<w:keepNext/>{_spacing(50, 50)}", _run(17, extra=grey)),
        _paragraph("Figure", "Figure", f'{_spacing(30, 30, 240)}<w:jc w:val="right"/>', _run(26, bold=True)),
        _paragraph("ListBullet", "List Bullet", _list(1), _run(18)),
        _paragraph("ListNumber", "List Number", _list(2), _run(18)),
        _paragraph("SmallText", "Small text", _spacing(0, 20, 240), _run(17)),
        _paragraph("Nothing", "Nothing", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _run(2)),
        _paragraph("WriteLine", "Line to write on", _write_line(), _run(20)),
        _paragraph("Draft", "Draft", _draft(), _run(19)),
        _paragraph("FormLabel", "Form label", f"<w:keepNext/>{_spacing(40, 20, 240)}", _run(18, bold=True, extra=teal)),
        _paragraph("FormHint", "Form hint", f"<w:keepNext/>{_spacing(0, 20, 240)}", _run(16, extra=grey)),
        _paragraph("Answer", "Answer", _spacing(20, 40, 259), _run(20)),
        _paragraph("TickLine", "Tick line", f'{_spacing(40, 40)}<w:ind w:left="340" w:hanging="340"/>', _run(20)),
        _paragraph("FormSpace", "Form space", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', _run(2)),
        _character("Strong", "Strong", "<w:b/><w:bCs/>"),
        _character("Quiet", "Quiet", f'<w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/>'),
        _table(),
        _box(),
    ]  # fmt: skip


def _paragraph(key: str, name: str, properties: str, run: str, following: str = "") -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{after}'
        f"<w:qFormat/><w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _heading(level: int, spacing: str, run: str) -> str:
    properties = f'<w:keepNext/><w:keepLines/>{spacing}<w:outlineLvl w:val="{level - 1}"/>'
    return _paragraph(f"Heading{level}", f"heading {level}", properties, run, following="Normal")


def _character(key: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _run(half_points: int, *, bold: bool = False, extra: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return f'{weight}{extra}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 259) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _list(number: int) -> str:
    return (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>{_spacing(0, 30, 247)}'
        '<w:ind w:left="227" w:hanging="227"/><w:contextualSpacing/>'
    )


def _write_line() -> str:
    return f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="{LINE}"/></w:pBdr>{_spacing(200, 40)}'


def _draft() -> str:
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="{AMBER}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{DRAFT}"/>{_spacing(0, 200, 300)}<w:ind w:left="227"/>'
    )


def _tabs() -> str:
    # The width of the text is the same on any paper, so one tab stop at its right edge fits all.
    return f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'


def _level(kind: str, shown: str, run: str) -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="227" w:hanging="227"/></w:pPr>{run}</w:lvl>'
    )


def _table_normal() -> str:
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _table() -> str:
    hairline = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    return (
        '<w:style w:type="table" w:styleId="Quiet table"><w:name w:val="Quiet table"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders><w:top {hairline}/><w:bottom {hairline}/><w:insideH {hairline}/></w:tblBorders>"
        f'</w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" '
        f'w:space="0" w:color="{TEAL}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    ).replace('w:styleId="Quiet table"', 'w:styleId="QuietTable"')


def _box() -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{FIELD_LINE}"'
    sides = "".join(
        f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="FormBox"><w:name w:val="Form box"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style>"
    )
