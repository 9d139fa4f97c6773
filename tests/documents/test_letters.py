"""Mail drafts: one recipient, no header but ours, both forms of the same text, and the same bytes each time."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careersheets.documents.errors import TemplateFault, TemplateRefused
from careersheets.documents.letters import BadAddress, Letter, one_address, one_line
from tests.documents.test_exploits import REFUSED_UNRENDERED, STOPPED_WHILE_RENDERED

pytestmark = pytest.mark.requirement("C7", "X10", "X6")

TEXT = "Subject: About {{ person.name }}\n\nDear {{ person.name }},\n{% for one in several %}\n- {{ one }}\n{% endfor %}\n\n\n\nBye\n"
MARKUP = '<p title="{{ person.name }}">Dear {{ person.name }}</p>{% for one in several %}<li>{{ one }}</li>{% endfor %}'


def letter(text: str = TEXT, markup: str = MARKUP) -> Letter:
    return Letter("mail.txt", text.encode(), "mail.html", markup.encode())


def context(who: str = "Noor", address: str = "noor@example.com", **rest: Any) -> dict[str, Any]:
    return {
        "letter": {"to_name": who, "to_address": address},
        "document": {"language": "en-GB"},
        "person": {"name": who},
        "several": ["one", "two"],
        **rest,
    }


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, _class=EmailMessage, policy=default)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def test_it_opens_as_a_new_message_with_both_forms() -> None:
    data = letter().render(context())
    message = parsed(data)
    assert data.startswith(b"X-Unsent: 1\r\n")
    assert message["To"].addresses[0].addr_spec == "noor@example.com"
    assert message["Subject"] == "About Noor"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    plain, marked = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert marked is not None
    assert plain.get_content().replace("\r\n", "\n") == "Dear Noor,\n- one\n- two\n\nBye\n"
    assert "<li>one</li><li>two</li>" in marked.get_content()


def test_nothing_says_who_made_it_or_when() -> None:
    message = parsed(letter().render(context()))
    assert list(message.keys()) == [
        "X-Unsent",
        "To",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    ]


def test_the_same_facts_make_the_same_bytes() -> None:
    assert letter().render(context()) == letter().render(context())
    assert letter().render(context()) != letter().render(context("Mei"))


def test_without_an_address_somebody_has_to_enter_it() -> None:
    assert parsed(letter().render(context(address="")))["To"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com, b@example.com",
        "a@example.com;b@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\nb@example.com",
        "Ann <a@example.com>",
        "<a@example.com>",
        '"a b"@example.com',
        "a@b@example.com",
        "a@[127.0.0.1]",
        "a@example",
        "a(comment)@example.com",
        "a@exa mple.com",
        "a@example..com",
        "a..b@example.com",
        ".a@example.com",
        "a.@example.com",
        "@example.com",
        "a@",
        "a",
        "ä@example.com",
        "a@-example.com",
        "a@straße.example",
        "a\u202e@example.com",
        "undisclosed-recipients:;",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress, match="sheet People"):
        letter().render(context(address=address))


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("a.b+c@example.co.uk", "a.b+c@example.co.uk"),
        (" o'neil@example.com ", "o'neil@example.com"),
        ("a@exämple.com", "a@xn--exmple-cua.com"),
    ],
)
def test_plain_addresses_are_taken(address: str, written: str) -> None:
    assert one_address("A", address).addr_spec == written


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_becomes_a_header_or_a_second_recipient(name: str, subject: str) -> None:
    data = letter(TEXT.replace("{{ person.name }}\n", "{{ subject }}\n", 1)).render(
        context(name, subject=f"x{subject}")
    )
    message = message_from_bytes(data, _class=EmailMessage, policy=SMTP)
    assert list(message.keys()) == [
        "X-Unsent",
        "To",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Language",
    ]
    assert [one.addr_spec for one in message["To"].addresses] == ["noor@example.com"]
    assert " ".join(message["Subject"].split()) == " ".join(one_line(f"About x{subject}")[:200].split())


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_arrives_in_both_forms_and_adds_no_markup(value: str) -> None:
    message = parsed(letter().render(context(several=[value])))
    plain, marked = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert marked is not None
    assert sum(1 for _ in message.iter_parts()) == 2
    assert marked.get_content().count("<") == 4


def test_values_are_text_in_html_and_in_its_attributes() -> None:
    data = letter().render(context('<b>"R&D"</b>'))
    marked = parsed(data).get_body(("html",))
    assert marked is not None
    assert '<p title="&lt;b&gt;&#34;R&amp;D&#34;&lt;/b&gt;">' in marked.get_content()


@pytest.mark.parametrize("payload", REFUSED_UNRENDERED)
def test_what_a_template_may_not_do_is_refused_in_mails_too(payload: str) -> None:
    for text, markup in (
        (TEXT + payload, MARKUP),
        (TEXT, MARKUP + payload),
        (f"Subject: {payload}\n\nx\n", MARKUP),
    ):
        with pytest.raises((TemplateFault, TemplateRefused)):
            letter(text, markup)


@pytest.mark.parametrize("payload", STOPPED_WHILE_RENDERED)
def test_what_grows_without_end_is_stopped_in_mails_too(payload: str) -> None:
    for text, markup in ((TEXT + payload, MARKUP), (TEXT, MARKUP + payload)):
        with pytest.raises((TemplateFault, TemplateRefused)):
            letter(text, markup).render(context(long="x" * 50_000, name="Noor"))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>",
        '<img src="https://example.com/x.png">',
        "<p onclick='x'>",
        '<a href="javascript:x">',
        "<iframe></iframe>",
        "<style>@import 'x'</style>",
        '<p style="background: url(https://example.com)">',
        '<META http-equiv="refresh">',
        "<form>",
    ],
)
def test_html_that_runs_or_fetches_something_is_refused(markup: str) -> None:
    with pytest.raises(TemplateRefused, match="which mail programs block"):
        letter(markup=markup)


def test_a_mistyped_tag_is_named_with_its_line() -> None:
    with pytest.raises(TemplateFault, match=r'line 3.*person\.nmae.*"name" may be meant'):
        letter(TEXT.replace("Dear {{ person.name }}", "Dear {{ person.nmae }}")).render(context())


@pytest.mark.parametrize("text", ["Dear all\n", "", "Subject:\n\nx\n", "\nSubject: x\n"])
def test_the_first_line_is_the_subject(text: str) -> None:
    with pytest.raises(TemplateFault, match="line 1"):
        letter(text)


def test_an_open_block_is_named() -> None:
    with pytest.raises(TemplateFault, match=r"line 3.*endif"):
        letter("Subject: x\n\n{% if draft %}\n")


@pytest.mark.parametrize("data", [b"Subject: \xff\xfe\n", "Subject: ö\n".encode("latin-1")])
def test_what_is_no_utf8_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateRefused, match="UTF-8"):
        Letter("mail.txt", data, "mail.html", b"x")


def test_files_of_every_editor_are_read() -> None:
    for data in (TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"), TEXT.replace("\n", "\r\n").encode()):
        made = Letter("mail.txt", data, "mail.html", MARKUP.encode()).render(context())
        assert made == letter().render(context())


def test_a_template_too_large_for_a_mail_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="too large"):
        letter("Subject: x\n" + "x" * 300_000)
