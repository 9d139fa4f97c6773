"""Import of a table that lies on the shared drive: a framework, a skills matrix, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...model.cells import Grid
from .cells import key_of, seen_cells
from .foreign_files import read_foreign
from .framework_rows import Framework, framework_rows
from .imported import Imported, LeftOut
from .legends import find_legend
from .mapping import IGNORE, TableMapping
from .people_rows import Rated, people_rows
from .proposing import propose_mapping
from .scale_rows import scale_rows
from .unfolding import Unfolded, unfold

_NO_SHEET = "a sheet that the mapping does not know"
_SHEET_LEFT_OUT = "a sheet that the mapping leaves out"
_NOT_REQUIRED = (
    "{count} expectations have statements but no required rating, so they ask for nothing yet. If each level asks "
    "for the point of its own rank, set from_levels = true under [scale]."
)


def read_table(
    path: Path, mapping: TableMapping | None = None, cycle: str = ""
) -> tuple[Imported, TableMapping]:
    """The rows that the table at `path` gives, and the mapping by which, completed by the codes given.

    Without a mapping, one is proposed.

    Raises:
        FileRefused: the file cannot be read.
    """
    grids = read_foreign(path)
    mapping = mapping or propose_mapping(path, grids, cycle)
    found = _unfold_all(grids, mapping)
    framework = framework_rows(found.entries, mapping)
    rated = people_rows(found.entries, mapping, framework)
    return _imported(found, mapping, framework, rated), _with_codes(mapping, framework, rated)


def _unfold_all(grids: Mapping[str, Grid], mapping: TableMapping) -> Unfolded:
    values = {key_of(text): value for text, value in mapping.values.items()}
    known = {sheet.sheet: sheet for sheet in mapping.sheets}
    everything = Unfolded()
    for name, grid in grids.items():
        sheet = known.get(name) or (mapping.sheets[0] if len(grids) == len(mapping.sheets) == 1 else None)
        cells = seen_cells(grid)
        legend = find_legend(cells)
        if sheet is None or sheet.rows == IGNORE:
            if not legend.whole_sheet and grid.row_count:
                why = _NO_SHEET if sheet is None else _SHEET_LEFT_OUT
                everything.left_out.append(LeftOut(name, f"{grid.row_count} rows", why))
            continue
        found = unfold(cells, sheet, values, legend)
        everything.entries += found.entries
        everything.left_out += found.left_out
        everything.totals += found.totals
        everything.notes += [*found.notes, *_legend_note(name, legend.labels)]
    return everything


def _imported(found: Unfolded, mapping: TableMapping, framework: Framework, rated: Rated) -> Imported:
    scales, of_competency = scale_rows(found.entries, mapping.scale, framework.competency_codes)
    competencies = [
        {**row, "scale": row.get("scale") or of_competency[row["competency_id"]]}
        for row in framework.competencies
    ]
    given = {row["scale"] for row in framework.competencies if row.get("scale")}
    rows = {
        "Rating scales": scales if competencies and not given else [],
        "Competencies": competencies,
        "Levels": framework.levels,
        "Expectations": framework.expectations,
        "People": rated.people,
        "Cycles": rated.cycles,
        "Evaluations": rated.evaluations,
        "Scores": rated.scores,
    }
    notes = [*found.notes, *_missing_requirements(framework)]
    left_out = [*found.left_out, *framework.left_out, *rated.left_out]
    return Imported(rows, tuple(notes), tuple(left_out), tuple(found.totals))


def _missing_requirements(framework: Framework) -> Sequence[str]:
    count = sum("required" not in row for row in framework.expectations)
    return [_NOT_REQUIRED.format(count=count)] if count else []


def _legend_note(sheet: str, labels: Mapping[str, str]) -> Sequence[str]:
    if not labels:
        return []
    return [
        f"{sheet}: the legend says "
        + ", ".join(f"{token} = {label}" for token, label in labels.items())
        + "."
    ]


def _with_codes(mapping: TableMapping, framework: Framework, rated: Rated) -> TableMapping:
    """`mapping` with every code that was given, so that the next import gives the same."""
    given = {"level": framework.level_codes, "competency": framework.competency_codes, "person": rated.codes}
    changed = {
        kind: {name: code for name, code in codes.items() if name != code} for kind, codes in given.items()
    }
    return replace(mapping, codes={kind: codes for kind, codes in changed.items() if codes})
