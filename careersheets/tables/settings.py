"""The workbook's settings, typed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkbookSettings:
    """One attribute per setting of vocabulary/settings.py, with the workbook's value or the default."""

    organisation: str = ""
    current_cycle: str = ""
    ready_attainment: float = 0.95
    near_attainment: float = 0.85
    near_critical_gaps: float = 1
    least_coverage: float = 0.8
    evidence_change: float = 2
    self_manager_difference: float = 2
    observations_wanted: float = 2
    paper: str = "A4"
    language: str = "en-GB"
    time_zone: str = "UTC"
    working_days: str = "Mon;Tue;Wed;Thu;Fri"
    holidays: str = ""
    document_folder: str = "{cycle}/{manager}"
    document_name: str = "{kind} {name} {id}"
    equity_columns: str = ""
    backups_kept: float = 10
    retention_months: float = 36
