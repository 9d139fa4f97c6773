"""The career map: where a person stands, the strengths the results name, and every level one can move to from here.

Source: REQUIREMENTS C11, G5. Readiness is shown where the results have it, and is never worked out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...analysis.next_level import HIGHER, NEW, NO_LONGER, SAME
from .cycle import CycleFacts
from .gap_table import name_of, strengths
from .next_level import steps_between
from .offered import distinct
from .wording import BAND_MARKS, counted, is_number, listed, points, text

_ALWAYS = ("Growing at my level", "Exploring")
_NEXT, _OTHER_TRACK, _OTHER_FAMILY, _CHOSEN = "Next level", "Other track", "Other family", "Your target"
_MOST_LATERAL = 3
_MOST_NAMED = 3


def career_map(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    """Everything the exercise shows of one person.

    Returns:
        `today` (`title`, `place`: family and track, `scope`), `strengths` (names), `as_asked` (names, where there is no
        strength), `is_top` (no level follows), `levels` (`code`, `title`, `place`, `step`, `scope`, `adds`: sentences, `band`, `mark`), `further`
        (families not shown, in one sentence) and `choices` (what one may choose, each once).
    """
    evaluated = facts.evaluated[employee_id]
    own = text(evaluated.level_code)
    codes, further = reachable_levels(facts, own, evaluated.targets)
    first = next(iter(facts.gaps.get((employee_id, code), []) for code in evaluated.targets), [])
    levels = [_level(facts, employee_id, own, code, step) for code, step in codes]
    return {
        "today": {"title": facts.level_title(own), "place": _place(facts, own), "scope": _scope(facts, own)},
        "strengths": [strength["competency"] for strength in strengths(first)],
        "as_asked": [name_of(row) for row in first if row.gap == 0],
        "is_top": not _next_levels(facts, own),
        "levels": levels,
        "further": f"There are levels like yours in {listed(further)} too; HR has what they ask."
        if further
        else "",
        "choices": [
            *distinct({level["code"]: level["title"] for level in levels}, _ALWAYS).values(),
            *_ALWAYS,
        ],
    }


def reachable_levels(
    facts: CycleFacts, own: str, targets: Sequence[str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The levels one can move to from `own` with what kind of step each is, and the families left out.

    First the next levels and their forks, then targets elsewhere, then the level of the same rank in other families,
    those first that share most competencies with `own`.
    """
    steps = {code: _kind_of_step(facts, own, code) for code in _next_levels(facts, own)}
    steps |= {code: _CHOSEN for code in targets if code != own and code in facts.levels and code not in steps}
    lateral = [code for code in _lateral_levels(facts, own) if code not in steps]
    further = [text(facts.levels[code].family) for code in lateral[_MOST_LATERAL:]]
    return [*steps.items(), *((code, _OTHER_FAMILY) for code in lateral[:_MOST_LATERAL])], further


def _next_levels(facts: CycleFacts, own: str) -> list[str]:
    level = facts.levels.get(own)
    following = level.next_levels if level is not None and isinstance(level.next_levels, tuple) else ()
    return [code for code in dict.fromkeys(following) if code in facts.levels and code != own]


def _lateral_levels(facts: CycleFacts, own: str) -> list[str]:
    """One level of each other family that stands about as high, with expectations; the most in common first.

    On the same track the highest that is not above `own` and at most one rank below it, else one of the same rank.
    """
    here = facts.levels.get(own)
    if here is None or not is_number(here.rank):
        return []
    best: dict[str, tuple[tuple[bool, float], str]] = {}
    for code, there in facts.levels.items():
        family, same_track = text(there.family), text(there.track) == text(here.track)
        below = here.rank - there.rank if is_number(there.rank) else -1
        if family == text(here.family) or code not in facts.expectations:
            continue
        if below == 0 or (same_track and below == 1):
            fit = ((same_track, -below), code)
            best[family] = max(best.get(family, fit), fit, key=lambda found: found[0])
    return sorted((code for _, code in best.values()), key=lambda code: -len(_shared(facts, own, code)))


def _shared(facts: CycleFacts, own: str, code: str) -> list[str]:
    """The competencies both levels ask for."""
    there = facts.expectations.get(code, {})
    return [competency for competency in facts.expectations.get(own, {}) if competency in there]


def _kind_of_step(facts: CycleFacts, own: str, code: str) -> str:
    here, there = facts.levels[own], facts.levels[code]
    if text(here.family) != text(there.family):
        return _OTHER_FAMILY
    return _NEXT if text(here.track) == text(there.track) else _OTHER_TRACK


def _level(facts: CycleFacts, employee_id: str, own: str, code: str, step: str) -> dict[str, Any]:
    readiness = facts.readiness.get((employee_id, code))
    return {
        "code": code,
        "title": facts.level_title(code),
        "place": _place(facts, code),
        "step": f"{step}, your target" if readiness is not None and step != _CHOSEN else step,
        "scope": _scope(facts, code),
        "adds": _adds(facts, own, code),
        "band": readiness.band if readiness is not None else "Not calculated",
        "mark": BAND_MARKS[readiness.band] if readiness is not None else "",
    }


def _adds(facts: CycleFacts, own: str, code: str) -> list[str]:
    """What the level asks in addition, a sentence each: what it has in common where much is new, higher, new."""
    if own not in facts.levels:
        return []
    steps = [step for step in steps_between(facts, own, code) if step.change != NO_LONGER]
    new = [f"{_named(step)} {points(step.next_required)}" for step in steps if step.change == NEW]
    higher = [
        f"{_named(step)} {points(step.required)} → {points(step.next_required)}"
        for step in steps
        if step.change == HIGHER
    ]
    deeper = [_named(step) for step in steps if step.change == SAME and step.new_behaviours]
    shared = len(_shared(facts, own, code))
    said = [
        ("Higher", higher),
        ("New", new),
        ("More of", deeper if not higher and not new else []),
    ]
    common = (
        [f"Shares {counted(shared, 'competency', 'competencies')} with your level."]
        if len(new) > shared
        else []
    )
    return common + [f"{word}: {_shortened(names)}." for word, names in said if names]


def _shortened(names: Sequence[str]) -> str:
    """The first names and how many more there are."""
    more = len(names) - _MOST_NAMED
    return listed(names) if more <= 0 else f"{', '.join(names[:_MOST_NAMED])} and {more} more"


def _named(step: Any) -> str:
    return text(step.competency) or str(step.competency_id)


def _place(facts: CycleFacts, code: str) -> str:
    level = facts.levels.get(code)
    return (
        " · ".join(part for part in (text(level.family), text(level.track)) if part)
        if level is not None
        else ""
    )


def _scope(facts: CycleFacts, code: str) -> str:
    level = facts.levels.get(code)
    return text(level.scope) if level is not None else ""
