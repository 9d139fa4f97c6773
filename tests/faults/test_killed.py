"""kill -9 at every call that makes something durable or talks to the mail server, then the same command again.

Nothing is lost, nothing goes out twice, nothing is torn, and no temporary file stays.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support.saying import say
from .benches import MAILS, REPORT, SEND, campaign, report_again, send_again
from .points import Point, some

pytestmark = pytest.mark.requirement("X5", "X6", "X9")


def test_a_report_killed_anywhere_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said, found = campaign(tmp_path, REPORT, 6, lambda points: some(points, 70), Point.killing, report_again)
    say(capsys, f"{said}; lost 0, torn 0, temporaries 0")
    assert found["killed"] >= 80


def test_twenty_mails_killed_anywhere_each_arrive_once_or_are_uncertain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said, found = campaign(
        tmp_path, SEND, MAILS + 1, lambda points: some(points, 105), Point.killing, send_again
    )
    say(capsys, f"{said}; lost 0, twice 0, torn 0, temporaries 0")
    assert found["killed"] >= 115
