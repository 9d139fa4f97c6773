"""A workbook as openpyxl sees it: a second reader, independent of ours."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import openpyxl


def load(path: Path) -> openpyxl.Workbook:
    """The workbook at `path`, formulas as text. What openpyxl does not understand it warns about; that is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
