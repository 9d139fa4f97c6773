"""One write of results into the workbook named on the command line, for tests that kill it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from careersheets.books.book import Changes, SheetRows
from careersheets.books.excel_file import ExcelFile

ROWS = [
    ("Error", "Scores", f"F{row}", "E-1", "rating 6 is outside", "enter 1 to 5", "CS203")
    for row in range(2_000)
]


def write(path: Path) -> None:
    """Read the workbook and write the results."""
    book = ExcelFile(path, keep_backups=3, clock=lambda: datetime(2026, 1, 22, 14, 3, 5))
    book.write(
        book.read(), Changes([SheetRows("To fix", ROWS, 6, 2)], {"cs_last_run": datetime(2026, 1, 22, 14, 3)})
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
