"""`careersheets check` on 200 people x 15 competencies x 2 cycles, and `careersheets --help`, as whole processes."""

from __future__ import annotations

import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from _children import best_seconds

from careersheets.books.building import build_workbook
from careersheets.workflows.demo import demo_rows

PEOPLE = 200
COMPETENCIES = 15
CYCLES = 2

# What a person's run may cost: an interpreter that imports nothing but pandas cannot be beaten by much.
_CHECK = [sys.executable, "-m", "careersheets.surfaces.cli", "check"]
_PANDAS = [sys.executable, "-c", "import pandas"]


def run() -> dict[str, Any]:
    """Best of five each; the check writes its findings back into the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "careers.xlsx"
        scores = _build(workbook)
        check = best_seconds([*_CHECK, workbook], accepted=(0, 1))
        read_only = best_seconds([*_CHECK, "--read-only", workbook], accepted=(0, 1))
    return {
        "figures": {
            "people": PEOPLE,
            "rows on the sheet Scores": scores,
            "careersheets check (s)": check,
            "careersheets check --read-only (s)": read_only,
            "careersheets --help (s)": best_seconds(
                [sys.executable, "-m", "careersheets.surfaces.cli", "--help"]
            ),
            "python -c 'import pandas' (s)": best_seconds(_PANDAS),
        },
        "ratios": {},
    }


def _build(workbook: Path) -> int:
    """The demo's company, five times as large; how many scores it holds."""
    rows = demo_rows(today=date(2026, 10, 1), people=PEOPLE, cycles=CYCLES)
    _fill_up(rows["Scores"], [row["competency_id"] for row in rows["Competencies"]])
    build_workbook(workbook, rows, created=datetime(2026, 10, 1))
    return len(rows["Scores"])


def _fill_up(scores: list[dict[str, Any]], competencies: list[str]) -> None:
    """Bring every person and cycle to the number of competencies wanted."""
    rated: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in scores:
        rated.setdefault((row["employee_id"], row["cycle"]), []).append(row)
    for rows in rated.values():
        there = {row["competency_id"] for row in rows}
        missing = [code for code in competencies if code not in there][: COMPETENCIES - len(rows)]
        scores += [{**rows[0], "competency_id": code} for code in missing]
