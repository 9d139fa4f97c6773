"""Files changed at random: bytes flipped, pieces cut, copied or moved, XML values made extreme. Seeded."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

_EXTREMES = (
    b"0", b"-1", b"1", b"4294967295", b"4294967296", b"99999999999999999999", b"1e308", b"-1e999", b"NaN", b"", b" ",
    b"A0", b"XFD1048576", b"XFE1048577", b"A1:XFD1048576", b"\xff\xfe", b"&#0;", b"&lol;", b"#REF!", b"true",
)  # fmt: skip
_VALUE = re.compile(rb'"[^"<>]{0,40}"|>[^<>]{1,40}<')
_TAG = re.compile(rb"<[^<>]{1,200}>")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """One random change of a file, mostly inside one of its parts."""
    change: Callable[[bytes, random.Random], bytes] = chance.choice(
        (
            _flip_bytes,
            _cut,
            _copy_piece,
            _change_part,
            _change_part,
            _change_part,
            _change_part,
            _drop_part,
            _swap_parts,
        )
    )
    return change(content, chance)


def _flip_bytes(content: bytes, chance: random.Random) -> bytes:
    new = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        new[chance.randrange(len(new))] = chance.randrange(256)
    return bytes(new)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 4, 100, 10_000)) :]


def _copy_piece(content: bytes, chance: random.Random) -> bytes:
    start, place = chance.randrange(len(content)), chance.randrange(len(content))
    return content[:place] + content[start : start + chance.choice((1, 30, 1000))] + content[place:]


def _change_part(content: bytes, chance: random.Random) -> bytes:
    parts = _unpacked(content)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not names:
        return _flip_bytes(content, chance)
    name = chance.choice(names)
    parts[name] = _change_xml(parts[name], chance)
    return _packed(parts)


def _change_xml(xml: bytes, chance: random.Random) -> bytes:
    if not xml or chance.random() < 0.15:
        return _flip_bytes(xml or b" ", chance)
    places = list((_VALUE if chance.random() < 0.6 else _TAG).finditer(xml))
    if not places:
        return _cut(xml, chance)
    match = chance.choice(places)
    if match[0].startswith(b"<"):
        return xml[: match.start()] + match[0] * chance.choice((0, 0, 2, 50)) + xml[match.end() :]
    return xml[: match.start() + 1] + chance.choice(_EXTREMES) + xml[match.end() - 1 :]


def _drop_part(content: bytes, chance: random.Random) -> bytes:
    parts = _unpacked(content)
    if parts:
        del parts[chance.choice(list(parts))]
    return _packed(parts)


def _swap_parts(content: bytes, chance: random.Random) -> bytes:
    parts = _unpacked(content)
    if len(parts) > 1:
        first, second = chance.sample(list(parts), 2)
        parts[first], parts[second] = parts[second], parts[first]
    return _packed(parts)


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts that can be unpacked; none of a file that is no archive."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if info.file_size < 2_000_000:
                    parts[info.filename] = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return parts
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
