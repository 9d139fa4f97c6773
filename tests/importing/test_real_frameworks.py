"""Real frameworks from file to gap report: imported, checked, people invented and rated, documents made.

Numbers are compared with the source, which the tests read in a way of their own.
"""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import floor
from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from careersheets.analysis.attributions import attributions
from careersheets.books.excel_file import ExcelFile
from careersheets.workflows.check import check
from careersheets.workflows.importing.imported import Imported
from careersheets.workflows.importing.onet import import_onet
from careersheets.workflows.importing.onet_ladders import parse_ladder
from careersheets.workflows.importing.table import read_table
from careersheets.workflows.importing.writing import write_new
from careersheets.workflows.report import Asked, ReportOutcome, report
from tests.support.shared_data import shared_data

pytestmark = pytest.mark.requirement("F7", "F3", "F4", "G1")

NOW = datetime(2026, 11, 22, 9, 30)
NAMES = (
    "Aoife Byrne",
    "Nguyễn Văn Minh",
    "Fatoumata Diallo",
    "Jørgen Lund",
    "Chiamaka Eze",
    "Yuki Mori",
    "Rosa Quispe",
    "Zoltán Nagy",
    "Leila Haddad",
    "Tamar Beridze",
)

Ratings = dict[tuple[str, str], float]


def required_of(imported: Imported) -> Ratings:
    return {
        (row["level_code"], row["competency_id"]): row["required"] for row in imported.rows["Expectations"]
    }


def with_people(imported: Imported, levels: Sequence[str]) -> tuple[Imported, Ratings]:
    """One invented person at each of `levels`, rated one point below what their first next level asks for, or lowest.

    Returns:
        The rows with the people, and the gap each of them has, by employee id and competency.
    """
    scales = {row["competency_id"]: row["scale"] for row in imported.rows["Competencies"]}
    low = {
        name: min(r["value"] for r in imported.rows["Rating scales"] if r["scale"] == name)
        for name in scales.values()
    }
    follow = {row["level_code"]: row["next_levels"] for row in imported.rows["Levels"]}
    people, scores = [], []
    gaps: Ratings = {}
    for number, level in enumerate(levels):
        person = f"E{number + 1:02d}"
        people.append({"employee_id": person, "name": NAMES[number], "level_code": level})
        target = (follow[level] or (level,))[0]
        for (of, competency), required in required_of(imported).items():
            if of == target:
                rating = max(required - 1, low[scales[competency]])
                gaps[person, competency] = required - rating
                scores.append(
                    {
                        "cycle": "2026-H2",
                        "employee_id": person,
                        "competency_id": competency,
                        "manager_rating": rating,
                    }
                )
    cycle = {
        "cycle": "2026-H2",
        "start": datetime(2026, 7, 1),
        "end": datetime(2026, 12, 31),
        "status": "Open",
    }
    evaluations = [
        {
            "cycle": "2026-H2",
            "employee_id": p["employee_id"],
            "level_code": p["level_code"],
            "status": "Draft",
        }
        for p in people
    ]
    rows = {
        **imported.rows,
        "People": people,
        "Cycles": [cycle],
        "Evaluations": evaluations,
        "Scores": scores,
    }
    return replace(imported, rows=rows), gaps


def reported(imported: Imported, levels: Sequence[str], folder: Path) -> tuple[ReportOutcome, Counter[str]]:
    """The reports for people at `levels`, and the codes of what is wrong with the framework."""
    complete, gaps = with_people(imported, levels)
    path = folder / "careers.xlsx"
    write_new(path, complete, NOW)
    findings = check(ExcelFile(path), NOW).assessment.findings
    assert not [finding for finding in findings if finding.is_error]
    outcome = report(ExcelFile(path), folder, NOW, Asked(kinds=["gap-report"]))
    assert [document.state for document in outcome.made] == ["Draft made"] * len(levels)
    assert all((folder / document.file).stat().st_size > 5000 for document in outcome.made)
    found = outcome.assessment.results.gaps.query("target_rank == 1")
    keys = zip(found["employee_id"], found["competency_id"], strict=True)
    assert dict(zip(keys, found["gap"], strict=True)) == pytest.approx(gaps)
    return outcome, Counter(finding.rule.code for finding in findings if finding.sheet in FRAMEWORK)


FRAMEWORK = ("Levels", "Competencies", "Expectations", "Rating scales")


def text_of(document: Path) -> str:
    with zipfile.ZipFile(document) as archive:
        return archive.read("word/document.xml").decode()


