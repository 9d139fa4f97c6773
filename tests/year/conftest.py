"""The year is played once in each kind of workbook; every test looks at what was seen on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from .deeds import Year
from .excel_office import ExcelOffice
from .office import Office
from .play import play
from .sheet_office import SheetOffice

KINDS: dict[str, type[Office]] = {"xlsx": ExcelOffice, "google": SheetOffice}


@pytest.fixture(scope="session")
def year_in(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Year]]:
    """The year by the kind of workbook."""
    played: dict[str, Year] = {}
    with ExitStack() as doors:

        def year_of(kind: str) -> Year:
            if kind not in played:
                folder = tmp_path_factory.mktemp("year")
                office = KINDS[kind](folder / "hr", folder / "ledgers")
                doors.callback(office.close)
                started = time.monotonic()
                played[kind] = play(office)
                _tell(request.config, kind, played[kind], time.monotonic() - started)
            return played[kind]

        yield year_of


@pytest.fixture(scope="session", params=KINDS)
def year(request: pytest.FixtureRequest, year_in: Callable[[str], Year]) -> Year:
    return year_in(request.param)


def _tell(config: pytest.Config, kind: str, year: Year, seconds: float) -> None:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    capture = config.pluginmanager.get_plugin("capturemanager")
    if reporter is None or capture is None:
        return
    with capture.global_and_fixture_disabled():
        reporter.write_line("")
        reporter.write_line(f"The year, {kind}: {seconds:.0f} seconds{year.office.effort}.")
        for line in year.office.account:
            reporter.write_line(line)
