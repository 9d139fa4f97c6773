"""Ratings of somebody else, where the reader of a document has no business with them.

A rating is a small number and says nothing by itself. It tells something in a row of name, competency and number; two such
rows after one name, with numbers that are none of the subject's own for these competencies, are taken for a leak. A single
rating, or one that equals a number of the subject's, cannot be told from any other and is not found.

Source: REQUIREMENTS X7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..analysis.gaps import current_ratings
from ..analysis.results import Results
from ..tables.tables import as_list
from ..vocabulary.column import Audience
from ..vocabulary.framework import Competencies
from .content.cycle import CycleFacts, cycle_facts
from .hidden import forms_of
from .part_texts import words_of

# How far after a name its table may go, in signs of folded text, and how many of its rows make a leak.
REACH = 600
FEWEST_ROWS = 2
_NUMBERS_OF_SUBJECT = (
    "required", "self_rating", "manager_rating", "agreed_rating", "current", "gap", "required_now", "gap_now", "previous",
    "change", "weight", "low", "high",
)  # fmt: skip

Ratings = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class OthersRatings:
    """Ratings of the cycle in hand by employee id and competency, those competencies as folded words between spaces.

    `facts`: the numbers a document about a person may show for each competency, also beside another target.
    `titles`: the competencies by their id. `managers`: by employee id.
    """

    ratings: Ratings
    facts: CycleFacts
    titles: Mapping[str, str]
    managers: Mapping[str, object]

    @classmethod
    def of(cls, results: Results) -> OthersRatings:
        """The ratings that `results` know."""
        competencies = results.tables.frame(Competencies)
        titles = {
            code: f" {' '.join(words)} "
            for code, title in zip(competencies["competency_id"], competencies["competency"], strict=True)
            if isinstance(title, str) and (words := words_of(title))
        }
        ratings: defaultdict[str, dict[str, float]] = defaultdict(dict)
        rated = current_ratings(results.tables, results.cycle).dropna(subset="current")
        columns = (as_list(rated[name]) for name in ("employee_id", "competency_id", "current"))
        for person, code, current in zip(*columns, strict=True):
            if code in titles:
                ratings[person][titles[code]] = float(current)
        managers = dict(zip(results.evaluated.index, results.evaluated["manager"], strict=True))
        return cls(ratings, cycle_facts(results), titles, managers)

    def may_see(self, reader: Audience, subject: str, person: str) -> bool:
        """Whether there is nothing about `person` to hide from a reader of a document about `subject`.

        A manager may see the ratings of their own people: those who work for whom the subject works for, or for the subject.
        """
        if reader == "hr" or person == subject or person not in self.ratings:
            return True
        return reader == "manager" and self.managers.get(person) in (subject, self.managers.get(subject))

    def told(self, joined: str, people: Mapping[str, str], subject: str) -> Iterator[str]:
        """Whose ratings `joined` tells, folded words with spaces between and around.

        Args:
            joined: the text of one part.
            people: the employee id behind each name, id or address that was found there, folded as `joined`.
            subject: whom the document is about; a manager where it is about a team.
        """
        return (
            person for written, person in people.items() if self._follow(joined, written, person, subject)
        )

    def _follow(self, joined: str, written: str, person: str, subject: str) -> bool:
        """Whether ratings of `person` follow the name."""
        own = _own_numbers(self.facts, subject, self.titles)
        place = joined.find(written)
        while place >= 0:
            after = joined[place + len(written) - 1 : place + REACH]
            rows = sum(
                rating not in own.get(title, ())
                and any(f"{title[:-1]}{form}" in after for form in forms_of(rating))
                for title, rating in self.ratings[person].items()
                if title in after
            )
            if rows >= FEWEST_ROWS:
                return True
            place = joined.find(written, place + 1)
        return False


@lru_cache(maxsize=4096)
def joined_words(text: str) -> str:
    """The folded words of `text` with spaces between and around."""
    return f" {' '.join(words_of(text))} "


def _own_numbers(facts: CycleFacts, person: str, titles: Mapping[str, str]) -> dict[str, set[float]]:
    """Every number about a competency that a document about `person` may show, without its sign, by competency."""
    found: defaultdict[str, set[float]] = defaultdict(set)
    evaluated = facts.evaluated.get(person)
    for target in evaluated.targets if evaluated else ():
        for row in facts.gaps.get((person, target), ()):
            if row.competency_id in titles:
                numbers = (float(getattr(row, name)) for name in _NUMBERS_OF_SUBJECT)
                found[titles[row.competency_id]].update(map(abs, numbers))
    return found
