"""A whole workbook as typed tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..books.book import BookContents
from ..model.cells import Grid
from ..model.findings import Finding
from ..vocabulary.evaluation import Evaluations, Scores
from ..vocabulary.framework import Competencies, Expectations, Levels, RatingScales
from ..vocabulary.people import People
from ..vocabulary.settings import Cycles
from ..vocabulary.sheet import Sheet, SheetModel, sheet_of
from ..vocabulary.workbook import SHEETS
from .headers import find_sheet, fold, report_missing_sheet
from .persons import directory_of, resolve_people
from .sheets import empty_frame, is_read, read_sheet
from .tables import Table, Tables
from .values import Labels

# Without these nothing can be computed.
ESSENTIAL: frozenset[type[SheetModel]] = frozenset(
    {People, Evaluations, Scores, Levels, Competencies, Expectations, RatingScales, Cycles}
)
# Read first, in this order: the others are read with their help.
_FIRST: tuple[type[SheetModel], ...] = (RatingScales, Competencies, People)


def read_tables(contents: BookContents) -> tuple[Tables, list[Finding]]:
    """Every sheet of the vocabulary as a table; what could not be read is a finding each."""
    read: dict[str, Table] = {}
    findings: list[Finding] = []
    labels: Labels = {}
    for model in (*_FIRST, *(model for model in SHEETS if model not in _FIRST)):
        sheet = sheet_of(model)
        table, found = _read_one(model, contents.grids, labels)
        findings += found
        read[sheet.name] = table
        if model is Competencies:
            labels = _labels(read[sheet_of(RatingScales).name].frame, table.frame)
    people = directory_of(read[sheet_of(People).name].frame)
    for model in SHEETS:
        sheet = sheet_of(model)
        read[sheet.name], found = resolve_people(sheet, read[sheet.name], people)
        findings += found
    return Tables(read), _with_known_people(findings, Tables(read))


def _read_one(
    model: type[SheetModel], grids: Mapping[str, Grid], labels: Labels
) -> tuple[Table, list[Finding]]:
    sheet = sheet_of(model)
    if not is_read(sheet):
        return _empty(sheet), []
    grid = find_sheet(sheet, grids)
    if grid is None and sheet.group == "very hidden":
        return _empty(sheet), []
    if grid is None:
        return _empty(sheet), [report_missing_sheet(sheet, _not_ours(grids), model in ESSENTIAL)]
    table, findings = read_sheet(sheet, grid, labels)
    # What the tool wrote is written anew by the next run; HR has nothing to mend there.
    return table, [] if sheet.owner == "tool" else findings


def _empty(sheet: Sheet) -> Table:
    return Table(sheet.name, empty_frame(sheet), {})


def _not_ours(grids: Mapping[str, Grid]) -> list[str]:
    """Sheets that are none of the vocabulary's."""
    ours = {fold(sheet_of(model).name) for model in SHEETS}
    return [name for name in grids if fold(name) not in ours]


def _labels(scales: pd.DataFrame, competencies: pd.DataFrame) -> Labels:
    """Points by competency and folded label of its scale."""
    labelled = competencies[["competency_id", "scale"]].merge(scales[["scale", "value", "label"]], on="scale")
    labelled = labelled.dropna()
    return {
        (competency, fold(label)): value
        for competency, label, value in zip(
            labelled["competency_id"], labelled["label"], labelled["value"], strict=True
        )
    }


def _with_known_people(findings: list[Finding], tables: Tables) -> list[Finding]:
    """Findings whose person was named by e-mail or name, now by id."""
    people = directory_of(tables.frame(People))

    def renamed(finding: Finding) -> Finding:
        ids = people.look_up(finding.who) if finding.who else frozenset()
        who = next(iter(ids)) if len(ids) == 1 else ""
        if who == finding.who:
            return finding
        return Finding(
            finding.rule, finding.sheet, finding.cell, finding.message, finding.fix, who, finding.level
        )

    return [renamed(finding) for finding in findings]
