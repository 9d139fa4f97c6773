"""What forms say anew: an answer each, with the place it goes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..documents.content.wording import shortened
from ..model.findings import Finding, Rule
from .collect_forms import Returned
from .collect_places import Place

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """An answer that is new: `entries` are several where the column holds several.

    `row` is the row of the workbook it goes to, None where one is to be added. `open_because` says why it is not entered
    unasked, "" where it is.
    """

    returned: Returned
    label: str
    place: Place
    entries: tuple[str, ...]
    row: Any | None = None
    open_because: str = ""

    @property
    def answer(self) -> str:
        """As somebody reads it."""
        return "; ".join(self.entries)


@dataclass(slots=True)
class Compared:
    """What one form says anew; `talk` is the row of the conversation it is about."""

    returned: Returned
    talk: Any | None = None
    wishes: list[Wish] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, rule: Rule, label: str = "", **values: object) -> None:
        """Note a finding about the form, or about its field `label`."""
        it = self.returned
        self.findings.append(rule.found(it.name, label, who=it.employee_id, values=values))


def told_cell(held: Any) -> str:
    """The value of a cell in a sentence."""
    if isinstance(held, tuple | list):
        return in_short("; ".join(map(str, held)))
    told = "" if held is None or held != held else str(held).removesuffix(" 00:00:00")  # noqa: PLR0124 - missing
    return in_short(told) or "nothing"


def in_short(words: str) -> str:
    """Words on one line of a finding."""
    return shortened(" ".join(words.split()), MOST_SHOWN) or "nothing"
