"""Do statements say what one can see? Vague phrases and verbs, each with a rewrite (source: REQUIREMENTS F5, D2).

The phrases are data, in starters/wording.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..model.findings import Finding, Rule, Severity
from ..vocabulary.framework import Expectations
from .placing import report_rows
from .review import Review

VAGUE = Rule(
    "CS521",
    Severity.WARNING,
    '"{phrase}" cannot be seen; two observers will judge it differently.',
    "Say what the person does, for example: {rewrite}.",
    "What cannot be observed cannot be rated fairly, and nobody can tell from it what to do differently.",
)
UNSEEN_VERB = Rule(
    "CS522",
    Severity.NOTE,
    'a statement begins with "{phrase}", which goes on in a head.',
    "Begin with what can be seen: {rewrite}.",
    "A rating needs something that was seen; what somebody knows or feels shows only in what they do.",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase found in a text: the `rule` it breaks, the phrase as it is listed, and what to say instead."""

    rule: Rule
    phrase: str
    rewrite: str


def find_wording(text: str) -> list[Wording]:
    """The vague phrases of one statement, in their order, each once; and the verb it begins with."""
    phrases, pattern = _phrases()
    found = [Wording(VAGUE, key, phrases[key]) for key in _each_once(pattern.findall(_plain(text)))]
    verbs, opening = _verbs()
    match = opening.match(_plain(text))
    return found + ([Wording(UNSEEN_VERB, match[1], verbs[match[1]])] if match else [])


def check_wording(text: str, sheet: str = "", cell: str = "") -> list[Finding]:
    """The findings that one statement gives, placed at `cell` of `sheet`."""
    return [
        wording.rule.found(sheet, cell, values={"phrase": wording.phrase, "rewrite": wording.rewrite})
        for wording in find_wording(text)
    ]


def check_language(review: Review) -> Iterator[Finding]:
    """Behaviours on the sheet Expectations that cannot be observed: one finding for each phrase and cell."""
    table = review.tables[Expectations]
    behaviours = table.frame["behaviours"].explode().dropna()
    found = {text: find_wording(text) for text in behaviours.unique()}
    for rule in (VAGUE, UNSEEN_VERB):
        rows = (
            behaviours.map(lambda text, rule=rule: [w for w in found[text] if w.rule is rule])
            .explode()
            .dropna()
        )
        said = table.frame[["level_code"]].join(rows.rename("wording"), how="inner")
        said = said.assign(
            phrase=said["wording"].map(lambda wording: wording.phrase),
            rewrite=said["wording"].map(lambda wording: wording.rewrite),
            row=said.index,
        )
        once = said.drop_duplicates(["row", "phrase"]).drop(columns=["wording", "row", "level_code"])
        yield from report_rows(rule, table, "behaviours", once)


@cache
def _phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    """Rewrites by phrase, and the pattern that finds any phrase as whole words."""
    rewrites = {_plain(phrase): entry["rewrite"] for entry in _data()["phrase"] for phrase in entry["find"]}
    return rewrites, re.compile(rf"(?<!\w)({_any_of(rewrites)})(?!\w)")


@cache
def _verbs() -> tuple[dict[str, str], re.Pattern[str]]:
    """What to say instead by verb, and the pattern of a statement that begins with one."""
    instead = {_plain(verb): entry["instead"] for entry in _data()["verb"] for verb in entry["find"]}
    return instead, re.compile(rf"\W*({_any_of(instead)})(?!\w)")


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("careersheets.starters") / "wording.toml").read_text("utf-8"))


def _any_of(phrases: Iterable[str]) -> str:
    """The longest phrase first, so that it is found rather than a part of it."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _each_once(phrases: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(phrases))


def _plain(text: str) -> str:
    """Lower case, hyphens as spaces, apostrophes straight: "Self‑starter" is "self starter"."""
    return re.sub(r"[\s\-‐‑–]+", " ", text.casefold().replace("’", "'")).strip()
