"""The kinds of documents there are, in the order of the pack."""

from __future__ import annotations

from .content.gap_report import gap_report
from .kind import Kind

KINDS = (
    Kind(
        "gap-report",
        "Gap report",
        "gap_report.docx",
        "employee",
        gap_report,
        recipients=("manager", "employee", "hr"),
    ),
)
