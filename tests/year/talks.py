"""What the twelve talked about in each cycle, what they set out to do, and what came of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from .cast import FIRST, PEOPLE, SECOND

HELD_FIRST, HELD_SECOND = date(2026, 6, 22), date(2026, 12, 14)
CHECK_IN = date(2026, 8, 10)

# Who chose which competency (employee, manager), in the order of importance.
CHOSEN = {
    FIRST: {
        "L01": ((), ()),
        "L02": (("ENG-PROD", "COM-PEOP"), ("COM-PEOP",)),
        "L03": (("COM-COMM",), ("COM-COMM",)),
        "L04": (("COM-GROW", "ENG-DSGN"), ("ENG-DSGN",)),
        "L05": (("COM-GROW",), ("COM-GROW",)),
        "L06": (("COM-COMM", "COM-GROW"), ("COM-GROW",)),
        "L07": (("ENG-TEST",), ("ENG-TEST",)),
        "L08": (("ENG-PROD",), ("ENG-PROD",)),
        "L09": (("COM-PLAN",), ("COM-PLAN",)),
        "L10": (("COM-PEOP",), ("COM-HIRE",)),
        "L12": (("PEO-PAY",), ("COM-PLAN",)),
    },
    SECOND: {
        "L01": ((), ()),
        "L02": (("ENG-PROD",), ("ENG-PROD",)),
        "L03": (("COM-COMM",), ("COM-COMM",)),
        "L04": (("ENG-DSGN",), ("ENG-DSGN",)),
        "L06": (("ENG-TEST",), ("ENG-TEST",)),
        "L07": (("COM-FEED",), ("COM-FEED",)),
        "L08": (("ENG-PROD",), ("ENG-PROD",)),
        "L09": (("COM-PLAN",), ("COM-PLAN",)),
        "L10": ((), ()),
        "L12": (("COM-PLAN",), ("COM-PLAN",)),
    },
}

# Who works on what, how, until when; what the check-in found.
ACTIONS = {
    ("L02", "ENG-PROD"): ("Visit three customers with support and show the team what they need", "In progress", None),
    ("L03", "COM-COMM"): ("Write the monthly note to all engineers, four times", "Done", date(2026, 7, 31)),
    ("L04", "COM-GROW"): ("Guide a colleague through their first design review", "Done", date(2026, 8, 3)),
    ("L05", "COM-GROW"): ("Review ten changes of the new colleague and write down what came up twice", "Done", date(2026, 8, 6)),
    ("L06", "COM-COMM"): ("Present the release notes at four team meetings", "Done", date(2026, 8, 5)),
    ("L06", "COM-GROW"): ("Teach two colleagues the on-call handbook", "Done", date(2026, 8, 7)),
    ("L07", "ENG-TEST"): ("Write the tests of the cable module before its code", "Done", date(2026, 8, 4)),
    ("L08", "ENG-PROD"): ("Answer ten support requests and list what they have in common", "In progress", None),
    ("L09", "COM-PLAN"): ("Split the winter project into weekly steps and report each Friday", "Open", None),
    ("L10", "COM-PEOP"): ("Lead the two interns through their project", "Done", date(2026, 8, 7)),
    ("L12", "PEO-PAY"): ("Compare our pay bands with two published surveys", "Done", None),
}  # fmt: skip
DUE = date(2026, 9, 30)
EARLY_DUE = {("L09", "COM-PLAN"): date(2026, 9, 4)}


# Whose preparation, summary and check-in come back as filled forms; for the others HR types what was agreed.
BY_FORM = "L06"
SLIP = "Guide Yusuf Demir through his first design review"

PREPARATION = {
    "own_objectives": "To leave with one thing to practise.",
    "direction_kind": "Level",
    "direction": "Lead the lamp firmware in a year.",
    "employee_priorities_1": "Communication",
    "employee_priorities_2": "Growing others",
    "role_satisfaction": "4",
}
PAGE_FOR_HR = {"own_words": "I think of moving to another trade; narwhal.", "get_in_touch": "Yes, please"}
SUMMARY = {
    "held": "2026-06-22",
    "employee_said": "Presenting is where I want to begin.",
    "manager_said": "The release notes are a good place.",
    "target_level": "Senior Engineer",
    "manager_priorities_1": "Growing others",
    "next_check_in": "2026-08-10",
    "check_in_time": "14:30",
    "pulse_after": "4",
    "action_1_action": "Present the release notes at four team meetings",
    "action_1_competency_id": "Communication",
    "action_1_owner": "李 娜",
    "action_1_method": "Stretch",
    "action_1_due": "2026-09-30",
    "action_2_action": "Teach two colleagues the on-call handbook",
    "action_2_competency_id": "Growing others",
    "action_2_owner": "李 娜",
    "action_2_method": "Mentorship",
    "action_2_due": "2026-09-30",
}
CHECKED_IN = {
    "action_1_status": "Done",
    "action_1_done_on": "2026-08-05",
    "action_2_status": "Done",
    "action_2_done_on": "2026-08-07",
    "helped": "The team asked questions each time.",
}
CRITERIA = (
    (
        "Two releases led without the manager in the room.",
        "The release notes name Tomasz Wójcik.",
        date(2026, 8, 20),
    ),
    ("A design review held for the whole team.", "The notes of the review.", date(2026, 8, 21)),
)


def planned_rows(cycle: str) -> list[dict[str, Any]]:
    """The conversations as they are planned, on the days before they are held."""
    day = HELD_FIRST if cycle == FIRST else HELD_SECOND
    return [
        {"employee_id": who, "cycle": cycle, "kind": "Annual", "planned": day, "objectives": ("Growth",)}
        for who in CHOSEN[cycle]
    ]


def held_cells(who: str, cycle: str) -> dict[str, Any]:
    """What is entered after a conversation; one at the top is without a gap, one has its check-in too early."""
    day = HELD_FIRST if cycle == FIRST else HELD_SECOND
    mine, theirs = CHOSEN[cycle][who]
    check_in = day + timedelta(days=30 if (who, cycle) == ("L10", FIRST) else 49)
    return {
        "held": datetime(day.year, day.month, day.day, 10),
        "direction_kind": "Exploring" if who == "L01" else "Level",
        "target_level": None if who == "L01" else PEOPLE[who].target,
        "employee_priorities": mine or None,
        "manager_priorities": theirs or None,
        "next_check_in": check_in,
        "check_in_time": "14:30",
    }


def action_rows(who: str, conversation: str) -> list[dict[str, Any]]:
    """The actions agreed in the first conversation of `who`; everything begins on 29 June."""
    return [
        {
            "employee_id": who,
            "conversation_id": conversation,
            "competency_id": what,
            "target_level": PEOPLE[who].target,
            "action": action,
            "method": "Stretch",
            "owner": who,
            "support": "Two hours a week kept free.",
            "start": date(2026, 6, 29),
            "due": EARLY_DUE.get((who, what), DUE),
            "evidence_of_done": "Shown in the check-in.",
            "status": "Open",
        }
        for (owner, what), (action, _, _) in ACTIONS.items()
        if owner == who
    ]


def second_action_rows() -> list[dict[str, Any]]:
    """The actions of December: one has no day, and L09 agreed on none."""
    agreed = {
        ("L04", "ENG-DSGN"): ("Sketch the storage of the lamp data and have it reviewed", None),
        ("L06", "ENG-TEST"): ("Write the tests of the lamp firmware before its code", date(2027, 3, 31)),
        ("L07", "COM-FEED"): ("Ask one colleague for feedback after each release", date(2027, 3, 31)),
        ("L12", "COM-PLAN"): ("Plan the pay round with dates for each step", date(2027, 3, 31)),
        ("L03", "COM-COMM"): ("Present the cable roadmap to the board", date(2027, 3, 31)),
    }
    return [
        {
            "action_id": f"A{place}",
            "employee_id": who,
            "competency_id": what,
            "target_level": PEOPLE[who].target,
            "action": action,
            "method": "Project",
            "owner": who,
            "start": HELD_SECOND,
            "due": due,
            "evidence_of_done": "Shown in the check-in.",
            "status": "Open",
        }
        for place, ((who, what), (action, due)) in enumerate(agreed.items(), 301)
    ]
