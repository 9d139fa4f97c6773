"""Many phrases looked for at once: sets decide whether a text can hold any, and only then are its words gone through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

Words = tuple[str, ...]
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True, eq=False)
class Phrases(Generic[Meaning]):
    """Phrases by their folded words, with what each means.

    `firsts`: the first words. `lengths`: by first word, how long the phrases are, longest first. `seconds`: by first
    word, the second ones; absent where a phrase is that word alone.
    """

    meanings: Mapping[Words, Meaning]
    firsts: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    seconds: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, meanings: Mapping[Words, Meaning]) -> Phrases[Meaning]:
        """The phrases of `meanings`; none of them empty."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        seconds: defaultdict[str, set[str]] = defaultdict(set)
        for words in meanings:
            lengths[words[0]].add(len(words))
            seconds[words[0]].add(words[1] if len(words) > 1 else "")
        return cls(
            meanings,
            frozenset(lengths),
            {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
            {first: frozenset(found) for first, found in seconds.items() if "" not in found},
        )

    def found_in(self, words: Sequence[str], present: AbstractSet[str]) -> Iterator[Meaning]:
        """What the phrases in `words` mean, in order; of phrases within a longer one, only the longer.

        Args:
            words: the folded words of a text.
            present: the same as a set.
        """
        firsts = {first for first in self.firsts & present if self._may_go_on(first, present)}
        if not firsts:
            return
        done = 0
        for place in [place for place, word in enumerate(words) if word in firsts]:
            if place < done:
                continue
            for length in self.lengths[words[place]]:
                meaning = self.meanings.get(tuple(words[place : place + length]))
                if meaning is not None:
                    done = place + length
                    yield meaning
                    break

    def _may_go_on(self, first: str, present: AbstractSet[str]) -> bool:
        seconds = self.seconds.get(first)
        return seconds is None or not seconds.isdisjoint(present)
