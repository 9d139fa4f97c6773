"""Which text is one address, and whether two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careersheets.tables.mail_address import (
    AddressRefused,
    check_domain,
    is_new_address,
    is_same_address,
    parse_address,
)

pytestmark = pytest.mark.requirement("X6")

REFUSED = [
    ("", "not complete"),
    ("noor", "not complete"),
    ("@firm.example", "not complete"),
    ("noor@", "not complete"),
    ("noor@firm.example,eve@evil.example", "exactly one"),
    ("noor@firm.example;eve@evil.example", "exactly one"),
    ("noor@firm.example eve@evil.example", "blank"),
    ("noor@firm.example@evil.example", "more than one @"),
    ("noor@firm.example\r\nBcc: eve@evil.example", "line break"),
    ("noor@firm.example\nBcc", "line break"),
    ("noor\0@firm.example", "invisible"),
    ("noor\u200b@firm.example", "invisible"),
    ("elpmaxe.mrif\u202e@firm.example", "invisible"),
    ("Noor <noor@firm.example>", "without a name"),
    ("<noor@firm.example>", "bracket"),
    ('"noor el"@firm.example', "blank"),
    ("noor(hr)@firm.example", "bracket"),
    ("noor@[127.0.0.1]", "bracket"),
    ("noor@127.0.0.1", "cannot exist"),
    ("noor@localhost", "cannot exist"),
    ("noor@-firm.example", "cannot exist"),
    ("noor@firm..example", "cannot exist"),
    ("noor@fi_rm.example", "cannot exist"),
    ("noor..el@firm.example", "two dots"),
    (".noor@firm.example", "two dots"),
    ("no|or\\@firm.example", "quotation mark"),
    ("a" * 65 + "@firm.example", "64"),
    ("a@" + "firm." * 60 + "example", "254"),
    ("jo@straße.example", "two ways"),
    ("jo@firm。example", "xn--"),
]


@pytest.mark.parametrize(("text", "because"), REFUSED)
def test_what_is_not_exactly_one_address_is_refused_without_repeating_it(text: str, because: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        parse_address(text)
    sentence = str(caught.value)
    assert because in sentence
    assert sentence.startswith("The e-mail address ")
    assert "evil" not in sentence
    assert "noor" not in sentence.lower()


@pytest.mark.parametrize(
    ("text", "goes_to", "is_shown_as"),
    [
        ("noor@firm.example", "noor@firm.example", "noor@firm.example"),
        (
            " Noor.El-Amrani+hr@FIRM.example ",
            "Noor.El-Amrani+hr@firm.example",
            "Noor.El-Amrani+hr@firm.example",
        ),
        ("o'neill@firm.example", "o'neill@firm.example", "o'neill@firm.example"),
        ("jo@Bücher.example", "jo@xn--bcher-kva.example", "jo@bücher.example"),
        ("jo@bu\u0308cher.example", "jo@xn--bcher-kva.example", "jo@bücher.example"),
        ("jo@xn--strae-oqa.example", "jo@xn--strae-oqa.example", "jo@xn--strae-oqa.example"),
        ("愛@例え.example", "愛@xn--r8jz45g.example", "愛@例え.example"),
    ],
)
def test_an_address_is_sent_to_as_the_network_knows_it(text: str, goes_to: str, is_shown_as: str) -> None:
    assert parse_address(text).addr_spec == goes_to
    assert str(parse_address(text)) == is_shown_as


@given(st.text(max_size=80))
def test_any_text_is_one_clean_address_or_refused(text: str) -> None:
    for candidate in (text, f"{text}@firm.example", f"noor@{text}"):
        try:
            address = parse_address(candidate)
        except AddressRefused:
            continue
        assert address.addr_spec.count("@") == 1
        assert address.domain.isascii()
        assert not set(address.addr_spec) & set("\r\n\0 ,;<>\"'()[]:\\") - {"'"}
        assert parse_address(address.addr_spec) == address


def test_only_the_named_domains_may_be_written_to() -> None:
    allowed = ["firm.example", "Bücher.example"]
    check_domain(parse_address("noor@FIRM.example"), allowed)
    check_domain(parse_address("jo@xn--bcher-kva.example"), allowed)
    for outside in (
        "noor@mail.firm.example",
        "noor@evilfirm.example",
        "noor@firm.example.evil.example",
        "n@firm.test",
    ):
        with pytest.raises(AddressRefused, match="allowed_domains"):
            check_domain(parse_address(outside), allowed)


def test_two_ways_of_writing_one_address_are_the_same_and_a_new_one_is_noticed() -> None:
    assert is_same_address("Noor@Firm.example", "noor@firm.example ")
    assert is_same_address("jo@bücher.example", "jo@xn--bcher-kva.example")
    assert not is_same_address("noor@firm.example", "n00r@firm.example")
    assert not is_same_address("not an address", "not an address")
    known = ["noor@firm.example", "no address any more"]
    assert not is_new_address(parse_address("NOOR@firm.example"), known)
    assert is_new_address(parse_address("noor.2@firm.example"), known)
