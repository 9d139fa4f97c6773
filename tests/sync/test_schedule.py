"""Timers of the three systems: the very text of their files, and what is typed to switch them on."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
from pathlib import Path, PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest

from careersheets.model.errors import AccessDenied, AnotherRunActive, RemoteError, UsageError
from careersheets.surfaces.cli.syncing import go_on, minutes_of
from careersheets.surfaces.schedule import Timed, build_schedule, remove_schedule, write_schedule

pytestmark = pytest.mark.requirement("X8")

HOME = PurePosixPath("/home/noor")
TIMED = Timed("/srv/hr/careers.xlsx", "careers.xlsx", PurePosixPath("/srv/hr"), 15)
COMMAND = ["/opt/careersheets/bin/python", "-m", "careersheets.surfaces.cli", "sync", TIMED.what, "--once"]


def test_systemd_gets_a_service_and_a_timer() -> None:
    schedule = build_schedule("linux", COMMAND, TIMED, HOME)
    (service, service_text), (timer, timer_text) = schedule.files.items()
    assert service.parent == timer.parent == HOME / ".config/systemd/user"
    assert [service.name, timer.name] == [f"{TIMED.name}.service", f"{TIMED.name}.timer"]
    assert service_text.decode() == (
        "[Unit]\n"
        "Description=careersheets: sync careers.xlsx\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        "WorkingDirectory=/srv/hr\n"
        "ExecStart=/opt/careersheets/bin/python -m careersheets.surfaces.cli sync /srv/hr/careers.xlsx --once\n"
        "TimeoutStartSec=60min\n"
        "Nice=5\n"
        "SuccessExitStatus=1 75\n"
    )
    assert timer_text.decode() == (
        "[Unit]\n"
        "Description=careersheets: sync careers.xlsx every 15 minutes\n"
        "\n"
        "[Timer]\n"
        "OnBootSec=2min\n"
        "OnUnitActiveSec=15min\n"
        "RandomizedDelaySec=30\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )
    assert schedule.switch_on[:2] == (
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {TIMED.name}.timer",
    )
    assert schedule.switch_off == (f"systemctl --user disable --now {TIMED.name}.timer",)


def test_launchd_gets_a_property_list() -> None:
    schedule = build_schedule("darwin", COMMAND, TIMED, PurePosixPath("/Users/noor"))
    ((file, text),) = schedule.files.items()
    label = f"org.careersheets.{TIMED.name.removeprefix('careersheets-')}"
    assert file == PurePosixPath(f"/Users/noor/Library/LaunchAgents/{label}.plist")
    assert plistlib.loads(text) == {
        "Label": label,
        "ProgramArguments": COMMAND,
        "WorkingDirectory": "/srv/hr",
        "StartInterval": 900,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    assert schedule.switch_on == (f"launchctl bootstrap gui/$(id -u) {file}",)


def test_windows_gets_a_task() -> None:
    folder = PureWindowsPath(r"C:\HR & People")
    timed = Timed(r"C:\HR & People\careers.xlsx", "careers.xlsx", folder, 60)
    command = [r"C:\careersheets\python.exe", "-m", "careersheets.surfaces.cli", "sync", timed.what, "--once"]
    schedule = build_schedule("win32", command, timed, PureWindowsPath(r"C:\Users\Noor"))
    ((file, data),) = schedule.files.items()
    assert str(file) == rf"C:\Users\Noor\AppData\Local\careersheets\{timed.name}.xml"
    assert data[:2] == b"\xff\xfe"
    task = ET.fromstring(data.decode("utf-16"))  # noqa: S314 - our own text
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    texts = {element.tag.removeprefix(space): (element.text or "").strip() for element in task.iter()}
    assert texts["Command"] == r"C:\careersheets\python.exe"
    assert texts["Arguments"] == r'-m careersheets.surfaces.cli sync "C:\HR & People\careers.xlsx" --once'
    assert texts["WorkingDirectory"] == r"C:\HR & People"
    assert texts["Interval"] == "PT60M"
    assert texts["MultipleInstancesPolicy"] == "IgnoreNew"
    assert schedule.switch_on == (f'schtasks /Create /TN "{timed.name}" /XML "{file}"',)
    assert schedule.switch_off == (f'schtasks /Delete /TN "{timed.name}" /F',)


@pytest.mark.parametrize(
    "word", ["/srv/HR und Recht/careers.xlsx", "/srv/100%/a.xlsx", '/srv/"x"/a$b.xlsx', "/srv/a;b"]
)
def test_no_sign_in_a_path_means_something_to_systemd(word: str, tmp_path: Path) -> None:
    timed = Timed(word, word, PurePosixPath("/srv"), 15)
    schedule = build_schedule("linux", ["/bin/true", "sync", word], timed, PurePosixPath(tmp_path))
    write_schedule(schedule)
    service = next(Path(path) for path in schedule.files if path.suffix == ".service")
    line = next(it for it in service.read_text("utf-8").splitlines() if it.startswith("ExecStart="))
    assert line.count("%") == 2 * word.count("%")
    assert line.count("$") == 2 * word.count("$")
    if shutil.which("systemd-analyze"):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--user", str(service)], capture_output=True, text=True, check=False
        )
        assert service.name not in done.stderr, done.stderr


def test_files_are_written_and_deleted_again(tmp_path: Path) -> None:
    schedule = build_schedule("linux", COMMAND, TIMED, PurePosixPath(tmp_path))
    written = write_schedule(schedule)
    assert all(path.exists() for path in written)
    assert remove_schedule(schedule) == written
    assert remove_schedule(schedule) == []


def test_another_interval_has_the_same_files() -> None:
    hourly = Timed(TIMED.what, TIMED.book, TIMED.folder, 60)
    assert hourly.name == TIMED.name


@pytest.mark.parametrize(("text", "minutes"), [("15m", 15), ("1 min", 1), ("2h", 120), ("24h", 1440)])
def test_intervals_are_minutes_or_hours(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "0m", "25h", "15", "soon", "-5m", "1.5h"])
def test_other_intervals_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="from 1m to 24h"):
        minutes_of(text)


class Stop(Exception):
    pass


def waits(errors: list[Exception | None]) -> list[float]:
    """How long each run is waited for, when the runs end as told; the last one stops it all."""
    left, waited = iter(errors), []

    def once() -> int:
        error = next(left, Stop())
        if error is not None:
            raise error
        return 0

    with pytest.raises(Stop):
        go_on(once, 60, waited.append)
    return waited


def test_runs_come_later_while_another_computer_fails_and_on_time_again_after() -> None:
    gone = RemoteError("Google does not answer.")
    assert waits([None, gone, gone, gone, gone, None]) == [60, 120, 240, 480, 480, 60]
    assert waits([AnotherRunActive("careers.xlsx"), None]) == [60, 60]


def test_what_cannot_be_right_stops_the_first_run_and_not_a_later_one() -> None:
    assert waits([None, AccessDenied("Not shared any more."), None]) == [60, 60, 60]
    with pytest.raises(AccessDenied):
        go_on(lambda: (_ for _ in ()).throw(AccessDenied("No key.")), 60, lambda _: None)
