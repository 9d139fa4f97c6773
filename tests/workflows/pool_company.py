"""What the tests of several processes make, here and in programs of their own: jobs that are slow, or end a process."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from careersheets.delivery.run_folder import open_run
from careersheets.workflows.assess import Assessment
from careersheets.workflows.report import Asked, Made
from careersheets.workflows.report_making import Job, job_of
from careersheets.workflows.report_plan import plan_documents
from careersheets.workflows.report_pool import make_in_pool
from tests.documents.company import company

NOW = datetime(2026, 11, 22, 9, 30)


def planned() -> list[Made]:
    """A document of every kind about everyone of an invented company, two times over."""
    assessment = Assessment(None, company(), [], {})  # type: ignore[arg-type]
    return plan_documents(assessment, Asked(kinds=["gap-report", "development-plan"])).documents


def job(folder: Path) -> Job:
    return job_of(company(), folder)


@dataclass(slots=True)
class DeadlyJob(Job):
    """Ends whichever process makes the document about P003."""

    def finished(self, document: Made) -> bytes:
        if document.employee_id == "P003":
            os.kill(os.getpid(), signal.SIGKILL)
        return Job.finished(self, document)


@dataclass(slots=True)
class SlowJob(Job):
    """Takes its time."""

    def finished(self, document: Made) -> bytes:
        time.sleep(0.2)
        return Job.finished(self, document)


def main(folder: Path) -> None:
    """Make everything slowly, saying when it has begun."""
    slow = SlowJob(company(), job(folder).templates)
    with open_run(folder, "documents", NOW) as run:
        for document in make_in_pool(slow, planned() * 20, run.fresh):
            print(document.state, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
