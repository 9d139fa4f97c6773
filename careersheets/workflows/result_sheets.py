"""The tool's own sheets, as rows to write back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from ..analysis.loop import first_broken_links
from ..analysis.next_level import next_level_changes
from ..analysis.results import Results
from ..books.book import Changes, Link, OutValue, SheetRows
from ..model.findings import Finding
from ..tables.settings import WorkbookSettings
from ..vocabulary.column import Column, Kind
from ..vocabulary.framework import Competencies, NextLevel
from ..vocabulary.results import Documents, Gaps, Readiness, TeamView, ThisWeek, ToFix
from ..vocabulary.sheet import Sheet, SheetModel, sheet_of
from ..vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, LAST_RUN, LAST_RUN_RESULT

# As many competencies side by side as the sheet Team view is laid out for.
TEAM_VIEW_COMPETENCIES = 40
_IS_THERE = ("Made", "Draft made", "Unchanged")


def to_fix_sheet(findings: Iterable[Finding], names: Mapping[str, str]) -> SheetRows:
    """The findings, each with a link to its cell."""
    rows: list[list[OutValue]] = [
        [
            finding.rule.severity.label,
            finding.sheet,
            Link(finding.place, location=_location(finding)),
            names.get(finding.who, finding.who or finding.level),
            finding.message,
            finding.fix,
            finding.rule.code,
        ]
        for finding in findings
    ]
    return _sheet_rows(ToFix, rows)


def gaps_sheet(results: Results, without: Iterable[str] = ()) -> SheetRows:
    """The gaps of everyone but the people in `without`, whose numbers cannot be trusted."""
    return _from_frame(Gaps, _without(results.gaps, without))


def readiness_sheet(results: Results, without: Iterable[str] = ()) -> SheetRows:
    """The readiness of everyone but the people in `without`; who has no target stands below with the broken link."""
    links = first_broken_links(results)
    rows = results.readiness.assign(first_broken_link=results.readiness["employee_id"].map(links.to_dict()))
    return _from_frame(Readiness, _without(pd.concat([rows, _without_target(results, links)]), without))


def team_view_sheet(results: Results, without: Iterable[str] = ()) -> SheetRows:
    """One row per person with the gap to the first target, one column per competency, headers included."""
    first = _without(results.gaps, without).query("target_rank == 1")
    asked = set(first["competency_id"])
    in_order = results.tables.frame(Competencies)["competency_id"].drop_duplicates()
    codes = [code for code in in_order if code in asked][:TEAM_VIEW_COMPETENCIES]
    titles = first.drop_duplicates("competency_id").set_index("competency_id")["competency"]
    wide = first.pivot_table(
        index="employee_id", columns="competency_id", values="gap", sort=False, dropna=False
    )
    readiness = results.readiness.query("target_rank == 1").set_index("employee_id")
    people = results.evaluated.loc[results.evaluated.index.isin(first["employee_id"])]
    wide = wide.reindex(index=people.index, columns=codes)
    rows: list[list[OutValue]] = []
    for employee, person in people.iterrows():
        target, attainment = readiness.loc[employee, ["target_level", "attainment"]]
        cells = [employee, person["name"], person["team"], target, attainment, *wide.loc[employee]]
        rows.append([_plain(value) for value in cells])
    # Headers of competencies that nobody is asked for any more are cleared.
    competencies = [str(titles[code]) for code in codes] + [None] * (TEAM_VIEW_COMPETENCIES - len(codes))
    header = [*(column.header for column in sheet_of(TeamView).columns), *competencies]
    return SheetRows(sheet_of(TeamView).name, rows, FIRST_ROW, FIRST_COLUMN, header)


def next_level_sheet(results: Results) -> SheetRows:
    """What each competency asks in addition at each next level (source: F6)."""
    return _from_frame(NextLevel, next_level_changes(results.tables))


def this_week_sheet(reminders: pd.DataFrame, names: Mapping[str, str]) -> SheetRows:
    """What is due, each with a link to its row."""
    rows: list[list[OutValue]] = [
        [
            names.get(row.who, row.who),
            row.what,
            _plain(row.due),
            row.state,
            names.get(row.for_whom, row.for_whom),
            Link(f"{row.sheet}!{row.row}", location=f"'{row.sheet}'!A{row.row}"),
        ]
        for row in reminders.itertuples(index=False)
    ]
    return _sheet_rows(ThisWeek, rows)


def documents_sheet(rows: Sequence[Mapping[str, object]]) -> SheetRows:
    """The state of every document; `rows` by column name, `link` being filled from `file`."""
    frame = pd.DataFrame(rows, columns=[column.name for column in sheet_of(Documents).columns])
    links = [
        Link("Open", target=file) if state in _IS_THERE else None
        for file, state in zip(frame["file"], frame["state"], strict=True)
    ]
    return _from_frame(Documents, frame.astype(object).assign(link=links))


def last_run(now: datetime, result: str) -> Mapping[str, datetime | str]:
    """The cells of Start that say when the tool last ran, in local time, and what came of it."""
    return {LAST_RUN: now, LAST_RUN_RESULT: result}


def all_changes(
    sheets: Sequence[SheetRows], now: datetime, result: str, settings: WorkbookSettings
) -> Changes:
    """Everything one run writes."""
    return Changes(
        sheets=tuple(sheets), named_cells=last_run(now, result), keep_backups=int(settings.backups_kept)
    )


def _location(finding: Finding) -> str:
    quoted = finding.sheet.replace("'", "''")
    return f"'{quoted}'!{finding.cell or 'A1'}"


def _without(frame: pd.DataFrame, people: Iterable[str]) -> pd.DataFrame:
    return frame[~frame["employee_id"].isin(list(people))]


def _without_target(results: Results, links: pd.Series) -> pd.DataFrame:
    """A row for each person whose targets ask for nothing, so that they are not lost from sight."""
    people = results.evaluated[~results.evaluated.index.isin(results.readiness["employee_id"])]
    return pd.DataFrame(
        {
            "cycle": results.cycle,
            "employee_id": people.index,
            "name": people["name"].to_numpy(),
            "first_broken_link": links.reindex(people.index).to_numpy(),
        }
    )


def _from_frame(model: type[SheetModel], frame: pd.DataFrame) -> SheetRows:
    """The columns that `model` declares, in its order, one row per row of `frame`; missing ones stay blank."""
    sheet = sheet_of(model)
    columns = [_cells(column, frame) for column in sheet.columns]
    return _sheet_rows(model, [list(row) for row in zip(*columns, strict=True)])


def _cells(column: Column, frame: pd.DataFrame) -> list[OutValue]:
    if column.name not in frame:
        return [None] * len(frame)
    values = frame[column.name]
    if column.kind is Kind.YES_NO:
        return ["Yes" if value is True else None for value in values.astype(object)]
    cells = [_plain(value) for value in values]
    if column.kind is Kind.RATING and column.name == "current" and "not_applicable" in frame:
        return ["N/A" if na else cell for cell, na in zip(cells, frame["not_applicable"], strict=True)]
    return cells


def _plain(value: Any) -> OutValue:
    """A frame's value as a cell's: missing ones blank, tuples joined, numbers plain."""
    if isinstance(value, Link):
        return value
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        return datetime.fromisoformat(value.isoformat())
    if isinstance(value, str):
        return str(value)
    # Sums of fractions end in ...0001; nobody in HR types so many digits.
    return round(float(value), 10)


def _sheet_rows(model: type[SheetModel], rows: list[list[OutValue]]) -> SheetRows:
    sheet: Sheet = sheet_of(model)
    return SheetRows(sheet.name, rows, FIRST_ROW, FIRST_COLUMN)
