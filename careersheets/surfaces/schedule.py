"""A timer of the operating system that syncs a workbook: the files it takes, and the command that switches it on."""

from __future__ import annotations

import hashlib
import plistlib
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from xml.sax.saxutils import escape

from ..model.errors import InputError

SYSTEMS = ("linux", "darwin", "win32")
# A run may take this long; documents for a whole company do.
_MINUTES_AT_MOST = 60
_SERVICE = """\
[Unit]
Description=careersheets: sync {book}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}
TimeoutStartSec={most}min
Nice=5
SuccessExitStatus=1 75
"""
_TIMER = """\
[Unit]
Description=careersheets: sync {book} every {minutes} minutes

[Timer]
OnBootSec=2min
OnUnitActiveSec={minutes}min
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""
_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>careersheets: sync {book} every {minutes} minutes</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{minutes}M</Interval>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT{most}M</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The files of a timer by path, and the commands that switch it on and off, typed by the administrator."""

    files: dict[PurePath, bytes]
    switch_on: tuple[str, ...]
    switch_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """What a timer is for: the path or address of the workbook, its name for people, the folder to run in, how often."""

    what: str
    book: str
    folder: PurePath
    minutes: int

    @property
    def name(self) -> str:
        """The timer's, the same for every interval."""
        return (
            f"careersheets-sync-{hashlib.sha256(self.what.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        )


def build_schedule(system: str, command: Sequence[str], timed: Timed, home: PurePath) -> Schedule:
    """A timer for `command` on one of `SYSTEMS`.

    Args:
        system: as `sys.platform` calls it; any other is taken for Linux.
        command: program and arguments.
        timed: what it is for.
        home: the user's folder.
    """
    if system == "darwin":
        return _launchd(command, timed, home)
    if system == "win32":
        return _windows(command, timed, home)
    return _systemd(command, timed, home)


def write_schedule(schedule: Schedule) -> list[Path]:
    """Write its files; nothing is switched on.

    Raises:
        InputError: one cannot be written.
    """
    for path, data in schedule.files.items():
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(data)
        except OSError as error:
            raise InputError(
                f'"{path.name}" cannot be written to "{path.parent}". Check that you may write there.'
            ) from error
    return [Path(path) for path in schedule.files]


def remove_schedule(schedule: Schedule) -> list[Path]:
    """Delete its files; those that were there.

    Raises:
        InputError: one cannot be deleted.
    """
    there = [Path(path) for path in schedule.files if Path(path).exists()]
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise InputError(
                f'"{path.name}" cannot be deleted. Delete it by hand in "{path.parent}".'
            ) from error
    return there


def _systemd(command: Sequence[str], timed: Timed, home: PurePath) -> Schedule:
    place, name = home / ".config" / "systemd" / "user", timed.name
    service = _SERVICE.format(
        book=_unit_text(timed.book),
        folder=_unit_text(str(timed.folder)),
        command=" ".join(map(_unit_word, command)),
        most=_MINUTES_AT_MOST,
    )
    timer = _TIMER.format(book=_unit_text(timed.book), minutes=timed.minutes)
    return Schedule(
        {place / f"{name}.service": service.encode(), place / f"{name}.timer": timer.encode()},
        (
            "systemctl --user daemon-reload",
            f"systemctl --user enable --now {name}.timer",
            "loginctl enable-linger",
        ),
        (f"systemctl --user disable --now {name}.timer",),
    )


def _launchd(command: Sequence[str], timed: Timed, home: PurePath) -> Schedule:
    label = f"org.careersheets.{timed.name.removeprefix('careersheets-')}"
    file = home / "Library" / "LaunchAgents" / f"{label}.plist"
    content = {
        "Label": label,
        "ProgramArguments": list(command),
        "WorkingDirectory": str(timed.folder),
        "StartInterval": timed.minutes * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    return Schedule(
        {file: plistlib.dumps(content, sort_keys=False)},
        (f"launchctl bootstrap gui/$(id -u) {shlex.quote(str(file))}",),
        (f"launchctl bootout gui/$(id -u)/{label}",),
    )


def _windows(command: Sequence[str], timed: Timed, home: PurePath) -> Schedule:
    file = home / "AppData" / "Local" / "careersheets" / f"{timed.name}.xml"
    text = _TASK.format(
        book=escape(timed.book),
        minutes=timed.minutes,
        most=_MINUTES_AT_MOST,
        program=escape(command[0]),
        arguments=escape(subprocess.list2cmdline(command[1:])),
        folder=escape(str(timed.folder)),
    )
    return Schedule(
        {file: text.replace("\n", "\r\n").encode("utf-16")},
        (f'schtasks /Create /TN "{timed.name}" /XML "{file}"',),
        (f'schtasks /Delete /TN "{timed.name}" /F',),
    )


def _unit_word(word: str) -> str:
    """A word of ExecStart: quoted, and with no sign that systemd would replace."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$").replace("%", "%%")
    return f'"{escaped}"' if set(word) & set(" \t'\";\\") or not word else escaped


def _unit_text(text: str) -> str:
    return text.replace("%", "%%").replace("\n", " ")
