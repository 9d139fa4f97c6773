"""How fast a large workbook is read, against bare python-calamine and openpyxl in the same run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import python_calamine
import xlsxwriter

from careersheets.books.guard import start_reading

ROWS, COLUMNS = 100_000, 25
_FIRST_DAY = date(2024, 1, 1)


def run() -> dict[str, object]:
    """Read 100,000 rows by 25 columns and, as in daily use, 200 people by 15 competencies by 2 cycles."""
    with tempfile.TemporaryDirectory() as folder:
        large, daily = Path(folder, "large.xlsx"), Path(folder, "daily.xlsx")
        make_workbook(large, ROWS, COLUMNS)
        make_workbook(daily, 200 * 15 * 2, 14)
        bare = min(seconds(lambda: _read_bare(large)) for _ in range(2))
        ours = min(seconds(lambda: start_reading(large).result()) for _ in range(2))
        small = min(seconds(lambda: start_reading(daily).result()) for _ in range(3))
        process = min(seconds(lambda: _read_in_new_process(daily)) for _ in range(3))
        slow = seconds(lambda: _read_openpyxl(large))
    figures = {
        "rows": ROWS,
        "columns": COLUMNS,
        "seconds": round(ours, 2),
        "bare python-calamine, seconds": round(bare, 2),
        "openpyxl read_only, seconds": round(slow, 2),
        "times bare python-calamine": round(ours / bare, 2),
        "6,000 scores, seconds": round(small, 3),
        "6,000 scores, whole process, seconds": round(process, 3),
    }
    return {
        "suite": "read",
        "figures": figures,
        "ratios": {"python-calamine": round(bare / ours, 2), "openpyxl read_only": round(slow / ours, 1)},
    }


def make_workbook(path: Path, rows: int, columns: int) -> None:
    """A sheet of ids, dates, numbers and remarks."""
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("Scores")
        for row in range(rows):
            for column in range(columns):
                if column < columns // 3:
                    sheet.write_string(row, column, f"E-{row * (column + 3) % 5000:05d}")
                elif column < columns // 3 + 2:
                    sheet.write_datetime(row, column, _FIRST_DAY + timedelta(days=(row + column) % 900), day)
                elif column < columns - 2:
                    sheet.write_number(row, column, row * column % 50 / 10)
                else:
                    sheet.write_string(row, column, f"remark {row} {column}")


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _read_bare(path: Path) -> None:
    workbook = python_calamine.load_workbook(str(path))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _read_openpyxl(path: Path) -> None:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    workbook.close()


def _read_in_new_process(path: Path) -> None:
    code = (
        "import sys; from careersheets.books.guard import start_reading; start_reading(sys.argv[1]).result()"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)
