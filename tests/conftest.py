"""Options and marks of the tests."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

# Every id of the product's requirements, group by group.
REQUIREMENTS = [
    f"{group}{number}"
    for group, last in (("F", 9), ("E", 10), ("G", 12), ("C", 13), ("D", 8), ("X", 12))
    for number in range(1, last + 1)
]

# Machines differ; a slow one is no failure. Speed is measured by scripts/bench.py.
settings.register_profile("careersheets", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A change is judged by what it is, so the same examples are tried each time; elsewhere new ones are looked for.
settings.register_profile("accepting", settings.get_profile("careersheets"), derandomize=True, database=None)
settings.load_profile("accepting" if "CAREERSHEETS_REQUIRE_TOOLS" in os.environ else "careersheets")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("careersheets")
    group.addoption(
        "--requirements", action="store_true", help="print which requirements have tests, and run none"
    )
    group.addoption(
        "--golden-update", action="store_true", help="replace the golden documents by what is made now"
    )
    group.addoption("--mutations", type=int, help="how many changed files the guard is tried on")
    group.addoption("--long", action="store_true", help="run the long fault campaigns whole")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--golden-update"):
        os.environ["CAREERSHEETS_GOLDEN_UPDATE"] = "1"
    if config.getoption("--mutations"):
        os.environ["CAREERSHEETS_MUTATIONS"] = str(config.getoption("--mutations"))
    if config.getoption("--long"):
        os.environ["CAREERSHEETS_LONG"] = "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marked = Counter(
        str(name) for item in items for mark in item.iter_markers("requirement") for name in mark.args
    )
    unknown = set(marked) - set(REQUIREMENTS)
    if unknown:
        raise pytest.UsageError(f"tests name requirements that do not exist: {', '.join(sorted(unknown))}")
    if config.getoption("--requirements"):
        for name in REQUIREMENTS:
            print(f"{name:<4} {marked[name] or 'no'} test{'s' if marked[name] != 1 else ''}")
        print(
            f"{sum(name in marked for name in REQUIREMENTS)} of {len(REQUIREMENTS)} requirements have tests"
        )
        items.clear()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A list of requirements runs no test, and that is as it should be."""
    if session.config.getoption("--requirements") and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


@pytest.fixture(autouse=True, scope="session")
def _logs_and_ledgers_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands that tests start write no log and no ledger among those of whoever runs the tests."""
    os.environ["CAREERSHEETS_LOGS"] = str(tmp_path_factory.mktemp("logs"))
    os.environ["CAREERSHEETS_LEDGER"] = str(tmp_path_factory.mktemp("ledgers"))


@pytest.fixture(autouse=True, scope="session")
def _only_the_free_part_of_xlwings() -> None:
    """Every test runs without a licence key, on xlwings' BSD part."""
    import xlwings

    assert "XLWINGS_LICENSE_KEY" not in os.environ
    assert xlwings.__pro__ is False
