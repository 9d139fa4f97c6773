"""Whatever file comes: cells, or one reason of the closed list. Never a crash, a hang or a traceback."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.guard import PendingRead, cause_of_death
from careersheets.books.guard_child import messages
from careersheets.books.refusals import Refusal
from careersheets.model.cells import CellError
from careersheets.model.errors import FileRefused

from ..support.forked import Death, run_forked
from ..support.saying import say
from ..support.shared_data import shared_data
from .hostile import hostile_files
from .mutations import mutated
from .oracle import Cells, grid_cells, normalised, openpyxl_cells
from .workbook_maker import packed, plain_parts

REASONS = {refusal.reason: refusal.name for refusal in Refusal}
MUTATIONS = int(os.environ.get("CAREERSHEETS_MUTATIONS", "5000"))
SEED = int(os.environ.get("CAREERSHEETS_SEED", "20260122"))
_SECONDS_PER_FILE = 10.0
_BATCH = 50

# A few of the hostile files and what must become of them; the rest must end in any reason or in cells.
EXPECTED = {
    "zero_bytes.xlsx": "EMPTY",
    "comma_separated.xlsx": "TEXT",
    "comma_separated_utf16.xlsx": "TEXT",
    "web_page.xlsx": "WEB_PAGE",
    "portable_document.xlsx": "OTHER_FORMAT",
    "word_document.xlsx": "NOT_A_WORKBOOK",
    "password_protected.xlsx": "PASSWORD",
    "binary_workbook.xlsb": "BINARY_WORKBOOK",
    "cut_at_50_percent.xlsx": "DAMAGED",
    "sheet_without_end.xlsx": "DAMAGED_PART",
    "same_part_twice.xlsx": "DUPLICATE_PARTS",
    "all_parts_in_one_place.xlsx": "OVERLAPPING_PARTS",
    "sixty_thousand_parts.xlsx": "TOO_MANY_PARTS",
    "bomb_of_rows.xlsx": "UNPACKS_TOO_LARGE",
    "spaces_below_the_limit.xlsx": "cells",
    "entities_in_texts.xlsx": "DOCUMENT_TYPE",
    "entities_in_utf_16_le.xlsx": "DOCUMENT_TYPE",
    "declaration_behind_long_comment.xlsx": "DOCUMENT_TYPE",
    "sheet_in_utf16.xlsx": "ODD_ENCODING",
    "opposite_corners.xlsx": "TOO_MANY_CELLS",
    "no_sheets.xlsx": "NO_SHEETS",
    "exactly_the_same_sheet_twice.xlsx": "TWIN_SHEETS",
    "formatted_empty_rows.xlsx": "cells",
    "dimension_too_large.xlsx": "cells",
    "prefixed.xlsx": "cells",
    "workbook_named_xls.xls": "cells",
    "open_document_sound.ods": "cells",
    "open_document_named_xlsx.xlsx": "cells",
}


def test_every_hostile_file_ends_in_cells_or_in_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = []
    for name, content in hostile_files():
        (tmp_path / name).write_bytes(content)
        paths.append(tmp_path / name)
    outcomes = _read_all(paths)
    _show(capsys, "hostile files", outcomes)
    assert len(outcomes) >= 150
    assert {path.name: outcome for path, (outcome, _) in outcomes.items() if outcome == "READER_FAILED"} == {}
    got = {path.name: outcome for path, (outcome, _) in outcomes.items()}
    assert {name: got[name] for name in EXPECTED} == EXPECTED


def test_every_corpus_file_ends_in_cells_or_in_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [path for path in sorted(shared_data("corpus").iterdir()) if path.suffix != ".json"]
    outcomes = _read_all(paths)
    _show(capsys, "corpus files", outcomes)
    assert {path.name: outcome for path, (outcome, _) in outcomes.items() if outcome == "READER_FAILED"} == {}


def test_values_and_errors_agree_with_an_independent_reader(capsys: pytest.CaptureFixture[str]) -> None:
    compared = files = errors = 0
    differing: list[Any] = []
    for path in sorted(shared_data("corpus").iterdir()):
        ours, theirs = _cells(path), _openpyxl_cells(path)
        if ours is None or theirs is None:
            continue
        files += 1
        both = {place for place in theirs if ours.get(place) not in (None, "")}
        wrong_errors = [
            place
            for place, value in theirs.items()
            if isinstance(value, CellError) and ours.get(place) != value
        ]
        differing += [
            (path.name, place) for place in wrong_errors if not _explained(theirs[place], ours.get(place))
        ]
        differing += [
            (path.name, place, theirs[place], ours[place])
            for place in both
            if normalised(theirs[place]) != normalised(ours[place])
            and not _explained(theirs[place], ours[place])
        ]
        compared += len(both)
        errors += sum(isinstance(value, CellError) for value in theirs.values())
    counted = f"{compared} cells of {files} files compared with openpyxl, {errors} error cells"
    say(capsys, f"{counted}; {len(differing)} differ")
    assert differing == []


def test_random_changes_end_in_cells_or_in_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    originals = _originals()
    counts: Counter[str] = Counter()
    failed = []
    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        work = [range(first, min(first + _BATCH, MUTATIONS)) for first in range(0, MUTATIONS, _BATCH)]
        for outcomes in pool.map(lambda numbers: list(_read_mutations(tmp_path, originals, numbers)), work):
            counts.update(outcome for _, outcome in outcomes)
            failed += [(number, outcome) for number, outcome in outcomes if outcome == "READER_FAILED"]
    taken = time.monotonic() - started
    say(capsys, f"{MUTATIONS} random changes, seed {SEED}, {taken:.0f} s: {dict(counts.most_common())}")
    assert failed == []


def _read_all(paths: Iterable[Path]) -> dict[Path, tuple[str, float]]:
    with ThreadPoolExecutor(3) as pool:
        return dict(pool.map(lambda path: (path, _outcome(path)), paths))


def _outcome(path: Path) -> tuple[str, float]:
    """What became of the file (`cells`, or the name of the reason) and how many seconds it took."""
    kind = "document" if path.suffix == ".docx" else "workbook"
    started = time.monotonic()
    try:
        for _ in PendingRead(path, kind).messages():
            pass
        outcome = "cells"
    except FileRefused as error:
        outcome = REASONS[error.reason]
    return outcome, time.monotonic() - started


def _show(capsys: pytest.CaptureFixture[str], what: str, outcomes: dict[Path, tuple[str, float]]) -> None:
    counts = Counter(outcome for outcome, _ in outcomes.values())
    slowest = max(outcomes, key=lambda path: outcomes[path][1])
    say(capsys, f"{len(outcomes)} {what}: {dict(counts.most_common())}")
    say(capsys, f"slowest: {slowest.name}, {outcomes[slowest][1]:.2f} s")


def _cells(path: Path) -> Cells | None:
    if path.suffix not in (".xlsx", ".xlsm"):
        return None
    try:
        return grid_cells(dict(PendingRead(path).result().grids))
    except FileRefused:
        return None


def _openpyxl_cells(path: Path) -> Cells | None:
    cells = run_forked(lambda: openpyxl_cells(path), seconds=15)
    return None if isinstance(cells, Death) else cells


def _explained(theirs: Any, ours: Any) -> bool:
    """Known differences of openpyxl's making, none of which is a loss of ours.

    It leaves `_x000D_` as it stands; keeps outer spaces that the file does not ask to keep; makes an error of a number
    too large for a date; and dates before March 1900 are counted in two ways.
    """
    if isinstance(theirs, str) and isinstance(ours, str):
        return "_x" in theirs or theirs.strip() == ours.strip()
    if isinstance(theirs, CellError):
        return isinstance(ours, float) and ours > 2_958_465
    return hasattr(theirs, "year") and theirs.year < 1901


def _originals() -> list[bytes]:
    """Small files to be changed: our own, and those of the corpus where it is."""
    own = [packed(plain_parts())]
    try:
        corpus = sorted(shared_data("corpus").iterdir())
    except pytest.skip.Exception:
        return own
    return own + [
        path.read_bytes() for path in corpus if path.suffix != ".json" and 0 < path.stat().st_size < 60_000
    ]


def _read_mutations(folder: Path, originals: list[bytes], numbers: range) -> Iterator[tuple[int, str]]:
    """Outcomes of a batch, read in forked copies of this process; when one dies, the next goes on behind the culprit."""
    waiting = list(numbers)
    while waiting:
        report = folder / f"{waiting[0]}.txt"
        result = run_forked(
            lambda left=tuple(waiting), report=report: _read_batch(folder, originals, left, report),
            seconds=300,
        )
        done = report.read_text().split() if report.exists() else []
        yield from zip(waiting, done, strict=False)
        waiting = waiting[len(done) :]
        if isinstance(result, Death) and waiting:
            late = b"took too long" in result.said
            yield waiting.pop(0), cause_of_death(result.code, result.said, late or result.timed_out).name


def _read_batch(folder: Path, originals: list[bytes], numbers: Iterable[int], report: Path) -> None:
    signal.signal(signal.SIGALRM, _stop)
    path = folder / f"{os.getpid()}.xlsx"
    with report.open("w") as file:
        for number in numbers:
            chance = random.Random(f"{SEED}-{number}")  # noqa: S311 - it must be repeatable, not secret
            path.write_bytes(mutated(chance.choice(originals), chance))
            signal.setitimer(signal.ITIMER_REAL, _SECONDS_PER_FILE)
            last = list(messages("workbook", path))[-1]
            signal.setitimer(signal.ITIMER_REAL, 0)
            file.write("cells\n" if last[0] == "end" else f"{last[1]}\n")
            file.flush()
    path.unlink()


def _stop(*_: object) -> None:
    os.write(2, b"took too long")
    os._exit(1)
