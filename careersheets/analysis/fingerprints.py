"""Fingerprints of what documents are made from, and of scores as they were approved.

Two fingerprints are equal if what they are made from is; they tell nothing of it. Source: REQUIREMENTS X5, E4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from ..tables.tables import Tables
from ..vocabulary.column import Kind
from ..vocabulary.conversations import Cadences, Conversations, ReadinessCriteria
from ..vocabulary.evaluation import Scores
from ..vocabulary.people import People
from ..vocabulary.plans import ActionItems, PlanTemplates
from ..vocabulary.sheet import Sheet, sheet_of
from ..vocabulary.wording import OwnWording
from ..vocabulary.workbook import all_sheets
from .results import Results

_RATINGS = ("competency_id", "self_rating", "manager_rating", "agreed_rating")
_OF_SCORES = (*_RATINGS, *(f"{name}_na" for name in _RATINGS[1:]), "na_reason", "evidence", "evidence_date")


_TO_BE_DONE_BY = (
    (ActionItems, "due"),
    (Conversations, "planned"),
    (Conversations, "next_check_in"),
    (ReadinessCriteria, "by"),
)
_IN_NO_DOCUMENT = {sheet_of(model).name for model in (Cadences, PlanTemplates, OwnWording)}


def input_fingerprints(results: Results) -> dict[str, str]:
    """Of everything the workbook says about each person of the cycle, and of what it says to everyone, by employee id.

    Every row of every sheet about the person counts, people in it with their names, and so do the frozen level, targets
    and manager; of sheets about nobody in particular every row counts for everyone. Tool sheets do not: they follow from
    the others. The day does not either, so that a document is not made anew because a night has passed.
    """
    names = _names(results.tables)
    common = hashlib.sha256()
    digests: dict[str, list[bytes]] = {str(employee): [] for employee in results.evaluated.index}
    for sheet in all_sheets():
        if sheet.owner == "tool" or sheet.name in _IN_NO_DOCUMENT:
            continue
        frame = results.tables.by_sheet[sheet.name].frame
        rows = _row_hashes(sheet, frame, names)
        about = _about(sheet)
        for column in about:
            _add_by_person(digests, frame[column], rows)
        if not about:
            common.update(rows.tobytes())
    frozen = results.evaluated.reset_index(names="employee_id").assign(
        targets=results.evaluated["targets"].map(";".join).to_numpy(),
        manager=_named(results.evaluated["manager"], names).to_numpy(),
    )
    _add_by_person(digests, frozen["employee_id"], _hashes(frozen))
    everyone = common.digest() + f"{results.cycle}|{results.previous_cycle}".encode()
    return {person: _digest([everyone, *parts]) for person, parts in digests.items()}


def late_fingerprints(results: Results) -> dict[str, str]:
    """Of what is late about each person by now, by employee id; it changes when a day passes by which something was due.

    How many days have passed is enough: which rows they stand in is in the inputs.
    """
    today, counts = pd.Timestamp(results.today), []
    for model, column in _TO_BE_DONE_BY:
        frame = results.tables.frame(model)
        counts.append(frame["employee_id"][frame[column].lt(today)].value_counts())
    everyone = results.evaluated.index
    late = pd.concat([count.reindex(everyone, fill_value=0) for count in counts], axis=1)
    return {str(row[0]): "|".join(map(str, row[1:])) for row in late.itertuples()}


def score_fingerprints(tables: Tables, cycle: str) -> dict[str, str]:
    """Of each person's scores in `cycle`, by employee id: ratings, reasons for N/A and evidence, in any order of rows."""
    frame = tables.frame(Scores)
    frame = frame[frame["cycle"].eq(cycle)].dropna(subset="employee_id")
    columns = [name for name in _OF_SCORES if name in frame]
    texts = frame[columns].astype("str").fillna("").agg("\x1f".join, axis=1)
    return {
        str(person): hashlib.sha256("\x1e".join(sorted(rows)).encode()).hexdigest()
        for person, rows in texts.groupby(frame["employee_id"])
    }


def together(parts: Iterable[str]) -> str:
    """One fingerprint of several, in their order."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _about(sheet: Sheet) -> list[str]:
    """The columns that say whom a row is about; for a pair both. None where it is about nobody in particular."""
    people = [column.name for column in sheet.columns if column.kind is Kind.PERSON]
    return ["employee_id"] if "employee_id" in people else people


def _names(tables: Tables) -> Mapping[str, str]:
    people = tables.frame(People).dropna(subset=["employee_id", "name"])
    return dict(zip(people["employee_id"], people["name"], strict=True))


def _row_hashes(sheet: Sheet, frame: pd.DataFrame, names: Mapping[str, str]) -> np.ndarray:
    """One number for each row; people in it count with their names."""
    shown = frame.copy(deep=False)
    for column in sheet.columns:
        if column.kind is Kind.SEVERAL:
            shown[column.name] = frame[column.name].map(
                lambda entries: "\x1f".join(entries) if isinstance(entries, tuple) else None
            )
        elif column.kind is Kind.PERSON:
            shown[column.name] = _named(frame[column.name], names)
    return _hashes(shown)


def _hashes(frame: pd.DataFrame) -> np.ndarray:
    if frame.empty:
        return np.empty(0, dtype="uint64")
    hashes: np.ndarray = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    return hashes


def _named(ids: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return ids.astype("str") + "=" + ids.map(names).astype("str").fillna("")


def _add_by_person(digests: dict[str, list[bytes]], people: pd.Series, rows: np.ndarray) -> None:
    """To each person the numbers of their rows, in the order of the sheet; a mark where a sheet ends."""
    for parts in digests.values():
        parts.append(b"|")
    codes, known = pd.factorize(people)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(known) + 1))
    for place, person in enumerate(known):
        if person in digests:
            digests[person].append(rows[order[bounds[place] : bounds[place + 1]]].tobytes())


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()
