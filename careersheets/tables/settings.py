"""The workbook's settings, typed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..model.findings import Finding, Rule, Severity
from ..vocabulary.settings import FOLDER_FIELDS, NAME_FIELDS, SETTINGS, Cycles, Setting, Settings
from .headers import fold
from .mail_address import is_address
from .name_patterns import braced, folder_pattern, name_pattern
from .tables import Tables
from .working_calendar import days_of, weekdays_of, zone_of

BAD_SETTING = Rule(
    "CS030",
    Severity.ERROR,
    '"{value}" cannot be used for "{name}"; {default} is used instead.',
    "Enter {wanted}.",
    "Numbers and documents follow the default until it is mended.",
)
UNKNOWN_SETTING = Rule(
    "CS031",
    Severity.WARNING,
    'there is no setting "{name}".{likely}',
    "Use a name from the list of settings, or delete the row.",
    "The row has no effect.",
)
NEAR_ABOVE_READY = Rule(
    "CS032",
    Severity.WARNING,
    '"Near from attainment" is {near}, which is above "Ready from attainment", {ready}.',
    "Enter for Near a share below that for Ready.",
    "Nobody is ever near a level: whoever reaches this share is ready.",
)
_FORMS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "time zone": (zone_of, "a time zone as Europe/Lisbon or Asia/Tokyo"),
    "weekdays": (weekdays_of, "days as Mon;Tue;Wed;Thu;Fri"),
    "folder pattern": (folder_pattern, f"a pattern with no other fields than {braced(FOLDER_FIELDS)}"),
    "name pattern": (name_pattern, f"a pattern with no other fields than {braced(NAME_FIELDS)}"),
    "days": (days_of, "days as 2026-12-25;2027-01-01"),
    "e-mail": (lambda text: is_address(text) or None, "one e-mail address, such as people@example.com"),
}


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
    conversations_a_week: float = 3
    stuck_after_months: float = 36
    document_folder: str = "{cycle}/{manager}"
    document_name: str = "{kind} {name} {id}"
    equity_columns: str = ""
    backups_kept: float = 10
    retention_months: float = 36
    hr_email: str = ""


def read_settings(tables: Tables) -> tuple[WorkbookSettings, list[Finding]]:
    """The settings of the sheet Settings, defaults for what is blank, missing or unusable."""
    known = {fold(setting.name): setting for setting in SETTINGS}
    cycles = set(tables.frame(Cycles)["cycle"].dropna())
    table = tables[Settings]
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    findings: list[Finding] = []
    for row, name, text in zip(table.frame.index, table.frame["setting"], table.frame["value"], strict=True):
        setting = known.get(fold(name)) if isinstance(name, str) else None
        if setting is None:
            findings += (
                [_unknown(table.sheet, table.cell(row, "setting"), name)] if isinstance(name, str) else []
            )
        elif isinstance(text, str):
            value = _usable(setting, text)
            if setting.key == "current_cycle" and text not in cycles:
                value = None
            if value is None:
                findings.append(_bad(table.sheet, table.cell(row, "value"), setting, text))
            else:
                values[setting.key] = value
                places[setting.key] = table.cell(row, "value")
    read = WorkbookSettings(**values)
    return read, [*findings, *_near_above_ready(read, places, table.sheet)]


def _usable(setting: Setting, text: str) -> str | float | None:
    """`text` as the setting's value, or None."""
    if isinstance(setting.default, str):
        spelling = {choice.casefold(): choice for choice in setting.choices}
        if setting.choices:
            return spelling.get(text.casefold())
        return text if not setting.form or _FORMS[setting.form][0](text) is not None else None
    percent = text.endswith("%")
    try:
        number = float(text.rstrip("% ").replace(",", ".")) / (100 if percent else 1)
    except ValueError:
        return None
    within = (setting.low is None or number >= setting.low) and (
        setting.high is None or number <= setting.high
    )
    return number if within else None


def _bad(sheet: str, cell: str, setting: Setting, text: str) -> Finding:
    if setting.key == "current_cycle":
        wanted = "a cycle of the sheet Cycles, or leave it empty for the open one"
    elif setting.choices:
        wanted = " or ".join(setting.choices)
    elif setting.form:
        wanted = _FORMS[setting.form][1]
    else:
        share = ", or a share as 85 %" if setting.high == 1 else ""
        wanted = f"a number from {setting.low:g} to {setting.high:g}{share}"
    values: dict[str, object] = {
        "value": text,
        "name": setting.name,
        "default": setting.default,
        "wanted": wanted,
    }
    return BAD_SETTING.found(sheet, cell, values=values)


def _near_above_ready(read: WorkbookSettings, places: Mapping[str, str], sheet: str) -> list[Finding]:
    if read.near_attainment <= read.ready_attainment:
        return []
    cell = places.get("near_attainment") or places["ready_attainment"]
    shares: dict[str, object] = {
        "near": f"{read.near_attainment:.4g}",
        "ready": f"{read.ready_attainment:.4g}",
    }
    return [NEAR_ABOVE_READY.found(sheet, cell, values=shares)]


def _unknown(sheet: str, cell: str, name: str) -> Finding:
    likely = difflib.get_close_matches(name, [setting.name for setting in SETTINGS], 1)
    hint = f' "{likely[0]}" may be meant.' if likely else ""
    return UNKNOWN_SETTING.found(sheet, cell, values={"name": name, "likely": hint})
