"""Make .venv beside the project and install what uv.lock names into it, hashes checked.

Needs only Python 3.11 and the package registry. Used by demo.py and test.py.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = "uv==0.13.9"
OLDEST = (3, 11)


def environment(*, development: bool) -> Path:
    """The Python of .venv, with everything installed.

    Args:
        development: with the tools and libraries that only tests need.
    """
    if sys.version_info < OLDEST:
        sys.exit(
            f"careersheets needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}."
        )
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = folder / ".installed", _fingerprint(development)
    if python.exists() and stamp.exists() and wanted in stamp.read_text("utf-8").split():
        return python
    if not python.exists():
        print("Making .venv ...", flush=True)
        venv.create(folder, with_pip=True, clear=folder.exists())
    _install(python, development)
    known = stamp.read_text("utf-8") if stamp.exists() else ""
    stamp.write_text(wanted if development else f"{known} {wanted}", "utf-8")
    return python


def run(command: list[str | Path]) -> int:
    """Run a command of the environment in the project's folder; its exit code."""
    return subprocess.call([str(part) for part in command], cwd=ROOT)


def _fingerprint(development: bool) -> str:
    lock = (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(lock).hexdigest()[:16] + ("-dev" if development else "-core")


def _install(python: Path, development: bool) -> None:
    print("Installing what uv.lock names ...", flush=True)
    steps = [
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV],
        [python, "-m", "uv", "sync", "--frozen", "--quiet", "--compile-bytecode", "--inexact"]
        + (["--all-extras"] if development else ["--no-dev"]),
    ]
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"), "UV_PYTHON": str(python)}
    for step in steps:
        if subprocess.call([str(part) for part in step], cwd=ROOT, env=environment):
            sys.exit(
                "The packages could not be installed. Is the package registry within reach? Then try again."
            )
