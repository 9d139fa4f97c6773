"""The manager's preparation: agenda, ratings, observations and priorities, on at most three pages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.analysis.results import Results
from careersheets.checks.language import check_wording
from careersheets.documents.content.agenda import (
    PREPARATION_MINUTES,
    agenda,
    meeting_minutes,
    preparation_list,
)
from careersheets.documents.content.manager_preparation import manager_preparation
from careersheets.documents.content.sample import sample_results
from careersheets.vocabulary.choices import CONVERSATION_KIND
from tests.documents.prepared import (
    answers_in,
    complaints,
    document,
    kind_of,
    named_five,
    on_letter,
    pages,
    template_faults,
    unsafe,
)
from tests.documents.small_templates import parts_of, text_of
from tests.documents.talks import conversations, hostile_results, talk_results
from tests.documents.test_demo_documents import demo

pytestmark = pytest.mark.requirement("C1", "C3", "C4", "C13", "E7", "G6", "G7")

KEY = "manager-preparation"
FEWEST_LINES = 8
SEEN = {
    "employee_id": "P1", "date": datetime(2026, 10, 12), "situation": "Review of the export", "behaviour": "Asked for the limits first.",
    "impact": "Two faults were found.", "competency_id": "DES", "observer": "P5",
}  # fmt: skip
NEXT_TALK = {
    "conversation_id": "V9", "employee_id": "P1", "cycle": "H2", "kind": "Annual", "planned": datetime(2026, 12, 3),
    "objectives": ("Growth", "Engagement"),
}  # fmt: skip


def ready(**changed: list[dict[str, Any]]) -> Results:
    """P1 had a conversation in October and has the next one in December."""
    return talk_results(
        **({"Conversations": [*conversations(), NEXT_TALK], "Observations": [SEEN]} | changed)
    )


def said(results: Results, person: str = "P1") -> str:
    return text_of(document(KEY, results, person))


def test_it_goes_to_the_manager_and_hr() -> None:
    assert kind_of(KEY).audience == "manager"
    assert kind_of(KEY).recipients == ("manager", "hr")


@pytest.mark.parametrize("kind", [*CONVERSATION_KIND, "", "Something new"])
def test_the_minutes_sum_to_the_meeting_and_the_preparation_to_half_an_hour(kind: str) -> None:
    rows = agenda(kind, [[]] * 6)
    minutes = [int(str(row["minutes"])) for row in rows]
    assert sum(minutes) == meeting_minutes(kind)
    assert [row["at"] for row in rows] == [f"0:{sum(minutes[:place]):02}" for place in range(6)]
    assert sum(int(step["minutes"]) for step in preparation_list()) == PREPARATION_MINUTES == 30


def test_the_four_questions_come_in_their_order_and_none_asks_who_will_stay() -> None:
    rows = agenda("Annual", [[]] * 6)
    assert [row["part"] for row in rows[1:5]] == [
        "1  Direction",
        "2  Your read of the data",
        "3  Which gaps matter most",
        "4  What would need to be true",
    ]
    words = (" stay ", "leave", "leaving", "how long", "retention", "five years", "quit", "resign")
    shown = said(ready()).casefold()
    assert [word for word in words if word in shown] == []
    assert [finding for row in rows for finding in check_wording(str(row["question"]))] == []


def test_it_says_when_what_for_and_where_the_person_stands() -> None:
    text = said(ready())
    for expected in (
        "Annual, 3 December 2026",
        "1 October 2026",
        "The conversation: 60 minutes",
        "Growth: decide what to learn next, and how",
        "◑ Developing, attainment 79%",
        "Design the export alone.",
        "Proposed by: manager. Gain: Exports by night. So far: half way.",
        "Said last time (level): “Lead a design of my own.”",
        "0 of 1 criteria are met. Open: Designs without help.",
    ):
        assert expected in text, expected


def test_self_stands_beside_the_managers_rating_against_today_and_the_next_level() -> None:
    scores = ready().tables.by_sheet["Scores"].frame.to_dict("records")
    rows = [
        {key: row[key] for key in ("cycle", "employee_id", "competency_id", "manager_rating", "agreed_rating")}
        | {"self_rating": 4 if row["competency_id"] == "DES" else 2, "manager_rating": "N/A" if row["manager_rating_na"] else row["manager_rating"]}
        for row in scores
        if row["employee_id"] == "P1"
    ]  # fmt: skip
    shown = {row["competency"]: row for row in manager_preparation(ready(Scores=rows), "P1")["scores"]}
    assert list(shown) == ["Des", "Com", "Sec"]
    names = ("now", "self", "manager", "agreed", "then", "gap", "talk_about")
    assert [shown["Des"][name] for name in names] == ["2", "4", "2", "–", "3", "1", "self 2 higher"]
    assert [shown["Com"][name] for name in names] == ["2", "2", "2", "3", "3", "0", "self 1 lower"]
    assert shown["Sec"]["manager"] == "N/A"
    assert shown["Com"]["mark"] == "◆"


def test_both_sides_priorities_stand_beside_each_other_with_their_difference() -> None:
    context = manager_preparation(ready(), "P1")
    assert [rank["employee"] for rank in context["form_priorities"]] == ["Des", "Com", ""]
    assert context["priorities_apart"] == "On both lists: Com. On one only: Des."
    answers = answers_in(parts_of(document(KEY, ready(), "P1")))
    assert [answers[f"manager_priorities_{rank}"] for rank in (1, 2, 3)] == ["Com", "", ""]
    assert answers["be_sure"] == ""


def test_open_actions_say_in_words_what_is_overdue() -> None:
    actions = manager_preparation(ready(), "P1")["actions"]
    assert [(action["action"], action["state"], action["overdue"]) for action in actions] == [
        ("Write the design of the export by 2026-11-15", "overdue by 7 days", True),
        ("Find a mentor in the search team", "due in 9 days", False),
        ("Read the two guides", "no day set", False),
    ]
    assert "In progress, overdue by 7 days" in said(ready())


def test_since_last_time_tells_what_moved_what_closed_and_what_became_of_the_actions() -> None:
    since = manager_preparation(ready(), "P1")["since"]
    assert [(change["competency"], change["steps"]) for change in since["changes"]] == [
        ("Com", "2 → 3"),
        ("Des", "1 → 2"),
    ]
    assert since["closed"] == ["Com"]
    assert since["attainment"] == "+50 points"
    assert since["actions"] == "0 of 4 actions done; 1 overdue, 2 still running and 1 dropped."
    assert "Closed since last time: Com." in said(ready())


def test_too_few_observations_are_counted_and_get_lines_to_write_on() -> None:
    context = manager_preparation(ready(), "P1")["observations"]
    assert context["rows"][0]["observer"] == "Ravi Subramanian"
    assert (
        context["note"]
        == "1 observation is noted in the past year; 2 are wanted. Add what you saw, with the day."
    )
    assert len(context["missing"]) == 1
    one, none = (
        parts_of(document(KEY, ready(Observations=rows), "P1"))["word/document.xml"].count(b"WriteLine")
        for rows in ([SEEN], [])
    )
    assert none == one + 2  # fmt: skip


def test_observations_of_earlier_years_do_not_count() -> None:
    old = SEEN | {"date": datetime(2024, 1, 2)}
    assert manager_preparation(ready(Observations=[old, SEEN]), "P1")["observations"]["note"].startswith(
        "1 observation"
    )
    four = [SEEN | {"date": datetime(2026, 9, day)} for day in (1, 2, 3, 4)]
    shown = manager_preparation(ready(Observations=four), "P1")["observations"]
    assert [row["date"] for row in shown["rows"]] == [
        "4 September 2026",
        "3 September 2026",
        "2 September 2026",
    ]
    assert shown["further"] == "1 older one is on the sheet Observations."


def test_how_the_role_feels_to_the_employee_changes_nothing() -> None:
    made = []
    for feeling in (1, 5):
        talks = [row | {"role_satisfaction": feeling} for row in conversations()]
        made.append(document(KEY, talk_results(Conversations=talks), "P1"))
    assert made[0] == made[1]


def test_only_what_both_may_see_of_the_employees_answers_is_shown() -> None:
    given = {
        "employee_id": "P1",
        "conversation_id": "V9",
        "form": "Employee preparation",
        "said_by": "Employee",
        "question": "What you achieved",
    }
    rows = [
        given | {"answer": "The export runs.", "visible_to": "Employee and manager"},
        given | {"answer": "I think of teaching one day.", "visible_to": "HR only"},
        given | {"answer": "Nobody said who may see this."},
    ]  # fmt: skip
    text = said(ready(Answers=rows))
    assert "What you achieved The export runs." in text
    assert "teaching" not in text
    assert "Nobody said" not in text


def test_without_answers_there_are_lines_and_no_none() -> None:
    text = said(named_five(), "P4")
    for expected in (
        "no day set yet",
        "none on record",
        "None is on record: agree one.",
        "No action is open.",
        "No self-rating came in: hear the employee’s view before you give yours.",
        "Nothing is noted from an earlier",
    ):
        assert expected in text, expected  # fmt: skip
    assert "None " not in text.replace("None is on record", "")
    assert "nan" not in text.casefold().replace("tanaka", "").split()


def test_difficult_names_and_texts_make_valid_documents(tmp_path: Path) -> None:
    made = {f"h{person}": document(KEY, hostile_results(), person) for person in ("P1", "P2", "P5")}
    made |= {person: document(KEY, sample_results(), person) for person in ("S1", "S2")}
    made["letter"] = document(KEY, on_letter(demo()), "L1039")
    said = ["Schreibe «A&amp;B» &lt;nu&gt; {{ person.name }}", "{{ Ravi }}"]
    assert complaints(tmp_path, made, said=said) == []


def test_the_template_is_sound_and_nobody_else_is_named() -> None:
    assert template_faults(KEY) == []
    assert unsafe(KEY, demo(), demo().evaluated.index[::3]) == []
    assert unsafe(KEY, ready(), ["P1", "P2", "P3"]) == []


@pytest.mark.office
def test_it_is_two_pages_for_most_and_never_more_than_three(tmp_path: Path) -> None:
    made = {person: document(KEY, demo(), person) for person in demo().evaluated.index[1::4]}
    laid_out = pages(tmp_path, made)
    assert max(len(sheets) for sheets in laid_out.values()) <= 3
    assert sum(len(sheets) == 2 for sheets in laid_out.values()) >= 0.8 * len(made)
    assert min(len(sheet) for sheets in laid_out.values() for sheet in sheets) >= FEWEST_LINES
