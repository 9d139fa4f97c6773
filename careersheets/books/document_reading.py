"""The XML parts of a Word document, checked. Runs in the limited child only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .preflight import ZIP_ERRORS, Refused, kind_of, open_packed
from .refusals import Refusal
from .workbook_index import member_names
from .xml_outline import BadXml, parse_outline

_LARGEST_PART = 20 * 1024 * 1024


def read_document(path: Path) -> Iterator[tuple[Any, ...]]:
    """One ("part", name, bytes) for each XML part of the .docx, well-formed and without document types.

    Raises:
        Refused: the file is not read.
    """
    if kind_of(path) != "zip":
        raise Refused(Refusal.NOT_A_DOCUMENT)
    with open_packed(path) as archive:
        if "word/document.xml" not in member_names(archive):
            raise Refused(Refusal.NOT_A_DOCUMENT)
        for part in archive.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                if part.file_size > _LARGEST_PART:
                    raise Refused(Refusal.UNPACKS_TOO_LARGE)
                try:
                    content = archive.read(part)
                    parse_outline(content)
                except (BadXml, *ZIP_ERRORS) as error:
                    raise Refused(Refusal.DAMAGED_PART) from error
                yield "part", part.filename, content