def source_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_statements(rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Statements of a source: each once, trimmed, without the semicolons that separate entries of a cell."""
    texts = [row["behaviour_statement"].strip().replace(";", ",") for row in rows]
    return tuple(dict.fromkeys(text for text in texts if text))


def by_level_and_competency(
    rows: Sequence[dict[str, str]],
) -> dict[tuple[str, str, str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str, str, str], list[dict[str, str]]] = {}
    for row in rows:
        key = (row["family"], row["track"], row["level_name"], row["competency_id"])
        found.setdefault(key, []).append(row)
    return found


def compare_with_source(imported: Imported, path: Path) -> int:
    """Every expectation beside its rows in the source; how many cells agree."""
    levels = {
        row["level_code"]: (row["family"], row["track"], row["title"]) for row in imported.rows["Levels"]
    }
    source = by_level_and_competency(source_rows(path))
    cells = 0
    for row in imported.rows["Expectations"]:
        rows = source.pop((*levels[row["level_code"]], row["competency_id"]))
        assert {float(other["expected_proficiency"]) for other in rows} == {row["required"]}
        assert row["behaviours"] == as_statements(rows)
        assert row.get("optional", False) == (rows[0]["requirement"] == "optional")
        cells += 3
    assert not source, "an expectation of the source was not imported"
    return cells


def test_engineeringladders_with_ladders_that_fork_and_start_at_4(tmp_path: Path) -> None:
    path = shared_data("frameworks", "engineeringladders", "framework.csv")
    _, proposed = read_table(path)
    forks = {"D3": ("D4", "TL4", "TPM4"), "TL4": ("EM5", "TL5")}
    imported, _ = read_table(path, replace(proposed, next_levels=forks))
    assert compare_with_source(imported, path) == 270
    labels = {(row["scale"], row["value"]): row["label"] for row in imported.rows["Rating scales"]}
    for row in source_rows(path):
        assert labels[row["competency_id"], float(row["expected_proficiency"])] == row["proficiency_label"]

    outcome, codes = reported(imported, ["D1", "D3", "D7", "TL4", "TPM6", "EM5"], tmp_path)
    assert codes.keys() == {"CS521"}, 'only wording such as "makes an impact" is said'
    targets = outcome.assessment.results.evaluated["targets"]
    assert targets["E02"] == ("D4", "TL4", "TPM4")
    assert targets["E04"] == ("EM5", "TL5")
    assert targets["E03"] == ("D7",), "at the top the own level counts"
    assert "TL4 - Tech Lead 4" in text_of(tmp_path / outcome.made[1].file)


def test_unidays_with_scales_of_different_length(tmp_path: Path) -> None:
    path = shared_data("frameworks", "unidays", "framework.csv")
    imported, _ = read_table(path)
    assert compare_with_source(imported, path) == 346 * 3
    ends = {
        scale: [row["value"] for row in imported.rows["Rating scales"] if row["scale"] == scale]
        for scale in {row["scale"] for row in imported.rows["Competencies"]}
    }
    assert sorted((min(points), max(points)) for points in ends.values()) == [(0, 1), (0, 1), (1, 4), (1, 5)]
    titles = {row["title"]: row["level_code"] for row in imported.rows["Levels"]}
    wanted = (
        "Junior Software Engineer",
        "2nd Line Analyst",
        "Product Owner",
        "Technical Product Manager",
        "Creative Designer",
    )
    outcome, codes = reported(imported, [titles[title] for title in wanted], tmp_path)
    assert codes["CS302"] == 3, "three steps of the source ask for the very same, and this is said"
    assert codes.keys() == {"CS302", "CS521", "CS522", "CS523", "CS524"}
    assert "Mid-Level Software Engineer" in text_of(tmp_path / outcome.made[0].file)


LADDERS = (
    "People: 43-4161.00 > 13-1071.00 > 11-3121.00",
    "Accounting: 43-3031.00 > 13-2011.00 > 11-3031.01",
    "Infrastructure: 15-1232.00 > 15-1244.00 > 11-3021.00",
    "Retail: 41-2031.00 > 41-1011.00 > 11-2022.00",
)


def onet_source(codes: set[str]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The rows of Skills and Knowledge by occupation, element and scale."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name in ("Skills", "Knowledge"):
        header, *rows = (
            load_workbook(str(shared_data("onet", f"{name}.xlsx"))).get_sheet_by_index(0).to_python()
        )
        for row in rows:
            if row[0] in codes:
                said = dict(zip(header, row, strict=True))
                found[row[0], said["Element ID"], said["Scale ID"]] = said
    return found


def test_onet_for_12_occupations_in_4_ladders(tmp_path: Path) -> None:
    imported = import_onet(shared_data("onet"), (), [parse_ladder(text) for text in LADDERS])
    codes = {row["level_code"] for row in imported.rows["Levels"]}
    assert len(codes) == 12
    source = onet_source(codes)
    cells = 0
    for row in imported.rows["Expectations"]:
        level = source[row["level_code"], row["competency_id"], "LV"]
        importance = source[row["level_code"], row["competency_id"], "IM"]
        assert row["required"] == floor(level["Data Value"] * 2 + 0.5) / 2
        assert row["scope"] == (
            f"O*NET level {level['Data Value']:g} of 7, importance {importance['Data Value']:g} of 5"
        )
        assert importance["Data Value"] >= 3
        marks = (level["Not Relevant"], level["Recommend Suppress"], importance["Recommend Suppress"])
        assert "Y" not in marks
        cells += 4
    assert cells >= 1000
    for code in codes:
        weights = [row["weight"] for row in imported.rows["Expectations"] if row["level_code"] == code]
        assert sum(weights) == pytest.approx(100)

    lowest = [text.partition(": ")[2][:10] for text in LADDERS]
    outcome, found = reported(imported, [*lowest, "13-1071.00", "11-3121.00"], tmp_path)
    assert found == {"CS521": 1}, "only wording such as good relationships is said"
    assert "Human Resources Specialists" in text_of(tmp_path / outcome.made[0].file)
    said = attributions(outcome.assessment.results.tables)
    assert len(said) == 1
    assert "O*NET 29.0 Database by the U.S. Department of Labor" in said[0]
