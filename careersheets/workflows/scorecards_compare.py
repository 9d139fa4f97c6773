"""One returned scorecard against the workbook: what is entered, and what is to be settled first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ..analysis.evaluations import current_cycle
from ..analysis.expectations import competency_scales
from ..analysis.framework_versions import with_framework_of
from ..books.book import BookContents
from ..books.diff import AddedRow
from ..model.cells import CellRef, CellValue, column_number
from ..model.findings import Finding
from ..tables.headers import fold
from ..tables.persons import Directory, directory_of
from ..tables.reading import read_tables
from ..tables.settings import read_settings
from ..tables.tables import Table, Tables
from ..tables.values import Labels
from ..vocabulary.evaluation import Scores
from ..vocabulary.framework import RatingScales
from ..vocabulary.people import People
from ..vocabulary.settings import Cycles
from ..vocabulary.sheet import sheet_of
from ..vocabulary.workbook import HEADER_ROW
from .scorecards_form import Entries, ScoreKey, entries_of, first_row_by_key
from .scorecards_read import Returned
from .scorecards_register import Register
from .scorecards_rules import (
    CONFLICT,
    FOREIGN_PERSON,
    NOT_ASKED,
    OFF_SCALE,
    OTHER_CYCLE,
    OTHER_WORKBOOK,
    PERSON_GONE,
    STALE,
    TWICE,
)

_RATINGS = ("self_rating", "manager_rating")


@dataclass(frozen=True, slots=True)
class Master:
    """The master workbook as scorecards are compared with it."""

    tables: Tables
    people: Directory
    scales: pd.DataFrame
    cycles: Mapping[str, object]
    register: Register | None

    @property
    def scores(self) -> Table:
        """The sheet Scores."""
        return self.tables[Scores]


@dataclass(slots=True)
class Accepted:
    """What all scorecards together change: cells of rows that are there, new rows of Scores by their key, other rows.

    A person's own scorecard and the manager's fill different columns of the same new row.
    """

    cells: dict[CellRef, CellValue] = field(default_factory=dict)
    scores: dict[tuple[str, str, str], dict[str, CellValue]] = field(default_factory=dict)
    rows: list[AddedRow] = field(default_factory=list)

    def additions(self, scores: Table) -> list[AddedRow]:
        """All rows to add."""
        keyed = [
            {"cycle": cycle, "employee_id": person, "competency_id": what, **entries}
            for (cycle, person, what), entries in self.scores.items()
        ]
        return [*(_new_row(scores, entries) for entries in keyed), *self.rows]


def master_of(contents: BookContents, register: Register | None) -> Master:
    """The workbook that `contents` was read from, with the framework that counts for the cycle in hand."""
    read, _ = read_tables(contents)
    tables = with_framework_of(read, current_cycle(read, read_settings(read)[0]))
    cycles = tables.frame(Cycles).dropna(subset="cycle")
    return Master(
        tables,
        directory_of(tables.frame(People)),
        competency_scales(tables).set_index("competency_id"),
        dict(zip(cycles["cycle"], cycles["status"], strict=True)),
        register,
    )


def labels_of(tables: Tables) -> Labels:
    """Points by competency and folded word of its scale."""
    words = tables.frame(RatingScales).dropna(subset=["scale", "value", "label"])
    scales = competency_scales(tables)[["competency_id", "scale"]].merge(words, on="scale")
    return {
        (what, fold(word)): value
        for what, word, value in zip(scales["competency_id"], scales["label"], scales["value"], strict=True)
    }


def refusals(card: Returned, cards: Sequence[Returned], master: Master) -> Iterator[Finding]:
    """Why nothing of a scorecard counts."""
    issued, register = card.issued, master.register
    if issued is None:
        return
    numbers = Counter(other.issued.number for other in cards if other.issued)
    if register is not None and issued.workbook != register.workbook:
        yield OTHER_WORKBOOK.found(card.path.name, "")
    elif numbers[issued.number] > 1:
        other = next(
            o.path.name for o in cards if o is not card and o.issued and o.issued.number == issued.number
        )
        yield TWICE.found(card.path.name, "", values={"other": other})
    elif register is not None and register.latest.get(issued.slot, issued.number) != issued.number:
        yield STALE.found(card.path.name, "", values={"owner": issued.owner})
    elif issued.cycle not in master.cycles:
        yield _wrong_cycle(card, issued.cycle, "is not on the sheet Cycles")
    elif master.cycles[issued.cycle] == "Closed":
        yield _wrong_cycle(card, issued.cycle, "is closed")


def _wrong_cycle(card: Returned, cycle: str, why: str) -> Finding:
    return OTHER_CYCLE.found(card.path.name, "", values={"cycle": cycle, "why": why})


def take(card: Returned, master: Master, accepted: Accepted) -> Iterator[Finding]:
    """Note in `accepted` every entry of a card that can be entered; what cannot be is a finding."""
    rows = _rows_by_cycle(card, master)
    for key, returned in card.scores.items():
        cycle = card.issued.cycle if card.issued else card.cycles[key]
        person, problem = _person(card, key, cycle, master)
        if problem is not None:
            if any(value is not None for value in returned.values()):
                yield problem
            continue
        theirs, off_scale = _on_scale(card, key, returned, master)
        yield from off_scale
        base = card.issued.base[key] if card.issued else {}
        changed = {name: value for name, value in theirs.items() if value != base.get(name)}
        row = rows[cycle].get((person, key[1]))
        if row is not None:
            yield from _change_row(card, key, row, (base, changed), master, accepted)
        elif changed:
            yield from _add_score(card, key, (cycle, person, key[1]), changed, accepted)
    yield from _added_rows(card, master, accepted)


def _rows_by_cycle(card: Returned, master: Master) -> dict[str, dict[ScoreKey, int]]:
    cycles = {card.issued.cycle} if card.issued else set(card.cycles.values())
    return {cycle: first_row_by_key(master.scores.frame, cycle) for cycle in cycles}


def _person(card: Returned, key: ScoreKey, cycle: str, master: Master) -> tuple[str, Finding | None]:
    """The id of a row's person, or why the row does not count."""
    who, what = key
    sheet, place = f"{card.path.name} > Scores", card.places[key]
    ids = master.people.look_up(who)
    if len(ids) != 1:
        rule = PERSON_GONE if card.issued else FOREIGN_PERSON
        return "", rule.found(sheet, place, values={"person": who})
    if what not in master.scales.index:
        return "", NOT_ASKED.found(sheet, place, values={"person": who, "competency": what})
    if not card.issued and master.cycles.get(cycle, "Closed") == "Closed":
        why = "is closed" if cycle in master.cycles else "is not on the sheet Cycles"
        return "", OTHER_CYCLE.found(sheet, place, values={"cycle": cycle, "why": why})
    return next(iter(ids)), None


