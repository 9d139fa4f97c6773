"""How long a press of Generate gap reports takes on 200 people, as a whole process from its start to its end.

python scripts/benches/press.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from careersheets.books.building import build_workbook

PEOPLE = 200
COMPETENCIES = 12
CYCLE = "2026-H2"
BUTTON = "Generate gap reports"
GOAL_SECONDS = 4.0


def run(times: int = 3) -> dict[str, object]:
    """Press the button on a fresh workbook `times` times; the best time counts, for other programs disturb."""
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder, "original.xlsx")
        build_workbook(original, _rows())
        seconds = [_press(original, Path(folder, str(number))) for number in range(times)]
    return {
        "people": PEOPLE,
        "documents": PEOPLE,
        "seconds": round(min(seconds), 2),
        "goal_seconds": GOAL_SECONDS,
    }


def _press(original: Path, folder: Path) -> float:
    folder.mkdir()
    workbook = folder / "careers.xlsx"
    workbook.write_bytes(original.read_bytes())
    command = [sys.executable, "-m", "careersheets.surfaces.cli", "press", str(workbook), BUTTON]
    begun = time.perf_counter()
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    made = len(list(folder.rglob("*.docx")))
    if made != PEOPLE:
        raise SystemExit(f"{made} documents instead of {PEOPLE}: {result.stdout}{result.stderr}")
    return seconds


def _rows() -> dict[str, list[dict[str, object]]]:
    people = [f"E{number:04}" for number in range(PEOPLE)]
    what = [f"C{number:02}" for number in range(COMPETENCIES)]
    return {
        "People": [
            {
                "employee_id": key,
                "name": f"Person {key}",
                "level_code": "L1",
                "manager": people[number // 20] if number % 20 else None,
                "target_1": "L2",
            }
            for number, key in enumerate(people)
        ],
        "Evaluations": [
            {"cycle": CYCLE, "employee_id": key, "level_code": "L1", "targets": ("L2",), "status": "Released"}
            for key in people
        ],
        "Scores": [
            {
                "cycle": CYCLE,
                "employee_id": key,
                "competency_id": code,
                "manager_rating": 1 + number % 4,
                "agreed_rating": 1 + number % 4,
                "evidence": "Led the migration of a service and wrote down what was learnt.",
            }
            for number, (key, code) in enumerate(product(people, what))
        ],
        "Levels": [
            {
                "level_code": f"L{rank}",
                "family": "Engineering",
                "track": "IC",
                "rank": rank,
                "title": f"Level {rank}",
            }
            | ({"next_levels": ("L2",)} if rank == 1 else {})
            for rank in (1, 2)
        ],
        "Competencies": [
            {
                "competency_id": code,
                "competency": f"Competency {code}",
                "category": "Work",
                "scale": "Default",
            }
            for code in what
        ],
        "Expectations": [
            {
                "level_code": f"L{rank}",
                "competency_id": code,
                "required": rank + 1,
                "behaviours": ("Plans the work of the team", "Explains the plan to others"),
                "skills": ("Planning",),
            }
            for rank, code in product((1, 2), what)
        ],
        "Cycles": [{"cycle": CYCLE, "status": "Open"}],
    }


if __name__ == "__main__":
    print(run())
