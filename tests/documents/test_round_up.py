"""The round-up mail: what was agreed, in the manager's words to the employee, and what is still to be agreed."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest

from careersheets.documents.checking import check_template
from careersheets.documents.content.round_up import has_held_conversation, sentence
from careersheets.documents.letters import BadAddress
from tests.documents.finished import TEMPLATES, document
from tests.documents.talks import hostile_results, talk_results, talk_workbook

pytestmark = pytest.mark.requirement("C7", "C8", "X10")


def mail(person: str = "P1") -> EmailMessage:
    return message_from_bytes(
        document("round-up", talk_results(), person), _class=EmailMessage, policy=default
    )


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_whole_mail() -> None:
    assert mail()["To"] == "Chiara Bianchi <p1@example.com>"
    assert mail()["Subject"] == "Our conversation on 1 October 2026: what we agreed"
    assert (
        text(mail())
        == """\
Dear Chiara Bianchi,

Thank you for our conversation on 1 October 2026. This is what I take from it; please tell me what I got wrong.

WHERE TO
In your words: Lead a design of my own.
We work towards: E3.
Most important to you: Des, Com.
Most important to me: Com.

WHAT WOULD NEED TO BE TRUE
- Designs without help; seen in: Two designs; by 31 March 2027

WHAT WE SAID
You: The reviews help me.

NEXT STEPS
- You: Write the design of the export by 2026-11-15
- I: Find a mentor in the search team (by 1 December 2026)
- We: Read the two guides
New opportunities: The search team looks for help.

NEXT CHECK-IN
19 November 2026, 14:30, 20 minutes.

Does this match your work and what you said? Please correct it by 9 October 2026; I will send the corrected version.

Best wishes
Ravi Subramanian
"""
    )


def test_what_is_not_agreed_yet_is_said_to_be_open() -> None:
    said = text(mail("P3"))
    assert "We work towards: exploring." in said
    assert "- We have not agreed on one yet; let us add the first." in said
    assert (
        "To be agreed; six to eight weeks from our conversation is 17 December 2026 to 31 December 2026."
        in said
    )
    assert "Please correct it within a week" in said
    assert "None" not in said


def test_html_says_the_same() -> None:
    body = mail().get_body(("html",))
    assert body is not None
    reader = Words()
    reader.feed(body.get_content())
    shown = " ".join(" ".join(reader.words).split()).replace(" ,", ",")
    for line in text(mail()).split("\n"):
        wanted = line.removeprefix("- ").split(" (by ")[0].rstrip(".")
        for piece in wanted.replace(": ", "\n").split("\n"):
            assert piece.casefold() in shown.casefold(), piece


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_what_others_may_not_see_is_not_told() -> None:
    assert "SECRET" not in text(mail())


def test_it_is_there_once_the_conversation_was_held() -> None:
    assert [has_held_conversation(talk_results(), key) for key in ("P1", "P2", "P3", "P4")] == [
        True,
        False,
        True,
        False,
    ]


def test_the_same_facts_make_the_same_file() -> None:
    assert document("round-up", talk_results(), "P1") == document("round-up", talk_results(), "P1")


def test_difficult_texts_arrive_whole() -> None:
    message = message_from_bytes(
        document("round-up", hostile_results(), "P1"), _class=EmailMessage, policy=default
    )
    assert "In your words: <b>R&D</b> “x” </w:t> عربي 田中 👩🏽\u200d💻.\n" in text(message)
    assert "Schreibe «A&B» <nu> {{ person.name }}" in text(message)
    body = message.get_body(("html",))
    assert body is not None
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in body.get_content()
    assert message["To"].addresses[0].display_name == "Chiara Bianchi & Sons lead"


def test_a_person_without_an_address_gets_a_draft_to_address() -> None:
    people = talk_workbook()["People"]
    people[0]["email"] = None
    data = document("round-up", talk_results(People=people), "P1")
    assert message_from_bytes(data, _class=EmailMessage, policy=default)["To"] is None


def test_two_addresses_in_the_cell_are_refused() -> None:
    people = talk_workbook()["People"]
    people[0]["email"] = "p1@example.com,p2@example.com"
    with pytest.raises(BadAddress, match="E-mail"):
        document("round-up", talk_results(People=people), "P1")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("We talked.", "We talked."),
        (" We\n talked ", "We talked."),
        ("Why?", "Why?"),
        ("好。", "好。"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_a_text_ends_as_a_sentence_does(written: object, said: str) -> None:
    assert sentence(written) == said


@pytest.mark.parametrize("name", ["round_up.txt", "round_up.html"])
def test_the_templates_that_come_with_it_are_sound(name: str) -> None:
    assert check_template(TEMPLATES / name, "round-up") == []


@pytest.mark.parametrize(
    ("name", "source", "code", "cell"),
    [
        ("round_up.txt", "Subject: x\n\n{{ person.nmae }}\n", "CS602", "line 3"),
        ("round_up.txt", "Subject: x\n\n{% if draft %}\n", "CS603", "line 3"),
        ("round_up.txt", "Subject: x\n\n{{ person.name\n", "CS604", "line 3"),
        ("round_up.html", "<p>{{ person.__class__ }}</p>", "CS605", "line 1"),
        ("round_up.txt", "Dear all\n", "CS607", "line 1"),
        ("round_up.html", "<script></script>", "CS601", ""),
    ],
)
def test_a_broken_template_is_a_finding_with_its_line(
    name: str, source: str, code: str, cell: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    found = check_template(tmp_path / name, "round-up")
    assert [(finding.rule.code, finding.cell) for finding in found] == [(code, cell)]
