"""Many mails to a server that goes wrong in every way at every step: nothing twice, nothing silently lost."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from careersheets.delivery.mail import Delivery, Outcome, Timeouts, message_id_of
from tests.support.certificates import new_authority
from tests.support.smtp_server import (
    DROP,
    GARBAGE,
    STALL,
    STEPS,
    TAKEN_THEN_DROP,
    TAKEN_THEN_STALL,
    SmtpServer,
)

from .mails import PASSWORD, SENDER, mail, mailer

pytestmark = [pytest.mark.requirement("X6"), pytest.mark.requirement("X9")]

LONG = "CAREERSHEETS_LONG" in os.environ
MAILS, FAULTS = (1000, 300) if LONG else (160, 50)
SENDERS = 4
ROUNDS = 8
# How often each step goes wrong; a mail passes the last seven, a connection the first five.
CHANCE = {"connect": 0.1, "ehlo": 0.06, "starttls": 0.06, "tls": 0.06, "auth": 0.06, "mail": 0.06,
          "rcpt": 0.08, "data": 0.06, "body": 0.06, "dot": 0.12, "quit": 0.9}  # fmt: skip
ACTIONS = (
    "421 4.3.2 closing",
    "451 4.7.1 greylisted",
    "452 4.3.1 full",
    "550 5.7.1 no",
    "554 5.0.0 no",
    DROP,
    GARBAGE,
)
# After these the sender cannot know: the mail, or enough of it, was under way and no answer came back.
AMBIGUOUS = {("dot", TAKEN_THEN_DROP), ("dot", TAKEN_THEN_STALL)} | {
    (step, action) for step in ("body", "dot") for action in (DROP, STALL, GARBAGE)
}


def random_faults(seed: int) -> Callable[[str], str | None]:
    chance = random.Random(seed)  # noqa: S311 - faults, no secrets

    def next_fault(step: str) -> str | None:
        if chance.random() >= CHANCE[step]:
            return None
        if chance.random() < 0.1:
            return STALL
        if step == "dot" and chance.random() < 0.4:
            return chance.choice((TAKEN_THEN_DROP, TAKEN_THEN_DROP, TAKEN_THEN_STALL))
        # A handshake has no answers; there it breaks.
        return DROP if step == "tls" else chance.choice(ACTIONS)

    return next_fault


def send_until_settled(names: list[str], port: int, authority: Path) -> dict[str, Delivery]:
    """As a run of `send` would, and its next runs: what may pass is sent again, all else stands as it is."""
    became: dict[str, Delivery] = {}
    open_names = names
    timeouts = Timeouts(connect=2, answer=0.5, body=0.5, final=0.5)
    for _ in range(ROUNDS):
        with mailer(
            port, authority, security="starttls", user="people", attempts=3, timeouts=timeouts
        ) as open_mailer:
            became |= {name: open_mailer.send(mail(name)) for name in open_names}
        open_names = [name for name in open_names if became[name].may_pass]
    return became


def test_nothing_is_sent_twice_and_nothing_is_lost_without_a_word(tmp_path: Path) -> None:
    authority = new_authority(tmp_path)
    names = [f"person{number}" for number in range(MAILS)]
    server = SmtpServer(
        random_faults(20261120), context=authority.server_context(), logins={"people": PASSWORD}
    )
    with server.running() as port, ThreadPoolExecutor(SENDERS) as pool:
        parts = [names[start::SENDERS] for start in range(SENDERS)]
        settled = pool.map(lambda part: send_until_settled(part, port, authority.file), parts)
        became = {name: delivery for part in settled for name, delivery in part.items()}
    arrived = server.message_ids
    copies = {name: arrived[message_id_of(f"delivery-{name}", SENDER.address)] for name in names}
    by_outcome = Counter(delivery.outcome for delivery in became.values())
    ambiguous = sum(server.injected[fault] for fault in AMBIGUOUS)
    steps = Counter(step for step, _ in server.injected.elements())
    print(
        f"\n{MAILS} mails, {server.injected.total()} faults {dict(steps)}, {server.connections} connections: "
        f"{dict(by_outcome)}, {ambiguous} ambiguous faults, {sum(arrived.values())} arrived, "
        f"{sum(copy > 1 for copy in copies.values())} twice, "
        f"{sum(not copies[name] for name in names if became[name].outcome is Outcome.SENT)} lost"
    )
    assert server.injected.total() >= FAULTS
    # Connections are made as they break, so in the short form a step may happen to go well each time.
    assert len(set(STEPS) - set(steps)) <= (0 if LONG else 3)
    assert became.keys() == copies.keys()
    assert max(copies.values()) == 1
    for name, delivery in became.items():
        if delivery.outcome is not Outcome.UNCERTAIN:
            assert copies[name] == (delivery.outcome is Outcome.SENT), delivery
        assert delivery.sentence
    assert 0 < by_outcome[Outcome.UNCERTAIN] <= ambiguous
    assert not any(delivery.may_pass for delivery in became.values())
    assert all(
        len(taken.recipients) == 1 and taken.message["To"] == taken.recipients[0] for taken in server.taken
    )
