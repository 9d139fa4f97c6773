"""The year is played once; every test looks at what was seen on the way."""

from __future__ import annotations

import pytest

from .play import Year, play


@pytest.fixture(scope="session")
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    played = play(tmp_path_factory.mktemp("year"))
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line("")
        for line in played.office.account:
            reporter.write_line(line)
    return played
