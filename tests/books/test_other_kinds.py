"""Old and open formats, and errors newer than the reader: nothing that stands in a cell is read as a blank."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter

from careersheets.books.guard import start_reading
from careersheets.books.xls_scan import scan_old_workbook
from careersheets.model.cells import CellError, Uncalculated

from ..support.office import convert
from .mutations import mutated
from .workbook_maker import packed, rows_of

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "table": "table", "text": "text"}.items()
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/></manifest:manifest>'
)


def errors_and_values(path: Path) -> Path:
    """A workbook whose second sheet holds three errors and a value in row 3."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("First").write("A1", "x")
        second = workbook.add_worksheet("Scores")
        for cell, formula, shown in (
            ("B3", "=NA()", "#N/A"),
            ("C3", "=1/0", "#DIV/0!"),
            ("D3", '=VALUE("x")', "#VALUE!"),
        ):
            second.write_formula(cell, formula, None, shown)
        second.write("E3", 4)
    return path


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_errors_are_told_in_old_and_open_formats(tmp_path: Path, kind: str) -> None:
    source = errors_and_values(tmp_path / "careers.xlsx")
    path = convert(source, kind, tmp_path / "converted")
    row = start_reading(path).result().grids["Scores"].row(3)
    # LibreOffice shows `Err:502` where Excel shows `#VALUE!`.
    value_error = CellError("#VALUE!" if kind == "xls" else "Err:502")
    assert row == [None, CellError("#N/A"), CellError("#DIV/0!"), value_error, 4]


def test_a_damaged_old_workbook_never_stops_the_scan(tmp_path: Path) -> None:
    path = convert(errors_and_values(tmp_path / "careers.xlsx"), "xls", tmp_path / "converted")
    chance = random.Random(7)  # noqa: S311 - it must be repeatable, not secret
    content = path.read_bytes()
    found = [scan_old_workbook(mutated(content, chance)) for _ in range(500)]
    assert len(found) == 500


def test_open_document_cells_keep_their_kind(tmp_path: Path) -> None:
    """
    | cell              | read as        |
    | a true boolean    | True           |
    | 36 hours          | 1 day 12 hours |
    | an error, twice   | CellError x 2  |
    | never calculated  | Uncalculated   |
    """
    cells = (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>'
        '<table:table-cell table:number-columns-repeated="2" table:formula="of:=NA()" office:value-type="string">'
        "<text:p>#N/A</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=[.A1]"/>'
    )
    body = f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'
    content = (
        f"<office:document-content {_SPACES}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "careers.ods"
    path.write_bytes(packed({"mimetype": _KIND, "META-INF/manifest.xml": _MANIFEST, "content.xml": content}))
    row = start_reading(path).result().grids["S"].row(1)
    assert row == [True, timedelta(hours=36), CellError("#N/A"), CellError("#N/A"), Uncalculated("=[.A1]")]


def test_an_error_newer_than_the_reader_does_not_close_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "careers.xlsx"
    path.write_bytes(
        rows_of(
            '<c r="A1" t="e" vm="1"><f>SORT(B1:B9)</f><v>#SPILL!</v></c>', '<c r="B1"><v>5</v></c>',
            '<c r="C1" t="e"><v>#REF!</v></c>', '<c r="D1" t="s"><v>0</v></c>',
        )
    )  # fmt: skip
    assert start_reading(path).result().grids["Scores"].row(1) == [
        CellError("#SPILL!"), 5.0, CellError("#REF!"), "Ines",
    ]  # fmt: skip
