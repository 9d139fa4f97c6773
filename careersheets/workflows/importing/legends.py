"""Legends: the small list beside, above or below a table that says what its ratings mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .cells import SeenCells, key_of
from .words import HALF_MARKS, MARKS, NOT_APPLICABLE, rating_order, role_of

_TOKEN = re.compile(r"\d{1,2}(?:[.,]5)?|[a-zA-Z]|[✓✔●○•✗◐◦]|n/?a|-", re.IGNORECASE)
_PAIR = re.compile(rf"\s*({_TOKEN.pattern})\s*(?:=|:|–|—|-|\.)\s*(\S.{{1,160}}?)\s*", re.IGNORECASE)
_SHEET_WORDS = ("legend", "scale", "key", "rating", "proficiency")
_LONGEST_LABEL = 160
_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Legend:
    """What a sheet says about its ratings: `labels` by token as written, and the cells (row, column) it takes up.

    `meanings` by token, where the legend says more than a label. `whole_sheet` if there is nothing else on the sheet.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    cells: frozenset[tuple[int, int]] = frozenset()
    whole_sheet: bool = False


def find_legend(cells: SeenCells) -> Legend:
    """The legend of a sheet; one without labels if there is none."""
    whole = _as_whole_sheet(cells)
    if whole is not None:
        return whole
    labels: dict[str, str] = {}
    meanings: dict[str, str] = {}
    taken: set[tuple[int, int]] = set()
    for column in range(1, cells.column_count + 1):
        for run in [*_written_runs(cells, column), *_paired_runs(cells, column)]:
            for row, token, label, meaning, width in run:
                labels.setdefault(token, label)
                if meaning:
                    meanings.setdefault(token, meaning)
                taken |= {(row, column + step) for step in range(width)}
    return Legend(labels, meanings, frozenset(taken | set(_titles(cells, taken))))


_Entry = tuple[int, str, str, str, int]


def _as_whole_sheet(cells: SeenCells) -> Legend | None:
    """A sheet of two or three columns, of which one holds tokens and the next words for them."""
    if cells.column_count > 4 or not any(word in cells.sheet.casefold() for word in _SHEET_WORDS):
        return None
    for column in range(1, cells.column_count + 1):
        rows = [row for row in range(1, cells.row_count + 1) if _TOKEN.fullmatch(cells.text(row, column))]
        if len(rows) >= _AT_LEAST and all(cells.text(row, column + 1) for row in rows):
            labels = {cells.text(row, column): cells.text(row, column + 1) for row in rows}
            meanings = {cells.text(row, column): cells.text(row, column + 2) for row in rows}
            return Legend(labels, {t: m for t, m in meanings.items() if m}, frozenset(), whole_sheet=True)
    return None


def _written_runs(cells: SeenCells, column: int) -> Iterator[list[_Entry]]:
    """`1 = Novice` in cells that stand alone, one below the other; or several of them in one cell."""
    run: list[_Entry] = []
    for row in range(1, cells.row_count + 2):
        pairs = _pairs_in(cells.text(row, column)) if _stands_alone(cells, row, column, 1) else []
        if len(pairs) >= _AT_LEAST:
            yield [(row, token, label, "", 1) for token, label in pairs]
        elif pairs and pairs[0][0] not in {entry[1] for entry in run}:
            run.append((row, *pairs[0], "", 1))
            continue
        if len(run) >= _AT_LEAST:
            yield run
        run = []


def _paired_runs(cells: SeenCells, column: int) -> Iterator[list[_Entry]]:
    """A token and its label in cells side by side with nothing around them, one below the other."""
    run: list[_Entry] = []
    for row in range(1, cells.row_count + 2):
        token, label = cells.text(row, column), cells.text(row, column + 1)
        meaning = cells.text(row, column + 2)
        width = 3 if meaning else 2
        fits = (
            _TOKEN.fullmatch(token) and label and not _TOKEN.fullmatch(label) and len(label) <= _LONGEST_LABEL
        )
        if fits and _stands_alone(cells, row, column, width):
            run.append((row, token, label, meaning, width))
            continue
        if len(run) >= _AT_LEAST and len({entry[1] for entry in run}) == len(run):
            yield run
        run = []


def _pairs_in(text: str) -> list[tuple[str, str]]:
    parts = [part for part in re.split(r"[;,|\n•]| {2,}|\s/\s", text) if part.strip()]
    parts = [re.sub(r"^[^:=]*:\s*(?=\w\s*=)", "", part) for part in parts]
    matches = [_PAIR.fullmatch(part) for part in parts]
    if not parts or not all(matches):
        whole = _PAIR.fullmatch(text)
        return [(whole[1], whole[2])] if whole else []
    return [(match[1], match[2]) for match in matches if match]


def _stands_alone(cells: SeenCells, row: int, column: int, width: int) -> bool:
    """Whether the cells left and right of `width` cells are blank."""
    left = column == 1 or not cells.text(row, column - 1)
    return left and not cells.text(row, column + width)


def _titles(cells: SeenCells, taken: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The cell above a legend that says so."""
    for row, column in taken:
        above = cells.text(row - 1, column).casefold() if row > 1 else ""
        if above and any(word in above for word in _SHEET_WORDS) and not role_of(above):
            yield row - 1, column
            if cells.text(row - 1, column + 1) and (row, column + 1) in taken:
                yield row - 1, column + 1


def points_by_token(legend: Legend) -> dict[str, float]:
    """Tokens that are numbers, as points."""
    return {token: float(token.replace(",", ".")) for token in legend.labels if token[0].isdigit()}


def values_from(legend: Legend) -> dict[str, str]:
    """What the legend's own words and signs stand for, as values of a mapping; "?" where it does not say."""
    points = points_by_token(legend)
    values = {key_of(legend.labels[token]): f"{value:g}" for token, value in points.items()}
    for token, label in legend.labels.items():
        if token not in points:
            values[key_of(token)] = _value_of_sign(token, label)
    return values


def _value_of_sign(token: str, label: str) -> str:
    """`x = Required` is 1, `o = Optional` 1 optional, a word for a rating its place among such words."""
    said = key_of(label)
    if key_of(token) in NOT_APPLICABLE or said in NOT_APPLICABLE:
        return "N/A"
    if "optional" in said or "desirable" in said or "nice to have" in said:
        return "1 optional"
    if "critical" in said or "must" in said:
        return "1 critical"
    if "not " in said or said.startswith("no "):
        return "0"
    order = rating_order(label)
    if order is not None:
        return str(order)
    return "1" if key_of(token) in MARKS else "0" if key_of(token) in HALF_MARKS else "?"
