"""The gaps of a team at a glance, and which of them are common.

A manager's view of the own team is no aggregate: everybody in it is named, and nothing is suppressed (source:
REQUIREMENTS G9).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from .gap_table import CRITICAL, PLAIN, TINTS, name_of
from .wording import counted, is_number, listed, points

COLUMNS = 10
FEW_COLUMNS = 5
_COMMON, _FEWEST_IN_COMMON = 6, 2
_FAR_TINT = "F3C6B7"
_NOT_ASKED = "·"

# A person's name and rows of Results.gaps for the first target.
Member = tuple[str, Sequence[Any]]


def heat_table(team: Sequence[Member]) -> dict[str, Any]:
    """Gaps of people x the competencies with the most priority in the team, ten at most, those of most priority first.

    Returns:
        `few` (whether five columns are enough), `head` (c1 to c10: a competency's name, "" where there are fewer),
        `rows` (`name`, and c1 to c10, each with `gap` and `tint`), `short` (c1 to c10: how many are short of it),
        `left_out` (how many competencies are not shown, in a sentence).
    """
    by_code = _by_competency(team)
    ordered = sorted(by_code, key=lambda code: -_priority(by_code[code]))
    shown, left = ordered[:COLUMNS], ordered[COLUMNS:]
    padded = [*shown, *[""] * (COLUMNS - len(shown))]
    rows = [(name, {row.competency_id: row for row in gaps}) for name, gaps in team]
    return {
        "any": bool(shown),
        "few": len(shown) <= FEW_COLUMNS,
        "head": _keyed([name_of(by_code[code][0][1]) if code else "" for code in padded]),
        "rows": [
            {"name": name, **_keyed([_cell(known.get(code), code) for code in padded])}
            for name, known in rows
        ],
        "short": _keyed([str(_short(by_code[code])) if code else "" for code in padded]),
        "left_out": f"{counted(len(left), 'more competency', 'more competencies')} with less priority left out."
        if left
        else "",
    }


def common_gaps(team: Sequence[Member]) -> list[dict[str, str]]:
    """Competencies of which two people or more are short, the most common first: `competency`, `count`, `names`."""
    found = []
    for rows in _by_competency(team).values():
        names = [name for name, row in rows if row.gap > 0]
        if len(names) >= _FEWEST_IN_COMMON:
            critical = any(row.critical and row.gap > 0 for _, row in rows)
            found.append((len(names), name_of(rows[0][1]), critical, len(rows), names))
    found.sort(key=lambda gap: (-gap[0], gap[1]))
    return [
        {
            "competency": competency,
            "mark": CRITICAL if critical else "",
            "count": f"{count} of {asked}",
            "names": listed(names),
        }
        for count, competency, critical, asked, names in found[:_COMMON]
    ]


def _by_competency(team: Sequence[Member]) -> Mapping[str, list[tuple[str, Any]]]:
    found: defaultdict[str, list[tuple[str, Any]]] = defaultdict(list)
    for name, rows in team:
        for row in rows:
            found[row.competency_id].append((name, row))
    return found


def _priority(rows: Sequence[tuple[str, Any]]) -> float:
    return sum(float(row.priority) for _, row in rows if row.gap > 0 and is_number(row.priority))


def _short(rows: Sequence[tuple[str, Any]]) -> int:
    return sum(bool(row.gap > 0) for _, row in rows)


def _cell(row: Any | None, code: str) -> dict[str, str]:
    """A gap with its tint; the number says what the tint says."""
    if row is None:
        return {"gap": _NOT_ASKED if code else "", "tint": PLAIN}
    if row.not_applicable:
        return {"gap": "N/A", "tint": PLAIN}
    if not is_number(row.gap):
        return {"gap": points(row.gap), "tint": PLAIN}
    tint = (
        _FAR_TINT
        if row.gap > row.step
        else TINTS["Gap"]
        if row.gap > 0
        else TINTS["High"]
        if row.gap < 0
        else PLAIN
    )
    mark = f" {CRITICAL}" if row.critical and row.gap > 0 else ""
    return {"gap": points(row.gap) + mark, "tint": tint}


def _keyed(values: Sequence[Any]) -> dict[str, Any]:
    return {f"c{place}": value for place, value in enumerate(values, start=1)}
