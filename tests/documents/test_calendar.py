"""Calendar files, read again by two parsers that know nothing of each other."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject

from careersheets.documents.calendar import Entry, calendar_file, uid_of

pytestmark = pytest.mark.requirement("C10", "X10")

ENTRIES = [
    Entry("check-in/E7/V1", "Check in with Zoë Ångström; bring notes, please", datetime(2028, 3, 26, 13, 30, tzinfo=UTC)),
    Entry("action/A1", "田中 芽衣: " + "a very long title that has to be folded " * 4, date(2028, 2, 29)),
    Entry("summary/V9", "Line one\r\nBEGIN:VEVENT\x00 line two", date(2028, 12, 31)),
]  # fmt: skip


def test_two_parsers_read_the_same_entries() -> None:
    data = calendar_file(ENTRIES)
    one = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    other = {event.uid.value: event for event in vobject.readOne(data.decode()).vevent_list}
    assert set(one) == set(other) == {uid_of(entry.key) for entry in ENTRIES}
    for entry in ENTRIES:
        uid = uid_of(entry.key)
        title = " ".join(entry.title.replace("\x00", "").split())
        assert str(one[uid]["summary"]) == other[uid].summary.value == title
        assert one[uid].decoded("dtstart") == other[uid].dtstart.value == entry.start


def test_the_same_entries_give_the_same_bytes_in_any_order() -> None:
    assert calendar_file(ENTRIES) == calendar_file(reversed(ENTRIES))


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    lines = calendar_file(ENTRIES).split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_the_id_of_an_entry_does_not_tell_whom_it_is_about() -> None:
    assert not re.search("E7|V1|check", uid_of("check-in/E7/V1"))
