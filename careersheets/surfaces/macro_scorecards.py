"""The buttons Split scorecards and Merge scorecards: the folder `scorecards` beside the workbook, and one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..books.live_excel import LiveExcel
from ..model.errors import UsageError
from ..model.findings import Finding
from ..workflows.progress import Progress
from ..workflows.scorecards_merge import compare_scorecards, enter, summary
from ..workflows.scorecards_register import FOLDER
from ..workflows.scorecards_review import returned_files, write_review
from ..workflows.scorecards_split import split_scorecards, told


def split_from(live: LiveExcel, now: datetime, progress: Progress) -> str:
    """Write the scorecards; the sentence for the user."""
    outcome = split_scorecards(live, live.path.parent, now, progress=progress)
    return (
        f'{told(outcome)} are in "{outcome.folder.parent.name}/{outcome.folder.name}" beside this workbook. '
        f'Put what comes back into "{FOLDER}/returned", then press Merge scorecards.'
    )


def merge_into(live: LiveExcel, now: datetime, agreed: Callable[[str], bool]) -> tuple[str, list[Finding]]:
    """Compare what came back, ask, and enter it; the sentence for the user and what is to be settled.

    Raises:
        UsageError: nothing came back yet.
    """
    folder = live.path.parent / FOLDER
    files = returned_files(folder / "returned")
    if not files:
        raise UsageError(
            f'There is nothing to merge. Put returned scorecards into "{FOLDER}/returned" beside this workbook.'
        )
    merging = compare_scorecards(live, folder, files)
    review = write_review(folder, merging, now)
    asked = f'{summary(merging)}. Line by line: "{FOLDER}/{review.name}".'
    if not len(merging.diff):
        return f"{asked} Nothing to enter.", merging.findings
    if not agreed(f"{asked} Enter it now?"):
        return f"{asked} Nothing was entered.", merging.findings
    receipt = enter(live, merging)
    return " ".join(filter(None, (f"Entered: {asked}", receipt.note))), merging.findings
