"""What goes over the wire: the same each time, and nothing that anybody typed becomes a header or an end of mail."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careersheets.delivery.mail import Attachment, Mail, Sender
from careersheets.delivery.mail_message import MailRefused, compose
from careersheets.tables.mail_address import parse_address

from .mails import SENDER, WORD, mail

pytestmark = pytest.mark.requirement("X6")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}


def read(composed: Mail) -> EmailMessage:
    message = message_from_bytes(compose(composed, SENDER), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_comes_back_as_it_was_written() -> None:
    read_back = read(mail(text="Grüße\n.\n\nFrom here on:\n..dots\n"))
    assert str(read_back["To"]) == "noor@firm.example"
    assert read_back["From"].addresses[0].display_name == "People & Culture, Łódź"
    assert read_back["Date"].datetime.isoformat() == "2026-11-20T09:30:00+00:00"
    body = read_back.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Grüße", ".", "", "From here on:", "..dots"]
    html = read_back.get_body(("html",))
    assert html is not None
    assert "Grüße" in html.get_content()
    (attached,) = read_back.iter_attachments()
    assert attached.get_content_type() == DOCX
    assert attached.get_filename() == WORD.name
    assert attached.get_content() == WORD.data


@pytest.mark.parametrize(
    "name",
    [
        "Отчёт Дарья Ковальчук.docx",
        "評価 佐藤 美咲.docx",
        "تقرير نور.docx",
        "Bericht – Zoë Müller-Öztürk (2026 H2) " + "ü" * 100 + ".docx",
        "گزارش می\u200cخواهم.docx",
        "100 %; final, v2.docx",
    ],
)
def test_an_attachment_keeps_its_name_in_any_script(name: str) -> None:
    (attached,) = read(mail(attachments=(Attachment(name, b"data"),))).iter_attachments()
    assert attached.get_filename() == name
    assert attached.get_content_type() == DOCX


def test_the_same_mail_gives_the_same_bytes() -> None:
    assert compose(mail(), SENDER) == compose(mail(), SENDER)
    assert compose(mail("noor"), SENDER) != compose(mail("chipo"), SENDER)


def test_only_the_headers_we_know_are_there() -> None:
    assert set(read(mail()).keys()) == HEADERS


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\u2029", "\0", "\u202e"])
def test_no_text_becomes_a_header(end: str) -> None:
    injected = f"Hello{end}Bcc: eve@evil.example"
    for changed in ({"subject": injected}, {"attachments": (Attachment(f"{injected}.docx", b""),)}):
        with pytest.raises(MailRefused):
            compose(mail(**changed), SENDER)
    with pytest.raises(MailRefused):
        compose(mail(), Sender(SENDER.address, injected))
    for message_id in (f"<a@b>{end}Bcc: eve@evil.example", "a@b", "<a b@c>", "<a@b> <c@d>"):
        with pytest.raises(MailRefused):
            compose(mail(message_id=message_id), SENDER)


@pytest.mark.parametrize("name", ["../report.docx", "C:\\report.docx", "..", "", "a/b.docx", 'a"b.docx'])
def test_an_attachment_with_an_impossible_name_is_refused(name: str) -> None:
    with pytest.raises(MailRefused, match="rename the document"):
        compose(mail(attachments=(Attachment(name, b""),)), SENDER)


def test_a_mail_without_subject_or_time_zone_is_refused() -> None:
    for changed in (
        {"subject": " "},
        {"subject": "x" * 201},
        {"date": datetime(2026, 11, 20)},
        {"text": "\ud800"},
    ):
        with pytest.raises(MailRefused):
            compose(mail(**changed), SENDER)


@given(text=st.text(max_size=300), subject=st.text(min_size=1, max_size=80))
def test_any_text_stays_inside_its_part(text: str, subject: str) -> None:
    try:
        data = compose(mail(text=text, html="", attachments=(), subject=subject), SENDER)
    except MailRefused:
        return
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert data.endswith(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) < 998
    read_back = message_from_bytes(data, policy=default)
    assert set(read_back.keys()) == HEADERS | {"Content-Transfer-Encoding"}
    assert isinstance(read_back, EmailMessage)
    assert " ".join(str(read_back["Subject"]).split()) == " ".join(subject.split())
    assert _lines(read_back.get_content()) == _lines(text)


@given(st.text(min_size=1, max_size=60))
def test_any_name_of_a_sender_names_one_sender(name: str) -> None:
    try:
        data = compose(mail(), Sender(parse_address("people@firm.example"), name))
    except MailRefused:
        return
    addresses = message_from_bytes(data, policy=default)["From"].addresses
    assert [address.addr_spec for address in addresses] == ["people@firm.example"]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
