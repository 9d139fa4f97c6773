"""A run after a few changes: 10,000 people, five of whom changed, against the run that made all their gap reports.

Both runs go from planning to documents in place, with the ledger; reading the workbook is not part of either.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from _children import in_child  # noqa: E402
from _many_people import many_people  # noqa: E402

from careersheets.analysis.results import Results  # noqa: E402
from careersheets.delivery.made_record import MadeRecord  # noqa: E402
from careersheets.delivery.run_folder import open_run  # noqa: E402
from careersheets.documents.naming import TOP  # noqa: E402
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger  # noqa: E402
from careersheets.surfaces.cli.main import collect_less  # noqa: E402
from careersheets.tables.tables import Tables  # noqa: E402
from careersheets.vocabulary.evaluation import Scores  # noqa: E402
from careersheets.vocabulary.sheet import sheet_of  # noqa: E402
from careersheets.workflows.assess import Assessment  # noqa: E402
from careersheets.workflows.report import Asked  # noqa: E402
from careersheets.workflows.report_making import job_of, make_some  # noqa: E402
from careersheets.workflows.report_placing import put_in_place  # noqa: E402
from careersheets.workflows.report_plan import plan_documents  # noqa: E402
from careersheets.workflows.report_pool import make_in_pool, pays  # noqa: E402
from careersheets.workflows.report_trail import Trail  # noqa: E402

PEOPLE, CHANGED = 10_000, 5


def run() -> dict[str, object]:
    """Seconds of both runs, and what the second one made."""
    measured = in_child("changes", "both_runs")
    return {
        "suite": "changes",
        "figures": {
            "all documents, s": round(measured["all"], 1),
            "after five changes, s": round(measured["few"], 2),
            "made again": int(measured["made"]),
            "share of the full run, %": round(100 * measured["few"] / measured["all"], 1),
        },
        "ratios": {"the full run": round(measured["all"] / measured["few"], 1)},
    }


def both_runs() -> dict[str, float]:
    """The full run, and the one after five people's scores changed."""
    collect_less()
    results = many_people(PEOPLE)
    changed = _with_changes(results)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(new_identity(), place=str(Path(folder, "ledger"))) as ledger,
    ):
        base = Path(folder, "hr")
        base.mkdir()
        made, whole = _timed(results, ledger, base)
        again, few = _timed(changed, ledger, base)
    if made != PEOPLE:
        sys.exit(f"{made} documents were made, not {PEOPLE}")
    return {"all": whole, "few": few, "made": again}


def _timed(results: Results, ledger: Ledger, base: Path) -> tuple[int, float]:
    """How many documents a run makes, and its seconds."""
    start = time.perf_counter()
    with ledger.run("report", {}) as at_work:
        trail = Trail(ledger, at_work, base)
        plan = plan_documents(Assessment(None, results, [], {}), Asked())  # type: ignore[arg-type]
        documents = trail.without_unchanged(plan.results, plan.documents)
        job = job_of(plan.results, base)
        job.prepare_all(documents)
        planned = sum(document.state == "Planned" for document in documents)
        with open_run(base, TOP, datetime(2026, 11, 22)) as run:
            making = make_in_pool if pays(planned) else make_some
            placed, _ = put_in_place(
                run, list(making(job, documents, run.fresh)), plan.results, MadeRecord(base / TOP)
            )
            trail.note(plan.results, placed)
    return sum(document.is_made for document in placed), time.perf_counter() - start


def _with_changes(results: Results) -> Results:
    """The same people, with other evidence for five of them."""
    name = sheet_of(Scores).name
    table = results.tables.by_sheet[name]
    frame = table.frame.copy()
    rows = frame.drop_duplicates("employee_id").index[:: PEOPLE // CHANGED]
    frame.loc[rows, "evidence"] = "Something else was seen since."
    tables = Tables({**results.tables.by_sheet, name: replace(table, frame=frame)})
    return replace(results, tables=tables)
