"""Statements that can be observed and statements that cannot."""

from __future__ import annotations

import pytest

from careersheets.checks.language import check_wording, find_wording
from tests.starters import reading

pytestmark = pytest.mark.requirement("F5", "F9")

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
]


@pytest.mark.parametrize(("text", "phrase"), VAGUE)
def test_a_vague_statement_is_named_with_a_rewrite(text: str, phrase: str) -> None:
    (finding,) = check_wording(text, "Expectations", "K6")
    assert f'"{phrase}"' in finding.message
    assert find_wording(text)[0].rewrite in finding.fix


@pytest.mark.parametrize("text", PLAIN)
def test_a_statement_that_can_be_seen_is_left_alone(text: str) -> None:
    assert find_wording(text) == []


def test_no_rewrite_is_vague_itself() -> None:
    for text, _ in VAGUE:
        for wording in find_wording(text):
            assert find_wording(wording.rewrite) == []


@pytest.mark.parametrize("name", reading.FAMILIES)
def test_the_starters_say_what_can_be_seen(name: str) -> None:
    texts = [text for _, _, text in reading.behaviours(reading.read(name))]
    assert texts
    assert [text for text in texts if find_wording(text)] == []
