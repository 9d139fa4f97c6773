"""A small company with everything that makes gaps hard: two scales, N/A, an optional, a fork, half points, blank weights.

| person | what is special |
|---|---|
| Amélie Okonkwo | a fork: two targets frozen in the evaluation, half points, critical short by one step |
| Bjørn Tanaka | no targets of his own: the next levels on the track he prefers |
| Çağla Ó Briain | promoted since: the evaluation keeps the old level; rows name her by e-mail |
| Dmitri Nguyễn | at the top of the ladder; one critical competency is not rated |
| Esi Þórsdóttir | undecided: every next level; N/A, and agreed before the manager's |
| Farouk de la Cruz | everything met; ratings as labels; weights blank |
| Gül Horváth | no evaluation, no scores |
"""

from __future__ import annotations

from datetime import date
from typing import Any

CYCLE = "2026-H2"
LEVELS = ("E1", "E2", "E3", "M3", "S1", "S2")

PEOPLE: list[dict[str, Any]] = [
    {"employee_id": "P-01", "name": "Amélie Okonkwo", "email": "amelie@example.org", "level_code": "E2"},
    {
        "employee_id": "P-02",
        "name": "Bjørn Tanaka",
        "email": "bjorn@example.org",
        "level_code": "E2",
        "track_preference": "Management",
    },
    {
        "employee_id": "P-03",
        "name": "Çağla Ó Briain",
        "email": "cagla@example.org",
        "level_code": "E3",
        "target_1": "M3",
    },
    {"employee_id": "P-04", "name": "Dmitri Nguyễn", "level_code": "E3"},
    {
        "employee_id": "0007",
        "name": "Esi Þórsdóttir",
        "email": "esi@example.org",
        "level_code": "E2",
        "track_preference": "Undecided",
    },
    {"employee_id": 1001, "name": "Farouk de la Cruz", "level_code": "S1", "target_2": "S2"},
    {"employee_id": "P-08", "name": "Gül Horváth", "level_code": "E1", "manager": "P-04"},
]

_TITLES = {
    "E1": ("Engineering", "IC", "Engineer I", ("E2",)),
    "E2": ("Engineering", "IC", "Engineer II", ("E3", "M3")),
    "E3": ("Engineering", "IC", "Senior Engineer", ()),
    "M3": ("Engineering", "Management", "Engineering Manager", ()),
    "S1": ("Support", "IC", "Support Agent", ("S2",)),
    "S2": ("Support", "IC", "Senior Support Agent", ()),
}
_COMPETENCIES = {
    "CODE": ("Code quality", "Points"),
    "DSGN": ("System design", "Points"),
    "TALK": ("Explaining", "Practice"),
    "LEAD": ("Leading people", "Points"),
    "SAFE": ("Security", "Practice"),
}
# level, competency, required, weight, critical, optional
_ASKED = (
    ("E2", "CODE", 3, 40, True, None),
    ("E2", "TALK", 1, 30, None, None),
    ("E2", "DSGN", 2, 30, None, None),
    ("E3", "CODE", 4, 40, True, None),
    ("E3", "DSGN", 3.5, 30, None, None),
    ("E3", "TALK", 2, 20, None, False),
    ("E3", "LEAD", None, None, None, None),
    ("E3", "SAFE", 2, 10, None, None),
    ("M3", "LEAD", 4, 50, True, None),
    ("M3", "TALK", 2, 30, True, None),
    ("M3", "CODE", 3, 20, None, None),
    ("M3", "SAFE", 1, 0, None, True),
    ("S2", "TALK", 2, None, True, None),
    ("S2", "SAFE", 1, None, None, None),
    ("S2", "CODE", 2, None, None, True),
)
# cycle, person, competency, self, manager, agreed
_SCORES = (
    ("2026-H1", "P-01", "CODE", 5, 5, 5),
    (CYCLE, "P-01", "CODE", 5, 3.5, 3),
    (CYCLE, "P-01", "DSGN", 2, 3, None),
    (CYCLE, "P-01", "TALK", 1, 2, None),
    (CYCLE, "P-01", "SAFE", 0, 0, None),
    (CYCLE, "P-01", "LEAD", 4, None, None),
    (CYCLE, "P-02", "LEAD", 3, 3, None),
    (CYCLE, "P-02", "TALK", 2, 2, None),
    (CYCLE, "P-02", "CODE", 2, 2.5, None),
    (CYCLE, "cagla@example.org", "CODE", 4, 4, None),
    (CYCLE, "Çağla Ó Briain", "DSGN", 3, 3.5, 4),
    (CYCLE, "P-03", "TALK", 2, 2, None),
    (CYCLE, "P-03", "SAFE", 2, 2, None),
    (CYCLE, "P-04", "DSGN", 4, 4, None),
    (CYCLE, "P-04", "CODE", 5, None, None),
    (CYCLE, "P-04", "TALK", 2, 2, None),
    (CYCLE, "P-04", "SAFE", 2, 2, None),
    (CYCLE, "0007", "CODE", 4, 3, 4),
    (CYCLE, "0007", "DSGN", 3, 3, None),
    (CYCLE, "0007", "TALK", 1, 2, "N/A"),
    (CYCLE, "0007", "SAFE", "N/A", "N/A", None),
    (CYCLE, "0007", "LEAD", 3, 3, None),
    (CYCLE, "7", "LEAD", 5, 5, None),
    (CYCLE, 1001, "TALK", "On own", "On own", None),
    (CYCLE, 1001, "SAFE", 0, "with support", None),
    (CYCLE, 1001, "CODE", 1, 1, None),
)


