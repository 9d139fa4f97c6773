"""The summary of a conversation: what is filled in, what is asked, what closes it, and its 48 hours."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.documents.content.conversation_in_hand import (
    check_in_interval,
    closing_rules,
    in_hand,
    summary_clock,
)
from careersheets.documents.content.conversation_summary import conversation_summary, has_conversation
from careersheets.documents.content.cycle import cycle_facts
from tests.documents.finished import document, lines_of
from tests.documents.talks import conversations, form_in, talk_results, talk_workbook

pytestmark = pytest.mark.requirement("C3", "C5", "C6", "C7", "C8", "C9")
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def results() -> Results:
    return talk_results()


def test_everything_known_stands_in_its_field(results: Results) -> None:
    form = form_in(document("conversation-summary", results, "P1"))
    assert (form.document_id, form.version) == ("conversation-summary/H2/P1/V1", "2")
    expected = {
        "held": "2026-10-01",
        "employee_said": "The reviews help me.",
        "new_opportunities": "The search team looks for help",
        "direction_kind": "Level",
        "direction": "Lead a design of my own.",
        "target_level": "E3",
        "employee_priorities_1": "Des",
        "employee_priorities_2": "Com",
        "employee_priorities_3": "",
        "manager_priorities_1": "Com",
        "criterion_1_condition": "Designs without help.",
        "criterion_1_by": "2027-03-31",
        "criterion_1_employee_agrees": "yes",
        "criterion_1_manager_agrees": "",
        "action_1_action": "Write the design of the export by 2026-11-15",
        "action_1_competency_id": "Des",
        "action_1_owner": "Chiara Bianchi",
        "action_1_method": "Stretch",
        "action_1_due": "2026-11-15",
        "action_2_owner": "Ravi Subramanian",
        "action_3_action": "Read the two guides",
        "pulse_before": "3",
        "pulse_after": "4",
        "next_check_in": "2026-11-19",
        "check_in_time": "14:30",
        "corrections": "I said two, not three.",
        "corrections_due": "2026-10-09",
        "matches_my_work": "Yes",
        "acknowledged": "2026-10-08",
    }
    assert {tag: form.answers[tag] for tag in expected} == expected
    assert form.findings == ()


def test_two_rows_are_there_to_add_actions_and_one_to_add_a_criterion(results: Results) -> None:
    answers = form_in(document("conversation-summary", results, "P1")).answers
    assert [tag for tag in answers if tag.endswith("_action")] == [f"action_{n}_action" for n in range(1, 6)]
    assert answers["action_4_action"] == answers["action_5_action"] == answers["criterion_2_condition"] == ""
    assert "criterion_3_condition" not in answers


def test_dropped_actions_and_those_of_other_conversations_are_left_out(results: Results) -> None:
    said = " ".join(lines_of(document("conversation-summary", results, "P1")))
    assert "Dropped one" not in said
    assert "Tell the team" not in said


def test_answers_for_one_side_or_for_hr_never_come_back(results: Results) -> None:
    data = document("conversation-summary", results, "P1")
    answers = form_in(data).answers
    assert answers["manager_said"] == answers["employee_read"] == ""
    assert "SECRET" not in " ".join(lines_of(data))


def test_the_four_questions_stand_in_order(results: Results) -> None:
    lines = lines_of(document("conversation-summary", results, "P1"))
    asked = [line for line in lines if line[:3] in ("1  ", "2  ", "3  ", "4  ")]
    assert asked == [
        "1  Where to, in the next one to two years?",
        "2  How do you read the data?",
        "3  Which gaps matter most?",
        "4  What would need to be true?",
    ]
    assert any(line.startswith("E3: ") and "Ready means 95%" in line for line in lines)
    assert "On both lists: Com. On one only: Des." in lines


def test_nothing_agreed_is_a_form_to_fill_in() -> None:
    results = talk_results()
    data = document("conversation-summary", results, "P2")
    form = form_in(data)
    assert form.version == "1"
    assert {answer for tag, answer in form.answers.items()} == {""}
    said = " ".join(lines_of(data))
    assert "Quarterly conversation, planned for 30 November 2026" in said
    assert "within 48 hours of the conversation" in said
    assert "6 to 8 weeks: 11 January 2027 to 25 January 2027" in said
    assert said.count("still missing") == 4
    assert "None" not in said
    assert "nan" not in said.split()


def test_a_conversation_closes_with_four_things() -> None:
    facts = cycle_facts(talk_results())
    met = {
        key: [rule["met"] for rule in closing_rules(facts, key, in_hand(facts, key))]
        for key in ("P1", "P2", "P3")
    }
    assert met == {"P1": [True] * 4, "P2": [False] * 4, "P3": [True, False, False, False]}
    told = closing_rules(facts, "P1", in_hand(facts, "P1"))
    assert [rule["state"] for rule in told] == ["E3", "Des; Com", "3 actions", "19 November 2026"]
    assert closing_rules(facts, "P3", in_hand(facts, "P3"))[0]["state"] == "Exploring"


def test_who_has_no_conversation_gets_no_summary() -> None:
    results = talk_results()
    assert [has_conversation(results, key) for key in ("P1", "P2", "P3", "P4")] == [True, True, True, False]


def row(held: Any = None, sent: Any = None, **rest: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{"held": held, "summary_sent": sent, "planned": None, "next_check_in": None, **rest}
    )


@pytest.mark.parametrize(
    ("held", "sent", "today", "state", "late"),
    [
        (None, None, TODAY, "within 48 hours of the conversation", False),
        (datetime(2026, 11, 21), None, TODAY, "due in 1 day", False),
        (datetime(2026, 11, 20), None, TODAY, "due today", False),
        (datetime(2026, 11, 17), None, TODAY, "overdue by 3 days", True),
        (datetime(2026, 11, 17), datetime(2026, 11, 17), TODAY, "sent on the same day", False),
        (datetime(2026, 11, 17), datetime(2026, 11, 18, 9), TODAY, "sent 1 day after", False),
        (datetime(2026, 11, 17), datetime(2026, 11, 21), TODAY, "sent 4 days after, late", True),
        (datetime(2026, 11, 17, 10), datetime(2026, 11, 18, 12), TODAY, "sent 26 hours after", False),
        (datetime(2026, 11, 17, 10), datetime(2026, 11, 19, 11), TODAY, "sent 49 hours after, late", True),
    ],
)
def test_the_clock_of_48_hours(held: Any, sent: Any, today: date, state: str, late: bool) -> None:
    clock = summary_clock(row(held, sent), today, "en-GB")
    assert (clock["state"], clock["late"]) == (state, late)


@pytest.mark.parametrize(
    ("next_day", "told", "off"),
    [
        (datetime(2026, 12, 29), "42 days after the conversation", False),
        (datetime(2027, 1, 12), "56 days after the conversation", False),
        (datetime(2026, 12, 28), "41 days after the conversation, earlier than six to eight weeks", True),
        (datetime(2027, 1, 13), "57 days after the conversation, later than six to eight weeks", True),
        (None, "", False),
    ],
)
def test_a_check_in_lies_six_to_eight_weeks_out(next_day: Any, told: str, off: bool) -> None:
    interval = check_in_interval(row(datetime(2026, 11, 17), next_check_in=next_day))
    assert interval == {"told": told, "off": off}


def test_the_one_held_last_is_in_hand_until_two_weeks_before_the_next() -> None:
    def of(*days: tuple[str, datetime, bool]) -> str:
        rows = [
            {"conversation_id": key, "employee_id": "P1", "cycle": "H2", "held" if held else "planned": day}
            for key, day, held in days
        ]
        facts = cycle_facts(
            talk_results(
                Conversations=rows,
                **{"Answers": [], "Readiness criteria": [], "Action items": [], "Goals": []},
            )
        )
        return str(in_hand(facts, "P1").conversation_id)

    first, last = ("A", datetime(2026, 8, 1), True), ("B", datetime(2026, 10, 1), True)
    assert of(last, first) == "B"
    assert of(first, last, ("C", datetime(2026, 12, 20), False)) == "B"
    assert of(first, last, ("C", datetime(2026, 12, 6), False)) == "C"
    assert of(("C", datetime(2026, 12, 20), False), ("D", datetime(2027, 2, 1), False)) == "C"


def test_a_conversation_of_another_cycle_is_not_in_hand() -> None:
    rows = talk_workbook()
    rows["Conversations"] = [{**conversations()[0], "cycle": "H1"}]
    assert in_hand(cycle_facts(talk_results(Conversations=rows["Conversations"])), "P1") is None


def test_the_same_data_has_the_same_fingerprint_and_other_data_another() -> None:
    def fingerprint(results: Results) -> str:
        return str(conversation_summary(results, "P1")["document"]["form"].fingerprint)

    changed = conversations()
    changed[0]["direction"] = "Something else."
    turned = talk_results(Conversations=list(reversed(conversations())))
    assert fingerprint(talk_results()) == fingerprint(turned)
    assert fingerprint(talk_results()) != fingerprint(talk_results(Conversations=changed))
