"""Loading the template of a kind and making one of its documents, whatever its form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from ..analysis.results import Results
from .errors import TemplateRefused
from .kind import Kind
from .letters import Letter, load_letter
from .template import Template, load_template

# A template that was read and compiled; one thread renders it at a time.
Prepared: TypeAlias = Template | Letter


def prepare(kind: Kind, folders: Sequence[Path]) -> Prepared:
    """The template of `kind`, compiled; each of its files comes from the first of `folders` that holds it.

    Args:
        kind: a kind of document.
        folders: HR's own first, then the one that comes with the package.

    Raises:
        TemplateRefused: a file is in none of the folders, or not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    if kind.form == "letter":
        return prepare_letter(kind.files, folders)
    return load_template(_first(folders, kind.files[0]))


def prepare_letter(names: Sequence[str], folders: Sequence[Path]) -> Letter:
    """The letter whose text and HTML templates are called `names`, each from the first of `folders` that holds it.

    Raises:
        TemplateRefused: a file is in none of the folders, or not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    text, markup = (_first(folders, name) for name in names)
    return load_letter(text, markup)


def make(kind: Kind, prepared: Prepared, results: Results, employee_id: str) -> bytes:
    """One finished document of `kind` as the bytes of a file that ends in `file_ending(kind)`.

    Raises:
        CareersheetsError: the template cannot be followed for this person, or a letter has no address to go to.
    """
    return prepared.render(kind.context(results, employee_id))


def file_ending(kind: Kind) -> str:
    """How the files of `kind` end: ".docx", or ".eml" for letters."""
    return ".eml" if kind.form == "letter" else ".docx"


def _first(folders: Sequence[Path], name: str) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise TemplateRefused(name, "is not there.", "Put it back into the folder doc_templates.")
