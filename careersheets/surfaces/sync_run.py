"""One sync of one workbook, whether it is a file or kept in Google Sheets."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ..ledger.places import identity_of
from ..model.errors import CareersheetsError
from ..workflows.sync import Synced, sync
from ..workflows.sync_actions import Office
from ..workflows.sync_requests import FAILED
from .carriers import carrier_of, rules_of, settle_outbox
from .master import ClosedBook, Master
from .sync_memory import Kept, keep, memory_file, read_memory
from .work import recorded


def sync_once(master: Master[ClosedBook], every: str | None, now: datetime) -> tuple[Synced, bool]:
    """Sync once, if the workbook is another one than last time; what was done, and whether all went well.

    Args:
        master: the workbook.
        every: as in `workflows.sync.sync`.
        now: local time.

    Raises:
        CareersheetsError: it could not be done; that is kept for `sync status`.
    """
    file = memory_file(identity_of(master.place))
    kept = read_memory(file)
    same_times = every in (None, kept.every)
    kept.every = every if every is not None else kept.every
    try:
        version = master.book.version()
        if version == kept.memory.version and same_times:
            done = Synced("Nothing new.")
        else:
            done = _at_work(master, kept, file, version, every, now)
    except CareersheetsError as error:
        _note(file, kept, master.book.name, str(error), now, well=False)
        raise
    well = all(answer.state != FAILED for answer in done.answers.values())
    _note(file, kept, master.book.name, done.sentence, now, well=well)
    return done, well


def _at_work(
    master: Master[ClosedBook], kept: Kept, file: Path, version: str, every: str | None, now: datetime
) -> Synced:
    with recorded(master, "sync") as work:
        office = Office(
            work.book,
            work.folder,
            work.ledger,
            work.run,
            now,
            rules_of(work),
            lambda results: carrier_of(work, results),
            kept.memory.plans,
            lambda results: settle_outbox(work, results),
        )
        return sync(office, kept.memory, version, every, lambda: keep(file, kept))


def _note(file: Path, kept: Kept, name: str, sentence: str, now: datetime, *, well: bool) -> None:
    kept.name, kept.sentence, kept.code = name, sentence, 0 if well else 1
    kept.at = now.astimezone(UTC).isoformat(timespec="seconds")
    keep(file, kept)
