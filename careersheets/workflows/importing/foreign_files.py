"""Tables from outside as grids: workbooks through the guard, text files by a small reader with limits of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path

from ...books.excel_file import ExcelFile
from ...model.cells import CellValue, Grid
from ...model.errors import FileRefused

LARGEST_TEXT = 64 * 1024 * 1024
MOST_ROWS = 400_000
MOST_COLUMNS = 2_000
LONGEST_CELL = 100_000

TEXT_ENDINGS = (".csv", ".txt", ".tsv")
_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 60
_SPLIT_IT = "Split it, or save it as an Excel workbook."
_SAVE_UTF8 = "In Excel choose Save As > CSV UTF-8, then try again."


def read_foreign(path: Path) -> Mapping[str, Grid]:
    """The sheets of a file by name; a text file is one sheet, named after the file, and all its cells are text.

    Raises:
        FileRefused: the file is not read, with the reason.
    """
    if path.suffix.lower() not in TEXT_ENDINGS:
        return ExcelFile(path).read().grids
    rows = list(_rows_of(path))
    return {path.stem: _grid(path.stem, rows)}


def _rows_of(path: Path) -> Iterable[list[str]]:
    text = _text_of(path)
    csv.field_size_limit(LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=_delimiter(path, text)), start=1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise FileRefused(path, "has more rows or columns than can be imported.", _SPLIT_IT)
            yield row
    except csv.Error as error:
        raise FileRefused(path, "has a cell without end, or one that is far too long.", _SPLIT_IT) from error


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise FileRefused(path, "is larger than 64 MB.", _SPLIT_IT)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileRefused(path, "is not there.", "Check the name and the folder.") from error
    except OSError as error:
        raise FileRefused(path, "may not be read by you.", "Copy it to a folder of yours.") from error
    text = _decoded(data)
    if not text.strip() or "\0" in text:
        raise FileRefused(path, "is empty or is not a text file.", _SAVE_UTF8)
    return text


def _decoded(data: bytes) -> str:
    """Text by its byte order mark, else UTF-8 if it is, else what Excel writes on Western Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(path: Path, text: str) -> str:
    """The delimiter by which the first lines have most cells in common; tabs for .tsv and O*NET's .txt."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    first = "\n".join(text.splitlines()[:_LOOKED_AT])
    return max(_DELIMITERS, key=lambda delimiter: _columns_in_common(first, delimiter))


def _columns_in_common(text: str, delimiter: str) -> int:
    widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    return max(((widths.count(width) * (width - 1)) for width in set(widths)), default=0)


def _grid(name: str, rows: list[list[str]]) -> Grid:
    cells: list[list[CellValue]] = [[cell.strip() or None for cell in row] for row in rows]
    columns = tuple(list(column) for column in zip_longest(*cells))
    return Grid(name, columns)
