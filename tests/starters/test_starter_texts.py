"""The starter frameworks as texts: every sentence is observable, parallel in wording, and said once."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest

from .reading import FAMILIES, Framework, adjacent, behaviours, competencies, read, texts

pytestmark = pytest.mark.requirement("F9")

# Two sentences of adjacent levels more alike than this say the same with a word exchanged.
TOO_ALIKE = 0.65

VAGUE = (
    "ability to", "able to", "appropriate", "as needed", "attitude", "aware of", "best practice", "demonstrate",
    "drives", "effective", "ensures", "excellent", "executive presence", "gravitas", "high-quality", "holistic",
    "knows how", "leadership", "leverage", "mindset", "ownership", "passion", "proactive", "robust", "role model",
    "seamless", "stakeholder", "strategic thinker", "strong communicator", "synerg", "team player", "thought leader",
    "understands", "where appropriate", "world-class",
)  # fmt: skip

AMERICAN = re.compile(
    r"\b(\w+iz(e|es|ed|ing|ation|ations)|behavior\w*|color\w*|labor|favor\w*|center|program(?!m)s?|fulfill|"
    r"catalog|judgment|defense|offense|license[sd]?|analyz\w+|modeling|labeled|canceled|traveling)\b"
)
NOT_A_SUFFIX = {"size", "sizes", "sized", "sizing", "prize", "prizes", "seize", "seizes"}


def test_two_to_four_behaviours_and_at_least_one_skill_for_each_expectation(framework: Framework) -> None:
    for level in framework["level"]:
        for row in level["expectation"]:
            assert 2 <= len(row["behaviours"]) <= 4, (level["code"], row["competency"])
            assert 1 <= len(row["skills"]) <= 4, (level["code"], row["competency"])


def test_adjacent_levels_say_different_things(framework: Framework) -> None:
    for code, following, competency, here, there in adjacent(framework):
        for first in here["behaviours"]:
            for second in there["behaviours"]:
                alike = SequenceMatcher(None, first.lower(), second.lower(), autojunk=False).ratio()
                assert alike < TOO_ALIKE, (code, following, competency, first, second)
        assert not set(here["skills"]) & set(there["skills"]), (code, following, competency)


def test_no_sentence_stands_twice_in_any_file() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for name in FAMILIES:
        for code, competency, sentence in behaviours(read(name)):
            assert sentence not in seen, (code, competency, seen.get(sentence))
            seen[sentence] = (code, competency)


def test_a_behaviour_starts_with_a_verb_in_the_third_person(framework: Framework) -> None:
    for code, competency, sentence in behaviours(framework):
        first = sentence.split()[0]
        assert re.fullmatch(r"[A-Z][a-z-]+[^s]s", first), (code, competency, sentence)


def test_a_behaviour_is_one_sentence_of_readable_length_without_full_stop(framework: Framework) -> None:
    for code, competency, sentence in behaviours(framework):
        assert 6 <= len(sentence.split()) <= 24, (code, competency, sentence)
        assert not re.search(r"[.;:!?]", sentence), (code, competency, sentence)


def test_definitions_and_scopes_are_sentences(framework: Framework) -> None:
    known = competencies(framework)
    for row in known.values():
        assert row["definition"].endswith("."), row["id"]
        assert ". " not in row["definition"], row["id"]
        assert re.match(r"[A-Z]\w+ing\b", row["definition"]), row["id"]
    for level in framework["level"]:
        assert level["scope"].endswith("."), level["code"]
    assert len({level["scope"] for level in framework["level"]}) == len(framework["level"])


@pytest.mark.parametrize("name", [*FAMILIES, "shared"])
def test_no_phrase_is_vague(name: str) -> None:
    for text in texts(read(name)):
        found = [phrase for phrase in VAGUE if phrase in text.lower()]
        assert not found, (found, text)


@pytest.mark.parametrize("name", [*FAMILIES, "shared"])
def test_spelling_is_british_and_multi_value_cells_can_hold_the_texts(name: str) -> None:
    for text in texts(read(name)):
        american = [m.group() for m in AMERICAN.finditer(text) if m.group().lower() not in NOT_A_SUFFIX]
        assert not american, text
        assert ";" not in text, text
        assert text == " ".join(text.split()), text