def company() -> dict[str, list[dict[str, Any]]]:
    """Rows for `build_workbook`."""
    return {
        "People": PEOPLE,
        "Levels": [
            {"level_code": c, "family": f, "track": t, "rank": n, "title": title, "next_levels": following}
            for n, (c, (f, t, title, following)) in enumerate(_TITLES.items(), start=1)
        ],
        "Competencies": [
            {"competency_id": code, "competency": title, "scale": scale}
            for code, (title, scale) in _COMPETENCIES.items()
        ],
        "Expectations": [
            dict(
                zip(
                    ("level_code", "competency_id", "required", "weight", "critical", "optional"),
                    row,
                    strict=True,
                )
            )
            for row in _ASKED
        ],
        "Rating scales": [
            *_scale("Points", 1, ("Novice", "Able", "Solid", "Strong", "Rare"), 0.5),
            *_practice(),
        ],
        "Cycles": [
            {"cycle": "2026-H1", "start": date(2026, 1, 1), "end": date(2026, 6, 30), "status": "Closed"},
            {"cycle": CYCLE, "start": date(2026, 7, 1), "end": date(2026, 12, 31), "status": "Open"},
        ],
        "Evaluations": [
            {
                "cycle": CYCLE,
                "employee_id": "P-01",
                "level_code": "E2",
                "manager": "P-04",
                "targets": ("E3", "M3"),
                "status": "Approved",
            },
            {
                "cycle": CYCLE,
                "employee_id": "cagla@example.org",
                "level_code": "E2",
                "manager": "P-01",
                "status": "Submitted",
            },
            {"cycle": CYCLE, "employee_id": "P-04", "status": "Draft"},
        ],
        "Scores": [
            dict(
                zip(
                    (
                        "cycle",
                        "employee_id",
                        "competency_id",
                        "self_rating",
                        "manager_rating",
                        "agreed_rating",
                    ),
                    row,
                    strict=True,
                )
            )
            for row in _SCORES
        ],
    }


def after_a_report() -> dict[str, list[dict[str, Any]]]:
    """What a run would have written, and some actions, for the figures of Start."""
    gaps = (
        (CYCLE, "CODE", 1, True),
        (CYCLE, "CODE", 0.5, None),
        (CYCLE, "LEAD", 2, True),
        (CYCLE, "TALK", -1, True),
        (CYCLE, "SAFE", None, None),
        ("2026-H1", "SAFE", 3, True),
    )
    long_ago, far_off = date(2020, 2, 29), date(2999, 1, 1)
    actions = ((long_ago, "Open"), (long_ago, None), (long_ago, "Done"), (far_off, "In progress"))
    severities = ("Error", "Warning", "Warning", "Note")
    return {
        "Gaps": [
            {"cycle": cycle, "competency_id": code, "gap": gap, "critical": critical}
            for cycle, code, gap, critical in gaps
        ],
        "Readiness": [
            {"cycle": CYCLE, "band": "Ready"},
            {"cycle": CYCLE, "band": "Developing"},
            {"cycle": "2026-H1", "band": "Near"},
        ],
        "To fix": [{"severity": severity} for severity in severities],
        "Action items": [{"action": "Write it up.", "due": due, "status": status} for due, status in actions],
    }


def _practice() -> list[dict[str, Any]]:
    return _scale("Practice", 0, ("Not yet", "With support", "On own"), 1)


def _scale(name: str, lowest: int, labels: tuple[str, ...], step: float) -> list[dict[str, Any]]:
    return [
        {"scale": name, "value": value, "label": label, "step": step}
        for value, label in enumerate(labels, start=lowest)
    ]
