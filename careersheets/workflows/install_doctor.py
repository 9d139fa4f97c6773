"""Says what is missing before the buttons can work, and what to do about it, in HR's words."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .install import Machine, read_settings_file
from .shipped import shipped_folder

_SECONDS = 30
_ZONE = ":Zone.Identifier"
UNBLOCK = (
    "Windows blocks macros of files from the internet. Close the workbook, right-click it, choose Properties, tick "
    "Unblock, and press OK."
)
TRUST = (
    "Or let Excel trust the folder: File > Options > Trust Center > Trust Center Settings > Trusted Locations > Add new "
    "location."
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at: whether it is in order, what it is, and what to do if it is not."""

    in_order: bool
    what: str
    fix: str = ""


def examine(machine: Machine, workbook: Path | None = None) -> list[Diagnosis]:
    """Everything the buttons need, in the order in which it is put right."""
    return [
        *_system(machine),
        *_settings(machine),
        *_python(machine),
        *_templates(),
        *_workbook(machine, workbook),
    ]


def _system(machine: Machine) -> Iterator[Diagnosis]:
    known = machine.system in ("win32", "darwin")
    yield Diagnosis(
        known,
        "Buttons in Excel work on Windows and macOS."
        if not known
        else "This computer can run buttons in Excel.",
        "" if known else 'Here, use: careersheets press careers.xlsm "Check scores".',
    )


def _settings(machine: Machine) -> Iterator[Diagnosis]:
    named = read_settings_file(machine).get(machine.setting, "")
    fix = "Run: careersheets install"
    if not named:
        yield Diagnosis(False, "The buttons do not know yet where careersheets is.", fix)
    else:
        same = Path(named) == machine.python
        what = (
            "The buttons know where careersheets is."
            if same
            else f"The buttons start another installation: {named}."
        )
        yield Diagnosis(same, what, "" if same else fix)
    if machine.script_file is not None:
        there = machine.script_file.is_file()
        what = "Excel may start programs." if there else "Excel may not start programs yet."
        yield Diagnosis(there, what, "" if there else fix)


def _python(machine: Machine) -> Iterator[Diagnosis]:
    """Whether the interpreter that the buttons start can do their work."""
    named = Path(read_settings_file(machine).get(machine.setting, "") or machine.python)
    command = [str(named), "-c", "import careersheets.surfaces.macros"]
    try:
        worked = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).returncode == 0  # noqa: S603 - the interpreter named in our own settings
    except (OSError, subprocess.TimeoutExpired):
        worked = False
    what = (
        "careersheets starts."
        if worked
        else "careersheets does not start: it was moved, or installed only in part."
    )
    yield Diagnosis(
        worked, what, "" if worked else "Install careersheets again, then run: careersheets install"
    )


def _templates() -> Iterator[Diagnosis]:
    shipped = shipped_folder("workbook_templates") / "careers.xlsm"
    there = shipped.is_file()
    what = "The workbook with buttons is there." if there else "The workbook with buttons is missing."
    yield Diagnosis(there, what, "" if there else "Install careersheets again.")


def _workbook(machine: Machine, workbook: Path | None) -> Iterator[Diagnosis]:
    if workbook is None:
        return
    if not zipfile.is_zipfile(workbook):
        yield Diagnosis(
            False, f'"{workbook.name}" is no workbook, or it is open.', "Close it, and give its name."
        )
        return
    with zipfile.ZipFile(workbook) as archive:
        has_macros = "xl/vbaProject.bin" in archive.namelist()
    what = f'"{workbook.name}" has buttons.' if has_macros else f'"{workbook.name}" has no buttons.'
    yield Diagnosis(
        has_macros, what, "" if has_macros else "Take the .xlsm, or use the ribbon of careersheets.xlam."
    )
    if machine.system == "win32":
        blocked = Path(f"{workbook}{_ZONE}").exists()
        what = "Windows blocks its macros." if blocked else "Windows does not block its macros."
        yield Diagnosis(not blocked, what, f"{UNBLOCK} {TRUST}" if blocked else "")
