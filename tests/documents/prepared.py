"""Documents of any kind for tests: rendered, read as text, and held against the validators."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from careersheets.analysis.results import Results
from careersheets.books.guard import DocumentParts
from careersheets.documents.checking import check_template
from careersheets.documents.forms import read_form
from careersheets.documents.kind import Kind
from careersheets.documents.kinds import KINDS
from careersheets.documents.making import Prepared, make, prepare
from careersheets.documents.safety import Scanner
from tests.analysis.test_by_hand import results_of, workbook
from tests.documents.reports import NAMES
from tests.support.office import convert_all, require_tool
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

TEMPLATES = Path(__file__).parents[2] / "doc_templates"


def kind_of(key: str) -> Kind:
    return next(kind for kind in KINDS if kind.key == key)


@cache
def prepared(key: str) -> Prepared:
    return prepare(kind_of(key), [TEMPLATES])


def document(key: str, results: Results, person: str) -> bytes:
    return make(kind_of(key), prepared(key), results, person)


def named_five(**sheets: list[dict[str, Any]]) -> Results:
    """The five people worked by hand, with difficult names and the rows of `sheets` added."""
    rows = workbook()
    for person in rows["People"]:
        person["name"] = NAMES[person["employee_id"]]
    return results_of({**rows, **sheets})


def complaints(folder: Path, made: dict[str, bytes], *, said: Iterable[str] = ()) -> list[str]:
    """What the validators and our own checks find in the documents `made`, by a name for each; nothing is right."""
    paths = []
    found = []
    for name, data in made.items():
        paths.append(folder / f"{name}.docx")
        paths[-1].write_bytes(data)
        found += own_complaints(data, said=tuple(said)) + audit_complaints(paths[-1])
    for name, told in sdk_complaints(paths[:3]).items():
        found += [f"{name}: {one}" for one in told]
    return found


def unsafe(key: str, results: Results, people: Iterable[str]) -> list[str]:
    """Why documents of this kind would be held."""
    scanner = Scanner.of(results)
    return [
        str(finding)
        for person in people
        for finding in scanner.scan_document(document(key, results, person), kind_of(key), person)
    ]


def template_faults(key: str) -> list[str]:
    return [str(finding) for finding in check_template(TEMPLATES / kind_of(key).template, key)]


def pages(folder: Path, made: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """The lines of text on each page of the documents `made`, as LibreOffice lays them out, by their names."""
    paths = [folder / f"{name}.docx" for name in made]
    for path in paths:
        path.write_bytes(made[path.stem])
    found = {}
    for pdf in convert_all(paths, "pdf", folder / "pdf", recalc=False):
        tool = require_tool("pdftotext")
        run = subprocess.run([tool, "-layout", pdf, "-"], capture_output=True, text=True, check=True)
        sheets = run.stdout.split("\f")[:-1]
        found[pdf.stem] = [[line for line in sheet.splitlines() if line.strip()] for sheet in sheets]
    return found


def answers_in(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What a form answers, by tag."""
    form = read_form(DocumentParts("form.docx", "", parts))
    assert form.findings == ()
    return form.answers


def on_letter(results: Results) -> Results:
    return replace(results, settings=replace(results.settings, paper="Letter"))
