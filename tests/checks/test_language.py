"""Statements that can be observed and statements that cannot."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from careersheets.checks.dictionary import themes, unseen_verbs
from careersheets.checks.language import Kind, check_wording, find_in_goal, find_wording
from careersheets.workflows.demo import demo_rows
from tests.checks.company import TODAY, add, edit, findings_in, places, spoilt
from tests.checks.wording_measure import KINDS, Measure, measure
from tests.starters import reading

pytestmark = pytest.mark.requirement("F5", "F9", "D2")

VAGUE = [
    ("Improve executive presence", "executive presence"),
    ("Shows Leadership‑Presence in meetings", "leadership presence"),
    ("Is a strong communicator, at all times", "strong communicator"),
    ("A real self-starter", "self starter"),
    ("Goes above and beyond", "goes above and beyond"),
    ("Understands the rules", "understands"),
    ("is able to lead a meeting", "is able to"),
]
PLAIN = [
    "Prepare and deliver the Q3 roadmap presentation to the leadership team by September, with a debrief afterward",
    "Writes summaries after which colleagues know what was decided",
    "Asks what the customer understands by a delay",
    "Takes over the presence list of the leadership meeting",
    "Names the values that the sensor may send",
    "Keeps systems resilient against the loss of one machine",
    "Writes down what went well and what did not",
    'Answers the question "How can I improve?" with two examples',
]
SIGNS: list[tuple[Kind, str, Sequence[str]]] = [
    ("action", "Improve executive presence", ["CS521", "CS526"]),
    ("action", "Improve the newsletter by June", ["CS524"]),
    ("action", "Improve the open rate of the newsletter from 20 % to 35 % by June", []),
    ("action", "Be more patient by June", ["CS523"]),
    ("action", "Attend the course on contracts by June", ["CS525"]),
    ("action", "Attend the course on contracts in June and present three clauses to the team", []),
    ("action", "Write the handover guide", ["CS526"]),
    ("action", "Write the handover guide as soon as possible", ["CS521", "CS526"]),
    ("action", "Write the handover guide in May", []),
    ("action", "A guide should be written by June", ["CS527"]),
    ("action", "A guide should be written by Ilse by June", []),
    ("action", "Someone to write the guide by June", ["CS527"]),
    ("action", "Understand the tariff by June", ["CS522"]),
    ("observation", "She is always late", ["CS528"]),
    ("observation", "Everybody loves her", ["CS528"]),
    ("observation", "Sent the list to everybody on the same day", []),
    ("observation", "Was very unreliable in May", ["CS523"]),
    ("observation", "Handled the complaint poorly", ["CS529"]),
    ("observation", "Good with numbers", ["CS529"]),
    ("observation", "Called the customer back at 15:00, as promised", []),
    ("observation", "Fragte den Kunden zweimal nach der Nummer, ehe er den Auftrag annahm", []),
    ("expectation", "Is reliable", ["CS523"]),
    ("expectation", "Collaborates with other departments", ["CS521"]),
    ("expectation", "Collaborates with other departments on one shared list of open questions", []),
    ("expectation", "Improves the way of working", ["CS524"]),
]


@pytest.mark.parametrize(("text", "phrase"), VAGUE)
def test_a_vague_statement_is_named_with_a_rewrite(text: str, phrase: str) -> None:
    (finding,) = check_wording(text, "expectation", "Expectations", "K6")
    assert f'"{phrase}"' in finding.message
    assert finding.place == "Expectations!K6"
    assert find_wording(text)[0].rewrite in finding.fix


@pytest.mark.parametrize("text", PLAIN)
def test_a_statement_that_can_be_seen_is_left_alone(text: str) -> None:
    assert find_wording(text) == []


@pytest.mark.requirement("E7")
@pytest.mark.parametrize(("kind", "text", "codes"), SIGNS, ids=[text for _, text, _ in SIGNS])
def test_each_kind_of_statement_is_looked_at_in_its_own_way(
    kind: Kind, text: str, codes: Sequence[str]
) -> None:
    assert [wording.rule.code for wording in find_wording(text, kind)] == list(codes)


def test_the_issues_own_two_sentences() -> None:
    findings = check_wording("Improve executive presence", "action")
    assert findings[0].rule.code == "CS521"
    assert themes()["presence"]["action"] in findings[0].fix
    assert check_wording(PLAIN[0], "action") == []


def test_a_day_and_an_owner_in_the_row_count() -> None:
    assert check_wording("Write the guide", "action", has_due=True) == []
    assert check_wording("The guide needs to be written", "action", has_due=True, has_owner=True) == []
    assert [f.rule.code for f in check_wording("The guide needs to be written", "action", has_due=True)] == [
        "CS527"
    ]


GOALS: list[tuple[str, bool, Sequence[str]]] = [
    ("Improve executive presence", False, ["CS521"]),
    ("Improve executive presence", True, ["CS521"]),
    ("Be a better communicator", False, ["CS524"]),
    ("Better code reviews", False, ["CS524"]),
    ("Better code reviews", True, []),
    ("Understand the billing system", False, ["CS522"]),
    ("Understand the billing system", True, []),
    ("Be more patient", False, ["CS523"]),
    ("Become a senior engineer", False, []),
    ("Learn Spanish to B1 by June", False, []),
    ("Have four mentees", False, []),
    ("Pass the examination on contracts", False, []),
    ("Chair the planning round", False, []),
    ("Two of three runs without a correction", False, []),
    ("Fewer than five open tickets a week", False, []),
    ("Lead the move of payroll to the new system by March", False, []),
    ("Eine Schulung über Verträge halten", False, []),
]


@pytest.mark.requirement("D4")
@pytest.mark.parametrize(("text", "has_measure", "codes"), GOALS)
def test_a_goal_is_vague_by_its_words_unless_a_measure_says_what_they_mean(
    text: str, has_measure: bool, codes: Sequence[str]
) -> None:
    assert [wording.rule.code for wording in find_in_goal(text, has_measure=has_measure)] == list(codes)


def test_open_goals_and_their_measures_are_looked_at() -> None:
    goal = {"employee_id": "1003", "goal": "Improve the notes", "status": "Open", "goal_id": "G1"}
    assert {
        status: [
            place
            for place, code in places(findings_in(spoilt(add("Goals", **(goal | {"status": status})))))
            if code == "CS524"
        ]
        for status in ("Open", "Done")
    } == {"Open": ["Goals!F6"], "Done": []}
    measured = add("Goals", **goal, measure="Readers feel better informed")
    found = [place for place, code in places(findings_in(spoilt(measured))) if code.startswith("CS52")]
    assert [place[:7] for place in found] == ["Goals!Q"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_rewrite_is_vague_itself(kind: Kind) -> None:
    assert {
        name: found for name, theme in themes().items() if (found := find_wording(theme[kind], kind))
    } == {}


def test_every_verb_of_the_mind_has_something_to_say_instead() -> None:
    assert all(instead for entries in unseen_verbs().by_first.values() for _, instead in entries)


@pytest.mark.parametrize(
    "text", ["", "   ", "...", "?!", "—", '""', "12", "😀", "Ω" * 3000, "improve " * 500, "1, " * 10000]
)
@pytest.mark.parametrize("kind", KINDS)
def test_any_text_is_read(kind: Kind, text: str) -> None:
    assert all(finding.fix for finding in check_wording(text, kind))


def test_phrases_that_hr_adds_are_found_as_well() -> None:
    talk = edit("Expectations", 1, behaviours="Talks the project language in every round")
    added = [
        add("OwnWording", phrase="Project language", say_instead="Writes the order of work on the board"),
        add("OwnWording", phrase="in every round"),
    ]
    assert findings_in(spoilt(talk)) == []
    found = findings_in(spoilt(talk, *added))
    assert places(found) == [("Expectations!J7", "CS521")] * 2
    assert '"project language"' in found[0].message
    assert "Writes the order of work on the board" in found[0].fix
    assert themes()["work"]["expectation"] in found[1].fix


def test_the_sentences_the_dictionary_was_written_against(capsys: pytest.CaptureFixture[str]) -> None:
    assert _shown("tuning", capsys).sentences == 460


def test_the_sentences_that_nobody_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    """Precision and recall of a set that was written before the dictionary and never looked at since."""
    measured = _shown("held_out", capsys)
    assert measured.sentences == 100
    assert measured.precision >= 0.9
    assert measured.recall >= 0.9


@pytest.mark.parametrize("name", reading.FAMILIES)
def test_the_starters_say_what_can_be_seen(name: str) -> None:
    texts = [text for _, _, text in reading.behaviours(reading.read(name))]
    assert texts
    assert [text for text in texts if find_wording(text)] == []


def test_the_demo_says_what_can_be_seen() -> None:
    rows = demo_rows(today=TODAY, people=40, cycles=2)
    said: list[tuple[str, Kind]] = [(row["action"], "action") for row in rows["Action items"]]
    said += [(row["text"], "action") for row in rows["Plan templates"]]
    goals = [row[column] for row in rows["Goals"] for column in ("goal", "measure")]
    assert [text for text in goals if find_in_goal(text)] == []
    said += [(row["behaviour"], "observation") for row in rows["Observations"]]
    assert len(said) > 100
    assert [text for text, kind in said if find_wording(text, kind, has_due=True)] == []


def _shown(name: str, capsys: pytest.CaptureFixture[str]) -> Measure:
    measured = measure(name)
    with capsys.disabled():
        print(f"\nwording, {name}: {measured}")
    return measured
