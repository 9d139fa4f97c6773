"""Make .venv beside the project and install what uv.lock names into it, hashes checked.

Needs only Python 3.11 and the package registry; nothing outside the project's folder is changed but caches. Used by
demo.py and test.py.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
STAMP = FOLDER / ".installed"
UV = "uv==0.13.9"
OLDEST = (3, 11)


def environment(*, development: bool) -> Path:
    """The Python of .venv, with everything installed; made only if something is missing.

    Args:
        development: with the tools and libraries that only tests need.
    """
    if sys.version_info < OLDEST:
        sys.exit(f"careersheets needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if Path(sys.prefix).resolve() == FOLDER.resolve() or _fingerprint(development) in _stamps():
        return python
    _make_folder(python)
    _install(python, development)
    wanted = [_fingerprint(False), *([_fingerprint(True)] if development else [])]
    STAMP.write_text("\n".join(wanted), "utf-8")
    return python


def run(command: list[str | Path]) -> int:
    """Run a command of the environment in the project's folder; its exit code."""
    try:
        return subprocess.call([str(part) for part in command], cwd=ROOT)
    except KeyboardInterrupt:
        return 130


def _fingerprint(development: bool) -> str:
    files = (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(files + str(FOLDER).encode()).hexdigest()[:16] + (
        "-dev" if development else "-core"
    )


def _stamps() -> list[str]:
    return STAMP.read_text("utf-8").split() if STAMP.exists() else []


def _make_folder(python: Path) -> None:
    has_pip = python.exists() and not subprocess.call(
        [str(python), "-c", "import pip"], stderr=subprocess.DEVNULL
    )
    if has_pip:
        return
    print("Making .venv ...", flush=True)
    try:
        venv.create(FOLDER, with_pip=True, clear=FOLDER.exists())
    except subprocess.CalledProcessError:
        sys.exit(
            "This Python lacks the modules venv and ensurepip. On Debian and Ubuntu: apt install python3-venv."
        )


def _install(python: Path, development: bool) -> None:
    print("Installing what uv.lock names ...", flush=True)
    groups = ["--all-extras"] if development else ["--no-dev", "--inexact"]
    own = {"UV_PROJECT_ENVIRONMENT": str(FOLDER), "UV_PYTHON": str(python), "UV_PYTHON_DOWNLOADS": "never"}
    # The system's certificates, because a company's own proxy is known only there.
    uv = [
        str(python),
        "-m",
        "uv",
        "--system-certs",
        "sync",
        "--frozen",
        "--quiet",
        "--compile-bytecode",
        *groups,
    ]
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV]
    environment = {**os.environ, **own}
    if subprocess.call(pip, cwd=ROOT, env=environment) or subprocess.call(uv, cwd=ROOT, env=environment):
        sys.exit("The packages could not be installed. Is the package registry within reach? Then try again.")
