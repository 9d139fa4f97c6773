"""What one statement holds: its words, the verb it begins with, days, counts, and what will be there to see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .dictionary import phrases_in, plain, skipped_words, verbs_in, words_in, words_of

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_FEAST = (
    r"(?:Christmas|Easter|Whitsun|Pentecost|Ramadan|Eid|Diwali|Hanukkah|Passover|New Year|Thanksgiving|Carnival"
    r"|Michaelmas|Midsummer|Lent|Nowruz|Holi)\b"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
# As written, since "may" and "march" are verbs as well.
_NAMED_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,|,? and| to|[-–]) ?){{0,6}}(?:\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?)?(?:mid-?|early |late )?{_MONTH}"
    rf"(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}}\b)?|\b{_DAY}|\b{_FEAST}"
    r"|\b(?:Q[1-4]|H[12]|KW ?\d+|FY ?\d+)\b(?: \d{4}\b)?"
)
_PERIOD = (
    r"(?:minutes?|hours?|days?|working days?|business days?|weeks?|fortnights?|months?|quarters?|years?|half[- ]years?|terms?"
    r"|semesters?|sprints?|shifts?|cycles?|seasons?|periods?|mornings?|afternoons?|evenings?|nights?|weekends?)"
)
_COUNT = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|sixty|ninety)"
_EVENT = (
    r"(?:audit|fair|release|launch|go[- ]live|review|check[- ]in|deadline|meeting|conference|inventory|stocktake|deadline"
    r"|inspection|retrospective|kick[- ]?off|holidays?|break|handover|close|closing|election|exam|move|opening|season|trip)"
)
_PLAIN_DAY = re.compile(
    r"\b\d{4}-\d{1,2}(?:-\d{1,2})?\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?|\b\d{1,2}/\d{1,2}\b"
    r"|\b20\d\d\b|\b(?:calendar )?weeks? \d{1,2}\b"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b(?: of (?:the|each|every|next) month)?"
    rf"|\b(?:with)?in (?:the |her |his |their |its |my |our )?(?:next |first |coming |following |last )?{_COUNT} (?:\w+ )?{_PERIOD}\b"
    rf"|\b(?:over|during|for|after|every|each) (?:the )?(?:next |first |coming |following |last )?{_COUNT} (?:\w+ )?{_PERIOD}\b"
    rf"|\b{_COUNT} {_PERIOD} (?:before|after|from now|later|ahead)\b"
    rf"|\b(?:every|each|per|a|once a|twice a) (?:other |second |third |working |single )?{_PERIOD}\b"
    rf"|\b(?:by |before |until |till |in |at |from |on )?(?:the )?(?:very )?(?:end|start|beginning|middle|close|first half|second half|last week|first week|last day|first day)"
    rf" of (?:the |this |next |each |every )?(?:\w+ )?(?:{_PERIOD}|spring|summer|autumn|winter)\b"
    rf"|\b(?:this|next|same|coming|current|last|previous|first|second|third|fourth|final) (?:calendar |school |financial |fiscal |business )?"
    rf"(?:{_PERIOD}|spring|summer|autumn|winter)\b"
    r"|\b(?:by|before|until|till|in|this|next|during|over|from|of|after) (?:the )?(?:mid |early |late |end of )?(?:spring|summer|autumn|winter)\b"
    r"|\b(?:year|month|quarter|week) ?end\b|\bend of (?:year|term|month|quarter|week|shift)\b"
    r"|\b(?:by|before|until|till) (?:noon|midnight|tomorrow|today|then|lunchtime)\b|\b(?:today|tomorrow|tonight|yesterday)\b"
    r"|\b(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually|nightly)\b"
    rf"|\b(?:before|until|till|ahead of|in time for|no later than|prior to|at|after|by|for) (?:the |its |our |their |your |each |next )(?:\w+ ){{0,3}}{_EVENT}\b"
    r"|\b(?:before|until|till|by the time) (?:the|it|he|she|they|we|a|an|each|every|its|their|our) \w+"
    r"|\bat (?:\d{1,2}(?::\d{2})?|noon|midnight)(?: ?[ap]m)?\b|\b\d{1,2}:\d{2}\b"
)
_QUOTED = re.compile(r"[\"“”„][^\"“”„]*[\"“”]")
# Shorter texts say too little to tell the language.
_TELLING = 5


@dataclass(frozen=True)
class Statement:
    """One text as it is looked at. `words` are without what stands in quotation marks."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """Words, figures and marks; what is quoted is one word."""
        return words_of(_QUOTED.sub(" quoted ", self.text))

    @cached_property
    def opening(self) -> int:
        """The place of the first word that is neither a subject nor an auxiliary nor an adverb."""
        for place, word in enumerate(self.words):
            if word not in skipped_words():
                return place
        return 0

    @cached_property
    def without_named_days(self) -> str:
        """The text as written, without the names of days, months and feasts."""
        return _NAMED_DAY.sub(" ; ", _QUOTED.sub(" quoted ", self.text))

    @cached_property
    def undated(self) -> list[str]:
        """The words without days and periods, so that what is left over counts things."""
        return words_of(
            _PLAIN_DAY.sub(" ; ", plain(self.without_named_days)).replace("one to one", "meeting")
        )

    @property
    def is_english(self) -> bool:
        """As far as small words tell; of other languages nothing is known here."""
        return len(self.words) < _TELLING or not words_in("reading", "english").isdisjoint(self.words)

    @cached_property
    def says_when(self) -> bool:
        """Is there a day, a period with an end, or a rhythm?"""
        if _NAMED_DAY.search(self.text):
            return True
        said = plain(self.text)
        for phrase, _ in phrases_in("deliverable", "no_days").find(words_of(said)):
            said = said.replace(" ".join(phrase), " ")
        return _PLAIN_DAY.search(said) is not None

    @cached_property
    def counts(self) -> bool:
        """Is there a figure beside those of days?"""
        numbers = words_in("reading", "numbers")
        return any(word in numbers or word[0].isdigit() or word in "%€$£" for word in self.undated)

    @cached_property
    def is_placed(self) -> bool:
        """Is there a figure, a day, an occasion, something made in a later clause, words in quotes?"""
        if self.counts or self.says_when or self.makes_beside_opening:
            return True
        return "quoted" in self.words or not words_in("reading", "occasions").isdisjoint(self.words)

    @cached_property
    def is_tangible(self) -> bool:
        """Is it placed, or is there a piece of work?"""
        return self.is_placed or not words_in("deliverable", "artefacts").isdisjoint(self.words)

    @cached_property
    def is_concrete(self) -> bool:
        """Is it tangible, or does a clause say which, how or by what?"""
        return self.is_tangible or not words_in("reading", "clauses").isdisjoint(self.words)

    @cached_property
    def makes_beside_opening(self) -> bool:
        """Is something made in a later clause?"""
        return any(place > self.opening for place in self._made_at("verbs"))

    @cached_property
    def makes(self) -> bool:
        """Will something be there that was not there before? A piece of work, an event, or a count of either."""
        words = set(self.words)
        attends = self.words[self.opening : self.opening + 1]
        if attends and attends[0] in verbs_in("deliverable", "attending"):
            return self.counts or self.makes_beside_opening
        things = not words_in("deliverable", "artefacts", "events").isdisjoint(words)
        return things or self.counts or any(True for _ in self._made_at("verbs"))

    def _made_at(self, kind: str) -> list[int]:
        verbs = verbs_in("deliverable", kind)
        return [
            place
            for place, word in enumerate(self.words)
            if word in verbs
            and (place <= self.opening or self.words[place - 1] in words_in("reading", "links"))
        ]
