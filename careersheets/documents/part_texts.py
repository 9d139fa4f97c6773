"""Every text a finished file holds, part by part, as its reader or an inquisitive reader could find it.

Runs of one paragraph are joined, so that a name in three pieces is one name. Alternative texts, link targets, authors,
tags and the names of the parts are texts too, and so is what an embedded file holds.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model.errors import CareersheetsError
from .package import ARCHIVE_ERRORS

DEEPEST = 3
MOST_BYTES = 64 * 1024 * 1024

# Elements that stand within a word; the end of any other separates words, a new line or tab does so where it begins.
_WITHIN = (
    "r|t|rPr|hyperlink|ins|del|moveFrom|moveTo|smartTag|customXml|sdt|sdtPr|sdtContent|fldSimple|delText"
)
_SEPARATOR = re.compile(
    rf"</(?!(?:\w+:)?(?:{_WITHIN})\s*>)[^>]*>|<(?:\w+:)?(?:p|br|tab|cr|noBreakHyphen)(?=[\s/>])[^>]*>"
)
_MARKUP = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Attributes that are read by people or name them; the words come first, so that the search for them is quick.
_TOLD = re.compile(
    r"(?:descr|title|tooltip|Target|author|initials|name|tag\s+\w+:val|alias\s+\w+:val)"
    r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Scripts written without spaces are taken sign by sign; a number with decimals is one word.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_BREAK = chr(0xE000)
_SIGN = re.compile(f"[{_SIGNS}]")
_WORD = re.compile(rf"\d+\.\d+|[^\W_]+|{_BREAK}")
_WORD_OR_SIGN = re.compile(rf"\d+\.\d+|[{_SIGNS}]|[^\W_{_SIGNS}]+|{_BREAK}")
_BARRIER = f" {_BREAK} "


class UnreadableFile(CareersheetsError):
    """A finished file that cannot be opened and looked through."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The finished document cannot be looked through: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PartText:
    """The texts of one part: as written, and as folded words in order."""

    part: str
    written: str
    words: tuple[str, ...]


def part_texts(data: bytes, within: str = "", depth: int = 0) -> Iterator[PartText]:
    """The texts of every part of the file `data`, those of embedded files under `file/part`.

    Raises:
        UnreadableFile: it is no sound archive, protected, too large, or holds files within files beyond `DEEPEST`.
    """
    if depth >= DEEPEST:
        raise UnreadableFile("it holds files within files within files")
    for part, content in _contents(data):
        place = f"{within}{part}"
        if content.startswith(b"PK\3\4"):
            yield from part_texts(content, f"{place}/", depth + 1)
        else:
            written, words = _text(content)
            yield PartText(place, written, (*words, _BREAK, *words_of(part)))


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, folded: case, widths and invisible signs make no difference."""
    return _words(visible(text).casefold())


def visible(text: str) -> str:
    """`text` as it is seen: without invisible signs, letters of any width or composition alike."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def _contents(data: bytes) -> Iterator[tuple[str, bytes]]:
    # Python also opens what lies before or after an archive's own bytes; nobody would have looked through that.
    if data[:4] != b"PK\3\4" or data[-22:-18] != b"PK\5\6":
        raise UnreadableFile("it is not a sound file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if min(entry.header_offset for entry in archive.infolist()) > 0:
                raise UnreadableFile("it is not a sound file")
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise UnreadableFile("it is too large")
            for entry in archive.infolist():
                yield entry.filename, archive.read(entry)
    except ARCHIVE_ERRORS as error:
        raise UnreadableFile("it is not a sound file") from error


# Most parts are the same in every document of a run.
@lru_cache(maxsize=48)
def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
        return "", ()
    markup = _decoded(content)
    told = dict.fromkeys(one or other for one, other in _TOLD.findall(markup))
    if "<!--" in markup:
        told |= dict.fromkeys(_COMMENT.findall(markup))
        markup = _COMMENT.sub("", markup)
    prose = _MARKUP.sub("", _SEPARATOR.sub(" ", markup.replace("<![CDATA[", "").replace("]]>", "")))
    written = visible(html.unescape(_BARRIER.join([prose, *told])))
    return written, _words(written.casefold())


def _words(folded: str) -> tuple[str, ...]:
    return tuple((_WORD_OR_SIGN if _SIGN.search(folded) else _WORD).findall(folded))


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if utf16 else "utf-8", errors="replace")
