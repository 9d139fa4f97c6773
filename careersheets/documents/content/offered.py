"""What fields of forms offer to choose from: people, levels and competencies by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..questions import PlacedField, Questions
from .conversation_in_hand import ranked
from .cycle import CycleFacts
from .wording import text

Offered = Mapping[str, str]


def offered_people(facts: CycleFacts, employee_id: str, also: Iterable[Any] = ()) -> Offered:
    """The person, the manager and the people of the ids `also`: what is shown for each id."""
    ids = [employee_id, facts.evaluated[employee_id].manager, *also]
    return distinct({code: facts.person_name(code) for code in map(text, ids) if code})


def offered_levels(facts: CycleFacts, employee_id: str, also: Iterable[Any] = ()) -> Offered:
    """The person's targets, the next levels, the own level and the levels `also`."""
    person = facts.evaluated[employee_id]
    own = facts.levels.get(person.level_code)
    following = own.next_levels if own is not None and isinstance(own.next_levels, tuple) else ()
    codes = [*person.targets, *following, text(person.level_code), *also]
    return distinct({code: facts.level_title(code) for code in map(text, codes) if code})


def offered_competencies(facts: CycleFacts, employee_id: str, row: Any, also: Iterable[Any] = ()) -> Offered:
    """What the first target asks for, the largest gaps first, what was ranked in a conversation, and `also`."""
    targets = facts.evaluated[employee_id].targets
    rows = facts.gaps.get((employee_id, targets[0]), []) if targets else []
    asked = [gap.competency_id for gap in sorted(rows, key=lambda gap: -gap.priority if gap.gap > 0 else 0.0)]
    chosen = [*ranked(row, "employee"), *ranked(row, "manager")] if row is not None else []
    codes = [code for code in map(text, [*asked, *chosen, *also]) if code]
    return distinct({code: facts.competency_name(code) for code in codes})


def chosen_from(questions: Questions, tag: str, label: str, offered: Offered, code: Any = "") -> PlacedField:
    """A field that offers `offered`, with what is shown for `code` chosen; a line of text where nothing is offered."""
    if not offered:
        return questions.text(tag, label, text(code))
    return questions.choice(tag, label, tuple(offered.values()), offered.get(text(code), ""))


def distinct(names: Mapping[str, str], besides: Iterable[str] = ()) -> dict[str, str]:
    """`names`, those that are alike, or like one of `besides`, with their id behind them."""
    folded = [name.casefold().strip() for name in [*names.values(), *besides]]
    return {
        code: f"{name} ({code})" if folded.count(name.casefold().strip()) > 1 else name
        for code, name in names.items()
    }
