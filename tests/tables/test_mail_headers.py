"""Headers of mails come back as they went in, whatever they say."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careersheets.tables.mail_headers import WHOLE_HEADERS

WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
LINES = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)


@given(LINES)
@example("About x0 00¡ࠀࠀࠀࠀࠀࠀࠀࠀ࢘࢘ ¡")
@example("面談 準備 " * 20)
@example(" ".join(["a" * 90, "b" * 90]))
def test_a_subject_keeps_every_space(subject: str) -> None:
    subject = subject.strip()
    message = EmailMessage(policy=WHOLE_HEADERS)
    message["Subject"] = subject
    data = message.as_bytes()
    assert message_from_bytes(data, policy=default)["Subject"] == subject
    assert max(map(len, data.split(b"\r\n"))) <= 998
    if not subject.isascii():
        assert max(map(len, data.split(b"\r\n"))) <= 78


@given(st.text(st.characters(categories=("L", "N", "Zs"), exclude_characters="\xa0"), max_size=80))
@example("Þórunn Ægisdóttir " * 6)
def test_a_name_keeps_every_space_before_its_address(name: str) -> None:
    name = " ".join(name.split())
    message = EmailMessage(policy=WHOLE_HEADERS)
    message["To"] = Address(name, addr_spec="noor@example.com")
    # The library's newer reader puts spaces into names that were folded; the older one follows RFC 2047.
    shown, address = parseaddr(message_from_bytes(message.as_bytes(), policy=compat32)["To"])
    assert (str(make_header(decode_header(shown))), address) == (name, "noor@example.com")


@pytest.mark.parametrize("subject", ["Gap report", "Gap: report, 2026", "a " * 99 + "a"])
def test_a_plain_subject_is_written_as_it_is(subject: str) -> None:
    message = EmailMessage(policy=WHOLE_HEADERS)
    message["Subject"] = subject
    assert "".join(message.as_bytes().decode().split("\r\n")).replace(
        " ", ""
    ) == f"Subject:{subject}".replace(" ", "")