def _on_scale(
    card: Returned, key: ScoreKey, theirs: Entries, master: Master
) -> tuple[Entries, list[Finding]]:
    """The entries without ratings that are no point of the scale."""
    scale = master.scales.loc[key[1]]
    low, high, step = (float(scale[name]) for name in ("low", "high", "step"))
    kept, findings = dict(theirs), []
    for name in _RATINGS:
        rating = theirs.get(name)
        if isinstance(rating, (int, float)) and not (
            low <= rating <= high and ((rating - low) / step).is_integer()
        ):
            del kept[name]
            values: dict[str, object] = {"rating": rating, "low": low, "high": high}
            place = f"{card.letters.get(name, 'A')}{''.join(filter(str.isdigit, card.places[key]))}"
            findings.append(OFF_SCALE.found(f"{card.path.name} > Scores", place, who=key[0], values=values))
    return kept, findings


def _change_row(
    card: Returned,
    key: ScoreKey,
    row: int,
    versions: tuple[Entries, Entries],
    master: Master,
    accepted: Accepted,
) -> Iterator[Finding]:
    """Compare three ways, cell by cell: as given out, as in the workbook or another card now, as it came back."""
    base, changed = versions
    ours = entries_of(master.scores.frame, row, changed)
    for name, value in changed.items():
        letter = master.scores.letters.get(name)
        if letter is None or value == ours[name]:
            continue
        cell = CellRef(master.scores.sheet, row, column_number(letter))
        held = accepted.cells.get(cell, ours[name])
        if ours[name] != base.get(name) or held not in (ours[name], value):
            yield _conflict(card, key, name, value, held)
        else:
            accepted.cells[cell] = value


def _add_score(
    card: Returned, key: ScoreKey, place: tuple[str, str, str], changed: Entries, accepted: Accepted
) -> Iterator[Finding]:
    """A row that Scores does not have yet; another card may have begun it."""
    begun = accepted.scores.setdefault(place, {})
    for name, value in changed.items():
        held = begun.get(name, value)
        if held != value:
            yield _conflict(card, key, name, value, held)
        elif value is not None:
            begun[name] = value


def _conflict(card: Returned, key: ScoreKey, name: str, theirs: CellValue, ours: CellValue) -> Finding:
    values: dict[str, object] = {
        "column": sheet_of(Scores).column(name).header,
        "person": key[0],
        "theirs": _shown(theirs),
        "ours": _shown(ours),
    }
    return CONFLICT.found(f"{card.path.name} > Scores", card.places[key], who=key[0], values=values)


def _added_rows(card: Returned, master: Master, accepted: Accepted) -> Iterator[Finding]:
    """Rows of the other pages that are not in the workbook yet."""
    for model, place, entries in card.added:
        table = master.tables[model]
        who = str(entries.get("employee_id") or "")
        ids = master.people.look_up(who)
        if len(ids) != 1 or (card.issued and next(iter(ids)) not in card.issued.people):
            yield FOREIGN_PERSON.found(f"{card.path.name} > {table.sheet}", place, values={"person": who})
            continue
        filled = {name: value for name, value in entries.items() if value is not None} | {
            "employee_id": next(iter(ids))
        }
        if not _is_there(table, filled):
            accepted.rows.append(_new_row(table, filled))


def _is_there(table: Table, filled: Entries) -> bool:
    """Whether a row with exactly these entries stands in the table, so that a second merge adds nothing."""
    same = table.frame[table.frame["employee_id"].eq(filled["employee_id"])]
    return any(entries_of(same, row, filled) == dict(filled) for row in same.index)


def _new_row(table: Table, entries: Entries) -> AddedRow:
    """A row with each entry in its column; the columns between are left to their formulas."""
    numbers = {name: column_number(letter) for name, letter in table.letters.items()}
    first = min(numbers.values())
    last = max(numbers[name] for name in entries if name in numbers)
    by_number = {numbers[name]: value for name, value in entries.items() if name in numbers}
    values = tuple(by_number.get(number) for number in range(first, last + 1))
    return AddedRow(table.sheet, values, first, HEADER_ROW, "from a scorecard")


def _shown(value: CellValue) -> object:
    return "nothing" if value is None else value
