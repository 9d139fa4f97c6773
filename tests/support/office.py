"""LibreOffice for tests: convert a file, with every formula calculated anew if wanted."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

# Without this setting LibreOffice trusts the values stored in the file, and a test of formulas would prove nothing.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def require_tool(name: str) -> str:
    """The path of an office program; a visible skip where it is absent, a failure where tools are required."""
    found = shutil.which(name)
    if found:
        return found
    if os.environ.get("CAREERSHEETS_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{name} is required here and is not installed")
    pytest.skip(f"{name} is not installed")


def convert(path: Path, to: str, out_dir: Path, recalc: bool = True) -> Path:
    """Convert one file; see `convert_all`."""
    return convert_all([path], to, out_dir, recalc)[0]


def convert_all(paths: Sequence[Path], to: str, out_dir: Path, recalc: bool = True) -> list[Path]:
    """Convert `paths` with one start of LibreOffice, in a profile of its own.

    Args:
        paths: the files to convert, of different names.
        to: the extension of the results, `xlsx` or `pdf`.
        out_dir: where the results go; another folder than that of `paths`.
        recalc: calculate every formula, whatever values are stored.
    """
    soffice = require_tool("soffice")
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="office", ignore_cleanup_errors=True) as profile:
        settings = Path(profile, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        if recalc:
            settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        profile_option = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [soffice, "--headless", profile_option, "--convert-to", to, "--outdir", out_dir, *paths]
        run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    results = [out_dir / f"{path.stem}.{to}" for path in paths]
    missing = [result.name for result in results if not result.is_file()]
    assert not missing, f"LibreOffice did not make {missing}: {run.stderr.strip()}"
    return results
