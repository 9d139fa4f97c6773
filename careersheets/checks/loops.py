"""Chains that lead back to where they began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .placing import LISTED


def find_loops(leads_to: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The loops among `leads_to`, each as the names along it; a name that leads to itself alone is no loop here.

    Every name and every step is looked at once, so a sheet of 100,000 people takes no longer than it must. Where
    loops share steps, not every combination of them is listed, but breaking all that are listed leaves none.
    """
    done: set[str] = set()
    return [loop for start in leads_to if start not in done for loop in _loops_from(start, leads_to, done)]


def shown_loop(loop: Sequence[str]) -> str:
    """`A → B → A`, shortened where the loop is long."""
    names = [*loop] if len(loop) <= LISTED else [*loop[:LISTED], "…"]
    return " → ".join([*names, loop[0]])


def _loops_from(
    start: str, leads_to: Mapping[str, Sequence[str]], done: set[str]
) -> Iterator[tuple[str, ...]]:
    """Depth first from `start`, without recursion; a step back onto the current path closes a loop."""
    path = {start: 0}
    open_steps = [iter(leads_to[start])]
    while open_steps:
        following = next(open_steps[-1], None)
        if following is None:
            open_steps.pop()
            done.add(path.popitem()[0])
        elif following in path:
            loop = tuple(path)[path[following] :]
            if len(loop) > 1:
                yield loop
        elif following in leads_to and following not in done:
            path[following] = len(path)
            open_steps.append(iter(leads_to[following]))
