"""How often the check of wording agrees with the labels of a set of sentences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from careersheets.checks.language import Kind, find_wording

SETS = Path(__file__).parent / "wording"
KINDS: tuple[Kind, ...] = ("action", "observation", "expectation")


@dataclass(frozen=True)
class Measure:
    """Of what was found, how much is vague; of what is vague, how much was found."""

    sentences: int
    precision: float
    recall: float

    def __str__(self) -> str:
        return f"{self.sentences} sentences: precision {self.precision:.3f}, recall {self.recall:.3f}"


def measure(name: str) -> Measure:
    """Each sentence judged by its text alone: no due date and no owner beside it."""
    labelled = tomllib.loads((SETS / f"{name}.toml").read_text("utf-8"))
    found = {
        label: [bool(find_wording(text, kind)) for kind in KINDS for text in labelled[kind][label]]
        for label in ("vague", "clear")
    }
    right, wrong = sum(found["vague"]), sum(found["clear"])
    return Measure(sum(map(len, found.values())), right / (right + wrong), right / len(found["vague"]))
