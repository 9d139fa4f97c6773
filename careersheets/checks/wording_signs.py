"""Signs of vague wording in one statement: each finder gives what it found, or nothing."""

from __future__ import annotations

import re

from .dictionary import bare_qualities, kinds_of_people, phrases_in, verbs_in, words_in
from .statements import Statement

_NEAR = 3
# In words: a statement that begins with a verb that says little is vague up to _FEW, with one that may say more up to _SHORT.
_FEW = 8
_SHORT = 5
_MARKS = frozenset(",;:.()!?")
_BE_DONE = re.compile(
    r"\b(?:should|must|shall|will|could|can|needs? to|has to|have to|ought to|is to|are to|to) be (?:\w+ )?"
    r"(?:\w+ed|\w+en|held|set|sent|made|done|run|built|brought|kept|put|found|told|taught|cut|led|met|drawn)\b"
)
_BY_NAME = re.compile(r"\bby (?:the )?(?:[A-ZÀ-Þ][\w'’.-]+)")


def find_trait(said: Statement, kind: str) -> str:
    """What somebody is said to be: "is very reliable", "a true professional".

    Outside observations only what the statement itself says of the person, not what a clause says of others.
    """
    words = said.words
    for place, word in enumerate(words):
        if word in words_in("trait", "persons") and _praised(words, place):
            return f"{words[place - 1]} {word}"
        if word in words_in("trait", "before") and (kind == "observation" or place <= said.opening):
            rest = place + 1
            while rest < len(words) and words[rest] in words_in("trait", "between"):
                rest += 1
            if rest < len(words) and _is_trait(words[rest : rest + 2]) and not _is_object(words, place):
                return " ".join(words[place : rest + 1])
    return ""


def find_comparative(said: Statement, kind: str) -> str:
    """More, better, improve: of what, by how much? Nothing where the text counts or says what will be made."""
    if (
        said.counts
        or (kind == "action" and said.makes_beside_opening)
        or (kind != "action" and said.is_concrete)
    ):
        return ""
    words = said.undated
    verb = said.words[said.opening]
    if kind != "observation" and (
        verb in verbs_in("comparative", "verbs")
        or (verb in verbs_in("comparative", "makers") and not _takes_one(said))
    ):
        return verb
    for place, word in enumerate(words):
        if word in words_in("comparative", "words") and not _counted(words, place):
            return word
    return ""


def find_absolute(said: Statement) -> str:
    """Always, never, everybody thinks."""
    for phrase, _ in phrases_in("absolute", "phrases").find(said.words):
        return " ".join(phrase)
    for place, word in enumerate(said.words):
        if word in words_in("absolute", "words"):
            return word
        if word in words_in("absolute", "people") and not verbs_in("absolute", "opinions").isdisjoint(
            said.words[place + 1 : place + 2 + _NEAR]
        ):
            return word
    return ""


def find_judgement(said: Statement, kind: str) -> str:
    """How well something was done, rather than what was done."""
    words = said.words
    adverbs = words_in("judgement", "adverbs")
    for place, word in enumerate(words):
        if word in adverbs and not _is_no_judgement(words, place):
            return word
        if word in words_in("judgement", "plain_adverbs") and not said.is_concrete:
            return word
        if word in words_in("judgement", "praise"):
            return word
        if word in words_in("judgement", "adjectives") and (praised := _up_to_quality(words, place)):
            return praised
    return _general(said) if kind == "observation" else ""


def find_no_event(said: Statement) -> str:
    """An observation in which nothing happened: no verb in the past, no day and no count."""
    words = said.words
    past = words_in("event", "past")
    if (
        not said.is_english
        or said.counts
        or said.says_when
        or any(word in past or word.endswith("ed") for word in words)
    ):
        return ""
    return " ".join(words[said.opening : said.opening + 2])


def find_description(said: Statement) -> str:
    """A word after "was" and the like that describes rather than tells: "was disruptive"."""
    words, endings = said.words, tuple(words_in("event", "endings"))
    for place, word in enumerate(words[:-1]):
        if word in words_in("trait", "before"):
            after = (
                words[place + 1]
                if words[place + 1] not in words_in("trait", "between")
                else words[min(place + 2, len(words) - 1)]
            )
            shaped = after.endswith(endings) or after.startswith(tuple(words_in("event", "beginnings")))
            if len(after) > 4 and shaped and after not in words_in("event", "not_those"):
                return f"{word} {after}"
    return ""


