"""The form of a check-in: open actions with their state, planned against actual interval, and what comes next."""

from __future__ import annotations

from datetime import datetime

import pytest

from careersheets.documents.content.check_in import AGENDA, check_in, has_something_to_check
from tests.documents.finished import document, lines_of
from tests.documents.talks import conversations, form_in, talk_results

pytestmark = pytest.mark.requirement("C10", "D1")


def test_it_takes_twenty_minutes() -> None:
    assert sum(minutes for _, minutes in AGENDA) == 20


def test_open_actions_stand_with_their_state_the_overdue_first() -> None:
    data = document("check-in", talk_results(), "P1")
    lines = lines_of(data)
    first = lines.index("Write the design of the export by 2026-11-15")
    assert lines[first + 1] == "Des · Chiara Bianchi · overdue by 7 days"
    assert "Ravi Subramanian · due in 9 days" in lines
    assert "1 action is overdue: do it, move it, or drop it." in lines
    assert "Tell the team in ten minutes" not in lines
    form = form_in(data)
    assert form.document_id == "check-in/H2/P1/V1"
    states = [form.answers[f"action_{number}_status"] for number in (1, 2, 3)]
    assert states == ["In progress", "Open", "Open"]
    assert {
        form.answers[tag]
        for tag in ("action_1_evidence_so_far", "action_1_done_on", "helped", "in_the_way", "next_check_in")
    } == {""}
    assert [tag for tag in form.answers if tag.endswith("_action")] == ["action_4_action", "action_5_action"]


def test_planned_stands_against_actual() -> None:
    lines = lines_of(document("check-in", talk_results(), "P1"))
    assert "1 October 2026" in lines
    assert "19 November 2026: 49 days after the conversation" in lines
    assert "22 November 2026: 52 days after the conversation" in lines
    assert not [line for line in lines if "works best six to eight weeks" in line]


def test_an_interval_outside_six_to_eight_weeks_is_said() -> None:
    rows = conversations()
    rows[0] |= {"held": datetime(2026, 9, 1), "planned": datetime(2026, 9, 1)}
    lines = lines_of(document("check-in", talk_results(Conversations=rows), "P1"))
    assert "19 November 2026: 79 days after the conversation, later than six to eight weeks" in lines
    assert any("(42 to 56 days)" in line for line in lines)


def test_the_next_one_is_six_to_eight_weeks_from_today() -> None:
    assert check_in(talk_results(), "P1")["next_window"] == "3 January 2027 to 17 January 2027"


def test_a_conversation_without_actions_asks_for_the_first() -> None:
    lines = lines_of(document("check-in", talk_results(), "P3"))
    assert "No action is open: agree on one below." in lines
    assert "no day was agreed" in lines
    assert not {"None", "nan", "NaT"} & set(" ".join(lines).split())


def test_it_is_there_for_whoever_had_a_conversation_or_has_an_open_action() -> None:
    fits = {key: has_something_to_check(talk_results(), key) for key in ("P1", "P2", "P3", "P4")}
    assert fits == {"P1": True, "P2": False, "P3": True, "P4": False}
    alone = [{"employee_id": "P4", "action": "Read the guide"}]
    assert has_something_to_check(talk_results(**{"Action items": alone}), "P4")
