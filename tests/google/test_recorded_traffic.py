"""The local Google against recorded traffic with the real one; the recordings are gspread's (MIT)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from careersheets.books.google.layout import Layout, read_grids, read_layout
from careersheets.model.cells import CellError, Grid, Uncalculated

from ..support.shared_data import shared_data
from .recordings import Replay, read_recording, replay

EXCHANGES = 2130
PLAYED = 1925
# Recorded answers that describe a spreadsheet, and those with the values of a whole tab.
LAYOUTS = 650
GRIDS = 17
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


@pytest.mark.requirement("X8")
def test_our_reader_reads_every_recorded_sheet() -> None:
    """Each answer that describes a spreadsheet, and each with the values of a whole tab, as the real Google gave it."""
    layouts = grids = 0
    for path in sorted(shared_data("cassettes").glob("*.json")):
        described: dict[str, Layout] = {}
        for exchange in read_recording(path):
            message = exchange.message if exchange.status == 200 else None
            if isinstance(message, dict) and "properties" in message and "sheets" in message:
                described[exchange.file] = layout = read_layout(message)
                assert [tab.title for tab in layout.tabs] == [
                    sheet["properties"]["title"] for sheet in message["sheets"]
                ]
                layouts += 1
            elif (
                isinstance(message, dict)
                and "range" in message
                and exchange.target.split("?")[0].endswith("%27Sheet1%27")
            ):
                tab = described.get(exchange.file)
                read = read_grids(replace(tab, tabs=tab.tabs[:1]), [message]) if tab else None
                if read is not None and message.get("majorDimension") == "ROWS":
                    check_grid(next(iter(read.values())), message.get("values", []))
                    grids += 1
    assert (layouts, grids) == (LAYOUTS, GRIDS)


def check_grid(grid: Grid, values: list[list[object]]) -> None:
    """Every value is where Google says it is, empty texts are blanks, and no row was lost."""
    for number, row in enumerate(values, 1):
        for column, value in enumerate(row, 1):
            held = grid.cell(number, column)
            assert held == (None if value == "" else value) or isinstance(held, CellError | Uncalculated)
    filled = [number for number, row in enumerate(values, 1) if any(value != "" for value in row)]
    assert grid.row_count == max(filled, default=0)
