"""Recorded traffic with the real Google: gspread's cassettes, played again to the local one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..google_server.local_google import LocalGoogle

_FILE = re.compile(r"/(?:spreadsheets|files)/([A-Za-z0-9_-]{20,})")
_ADDRESS = re.compile(r'"([a-z0-9-]+@[a-z0-9.-]+gserviceaccount\.com)"')
# Times differ, and a theme says nothing about cells.
_NOT_COMPARED = {"createdTime", "modifiedTime", "spreadsheetTheme"}


@dataclass(frozen=True)
class Exchange:
    """One recorded request and answer; `place` is its number in the recording, from 0."""

    recording: str
    place: int
    verb: str
    target: str
    body: bytes
    status: int
    answer: str

    @property
    def name(self) -> str:
        return f"{self.recording}[{self.place}]"

    @property
    def message(self) -> Any:
        try:
            return json.loads(self.answer)
        except ValueError:
            return None

    @property
    def file(self) -> str:
        match = _FILE.search(urlsplit(self.target).path)
        return match[1] if match else ""


@dataclass
class Replay:
    """How one recording went: how many could be played, what differed, and what could not be played and why."""

    played: int = 0
    differences: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def read_recording(path: Path) -> list[Exchange]:
    exchanges = []
    for place, entry in enumerate(json.loads(path.read_text("utf-8"))["interactions"]):
        asked, answered, parts = entry["request"], entry["response"], urlsplit(entry["request"]["uri"])
        exchanges.append(
            Exchange(
                path.stem,
                place,
                asked["method"],
                parts.path + (f"?{parts.query}" if parts.query else ""),
                (asked["body"] or "").encode() if isinstance(asked["body"] or "", str) else b"",
                answered["status"]["code"],
                answered["body"].get("string") or "",
            )
        )
    return exchanges


def replay(exchanges: list[Exchange]) -> Replay:
    """Play a recording to a local Google of its own."""
    google, done = LocalGoogle(), Replay()
    google.sign_in.nobody = next(
        (match[1] for one in exchanges if (match := _ADDRESS.search(one.answer))), "owner"
    )
    google.not_shared = {one.file for one in exchanges if one.status == 403}
    spoilt: set[str] = set()
    for exchange in exchanges:
        reason = _why_not(exchange, google, spoilt)
        if reason:
            done.left_out[exchange.name] = reason
            continue
        _hand_over_ids(exchange, google)
        _, (status, _, content) = google.answer(exchange.verb, exchange.target, {}, exchange.body)
        done.played += 1
        difference = _difference(exchange, status, content.decode())
        if difference:
            done.differences[exchange.name] = difference
    return done


def _why_not(exchange: Exchange, google: LocalGoogle, spoilt: set[str]) -> str:
    """Why an exchange cannot be played; "" if it can. Only these three reasons are given."""
    path = urlsplit(exchange.target).path
    if "/drive/v2/" in path:
        spoilt.add(path.rsplit("/", 1)[-1])
        return "Drive v2, which turns a text into a sheet"
    if exchange.file in spoilt:
        return "the sheet holds what Drive v2 put there"
    listed = exchange.message["files"] if (exchange.verb, path) == ("GET", "/drive/v3/files") else []
    if any(file["id"] not in google.files for file in listed):
        return "lists files from before the recording"
    if exchange.file and exchange.file not in google.files and exchange.status in (200, 204):
        return "a file from before the recording"
    return ""


def _hand_over_ids(exchange: Exchange, google: LocalGoogle) -> None:
    """Google draws numbers at random; the local one draws the recorded ones, which later requests name."""
    message = exchange.message
    if not isinstance(message, dict):
        return
    if message.get("kind") == "drive#file" and exchange.verb == "POST":
        google.next_file_ids = [message["id"]]
    google.next_ids = list(_new_ids(message.get("replies", [])))


def _new_ids(replies: list[dict[str, Any]]) -> Iterator[int]:
    for reply in replies:
        for name, about in reply.items():
            if name == "addSheet":
                yield about["properties"]["sheetId"]
            elif name == "addNamedRange":
                yield about["namedRange"]["namedRangeId"]
            elif name == "addProtectedRange":
                yield about["protectedRange"]["protectedRangeId"]


def _difference(exchange: Exchange, status: int, content: str) -> str:
    if status != exchange.status:
        return f"status {exchange.status} recorded, {status} answered: {content[:200]}"
    if exchange.message is None:
        return (
            ""
            if exchange.answer.split() == content.split()
            else f"recorded {exchange.answer[:80]!r}, answered {content[:80]!r}"
        )
    return first_difference(_plain(exchange.message), _plain(json.loads(content)))


def first_difference(recorded: Any, answered: Any, place: str = "") -> str:
    if isinstance(recorded, dict) and isinstance(answered, dict):
        for name in sorted(recorded.keys() | answered.keys()):
            if name not in recorded or name not in answered:
                which = "not recorded" if name not in recorded else "not answered"
                return f"{place}.{name}: {which}"
            inner = first_difference(recorded[name], answered[name], f"{place}.{name}")
            if inner:
                return inner
        return ""
    if isinstance(recorded, list) and isinstance(answered, list) and len(recorded) == len(answered):
        found = (
            first_difference(*pair, f"{place}[{at}]")
            for at, pair in enumerate(zip(recorded, answered, strict=True))
        )
        return next(filter(None, found), "")
    same = type(recorded) is type(answered) and recorded == answered
    return (
        ""
        if same
        else f"{place}: {json.dumps(recorded)[:120]} recorded, {json.dumps(answered)[:120]} answered"
    )


def _plain(message: Any) -> Any:
    if isinstance(message, dict):
        return {name: _plain(value) for name, value in message.items() if name not in _NOT_COMPARED}
    if isinstance(message, list):
        return [_plain(item) for item in message]
    return int(message) if isinstance(message, float) and message == int(message) else message
