"""How fast documents are made: against docxtpl, docxtemplater, and the floor that zipping ready XML is.

Everything is measured in one run. docxtemplater needs `npm ci` in tests/; without it its figures are left out.
"""

from __future__ import annotations

import io
import itertools
import json
import multiprocessing
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from _crowd import crowd  # noqa: E402
from _reference import docxtemplater_template, our_template, record  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402

from careersheets.documents.content.gap_report import gap_report  # noqa: E402
from careersheets.documents.package import parts_of  # noqa: E402
from careersheets.documents.safety import Scanner  # noqa: E402
from careersheets.documents.template import Template, load_template  # noqa: E402
from tests.documents.company import company  # noqa: E402

RECORDS, DOCUMENTS = 200, 10_000
OWN = ROOT / "doc_templates" / "gap_report.docx"


def run() -> dict[str, object]:
    """The reference template, our own gap report, and 10,000 of them to disk."""
    reference, own = _reference(), _own()
    figures = {
        **reference,
        **own,
        **_scan(),
        "10,000 gap reports to disk, scanned, two processes, s": round(_to_disk(), 1),
        "one gap report, whole process, s": round(_one_process(), 2),
    }
    ours = reference["reference, steady, ms"]
    ratios = {
        "docxtpl (reference)": round(reference["reference by docxtpl, ms"] / ours, 1),
        "docxtpl (reference, interleaved)": round(reference["reference by docxtpl, ms"] / reference["reference, interleaved, ms"], 1),
        "docxtpl (our gap report)": round(own["gap report by docxtpl, ms"] / own["gap report, steady, ms"], 1),
        "the floor (below 1: slower)": round(reference["floor, ms"] / ours, 3),
    }  # fmt: skip
    if "reference by docxtemplater, ms" in reference:
        ratios["docxtemplater (reference)"] = round(reference["reference by docxtemplater, ms"] / ours, 1)
    return {"suite": "documents", "figures": figures, "ratios": ratios}


def _reference() -> dict[str, float]:
    data, records = our_template(), [record(number) for number in range(RECORDS)]
    template = Template("reference.docx", parts_of("reference.docx", data))
    ready = [template.made_parts(one) for one in records]
    ours, theirs = _interleaved(records[:40], [template.render, lambda one: _by_docxtpl(data, one)])
    figures = {
        "reference, steady, ms": _steady(template.render, records),
        "reference, interleaved, ms": ours,
        "reference by docxtpl, ms": theirs,
        "floor, ms": _steady(lambda one: one[0].file_of(one[1]), ready),
    }
    return figures | _by_docxtemplater(records)


def _own() -> dict[str, float]:
    results = company()
    template, data = load_template(OWN), OWN.read_bytes()
    contexts = [gap_report(results, person) for person in results.evaluated.index]
    ours, theirs = _interleaved(contexts, [template.render, lambda one: _by_docxtpl(data, one)])
    return {
        "gap report, steady, ms": _steady(template.render, contexts * 10),
        "gap report, interleaved, ms": ours,
        "gap report by docxtpl, ms": theirs,
        "gap report, what it says, ms": _steady(lambda person: gap_report(results, person), list(results.evaluated.index) * 10),
    }  # fmt: skip


def _by_docxtpl(data: bytes, context: dict[str, Any]) -> bytes:
    document = DocxTemplate(io.BytesIO(data))
    document.render(context, autoescape=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _by_docxtemplater(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    node, modules = shutil.which("node"), ROOT / "tests" / "node_modules"
    if node is None or not (modules / "docxtemplater").is_dir():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        template, data = Path(folder, "t.docx"), Path(folder, "d.json")
        template.write_bytes(docxtemplater_template())
        data.write_text(json.dumps(records), encoding="utf-8")
        program = Path(__file__).with_name("_docxtemplater.cjs")
        run = subprocess.run(
            [node, program, template, data, modules], capture_output=True, text=True, check=True
        )
    return {"reference by docxtemplater, ms": round(json.loads(run.stdout)["median"], 3)}


def _steady(make: Callable[[Any], object], records: Sequence[Any]) -> float:
    """Median milliseconds a document, one after the other."""
    for one in records[:20]:
        make(one)
    return round(statistics.median(_milliseconds(make, one) for one in records), 3)


def _interleaved(records: Sequence[Any], makers: Sequence[Callable[[Any], object]]) -> list[float]:
    """Median milliseconds of each maker, taking turns."""
    times = [[_milliseconds(make, one) for make in makers] for one in records]
    return [round(statistics.median(column), 3) for column in zip(*times, strict=True)]


def _milliseconds(make: Callable[[Any], object], one: Any) -> float:
    start = time.perf_counter()
    make(one)
    return (time.perf_counter() - start) * 1000


def _scan() -> dict[str, float]:
    """The safety scan of finished gap reports, each another person's than the one before, 10,000 people on People."""
    results, template = crowd(), load_template(OWN)
    start = time.perf_counter()
    scanner = Scanner.of(results)
    scanner.reader("employee")
    seconds = time.perf_counter() - start
    people = list(results.evaluated.index)
    made = [(template.render(gap_report(results, person)), person) for person in people]
    return {
        "safety scan of a gap report, 10,000 people, ms": _steady(
            lambda one: scanner.scan(one[0], one[1], "employee"), made * 5
        ),
        "made ready for 10,000 people, s": round(seconds, 2),
    }


def _to_disk() -> float:
    """Seconds for 10,000 gap reports of the demo's people, each made from the results, scanned and written."""
    crowd()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        shares = [(folder, range(first, DOCUMENTS, 2)) for first in range(2)]
        with multiprocessing.get_context("fork").Pool(2) as pool:
            pool.map(_write_share, shares)
        seconds = time.perf_counter() - start
        made = sum(1 for _ in Path(folder).iterdir())
    if made != DOCUMENTS:
        sys.exit(f"{made} documents were made, not {DOCUMENTS}")
    return seconds


def _write_share(share: tuple[str, range]) -> None:
    folder, numbers = share
    results, template = crowd(), load_template(OWN)
    scanner = Scanner.of(results)
    people = itertools.cycle(results.evaluated.index)
    for number, person in zip(numbers, people, strict=False):
        data = template.render(gap_report(results, person))
        if scanner.scan(data, person, "employee"):
            sys.exit("A document of the demo is not safe to release.")
        Path(folder, f"{number}.docx").write_bytes(data)


def _one_process() -> float:
    """Seconds of `careersheets report --employee` on the demo workbook, the best of three."""
    program = Path(sys.executable).with_name("careersheets")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "new", folder, "--demo"], capture_output=True, check=True)
        command = [program, "report", Path(folder, "careers.xlsx"), "--employee", "L1005"]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=False)
            times.append(time.perf_counter() - start)
    return min(times)
