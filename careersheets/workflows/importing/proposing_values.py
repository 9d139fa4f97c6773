"""What the words and signs of a foreign table may stand for, and which scale they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...model.cells import CellValue, column_number
from ...tables.values import text_of
from .cells import SeenCells, is_date, key_of
from .legends import Legend, points_by_token, values_from
from .mapping import UNDECIDED, ScaleMapping, SheetMapping
from .placing import body_rows, lay_out
from .ratings import Rating, number_in, read_rating
from .unfolding import RATINGS
from .words import HALF_MARKS, MARKS, rating_order

_HALF_STEP = re.compile(r"(\d)\s*([+-])")
_BETWEEN = re.compile(r"(\d)\s*[-–/]\s*(\d)")
_SLASHED_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}")
_DAYS = ("hired", "level_since")
_LONGEST = 40


def propose_values(
    sheets: Sequence[SheetMapping], seen: Mapping[str, SeenCells], legends: Mapping[str, Legend]
) -> dict[str, str]:
    """A value for each text among the ratings that is no number; "?" where nobody can know."""
    told = {key: value for legend in legends.values() for key, value in values_from(legend).items()}
    words = _words(sheets, seen, legends, told)
    of_people = any("people" in (sheet.rows, sheet.across) for sheet in sheets)
    used = {key: value for key, value in told.items() if key in words}
    ordered = _by_order([word for word in words if word not in used])
    return {word: used.get(word) or ordered.get(word) or _value_of(word, of_people) for word in words}


def propose_scale(
    name: str,
    sheets: Sequence[SheetMapping],
    seen: Mapping[str, SeenCells],
    legends: Mapping[str, Legend],
    values: Mapping[str, str],
) -> ScaleMapping:
    """The scale that holds every rating found: from 0 or 1 to the highest, in half points if there are any."""
    points = {
        rating.points for rating in _ratings(sheets, seen, legends, values) if rating.points is not None
    }
    labels: dict[str, str] = {}
    for legend in legends.values():
        labels |= {f"{points_}": legend.labels[token] for token, points_ in _shown(legend).items()}
        points |= set(points_by_token(legend).values())
    labels |= {
        value: word.capitalize()
        for word, value in values.items()
        if rating_order(word) is not None and number_in(value) is not None and value not in labels
    }
    if not points:
        return ScaleMapping(name)
    if points <= {0.0, 1.0}:
        return ScaleMapping(name, 0, 1, labels={})
    halves = any(value != int(value) for value in points)
    low = min(1.0, *points)
    return ScaleMapping(name, low, max(low + 1, *points), 0.5 if halves else 1, labels=labels)


def _shown(legend: Legend) -> dict[str, str]:
    return {token: f"{points:g}" for token, points in points_by_token(legend).items()}


def _rating_cells(
    sheets: Sequence[SheetMapping], seen: Mapping[str, SeenCells], legends: Mapping[str, Legend]
) -> Iterator[CellValue]:
    """The raw cells of every column that holds ratings."""
    for sheet in sheets:
        if sheet.rows == "ignore":
            continue
        cells, legend = seen[sheet.sheet], legends[sheet.sheet].cells
        layout = lay_out(cells, sheet, legend)
        kinds = {
            c.number: (c.role.partition(":")[2] or sheet.cells) if c.is_cell else c.role
            for c in layout.columns
        }
        for row in body_rows(cells, layout, sheet.sections, legend):
            for number, kind in kinds.items():
                if row.kind == "data" and kind in RATINGS:
                    yield cells.value(row.number, number)


def _words(
    sheets: Sequence[SheetMapping],
    seen: Mapping[str, SeenCells],
    legends: Mapping[str, Legend],
    told: Mapping[str, str],
) -> list[str]:
    """Texts among the ratings that do not explain themselves, each once."""
    found: dict[str, None] = {}
    for value in _rating_cells(sheets, seen, legends):
        text = text_of(value) if isinstance(value, str | int | float | bool) and not is_date(value) else None
        if text and len(text) <= _LONGEST and (key_of(text) in told or read_rating(value, {}).unread):
            found[key_of(text)] = None
    return list(found)


def _ratings(
    sheets: Sequence[SheetMapping],
    seen: Mapping[str, SeenCells],
    legends: Mapping[str, Legend],
    values: Mapping[str, str],
) -> Iterator[Rating]:
    for value in _rating_cells(sheets, seen, legends):
        yield read_rating(value, values)


def _by_order(words: Sequence[str]) -> dict[str, str]:
    """Words for ratings by their order: 1 for the lowest found; 0 for a word such as "none"."""
    orders = {word: order for word in words if (order := rating_order(word)) is not None}
    if len(orders) < 2:
        return {}
    ranks = sorted({order for order in orders.values() if order > 0})
    return {word: str(ranks.index(order) + 1 if order else 0) for word, order in orders.items()}


def _value_of(word: str, of_people: bool) -> str:
    """Marks: x is 1; o is 0 for people (has it not), and an optional 1 for levels. `2+` and `2-3` are half points."""
    if word in MARKS:
        return "1"
    if word in HALF_MARKS:
        return "0" if of_people else "1 optional"
    if word in ("no", "n", "false", "✗", "nein"):
        return "0"
    match = _HALF_STEP.fullmatch(word)
    if match:
        return f"{int(match[1]) + (0.5 if match[2] == '+' else -0.5):g}"
    match = _BETWEEN.fullmatch(word)
    if match:
        return f"{(int(match[1]) + int(match[2])) / 2:g}" if int(match[2]) - int(match[1]) == 1 else UNDECIDED
    return UNDECIDED


def date_order(sheets: Sequence[SheetMapping], seen: Mapping[str, SeenCells]) -> dict[str, str]:
    """`dates` as "day first" or "month first" if dates with slashes prove one of them; {} if nothing does."""
    first: list[int] = []
    second: list[int] = []
    for sheet in sheets:
        cells = seen[sheet.sheet]
        for letter, column in sheet.columns.items():
            for row in range(sheet.header_row + 1, cells.row_count + 1 if column.role in _DAYS else 0):
                match = _SLASHED_DATE.fullmatch(cells.text(row, column_number(letter)))
                if match:
                    first.append(int(match[1]))
                    second.append(int(match[2]))
    day_first, month_first = max(first, default=0) > 12, max(second, default=0) > 12
    if day_first == month_first:
        return {}
    return {"dates": "day first" if day_first else "month first"}
