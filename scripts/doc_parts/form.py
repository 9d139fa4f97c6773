"""Fields that people fill in, on screen or by hand: one look for all forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .look import TEXT_WIDTH
from .words import Column, paragraph, run, table

_LINE = 420  # a line of handwriting, in twentieths of a point
_LABEL = 330


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and the name of its field, such as `form.direction`; `lines` of handwriting fit into its box.

    `share` is its part of the width in per cent where several stand beside each other.
    """

    label: str
    name: str
    lines: int = 1
    share: float = 100
    hint: str = ""


def field(name: str) -> str:
    """The run in which the field called `name` appears."""
    return run("{{r " + name + " }}")


def question(label: str, name: str, lines: int = 3, hint: str = "") -> str:
    """A box with what is asked and room for the answer, which grows with what is typed."""
    return question_row(Question(label, name, lines, hint=hint))


def question_row(*questions: Question) -> str:
    """Questions in boxes beside each other; their shares add up to 100."""
    height = _LABEL + _LINE * max(question.lines for question in questions)
    grid = "".join(f'<w:gridCol w:w="{_width(question.share)}"/>' for question in questions)
    boxes = "".join(_box(question) for question in questions)
    labels = escape("; ".join(question.label for question in questions), {'"': "&quot;"})
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="FormBox"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0000"/><w:tblCaption w:val="To fill in"/><w:tblDescription w:val="{labels}"/></w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"</w:trPr>{boxes}</w:tr></w:tbl>{paragraph('', 'FormSpace')}"
    )


def tick(label: str, name: str) -> str:
    """A box to tick with words behind it."""
    return paragraph(field(name) + run(f"  {label}"), "TickLine")


def answer(name: str) -> str:
    """The field called `name` as what a cell of a table holds."""
    return paragraph(field(name), "Answer")


def answer_table(columns: Sequence[Column], loop: str, title: str, description: str, lines: int = 2) -> str:
    """A table whose rows are filled in, as `words.table`; cells with fields hold `answer(name)`."""
    return table(columns, loop, title, description, row_height=_LINE * lines)


def _box(question: Question) -> str:
    hint = paragraph(question.hint, "FormHint") if question.hint else ""
    width = f'<w:tcPr><w:tcW w:w="{_width(question.share)}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{width}{paragraph(question.label, 'FormLabel')}{hint}{answer(question.name)}</w:tc>"


def _width(share: float) -> int:
    return round(TEXT_WIDTH * share / 100)
