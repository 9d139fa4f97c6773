"""Gaps towards imported levels, worked by hand.

level  family  rank  COM   DES   AUD (scale of 3 points, 0 to 2)
T4     Tech     4     3     2     -        a ladder that starts at 4 and forks after T4
T5     Tech     5     4     1     1        DES falls
M5     Tech     5     2     -     2        DES is not asked at all
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from careersheets.analysis.compute import compute_results
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.workflows.importing.table import read_table
from tests.support.contents import contents_of

pytestmark = pytest.mark.requirement("F1", "F3", "F4", "F7", "G1")

TABLE = """\
Family,Track,Rank,Level code,Level,Competency ID,Competency,Required,Label
Tech,IC,4,T4,Engineer,COM,Communication,3,Steady (3 of 5)
Tech,IC,4,T4,Engineer,DES,Design,2,Some (2 of 5)
Tech,IC,4,T4,Engineer,AUD,Audit,,
Tech,IC,5,T5,Senior Engineer,COM,Communication,4,Strong (4 of 5)
Tech,IC,5,T5,Senior Engineer,DES,Design,1,First (1 of 5)
Tech,IC,5,T5,Senior Engineer,AUD,Audit,1,With help
Tech,Management,5,M5,Team Lead,COM,Communication,2,Some (2 of 5)
Tech,Management,5,M5,Team Lead,DES,Design,,
Tech,Management,5,M5,Team Lead,AUD,Audit,2,Alone
Tech,Management,5,M5,Team Lead,AUX,Archive,0,Not yet
"""


def gaps_of(path: Path) -> tuple[pd.DataFrame, dict[str, tuple[float, float]]]:
    _, mapping = read_table(path)
    imported, _ = read_table(path, replace(mapping, next_levels={"T4": ("T5", "M5")}))
    ratings = {"COM": 3, "DES": 2, "AUD": 1, "AUX": 0}
    scores = [
        {"cycle": "H2", "employee_id": "1", "competency_id": code, "manager_rating": rating}
        for code, rating in ratings.items()
    ]
    rows = {
        **{sheet: [_joined(row) for row in of] for sheet, of in imported.rows.items()},
        "People": [{"employee_id": "1", "name": "Ewa Nowak", "level_code": "T4"}],
        "Cycles": [{"cycle": "H2", "status": "Open"}],
        "Evaluations": [{"cycle": "H2", "employee_id": "1", "level_code": "T4"}],
        "Scores": scores,
    }
    tables, findings = read_tables(contents_of(rows))
    assert findings == []
    results = compute_results(tables, read_settings(tables)[0], date(2026, 11, 22))
    ends = results.gaps.drop_duplicates("competency_id").set_index("competency_id")[["low", "high"]]
    return results.gaps, {code: (row["low"], row["high"]) for code, row in ends.iterrows()}


def _joined(row: dict[str, object]) -> dict[str, object]:
    return {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in row.items()}


def test_falling_missing_forking_and_starting_at_4(tmp_path: Path) -> None:
    path = tmp_path / "tech.csv"
    path.write_text(TABLE, encoding="utf-8")
    gaps, ends = gaps_of(path)
    found = {
        (row["target_level"], row["competency_id"]): (row["required"], row["gap"])
        for row in gaps.to_dict("records")
    }
    assert found == {
        ("T5", "COM"): (4, 1),
        ("T5", "DES"): (1, -1),
        ("T5", "AUD"): (1, 0),
        ("M5", "COM"): (2, -1),
        ("M5", "AUD"): (2, 1),
        ("M5", "AUX"): (0, 0),
    }
    now = gaps[gaps["target_level"].eq("T5")].set_index("competency_id")["gap_now"]
    assert (now["COM"], now["DES"]) == (0, 0)
    assert pd.isna(now["AUD"]), "the level of today does not ask for it"
    assert ends == {"COM": (1, 5), "DES": (1, 5), "AUD": (0, 4), "AUX": (0, 4)}
