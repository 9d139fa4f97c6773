"""Many phrases looked for at once: the words of a text are gone through once, however many phrases there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Words = tuple[str, ...]
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Meaning]):
    """Phrases by their folded words, with what each means. `lengths`: by first word, how long they are, longest first."""

    meanings: Mapping[Words, Meaning]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, meanings: Mapping[Words, Meaning]) -> Phrases[Meaning]:
        """The phrases of `meanings`; none of them empty."""
        lengths: dict[str, set[int]] = {}
        for words in meanings:
            lengths.setdefault(words[0], set()).add(len(words))
        longest_first = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        return cls(meanings, longest_first)

    def found_in(self, words: Sequence[str]) -> Iterator[Meaning]:
        """What the phrases in `words` mean, in order; of phrases within a longer one, only the longer."""
        if self.lengths.keys().isdisjoint(words):
            return
        done = 0
        for place, word in enumerate(words):
            if place < done or word not in self.lengths:
                continue
            for length in self.lengths[word]:
                meaning = self.meanings.get(tuple(words[place : place + length]))
                if meaning is not None:
                    done = place + length
                    yield meaning
                    break
