"""The demo company among 10,000 people, as a large company's sheet People has them."""

from __future__ import annotations

import random
from datetime import date
from functools import cache

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.workflows.demo import demo_rows
from tests.support.contents import contents_of

PEOPLE = 10_000
_TODAY = date(2026, 11, 22)
_FIRST = (
    "Ana", "Bo", "Chen", "Dita", "Emre", "Farah", "Goran", "Hye-jin", "Ines", "Jonas", "Kwame", "Liv", "Mei", "Noor",
    "Oleg", "Priya", "Quim", "Ravi", "Siobhán", "Tuğba", "Uma", "Vít", "Wanjiru", "Ximena", "Yael", "Zoë",
)  # fmt: skip
_SYLLABLES = ("ka", "lo", "mi", "ter", "sen", "vić", "ova", "ny", "ri", "du", "ber", "hol")


@cache
def crowd() -> Results:
    """The results of the demo's people; everybody else stands on People only, always the same."""
    chance = random.Random(7)  # noqa: S311 - the same names each time
    rows = {sheet: list(listed) for sheet, listed in demo_rows(today=_TODAY, slips=False).items()}
    level = rows["People"][0]["level_code"]
    rows["People"] += [
        {
            "employee_id": f"X{number:05}",
            "name": f"{chance.choice(_FIRST)} {''.join(chance.choices(_SYLLABLES, k=4)).title()}",
            "email": f"x{number}@lanternfield.example",
            "level_code": level,
        }
        for number in range(PEOPLE - len(rows["People"]))
    ]
    tables, _ = read_tables(contents_of(rows))
    settings, _ = read_settings(tables)
    newest = max(tables.by_sheet["Cycles"].frame["cycle"])
    return compute_results(tables, settings, _TODAY, newest)
