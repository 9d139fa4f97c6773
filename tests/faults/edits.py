"""What HR types into the workbook, everything else in it left as it is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from careersheets.books.excel_patch import patch_cells
from careersheets.books.package import Package


def edit(path: Path, sheet: str, whose: dict[str, Any], **typed: Any) -> None:
    """Type into the row of `sheet` that has these values, by header."""
    rows = rows_on(path, sheet)
    header = next(number for number, row in enumerate(rows) if set(whose) <= set(row))
    columns = {name: column for column, name in enumerate(rows[header], start=1)}
    number = next(
        number
        for number, row in enumerate(rows[header + 1 :], start=header + 2)
        if all(row[columns[name] - 1] == value for name, value in whose.items())
    )
    changed = BytesIO()
    with Package(path) as package:
        patch_cells(package, sheet, {(number, columns[name]): value for name, value in typed.items()})
        package.save(changed)
    path.write_bytes(changed.getvalue())


def rows_on(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The values of a sheet, from its first row and column."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        page = book[sheet]
        page.reset_dimensions()
        return list(page.iter_rows(min_row=1, min_col=1, values_only=True))
    finally:
        book.close()
