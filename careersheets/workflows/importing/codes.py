"""Short codes for what a table names only in words; what has a code already keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

_LEADING_CODE = re.compile(r"([A-Z]{1,5}[- ]?\d{1,2}[a-zA-Z+]?)\s*(?:[-–—:|]|$)")
_LITTLE_WORDS = frozenset(
    ["and", "or", "of", "the", "to", "in", "for", "with", "on", "a", "an", "&", "und", "de", "la", "le", "et"]
)
_IS_CODE = re.compile(r"[A-Z]{1,5}[- ]?\d{0,2}[a-z+]?|[A-Za-z]{1,5}[- ]?\d{1,2}")


def give_codes(
    names: Iterable[str], known: Mapping[str, str], candidates: Callable[[str], Iterator[str]]
) -> dict[str, str]:
    """A code for each name, all different.

    Args:
        names: in order; repeated ones are given one code.
        known: codes given earlier, by name.
        candidates: the codes a name would like, best first; after the last one numbers are added to it.
    """
    codes = {name: known[name] for name in dict.fromkeys(names) if name in known}
    taken = {code.casefold() for code in known.values()}
    for name in dict.fromkeys(names):
        if name not in codes:
            codes[name] = _first_free(candidates(name), taken)
            taken.add(codes[name].casefold())
    return codes


def level_candidates(title: str, ladder: str, rank: int | None) -> Iterator[str]:
    """For "D1 - Developer 1" `D1`; else initials of the ladder (track or family) and the rank.

    A level without rank, known only because somebody has it, gets initials of its title.
    """
    match = _LEADING_CODE.match(title)
    if match:
        yield match[1].replace(" ", "")
    if _IS_CODE.fullmatch(title):
        yield title.replace(" ", "")
    base = ladder if ladder and rank is not None else title
    for letters in (1, 2, 3):
        yield f"{_letters(base, letters)}{'' if rank is None else rank}"
    yield _letters(f"{base} {title}", 3)


def competency_candidates(name: str) -> Iterator[str]:
    """The first letters of the words: `PLA-ORG` for "Planning and Organisation"."""
    yield "-".join(_ascii(word)[:3].upper() for word in _words(name)[:3]) or "C"
    yield "-".join(_ascii(word)[:4].upper() for word in _words(name)[:4]) or "C"


def person_candidates(name: str) -> Iterator[str]:
    """Numbered in order: a name is no id, for it changes."""
    del name
    yield from (f"P{number:03d}" for number in range(1, 10_000))


def _first_free(wanted: Iterator[str], taken: set[str]) -> str:
    last = "C"
    for last in wanted:
        if last.casefold() not in taken:
            return last
    return next(code for code in (f"{last}-{number}" for number in count(2)) if code.casefold() not in taken)


def _letters(text: str, number: int) -> str:
    letters = "".join(_ascii(word)[:number].upper() for word in _words(text)[:4])
    return letters or "L"


def _words(text: str) -> list[str]:
    words = [
        word for word in re.split(r"[\s/&,()\-–]+", text) if word and word.casefold() not in _LITTLE_WORDS
    ]
    return [word for word in words if _ascii(word)] or words


def _ascii(word: str) -> str:
    """Latin letters and digits without accents; other scripts stay as they are."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"[^\w]", "", plain)
