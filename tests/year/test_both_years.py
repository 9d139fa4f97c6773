"""The same year in an Excel workbook and in a Google Sheet: whatever was seen on the way is the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from careersheets.documents.part_texts import part_texts
from careersheets.vocabulary.confidential import Requests
from careersheets.vocabulary.results import Documents
from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import SHEETS

from .deeds import Year

pytestmark = pytest.mark.requirement("X8")

# What a year keeps of each stage as plain values.
PLAIN = ("findings", "readiness", "gaps", "links", "progress", "stayed", "releases", "merges", "collected")
HR_KEEPS = [model for model in SHEETS if model is not Requests]
# In Excel a formula, which leads to a file on a disk; from a Google Sheet nothing does.
LINKS = {(Documents, "link")}

Both = tuple[Year, Year]


@pytest.fixture(scope="session")
def both(year_in: Callable[[str], Year]) -> Both:
    return year_in("xlsx"), year_in("google")


@pytest.mark.parametrize("what", PLAIN)
def test_the_same_is_seen_at_every_stage(both: Both, what: str) -> None:
    in_excel, in_google = (getattr(year, what) for year in both)
    assert list(in_excel) == list(in_google)
    for stage, seen in in_excel.items():
        assert plain(in_google[stage]) == plain(seen), stage


def test_the_same_reminders_are_due_at_every_stage(both: Both) -> None:
    in_excel, in_google = (
        {stage: seen.reminders.to_dict("records") for stage, seen in year.reminders.items()} for year in both
    )
    assert in_google == in_excel
    files = [{stage: seen.files for stage, seen in year.reminders.items()} for year in both]
    assert files[0] == files[1]


def test_the_same_documents_are_made_held_and_unchanged_at_every_stage(both: Both) -> None:
    in_excel, in_google = (
        {stage: [replace(it, digest="") for it in made] for stage, made in year.made.items()} for year in both
    )
    assert in_google == in_excel


def test_the_same_leaves_for_the_same_people_at_every_stage(both: Both) -> None:
    in_excel, in_google = (
        {stage: [_delivered(outcome) for outcome in seen] for stage, seen in year.outcomes.items()}
        for year in both
    )
    assert in_google == in_excel
    received = [{(folder, name) for folder, name, _ in year.office.received()} for year in both]
    assert received[0] == received[1]


def test_the_framework_changes_alike(both: Both) -> None:
    for what in ("framework", "accepted first", "accepted second"):
        assert both[0].said[what] == both[1].said[what]


def test_every_document_has_the_same_text(both: Both) -> None:
    in_excel, in_google = (dict(_texts(year)) for year in both)
    assert in_google.keys() == in_excel.keys()
    assert len(in_excel) > 200
    for name, text in in_excel.items():
        assert in_google[name] == text, name


@pytest.mark.parametrize("model", HR_KEEPS, ids=lambda model: sheet_of(model).name)
def test_every_sheet_holds_the_same_at_the_end(both: Both, model: Any) -> None:
    in_excel, in_google = (
        {
            number: {name: plain(value) for name, value in row.items() if (model, name) not in LINKS}
            for number, row in year.office.sheet(model).rows.items()
        }
        for year in both
    )
    assert in_google == in_excel


def plain(value: Any) -> Any:
    """A value so that Excel's and Google's compare equal: a day is the moment it begins, half past two a text, a 1 a 1."""
    if isinstance(value, Mapping):
        return {name: plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str) and value.isdecimal():
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "nothing" if math.isnan(value) else round(float(value), 9)
    return value


def _delivered(outcome: Any) -> tuple[str, ...]:
    it = outcome.delivery
    return it.person, it.recipient, it.address, outcome.state.value, outcome.reason


def _texts(year: Year) -> Iterator[tuple[str, Any]]:
    """The text of every document, part by part, and of whatever else lies among them, by its place."""
    top = year.office.folder / "documents"
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if path.suffix == ".docx":
            yield name, [(part.part, part.written) for part in part_texts(path.read_bytes())]
        elif path.is_file() and not path.name.startswith("."):
            yield name, path.read_bytes()
