"""Ladders of occupations: those the user names, else those that job zones and related occupations bear out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ...model.errors import UsageError
from .onet_release import Release

_CODE = re.compile(r"(\d\d-\d{4})(?:\.(\d\d))?")
# The major groups of the Standard Occupational Classification: the first two digits of a code.
_MAJOR_GROUPS = {
    "11": "Management",
    "13": "Business and financial operations",
    "15": "Computer and mathematical",
    "17": "Architecture and engineering",
    "19": "Life, physical and social science",
    "21": "Community and social service",
    "23": "Legal",
    "25": "Education and library",
    "27": "Arts, design and media",
    "29": "Healthcare practitioners",
    "31": "Healthcare support",
    "33": "Protective service",
    "35": "Food preparation and serving",
    "37": "Cleaning and maintenance of grounds",
    "39": "Personal care and service",
    "41": "Sales",
    "43": "Office and administrative support",
    "45": "Farming, fishing and forestry",
    "47": "Construction and extraction",
    "49": "Installation, maintenance and repair",
    "51": "Production",
    "53": "Transportation and material moving",
    "55": "Military",
}
_MANAGEMENT = "11"
_SUPERVISORS = "First-Line Supervisors"


class BadLadder(UsageError):
    """A ladder that cannot be read."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f'"{text}" is not a ladder. Write a family and its occupations, lowest first: '
            '"People: 43-4161.00 > 13-1071.00 > 11-3121.00".'
        )


@dataclass(frozen=True, slots=True)
class Ladder:
    """A family's occupations by code, lowest first, as the user named them."""

    family: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where each occupation stands: `family`, `rank` (1 = lowest) and `next_levels`, by code."""

    family: Mapping[str, str]
    rank: Mapping[str, int]
    next_levels: Mapping[str, tuple[str, ...]]


def full_code(text: str) -> str | None:
    """`13-1071` or `13-1071.00` as `13-1071.00`; None if it is no O*NET-SOC code."""
    match = _CODE.fullmatch(text.strip())
    return f"{match[1]}.{match[2] or '00'}" if match else None


def parse_ladder(text: str) -> Ladder:
    """`People: 43-4161.00 > 13-1071.00` as a ladder.

    Raises:
        BadLadder: it is not written like this.
    """
    family, colon, chain = text.rpartition(":")
    codes = [full_code(part) for part in chain.split(">")]
    if not colon or not family.strip() or None in codes:
        raise BadLadder(text)
    return Ladder(family.strip(), tuple(code for code in codes if code))


def place_named(ladders: Sequence[Ladder]) -> Placed:
    """The ladders as the user named them; an occupation in several of them is where they fork or meet."""
    family: dict[str, str] = {}
    steps: dict[str, list[str]] = {}
    for ladder in ladders:
        for code, after in zip(ladder.codes, [*ladder.codes[1:], ""], strict=True):
            family.setdefault(code, ladder.family)
            steps.setdefault(code, [])
            if after and after not in steps[code]:
                steps[code].append(after)
    return Placed(family, _ranks(steps), {code: tuple(after) for code, after in steps.items()})


def place_proposed(release: Release, codes: Sequence[str]) -> Placed:
    """Ladders that the release bears out, and none else.

    One occupation leads to another if O*NET calls them related, in either direction, and the other needs at least the
    same preparation (job zone) and leads at least as many people, and one of the two more. A step that others already
    lead through is left out. A family is named by the major group of its lowest occupation.
    """
    leads = _related_pairs(release, codes)
    below = {
        code: [other for other in codes if (code, other) in leads and _is_above(release, code, other)]
        for code in codes
    }
    direct = {code: tuple(_without_detours(code, below)) for code in codes}
    return Placed(_families(direct, codes), _ranks(direct), direct)


def track_of(code: str) -> str:
    """Management for the occupations of the major group Management, else IC."""
    return "Management" if code.startswith(_MANAGEMENT) else "IC"


def _related_pairs(release: Release, codes: Sequence[str]) -> set[tuple[str, str]]:
    related = release.related
    chosen = related[related["code"].isin(codes) & related["other"].isin(codes)]
    pairs = set(zip(chosen["code"], chosen["other"], strict=True))
    return pairs | {(other, code) for code, other in pairs}


def _is_above(release: Release, code: str, other: str) -> bool:
    if pd.isna(release.zones.get(code)) or pd.isna(release.zones.get(other)):
        return False
    here, there = _standing(release, code), _standing(release, other)
    return there != here and all(a >= b for a, b in zip(there, here, strict=True))


def _standing(release: Release, code: str) -> tuple[float, int]:
    """Job zone, and whether the occupation leads: 0 no, 1 as a supervisor, 2 as a manager."""
    titles = release.occupations.set_index("code")["title"]
    leads = 2 if code.startswith(_MANAGEMENT) else int(str(titles.get(code, "")).startswith(_SUPERVISORS))
    return float(release.zones[code]), leads


def _without_detours(code: str, below: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The occupations right above `code`: those that no other one above it leads to."""
    above = below[code]
    return [
        other for other in above if not any(other in below[between] for between in above if between != other)
    ]


def _families(steps: Mapping[str, Sequence[str]], codes: Sequence[str]) -> dict[str, str]:
    """Each occupation belongs to the ladder of the lowest one below it, named by that one's major group."""
    ranks = _ranks(steps)
    family: dict[str, str] = {}
    for code in sorted(codes, key=lambda code: (ranks[code], code)):
        family.setdefault(code, _MAJOR_GROUPS.get(code[:2], "O*NET"))
        for other in steps[code]:
            family.setdefault(other, family[code])
    return family


def _ranks(steps: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """1 for whoever nobody leads to, else one more than the highest below; loops the user drew end where they began."""
    ranks = dict.fromkeys(steps, 1)
    for _ in ranks:
        for code, after in steps.items():
            for other in after:
                ranks[other] = min(max(ranks.get(other, 1), ranks[code] + 1), len(steps))
    return ranks
