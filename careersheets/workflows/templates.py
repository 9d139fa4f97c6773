"""Check one of HR's templates before it is used."""

from __future__ import annotations

from pathlib import Path

from ..documents.checking import check_template
from ..documents.kinds import KINDS
from ..model.errors import NotFound
from ..model.findings import Finding


def check_template_file(path: Path, kind: str = "") -> list[Finding]:
    """What is wrong in the template at `path`, each with the tag and its place.

    Args:
        path: a .docx file, or one of the two files of a mail.
        kind: the key of the kind of document it is for; by its file name where it is "".

    Raises:
        CareersheetsError: the file cannot be read, or its kind is not known.
    """
    known = {known_kind.key: known_kind for known_kind in KINDS}
    by_name = {file: known_kind.key for known_kind in KINDS for file in known_kind.files}
    key = kind or by_name.get(path.name, "")
    if key not in known:
        raise NotFound("kind of document", kind or path.stem, known)
    return check_template(path, key)
