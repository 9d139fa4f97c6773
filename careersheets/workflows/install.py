"""Make the buttons of the workbook find this Python: one settings file per user, and on macOS one script of xlwings'."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import AccessDenied

# The macros of careers.xlsm and careersheets.xlam look for their settings under this name, so that no other workbook
# with xlwings is touched.
NAME = "careersheets"
_MAC_DATA = Path("Library", "Containers", "com.microsoft.Excel", "Data")
_MAC_SCRIPTS = Path("Library", "Application Scripts", "com.microsoft.Excel")


@dataclass(frozen=True, slots=True)
class Machine:
    """What the installation depends on.

    `system` is as `sys.platform` says it; `python` the interpreter that the buttons are to start.
    """

    system: str
    home: Path
    python: Path

    @property
    def settings_file(self) -> Path:
        """Where the macros look for their settings."""
        if self.system == "darwin":
            return self.home / _MAC_DATA / f"{NAME}.conf"
        return self.home / f".{NAME}" / f"{NAME}.conf"

    @property
    def script_file(self) -> Path | None:
        """Where macOS keeps the script through which Excel may start a program; None elsewhere."""
        if self.system != "darwin":
            return None
        return self.home / _MAC_SCRIPTS / _script_name()

    @property
    def setting(self) -> str:
        """The setting that says which interpreter."""
        return "INTERPRETER_MAC" if self.system == "darwin" else "INTERPRETER_WIN"


def this_machine() -> Machine:
    """The machine this runs on."""
    return Machine(sys.platform, Path.home(), Path(sys.executable))


def install(machine: Machine) -> list[Path]:
    """Write the settings, and on macOS the script; the files written. Other settings in the file stay.

    Raises:
        AccessDenied: one may not write there.
    """
    written = [machine.settings_file]
    try:
        settings = read_settings_file(machine) | _wanted(machine)
        machine.settings_file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f'"{name}","{value}"' for name, value in settings.items()]
        machine.settings_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if machine.script_file is not None:
            machine.script_file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_shipped_script(), machine.script_file)
            written.append(machine.script_file)
    except OSError as error:
        raise AccessDenied(
            f'"{machine.settings_file}" cannot be written. Check that the folder is yours, then run install again.'
        ) from error
    return written


def remove(machine: Machine) -> list[Path]:
    """Take back what `install` wrote; the files removed. xlwings' script stays, for other workbooks may use it."""
    if not machine.settings_file.is_file():
        return []
    machine.settings_file.unlink()
    return [machine.settings_file]


def read_settings_file(machine: Machine) -> dict[str, str]:
    """The settings that are there, by name."""
    try:
        lines = machine.settings_file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.strip().strip('"').split('","', 1) for line in lines if line.count('","') == 1)
    return {name.upper(): value for name, value in pairs}


def _wanted(machine: Machine) -> dict[str, str]:
    return {
        machine.setting: str(machine.python),
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "USE UDF SERVER": "False",
    }


def _script_name() -> str:
    return f"xlwings-{importlib.metadata.version('xlwings')}.applescript"


def _shipped_script() -> Path:
    """The script that xlwings brings, found without starting xlwings."""
    found = importlib.util.find_spec("xlwings")
    if found is None or found.origin is None:
        raise FileNotFoundError("xlwings")
    return Path(found.origin).parent / _script_name()