def find_quality(said: Statement) -> str:
    """A verb that says little with a quality for its object: "shows commitment"."""
    words, place = said.words, said.opening
    soft, light = verbs_in("soft", "verbs"), verbs_in("soft", "light")
    qualities = words_in("judgement", "qualities")
    if words[place] in soft or (words[place] in light and not said.is_tangible and not _takes_one(said)):
        for following in range(place + 1, min(place + 2 + _NEAR, len(words))):
            if words[following] in _MARKS:
                break
            if words[following] in bare_qualities():
                return " ".join(words[place : following + 1])
    opens = words[place] in qualities and words[place] not in soft and words[place] not in light
    return words[place] if opens and not said.is_concrete else ""


def find_soft(said: Statement) -> str:
    """A verb that says little, with nothing beside it that one could look for."""
    if _takes_one(said):
        return ""
    word, length = said.words[said.opening], len(said.words) - said.opening
    little = word in verbs_in("soft", "verbs") and length <= _FEW and not said.is_tangible
    if little or (word in verbs_in("soft", "light") and length <= _SHORT and not said.is_concrete):
        return " ".join(said.words[said.opening : said.opening + 2])
    return ""


def names_no_owner(said: Statement) -> str:
    """The words that leave open who acts: a passive, or "someone". An imperative speaks to the person of the row."""
    first = next(iter(said.words), "")
    if first in words_in("owner", "nobody") or " ".join(said.words[:2]) == "the team":
        return first
    passive = _BE_DONE.search(" ".join(said.words))
    return passive[0] if passive and not _BY_NAME.search(said.without_named_days) else ""


def _general(said: Statement) -> str:
    """Hedges, habits and verbs that judge, in an observation."""
    words = said.words
    for phrase, _ in phrases_in("general", "habit_phrases").find(words):
        return " ".join(phrase)
    for place, word in enumerate(words):
        habit = word in words_in("general", "habits") and words[max(place - 1, 0)] not in {"how", "most"}
        if word in words_in("general", "hedges") or habit or word in verbs_in("general", "judging"):
            return word
    return ""


def _takes_one(said: Statement) -> bool:
    """Is the object of the first verb one thing, or what somebody works as? "Drives a crane", not "drives change"."""
    return said.words[said.opening + 1 : said.opening + 2] in (["a"], ["an"], ["as"])


def _praised(words: list[str], place: int) -> bool:
    """Does what stands before the noun say what kind of person?"""
    if place == 0:
        return False
    return words[place - 1] in kinds_of_people()


def _is_trait(words: list[str]) -> bool:
    if words == ["responsible", "for"]:
        return False
    return words[0] in words_in("trait", "adjectives") or words[-1] in words_in("trait", "endings")


def _is_object(words: list[str], place: int) -> bool:
    """Does "which is", "that are" and the like speak of a thing?"""
    return place > 0 and words[place - 1] in words_in("reading", "things")


def _counted(words: list[str], place: int) -> bool:
    beside = words_in("comparative", "beside")
    return not beside.isdisjoint(words[place + 1 : place + 2]) or (
        place > 0 and words[place - 1] in words_in("comparative", "counted")
    )


def _is_no_judgement(words: list[str], place: int) -> bool:
    """In "as well", "how well", "well before", and "what went well", which somebody asks or says."""
    if words[place] != "well":
        return False
    before = words[max(place - 4, 0) : place]
    after = words[place + 1 : place + 2]
    return (
        before[-1:] in (["as"], ["how"])
        or "what" in before
        or after in (["before"], ["after"], ["below"], ["above"])
    )


def _up_to_quality(words: list[str], place: int) -> str:
    if place > 0 and words[place - 1] in words_in("reading", "topics"):
        return ""
    for following in range(place + 1, min(place + 1 + _NEAR, len(words))):
        if words[following] in _MARKS:
            return ""
        if words[following] in words_in("judgement", "qualities"):
            return " ".join(words[place : following + 1])
    return ""
