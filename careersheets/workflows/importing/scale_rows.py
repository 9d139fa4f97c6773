"""The rating scales of an imported table: one for all, or one for each competency whose points have names of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...tables.headers import fold
from ...tables.values import text_of
from .framework_rows import competency_key
from .imported import Row
from .mapping import ScaleMapping
from .unfolding import Entry

_OF = re.compile(r"\s*\((\d+) of (\d+)\)\s*$")
_NOT_YET = "Not yet"
# Per cent is the longest scale people are rated on; beyond it, a column of other numbers was taken for ratings.
_LONGEST_SCALE = 100


@dataclass(slots=True)
class _Scale:
    name: str
    low: float
    high: float
    labels: dict[float, str] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)


def scale_rows(
    entries: Sequence[Entry], scale: ScaleMapping, codes: Mapping[str, str]
) -> tuple[list[Row], dict[str, str]]:
    """The rows of Rating scales, and the scale of each competency by its code.

    A competency whose entries name their points ("Adopts", "Pr0 (3 of 4)") has a scale of these; competencies with
    names that agree share one. All others are rated on `scale`.
    """
    labelled = _labels_of(entries)
    own = list(_shared(labelled, scale))
    of_competency = {codes[key]: found.name for found in own for key in found.members}
    plain = [key for key in codes if codes[key] not in of_competency]
    common = _Scale(scale.name, scale.low, scale.high, _known_labels(scale))
    rows = [row for found in ([common] if plain else []) + own for row in _points(found, scale.step)]
    return rows, {codes[key]: of_competency.get(codes[key], scale.name) for key in codes}


def _labels_of(entries: Sequence[Entry]) -> dict[str, dict[float, str]]:
    """By competency, the label of each point that has one, `(3 of 4)` and all."""
    labels: dict[str, dict[float, str]] = {}
    for entry in entries:
        key, label, points = (
            competency_key(entry.fields),
            text_of(entry.fields.get("label")),
            entry.fields.get("required"),
        )
        if key and label and isinstance(points, int | float):
            labels.setdefault(key, {}).setdefault(float(points), label)
    return labels


def _shared(labelled: Mapping[str, Mapping[float, str]], scale: ScaleMapping) -> Iterator[_Scale]:
    scales: list[_Scale] = []
    for key, labels in labelled.items():
        low, high = _ends(labels, scale)
        plain = {points: _OF.sub("", label) for points, label in labels.items()}
        found = next((known for known in scales if _agree(known, low, high, plain)), None)
        if found is None:
            found = _Scale("", low, high)
            scales.append(found)
        found.labels |= plain
        found.members.append(key)
    _name(scales, scale.name)
    yield from scales


def _ends(labels: Mapping[float, str], scale: ScaleMapping) -> tuple[float, float]:
    """The scale's ends: `(3 of 4)` says how many points there are. One point alone gets a "Not yet" below it."""
    lengths = [float(match[2]) for match in map(_OF.search, labels.values()) if match]
    high = max(lengths) if lengths else max(scale.high, *labels)
    low = min(1.0 if lengths else scale.low, *labels)
    return (low - 1, high) if low == high else (low, high)


def _agree(known: _Scale, low: float, high: float, labels: Mapping[float, str]) -> bool:
    same_ends = (known.low, known.high) == (low, high)
    return same_ends and all(
        fold(known.labels.get(points, label)) == fold(label) for points, label in labels.items()
    )


def _name(scales: Sequence[_Scale], base: str) -> None:
    """A scale of one competency is called like it; a shared one like the table, with its ends."""
    for scale in scales:
        alone = scale.members[0].rpartition("/")[2]
        scale.name = alone if len(scale.members) == 1 else f"{base} {scale.low:g}-{scale.high:g}"
    taken: set[str] = set()
    for scale in scales:
        number, wanted = 2, scale.name
        while scale.name in taken:
            scale.name, number = f"{wanted} {number}", number + 1
        taken.add(scale.name)


def _known_labels(scale: ScaleMapping) -> dict[float, str]:
    return {float(points): label for points, label in scale.labels.items()}


def _points(scale: _Scale, step: float) -> Iterator[Row]:
    length = int(min(scale.high - scale.low, _LONGEST_SCALE))
    whole = [scale.low + place for place in range(length + 1)]
    one_point = sum(points >= 1 for points in scale.labels) == 1 and (scale.low, scale.high) == (0, 1)
    for value in sorted({*whole, *scale.labels, scale.high}):
        label = scale.labels.get(value) or (_NOT_YET if one_point and value == 0 else None)
        yield {"scale": scale.name, "value": value, "label": label, "step": step}
