"""Field masks: `sheets(properties(title),data.rowData)` read into a tree, and applied to an answer."""

from __future__ import annotations

import re
from typing import Any

from .refusal import Refused

Mask = dict[str, Any]
_TOKEN = re.compile(r"\s*([\w*@$-]+|[(),./])")


def read_mask(text: str) -> Mask:
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != "".join(text.split()):
        raise Refused(400, f"Invalid field selection {text}")
    tree, rest = _selection(tokens)
    if rest:
        raise Refused(400, f"Invalid field selection {text}")
    return tree


def _selection(tokens: list[str]) -> tuple[Mask, list[str]]:
    """Comma-separated paths up to the closing bracket or the end."""
    tree: Mask = {}
    while tokens and tokens[0] != ")":
        node = tree
        while True:
            name, tokens = tokens[0], tokens[1:]
            node = node.setdefault(name, {})
            if not tokens or tokens[0] not in "./":
                break
            tokens = tokens[1:]
        if tokens and tokens[0] == "(":
            inner, tokens = _selection(tokens[1:])
            if not tokens:
                raise Refused(400, "Invalid field selection: a bracket is not closed")
            node.update(inner)
            tokens = tokens[1:]
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
    return tree, tokens


class AsAsked(dict[str, Any]):
    """A part of an answer that was gathered by its mask, so that nothing is left to take away."""


def apply_mask(answer: Any, mask: Mask) -> Any:
    if not mask or "*" in mask or isinstance(answer, AsAsked):
        return answer
    if isinstance(answer, list):
        return [apply_mask(item, mask) for item in answer]
    if not isinstance(answer, dict):
        return answer
    return {name: apply_mask(value, mask[name]) for name, value in answer.items() if name in mask}
