"""What a template may do: show values, choose, repeat. It can reach no program, no file and no other person.

The syntax tree is checked before anything is rendered; the sandbox, budgets for size and time, and a short list of
filters hold while it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from typing import Any, cast

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from .text import LONGEST_TEXT, InlineMarkup, Ready, in_attribute, in_paragraph

FILTERS = frozenset(
    [
        "abs",
        "capitalize",
        "count",
        "default",
        "d",
        "first",
        "float",
        "groupby",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "replace",
        "reverse",
        "round",
        "select",
        "selectattr",
        "sort",
        "string",
        "sum",
        "title",
        "trim",
        "truncate",
        "unique",
        "upper",
    ]
)
METHODS = frozenset(["capitalize", "endswith", "get", "items", "keys", "lower", "lstrip", "rstrip", "split", "startswith", "strip", "title", "upper", "values", "cycle", "changed"])  # fmt: skip
_STATEMENTS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Assign,
    nodes.Expr,
    nodes.Helper,
    nodes.Operand,
    nodes.Keyword,
)
_UNITS_PER_TURN = 400
BUDGET = 64_000_000


class Refusal(SecurityError):
    """A tag asks for something a template may not do."""


class OverBudget(SecurityError):
    """A template makes more text than a document can hold, or repeats without end."""

    def __init__(self) -> None:
        super().__init__("it makes too much text or repeats too often")


class Budget:
    """What one rendering may still spend, in characters and turns of loops."""

    def __init__(self) -> None:
        self.left = BUDGET

    def spend(self, units: int) -> None:
        """Take `units` away.

        Raises:
            OverBudget: there were not as many.
        """
        self.left -= units
        if self.left < 0:
            raise OverBudget


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, where `a.b` on a mapping is first of all its key, and text cannot grow without end."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, finalize: Callable[[Any], Any] = in_paragraph, *, autoescape: bool = False) -> None:
        # Escaping is what in_paragraph does to every value; jinja's own would do it a second time, and only that.
        super().__init__(undefined=StrictUndefined, autoescape=autoescape, finalize=finalize)
        self.budget = Budget()
        self.placed: dict[str, InlineMarkup] = {}
        self.filters = {name: made for name, made in self.filters.items() if name in FILTERS}
        self.filters |= {"join": self._join, "replace": self._replace, "map": self._map}
        self.filters |= {"_attribute": in_attribute, "_inline": self._inline, "_turns": self._turns}
        self.globals = {"range": self._range}

    def begin(self) -> None:
        """Forget what the last document spent and placed."""
        self.budget.left = BUDGET
        self.placed = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`; never an attribute."""
        try:
            return obj[argument]
        except (AttributeError, TypeError, LookupError):
            return self.undefined(obj=obj, name=argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether `obj.attr` may be read."""
        if callable(value) and attr not in METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`left operator right`, if the outcome is small."""
        sizes = [len(side) for side in (left, right) if isinstance(side, Sized)]
        if operator == "+" and sum(sizes) > LONGEST_TEXT:
            raise OverBudget
        if operator == "*" and sizes:
            times = max((side for side in (left, right) if isinstance(side, int)), default=0)
            if sizes[0] * times > LONGEST_TEXT:
                raise OverBudget
        if operator == "**" and (abs(left) > 1e6 or abs(right) > 32):
            raise OverBudget
        if operator == "%" and isinstance(left, str):
            raise Refusal("text formatted with % may grow without end")
        return super().call_binop(context, operator, left, right)

    def _join(self, parts: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
        wanted = [part[attribute] for part in parts] if attribute else list(parts)
        self.budget.spend(len(wanted) * (len(between) + 20) + sum(len(str(part)) for part in wanted))
        return str(between).join([str(part) for part in wanted])

    def _replace(self, text: Any, old: str, new: str) -> str:
        text = str(text)
        self.budget.spend(len(text) + (text.count(old) if old else len(text)) * len(new))
        return str(text).replace(old, str(new))

    def _map(self, rows: Iterable[Any], attribute: str) -> list[Any]:
        return [self.getattr(row, attribute) for row in rows]

    def _range(self, *ends: int) -> range:
        turns = range(*ends)
        self.budget.spend(len(turns))
        return turns

    def _inline(self, value: Any) -> Any:
        """`value` among the runs of a paragraph: a field of a form, each once."""
        if isinstance(value, Undefined):
            return value
        xml = InlineMarkup.of(value)
        if value.key in self.placed:
            raise Refusal(f'the field "{value.key}" stands in the document twice, and its answer must be one')
        self.placed[value.key] = value
        return Ready(xml)

    def _turns(self, turns: Any, units: int) -> Any:
        """`turns` of a loop, paid for before the first."""
        if not isinstance(turns, Sized):
            turns = list(turns)
        self.budget.spend(len(turns) * units)
        return turns


class PayingSandbox(Sandbox):
    """A sandbox for docxtpl, which compiles for itself: whatever it is given pays."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return make_it_pay(super()._parse(source, name, filename))


def refuse_dangers(tree: nodes.Template) -> None:
    """Look for what a template may not do, before it does anything.

    Raises:
        TemplateSyntaxError: it does; with the line of the tag.
    """
    for node in _all(tree):
        reason = _danger(node)
        if reason:
            raise TemplateSyntaxError(reason, getattr(node, "lineno", 1))


class _Paying(NodeTransformer):
    """Makes loops pay for their turns beforehand, and joined text for its length."""

    def visit_For(self, loop: nodes.For) -> nodes.For:  # noqa: N802 - jinja's name
        units = _UNITS_PER_TURN + sum(len(data.data) for data in loop.find_all(nodes.TemplateData))
        self.generic_visit(loop)
        loop.iter = _filtered(cast("nodes.Expr", loop.iter), "_turns", loop.lineno, nodes.Const(units))
        return loop

    def visit_Concat(self, joined: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(joined)
        return _filtered(nodes.List(joined.nodes), "join", joined.lineno)


def make_it_pay(tree: nodes.Template) -> nodes.Template:
    """`tree` with every loop and every joined text held to the budget."""
    paid: nodes.Template = _Paying().visit(tree)
    return paid


def _filtered(node: nodes.Expr, name: str, line: int, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=line)


def _all(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


def _danger(node: nodes.Node) -> str:
    if not isinstance(node, (*_STATEMENTS, nodes.Expr)):
        return f"a template may not use {type(node).__name__.lower()}"
    if isinstance(node, nodes.For) and node.recursive:
        return "a loop may not call itself"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return f'"{node.attr}" is not a field'
    if isinstance(node, nodes.Name) and (node.name.startswith("_") or node.name == "self"):
        return f'"{node.name}" is not a field'
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and "__" in node.value:
        return f'"{node.value}" is not a field'
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f'there is no filter "{node.name}"'
    if isinstance(node, nodes.Getitem) and not _plain_key(node.arg):
        return "a key in [ ] must be a name, a number or a word"
    if isinstance(node, nodes.Mul) and any(_is_text(side) for side in (node.left, node.right)):
        return "text cannot be multiplied"
    return "" if not isinstance(node, nodes.Call) else _danger_of_call(node)


def _plain_key(key: nodes.Expr) -> bool:
    if isinstance(key, nodes.Slice):
        return all(part is None or isinstance(part, nodes.Const) for part in (key.start, key.stop, key.step))
    return isinstance(key, nodes.Const | nodes.Name | nodes.Getattr | nodes.Neg)


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Concat) or (isinstance(node, nodes.Const) and isinstance(node.value, str))


def _danger_of_call(call: nodes.Call) -> str:
    called = call.node
    if isinstance(called, nodes.Name) and called.name == "range":
        return ""
    if isinstance(called, nodes.Getattr) and called.attr in METHODS:
        return ""
    name = called.name if isinstance(called, nodes.Name) else getattr(called, "attr", "this")
    return f'"{name}" cannot be called'


def harmless(context: Mapping[str, Any]) -> dict[str, Any]:
    """`context` with only plain names, so that nothing internal can be covered by a value."""
    return {key: value for key, value in context.items() if not key.startswith("_")}
