"""Where the templates that come with the package are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

# What a new master workbook is called, and the template of it.
WORKBOOK = "careers.xlsx"
TEMPLATES = "doc_templates"

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder(name: str) -> Path:
    """`workbook_templates` or `doc_templates`: inside an installed package, beside it in a source checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def template_folders(folder: Path) -> tuple[Path, Path]:
    """Where templates for the workbook in `folder` are looked for: HR's own beside it first, then the shipped ones."""
    return folder / TEMPLATES, shipped_folder(TEMPLATES)


def missing_templates(folder: Path, files: Iterable[str]) -> list[str]:
    """A sentence on those of `files` that HR's own folder of templates lacks; none where HR has no such folder."""
    own, _ = template_folders(folder)
    missing = [f'"{name}"' for name in dict.fromkeys(files) if not (own / name).is_file()]
    if not missing or not own.is_dir():
        return []
    return [
        f'The folder "{TEMPLATES}" has no {", ".join(missing)}: the one that comes with careersheets is used.'
    ]
