"""Patterns for names and folders of documents, as the sheet Settings gives them."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from ..vocabulary.settings import FOLDER_FIELDS, NAME_FIELDS


def folder_pattern(text: str) -> str | None:
    """`text` if it can be followed as a pattern for folders."""
    return text if _can_be_followed(text, FOLDER_FIELDS) else None


def name_pattern(text: str) -> str | None:
    """`text` if it can be followed as a pattern for names."""
    return text if _can_be_followed(text, NAME_FIELDS) else None


def braced(fields: Sequence[str]) -> str:
    """`{cycle} {kind}`: the fields as they are written in a pattern."""
    return " ".join(f"{{{field}}}" for field in fields)


def _can_be_followed(pattern: str, known: Sequence[str]) -> bool:
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError:
        return False
    return all(
        field is None or (field in known and not form and not conversion)
        for _, field, form, conversion in pieces
    )
