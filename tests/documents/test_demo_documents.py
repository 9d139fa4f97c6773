"""The documents of the demo company: valid, and none of them with a page of two lines."""

from __future__ import annotations

import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.documents.content.gap_report import gap_report
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.workflows.demo import demo_rows
from tests.documents.reports import template
from tests.support.contents import contents_of
from tests.support.office import convert_all, require_tool
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

TODAY = date(2026, 11, 22)
FEWEST_LINES = 8


@cache
def demo() -> Results:
    tables, _ = read_tables(contents_of(demo_rows(today=TODAY, slips=False)))
    settings, _ = read_settings(tables)
    newest = sorted(tables.by_sheet["Cycles"].frame["cycle"])[-1]
    return compute_results(tables, settings, TODAY, newest)


def documents(folder: Path) -> list[Path]:
    paths = []
    for person in demo().evaluated.index:
        paths.append(folder / f"{person}.docx")
        paths[-1].write_bytes(template().render(gap_report(demo(), person)))
    return paths


@pytest.mark.requirement("X12", "X4")
def test_all_of_them_are_valid(tmp_path: Path) -> None:
    made = documents(tmp_path)
    assert len(made) >= 40
    for path in made:
        assert own_complaints(path.read_bytes()) == []
        assert audit_complaints(path) == []


@pytest.mark.requirement("X12", "X4")
def test_microsofts_validator_agrees(tmp_path: Path) -> None:
    found = sdk_complaints(documents(tmp_path)[::4])
    assert {name: complaints for name, complaints in found.items() if complaints} == {}


@pytest.mark.office
@pytest.mark.requirement("X4")
def test_two_to_four_pages_and_none_nearly_empty(tmp_path: Path) -> None:
    made = documents(tmp_path)[::5]
    for pdf in convert_all(made, "pdf", tmp_path / "pdf", recalc=False):
        pages = _pages(pdf)
        assert 2 <= len(pages) <= 4, pdf.name
        assert min(len(page) for page in pages) >= FEWEST_LINES, pdf.name


def _pages(pdf: Path) -> list[list[str]]:
    """The lines of text on each page."""
    run = subprocess.run(
        [require_tool("pdftotext"), "-layout", pdf, "-"], capture_output=True, text=True, check=True
    )
    pages = run.stdout.split("\f")[:-1]
    return [[line for line in page.splitlines() if line.strip()] for page in pages]
