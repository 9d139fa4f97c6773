"""A .docx file as its parts: read with suspicion, written fast.

Parts that are the same in every document are compressed once; per document only the others are. Entries carry the date
1980-01-01, so that the same parts always make the same file.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from lxml import etree

from .errors import TemplateRefused

MOST_PARTS = 2000
MOST_BYTES = 64 * 1024 * 1024
DOCUMENT = "word/document.xml"

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE_1980 = (1 << 5) | 1
_STORED, _DEFLATED = 0, 8
_UTF8_NAME = 0x800

_ACTIVE = {
    "attachedTemplate": "is attached to another template",
    "oleObject": "embeds an object of another program",
    "control": "holds an ActiveX control",
    "vbaProject": "holds macros",
    "aFChunk": "includes another file (altChunk)",
    "subDocument": "includes another document",
    "frame": "shows another file in a frame",
}
_FIX_ACTIVE = "Remove it in Word, or copy the text into a new document, and save as .docx."
_FIX_BROKEN = "Open it in Word and save it again as .docx."
# What a damaged or manipulated archive raises when it is unpacked.
ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def read_parts(path: Path) -> dict[str, bytes]:
    """The parts of the template at `path`, by name, in the file's order.

    Raises:
        TemplateRefused: it is no Word document, too large, or holds what would fetch or run something.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TemplateRefused(path.name, "cannot be read.", "Check that it is there and not open.") from error
    return parts_of(path.name, data)


def parts_of(name: str, data: bytes) -> dict[str, bytes]:
    """As `read_parts`, from the bytes of a file called `name`."""
    try:
        parts = _unpacked(name, data)
    except ARCHIVE_ERRORS as error:
        raise TemplateRefused(name, "is not a Word document (.docx).", _FIX_BROKEN) from error
    if DOCUMENT not in parts or "[Content_Types].xml" not in parts:
        raise TemplateRefused(name, "is not a Word document (.docx).", _FIX_BROKEN)
    for part, content in parts.items():
        if part.endswith(".rels"):
            _refuse_relations(name, part, content)
    if re.search(rb"<w:altChunk\b", parts[DOCUMENT]):
        raise TemplateRefused(name, f"{_ACTIVE['aFChunk']}.", _FIX_ACTIVE)
    return parts


def parsed(name: str, part: str, content: bytes) -> etree._Element:
    """The XML of a part, without fetching or expanding anything.

    Raises:
        TemplateRefused: it is not well-formed, or declares entities.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TemplateRefused(name, f"declares a document type in {part}.", _FIX_BROKEN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateRefused(name, f"is damaged in {part}.", _FIX_BROKEN) from error


class PackageWriter:
    """Writes files that share most of their parts.

    Args:
        fixed: the parts that are the same in every file, by name.
        changing: the names of those that are given for each file, in order.
        stored: which of them are compressed already.
    """

    def __init__(
        self, fixed: Mapping[str, bytes], changing: Sequence[str], stored: frozenset[str] = frozenset()
    ) -> None:
        self._compress, self._checksum = _compressor()
        self._names = [(name.encode(), _flags(name), name in stored) for name in changing]
        body: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for name, data in fixed.items():
            entry = (name.encode(), _flags(name), False)
            offset = self._add(body, directory, entry, data, offset)
        self._body, self._directory, self._offset = b"".join(body), b"".join(directory), offset
        self._count = len(fixed) + len(changing)

    def file_of(self, contents: Sequence[bytes]) -> bytes:
        """The bytes of one file; `contents` in the order of `changing`."""
        body, directory, offset = [self._body], [self._directory], self._offset
        for entry, data in zip(self._names, contents, strict=True):
            offset = self._add(body, directory, entry, data, offset)
        listing = b"".join(directory)
        count = self._count
        body.append(listing)
        body.append(_END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0))
        return b"".join(body)

    def _add(
        self,
        body: list[bytes],
        directory: list[bytes],
        entry: tuple[bytes, int, bool],
        data: bytes,
        offset: int,
    ) -> int:
        name, flags, stored = entry
        packed, method = (data, _STORED) if stored else (self._compress(data), _DEFLATED)
        sizes = (_DATE_1980, self._checksum(data), len(packed), len(data), len(name), 0)
        body += (_LOCAL.pack(b"PK\3\4", 20, flags, method, 0, *sizes), name, packed)
        directory += (
            _CENTRAL.pack(b"PK\1\2", 20, 0, 20, 0, flags, method, 0, *sizes, 0, 0, 0, 0, offset),
            name,
        )
        return offset + _LOCAL.size + len(name) + len(packed)


def _compressor() -> tuple[Callable[[bytes], bytes], Callable[[bytes], int]]:
    """How to compress and to sum up: with isal where the extra "fast" is installed, else zlib at its fastest."""
    try:
        fast = import_module("isal.isal_zlib")
    except ImportError:
        return _deflate, zlib.crc32
    return lambda data: bytes(fast.compress(data, 1, -15)), fast.crc32


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _flags(name: str) -> int:
    return 0 if name.isascii() else _UTF8_NAME


def _unpacked(name: str, data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise TemplateRefused(
                name,
                f"is larger than {MOST_BYTES // 1024 // 1024} MB unpacked.",
                "Make its pictures smaller.",
            )
        if len({entry.filename for entry in entries}) != len(entries):
            raise TemplateRefused(name, "holds two parts of one name.", _FIX_BROKEN)
        if any(entry.flag_bits & 1 for entry in entries):
            raise TemplateRefused(name, "is protected with a password.", "Save it without one.")
        return {entry.filename: _bounded(archive, entry) for entry in entries}


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The content of `entry`, never more than it declares."""
    with archive.open(entry) as content:
        data = content.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return data


def _refuse_relations(name: str, part: str, content: bytes) -> None:
    for relation in parsed(name, part, content):
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        if kind in _ACTIVE:
            raise TemplateRefused(name, f"{_ACTIVE[kind]} ({kind}).", _FIX_ACTIVE)
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            raise TemplateRefused(
                name, f'fetches something from elsewhere ("{relation.get("Target")}", {kind}).', _FIX_ACTIVE
            )
