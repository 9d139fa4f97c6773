"""Mails over real connections to a server that goes wrong as told: what became of each is known exactly."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from careersheets.delivery.mail import Attachment, Delivery, Outcome, Stage, Timeouts
from careersheets.model.errors import InputError
from careersheets.tables.mail_address import parse_address
from tests.support.certificates import Authority, new_authority
from tests.support.smtp_server import (
    DROP,
    GARBAGE,
    STALL,
    STEPS,
    TAKEN_THEN_DROP,
    TAKEN_THEN_STALL,
    SmtpServer,
    script,
)

from .mails import PASSWORD, QUICK, SENDER, WORD, mail, mailer

pytestmark = pytest.mark.requirement("X6")

SENT, FAILED, UNCERTAIN = Outcome.SENT, Outcome.FAILED, Outcome.UNCERTAIN
LATER, NEVER = "451 4.7.1 later, noor@firm.example", "550 5.1.1 never, noor@firm.example"
LOGIN = {"people": PASSWORD}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("authority"))


def deliver(server: SmtpServer, authority: Authority | None = None, **options: object) -> Delivery:
    with (
        server.running() as port,
        mailer(port, authority.file if authority else None, **options) as open_mailer,
    ):
        return open_mailer.send(mail())


@pytest.mark.parametrize("mechanisms", ["PLAIN LOGIN", "LOGIN"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_arrives_over_tls_with_a_login(authority: Authority, security: str, mechanisms: str) -> None:
    server = SmtpServer(
        context=authority.server_context(),
        tls_from_the_start=security == "tls",
        logins=LOGIN,
        mechanisms=mechanisms,
    )
    delivery = deliver(server, authority, security=security, user="people")
    assert delivery == Delivery(SENT, Stage.FINAL, "The mail server took the mail.", 250)
    (taken,) = server.taken
    assert taken.recipients == ["noor@firm.example"]
    assert taken.sender == "people@firm.example"
    assert [part.get_filename() for part in taken.message.iter_attachments()] == [WORD.name]
    if security == "starttls":
        assert server.said[:2] == ["EHLO [127.0.0.1]", "STARTTLS"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("action", [LATER, NEVER, DROP, STALL, GARBAGE])
def test_whatever_goes_wrong_at_whatever_step_is_known_for_what_it_is(
    authority: Authority, step: str, action: str
) -> None:
    server = SmtpServer(script((step, action)), context=authority.server_context(), logins=LOGIN)
    delivery = deliver(server, authority, security="starttls", user="people")
    arrived = len(server.taken)
    if step == "quit":
        assert (delivery.outcome, arrived) == (SENT, 1)
        return
    assert arrived == 0
    refused = action in (LATER, NEVER) and step != "tls"  # in the handshake there are no answers
    if step in ("body", "dot") and not refused:
        # A small mail is on its way whole when a server dies in the middle of it, unless that is noticed before its end.
        assert delivery.outcome is UNCERTAIN or (step, delivery.outcome) == ("body", FAILED)
    else:
        assert delivery.outcome is FAILED
        for_good = action == NEVER if refused else (step, action) == ("tls", GARBAGE)
        assert delivery.may_pass is not for_good
    assert delivery.code == (int(action[:3]) if refused else 0)
    assert delivery.for_every_mail is (step in ("connect", "ehlo", "starttls", "tls", "auth", "mail"))
    assert delivery.sentence.count(". ") <= 3
    for secret in ("noor", "firm.example", PASSWORD, "{", "Traceback"):
        assert secret not in delivery.sentence


@pytest.mark.parametrize("action", [TAKEN_THEN_DROP, TAKEN_THEN_STALL])
def test_an_answer_lost_after_the_end_of_the_mail_is_uncertain_and_never_tried_again(action: str) -> None:
    server = SmtpServer(script(("dot", action)))
    delivery = deliver(server, attempts=5)
    assert (delivery.outcome, delivery.may_pass, delivery.tries) == (UNCERTAIN, False, 1)
    assert "Ask the recipient" in delivery.sentence
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    "answer", ["354 go on", "299-half", "250", "2xx what", "250-a\r\n550 b", "250-" + "x" * 9000]
)
def test_an_answer_after_the_end_that_is_neither_yes_nor_no_is_uncertain(answer: str) -> None:
    delivery = deliver(SmtpServer(script(("dot", answer))))
    assert delivery.outcome is (SENT if answer == "250" else UNCERTAIN)


@pytest.mark.parametrize("action", [DROP, STALL])
def test_a_large_mail_that_breaks_in_the_middle_has_surely_failed(action: str) -> None:
    server = SmtpServer(script(("body", action)), receive_buffer=4096)
    large = mail(attachments=(Attachment("report.docx", b"x" * 12_000_000),))
    with server.running() as port, mailer(port) as open_mailer:
        delivery = open_mailer.send(large)
    assert (delivery.outcome, delivery.stage) == (FAILED, Stage.BODY)
    assert delivery.may_pass
    assert not server.taken


def test_a_server_that_refuses_in_the_middle_is_heard_and_gets_no_end() -> None:
    server = SmtpServer(script(("body", "552 5.3.4 too much")), receive_buffer=4096)
    large = mail(attachments=(Attachment("report.docx", b"x" * 12_000_000),))
    with server.running() as port, mailer(port) as open_mailer:
        delivery = open_mailer.send(large)
    assert delivery.outcome is FAILED
    assert not server.taken


def test_a_server_that_drips_is_given_up_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, mailer(listener.getsockname()[1]) as open_mailer:
        import threading
        import time

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    for _ in range(100):
                        connection.sendall(b"220-still here\r\n")
                        time.sleep(0.05)
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        begun = time.monotonic()
        delivery = open_mailer.send(mail())
        assert time.monotonic() - begun < 2
        thread.join()
    assert delivery.outcome is FAILED
    assert "did not answer in time when connecting" in delivery.sentence


def test_what_may_pass_is_tried_again_and_arrives_once() -> None:
    faults = [
        ("connect", DROP),
        ("rcpt", LATER),
        ("dot", "452 4.3.1 full"),
        ("data", DROP),
        ("mail", "421 4.3.2 bye"),
    ]
    server = SmtpServer(script(*faults))
    waits: list[float] = []
    delivery = deliver(server, attempts=6, first_wait=1.0, sleep=waits.append)
    assert (delivery.outcome, delivery.tries) == (SENT, 6)
    assert sum(server.message_ids.values()) == 1
    assert len(waits) == 5
    assert all(wait <= limit for wait, limit in zip(waits, (1, 2, 4, 8, 16), strict=True))


def test_what_was_refused_for_good_is_not_tried_again() -> None:
    server = SmtpServer(script(("rcpt", NEVER)))
    delivery = deliver(server, attempts=6)
    assert (delivery.outcome, delivery.tries, delivery.code) == (FAILED, 1, 550)
    assert delivery.sentence == (
        "The mail server refused the recipient (550 5.1.1). Check the address. There is no such mailbox."
    )


def test_many_mails_use_one_connection_and_a_refusal_does_not_break_it() -> None:
    server = SmtpServer(script(("rcpt", NEVER)))
    with server.running() as port, mailer(port) as open_mailer:
        outcomes = [open_mailer.send(mail(f"person{number}")).outcome for number in range(20)]
    assert outcomes == [FAILED] + [SENT] * 19
    assert server.connections == 1
    assert all(len(taken.recipients) == 1 for taken in server.taken)
    assert [taken.recipients[0] for taken in server.taken] == [
        f"person{n}@firm.example" for n in range(1, 20)
    ]


def test_a_connection_that_the_server_ended_in_between_is_replaced_without_a_word() -> None:
    server = SmtpServer(script(("dot", "421 4.3.2 closing")))
    with server.running() as port, mailer(port) as open_mailer:
        first, second = open_mailer.send(mail("noor")), open_mailer.send(mail("chipo"))
    assert (first.outcome, first.for_every_mail) == (FAILED, True)
    assert (second.outcome, second.tries) == (SENT, 1)
    assert server.connections == 2


def test_after_fifty_mails_there_is_a_new_connection() -> None:
    server = SmtpServer()
    with server.running() as port, mailer(port) as open_mailer:
        for number in range(101):
            assert open_mailer.send(mail(f"person{number}")).outcome is SENT
    assert server.connections == 3


def test_the_pace_is_kept() -> None:
    waits: list[float] = []
    with SmtpServer().running() as port, mailer(port, mails_per_minute=30, sleep=waits.append) as open_mailer:
        for number in range(3):
            open_mailer.send(mail(f"person{number}"))
    assert [round(wait) for wait in waits] == [2, 4]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_is_not_right_stops_everything_before_the_login(
    authority: Authority, tmp_path: Path, security: str
) -> None:
    contexts = {
        "another name": authority.server_context("mail.firm.example"),
        "expired": authority.server_context(days=-1),
        "another authority": new_authority(tmp_path, "A stranger").server_context(),
    }
    for why, context in contexts.items():
        server = SmtpServer(context=context, tls_from_the_start=security == "tls", logins=LOGIN)
        delivery = deliver(server, authority, security=security, user="people", attempts=3)
        assert (delivery.outcome, delivery.stage, delivery.tries) == (FAILED, Stage.TLS, 1), why
        assert "certificate" in delivery.sentence
        assert not any("AUTH" in line for line in server.said)


def test_a_server_without_starttls_gets_neither_password_nor_mail() -> None:
    server = SmtpServer(logins=LOGIN)
    delivery = deliver(server, security="starttls", user="people")
    assert (delivery.outcome, delivery.stage, delivery.may_pass) == (FAILED, Stage.TLS, False)
    assert server.said == ["EHLO [127.0.0.1]"]


def test_an_answer_slipped_in_before_tls_is_noticed(authority: Authority) -> None:
    server = SmtpServer(
        context=authority.server_context(), logins=LOGIN, after_starttls=b"250 AUTH PLAIN\r\n"
    )
    delivery = deliver(server, authority, security="starttls", user="people")
    assert (delivery.outcome, delivery.stage, delivery.may_pass) == (FAILED, Stage.TLS, False)
    assert not any("AUTH" in line for line in server.said)


def test_without_encryption_only_this_computer_is_spoken_to() -> None:
    server = SmtpServer()
    outside = _address_of_this_computer()
    if outside is None:
        pytest.skip("this computer has no address but loopback")
    with (
        socket.create_server((outside, 0)) as listener,
        mailer(listener.getsockname()[1], host=outside) as plain,
    ):
        import threading

        thread = threading.Thread(target=_greet_and_listen, args=(listener, said := []))
        thread.start()
        delivery = plain.send(mail())
        thread.join()
    assert (delivery.outcome, delivery.stage, delivery.may_pass) == (FAILED, Stage.TLS, False)
    assert said == [b""]
    assert not server.taken


def test_a_wrong_password_is_one_sentence_and_one_try(authority: Authority) -> None:
    server = SmtpServer(context=authority.server_context(), logins={"people": "another"})
    delivery = deliver(server, authority, security="starttls", user="people", attempts=4)
    assert (delivery.outcome, delivery.tries, delivery.for_every_mail) == (FAILED, 1, True)
    assert delivery.sentence == (
        "The mail server refused the login (535 5.7.8). Check user in careersheets.toml, and the password."
    )


def test_a_server_that_cannot_be_reached_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with mailer(port) as refused, mailer(port, host="no-such-host.invalid") as unknown:
        assert "cannot be reached" in refused.send(mail()).sentence
        delivery = unknown.send(mail())
    assert "no mail server of this name" in delivery.sentence
    assert delivery.for_every_mail


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    letter = mail(recipient=parse_address("佐藤@例え.example"))
    plain, modern = SmtpServer(), SmtpServer(extensions=("SIZE 50000000", "8BITMIME", "SMTPUTF8"))
    with plain.running() as port, mailer(port) as open_mailer:
        refused = open_mailer.send(letter)
        assert (refused.outcome, refused.for_every_mail) == (FAILED, False)
        assert "Use another address" in refused.sentence
        assert open_mailer.send(mail()).outcome is SENT
    with modern.running() as port, mailer(port) as open_mailer:
        assert open_mailer.send(letter).outcome is SENT
        assert open_mailer.send(mail()).outcome is SENT
    assert [taken.recipients for taken in modern.taken] == [
        ["佐藤@xn--r8jz45g.example"],
        ["noor@firm.example"],
    ]
    assert modern.taken[0].message["To"] == "佐藤@xn--r8jz45g.example"


def test_a_mail_larger_than_the_server_takes_is_not_begun() -> None:
    server = SmtpServer(extensions=("SIZE 1000",))
    delivery = deliver(server, attempts=3)
    assert (delivery.outcome, delivery.tries) == (FAILED, 1)
    assert "link_or_attach" in delivery.sentence
    assert not any(line.startswith("MAIL") for line in server.said)


def test_a_mail_that_cannot_be_made_asks_no_server() -> None:
    server = SmtpServer()
    with server.running() as port, mailer(port) as open_mailer:
        delivery = open_mailer.send(mail(subject="two\nlines"))
    assert (delivery.outcome, delivery.stage) == (FAILED, Stage.COMPOSE)
    assert server.connections == 0


def test_every_line_that_looks_like_the_end_of_a_mail_arrives() -> None:
    text = "first\n.\nsecond\n..\n\n.\r\n.\n"
    server = SmtpServer()
    with server.running() as port, mailer(port) as open_mailer:
        assert open_mailer.send(mail(text=text, html="", attachments=())).outcome is SENT
    (taken,) = server.taken
    assert taken.message.get_content().replace("\r\n", "\n") == text.replace("\r\n", "\n")


def test_a_server_can_be_tried_without_sending(authority: Authority) -> None:
    server = SmtpServer(context=authority.server_context(), logins=LOGIN)
    with server.running() as port:
        assert mailer(port, authority.file, security="starttls", user="people").try_server() is None
    assert [line.split(" ")[0] for line in server.said] == ["EHLO", "STARTTLS", "EHLO", "AUTH", "QUIT"]


def test_an_authority_that_cannot_be_read_stops_with_a_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "authority.pem"
    empty.write_text("no certificate", "utf-8")
    for file in (empty, tmp_path / "missing.pem"):
        with pytest.raises(InputError, match="PEM form"):
            mailer(25, file, security="tls")


def test_nothing_shows_a_password_or_a_text() -> None:
    open_mailer = mailer(25, user="people")
    shown = f"{open_mailer!r} {open_mailer.__dict__.get('_server')!r} {mail()!r} {SENDER!r}"
    assert PASSWORD not in shown
    assert "report attached" not in shown
    assert Timeouts().final >= 300 > QUICK.final


def _address_of_this_computer() -> str | None:
    """An address of its own that is not loopback; nothing is sent to find it."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
    except OSError:
        return None
    return None if address.startswith("127.") else address


def _greet_and_listen(listener: socket.socket, said: list[bytes]) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.sendall(b"220 ready\r\n")
        said.append(connection.recv(1000))
