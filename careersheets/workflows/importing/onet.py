"""A framework from O*NET: occupations as levels, elements as competencies, their level ratings as requirements.

The required rating is O*NET's level (scale LV, 0 to 7), rounded to half points so that people can be rated against it;
the exact numbers stand in the expectation's scope. Importance (scale IM, 1 to 5) becomes the weight. What O*NET marks
as not relevant or recommends to suppress is not used; nothing is made up for what it does not say (source: F7).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from ...model.errors import UsageError
from .imported import Imported, LeftOut, Row
from .onet_ladders import Ladder, Placed, full_code, place_named, place_proposed, track_of
from .onet_release import Release, read_release

LICENCE = "CC BY 4.0"
# 3 on O*NET's scale of importance reads "Important".
LEAST_IMPORTANCE = 3.0
_STEP = 0.5

_SUPPRESSED = "O*NET recommends not to use this rating"
_IRRELEVANT = "O*NET: not relevant for this occupation"
_UNIMPORTANT = "less important than {least:g} of 5"
_NO_RATINGS = "O*NET has not rated this occupation; it was left out"


class UnknownOccupations(UsageError):
    """Codes that the release does not have."""

    def __init__(self, codes: Sequence[str], database: str) -> None:
        super().__init__(
            f"The {database} has no occupation {', '.join(codes)}. "
            "Look codes up at onetonline.org; they read like 13-1071.00."
        )


def import_onet(
    folder: Path,
    occupations: Sequence[str] = (),
    ladders: Sequence[Ladder] = (),
    *,
    least_importance: float = LEAST_IMPORTANCE,
) -> Imported:
    """The framework that the O*NET release in `folder` gives for some occupations.

    Args:
        folder: where the release was unpacked.
        occupations: O*NET-SOC codes.
        ladders: families and their order; without any, ladders are proposed.
        least_importance: elements below it (1 to 5) are left out.

    Raises:
        UsageError: the folder holds no release, or a code is not in it.
        FileRefused: a file cannot be read.
    """
    release = read_release(folder)
    codes = _known(release, [*occupations, *(code for ladder in ladders for code in ladder.codes)])
    rated = [code for code in codes if code in set(release.ratings["code"])]
    ratings = release.ratings[release.ratings["code"].isin(rated)]
    used = ratings[_usable(ratings, least_importance)]
    placed = _placed(release, rated, ladders)
    rows = {
        "Levels": list(_levels(release, rated, placed)),
        "Competencies": list(_competencies(release, used)),
        "Expectations": list(_expectations(release, rated, used)),
        "Rating scales": list(_scales(release, used)),
    }
    left_out = [*_unrated(release, codes, rated), *_unused(ratings, least_importance)]
    return Imported(rows, tuple(_notes(release, placed, ladders)), tuple(left_out))


def rounded(level: float) -> float:
    """To half points, halves upwards: 4.62 -> 4.5, 4.75 -> 5."""
    return math.floor(level / _STEP + 0.5) * _STEP


def scale_name(element: str, domain: str) -> str:
    """The rating scale of an element: each has anchors of its own."""
    return f"{element} (O*NET {domain})"


def _known(release: Release, wanted: Sequence[str]) -> list[str]:
    codes = {text: full_code(text) for text in wanted}
    there = set(release.occupations["code"])
    unknown = [text for text, code in codes.items() if code not in there]
    if unknown or not codes:
        raise UnknownOccupations(unknown or ["(none was given)"], release.database)
    return list(dict.fromkeys(code for code in codes.values() if code))


def _usable(ratings: pd.DataFrame, least: float) -> pd.Series:
    known = ratings["level"].notna() & ratings["importance"].ge(least)
    return known & ~ratings["suppressed"] & ~ratings["irrelevant"]


def _placed(release: Release, codes: Sequence[str], ladders: Sequence[Ladder]) -> Placed:
    if not ladders:
        return place_proposed(release, codes)
    kept = [Ladder(ladder.family, tuple(c for c in ladder.codes if c in codes)) for ladder in ladders]
    alone = [Ladder("O*NET", (code,)) for code in codes if all(code not in ladder.codes for ladder in kept)]
    return place_named([*kept, *alone])


def _levels(release: Release, codes: Sequence[str], placed: Placed) -> Iterator[Row]:
    about = release.occupations.drop_duplicates("code").set_index("code")
    for code in sorted(codes, key=lambda code: (placed.family[code], placed.rank[code])):
        yield {
            "level_code": code,
            "family": placed.family[code],
            "track": track_of(code),
            "rank": placed.rank[code],
            "title": about.at[code, "title"],
            "scope": about.at[code, "description"],
            "next_levels": placed.next_levels[code],
        }


def _competencies(release: Release, used: pd.DataFrame) -> Iterator[Row]:
    for element, name, domain in _elements(used):
        yield {
            "competency_id": element,
            "competency": name,
            "category": domain,
            "definition": release.definitions.get(element),
            "scale": scale_name(name, domain),
            "source": release.database,
            "licence": LICENCE,
        }


def _expectations(release: Release, codes: Sequence[str], used: pd.DataFrame) -> Iterator[Row]:
    anchors = {
        element: list(zip(of["value"], of["text"], strict=True))
        for element, of in release.anchors.groupby("element")
    }
    for code in codes:
        rows = used[used["code"].eq(code)]
        weights = _weights(list(rows["importance"]))
        for row, weight in zip(rows.to_dict("records"), weights, strict=True):
            required = rounded(row["level"])
            yield {
                "level_code": code,
                "competency_id": row["element"],
                "required": required,
                "weight": weight,
                "behaviours": _comparable(anchors.get(row["element"], []), required),
                "scope": f"O*NET level {row['level']:g} of {release.high:g}, importance {row['importance']:g} of 5",
            }


def _weights(importance: Sequence[float]) -> list[float]:
    """Shares of 100 by importance, in hundredths that add up to 100: the largest remainders are rounded up."""
    total = sum(importance)
    hundredths = [value / total * 10_000 for value in importance]
    floors = [math.floor(value) for value in hundredths]
    largest = sorted(range(len(floors)), key=lambda place: floors[place] - hundredths[place])
    for place in largest[: 10_000 - sum(floors)]:
        floors[place] += 1
    return [value / 100 for value in floors]


def _comparable(anchors: Sequence[tuple[float, str]], required: float) -> tuple[str, ...]:
    """What O*NET gives as an example of the highest anchor not above `required`."""
    reached = [(value, text) for value, text in anchors if value <= required]
    return (f"Comparable to: {_one_statement(max(reached)[1])}",) if reached else ()


def _scales(release: Release, used: pd.DataFrame) -> Iterator[Row]:
    texts = {
        (element, rounded(value)): text for element, value, text in release.anchors.itertuples(index=False)
    }
    for element, name, domain in _elements(used):
        anchored = {value for of, value in texts if of == element}
        for value in sorted({*map(float, range(int(release.low), int(release.high) + 1)), *anchored}):
            meaning = texts.get((element, value))
            yield {"scale": scale_name(name, domain), "value": value, "meaning": meaning, "step": _STEP}


def _elements(used: pd.DataFrame) -> list[tuple[str, str, str]]:
    elements = used[["element", "name", "domain"]].drop_duplicates("element")
    return sorted(elements.itertuples(index=False, name=None))


def _unrated(release: Release, codes: Sequence[str], rated: Sequence[str]) -> Iterator[LeftOut]:
    titles = release.occupations.drop_duplicates("code").set_index("code")["title"]
    for code in codes:
        if code not in rated:
            yield LeftOut(code, str(titles[code]), _NO_RATINGS)


def _unused(ratings: pd.DataFrame, least: float) -> Iterator[LeftOut]:
    for row in ratings[~_usable(ratings, least)].to_dict("records"):
        if row["suppressed"]:
            why = _SUPPRESSED
        elif row["irrelevant"] or math.isnan(row["level"]):
            why = _IRRELEVANT
        else:
            why = _UNIMPORTANT.format(least=least)
        yield LeftOut(row["code"], row["name"], why)


def _notes(release: Release, placed: Placed, ladders: Sequence[Ladder]) -> Iterator[str]:
    yield (
        f"{release.database}, {LICENCE}. Required ratings are O*NET's levels rounded to half points; the exact "
        "numbers stand under Scope. Weights follow importance."
    )
    if not ladders:
        yield "The ladders are proposed from job zones and related occupations; name your own with --ladder."
        alone = [code for code, after in placed.next_levels.items() if not after and placed.rank[code] == 1]
        if alone:
            yield f"O*NET relates none of the others to {', '.join(alone)}: each stands alone, without next level."


def _one_statement(text: str) -> str:
    """Entries of a cell are separated by semicolons, so a statement may not hold one."""
    return text.replace(";", ",")
