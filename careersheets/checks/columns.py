"""What every column declares of itself: filled where it must be, among its choices, within its bounds, not repeated.

The rules are those of vocabulary/, run by pandera. A column that the sheet lacks is reported when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.sheet import SheetModel, sheet_of
from ..vocabulary.workbook import SHEETS
from .placing import listed, report_rows
from .review import IN_NUMBERS, Review, still_counts, with_levels

EMPTY = Rule(
    "CS101",
    Severity.ERROR,
    '"{header}" is empty.',
    "Fill it in, or delete the row.",
    "Without it the row belongs to nobody or nothing, so numbers that need the row leave it out.",
)
EMPTY_ELSEWHERE = Rule(
    "CS102",
    Severity.WARNING,
    '"{header}" is empty.',
    "Fill it in, or delete the row.",
    "The row is not complete; documents leave it out or show a blank.",
)
NOT_A_CHOICE = Rule(
    "CS103",
    Severity.WARNING,
    '"{entry}" is not among the choices of "{header}".',
    "Choose one of: {choices}.",
    "A word of one's own is treated as if nothing had been chosen.",
)
READERS_UNCLEAR = Rule(
    "CS104",
    Severity.ERROR,
    '"{entry}" does not say who may read this.',
    "Choose one of: {choices}.",
    "The answer might reach somebody it was not meant for.",
)
REPEATED = Rule(
    "CS105",
    Severity.ERROR,
    "this row has the same {key} as row {first}.",
    "Keep one of the two rows.",
    "Two rows for one thing: it is not clear which of them counts, so a number may come from the wrong one.",
)
REPEATED_ELSEWHERE = Rule(
    "CS106",
    Severity.WARNING,
    "this row has the same {key} as row {first}.",
    "Keep one of the two rows.",
    "Two rows for one thing: only the first of them is used.",
)
OUT_OF_BOUNDS = Rule(
    "CS107",
    Severity.ERROR,
    '"{header}" is {entry}; it must be {bound}.',
    "Correct the number, or leave the cell empty.",
    "A number that cannot be right makes every number that follows from it wrong.",
)
OUT_OF_BOUNDS_ELSEWHERE = Rule(
    "CS108",
    Severity.WARNING,
    '"{header}" is {entry}; it must be {bound}.',
    "Correct the number, or leave the cell empty.",
    "A number that cannot be right is shown to people or counted in averages.",
)

_REPEATED_CHECK = "multiple_fields_uniqueness"
_BOUNDS = {
    "greater_than": ("min_value", "more than"),
    "greater_than_or_equal_to": ("min_value", "at least"),
    "less_than": ("max_value", "less than"),
    "less_than_or_equal_to": ("max_value", "at most"),
}
_WHO_MAY_READ = ("Answers", "visible_to")


def check_columns(review: Review) -> Iterator[Finding]:
    """Every cell that breaks a rule of its own column, and every row that repeats another's key."""
    for model in SHEETS:
        table = review.tables[model]
        if sheet_of(model).owner == "tool" or table.frame.empty:
            continue
        for cases in _failures(model, table):
            yield from _report(review, model, cases)


def _failures(model: type[SheetModel], table: Table) -> Iterator[pd.DataFrame]:
    """Pandera's failure cases, one frame for each column and check."""
    schema = _schema_of(model, frozenset(table.letters))
    try:
        schema.validate(table.frame, lazy=True)
    except SchemaErrors as failed:
        cases = failed.failure_cases
        cases = cases.assign(rule=_rule_texts(schema, cases), index=cases["index"].astype("int64"))
        repeated = cases["rule"].eq(_REPEATED_CHECK)
        if repeated.any():
            yield cases[repeated].drop_duplicates("index")
        for _, of_one in cases[~repeated].groupby(["column", "rule"], sort=False):
            yield of_one


@cache
def _schema_of(model: type[SheetModel], present: frozenset[str]) -> pa.DataFrameSchema:
    """The schema of `model` reduced to the columns that are `present`; types are the reader's business."""
    schema = model.to_schema()
    schema = schema.remove_columns([name for name in schema.columns if name not in present])
    schema = schema.update_columns({name: {"dtype": None} for name in schema.columns})
    schema.report_duplicates = "exclude_first"
    if not present.issuperset(sheet_of(model).key):
        schema.unique = None
    return schema


def _rule_texts(schema: pa.DataFrameSchema, cases: pd.DataFrame) -> list[str]:
    """What broke, case by case: "not_nullable", "isin", "at least 0" ..."""
    return [
        _check_text(schema.columns[column].checks[int(number)]) if pd.notna(number) else str(check)
        for column, check, number in zip(cases["column"], cases["check"], cases["check_number"], strict=True)
    ]


def _check_text(check: pa.Check) -> str:
    if check.name not in _BOUNDS:
        return str(check.name)
    statistic, words = _BOUNDS[check.name]
    return f"{words} {(check.statistics or {})[statistic]:g}"


def _report(review: Review, model: type[SheetModel], cases: pd.DataFrame) -> Iterator[Finding]:
    """The findings of one column and check, as errors where they touch a number and as warnings elsewhere."""
    table, broken = review.tables[model], str(cases["rule"].iloc[0])
    rows = table.frame.loc[cases["index"]].assign(entry=cases["failure_case"].to_numpy())
    name = str(cases["column"].iloc[0])
    if broken == _REPEATED_CHECK:
        name = sheet_of(model).key[-1]
        rows = _with_first_rows(model, table.frame, rows)
    weighty = still_counts(review, rows) & _decides_numbers(model, name)
    rows = with_levels(review, model, rows)
    column = sheet_of(model).column(name)
    said: dict[str, object] = {
        "header": column.header,
        "choices": listed(column.choices),
        "bound": broken,
        "key": _and([sheet_of(model).column(key).header for key in sheet_of(model).key]),
    }
    here, elsewhere = _rules_for(broken, (sheet_of(model).name, name))
    yield from report_rows(here, table, name, rows[weighty], **said)
    yield from report_rows(
        elsewhere, table, name, rows[~weighty].drop(columns="levels", errors="ignore"), **said
    )


def _decides_numbers(model: type[SheetModel], column: str) -> bool:
    """Whether a person's numbers or documents cannot do without what stands in `column`."""
    only_described = {"family", "competency"}
    return model in IN_NUMBERS and column not in only_described


def _rules_for(broken: str, column: tuple[str, str]) -> tuple[Rule, Rule]:
    """The rule where the row decides a number, and the rule elsewhere."""
    if broken == "isin":
        rule = READERS_UNCLEAR if column == _WHO_MAY_READ else NOT_A_CHOICE
        return rule, rule
    if broken == _REPEATED_CHECK:
        return REPEATED, REPEATED_ELSEWHERE
    if broken == "not_nullable":
        return EMPTY, EMPTY_ELSEWHERE
    return OUT_OF_BOUNDS, OUT_OF_BOUNDS_ELSEWHERE


def _with_first_rows(model: type[SheetModel], frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with a complete key, and in `first` the row where the same key stands first."""
    key = list(sheet_of(model).key)
    rows = rows.dropna(subset=key)
    firsts = frame.loc[~frame.duplicated(key), key].reset_index(names="first")
    return rows.reset_index(names="row").merge(firsts, on=key, how="left").set_index("row")


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
