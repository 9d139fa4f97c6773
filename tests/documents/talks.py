"""Conversations worked by hand, on the five people of tests/analysis/test_by_hand.py.

V1  P1  held 1 October 2026; target E3; priorities DES, COM against COM; criterion C1; actions A1, A2 (its own),
        A3 (names no conversation, begins the day after), A4 (dropped), A5 (of another conversation)
V2  P2  planned for 30 November 2026; nothing agreed yet
V3  P3  held 5 November 2026 at 10:00, exploring; nothing else
P4, P5  none
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from careersheets.analysis.results import Results
from careersheets.books.guard import DocumentParts
from careersheets.documents.forms import FilledForm, read_form
from tests.analysis.test_by_hand import results_of, workbook
from tests.documents.reports import NAMES
from tests.documents.small_templates import parts_of

FORM = "Conversation summary"
BOTH = "Employee and manager"


def conversations() -> list[dict[str, Any]]:
    return [
        {
            "conversation_id": "V1", "employee_id": "P1", "cycle": "H2", "kind": "Annual", "planned": datetime(2026, 10, 1),
            "held": datetime(2026, 10, 1), "objectives": ("Alignment", "Growth"), "direction_kind": "Level",
            "direction": "Lead a design of my own.", "target_level": "E3", "employee_priorities": ("DES", "COM"),
            "manager_priorities": ("COM",), "role_satisfaction": 4, "pulse_before": 3, "pulse_after": 4,
            "summary_sent": datetime(2026, 10, 2), "summary_version": 2, "corrections_due": datetime(2026, 10, 9),
            "corrections": "I said two, not three.", "matches_my_work": "Yes", "acknowledged": datetime(2026, 10, 8),
            "next_check_in": datetime(2026, 11, 19), "check_in_time": "14:30",
        },
        {"conversation_id": "V2", "employee_id": "P2", "cycle": "H2", "kind": "Quarterly", "planned": datetime(2026, 11, 30)},
        {"conversation_id": "V3", "employee_id": "P3", "cycle": "H2", "held": datetime(2026, 11, 5, 10), "direction_kind": "Exploring"},
    ]  # fmt: skip


def talk_workbook(**changed: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    rows = workbook()
    for person in rows["People"]:
        person["email"] = f"{person['employee_id'].lower()}@example.com"
        person["manager"] = "P5" if person["employee_id"] != "P5" else None
    whose = {"employee_id": "P1", "conversation_id": "V1"}
    told = {**whose, "form": FORM, "visible_to": BOTH}
    return rows | {
        "Conversations": conversations(),
        "Answers": [
            {**told, "said_by": "Employee", "question": "What the employee said", "answer": "The reviews help me."},
            {**told, "said_by": "Manager", "question": "New opportunities", "answer": "The search team looks for help"},
            {**told, "said_by": "Manager", "question": "What the manager said", "answer": "SECRET ONE", "visible_to": "Manager"},
            {**told, "said_by": "Employee", "question": "How the employee reads the ratings", "answer": "SECRET TWO", "visible_to": "HR only"},
        ],
        "Readiness criteria": [
            {**whose, "criterion_id": "C1", "target_level": "E3", "condition": "Designs without help.", "evidence_wanted": "Two designs.",
             "by": datetime(2027, 3, 31), "employee_agrees": "Yes", "manager_agrees": "No"},
        ],
        "Goals": [
            {"goal_id": "G1", "employee_id": "P1", "type": "REAL", "goal": "Design the export alone.", "relevant": "I like it.",
             "experiment": "One small design.", "aspiration": "Own a product.", "learning_outcome": "Weigh costs.",
             "set_on": datetime(2026, 10, 1), "due": datetime(2027, 3, 31), "proposed_by": "Manager", "measure": "One review.",
             "horizon": "Short", "progress": "Half way", "latest_evidence": "A draft.", "status": "In progress",
             "organisation_goal": "Fewer incidents", "business_contribution": "Exports by night"},
        ],
        "Action items": [
            {**whose, "action_id": "A1", "competency_id": "DES", "action": "Write the design of the export by 2026-11-15", "method": "Stretch",
             "owner": "P1", "support": "A review each week", "start": datetime(2026, 10, 2), "due": datetime(2026, 11, 15),
             "evidence_of_done": "The design is decided", "debrief_date": datetime(2026, 11, 18), "debrief_with": "P5", "status": "In progress"},
            {**whose, "action_id": "A2", "action": "Find a mentor in the search team", "method": "Mentorship", "owner": "P5",
             "due": datetime(2026, 12, 1), "target_level": "E3", "status": "Open"},
            {"action_id": "A3", "employee_id": "P1", "action": "Read the two guides", "start": datetime(2026, 10, 2), "status": "Open"},
            {**whose, "action_id": "A4", "action": "Dropped one", "status": "Dropped"},
            {"action_id": "A5", "employee_id": "P1", "conversation_id": "V0", "competency_id": "COM", "action": "Tell the team in ten minutes",
             "done_on": datetime(2026, 9, 20), "status": "Done"},
        ],
        **changed,
    }  # fmt: skip


def talk_results(**changed: list[dict[str, Any]]) -> Results:
    """As the tables above; with sheets in place of them if given."""
    return results_of(talk_workbook(**changed))


def hostile_results() -> Results:
    """The same with difficult names and texts, on Letter paper."""
    rows = talk_workbook()
    for person in rows["People"]:
        person["name"] = NAMES[person["employee_id"]]
    rows["Conversations"][0] |= {
        "direction": "<b>R&D</b> “x” </w:t> عربي 田中 👩🏽\u200d💻",
        "corrections": "a & b < c",
    }
    rows["Action items"][0]["action"] = "Schreibe «A&B» <nu> {{ person.name }}"
    found = results_of(rows)
    return replace(found, settings=replace(found.settings, paper="Letter", language="en-US"))


def form_in(document: bytes) -> FilledForm:
    """What the fields of a finished form hold, read as one that came back."""
    return read_form(DocumentParts("form.docx", "", parts_of(document)))
