"""Answers as the values of cells, read and checked as cells are: what the sheet would not accept is a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ..documents.content.cycle import CycleFacts
from ..documents.content.offered import offered_competencies, offered_levels, offered_people
from ..documents.form_fields import TICKED
from ..model.cells import CellValue
from ..model.findings import Finding
from ..tables.characters import CHARACTERS_LEFT_OUT
from ..tables.values import NUMBER_AS_TEXT, read_column
from ..vocabulary.column import Column, Kind
from ..vocabulary.framework import Competencies, Levels
from ..vocabulary.people import People
from ..vocabulary.sheet import SheetModel, sheet_of
from .collect_rules import NOT_ACCEPTED
from .collect_wishes import MOST_SHOWN, Wish

# What a cell of Excel holds, in units of UTF-16.
LONGEST_CELL = 32_767
_HARMLESS = (NUMBER_AS_TEXT, CHARACTERS_LEFT_OUT)
_BOUNDS = {
    "greater_than_or_equal_to": "it must be at least {min_value:g}",
    "less_than_or_equal_to": "it must be at most {max_value:g}",
    "greater_than": "it must be more than {min_value:g}",
    "less_than": "it must be less than {max_value:g}",
}
_NAMED: dict[str, tuple[type[SheetModel], str]] = {
    "People": (People, "name"),
    "Levels": (Levels, "title"),
    "Competencies": (Competencies, "competency"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer cannot stand in its column."""

    why: str


def values_of(
    wishes: Sequence[Wish], facts: Mapping[str, CycleFacts]
) -> tuple[list[CellValue | Refused], list[Finding]]:
    """The value of each wish, and a finding for each that the sheet would not accept."""
    values: list[CellValue | Refused] = [None] * len(wishes)
    by_column: defaultdict[tuple[type[SheetModel], str], list[int]] = defaultdict(list)
    for number, wish in enumerate(wishes):
        by_column[wish.place.model, wish.place.column.name].append(number)
    for numbers in by_column.values():
        some = [wishes[number] for number in numbers]
        for number, value in zip(numbers, _of_one_column(some, facts), strict=True):
            values[number] = value
    return values, [
        _found(wish, value.why)
        for wish, value in zip(wishes, values, strict=True)
        if isinstance(value, Refused)
    ]


def _found(wish: Wish, why: str) -> Finding:
    answer = " ".join(wish.answer.split())
    shown = answer if len(answer) <= MOST_SHOWN else f"{answer[:MOST_SHOWN]}…"
    told: dict[str, object] = {
        "answer": shown,
        "column": wish.place.column.header,
        "sheet": sheet_of(wish.place.model).name,
        "why": why,
    }
    return NOT_ACCEPTED.found(wish.returned.name, wish.label, who=wish.returned.employee_id, values=told)


def _of_one_column(wishes: Sequence[Wish], facts: Mapping[str, CycleFacts]) -> list[CellValue | Refused]:
    model, column = wishes[0].place.model, wishes[0].place.column
    if column.kind is Kind.YES_NO:
        return ["Yes" if wish.answer == TICKED else "No" for wish in wishes]
    values: list[CellValue | Refused] = [_coded(wish, facts[wish.returned.cycle]) for wish in wishes]
    typed = pd.Series(
        {n: value for n, value in enumerate(values) if not isinstance(value, Refused)}, dtype=object
    )
    read = read_column(column, typed)
    problems = {
        it.row: it.rule.message.format(**it.values) for it in read.problems if it.rule not in _HARMLESS
    }
    broken = _out_of_bounds(model, column, read.values)
    for number in typed.index:
        said = problems.get(number) or broken.get(number)
        values[number] = Refused(said.rstrip(".")) if said else _cell(column, read.values[number])
    return values


def _coded(wish: Wish, facts: CycleFacts) -> CellValue | Refused:
    """The answer with ids in place of names, in the spelling of the column's choices; None for nothing."""
    column = wish.place.column
    if not wish.entries:
        return None
    coded = [_code(column, entry, wish, facts) if column.refers_to else entry for entry in wish.entries]
    refused = next((one for one in coded if isinstance(one, Refused)), None)
    if refused is not None:
        return refused
    joined = "; ".join(map(str, coded))
    if column.choices:
        spelling = {choice.casefold(): choice for choice in column.choices}
        return spelling.get(joined.casefold(), Refused("it is none of the column's choices"))
    if len(joined.encode("utf-16-le")) // 2 > LONGEST_CELL:
        return Refused(f"a cell holds {LONGEST_CELL:,} characters at most")
    return joined


def _code(column: Column, name: str, wish: Wish, facts: CycleFacts) -> str | Refused:
    """The id of what somebody chose by its name: among what a form offers this person, else in the whole workbook."""
    offered = {shown: code for code, shown in _offered(column, wish, facts).items()}
    if name in offered:
        return offered[name]
    sheet = column.refers_to.partition(".")[0]
    if sheet not in _NAMED:
        return name
    model, named_by = _NAMED[sheet]
    names = _names(model, column.refers_to.partition(".")[2], named_by, facts)
    fitting = [code for code, told in names.items() if name in (code, told, f"{told} ({code})")]
    if len(fitting) == 1:
        return fitting[0]
    return Refused("several are called so" if fitting else f"nothing on the sheet {sheet} is called so")


def _offered(column: Column, wish: Wish, facts: CycleFacts) -> Mapping[str, str]:
    person = wish.returned.employee_id
    if person not in facts.evaluated:
        return {}
    match column.refers_to.partition(".")[0]:
        case "People":
            return offered_people(facts, person)
        case "Levels":
            return offered_levels(facts, person)
        case "Competencies":
            return offered_competencies(facts, person, None)
    return {}


def _names(model: type[SheetModel], id_column: str, named_by: str, facts: CycleFacts) -> Mapping[str, str]:
    frame = facts.results.tables.frame(model).dropna(subset=id_column)
    return dict(zip(frame[id_column], frame[named_by].fillna(frame[id_column]), strict=True))


def _out_of_bounds(model: type[SheetModel], column: Column, values: pd.Series) -> dict[Any, str]:
    """What is wrong with numbers outside the bounds that the column declares, by their place in `values`."""
    found: dict[Any, str] = {}
    for check in _checks(model, column.name):
        if check.name in _BOUNDS:
            passed = check(values.dropna()).check_output
            words = _BOUNDS[str(check.name)].format(**(check.statistics or {}))
            found |= dict.fromkeys(passed.index[~passed], words)
    return found


def _checks(model: type[SheetModel], name: str) -> Sequence[pa.Check]:
    return list(model.to_schema().columns[name].checks)


def _cell(column: Column, value: Any) -> CellValue:
    """A value of a frame as it is written into a cell."""
    if isinstance(value, tuple):
        return "; ".join(value) or None
    if value is None or pd.isna(value):
        return None
    if column.kind is Kind.DATE:
        moment: datetime = value.to_pydatetime()
        return moment
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(value)
    return str(value)
