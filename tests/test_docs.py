"""What the pages say is true: their commands run and print what is shown, their links lead somewhere, nothing is stale."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from careersheets.analysis.readiness import compute_readiness, readiness_bands
from careersheets.tables.settings import WorkbookSettings

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
PROGRAMS = {
    "python3": [sys.executable],
    "careersheets": [sys.executable, "-m", "careersheets.surfaces.cli"],
}

_CONSOLE = re.compile(r"^```console\n\$ (.+?)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?:\]\(|src=\")([^)#\"]+)(?:#[^)]*)?[)\"]")
# The cycle the demo's day lies in.
_CYCLE = re.compile(r"20\d\d-H[12]")


def shown(page: Path) -> Iterator[tuple[str, str]]:
    """Each command of a page that is shown with its output."""
    yield from ((match[1], match[2]) for match in _CONSOLE.finditer(page.read_text("utf-8")))


def run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    if arguments and arguments[0].startswith("scripts/"):
        arguments = [str(ROOT / arguments[0]), *_smaller(arguments, folder)]
    done = subprocess.run(
        [*PROGRAMS[program], *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def _smaller(arguments: list[str], folder: Path) -> list[str]:
    """The demo goes to a folder of the test; all tests inside a test would never end, so a few stand for them."""
    if arguments[0] == "scripts/test.py":
        return ["-n0", "-p", "no:cacheprovider", "tests/test_scripts.py", "-k", "suite"]
    return [str(folder / "demo"), *arguments[1:]]


def as_pattern(text: str) -> re.Pattern[str]:
    """`...` stands for anything, alone in a line for any lines, and a cycle for the one the day lies in."""
    pattern = re.escape(_CYCLE.sub("@cycle@", text.strip()))
    for shown_as, stands_for in (("...\n", "(?:.*\n)?"), ("...", ".*"), ("@cycle@", _CYCLE.pattern)):
        pattern = pattern.replace(re.escape(shown_as), stands_for)
    return re.compile(pattern, re.DOTALL)


@pytest.mark.parametrize("page", [page for page in PAGES if any(shown(page))], ids=lambda page: page.name)
def test_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    for command, output in shown(page):
        assert output.strip(), f"{command} is shown without its output"
        printed = run(command, tmp_path).strip()
        assert as_pattern(output).fullmatch(printed), f"$ {command}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in _LINK.findall(page.read_text("utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/build_docs.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_place_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![.\w])/(work|root|home|tmp|Users)/", page.read_text("utf-8"))


def test_every_dependency_says_why_it_is_there() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    named = set(re.findall(r'^  "([a-z0-9-]+)(?:\[\w+\])?>=', project, re.MULTILINE))
    named |= set(re.findall(r'\["([a-z0-9-]+)>=', project)) - {"hatchling"}
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert sorted(name for name in named if not re.search(rf"^\|[^|]*\b{name}\b", told, re.MULTILINE)) == []


def worked_example(page: str) -> pd.DataFrame:
    """The table of the example as the rows of gaps it stands for."""
    table = page[page.index("| Competency | Weight |") :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    gaps = pd.DataFrame(
        [(name, float(weight), critical == "yes", float(required), pd.to_numeric(current, errors="coerce"))
         for name, weight, critical, required, current, *_ in cells],
        columns=["competency", "weight", "critical", "required", "current"],
    )  # fmt: skip
    low = (~gaps["competency"].eq("Incident response")).astype(float)
    return gaps.assign(
        employee_id="1", target_level="E3", low=low, step=1.0, gap=gaps["required"] - gaps["current"]
    )


def test_the_worked_example_is_right() -> None:
    page = (ROOT / "docs" / "how-it-is-calculated.md").read_text("utf-8")
    readiness = compute_readiness(worked_example(page))
    for name in ("coverage", "attainment", "share_met"):
        assert f"**{100 * readiness[name].iloc[0]:.3g} %**" in page, name
    assert f"Rosa is **{readiness_bands(readiness, WorkbookSettings()).iloc[0]}**" in page
