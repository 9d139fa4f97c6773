"""A new workspace: the master workbook, and the Word templates for HR to make their own."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..books.building import build_workbook
from ..documents.kinds import KINDS
from ..ledger.ledger import new_identity
from ..model.errors import AccessDenied, UsageError
from .demo import demo_rows
from .shipped import WORKBOOK, shipped_folder
from .starters import Rows, load_starters

TEMPLATES = "doc_templates"


def new_workspace(folder: Path, now: datetime, *, frameworks: Sequence[str] = (), demo: bool = False) -> Path:
    """Make `folder` with a master workbook and the Word templates; the path of the workbook.

    Args:
        folder: made if it is not there; nothing in it is overwritten.
        now: local time; the demo's dates are around it.
        frameworks: starter frameworks to begin with.
        demo: fill it with fictional people.

    Raises:
        UsageError: the folder holds a workbook already.
        NotFound: there is no such starter framework.
        AccessDenied: one may not write there.
    """
    workbook = folder / WORKBOOK
    rows = first_rows(now, frameworks=frameworks, demo=demo)
    if workbook.exists():
        raise UsageError(
            f'"{folder.name}" holds a workbook {WORKBOOK} already. Give another folder; nothing was changed.'
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy_templates(folder / TEMPLATES)
        build_workbook(workbook, rows, created=now, identity=new_identity())
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise AccessDenied(
            f'"{folder}" cannot be made or written to. Choose a folder of your own.'
        ) from error
    return workbook


def first_rows(now: datetime, *, frameworks: Sequence[str] = (), demo: bool = False) -> Rows:
    """What a new workbook begins with, by sheet and column: starter frameworks, or with `demo` fictional people.

    Raises:
        NotFound: there is no such starter framework.
    """
    return demo_rows(today=now.date()) if demo else load_starters(frameworks)


def _copy_templates(folder: Path) -> None:
    """The templates of documents and mails, but for those that are there already."""
    folder.mkdir(exist_ok=True)
    for name in sorted({file for kind in KINDS for file in kind.files}):
        if not (folder / name).exists():
            shutil.copyfile(shipped_folder(TEMPLATES) / name, folder / name)
