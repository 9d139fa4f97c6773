"""What the fast reader does not tell of an .ods: errors, formulas never calculated, booleans and spans of time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import IO
from xml.parsers import expat

from ..model.cells import LAST_COLUMN, LAST_ROW, CellError, CellValue, Uncalculated
from .xml_outline import BadXml, secure_parser

Place = tuple[int, int]

_CHUNK = 1 << 20
_MOST = 1_000_000
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#N/A|Err:[0-9]{3}")
_SPAN = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+(?:\.\d+)?)S")


def scan_open_document(content: IO[bytes]) -> dict[str, dict[Place, CellValue]]:
    """Cells that must be read otherwise, by sheet and by (row, column), 1-based.

    Raises:
        BadXml: the part is not well-formed, or asks for more such cells than a sheet can hold.
    """
    scan = _Scan()
    parser = secure_parser()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.characters
    try:
        while chunk := content.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadXml(str(error)) from error
    return scan.found


class _Scan:
    """Follows tables, rows and cells, each of which may stand for many."""

    def __init__(self) -> None:
        self.found: dict[str, dict[Place, CellValue]] = {}
        self.sheet: dict[Place, CellValue] = {}
        self.row = self.rows = self.column = self.columns = 0
        self.cell: Mapping[str, str] = {}
        self.text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheet = self.found.setdefault(attributes.get("table:name", ""), {})
            self.row = self.rows = 0
        elif name == "table:table-row":
            self.row += self.rows
            self.rows = _count(attributes.get("table:number-rows-repeated"), LAST_ROW)
            self.column = self.columns = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.column += self.columns
            self.columns = _count(attributes.get("table:number-columns-repeated"), LAST_COLUMN)
            self.cell, self.text = attributes, ""

    def characters(self, text: str) -> None:
        self.text += text

    def end(self, name: str) -> None:
        if name == "table:table-cell":
            value = _value(self.cell, self.text)
            if value is not None:
                self._keep(value)

    def _keep(self, value: CellValue) -> None:
        if len(self.sheet) + self.rows * self.columns > _MOST:
            raise BadXml("too many repeated cells")
        for row in range(self.row + 1, self.row + self.rows + 1):
            for column in range(self.column + 1, self.column + self.columns + 1):
                self.sheet[row, column] = value


def _value(cell: Mapping[str, str], text: str) -> CellValue:
    """What the cell holds, if it is something that the fast reader gets wrong."""
    kind = cell.get("calcext:value-type") or cell.get("office:value-type", "")
    formula = cell.get("table:formula", "")
    if kind == "error" or (formula and _ERROR.fullmatch(text)):
        return CellError(text or "#VALUE!")
    if kind == "boolean":
        return cell.get("office:boolean-value") == "true"
    span = _SPAN.fullmatch(cell.get("office:time-value", ""))
    if span is not None and int(span[2]) >= 24:
        length = timedelta(hours=int(span[2]), minutes=int(span[3]), seconds=float(span[4]))
        return -length if span[1] else length
    return Uncalculated("=" + formula.removeprefix("of:=")) if formula and not kind and not text else None


def _count(text: str | None, most: int) -> int:
    return min(int(text), most) if text is not None and text.isdecimal() else 1
