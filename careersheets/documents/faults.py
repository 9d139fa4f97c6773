"""What is wrong with a template's tags: each on its own, so that it can be named with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from .charts import BINDING
from .errors import TemplateFault
from .sandbox import FILTERS, Sandbox, refuse_dangers
from .tags import Tag, tags_of
from .text import InlineMarkup

UNKNOWN, UNCLOSED, SYNTAX, FORBIDDEN, NO_CHART = "unknown", "unclosed", "syntax", "forbidden", "chart"
_BLOCKS = ("for", "if")
_BY_DOCXTPL = ("cellbg", "colspan", "vm", "hm")
_ALWAYS = ("range", "true", "false", "none", "True", "False", "None")
_ANY = object()


@dataclass(frozen=True, slots=True)
class Fault:
    """A tag that cannot be followed: what kind of fault it is, and why in words."""

    kind: str
    tag: Tag
    why: str


@dataclass(slots=True)
class _Walk:
    """Where the reading of one part stands: open blocks, and the names known in each."""

    scopes: list[dict[str, Any]]
    open: list[tuple[str, Tag]] = field(default_factory=list)
    checks_names: bool = True
    placed: set[str] = field(default_factory=set)


def find_faults(name: str, parts: Mapping[str, bytes], context: Mapping[str, Any] | None) -> Iterator[Fault]:
    """The faults of the template called `name`, in the order of its text.

    Args:
        name: the file's name.
        parts: its parts.
        context: what its tags can name; names are not checked where it is None.
    """
    yield from faults_among(tags_of(name, parts), context)


def faults_among(tags_of_parts: Iterable[list[Tag]], context: Mapping[str, Any] | None) -> Iterator[Fault]:
    """As `find_faults`, from the tags of each part in the order of its text."""
    sandbox = Sandbox()
    for tags in tags_of_parts:
        walk = _Walk([dict(context or {})], checks_names=context is not None)
        for tag in tags:
            yield from _faults_of(tag, walk, sandbox)
        for word, tag in walk.open:
            yield Fault(UNCLOSED, tag, f'there is no "end{word}" for it')


def first_fault(
    name: str,
    parts: Mapping[str, bytes],
    context: Mapping[str, Any] | None,
    *,
    part: str = "",
    otherwise: str,
) -> TemplateFault:
    """The first fault as an error; `otherwise` is said where no tag can be named."""
    return first_fault_among(find_faults(name, parts, context), name, part=part, otherwise=otherwise)


def first_fault_among(faults: Iterable[Fault], name: str, *, part: str = "", otherwise: str) -> TemplateFault:
    """As `first_fault`, from the faults found in the template called `name`."""
    for fault in faults:
        return TemplateFault(name, fault.tag.place, f"{fault.tag.shown} – {fault.why}.")
    return TemplateFault(name, part or "its text", f"{otherwise}.")


def _faults_of(tag: Tag, walk: _Walk, sandbox: Sandbox) -> Iterator[Fault]:
    if not tag.is_closed:
        yield Fault(SYNTAX, tag, "its closing braces are missing, or stand in another paragraph")
    elif tag.text.startswith("{#"):
        yield from _chart_fault(tag, walk)
    elif tag.text.startswith("{{"):
        yield from _expression_faults(tag, tag.inside, walk, sandbox)
        yield from _field_faults(tag, walk, sandbox)
    else:
        yield from _statement_faults(tag, walk, sandbox)


def _chart_fault(tag: Tag, walk: _Walk) -> Iterator[Fault]:
    binding = BINDING.search(tag.text)
    charts = walk.scopes[0].get("charts", {})
    if binding and walk.checks_names and binding[1] not in charts:
        yield Fault(NO_CHART, tag, f'there is no data "{binding[1]}"{_likely(binding[1], charts)}')


def _statement_faults(tag: Tag, walk: _Walk, sandbox: Sandbox) -> Iterator[Fault]:
    word, _, rest = tag.inside.partition(" ")
    if word in _BY_DOCXTPL:
        if rest.strip():
            yield from _expression_faults(tag, rest, walk, sandbox)
    elif word in ("endfor", "endif"):
        yield from _close(tag, word.removeprefix("end"), walk)
    elif word in ("else", "elif"):
        if not walk.open:
            yield Fault(UNCLOSED, tag, 'there is no "if" before it')
        elif word == "elif":
            yield from _expression_faults(tag, rest, walk, sandbox)
    elif word == "set":
        yield from _set_faults(tag, walk, sandbox)
    elif word in _BLOCKS:
        yield from _block_faults(tag, word, rest, walk, sandbox)
    else:
        yield Fault(FORBIDDEN, tag, f'"{word}" is not a statement of templates')


def _close(tag: Tag, word: str, walk: _Walk) -> Iterator[Fault]:
    if not walk.open:
        yield Fault(UNCLOSED, tag, f'there is no "{word}" before it')
        return
    opened, opening = walk.open.pop()
    if opened == "for":
        walk.scopes.pop()
    if opened != word:
        yield Fault(UNCLOSED, tag, f'it closes {opening.shown} ({opening.place}), which needs "end{opened}"')


def _set_faults(tag: Tag, walk: _Walk, sandbox: Sandbox) -> Iterator[Fault]:
    tree, faults = _tree(tag, f"{{% {tag.inside} %}}", sandbox)
    yield from faults
    for assigned in tree.find_all(nodes.Assign) if tree else ():
        yield from _name_faults(tag, assigned.node, walk)
        if isinstance(assigned.target, nodes.Name):
            walk.scopes[-1][assigned.target.name] = _value(assigned.node, walk)


def _block_faults(tag: Tag, word: str, rest: str, walk: _Walk, sandbox: Sandbox) -> Iterator[Fault]:
    walk.open.append((word, tag))
    if word == "if":
        yield from _expression_faults(tag, rest, walk, sandbox)
        return
    tree, faults = _tree(tag, f"{{% {tag.inside} %}}{{% endfor %}}", sandbox)
    yield from faults
    loop = next(tree.find_all(nodes.For), None) if tree else None
    turn: dict[str, Any] = {"loop": _ANY}
    if loop is None:
        turn |= dict.fromkeys(rest.split(" in ", maxsplit=1)[0].replace(",", " ").split(), _ANY)
    else:
        yield from _name_faults(tag, loop.iter, walk)
        turns = _value(loop.iter, walk)
        first = turns[0] if isinstance(turns, list | tuple) and turns else _ANY
        named = [target.name for target in (loop.target, *loop.target.find_all(nodes.Name)) if isinstance(target, nodes.Name)]  # fmt: skip
        turn |= {name: first if len(set(named)) == 1 else _ANY for name in named}
    walk.scopes.append(turn)


def _expression_faults(tag: Tag, expression: str, walk: _Walk, sandbox: Sandbox) -> Iterator[Fault]:
    tree, faults = _tree(tag, f"{{{{ {expression} }}}}", sandbox)
    yield from faults
    for output in tree.find_all(nodes.Output) if tree else ():
        for expressed in output.nodes:
            yield from _name_faults(tag, expressed, walk)


def _field_faults(tag: Tag, walk: _Walk, sandbox: Sandbox) -> Iterator[Fault]:
    """Fields of forms stand beside texts, and each of them once."""
    tree, _ = _tree(tag, f"{{{{ {tag.inside} }}}}", sandbox)
    expressed = (
        next((node for output in tree.find_all(nodes.Output) for node in output.nodes), None)
        if tree
        else None
    )
    value = _value(expressed, walk) if expressed else _ANY
    is_placed = re.match(r"\{\{r\s+form", tag.text) is not None
    if isinstance(value, InlineMarkup) and not is_placed:
        yield Fault(FORBIDDEN, tag, f"it is a field of a form, which is placed with {{{{r {tag.inside} }}}}")
    elif is_placed and walk.checks_names and isinstance(value, str | int | float | date | list | dict):
        yield Fault(FORBIDDEN, tag, f"it is no field of a form; text is shown with {{{{ {tag.inside} }}}}")
    elif is_placed and not any(word in _BLOCKS for word, _ in walk.open):
        if tag.inside in walk.placed:
            yield Fault(FORBIDDEN, tag, "the same field stands further up, and it can have one answer only")
        walk.placed.add(tag.inside)


def _tree(tag: Tag, source: str, sandbox: Sandbox) -> tuple[nodes.Template | None, list[Fault]]:
    try:
        tree = sandbox.parse(source)
    except TemplateSyntaxError as error:
        return None, [Fault(SYNTAX, tag, _in_words(error.message or "it cannot be read"))]
    try:
        refuse_dangers(tree)
    except TemplateSyntaxError as error:
        return None, [Fault(FORBIDDEN, tag, str(error.message))]
    return tree, []


def _in_words(message: str) -> str:
    message = message.rstrip(".").replace("'", '"')
    known = sorted(FILTERS)
    if message.startswith("No filter named"):
        return f"{message[:1].lower()}{message[1:]}; there are {', '.join(known)}"
    return f"{message[:1].lower()}{message[1:]}"


def _name_faults(tag: Tag, node: nodes.Node, walk: _Walk) -> Iterator[Fault]:
    """Names and fields in `node` that do not exist; those asked for with `is defined` or `default` may be missing."""
    if not walk.checks_names or _may_be_missing(node):
        return
    if isinstance(node, nodes.Name) and _look_up(node.name, walk) is None and node.name not in _ALWAYS:
        yield Fault(UNKNOWN, tag, f'there is no "{node.name}"{_likely(node.name, _names(walk))}')
    elif isinstance(node, nodes.Getattr):
        owner = _value(node.node, walk)
        if isinstance(owner, dict) and node.attr not in owner and not hasattr(dict, node.attr):
            yield Fault(
                UNKNOWN, tag, f'there is no "{node.attr}" in {_path(node.node)}{_likely(node.attr, owner)}'
            )
    for child in node.iter_child_nodes():
        yield from _name_faults(tag, child, walk)


def _may_be_missing(node: nodes.Node) -> bool:
    return (isinstance(node, nodes.Test) and node.name in ("defined", "undefined")) or (
        isinstance(node, nodes.Filter) and node.name in ("default", "d")
    )


def _value(node: nodes.Node, walk: _Walk) -> Any:
    """What `node` stands for in the context; anything where that cannot be told."""
    if isinstance(node, nodes.Name):
        found = _look_up(node.name, walk)
        return _ANY if found is None else found[0]
    if isinstance(node, nodes.Getattr):
        owner = _value(node.node, walk)
        return owner.get(node.attr, _ANY) if isinstance(owner, dict) else _ANY
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        owner = _value(node.node, walk)
        return owner[0] if isinstance(owner, list) and owner and isinstance(node.arg.value, int) else _ANY
    return _ANY


def _look_up(name: str, walk: _Walk) -> tuple[Any] | None:
    """The value of a name in the innermost scope that has it."""
    for scope in reversed(walk.scopes):
        if name in scope:
            return (scope[name],)
    return None


def _names(walk: _Walk) -> list[str]:
    return [name for scope in walk.scopes for name in scope]


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return str(node.name) if isinstance(node, nodes.Name) else "it"


def _likely(name: str, there: Any) -> str:
    likely = difflib.get_close_matches(name, list(there), 1, 0.5)
    if likely:
        return f'; "{likely[0]}" may be meant'
    return f"; there is {', '.join(sorted(there)[:8])}" if there else ""
