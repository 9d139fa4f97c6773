"""What finished Word documents are held against: two validators, and checks of our own for what both miss."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

_LOCAL = Path(__file__).parents[1] / "node_modules" / ".bin" / "ooxml-validator"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TAG = re.compile(r"\{\{|\{%|%\}|\{#|#\}")


def audit_complaints(path: Path) -> list[str]:
    """What openxml-audit finds wrong in the document at `path`."""
    result = OpenXmlValidator().validate(str(path))
    return [str(error) for error in result.errors]


def sdk_complaints(paths: Sequence[Path]) -> dict[str, list[str]]:
    """What Microsoft's Open XML SDK finds wrong, by file name; a visible skip where the validator is not installed."""
    tool = sdk_validator()
    found = {}
    for path in paths:
        run = subprocess.run([tool, str(path)], capture_output=True, text=True, timeout=60, check=False)
        report = json.loads(run.stdout or "{}")
        errors = report if isinstance(report, list) else report.get("errors", [])
        complaints = [json.dumps(error) for error in errors]
        if not complaints and run.returncode:
            complaints = [run.stderr.strip() or run.stdout.strip() or f"ended with {run.returncode}"]
        found[path.name] = complaints
    return found


def sdk_validator() -> str:
    """The validator's program."""
    found = str(_LOCAL) if _LOCAL.exists() else shutil.which("ooxml-validator")
    if found:
        return found
    if os.environ.get("CAREERSHEETS_REQUIRE_TOOLS") == "1":
        pytest.fail("ooxml-validator is required here; run `npm ci` in tests/")
    pytest.skip("ooxml-validator is not installed; run `npm ci` in tests/")


def own_complaints(document: bytes, *, said: Sequence[str] = ()) -> list[str]:
    """Duplicate ids, embedded workbooks that do not open, tags left over.

    Args:
        document: the bytes of a .docx file.
        said: texts of people that may look like tags.
    """
    complaints = []
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".xlsx"):
                openpyxl.load_workbook(io.BytesIO(data)).close()
            elif name.endswith((".xml", ".rels")):
                complaints += [f"{name}: {what}" for what in _of_part(data, said)]
    return complaints


def _of_part(data: bytes, said: Sequence[str]) -> list[str]:
    root = etree.fromstring(data)
    complaints = []
    for what, ids in {
        "drawing": [element.get("id") for element in root.iter(_DRAWING)],
        "bookmark": [element.get(f"{_W}id") for element in root.iter(f"{_W}bookmarkStart")],
        "content control": [
            element.get(f"{_W}val") for found in root.iter(f"{_W}sdtPr") for element in found.iter(f"{_W}id")
        ],
    }.items():
        twice = [one for one, count in Counter(ids).items() if count > 1]
        complaints += [f"{what} id {one} stands twice" for one in twice]
    text = data.decode("utf-8")
    for words in said:
        text = text.replace(words, "")
    return complaints + [
        f"tag left over: {text[match.start() : match.start() + 60]}" for match in _TAG.finditer(text)
    ]
