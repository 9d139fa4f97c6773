"""Where the header of a foreign table stands: in any of the first rows, in one row or in two."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .cells import SeenCells, key_of
from .legends import Legend
from .ratings import number_in
from .words import BLANKS, HALF_MARKS, MARKS, SUB_HEADERS, looks_like_level, rating_order, role_of, total_kind

_SEARCHED_ROWS = 40
_LONGEST_HEADER = 80
_KNOWN_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """Header row, the row of group headers above it (0 if none), and the columns that have a header."""

    row: int
    group_row: int
    columns: tuple[int, ...]


def find_header(cells: SeenCells, legend: Legend) -> FoundHeader | None:
    """The header of the table on a sheet; None if nothing looks like one."""
    rows = range(1, min(_SEARCHED_ROWS, cells.row_count) + 1)
    scores = {row: _score(cells, row, legend) for row in rows}
    best = max(rows, key=lambda row: scores[row], default=0)
    if not best or scores[best] < 2 or best == cells.row_count:
        return None
    row, group_row = _with_groups(cells, best, legend)
    columns = [
        number
        for number in range(1, cells.column_count + 1)
        if (row, number) not in legend.cells
        and (cells.text(row, number) or (group_row and cells.text(group_row, number)))
    ]
    return FoundHeader(row, group_row, tuple(columns))


def header_texts(cells: SeenCells, row: int, legend: Legend) -> dict[int, str]:
    """The texts of a row by column, without those of a legend."""
    texts = {number: cells.text(row, number) for number in range(1, cells.column_count + 1)}
    return {number: text for number, text in texts.items() if text and (row, number) not in legend.cells}


def _score(cells: SeenCells, row: int, legend: Legend) -> float:
    """How much a row looks like a header: known words, many different short texts, no ratings."""
    texts = list(header_texts(cells, row, legend).values())
    distinct = {key_of(text) for text in texts if len(text) <= _LONGEST_HEADER and not _is_rating(text)}
    known = {role_of(text) for text in texts} - {""}
    totals = sum(bool(total_kind(text)) for text in texts)
    levels = len({key_of(text) for text in texts if looks_like_level(text)})
    long = sum(len(text) > _LONGEST_HEADER for text in texts)
    score = _KNOWN_WEIGHT * len(known) + totals + 0.5 * levels + len(distinct) - 2.0 * long
    if _is_counting_up(texts):
        score += len(texts)
    # A body row may hold many different texts; what comes first is the header then.
    return score - 0.05 * row


def _with_groups(cells: SeenCells, row: int, legend: Legend) -> tuple[int, int]:
    """The header row and the row of groups: groups stand above it, or the row below is that of sub-headers."""
    below = header_texts(cells, row + 1, legend)
    here = header_texts(cells, row, legend)
    subs = {number: text for number, text in below.items() if _is_sub_header(text)}
    keys = set(below) - set(subs)
    if len(subs) >= 2 and all(key_of(below[number]) == key_of(here.get(number, "")) for number in keys):
        return row + 1, row
    above = header_texts(cells, row - 1, legend) if row > 1 else {}
    groups = {key_of(text) for number, text in above.items() if number in here}
    own = {number for number in above if cells.own(row - 1, number) is not None}
    return (row, row - 1) if len(groups) >= 2 and len(own) < len(here) else (row, 0)


def _is_sub_header(text: str) -> bool:
    return key_of(text) in SUB_HEADERS or role_of(text) in {
        "self_rating",
        "manager_rating",
        "agreed_rating",
        "required",
        "behaviours",
        "definition",
        "skills",
        "weight",
        "label",
    }


def _is_rating(text: str) -> bool:
    key = key_of(text)
    return number_in(text) is not None or key in MARKS | HALF_MARKS | BLANKS or rating_order(text) is not None


def _is_counting_up(texts: list[str]) -> bool:
    """Whether the numbers of a row are 1, 2, 3 ...: levels by number."""
    numbers = [number for text in texts if (number := number_in(text)) is not None]
    return (
        len(numbers) > 2
        and numbers == [numbers[0] + step for step in range(len(numbers))]
        and not any(count > 1 for count in Counter(numbers).values())
    )
