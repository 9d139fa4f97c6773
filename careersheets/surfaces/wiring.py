"""The only place where adapters are built."""

from __future__ import annotations

from pathlib import Path

from ..books.excel_file import ExcelFile
from ..workflows.shipped import WORKBOOK, shipped_folder


def open_book(path: Path) -> ExcelFile:
    """The master workbook at `path`, already being read while the rest of the program loads."""
    book = ExcelFile(path, template=shipped_folder("workbook_templates") / WORKBOOK)
    book.start_reading()
    return book
