"""Errors that the fast reader does not know, such as `#SPILL!`, for which it would refuse the whole workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path

from ..model.cells import CellError
from .package import Package

KNOWN_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)

_ERROR_CELL = re.compile(rb'(<c\s[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>)[^<]*(</v>)', re.DOTALL)


def has_unknown_error(values: Iterable[object]) -> bool:
    """Whether one of the values is an error that the fast reader does not know."""
    return any(isinstance(value, CellError) and value.code not in KNOWN_ERRORS for value in values)


def with_known_errors(path: Path) -> io.BytesIO:
    """A copy of the workbook in memory in which every error is `#N/A`, for its values; the errors are told otherwise."""
    buffer = io.BytesIO()
    with Package(path) as package:
        for entry in package.index.sheets:
            if entry.kind == "worksheet" and package.name_of(entry.part):
                package.replace(entry.part, _ERROR_CELL.sub(rb"\g<1>#N/A\g<2>", package.read(entry.part)))
        package.save(buffer)
    buffer.seek(0)
    return buffer
