"""Invented people with names from many languages, and their results."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from tests.support.contents import contents_of

NAMES = (
    "Zuzana Kováčová", "Mehmet Öztürk", "نور الهاشمي", "יעל ברקוביץ", "田中 芽衣", "Nguyễn Thị Hồng", "Łukasz Żak",
    "Siobhán Ní Bhriain", "Ólafur Þórsson", "Chidi Okonkwo-Baptiste", "R&D <lead>", "O’Brien \"Bo\" D'Arcy",
    "Anastasija-Viktorija Konstantinidou-Papadimitriou von der Hohenzollernstraße", "김서연", "Ζωή Παππά",
)  # fmt: skip
COMPETENCIES = (
    "Communication", "Craft", "Planning", "Mentoring", "Testing", "System design", "Feedback", "Hiring", "Delivery",
    "Working across teams", "Security and privacy", "Incident response", "Product sense", "Writing",
)  # fmt: skip
LEVELS = (
    ("E2", "Engineer"),
    ("E3", "Senior Engineer"),
    ("E4", "Staff Engineer"),
    ("M4", "Engineering Manager"),
)


def company_rows(
    *, competencies: int = 10, scales: int = 1, settings: dict[str, str] | None = None
) -> dict[str, Any]:
    """A company as rows: `competencies` of them on `scales` scales; each person lacks something else."""
    names = COMPETENCIES[:competencies]
    people = [{"employee_id": f"P{i:03}", "name": name, "level_code": "E3" if i % 2 else "E2", "manager": "P000",
               "department": "Building things", "team": f"Team {i % 3}"} for i, name in enumerate(NAMES)]  # fmt: skip
    return {
        "Settings": [{"setting": key, "value": value} for key, value in {"Organisation": "Lanternfield & Daughters", **(settings or {})}.items()],
        "Rating scales": [{"scale": f"Scale {s}", "value": v, "step": 0.5} for s in range(scales) for v in range(1 - s, 6)],
        "Competencies": [
            {"competency_id": f"C{i}", "competency": name, "category": "All", "scale": f"Scale {i % scales}"}
            for i, name in enumerate(names)
        ],
        "Levels": [
            {"level_code": code, "family": "Craft", "track": "IC" if code != "M4" else "Management", "title": title,
             "scope": f"The reach of a {title}.", "next_levels": {"E2": "E3", "E3": "E4; M4"}.get(code)}
            for code, title in LEVELS
        ],
        "Expectations": [
            {"level_code": code, "competency_id": f"C{i}", "required": min(5, 2 + step), "weight": 100 / len(names),
             "critical": "Yes" if i == 0 else None, "optional": "Yes" if i == 7 else None,
             "behaviours": f"Shows {name.lower()} for a {title}; helps others with it", "skills": f"Methods of {name.lower()}"}
            for step, (code, title) in enumerate(LEVELS)
            for i, name in enumerate(names)
        ],
        "People": people,
        "Cycles": [
            {"cycle": "2026-H1", "start": datetime(2026, 1, 1), "status": "Closed"},
            {"cycle": "2026-H2", "start": datetime(2026, 7, 1), "status": "Open"},
        ],
        "Evaluations": [
            {"cycle": "2026-H2", "employee_id": person["employee_id"], "level_code": person["level_code"], "manager": "P000",
             "status": "Released" if i % 2 else "Submitted"}
            for i, person in enumerate(people)
        ],
        "Scores": _scores(people, len(names)),
    }  # fmt: skip


def results_of(rows: dict[str, Any]) -> Results:
    tables, findings = read_tables(contents_of(rows))
    assert findings == []
    settings, _ = read_settings(tables)
    return compute_results(tables, settings, date(2026, 11, 22))


@lru_cache(maxsize=1)
def company() -> Results:
    """The results of the usual company; tests do not change them."""
    return results_of(company_rows())


def _scores(people: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    scores = []
    for place, person in enumerate(people):
        for number in range(count):
            now: Any = 1 + (place + number) % 5
            if (place + number) % 11 == 5:
                now = "N/A"
            elif (place * number) % 13 == 12:
                now = None
            who = {"employee_id": person["employee_id"], "competency_id": f"C{number}"}
            seen = (
                {"evidence": f"Did <this> & that, {number}", "evidence_date": datetime(2026, 8, 1)}
                if number % 3
                else {}
            )
            scores.append({**who, "cycle": "2026-H2", "self_rating": 3, "manager_rating": now, **seen})
            if place % 3:
                scores.append({**who, "cycle": "2026-H1", "manager_rating": 2})
    return scores
