"""Paragraphs, tables and fields of WordprocessingML as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .look import TEXT_WIDTH

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ORG = "http://schemas.openxmlformats.org"
NAMESPACES = (
    f'xmlns:w="{_ORG}/wordprocessingml/2006/main" xmlns:r="{_ORG}/officeDocument/2006/relationships" '
    f'xmlns:wp="{_ORG}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_ORG}/drawingml/2006/main" '
    f'xmlns:c="{_ORG}/drawingml/2006/chart"'
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, what its cells hold (runs or paragraphs), its share of the width in per cent."""

    header: str
    cell: str
    share: float
    number: bool = False
    style: str = ""
    in_the_middle: bool = False


def run(text: str, style: str = "") -> str:
    """Text in one run; `style` is a character style."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "", further: str = "") -> str:
    """A paragraph of runs, or of plain text; `further` are properties besides its style."""
    inner = content if content.startswith("<w:") or not content else run(content)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{further}</w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def tag(statement: str) -> str:
    """A paragraph that holds only a statement, such as `if draft`; it leaves nothing behind."""
    return f"<w:p>{run('{%p ' + statement + ' %}')}</w:p>"


def when(condition: str, *content: str) -> str:
    """`content` only where `condition` holds."""
    return tag(f"if {condition}") + "".join(content) + tag("endif")


def each(loop: str, *content: str) -> str:
    """`content` once for each turn of `loop`, such as `need in target.needs`."""
    return tag(f"for {loop}") + "".join(content) + tag("endfor")


def write_line(count: int = 1) -> str:
    """`count` empty lines to write on, for print."""
    # Word joins the borders of paragraphs that are alike into one frame, so something stands between two lines.
    return paragraph("", "Nothing").join(paragraph("", "WriteLine") for _ in range(count))


def table(columns: Sequence[Column], loop: str, title: str, description: str, row_height: int = 0) -> str:
    """A table with a header row that repeats on each page and one row for each turn of `loop`.

    Rows are at least `row_height` high, in twentieths of a point.
    """
    head = "".join(
        _cell(column, paragraph(column.header, "TableNumberHead" if column.number else "TableHead"))
        for column in columns
    )
    body = "".join(_cell(column, _cell_content(column)) for column in columns)
    rows = (
        _statement_row(f"for {loop}", len(columns))
        + _row(body, row_height)
        + _statement_row("endfor", len(columns))
    )
    header = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    return _frame(columns, header + rows, title, description)


def fixed_row(columns: Sequence[Column], title: str, description: str) -> str:
    """A table of one header row and one row."""
    head = "".join(_cell(column, paragraph(column.header, "TableHead")) for column in columns)
    header = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    body = "".join(_cell(column, _cell_content(column)) for column in columns)
    return _frame(columns, header + _row(body), title, description)


def side_by_side(left: str, right: str, left_share: float) -> str:
    """Two cells without lines, for things that belong beside each other."""
    columns = [Column("", left, left_share), Column("", right, 100 - left_share)]
    cells = "".join(_cell(column, column.cell) for column in columns)
    grid = _grid(columns)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>{grid}{_row(cells)}</w:tbl>'
        + paragraph("", "Nothing")
    )


def field(instruction: str) -> str:
    """A field such as PAGE, with 1 as what it shows until Word counts."""
    kinds = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return kinds


def to_the_right() -> str:
    """Jumps to the right edge of the text."""
    return "<w:r><w:tab/></w:r>"


def _frame(columns: Sequence[Column], rows: str, title: str, description: str) -> str:
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="QuietTable"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(title)}"/><w:tblDescription w:val="{escape(description)}"/></w:tblPr>'
        f"{_grid(columns)}{rows}</w:tbl>"
    )


def _grid(columns: Sequence[Column]) -> str:
    widths = "".join(f'<w:gridCol w:w="{round(TEXT_WIDTH * column.share / 100)}"/>' for column in columns)
    return f"<w:tblGrid>{widths}</w:tblGrid>"


def _cell(column: Column, content: str) -> str:
    width = f'<w:tcW w:w="{round(column.share * 50)}" w:type="pct"/>'
    middle = '<w:vAlign w:val="center"/>' if column.in_the_middle else ""
    return f"<w:tc><w:tcPr>{width}{middle}</w:tcPr>{content}</w:tc>"


def _cell_content(column: Column) -> str:
    if column.cell.startswith("<w:p>"):
        return column.cell
    return paragraph(column.cell, column.style or ("TableNumber" if column.number else "TableText"))


def _row(cells: str, height: int = 0) -> str:
    at_least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{at_least}</w:trPr>{cells}</w:tr>"


def _statement_row(statement: str, columns: int) -> str:
    """A row that holds only a statement; it leaves nothing behind."""
    span = f'<w:tcPr><w:tcW w:w="5000" w:type="pct"/><w:gridSpan w:val="{columns}"/></w:tcPr>'
    content = paragraph(run("{%tr " + statement + " %}"), "TableText")
    return f"<w:tr>{'<w:tc>' + span + content + '</w:tc>'}</w:tr>"
