"""Sets of entry numbers as short text: `3-17,20`."""

from __future__ import annotations

from collections.abc import Iterable


def written_spans(numbers: Iterable[int]) -> str:
    """`numbers` as text, ends inclusive."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def read_spans(text: str) -> set[int]:
    """The numbers that `text` means.

    Raises:
        ValueError: it is no such text.
    """
    numbers: set[int] = set()
    for span in filter(None, text.split(",")):
        first, _, last = span.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return numbers
