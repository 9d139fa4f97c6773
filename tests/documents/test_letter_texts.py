"""What stands in a mail draft is found, wherever it stands, and a draft that holds more is not looked through but held."""

from __future__ import annotations

import pytest

from careersheets.documents.letter_texts import is_letter, letter_texts
from careersheets.documents.letters import draft
from careersheets.documents.part_texts import UnreadableFile
from careersheets.documents.safety import Scanner
from tests.documents.finished import document, kind_of, unsafe
from tests.documents.talks import conversations, talk_results

pytestmark = pytest.mark.requirement("X7")

TO = {"to_name": "Noor el-Amin", "to_address": "noor@example.com"}


def made(text: str = "Dear Noor\n", markup: str = "<p>Dear Noor</p>", subject: str = "Round-up") -> bytes:
    return draft(TO, subject, text, markup, "en-GB")


def words(data: bytes) -> dict[str, str]:
    return {text.part: " ".join(text.words) for text in letter_texts(data)}


def test_headers_and_both_forms_are_found() -> None:
    found = words(made(subject="Ravi Subramanian"))
    assert list(found) == ["headers", "text", "html"]
    assert "noor el amin noor example com" in found["headers"]
    assert "ravi subramanian" in found["headers"]
    assert found["text"] == "dear noor"
    assert found["html"] == "dear noor"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Ravi <b>Subra</b>manian</p>",
        "<p>Ravi&nbsp;Subramanian</p>",
        "<p>&#82;avi Subramanian</p>",
        "<td>Ravi</td><td>Subramanian</td>",
        "Ravi<br>Subramanian",
        "<!-- Ravi Subramanian -->",
        "<p title='Ravi Subramanian'>x</p>",
        "<a href='mailto:Ravi Subramanian'>x</a>",
        "<![CDATA[Ravi Subramanian]]>",
        "<p>Ravi Subra\u00admanian</p>",
        "<title>Ravi Subramanian</title>",
    ],
)
def test_a_name_is_found_however_html_holds_it(markup: str) -> None:
    assert "ravi subramanian" in words(made(markup=markup))["html"]


def test_a_name_broken_over_lines_of_the_file_is_found() -> None:
    text = "x" * 70 + " Ravi Subramanian " + "y" * 70
    assert "ravi subramanian" in words(made(text=text))["text"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a mail at all",
        b"To: a@example.com\r\n\r\nx",
        made().replace(b"X-Unsent: 1\r\n", b"X-Unsent: 1\r\nX-Unsent: 1\r\n"),
        made().replace(b"text/html", b"application/pdf"),
        made()[:-40],
        made().replace(b"multipart/alternative", b"message/rfc822"),
        made().replace(b"quoted-printable", b"base64"),
        made() + b"x" * 5_000_000,
    ],
)
def test_anything_but_a_sound_draft_is_held(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        words(data)


def test_what_stands_before_and_behind_the_parts_is_found() -> None:
    first = made().index(b"--=_")
    hidden = made()[:first] + b"Ravi Subramanian\r\n" + made()[first:] + b"Mei Tanaka\r\n"
    assert "ravi subramanian mei tanaka" in words(hidden)["headers"]


def test_a_letter_is_told_from_a_document() -> None:
    assert is_letter(made())
    assert not is_letter(b"PK\3\4")
    assert not is_letter(b"")


def test_the_scan_passes_what_names_the_persons_own_people() -> None:
    assert unsafe("round-up", talk_results(), ["P1", "P3"]) == []


def test_the_scan_holds_a_mail_that_names_somebody_else() -> None:
    rows = conversations()
    rows[0]["direction"] = "To work as Noor el-Amin does."
    found = unsafe("round-up", talk_results(Conversations=rows), ["P1"])
    assert len(found) == 2
    assert all("CS611" in finding and "Noor el-Amin" in finding for finding in found)


def test_the_scan_holds_a_mail_to_somebody_else() -> None:
    results = talk_results()
    data = document("round-up", results, "P1").replace(b"p1@example.com", b"p2@example.com")
    found = Scanner.of(results).scan_document(data, kind_of("round-up"), "P1")
    assert [finding.cell for finding in found] == ["headers"]
