"""A small workbook to read before anything is entered: lines to enter, and what is to be settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..books.building.scorecard_review import PlainList, build_lists
from ..model.errors import AccessDenied
from ..model.findings import Finding


def to_settle(headers: Sequence[str], widths: Sequence[int], findings: Iterable[Finding]) -> PlainList:
    """The list of findings under `headers`."""
    rows = [(it.rule.severity.label, it.sheet, it.cell, it.message, it.fix, it.rule.code) for it in findings]
    return PlainList("To settle", headers, widths, rows)


def write_review_file(path: Path, lists: Sequence[PlainList]) -> Path:
    """Write `lists` to `path`; the path.

    Raises:
        AccessDenied: one may not write there.
    """
    try:
        build_lists(path, lists)
    except OSError as error:
        raise AccessDenied(
            f'"{path.name}" cannot be written to "{path.parent.name}". Check that you may write there.'
        ) from error
    return path
