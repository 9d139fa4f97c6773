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
    """The same as one would write it first: dictionaries and a loop, the rows given as plain Python values."""
    targets, expectations, current = _frames()
    target_of = dict(zip(targets["employee_id"], targets["target_level"], strict=True))
    asked: dict[str, list[tuple[Any, ...]]] = {}
    for row in expectations.itertuples(index=False):
        asked.setdefault(row.level_code, []).append(tuple(row))
    scores = list(current.itertuples(index=False, name=None))
    begin = time.perf_counter()
    rated = {(person, competency): (rating, na) for person, competency, rating, na in scores}
    attainments = [_person_by_loop(person, asked[level], rated) for person, level in target_of.items()]
    seconds = time.perf_counter() - begin
    return _measured(seconds, sum(attainments))


def _person_by_loop(
    person: str, asked: list[tuple[Any, ...]], rated: dict[tuple[str, str], tuple[float, bool]]
) -> float:
    """Attainment; the other figures are summed too, as the product's are, and thrown away."""
    applicable = known = attained = met = 0.0
    gaps = []
    for _, competency, required, weight, critical, optional, low, _, step in asked:
        rating, not_applicable = rated[person, competency]
        gap = required - rating
        gaps.append((competency, required, rating, gap, critical and gap > step))
        if optional or not_applicable:
            continue
        applicable += weight
        if rating != rating:  # noqa: PLR0124 - NaN is the one value that differs from itself
            continue
        known += weight
        met += weight if gap <= 0 else 0.0
        attained += weight * (1.0 if gap <= 0 else (rating - low) / (required - low))
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
