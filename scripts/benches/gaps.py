"""Gaps and readiness of 100,000 people x 20 competencies (2 million rows), against a plain loop over the rows."""

from __future__ import annotations

import resource
import sys
import time
from typing import Any

import numpy as np
import pandas as pd
from _children import in_child

from careersheets.analysis.gaps import compute_gaps
from careersheets.analysis.readiness import PERSON_TARGET, compute_readiness, readiness_bands
from careersheets.tables.settings import WorkbookSettings

PEOPLE = 100_000
COMPETENCIES = 20
LEVELS = 12


def run() -> dict[str, Any]:
    """Both ways, each in a process of its own; they must agree on every person."""
    ours, loop = in_child("gaps", "ours"), in_child("gaps", "loop")
    if not np.isclose(ours["attainment"], loop["attainment"], rtol=0, atol=1e-9):
        sys.exit(f"The two ways disagree: {ours['attainment']} and {loop['attainment']}.")
    return {
        "figures": {
            "rows": PEOPLE * COMPETENCIES,
            "careersheets (s)": ours["seconds"],
            "careersheets, whole process at its peak (MB)": ours["peak"],
            "plain loop (s)": loop["seconds"],
            "plain loop, whole process at its peak (MB)": loop["peak"],
        },
        "ratios": {"plain loop": round(loop["seconds"] / ours["seconds"], 1)},
    }


def ours() -> dict[str, float]:
    """The product's own functions, from frames to bands."""
    targets, expectations, current = _frames()
    begin = time.perf_counter()
    readiness = compute_readiness(compute_gaps(targets, expectations, current))
    bands = readiness_bands(readiness, WorkbookSettings())
    seconds = time.perf_counter() - begin
    if len(bands) != PEOPLE:
        sys.exit(f"{len(bands)} bands for {PEOPLE} people.")
    return _measured(seconds, float(readiness["attainment"].sum()))


def loop() -> dict[str, float]:
    """The same as one would write it first, from the same frames: dictionaries, and a loop over their rows."""
    targets, expectations, current = _frames()
    begin = time.perf_counter()
    asked: dict[str, list[Any]] = {}
    for row in expectations.itertuples(index=False):
        asked.setdefault(row.level_code, []).append(row)
    rated = {(row.employee_id, row.competency_id): row for row in current.itertuples(index=False)}
    gaps: list[tuple[Any, ...]] = []
    attainments = [
        _person_by_loop(person.employee_id, asked[person.target_level], rated, gaps)
        for person in targets.itertuples(index=False)
    ]
    seconds = time.perf_counter() - begin
    if len(gaps) != PEOPLE * COMPETENCIES:
        sys.exit(f"{len(gaps)} gaps for {PEOPLE * COMPETENCIES} rows.")
    return _measured(seconds, sum(attainments))


def _person_by_loop(
    person: str, asked: list[Any], rated: dict[tuple[str, str], Any], gaps: list[tuple[Any, ...]]
) -> float:
    """One person's attainment; adds the person's rows to `gaps`. The other figures are summed as the product's are."""
    applicable = known = attained = met = 0.0
    for want in asked:
        row = rated[person, want.competency_id]
        gap = want.required - row.current
        gaps.append(
            (person, want.competency_id, want.required, row.current, gap, want.critical and gap > want.step)
        )
        if want.optional or row.not_applicable:
            continue
        applicable += want.weight
        if row.current != row.current:  # not rated: NaN differs from itself
            continue
        known += want.weight
        met += want.weight if gap <= 0 else 0.0
        share = 1.0 if gap <= 0 else (row.current - want.low) / (want.required - want.low)
        attained += want.weight * share
    return attained / known


def _frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Invented targets, expectations and ratings, always the same; one rating in fifty is missing, one in fifty N/A."""
    chance = np.random.default_rng(7)
    people = np.array([f"P{number:06d}" for number in range(PEOPLE)], dtype=object)
    codes = np.array([f"C{number:02d}" for number in range(COMPETENCIES)], dtype=object)
    levels = np.array([f"L{number:02d}" for number in range(LEVELS)], dtype=object)
    targets = pd.DataFrame({"employee_id": people, "target_level": chance.choice(levels, PEOPLE)})
    asked = LEVELS * COMPETENCIES
    expectations = pd.DataFrame(
        {
            "level_code": np.repeat(levels, COMPETENCIES),
            "competency_id": np.tile(codes, LEVELS),
            "required": chance.integers(2, 6, asked).astype(float),
            "weight": 5.0,
            "critical": chance.random(asked) < 0.2,
            "optional": chance.random(asked) < 0.05,
            "low": 1.0,
            "high": 5.0,
            "step": 1.0,
        }
    )
    ratings = chance.integers(1, 6, PEOPLE * COMPETENCIES).astype(float)
    ratings[chance.random(len(ratings)) < 0.04] = np.nan
    current = pd.DataFrame(
        {
            "employee_id": np.repeat(people, COMPETENCIES),
            "competency_id": np.tile(codes, PEOPLE),
            "current": ratings,
            "not_applicable": np.isnan(ratings) & (chance.random(len(ratings)) < 0.5),
        }
    )
    return targets.astype(dict.fromkeys(PERSON_TARGET, "str")), *_as_texts(expectations, current)


def _as_texts(expectations: pd.DataFrame, current: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Codes and ids as the product's tables hold them."""
    return (
        expectations.astype({"level_code": "str", "competency_id": "str"}),
        current.astype({"employee_id": "str", "competency_id": "str"}),
    )


def _measured(seconds: float, attainment: float) -> dict[str, float]:
    # Linux counts ru_maxrss in kB, macOS in bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return {"seconds": round(seconds, 3), "peak": round(peak), "attainment": attainment}
