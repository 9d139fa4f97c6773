"""The local Google against recorded traffic with the real one; the recordings are gspread's (MIT)."""

from __future__ import annotations

from collections import Counter

import pytest

from ..support.shared_data import shared_data
from .recordings import Replay, read_recording, replay

EXCHANGES = 2130
PLAYED = 1925
# What cannot be played, and how often; together with what is played, all there is.
LEFT_OUT = {
    "a file from before the recording": 190,
    "the sheet holds what Drive v2 put there": 9,
    "lists files from before the recording": 4,
    "Drive v2, which turns a text into a sheet": 2,
}
# Every exchange in which the local Google differs, and where.
KNOWN = {
    # It does not measure texts, so a column fitted to its content keeps its width.
    "WorksheetTest.test_auto_resize_columns[8]": ".sheets[0].data[0].columnMetadata[0].pixelSize",
    "WorksheetTest.test_auto_resize_columns[17]": ".sheets[0].data[0].columnMetadata[0].pixelSize",
}


@pytest.fixture(scope="module")
def replays() -> list[Replay]:
    folder = shared_data("cassettes")
    return [replay(read_recording(path)) for path in sorted(folder.glob("*.json"))]


@pytest.mark.requirement("X8")
def test_recorded_answers_are_those_of_the_local_google_but_for_known_differences(
    replays: list[Replay],
) -> None:
    differing = {name: text for one in replays for name, text in one.differences.items()}
    assert {name: text.split(":")[0] for name, text in differing.items()} == KNOWN
    assert sum(one.played for one in replays) == PLAYED
    assert (PLAYED - len(KNOWN)) / PLAYED >= 0.985


def test_everything_recorded_is_played_or_left_out_for_a_named_reason(replays: list[Replay]) -> None:
    left_out = Counter(reason for one in replays for reason in one.left_out.values())
    assert left_out == LEFT_OUT
    assert PLAYED + sum(LEFT_OUT.values()) == EXCHANGES
