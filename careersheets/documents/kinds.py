"""The kinds of documents there are, in the order of the pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..analysis.results import Results
from ..vocabulary.column import Audience
from .content.gap_report import gap_report


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document.

    `audience` is who may read it. `context` makes what its template can name, from the
    results and an employee id.
    """

    key: str
    title: str
    template: str
    audience: Audience
    context: Callable[[Results, str], dict[str, Any]]


KINDS = (Kind("gap-report", "Gap report", "gap_report.docx", "employee", gap_report),)
