"""The dictionary of wording: starters/wording.toml as sets and lookups, each word in all its forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Words = tuple[str, ...]

_MARKS = re.compile(r"[\s\-‐‑–—]+")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:'\w+)*|[^\w\s]")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases of one or more words, found by their first word; what each leads to stands beside it."""

    by_first: Mapping[str, tuple[tuple[Words, str], ...]]

    def at(self, words: Sequence[str], place: int) -> tuple[Words, str] | None:
        """The longest phrase that begins at `place`, with what it leads to."""
        for phrase, leads_to in self.by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return phrase, leads_to
        return None

    def find(self, words: Sequence[str]) -> Iterator[tuple[Words, str]]:
        """The phrases of a text in their order; none begins inside another."""
        place = 0
        while place < len(words):
            found = self.at(words, place)
            if found:
                yield found
            place += len(found[0]) if found else 1


def phrasebook(entries: Iterable[tuple[str, str]]) -> Phrasebook:
    """A phrasebook of `(phrase, what it leads to)`."""
    grouped: dict[str, dict[Words, str]] = {}
    for text, leads_to in entries:
        phrase = tuple(words_of(text))
        if not phrase:
            continue
        grouped.setdefault(phrase[0], {}).setdefault(phrase, leads_to)
    return Phrasebook(
        {
            first: tuple(sorted(found.items(), key=lambda entry: -len(entry[0])))
            for first, found in grouped.items()
        }
    )


def words_of(text: str) -> list[str]:
    """Words, figures and marks in lower case; hyphens part words: "Self‑starter," is "self", "starter", ","."""
    return _WORD.findall(plain(text))


def plain(text: str) -> str:
    """Lower case, hyphens as spaces, apostrophes straight."""
    return _MARKS.sub(" ", text.casefold().replace("’", "'")).strip()


@cache
def phrases() -> Phrasebook:
    """Phrases that nobody can observe, each with its theme."""
    return phrasebook((text, entry["theme"]) for entry in _data()["phrase"] for text in entry["find"])


@cache
def unseen_verbs() -> Phrasebook:
    """Verbs of the mind in all forms, each with what to say instead."""
    return phrasebook(
        (form, entry["instead"])
        for entry in _data()["verb"]
        for verb in entry["find"]
        for form in forms_of(verb)
    )


@cache
def words_in(section: str, *names: str) -> frozenset[str]:
    """The single words of some lists as they stand there."""
    return frozenset(entry for name in names for entry in _listed(section, name) if len(words_of(entry)) == 1)


@cache
def phrases_in(section: str, name: str) -> Phrasebook:
    """The phrases of one list."""
    return phrasebook((entry, "") for entry in _listed(section, name))


@cache
def verbs_in(section: str, *names: str) -> frozenset[str]:
    """The verbs of some lists in all their forms."""
    return frozenset(form for name in names for verb in _listed(section, name) for form in forms_of(verb))


@cache
def bare_qualities() -> frozenset[str]:
    """Qualities that can be neither a thing nor a person."""
    return words_in("judgement", "qualities") - words_in("soft", "things")


@cache
def skipped_words() -> frozenset[str]:
    """Subjects, auxiliaries and adverbs before the verb that a statement begins with."""
    return words_in("reading", "before_verb") | words_in("judgement", "adverbs", "plain_adverbs")


@cache
def kinds_of_people() -> frozenset[str]:
    """Adjectives that say what kind of person somebody is."""
    return words_in("judgement", "adjectives") | words_in("trait", "adjectives")


@cache
def theme_words() -> dict[str, str]:
    """The theme that a single word leads to."""
    pairs: dict[str, str] = {}
    for theme in _data()["theme"]:
        for word in theme["about"]:
            pairs.setdefault(word, theme["name"])
    return pairs


@cache
def themes() -> dict[str, dict[str, str]]:
    """By theme, an example for each kind of statement; the first is for whatever has no theme."""
    return {theme["name"]: theme for theme in _data()["theme"]}


def example_for(kind: str, words: Iterable[str], theme: str = "") -> str:
    """The example of `theme`, or of the first theme that `words` lead to, as a statement of this kind."""
    led_to = (theme_words()[word] for word in words if word in theme_words())
    return themes()[theme or next(led_to, next(iter(themes())))][kind]


@cache
def forms_of(verb: str) -> tuple[str, ...]:
    """The verb's own form and those with -s, -ed and -ing, or as listed; of several words the first one changes."""
    first, *rest = verb.split(" ")
    irregular = _data()["forms"].get(first, "").split()
    found = {first: None} | dict.fromkeys(irregular) | dict.fromkeys(_regular(first))
    return tuple(" ".join([form, *rest]) for form in found)


def _regular(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return [f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return [f"{verb}es", f"{verb}ed", f"{verb}ing"]
    double = verb + verb[-1]
    return [f"{verb}s", f"{verb}ed", f"{verb}ing", f"{double}ed", f"{double}ing"]


def _listed(section: str, name: str) -> list[str]:
    listed = _data()[section][name]
    return listed.split() if isinstance(listed, str) else list(listed)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("careersheets.starters") / "wording.toml").read_text("utf-8"))
