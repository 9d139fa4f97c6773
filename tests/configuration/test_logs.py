"""The log: one line of JSON per event, ids and counts only, for this user only, and gone after its days."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from careersheets.model.errors import UsageError
from careersheets.model.events import LOGGER, Event, note
from careersheets.surfaces.logs import FILE_NAME, log_folder, logged_run, logging_to, prune_logs

pytestmark = pytest.mark.requirement("X9")


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / FILE_NAME).read_text("utf-8").splitlines()]


def personal_data(book: Path) -> set[str]:
    """Every id, name, part of a name and address on the sheet People."""
    rows = openpyxl.load_workbook(book, read_only=True)["People"].iter_rows(values_only=True)
    texts = {str(cell) for row in rows for cell in row[:3] if cell}
    return {part for text in texts for part in (text, *text.split()) if len(part) > 2} - {"Name", "E-mail"}


def test_an_event_is_one_line_with_its_time_and_counts(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        note(Event.DELIVERIES_ENDED, sent=20, uncertain=1, seconds=2.5)
        note(Event.DELIVERY_TRIED, delivery="d-0017", outcome="sent", code=250)
    first, second = lines(tmp_path)
    assert datetime.fromisoformat(str(first.pop("time"))).tzinfo is not None
    assert first == {"event": "deliveries ended", "sent": 20, "uncertain": 1, "seconds": 2.5}
    assert second["delivery"] == "d-0017"


@pytest.mark.parametrize(
    "text", ["Chipo Mutasa", "noor@firm.example", "two\nlines", "評価", "", "x" * 101, "Scores!F14: 3"]
)
def test_what_is_no_id_is_withheld(tmp_path: Path, text: str) -> None:
    with logging_to(tmp_path):
        note(Event.DOCUMENT_HELD, document=text)
    assert [line["document"] for line in lines(tmp_path)] == ["withheld"]


def test_an_event_has_no_field_for_a_person() -> None:
    for field in ("name", "email", "recipient", "score", "employee", "subject"):
        with pytest.raises(ValueError, match=field):
            note(Event.DELIVERY_TRIED, **{field: "x"})


def test_messages_of_others_do_not_reach_the_log(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        logging.getLogger("somebody.else").error("Chipo Mutasa")
        LOGGER.error("Chipo Mutasa %s", "noor@firm.example")
    assert [line["event"] for line in lines(tmp_path)] == ["message withheld"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files private by their folder")
def test_the_log_is_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "logs"
    before = os.umask(0)
    try:
        with logging_to(folder):
            note(Event.RUN_STARTED, verb="check")
    finally:
        os.umask(before)
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_new_day_begins_a_new_file_and_old_ones_go(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        note(Event.RUN_STARTED, verb="check")
    file = tmp_path / FILE_NAME
    os.utime(file, (1_790_000_000, 1_790_000_000))
    with logging_to(tmp_path):
        note(Event.RUN_STARTED, verb="report")
    assert [line["verb"] for line in lines(tmp_path)] == ["report"]
    (turned,) = tmp_path.glob(f"{FILE_NAME}.*")
    assert turned.stat().st_mode & 0o777 == 0o600
    day = datetime.fromisoformat(turned.suffix[1:]).replace(tzinfo=UTC)
    (tmp_path / f"{FILE_NAME}.notes").write_text("HR's own", "utf-8")
    assert prune_logs(tmp_path, 30, day.replace(hour=23)) == 0
    assert prune_logs(tmp_path, 30, datetime(2027, 1, 1, tzinfo=UTC)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE_NAME, f"{FILE_NAME}.notes"]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    before = list(LOGGER.handlers)
    with logging_to(tmp_path / "file" / "logs"):
        note(Event.RUN_STARTED, verb="check")
    assert LOGGER.handlers == before


def test_a_run_that_fails_is_noted_by_the_kind_of_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_LOGS", str(tmp_path))
    assert log_folder() == tmp_path
    with pytest.raises(UsageError), logged_run("check"):
        raise UsageError("Chipo Mutasa is not there.")
    with logged_run("check"):
        note(Event.DOCUMENTS_MADE, count=3)
    noted = lines(tmp_path)
    assert [line["event"] for line in noted] == [
        "run started", "run refused", "run started", "documents made", "run ended",
    ]  # fmt: skip
    assert noted[1]["error"] == "UsageError"
    assert noted[2]["run"] == noted[3]["run"] == noted[4]["run"] != noted[0]["run"]


def test_no_name_address_or_score_of_a_whole_day_reaches_the_log(tmp_path: Path) -> None:
    environment = os.environ | {"CAREERSHEETS_LOGS": str(tmp_path / "logs")}

    def run(*words: str) -> int:
        command = [sys.executable, "-m", "careersheets.surfaces.cli", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, check=False
        ).returncode

    run("new", "trial", "--demo")
    assert run("check", "trial/careers.xlsx") == 1
    run("report", "trial/careers.xlsx", "--employee", "Chipo Mutasa")
    assert run("check", "Chipo Mutasa.xlsx") == 3
    run("Chipo Mutasa")
    run("doctor", "trial/careers.xlsx")
    text = (tmp_path / "logs" / FILE_NAME).read_text("utf-8")
    assert text.count('"run started"') == 5
    canaries = personal_data(tmp_path / "trial" / "careers.xlsx")
    assert len(canaries) > 100
    assert [canary for canary in canaries if canary in text] == []
    for personal in ("@", "Chipo", "Noor", "careers.xlsx", str(tmp_path)):
        assert personal not in text
    known = {"time", "event", "run", "verb", "seconds", "error"}
    assert {key for line in lines(tmp_path / "logs") for key in line} <= known
