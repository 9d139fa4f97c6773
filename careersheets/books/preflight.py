"""What a packed file must look like before any reader touches it. Only the index and each part's first bytes are read."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from .refusals import Refusal
from .xml_outline import BadXml, secure_parser

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
# Deflate cannot exceed 1032:1; office XML stays under 100:1, empty formatted rows reach about 130:1.
TIGHTEST_RATIO = 250
RATIO_MATTERS_FROM = 4 * 1024 * 1024

# What zipfile raises on damaged or manipulated archives.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError, OSError, ValueError,
    RuntimeError,
)  # fmt: skip

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_ENDINGS = (".xml", ".rels", ".vml")
_PROLOG_CHUNK = 4096
# The fast reader knows no other and would find no cells.
_ENCODINGS = ("utf-8", "utf8", "us-ascii", "ascii")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Refused(Exception):
    """A file is refused; carries the entry of the closed list."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal


def open_packed(path: Path) -> zipfile.ZipFile:
    """The zip archive at `path`, checked.

    Raises:
        Refused: with the first reason found.
    """
    try:
        archive = zipfile.ZipFile(path)
        check_index(archive)
    except ZIP_ERRORS as error:
        raise Refused(Refusal.DAMAGED) from error
    check_prologs(archive)
    return archive


def kind_of(path: Path) -> str:
    """`zip` or `xls`: what the first bytes say, whatever the name.

    Raises:
        Refused: neither of these.
    """
    with path.open("rb") as file:
        first = file.read(4096)
        if first.startswith(_OLE2):
            return _kind_of_ole2(first + file.read())
    if not first:
        raise Refused(Refusal.EMPTY)
    if first.startswith(b"PK"):
        return "zip"
    raise Refused(_refusal_of_text(first))


def check_index(archive: zipfile.ZipFile) -> None:
    """Refuse an archive whose index is not that of an office document."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused(Refusal.TOO_MANY_PARTS)
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    if len(names) != len(parts):
        raise Refused(Refusal.DUPLICATE_PARTS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(Refusal.PASSWORD)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused(Refusal.DAMAGED)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(Refusal.UNPACKS_TOO_LARGE)
    if any(_is_suspicious(part) for part in parts):
        raise Refused(Refusal.SUSPICIOUS_COMPRESSION)
    _check_places(parts, archive.start_dir)


def check_prologs(archive: zipfile.ZipFile) -> None:
    """Refuse an archive of which an XML part declares a document type, whatever its encoding."""
    for part in archive.infolist():
        if part.filename.lower().endswith(_XML_ENDINGS):
            try:
                with archive.open(part) as stream:
                    _check_prolog(stream)
            except ZIP_ERRORS as error:
                raise Refused(Refusal.DAMAGED_PART) from error


def _check_prolog(stream: IO[bytes]) -> None:
    """Read `stream` up to its first element; a part that is not XML there is left to whoever needs it."""
    seen: list[str] = []
    encodings: list[str | None] = []
    parser = secure_parser()
    parser.StartElementHandler = lambda name, _: seen.append(name)
    parser.XmlDeclHandler = lambda _version, encoding, _standalone: encodings.append(encoding)
    chunk = first = stream.read(_PROLOG_CHUNK)
    try:
        while not seen and chunk:
            parser.Parse(chunk, False)
            chunk = stream.read(_PROLOG_CHUNK)
    except BadXml as error:
        raise Refused(Refusal.DOCUMENT_TYPE) from error
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        if not seen and _mentions_document_type(chunk):
            raise Refused(Refusal.DOCUMENT_TYPE) from error
    if first[:2] in _UTF16_MARKS or any((name or "utf-8").lower() not in _ENCODINGS for name in encodings):
        raise Refused(Refusal.ODD_ENCODING)


def _mentions_document_type(chunk: bytes) -> bool:
    return b"!DOCTYPE" in chunk.replace(b"\0", b"").upper()


def _check_places(parts: list[zipfile.ZipInfo], directory: int) -> None:
    ordered = sorted(parts, key=lambda part: part.header_offset)
    ends = [part.header_offset for part in ordered[1:]] + [directory]
    for part, end in zip(ordered, ends, strict=True):
        if part.header_offset + 30 + part.compress_size > end:
            raise Refused(Refusal.OVERLAPPING_PARTS)


def _is_suspicious(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_MATTERS_FROM and part.file_size > TIGHTEST_RATIO * max(
        1, part.compress_size
    )


def _kind_of_ole2(content: bytes) -> str:
    """A password-protected .xlsx lies in the same kind of container as an old .xls."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused(Refusal.PASSWORD)
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise Refused(Refusal.OTHER_FORMAT)


def _refusal_of_text(first: bytes) -> Refusal:
    text = first.decode("utf-16" if first[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
    start = text.lstrip("\ufeff\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(("<!doctype html", "<html", "<table")):
        return Refusal.WEB_PAGE
    if start.startswith(("%pdf", "<?xml", "{\\rtf")):
        return Refusal.OTHER_FORMAT
    controls = sum(character < " " and character not in "\r\n\t" for character in text)
    return Refusal.OTHER_FORMAT if controls else Refusal.TEXT
