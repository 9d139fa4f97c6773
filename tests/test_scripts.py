"""The two commands, and what stands around them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"
SUITES = sorted(path.stem for path in (SCRIPTS / "benches").glob("[a-z]*.py"))


def python(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_too_old_a_python_is_told_in_a_sentence() -> None:
    code = "import sys; sys.version_info = (3, 10, 2); import setup_environment as s; s.environment(development=False)"
    done = python("-c", code, cwd=SCRIPTS)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("careersheets needs Python 3.11 or newer; this is ")
    assert done.stderr.count("\n") == 1


def test_a_registry_out_of_reach_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPTS / "setup_environment.py", tmp_path / "scripts")
    for name in ("uv.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "HOME": str(tmp_path)}
    code = "import setup_environment as s; s.environment(development=False)"
    done = python("-c", code, cwd=tmp_path / "scripts", env={**known, **nowhere})
    assert done.returncode == 1
    assert "Is the package registry within reach?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_goes_to_a_free_folder(tmp_path: Path) -> None:
    for name in ("demo.py", "setup_environment.py"):
        (tmp_path / "scripts").mkdir(exist_ok=True)
        shutil.copy(SCRIPTS / name, tmp_path / "scripts")
    code = "import demo; print(demo.free_folder())"
    assert python("-c", code, cwd=tmp_path / "scripts").stdout.strip() == "demo"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo-2").mkdir()
    assert python("-c", code, cwd=tmp_path / "scripts").stdout.strip() == "demo-3"


@pytest.mark.parametrize(
    ("given", "expected"),
    [([], "-n auto --dist worksteal"), (["-n0"], ""), (["-k", "gap"], "-n auto --dist worksteal")],
)
def test_tests_use_every_core_unless_told_otherwise(given: list[str], expected: str) -> None:
    done = python("-c", f"import test; print(*test.options({given}))", cwd=SCRIPTS)
    assert done.stdout.strip() == expected


@pytest.mark.parametrize("suite", SUITES)
def test_each_suite_says_what_it_measures(suite: str) -> None:
    code = f"import {suite}; print(bool({suite}.__doc__) and callable({suite}.run))"
    assert python("-c", code, cwd=SCRIPTS / "benches").stdout.strip() == "True"


def test_an_unknown_suite_is_told_with_those_there_are() -> None:
    done = python("bench.py", "nothing", cwd=SCRIPTS)
    assert done.returncode == 2
    assert all(suite in done.stderr for suite in SUITES)


def test_a_suite_is_a_table_or_json(tmp_path: Path) -> None:
    (tmp_path / "benches").mkdir()
    shutil.copy(SCRIPTS / "bench.py", tmp_path)
    (tmp_path / "benches" / "toy.py").write_text(
        "def run():\n    return {'figures': {'ours (s)': 1.0}, 'ratios': {'a loop': 2.5}}\n", "utf-8"
    )
    assert "times faster than a loop" in python("bench.py", "toy", cwd=tmp_path).stdout
    result = json.loads(python("bench.py", "toy", "--json", cwd=tmp_path).stdout)
    assert result["ratios"] == {"a loop": 2.5}
    assert {"suite", "machine", "date", "figures"} < set(result)


def test_requirements_are_listed_with_their_tests() -> None:
    done = python("test.py", "--requirements", "-p", "no:cacheprovider", cwd=SCRIPTS)
    assert done.returncode == 0, done.stdout
    assert "\nG2 " in done.stdout
    assert " of 64 requirements have tests" in done.stdout
