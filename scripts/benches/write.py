"""How fast and in how much memory results are written into a workbook, against an openpyxl load and save."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from read import make_workbook, seconds

from careersheets.books.book import BookContents, Changes, Link, SheetRows
from careersheets.books.diff import AddedRow, Diff, apply_diff
from careersheets.books.excel_file import ExcelFile
from careersheets.books.package import Package
from careersheets.books.safe_save import fingerprint_of

RESULT_ROWS, MANY_ROWS = 10_000, 100_000
_WIDTH = 16
_FIRST_ROW, _FIRST_COLUMN = 6, 2
# Linux keeps the peak of the process that started this one in ru_maxrss, so its own status file is asked there.
_MEASURED = """
import resource, sys
from pathlib import Path
import write
getattr(write, sys.argv[1])(Path(sys.argv[2]), int(sys.argv[3]))
status = Path("/proc/self/status")
if status.exists():
    print(next(int(line.split()[1]) >> 10 for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20)
"""


def run() -> dict[str, object]:
    """Write 10,000 result rows into a workbook of ten sheets, then 100,000; add 1,000 rows below 100,000 of HR's."""
    with tempfile.TemporaryDirectory() as folder:
        book, other, many, large = (
            Path(folder, f"{name}.xlsx") for name in ("book", "other", "many", "large")
        )
        for path in (book, other, many):
            _make_master(path)
        make_workbook(large, MANY_ROWS, 25)
        ours = min(seconds(lambda: write_results(book, RESULT_ROWS)) for _ in range(3))
        slow = seconds(lambda: _write_openpyxl(other, RESULT_ROWS))
        memory = _peak("write_results", many, MANY_ROWS)
        appending = _peak("add_rows", large, 1_000)
    figures = {
        "rows": RESULT_ROWS,
        "seconds": round(ours, 2),
        "openpyxl load and save, seconds": round(slow, 2),
        "100,000 rows written, peak MB": memory,
        "1,000 rows added below 100,000, peak MB": appending,
    }
    return {"suite": "write", "figures": figures, "ratios": {"openpyxl": round(slow / ours, 1)}}


def write_results(path: Path, rows: int) -> None:
    """Write result rows by lossless patch, with backup and all."""
    _write(path, Changes([SheetRows("Gaps", result_rows(rows), _FIRST_ROW, _FIRST_COLUMN)]))


def add_rows(path: Path, rows: int) -> None:
    """Add rows below HR's own."""
    diff = Diff(additions=tuple(AddedRow("Scores", (f"N-{row}", "x", 3.0)) for row in range(rows)))
    with Package(path) as package, path.with_suffix(".new").open("w+b") as file:
        apply_diff(package, diff)
        package.save(file)


def result_rows(count: int) -> list[tuple[object, ...]]:
    """Rows as the sheet Gaps has them, with a link in each."""
    return [
        (
            "2026-H1", f"E-{row:05d}", "Ayşe Yılmaz", "E3", "C-1", Link("System design", location=f"Scores!F{row + 2}"),
            3.0, 4.0, 1.0, 4.0, 1.0, 0.5, False, "now", "near", date(2026, 1, 2),
        )
        for row in range(count)
    ]  # fmt: skip


def _write(path: Path, changes: Changes) -> None:
    ExcelFile(path).write(BookContents(path.name, fingerprint_of(path), {}), changes)


def _write_openpyxl(path: Path, count: int) -> None:
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Gaps"]
    for number, row in enumerate(result_rows(count), _FIRST_ROW):
        for column, value in enumerate(row, _FIRST_COLUMN):
            cell = sheet.cell(number, column, value.text if isinstance(value, Link) else value)
            if isinstance(value, Link):
                cell.hyperlink = f"#{value.location}"
    workbook.save(path)


def _make_master(path: Path) -> None:
    """Ten sheets: people, scores of three cycles, a framework, and empty results."""
    with xlsxwriter.Workbook(path) as workbook:
        style = workbook.add_format({"bottom": 4})
        for name, rows in {
            "People": 200,
            "Scores": 9_000,
            "Expectations": 600,
            "Goals": 800,
            "Action items": 1_500,
        }.items():
            sheet = workbook.add_worksheet(name)
            for row in range(rows):
                sheet.write_row(
                    row, 0, [f"E-{row % 200:03d}", f"C-{row % 15}", row % 5, "evidence seen in review", row]
                )
        for name in ("Levels", "Competencies", "Settings", "To fix", "Gaps"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(_FIRST_ROW - 2, 1, [f"column {column}" for column in range(_WIDTH)])
            for column in range(_WIDTH):
                sheet.write_blank(_FIRST_ROW - 1, column + 1, None, style)


def _peak(what: str, path: Path, rows: int) -> int:
    command = [sys.executable, "-c", _MEASURED, what, path, str(rows)]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    return int(done.stdout)
