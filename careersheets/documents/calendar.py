"""Calendar files: reminders that a mail or calendar program takes over (source: REQUIREMENTS C10, X10)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from .text import legal

MAKER = "-//careersheets//reminders//EN"
CHECK_IN_MINUTES = 20
_DOMAIN = "careersheets.invalid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar.

    `key` is the same from run to run, so that a calendar updates an entry rather than adding it again. `start` is an
    instant (UTC) or, for a whole day, a date. Nothing else about a person than `title` says stands in the file.
    """

    key: str
    title: str
    start: datetime | date
    minutes: int = CHECK_IN_MINUTES


def calendar_file(entries: Iterable[Entry]) -> bytes:
    """An .ics file of `entries`, in the order of their keys; the same bytes for the same entries.

    Days and instants carry no time zone of their own to be misread: a day is a day, an instant is in UTC. An entry's
    stamp is its own start, since the file is the same whenever it is made.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in sorted(entries, key=lambda entry: entry.key):
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def uid_of(key: str) -> str:
    """The id an entry has in every calendar; it tells nothing about the person."""
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@{_DOMAIN}"


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", uid_of(entry.key))
    event.add("summary", " ".join(legal(entry.title).split()))
    event.add("class", "PRIVATE")
    event.add("dtstart", entry.start)
    if isinstance(entry.start, datetime):
        event.add("dtstamp", entry.start)
        event.add("dtend", entry.start + timedelta(minutes=entry.minutes))
        event.add_component(_alarm())
    else:
        event.add("dtstamp", datetime(entry.start.year, entry.start.month, entry.start.day, tzinfo=UTC))
        event.add("dtend", entry.start + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Reminder")
    alarm.add("trigger", timedelta(minutes=-15))
    return alarm
