"""How fast documents are made: against docxtpl, docxtemplater, and the floor that zipping ready XML is.

Everything is measured in one run. docxtemplater needs `npm ci` in tests/; without it its figures are left out.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from _children import in_child  # noqa: E402
from _crowd import crowd  # noqa: E402
from _many_people import many_people  # noqa: E402
from _reference import docxtemplater_template, our_template, record  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402

from careersheets.delivery.made_record import MadeRecord  # noqa: E402
from careersheets.delivery.run_folder import open_run  # noqa: E402
from careersheets.documents.content.gap_report import gap_report  # noqa: E402
from careersheets.documents.naming import TOP  # noqa: E402
from careersheets.documents.package import parts_of  # noqa: E402
from careersheets.documents.safety import Scanner  # noqa: E402
from careersheets.documents.template import Template, load_template  # noqa: E402
from careersheets.workflows.assess import Assessment  # noqa: E402
from careersheets.workflows.report import Asked  # noqa: E402
from careersheets.workflows.report_making import job_of  # noqa: E402
from careersheets.workflows.report_placing import put_in_place  # noqa: E402
from careersheets.workflows.report_plan import plan_documents  # noqa: E402
from careersheets.workflows.report_pool import make_in_pool  # noqa: E402
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
        **_runs(),
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


def _runs() -> dict[str, float]:
    small, large = in_child("documents", "one_thousand"), in_child("documents", "ten_thousand")
    return {
        "10,000 gap reports to disk, scanned, s": round(large["seconds"], 1),
        "memory with 1,000 reports planned, MB": round(small["planned"]),
        "... while they are made, MB": round(small["peak"]),
        "... in another process, MB": round(small["other"]),
        "memory with 10,000 reports planned, MB": round(large["planned"]),
        "... while they are made, MB ": round(large["peak"]),
        "... in another process, MB ": round(large["other"]),
    }


def ten_thousand() -> dict[str, float]:
    """A run of 10,000 gap reports, as `report` makes them."""
    return _whole_run(DOCUMENTS)


def one_thousand() -> dict[str, float]:
    """A run of a tenth of them."""
    return _whole_run(DOCUMENTS // 10)


def _whole_run(count: int) -> dict[str, float]:
    """Seconds to plan, make, scan, write and put in place the gap reports of so many different people.

    Also the memory of this process when they are planned and at its peak, and that of the largest other one, in MB.
    """
    assessment = Assessment(None, many_people(count), [], {})  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        base, start = Path(folder), time.perf_counter()
        plan = plan_documents(assessment, Asked())
        job = job_of(plan.results, base)
        job.prepare_all(plan.documents)
        planned = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with open_run(base, TOP, datetime(2026, 11, 22)) as run:
            made = list(make_in_pool(job, plan.documents, run.fresh))
            placed, _ = put_in_place(run, made, plan.results, MadeRecord(base / TOP))
        seconds = time.perf_counter() - start
        files = sum(1 for _ in (base / TOP).rglob("*.docx"))
    if files != count or any(not document.is_made for document in placed):
        sys.exit(f"{files} documents were made, not {count}")
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"seconds": seconds, "planned": planned / 1024, "peak": peaks[0] / 1024, "other": peaks[1] / 1024}


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
