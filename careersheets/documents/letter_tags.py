"""The tags of a letter's templates, each with the line HR finds it in, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .faults import Fault, faults_among
from .tags import Tag, tags_in


def letter_faults(name: str, source: str, context: Mapping[str, Any] | None) -> Iterator[Fault]:
    """The faults of the letter template called `name`, in the order of its text.

    Args:
        name: the file's name.
        source: its text.
        context: what its tags can name; names are not checked where it is None.
    """
    yield from faults_among([list(_tags(name, source))], context)


def _tags(name: str, source: str) -> Iterator[Tag]:
    for number, line in enumerate(source.split("\n"), start=1):
        yield from tags_in(line, name, f"line {number}")
