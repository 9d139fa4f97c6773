"""`careersheets sync` on the address of a Google Sheet: the whole way, from the key file to the answer in its row."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook
from tests.analysis.test_by_hand import workbook as example

from .test_google_setup import ACCOUNT, SHEET, Setup, pair, setup  # noqa: F401 - fixtures
from .test_sync_google import spreadsheet_of

pytestmark = pytest.mark.requirement("X8")


def test_a_sheet_is_synced_by_its_address_and_then_left_alone(setup: Setup, tmp_path: Path) -> None:  # noqa: F811
    build_workbook(tmp_path / "careers.xlsx", example())
    google = setup.server.google
    number = spreadsheet_of(google, tmp_path / "careers.xlsx").id
    google.access[number][ACCOUNT] = "writer"
    folder = tmp_path / "hr"
    folder.mkdir()
    (folder / "careersheets.toml").write_text(
        f'[google]\nkey_file = "{setup.key_file.as_posix()}"\n', "utf-8"
    )

    program = [sys.executable, "-m", "careersheets.surfaces.cli"]

    def sync() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, "sync", SHEET.format(number), "--once", "--every", "15m", "--folder", str(folder)],
            capture_output=True,
            text=True,
            check=False,
            env={
                "HOME": str(tmp_path),
                "XDG_DATA_HOME": str(tmp_path / "data"),
                "PATH": "/usr/bin:/bin",
                "CAREERSHEETS_GOOGLE_ROOT": setup.server.url,
                "CAREERSHEETS_LOGS": str(tmp_path / "logs"),
            },
        )

    first = sync()
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Careers 2026: Checked: ")
    assert sync().stdout == "Careers 2026: Nothing new.\n"
    setup.server.start_counting()
    idle = sync()
    assert idle.stdout == "Careers 2026: Nothing new.\n"
    assert setup.server.methods == ["token", "files.get"]
