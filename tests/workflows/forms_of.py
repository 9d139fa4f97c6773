"""Forms of a real workbook, as they are handed out, filled in and sent back."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.books.guard import DocumentParts
from careersheets.documents.forms import FilledForm, read_form
from careersheets.documents.making import make
from careersheets.documents.package import parts_of
from careersheets.ledger.ledger import Ledger
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.tables.tables import Tables
from careersheets.workflows.collect import Collecting, collect_forms, enter_forms
from careersheets.workflows.demo import demo_rows
from tests.documents.filling import filled
from tests.documents.prepared import kind_of, prepared

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)
# Of the demo: one whose conversation was held, with a goal and open actions; and one whose is still to come.
HELD, AHEAD = "E101", "E106"


@cache
def demo() -> dict[str, list[dict[str, Any]]]:
    return demo_rows(today=TODAY, slips=False)


def workbook(folder: Path, **sheets: list[dict[str, Any]]) -> ExcelFile:
    """The demo's workbook, with the rows of `sheets` in place of its own."""
    path = folder / "careers.xlsx"
    build_workbook(path, {**demo(), **sheets})
    return ExcelFile(path, keep_backups=0)


def tables_of(book: ExcelFile) -> Tables:
    return read_tables(book.read())[0]


def results_of(book: ExcelFile, cycle: str = "") -> Results:
    tables = tables_of(book)
    return compute_results(tables, read_settings(tables)[0], TODAY, cycle)


def handed_out(key: str, person: str, results: Results) -> bytes:
    return make(kind_of(key), prepared(key), results, person)


def asked(data: bytes) -> FilledForm:
    """The form's tags, labels and what it was made with."""
    return read_form(DocumentParts("form.docx", "", parts_of("form.docx", data)))


def packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sent_back(path: Path, data: bytes, answers: Mapping[str, str]) -> Path:
    """A form filled in and saved as `path`."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(packed(filled(parts_of(path.name, data), answers)))
    return path


def compare(book: ExcelFile, ledger: Ledger, *files: Path) -> Collecting:
    return collect_forms(book, ledger, files, NOW)


def enter(book: ExcelFile, ledger: Ledger, *files: Path, also: frozenset[int] = frozenset()) -> Collecting:
    """Collect `files` in a run of its own, with the open lines `also`."""
    with ledger.run("collect", {}) as run:
        collecting = compare(book, ledger, *files)
        enter_forms(book, ledger, run, collecting, collecting.unasked | also)
    return collecting


def codes(collecting: Collecting) -> list[str]:
    return sorted(finding.rule.code for finding in collecting.findings)


def rows_about(book: ExcelFile, sheet: str, person: str) -> list[dict[str, Any]]:
    """The rows of a sheet about somebody, what is missing as None."""
    frame = tables_of(book).by_sheet[sheet].frame
    frame = frame[frame["employee_id"].eq(person)]
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def copy_of(book: ExcelFile, folder: Path) -> ExcelFile:
    folder.mkdir(exist_ok=True)
    return ExcelFile(shutil.copy(book.path, folder), keep_backups=0)
