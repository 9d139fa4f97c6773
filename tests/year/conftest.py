"""The year is played once; every test looks at what was seen on the way."""

from __future__ import annotations

import pytest

from .deeds import Year
from .play import play


@pytest.fixture(scope="session")
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    played = play(tmp_path_factory.mktemp("year"))
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    if reporter is not None and capture is not None:
        with capture.global_and_fixture_disabled():
            reporter.write_line("")
            for line in played.office.account:
                reporter.write_line(line)
    return played
