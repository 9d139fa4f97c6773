"""How fast 200 filled forms are collected: read in the limited child, compared with the workbook, and entered.

Source: REQUIREMENTS C9.
"""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.documents.kind import Kind
from careersheets.documents.kinds import KINDS
from careersheets.documents.making import make, prepare
from careersheets.documents.package import parts_of
from careersheets.ledger.ledger import new_identity, open_ledger
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.workflows.collect import collect_forms, enter_forms
from careersheets.workflows.collect_forms import COLLECTED_KINDS
from careersheets.workflows.demo import demo_rows
from careersheets.workflows.shipped import shipped_folder

FORMS = 200
TODAY = date(2026, 11, 22)
_WRITTEN = "Wrote this by hand, in two sentences. And meant it."
_KINDS = [kind for kind in KINDS if kind.key in COLLECTED_KINDS]
_PLACEHOLDER = "Click here to write as many lines as you like."


def run() -> dict[str, object]:
    """Collect 200 forms of the demo's 40 people, all kinds, with every field for lines filled in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "careers.xlsx")
        build_workbook(path, demo_rows(today=TODAY, slips=False))
        files = _filled_forms(Path(folder, "forms"), _results(path))
        begin = time.perf_counter()
        with open_ledger(new_identity(), place=folder) as ledger, ledger.run("collect", {}) as run:
            book = ExcelFile(path)
            collecting = collect_forms(book, ledger, files, datetime(2026, 11, 22, 9, 0))
            compared = time.perf_counter() - begin
            enter_forms(book, ledger, run, collecting, collecting.unasked)
        taken = time.perf_counter() - begin
    figures = {
        "forms": len(collecting.forms),
        "lines": len(collecting.lines),
        "read and compared, seconds": round(compared, 2),
        "with entering, seconds": round(taken, 2),
    }
    return {"suite": "collect", "figures": figures, "ratios": {}}


def _filled_forms(folder: Path, results: Results) -> list[Path]:
    folder.mkdir()
    wanted = [
        (kind, person) for kind in _KINDS for person in results.evaluated.index if kind.fits(results, person)
    ]
    prepared = {kind.key: prepare(kind, [shipped_folder("doc_templates")]) for kind in _KINDS}
    files = []
    for kind, person in wanted[:FORMS]:
        files.append(folder / f"{kind.key} {person}.docx")
        files[-1].write_bytes(_filled(kind, make(kind, prepared[kind.key], results, person)))
    return files


def _filled(kind: Kind, data: bytes) -> bytes:
    """The form with something written into every empty field for lines."""
    parts = parts_of(kind.key, data)
    document = parts["word/document.xml"].decode()
    document = document.replace(f">{_PLACEHOLDER}<", f">{_WRITTEN}<").replace("<w:showingPlcHdr/>", "")
    for kept in ("Click here to write.", "Choose one.", "Choose a date."):
        document = document.replace(f">{kept}<", "><")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, "word/document.xml": document.encode()}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _results(path: Path) -> Results:
    tables, _ = read_tables(ExcelFile(path).read())
    return compute_results(tables, read_settings(tables)[0], TODAY, "")
