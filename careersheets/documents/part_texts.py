"""Every text a finished file holds, part by part, as its reader or an inquisitive reader could find it.

Runs of one paragraph are joined, so that a name in three pieces is one name. Alternative texts, link targets, authors,
tags and the names of the parts are texts too, and so is what an embedded file holds. What a picture shows is not known.

Most parts are the same in every document of a run, and so is most of the markup between two texts: both are looked at
once and known again by their bytes.
"""

from __future__ import annotations

import codecs
import html
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..model.errors import CareersheetsError
from .archive import Entry, UnsoundArchive, content_of, entries_of

DEEPEST = 3

# Elements that stand within a word; the end of any other separates words, a new line or tab does so where it begins.
_WITHIN = (
    "r|t|rPr|hyperlink|ins|del|moveFrom|moveTo|smartTag|customXml|sdt|sdtPr|sdtContent|fldSimple|delText"
)
_SEPARATOR = re.compile(
    rf"</(?!(?:\w+:)?(?:{_WITHIN})\s*>)[^>]*>|<(?:\w+:)?(?:p|br|tab|cr|noBreakHyphen)(?=[\s/>])[^>]*>"
)
_MARKUP = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# The end of most paragraphs; it separates words.
_PARAGRAPH_END = "</w:p>"
_LITERAL = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_TEXT = re.compile(r">([^<]+)")
_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WHOLE_TAGS = re.compile(r"\ufeff?\s*(?:<(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*>)*")
# Attributes that are read by people or name them; the words come first, so that the search for them is quick.
_TOLD = re.compile(
    r"(?:descr|title|tooltip|Target|author|initials|name|tag\s+\w+:val|alias\s+\w+:val)"
    r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_ENCODING = re.compile(rb"[\s\xef\xbb\xbf]*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Scripts written without spaces are taken sign by sign; a number with decimals is one word.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
BREAK = chr(0xE000)
_SIGN = re.compile(f"[{_SIGNS}]")
_WORD = re.compile(rf"\d+\.\d+|[^\W_]+|{BREAK}")
_WORD_OR_SIGN = re.compile(rf"\d+\.\d+|[{_SIGNS}]|[^\W_{_SIGNS}]+|{BREAK}")


class UnreadableFile(CareersheetsError):
    """A finished file that cannot be opened and looked through."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The finished document cannot be looked through: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False)
class PartText:
    """The texts of one part: as written, and as folded words in order. Two are the same only if they are one."""

    part: str
    written: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text as it is seen, and its folded words."""

    written: str
    words: tuple[str, ...]


_BARRIER = Passage(BREAK, (BREAK,))


def part_texts(data: bytes) -> Iterator[PartText]:
    """The texts of every part of the file `data`, those of embedded files under `file/part`.

    Raises:
        UnreadableFile: it is no sound archive, protected, too large, or holds files within files beyond `DEEPEST`.
    """
    try:
        for entry in entries_of(data):
            yield from _entry_texts(entry, "", 0)
    except UnsoundArchive as error:
        raise UnreadableFile(error.reason) from error


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, folded: case, widths and invisible signs make no difference."""
    folded = visible(text).casefold()
    signs = not folded.isascii() and _SIGN.search(folded)
    return tuple((_WORD_OR_SIGN if signs else _WORD).findall(folded))


def visible(text: str) -> str:
    """`text` as it is seen: without invisible signs, letters of any width or composition alike."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def passage(text: str) -> Passage:
    """`text` as it is seen, and its words."""
    written = visible(text)
    return Passage(written, words_of(written))


def text_of(part: str, passages: Sequence[Passage]) -> PartText:
    """The text of a part that holds `passages`, one after the other; its name is a text too."""
    words = itertools.chain.from_iterable([one.words for one in passages])
    return PartText(part, " ".join([one.written for one in passages]), (*words, BREAK, *words_of(part)))


@lru_cache(maxsize=128)
def _entry_texts(entry: Entry, within: str, depth: int) -> tuple[PartText, ...]:
    content = content_of(entry)
    place = f"{within}{entry.name}"
    if content.startswith(b"PK\3\4"):
        if depth + 1 >= DEEPEST:
            raise UnreadableFile("it holds files within files within files")
        inner = (_entry_texts(one, f"{place}/", depth + 1) for one in entries_of(content))
        return tuple(text for texts in inner for text in texts)
    return (text_of(place, _passages(content)),)


def _passages(content: bytes) -> list[Passage]:
    """What the part tells: its running text, then its attributes and comments, each behind a barrier."""
    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
        return [] if b"\0" in content else [passage(content.decode("utf-8", errors="replace"))]
    markup = _decoded(content)
    if "<!" in markup:
        return _by_rules(markup)
    told: dict[str, None] = {}
    passages = []
    for piece in markup.split(_PARAGRAPH_END):
        marked = _marked_passage(piece)
        if marked is None:
            return _by_rules(markup)
        passages.append(marked[0])
        if marked[1]:
            told.update(marked[1])
    return passages + _behind_barriers(told)


# Headings, names of competencies, points: most paragraphs stand in many documents just so.
@lru_cache(maxsize=4096)
def _marked_passage(markup: str) -> tuple[Passage, dict[str, None]] | None:
    """What a piece of a part says, and what its attributes tell; None if it does not hold whole tags only."""
    pieces = _TEXT.split(markup)
    outlines = [outline for outline in map(_outline, pieces[::2]) if outline]
    if len(outlines) <= len(pieces) // 2:
        return None
    pieces[::2] = [separator for separator, _ in outlines]
    return passage(html.unescape("".join(pieces))), dict.fromkeys(one for _, told in outlines for one in told)


@lru_cache(maxsize=4096)
def _outline(markup: str) -> tuple[str, tuple[str, ...]] | None:
    """What the markup between two texts means: "" or a space between them, and what it tells; None if it is no whole tags.

    The end of the last tag is cut off, but at the end of a part.
    """
    whole = markup if markup.endswith(">") or not markup else f"{markup}>"
    if not _WHOLE_TAGS.fullmatch(whole):
        return None
    return " " if _SEPARATOR.search(whole) else "", _told_in(whole)


def _by_rules(markup: str) -> list[Passage]:
    """As `_passages`, for parts with comments, quoted sections or anything uncommon."""
    markup = _LITERAL.sub(lambda literal: html.escape(literal[1]), markup)
    told = dict.fromkeys(_told_in(markup))
    if "<!--" in markup:
        told |= dict.fromkeys(_COMMENT.findall(markup))
        markup = _COMMENT.sub("", markup)
    prose = _SEPARATOR.sub(" ", _TAG.sub(lambda tag: _QUOTED.sub("", tag[0]), markup))
    return [passage(html.unescape(_MARKUP.sub("", prose))), *_behind_barriers(told)]


def _behind_barriers(told: Iterable[str]) -> list[Passage]:
    return [part for one in told for part in (_BARRIER, passage(html.unescape(one)))]


def _told_in(markup: str) -> tuple[str, ...]:
    return tuple(one or other for one, other in _TOLD.findall(markup))


def _decoded(content: bytes) -> str:
    """The text of XML in whatever encoding it declares; UTF-8 where it declares none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    declared = _ENCODING.match(content)
    encoding = declared[1].decode() if declared else "utf-8"
    try:
        text = content.decode(codecs.lookup(encoding).name, errors="replace")
    except (LookupError, UnicodeError) as error:
        raise UnreadableFile("a part of it is written in an unknown encoding") from error
    if "\0" in text:
        raise UnreadableFile("a part of it is written in an unknown encoding")
    return text
