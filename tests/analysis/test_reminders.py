"""Reminders over a year against a table made by hand, with days off, a leap day and nights in which clocks change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from careersheets.analysis.reminders import COLUMNS, compute_reminders
from careersheets.tables.working_calendar import working_calendar
from tests.support.tables import tables_from

pytestmark = pytest.mark.requirement("E10", "X10")

HOLIDAYS = "2027-12-27;2028-02-29;2028-05-01"
CALENDAR = working_calendar("Mon;Tue;Wed;Thu;Fri", HOLIDAYS, "Europe/Lisbon")
PEOPLE = [
    {"employee_id": "M", "name": "Beatriz Fonseca", "hired": date(2020, 1, 1)},
    {"employee_id": "A", "name": "Jūratė Kazlauskaitė", "manager": "M", "hired": date(2024, 1, 1), "team": "Café"},
    {"employee_id": "B", "name": "Oluwaseun Ade", "manager": "M", "hired": date(2027, 9, 1), "team": "cafe"},
    {"employee_id": "X", "name": "Somebody Who Left", "manager": "M", "active": "No"},
]  # fmt: skip


def shown(now: datetime, a_week: int = 3, **sheets: Any) -> list[tuple[str, str, str, str]]:
    """Whom it is about, the first words, when it is due and its state."""
    tables = tables_from(**({"People": PEOPLE} | sheets))
    found = compute_reminders(tables, CALENDAR, "2028-H1", now, a_week)
    assert list(found.columns) == COLUMNS
    due = found["due"].dt.strftime("%Y-%m-%d %H:%M").str.removesuffix(" 00:00")
    words = found["what"].str.split().str[:2].str.join(" ")
    return list(zip(found["who"], words, due, found["state"], strict=True))


def talk(who: str = "A", **cells: Any) -> dict[str, Any]:
    return {"conversation_id": "V1", "employee_id": who, "kind": "Quarterly"} | cells


SUMMARIES = [
    # held, due: nothing special; into a weekend; into a weekend and a day off; a leap day that is off; clocks forward
    # on a Sunday (47 hours on the clock become 49); clocks back; only the day is known.
    (datetime(2027, 11, 8, 10, 0), "2027-11-10 10:00"),
    (datetime(2027, 11, 11, 10, 0), "2027-11-15 10:00"),
    (datetime(2027, 12, 23, 16, 0), "2027-12-28 16:00"),
    (datetime(2028, 2, 27, 9, 0), "2028-03-01 09:00"),
    (datetime(2028, 3, 25, 14, 30), "2028-03-27 15:30"),
    (datetime(2028, 10, 28, 14, 30), "2028-10-30 13:30"),
    (datetime(2028, 4, 29), "2028-05-02"),
]


@pytest.mark.parametrize(("held", "due"), SUMMARIES)
def test_a_summary_is_due_48_hours_later_on_a_working_day(held: datetime, due: str) -> None:
    assert shown(held, Conversations=[talk(held=held)]) == [("A", "Send the", due, "Due")]
    long_after = datetime(2028, 12, 31)
    assert shown(long_after, Conversations=[talk(held=held)])[0] == ("A", "Send the", due, "Overdue")
    assert shown(long_after, Conversations=[talk(held=held, summary_sent=long_after)]) == []


def test_what_is_due_on_a_day_is_not_overdue_during_that_day() -> None:
    action = {"action_id": "A1", "employee_id": "A", "action": "Chair two rounds", "due": date(2028, 5, 1)}
    states = [
        (now, shown(datetime.fromisoformat(now), ActionItems=[action]))
        for now in ("2028-04-24", "2028-04-25", "2028-05-02 18:00", "2028-05-03")
    ]
    assert states == [
        ("2028-04-24", []),
        ("2028-04-25", [("A", "Action: Chair", "2028-05-02", "Due")]),
        ("2028-05-02 18:00", [("A", "Action: Chair", "2028-05-02", "Due")]),
        ("2028-05-03", [("A", "Action: Chair", "2028-05-02", "Overdue")]),
    ]
    assert shown(datetime(2028, 6, 1), ActionItems=[action | {"status": "Done"}]) == []


def test_a_check_in_is_due_at_its_time_until_the_next_conversation() -> None:
    first = talk(held=date(2028, 1, 10), summary_sent=date(2028, 1, 11), next_check_in=date(2028, 2, 28))
    timed = first | {"check_in_time": "14:30"}
    assert shown(datetime(2028, 2, 28, 14, 0), Conversations=[timed]) == [
        ("A", "Check in", "2028-02-28 14:30", "Due")
    ]
    assert shown(datetime(2028, 2, 28, 15, 0), Conversations=[timed])[0][3] == "Overdue"
    later = talk(conversation_id="V2", held=date(2028, 2, 28), summary_sent=date(2028, 2, 28))
    assert shown(datetime(2028, 3, 5), Conversations=[timed, later]) == []


def test_a_check_in_that_was_held_is_not_due_until_the_next_one_is_entered() -> None:
    first = talk(held=date(2028, 1, 10), summary_sent=date(2028, 1, 11), next_check_in=date(2028, 2, 28))
    for held in (date(2028, 2, 16), date(2028, 2, 28), date(2028, 3, 3)):
        assert shown(datetime(2028, 3, 5), Conversations=[first | {"check_in_held": held}]) == []
    second = first | {"check_in_held": date(2028, 2, 28), "next_check_in": date(2028, 4, 12)}
    assert shown(datetime(2028, 4, 12), Conversations=[second]) == [("A", "Check in", "2028-04-12", "Due")]


def test_an_onboarding_that_never_was_is_overtaken_by_the_next_conversation_due() -> None:
    rules = [
        {"kind": "Onboarding", "first_after": 30},
        {"kind": "Quarterly", "first_after": 90, "every": 91},
        {"kind": "Annual", "first_after": 365, "every": 365},
    ]
    new = {"employee_id": "N", "name": "Tamar Giorgadze", "manager": "M", "hired": date(2028, 1, 10)}
    unknown = {"employee_id": "U", "name": "Isabeau Lemaître", "manager": "M"}
    found = shown(datetime(2028, 2, 24), People=[*PEOPLE, new, unknown], Cadences=rules)
    assert {(who, words.split()[0], state) for who, words, _, state in found} == {
        ("M", "Quarterly", "Never had"),
        ("A", "Quarterly", "Never had"),
        ("B", "Quarterly", "Never had"),
        ("U", "Quarterly", "Never had"),
        ("N", "Onboarding", "Never had"),
    }


def test_corrections_are_the_employees_and_scores_are_the_raters() -> None:
    tables = tables_from(
        People=PEOPLE,
        Conversations=[talk(summary_sent=date(2028, 1, 3), corrections_due=date(2028, 1, 10))],
        Evaluations=[
            {"cycle": "2028-H1", "employee_id": "B", "manager": "A", "status": "Draft"},
            {"cycle": "2028-H1", "employee_id": "A", "manager": "M", "status": "Submitted"},
        ],
        Cycles=[{"cycle": "2028-H1", "scores_due": date(2028, 1, 12)}],
    )
    found = compute_reminders(tables, CALENDAR, "2028-H1", datetime(2028, 1, 8), 3)
    assert list(zip(found["who"], found["for_whom"], found["key"], strict=True)) == [
        ("A", "A", "corrections/A/V1"),
        ("B", "A", "scores/B/2028-H1"),
    ]


def test_conversations_never_had_and_overdue_come_with_free_days_within_the_limit() -> None:
    rules = [
        {"kind": "Quarterly", "first_after": 30, "every": 91, "group_column": "team", "group_value": "CAFE"}
    ]
    talks = [
        talk(held=date(2027, 11, 1), summary_sent=date(2027, 11, 2)),
        talk("M", conversation_id="V2", planned=date(2028, 2, 25)),
    ]
    tables = tables_from(People=PEOPLE, Cadences=rules, Conversations=talks)
    found = compute_reminders(tables, CALENDAR, "", datetime(2028, 2, 24), 1)
    wanted = found[found["sheet"].eq("Cadences")]
    assert list(zip(wanted["who"], wanted["due"].dt.date, wanted["state"], wanted["what"], strict=True)) == [
        (
            "B",
            date(2027, 10, 1),
            "Never had",
            "Quarterly conversation; there was none yet. Free: 2028-02-25.",
        ),
        (
            "A",
            date(2028, 1, 31),
            "Overdue",
            "Quarterly conversation; the last one was on 2027-11-01. Free: 2028-02-28.",
        ),
    ]


def test_a_rule_for_a_team_passes_over_people_without_a_team() -> None:
    rule = {"kind": "Quarterly", "first_after": 30, "group_column": "team", "group_value": "Lamps"}
    people = [
        {"employee_id": "A", "name": "Noor van Dijk"},
        {"employee_id": "B", "name": "Aoife Byrne", "team": "Lamps"},
    ]
    tables = tables_from(People=people, Cadences=[rule])
    assert list(compute_reminders(tables, CALENDAR, "", datetime(2028, 2, 24), 1)["who"]) == ["B"]


def test_who_has_a_conversation_planned_is_not_reminded_to_plan_one() -> None:
    rules = [{"kind": "Annual", "first_after": 30, "every": 365}]
    planned = [talk(who, conversation_id=who, planned=date(2028, 3, 20)) for who in ("A", "B", "M")]
    assert shown(datetime(2028, 2, 24), Cadences=rules, Conversations=planned) == []


def test_the_same_workbook_gives_the_same_keys_and_each_only_once() -> None:
    sheets = {
        "Conversations": [talk(held=date(2028, 1, 10), next_check_in=date(2028, 1, 12))],
        "ActionItems": [
            {"action_id": None, "employee_id": "A", "action": "Ask", "due": date(2028, 1, 11)},
            {"action_id": "A7", "employee_id": "A", "action": "Ask again", "due": date(2028, 1, 11)},
        ],
    }
    tables = tables_from(People=PEOPLE, **sheets)
    keys = [list(compute_reminders(tables, CALENDAR, "", datetime(2028, 1, 12), 3)["key"]) for _ in range(2)]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0]) == 4
