"""What a workbook holds that is not for every reader, and how it is known again in a document.

A text of some length is known by its own words, wherever it stands. A date, a number or a few words could come from
anywhere: they count only near the header or the sheet they stand under in the workbook, and only in a document about the
person of their row. Not known again are points of a rating scale, numbers of one or two digits, Yes and No, ids in lists,
and whatever was put in other words.

Source: REQUIREMENTS X7, C4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite

import pandas as pd

from ..tables.tables import Tables, as_list
from ..vocabulary.choices import VISIBLE_TO
from ..vocabulary.column import Audience, Column, Kind
from ..vocabulary.conversations import Answers
from ..vocabulary.sheet import Sheet, sheet_of
from ..vocabulary.workbook import all_sheets
from .content.wording import day, percent
from .part_texts import words_of
from .phrases import Words

RANK: Mapping[Audience, int] = {"employee": 0, "manager": 1, "hr": 2}
# A short text says too little to be told from any other: "not yet" stands in many documents.
FEWEST_WORDS = 3
FEWEST_SIGNS = 12
# Enough of a long text to know it again where it was shortened; a later sentence has to be longer to count.
LEADING_WORDS = 12
FEWEST_WORDS_LATER = 5
# A number is telling near its header from three digits on that are no zeros at an end, and by itself if it is long.
FEWEST_DIGITS = 3
TELLING_ALONE = 5
# How far from its header, in signs, a value may stand: a row of a table, or a sentence.
NEAR = 160
_LONG_WORD = 6
_TELLING_KINDS = (Kind.DATE, Kind.NUMBER, Kind.PERCENT, Kind.TEXT, Kind.LONG_TEXT)
_LANGUAGES = ("en-GB", "en-US")
_ANSWER_FOR: Mapping[object, Audience] = dict(zip(VISIBLE_TO, ("employee", "manager", "hr"), strict=True))


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that stands in a column not everybody may read."""

    sheet: str
    header: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Telling:
    """A value not everybody may read that tells something only near one of the `labels`, folded words with spaces."""

    secret: Secret
    labels: tuple[str, ...]
    value: object

    def stands_in(self, joined: str) -> bool:
        """Whether it stands in `joined`, folded words with spaces between and around, near a label."""
        return any(
            self._is_near(joined, place, place + len(form))
            for form in forms_of(self.value)
            for place in _places(joined, form)
        )

    def _is_near(self, joined: str, begin: int, end: int) -> bool:
        if not self.labels:
            return True
        near = joined[max(0, begin - NEAR) : end + NEAR // 4]
        return any(label in near for label in self.labels)


def secrets(tables: Tables, reader: Audience) -> dict[Words, Secret]:
    """Texts above `reader`, by the leading words of each sentence; not those the reader may see elsewhere."""
    hidden: dict[Words, Secret] = {}
    visible: set[Words] = set()
    for sheet in all_sheets():
        if tables.by_sheet[sheet.name].frame.empty:
            continue
        for column in _prose_columns(sheet):
            for audience, cells in _by_audience(tables, sheet, column):
                if RANK[audience] > RANK[reader]:
                    secret = Secret(sheet.name, column.header, audience)
                    hidden |= dict.fromkeys(_leading(cells, FEWEST_WORDS_LATER), secret)
                else:
                    visible.update(_leading(cells, FEWEST_WORDS))
    return {words: secret for words, secret in hidden.items() if words not in visible}


def tellings(tables: Tables, reader: Audience) -> dict[str, tuple[Telling, ...]]:
    """Dates, numbers and short texts above `reader`, by the employee id of their row; "" for rows about nobody."""
    found: defaultdict[str, list[Telling]] = defaultdict(list)
    columns = [(sheet, column) for sheet in all_sheets() for column in sheet.columns]
    known = {column.header for _, column in columns if RANK[column.audience] <= RANK[reader]}
    for sheet, column in columns:
        if (
            tables.by_sheet[sheet.name].frame.empty
            or _is_repeated(sheet)
            or RANK[column.audience] <= RANK[reader]
        ):
            continue
        secret, labels = Secret(sheet.name, column.header, column.audience), _labels(sheet, column, known)
        for person, value in _values(tables, sheet, column):
            if _tells_alone(value):
                found[person].append(Telling(secret, (), value))
            elif labels:
                found[person].append(Telling(secret, labels, value))
    for person, telling in _short_answers(tables, reader):
        found[person].append(telling)
    return {person: tuple(dict.fromkeys(listed)) for person, listed in found.items()}


def may_be_seen(tables: Tables, reader: Audience, person: str, value: object) -> bool:
    """Whether `reader` finds `value` in a column for them, in a row about `person` or about nobody."""
    for sheet in all_sheets():
        about = _about(sheet)
        for column in sheet.columns:
            for audience, cells in _by_audience(tables, sheet, column):
                if RANK[audience] > RANK[reader] or column.kind not in _TELLING_KINDS:
                    continue
                rows = tables.by_sheet[sheet.name].frame.loc[cells.index]
                theirs = cells[rows[about].eq(person).any(axis=1)] if about else cells
                if any(_plain(cell) == value for cell in theirs.dropna()):
                    return True
    return False


@lru_cache(maxsize=4096)
def forms_of(value: object) -> tuple[str, ...]:
    """The ways a document may write `value`, each as folded words with spaces between and around."""
    if isinstance(value, date):
        texts = [
            value.strftime(form) for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y")
        ]
        texts += [day(value, language) for language in _LANGUAGES]
    elif isinstance(value, float):
        texts = [*_numbers(value), *([percent(value), percent(value, 1)] if 0 < abs(value) < 1 else [])]
    else:
        texts = [str(value)]
    return tuple(dict.fromkeys(f" {' '.join(words)} " for text in texts if (words := words_of(text))))


def _numbers(value: float) -> list[str]:
    plain = f"{value:.10g}"
    grouped = f"{value:,.10g}"
    return [
        plain,
        plain.replace(".", ","),
        f"{value:.1f}",
        f"{value:.2f}",
        grouped,
        grouped.replace(",", "."),
    ]


def _by_audience(tables: Tables, sheet: Sheet, column: Column) -> Iterator[tuple[Audience, pd.Series]]:
    """The cells of a column and who may read them; the sheet Answers says it row by row."""
    frame = tables.by_sheet[sheet.name].frame
    if (sheet.name, column.name) != (sheet_of(Answers).name, "answer"):
        yield column.audience, frame[column.name]
        return
    audiences = frame["visible_to"].map(_answer_for)
    for audience in RANK:
        yield audience, frame.loc[audiences.eq(audience), column.name]


def _is_repeated(sheet: Sheet) -> bool:
    """Whether it is one of the tool's own sheets that repeat what stands elsewhere."""
    return sheet.group == "very hidden" or (sheet.owner == "tool" and sheet.group != "HR only")


def _prose_columns(sheet: Sheet) -> list[Column]:
    prose = (Kind.TEXT, Kind.LONG_TEXT)
    return [c for c in sheet.columns if c.kind in prose and not c.choices and not _is_repeated(sheet)]


def _leading(cells: pd.Series, fewest_later: int) -> Iterator[Words]:
    """The leading words of each text, and of each of its later sentences that has as many as `fewest_later`."""
    for text in dict.fromkeys(cells.tolist()):
        if isinstance(text, str) and len(text) >= FEWEST_SIGNS:
            words = words_of(text)[:LEADING_WORDS]
            if len(words) >= FEWEST_WORDS:
                yield words
            for sentence in _sentences(text)[1:]:
                words = words_of(sentence)[:LEADING_WORDS]
                if len(words) >= fewest_later:
                    yield words


def _sentences(text: str) -> list[str]:
    for end in (". ", "! ", "? ", "; ", "。"):
        text = text.replace(end, "\n")
    return text.splitlines()


def _labels(sheet: Sheet, column: Column, visible_headers: set[str]) -> tuple[str, ...]:
    """What a value of the column must stand near to: its header if no other is like it, its sheet if it is HR's alone."""
    found = []
    words = words_of(column.header)
    long = column.kind is Kind.DATE and len(column.header) >= _LONG_WORD
    if column.header not in visible_headers and (len(words) > 1 or long):
        found.append(words)
    if sheet.group == "HR only" and len(words_of(sheet.name)) > 1:
        found.append(words_of(sheet.name))
    return tuple(f" {' '.join(words)} " for words in found)


def _about(sheet: Sheet) -> list[str]:
    """The columns that say whom a row is about; none if nothing does."""
    names = [column.name for column in sheet.columns if column.kind is Kind.PERSON]
    return ["employee_id"] if any(column.name == "employee_id" for column in sheet.columns) else names


def _values(tables: Tables, sheet: Sheet, column: Column) -> Iterator[tuple[str, object]]:
    if column.kind not in _TELLING_KINDS:
        return
    frame = tables.by_sheet[sheet.name].frame
    cells = as_list(frame[column.name])
    values = {cell: _telling_value(column, cell) for cell in set(cells)}
    people = [as_list(frame[name]) for name in _about(sheet)] or [[""] * len(frame)]
    for *whom, cell in zip(*people, cells, strict=True):
        value = values[cell]
        if value is not None:
            yield from ((person, value) for person in whom if isinstance(person, str))


def _short_answers(tables: Tables, reader: Audience) -> Iterator[tuple[str, Telling]]:
    """Answers above `reader` that are too short to be known by their own words; they tell something near the question."""
    answers = tables.frame(Answers)
    for row in (
        answers[["employee_id", "question", "answer", "visible_to"]].dropna(subset=["answer"]).itertuples()
    ):
        audience = _answer_for(row.visible_to)
        if RANK[audience] <= RANK[reader] or not isinstance(row.question, str):
            continue
        words, question = words_of(row.answer), words_of(row.question)[:LEADING_WORDS]
        if isinstance(row.employee_id, str) and 0 < len(words) < FEWEST_WORDS <= len(question):
            secret = Secret(sheet_of(Answers).name, sheet_of(Answers).column("answer").header, audience)
            yield row.employee_id, Telling(secret, (f" {' '.join(question)} ",), row.answer)


def _answer_for(who: object) -> Audience:
    """Who may read an answer; where its row does not say so, HR."""
    return _ANSWER_FOR.get(who, "hr") if isinstance(who, str) else "hr"


def _telling_value(column: Column, cell: object) -> date | float | str | None:
    """The cell's value if it can tell something, else None."""
    value = _plain(cell)
    if isinstance(value, float):
        return value if _digits(value) >= FEWEST_DIGITS or _tells_alone(value) else None
    if isinstance(value, str):
        words = words_of(value)
        return value if 1 < len(words) <= LEADING_WORDS or (words and column.choices) else None
    return value if isinstance(value, date) and not pd.isna(value) else None


def _plain(cell: object) -> object:
    return cell.to_pydatetime().date() if isinstance(cell, pd.Timestamp) else cell


def _digits(number: float) -> int:
    """How many digits tell something; none of what is no number."""
    return len(f"{abs(number):.10g}".replace(".", "").strip("0")) if isfinite(number) else 0


def _tells_alone(value: object) -> bool:
    return isinstance(value, float) and isfinite(value) and abs(value) >= 10 ** (TELLING_ALONE - 1)


def _places(text: str, wanted: str) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)
