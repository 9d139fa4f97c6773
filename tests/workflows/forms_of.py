"""Forms of a real workbook, as they are handed out, filled in and sent back."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
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
# Of the demo: she had a conversation (V2001) and has another ahead (V2041), a goal (G3001) and open actions.
PERSON = "L1001"
PEOPLE = 4


@cache
def demo() -> dict[str, list[dict[str, Any]]]:
    """The rows of the demo, of its first people only."""
    rows = demo_rows(today=TODAY, slips=False)
    people = {row["employee_id"] for row in rows["People"][:PEOPLE]}
    people |= {row["manager"] for row in rows["People"][:PEOPLE]}
    return {
        sheet: [row for row in some if row.get("employee_id", PERSON) in people]
        for sheet, some in rows.items()
    }


def workbook(folder: Path, **sheets: list[dict[str, Any]]) -> ExcelFile:
    """The demo's workbook, with the rows of `sheets` in place of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "careers.xlsx"
    if sheets:
        build_workbook(path, {**demo(), **sheets})
    else:
        path.write_bytes(_as_built())
    return ExcelFile(path, keep_backups=0)


@cache
def _as_built() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        build_workbook(Path(folder, "careers.xlsx"), demo())
        return Path(folder, "careers.xlsx").read_bytes()


def next_id(sheet: str, column: str) -> str:
    """The id that follows the highest of the demo."""
    last = max(row[column] for row in demo()[sheet] if row.get(column))
    return f"{last[0]}{int(last[1:]) + 1}"


def tables_of(book: ExcelFile) -> Tables:
    return read_tables(book.read())[0]


def results_of(book: ExcelFile) -> Results:
    return _results(book.path, hashlib.sha256(book.path.read_bytes()).hexdigest())


@lru_cache(maxsize=4)
def _results(path: Path, _sha256: str) -> Results:
    tables = tables_of(ExcelFile(path))
    return compute_results(tables, read_settings(tables)[0], TODAY, "")


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


def changed(sheet: str, where: str, is_: str, **cells: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows of a sheet of the demo with other `cells` in the rows whose column `where` holds `is_`."""
    return {sheet: [row | cells if row.get(where) == is_ else dict(row) for row in demo()[sheet]]}


def without(sheet: str, where: str, is_: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a sheet of the demo but for those whose column `where` holds `is_`."""
    return {sheet: [dict(row) for row in demo()[sheet] if row.get(where) != is_]}
