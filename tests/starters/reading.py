"""The starter frameworks as they stand in their files, read with the standard library only."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STARTERS = Path(__file__).parents[2] / "careersheets" / "starters"
FAMILIES = ("engineering", "finance", "people", "sales", "support")

Framework = dict[str, Any]
Expectation = dict[str, Any]


def read(name: str) -> Framework:
    return tomllib.loads((STARTERS / f"{name}.toml").read_text(encoding="utf-8"))


def competencies(framework: Framework) -> dict[str, dict[str, str]]:
    rows = read("shared")["competency"] + framework.get("competency", [])
    return {row["id"]: row for row in rows}


def scales() -> dict[str, dict[str, Any]]:
    return {scale["name"]: scale for scale in read("shared")["scale"]}


def levels(framework: Framework) -> dict[str, dict[str, Any]]:
    return {level["code"]: level for level in framework["level"]}


def expectations(level: dict[str, Any]) -> dict[str, Expectation]:
    return {row["competency"]: row for row in level["expectation"]}


def adjacent(framework: Framework) -> Iterator[tuple[str, str, str, Expectation, Expectation]]:
    """Level, next level, competency, and what each of the two asks for in it."""
    by_code = levels(framework)
    for code, level in by_code.items():
        for following in level["next"]:
            here, there = expectations(level), expectations(by_code[following])
            for competency in here.keys() & there.keys():
                yield code, following, competency, here[competency], there[competency]


def behaviours(framework: Framework) -> Iterator[tuple[str, str, str]]:
    for level in framework["level"]:
        for row in level["expectation"]:
            for sentence in row["behaviours"]:
                yield level["code"], row["competency"], sentence


def texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for value in node.values() for text in texts(value))
    elif isinstance(node, list):
        yield from (text for value in node for text in texts(value))


def ladder(framework: Framework, track: str) -> set[str]:
    """The levels of a track and the levels of any track that lead to it."""
    by_code = levels(framework)
    found = {code for code, level in by_code.items() if level["track"] == track}
    while True:
        leading = {code for code, level in by_code.items() if found & set(level["next"])}
        if leading <= found:
            return found
        found |= leading
