"""Invented people to try templates with: the first has everything a document can say, the others lack something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from ...analysis.compute import compute_results
from ...analysis.results import Results
from ...books.book import BookContents
from ...model.cells import CellValue, Grid
from ...tables.reading import read_tables
from ...tables.settings import read_settings
from ...vocabulary.workbook import all_sheets

_Rows = Sequence[Mapping[str, CellValue]]


@lru_cache(maxsize=1)
def sample_results() -> Results:
    """The results of the invented company; its first person comes first."""
    tables, _ = read_tables(_contents(_rows()))
    settings, _ = read_settings(tables)
    return compute_results(tables, settings, date(2026, 11, 2), "2026-H2")


def _contents(rows: Mapping[str, _Rows]) -> BookContents:
    grids = {}
    for sheet in all_sheets():
        filled = rows.get(sheet.name, ())
        columns = [(column.header, *(row.get(column.name) for row in filled)) for column in sheet.columns]
        grids[sheet.name] = Grid(sheet.name, tuple(columns))
    return BookContents("sample.xlsx", "", grids)


def _rows() -> dict[str, _Rows]:
    people = [("S1", "Ada Sample", "L1"), ("S2", "Bo Sample", "L1"), ("S3", "Cy Sample", "L3")]
    return {
        "Settings": [{"setting": "Organisation", "value": "Sample Ltd"}],
        "Rating scales": [{"scale": "Default", "value": point, "step": 1} for point in range(1, 6)],
        "Competencies": [
            {"competency_id": key, "competency": name, "category": "Craft", "scale": "Default", "source": "Sample", "licence": "CC BY 4.0"}
            for key, name in _COMPETENCIES
        ],
        "Levels": [
            {"level_code": code, "family": "Sample", "track": "IC", "title": title, "scope": scope, "next_levels": after}
            for code, title, scope, after in _LEVELS
        ],
        "Expectations": [
            {"level_code": level, "competency_id": key, "required": required, "weight": 25, "critical": key == "A",
             "behaviours": f"Does {level}; does {key}", "skills": f"Knows {level}; knows {key}", "scope": f"Reaches {level}"}
            for level, required in (("L1", 2), ("L2", 3), ("L3", 4))
            for key, _ in _COMPETENCIES
        ],
        "People": [
            {"employee_id": key, "name": name, "level_code": level, "manager": "S3", "department": "Sample", "team": "Sample",
             "hired": datetime(2024, 1, 1), "level_since": datetime(2025, 1, 1)}
            for key, name, level in people
        ],
        "Cycles": [
            {"cycle": "2026-H1", "start": datetime(2026, 1, 1), "status": "Closed"},
            {"cycle": "2026-H2", "start": datetime(2026, 7, 1), "status": "Open"},
        ],
        "Evaluations": [
            {"cycle": "2026-H2", "employee_id": key, "level_code": level, "manager": "S3"} for key, _, level in people
        ],
        "Scores": _scores(),
        "Conversations": _conversations(),
        "Observations": [
            {"employee_id": "S1", "date": datetime(2026, 9, 20), "situation": "A meeting.", "behaviour": "Asked first.",
             "impact": "It was short.", "competency_id": "A", "observer": "S3"},
        ],
        **_plans(),
        **_mentoring(),
    }  # fmt: skip


_COMPETENCIES = (("A", "Asking"), ("B", "Building"), ("C", "Caring"), ("D", "Deciding"))
_LEVELS = (
    ("L1", "Sample I", "Own work.", "L2; L3"),
    ("L2", "Sample II", "A team.", "L3"),
    ("L3", "Sample III", "Several teams.", ""),
)


def _conversations() -> list[dict[str, CellValue]]:
    """The first person has had one with everything in it, and another is planned."""
    return [
        {
            "conversation_id": "V1", "employee_id": "S1", "cycle": "2026-H2", "kind": "Annual", "held": datetime(2026, 9, 1, 10), "objectives": "Growth",
            "direction_kind": "Level", "direction": "A larger task.", "target_level": "L2", "employee_priorities": "A; C", "manager_priorities": "A",
            "pulse_before": 3, "pulse_after": 4, "summary_sent": datetime(2026, 9, 4, 10), "summary_version": 2, "corrections_due": datetime(2026, 9, 10),
            "corrections": "It was three.", "matches_my_work": "Partly", "next_check_in": datetime(2026, 12, 1), "check_in_time": "14:30",
        },
        {"conversation_id": "V2", "employee_id": "S1", "planned": datetime(2026, 11, 20), "objectives": "Growth", "employee_priorities": "A"},
    ]  # fmt: skip


def _plans() -> dict[str, _Rows]:
    """The first person has goals of both types, criteria, answers, and actions of every kind; the others have none."""
    who: dict[str, CellValue] = {"employee_id": "S1", "conversation_id": "V1"}
    said = {"form": "Conversation summary", "visible_to": "Employee and manager"}
    return {
        "Answers": [
            {**who, **said, "question": question, "said_by": side, "answer": "Something that was said."}
            for side, question in (
                ("Employee", "What the employee said"), ("Manager", "What the manager said"), ("Manager", "New opportunities"),
                ("Manager", "Connections offered"), ("Manager", "Support by the company"),
            )
        ] + [
            {"employee_id": "S1", "conversation_id": "V2", "form": "Employee preparation", "visible_to": "Employee and manager",
             "question": "What you achieved", "said_by": "Employee", "answer": "A first one."},
        ],
        "Readiness criteria": [
            {**who, "criterion_id": "C1", "target_level": "L2", "condition": "Asks first.", "evidence_wanted": "Two notes.",
             "by": datetime(2026, 12, 1), "employee_agrees": "Yes", "manager_agrees": "Yes"},
            {"employee_id": "S1", "criterion_id": "C2", "target_level": "L2", "condition": "Builds alone.", "evidence_wanted": "One.",
             "met_on": datetime(2026, 10, 1), "evidence_seen": "One was built.", "confirmed_by": "S3", "employee_agrees": "Yes"},
        ],
        "Goals": [
            {"goal_id": "G1", "employee_id": "S1", "type": "REAL", "goal": "Ask before building.", "set_on": datetime(2026, 9, 1),
             "due": datetime(2027, 2, 1), "proposed_by": "Manager", "status": "Open", "relevant": "It saves work."},
            {"goal_id": "G2", "employee_id": "S1", "type": "SMART", "goal": "Two products.", "proposed_by": "Manager", "status": "Open"},
        ],
        "Action items": [
            {**who, "action_id": "A1", "competency_id": "A", "action": "Ask three people.", "method": "Stretch", "owner": "S1",
             "start": datetime(2026, 9, 2), "due": datetime(2026, 10, 1), "status": "In progress"},
            {"action_id": "A2", "employee_id": "S1", "goal_id": "G1", "action": "Write it down.", "due": datetime(2026, 12, 1), "status": "Open"},
            {"action_id": "A3", "employee_id": "S1", "action": "Read about it.", "status": "Open"},
            {"action_id": "A4", "employee_id": "S1", "competency_id": "B", "action": "Build one.", "done_on": datetime(2026, 10, 1), "status": "Done"},
        ],
    }  # fmt: skip


def _mentoring() -> dict[str, _Rows]:
    """The first person has two mentors and shares a focus with one of them; the second has one mentor."""
    return {
        "Mentoring": [
            {"employee_id": key, "role": "Both", "consent": "Yes", "focus": focus}
            for key, focus in (("S1", "A; B"), ("S2", "B"), ("S3", "C"))
        ],
        "Mentor pairs": [
            {"mentor": mentor, "mentee": mentee, "since": datetime(2026, 8, 1), "status": "Active"}
            for mentor, mentee in (("S2", "S1"), ("S3", "S1"), ("S3", "S2"))
        ],
    }


def _scores() -> list[dict[str, CellValue]]:
    """The first person has gaps, strengths, evidence and a past; the second one N/A and nothing else."""
    seen: dict[str, CellValue] = {
        "evidence": "Something that was seen.",
        "evidence_date": datetime(2026, 8, 1),
    }
    given = {"A": (2, 1), "B": (4, 3), "C": (2, 2), "D": (5, 4)}
    scores: list[dict[str, CellValue]] = []
    for key, (now, before) in given.items():
        who: dict[str, CellValue] = {"employee_id": "S1", "competency_id": key, "self_rating": 3}
        scores.append({**who, "cycle": "2026-H1", "manager_rating": before})
        scores.append({**who, "cycle": "2026-H2", "manager_rating": now, **seen})
    scores.append({"cycle": "2026-H2", "employee_id": "S2", "competency_id": "A", "manager_rating": "N/A"})
    return scores
