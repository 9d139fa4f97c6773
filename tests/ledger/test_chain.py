"""Whoever changes, removes, adds or moves something in a ledger is found out."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from careersheets.ledger.chain import link
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.ledger.records import Head
from careersheets.ledger.tables import PAYLOADS

from ..support.saying import say
from .invented import VERSIONS, fill
from .server import Server

pytestmark = pytest.mark.requirement("X9")

# What somebody with the right to write may do to one entry, as SQL; :n is its number, :last the last one's.
_WAYS = {
    "edit its instant": ["UPDATE entries SET at = '2020-01-01T00:00:00.000000Z' WHERE workbook = :w AND seq = :n"],
    "edit its kind": ["UPDATE entries SET kind = kind || 's' WHERE workbook = :w AND seq = :n"],
    "edit its digest": ["UPDATE entries SET digest = chain WHERE workbook = :w AND seq = :n"],
    "edit its part's digest": ["UPDATE entries SET part_digest = chain WHERE workbook = :w AND seq = :n"],
    "edit its link": ["UPDATE entries SET chain = digest WHERE workbook = :w AND seq = :n"],
    "delete it": ["DELETE FROM entries WHERE workbook = :w AND seq = :n"],
    "delete it and close the gap": [
        "DELETE FROM entries WHERE workbook = :w AND seq = :n",
        "UPDATE entries SET seq = -seq + 1 WHERE workbook = :w AND seq > :n",
        "UPDATE entries SET seq = -seq WHERE workbook = :w AND seq < 0",
    ],
    "swap it with the next": [
        "UPDATE entries SET seq = -1 WHERE workbook = :w AND seq = :n",
        "UPDATE entries SET seq = :n WHERE workbook = :w AND seq = :n + 1",
        "UPDATE entries SET seq = :n + 1 WHERE workbook = :w AND seq = -1",
    ],
    "copy it to the end": [
        "INSERT INTO entries SELECT workbook, :last + 1, at, kind, digest, part_digest, chain FROM entries "
        "WHERE workbook = :w AND seq = :n"
    ],
    "take it and all after it off": ["DELETE FROM entries WHERE workbook = :w AND seq >= :n"],
}  # fmt: skip


def test_a_ledger_that_nobody_touched_holds(ledger: Ledger) -> None:
    assert ledger.verify() == []
    fill(ledger, "E1", "M1")
    assert ledger.verify() == []
    assert ledger.verify(ledger.head()) == []


def test_the_database_itself_refuses_to_change_an_entry(ledger: Ledger, place: str, workbook: str) -> None:
    fill(ledger, "E1", "M1")
    fill(ledger, "E2", "M1")
    ledger.erase_person("E1")
    refused = 0
    for table in ("entries", "parts", *PAYLOADS):
        statements = [f"UPDATE {table} SET seq = seq + 1000"]  # noqa: S608
        if table in ("entries", "erasures"):
            statements.append(f"DELETE FROM {table}")  # noqa: S608
        for statement in statements:
            with (
                _database(place, workbook) as connection,
                pytest.raises(SQLAlchemyError, match="only added to"),
            ):
                connection.execute(text(statement))
            refused += 1
    assert refused == len(PAYLOADS) + 4
    assert ledger.verify() == []


@pytest.mark.parametrize("way", _WAYS)
def test_a_changed_entry_is_found(ledger: Ledger, place: str, workbook: str, way: str) -> None:
    fill(ledger, "E1", "M1")
    _tamper(place, workbook, _WAYS[way], 3, ledger.head().seq)
    faults = ledger.verify()
    assert faults
    assert all(re.fullmatch(r"[A-Z].*\.", fault) for fault in faults)
    assert "E1" not in " ".join(faults)


def test_faults_say_which_entry_and_what(ledger: Ledger, place: str, workbook: str) -> None:
    fill(ledger, "E1", "M1")
    delivery = ledger.export_person("E1")["about"][-2]["seq"]
    _tamper(
        place,
        workbook,
        ["UPDATE deliveries SET state = 'failed' WHERE workbook = :w AND seq = :n"],
        delivery,
        0,
    )
    _tamper(place, workbook, ["DELETE FROM forms WHERE workbook = :w"], 0, 0)
    _tamper(place, workbook, ["UPDATE parts SET person = 'M2' WHERE workbook = :w AND person = 'M1'"], 0, 0)
    faults = ledger.verify()
    assert f"What entry {delivery} (a delivery) says was changed." in faults
    assert any(
        re.fullmatch(r"What entry \d+ \(a form\) says is gone, and no erasure was noted\.", it)
        for it in faults
    )
    assert sum("(whom it names) says was changed" in fault for fault in faults) == 3
    assert len(faults) == 5


def test_what_is_put_in_beside_the_chain_is_found(ledger: Ledger, place: str, workbook: str) -> None:
    fill(ledger, "E1", "M1")
    copy = (
        "INSERT INTO transitions SELECT workbook, seq + 900, salt, run, person, cycle, state, stated_on, fingerprint "
        "FROM transitions WHERE workbook = :w"
    )
    _tamper(place, workbook, [copy], 0, 0)
    faults = ledger.verify()
    assert len(faults) == 2
    assert all(fault.endswith("it was put in.") for fault in faults)


def test_what_was_erased_and_is_there_again_is_found(ledger: Ledger, place: str, workbook: str) -> None:
    """As when a copy of the table from before was put back."""
    fill(ledger, "E1", "M1")
    with _database(place, workbook) as connection:
        query = text("SELECT * FROM forms WHERE workbook = :w")
        kept = [dict(row) for row in connection.execute(query, {"w": workbook}).mappings()]
    ledger.erase_person("E1")
    assert ledger.verify() == []
    with _database(place, workbook) as connection:
        columns = ", ".join(kept[0])
        values = ", ".join(f":{name}" for name in kept[0])
        connection.execute(text(f"INSERT INTO forms ({columns}) VALUES ({values})"), kept)  # noqa: S608
    [fault] = ledger.verify()
    assert fault.endswith("(a form) says was erased, and is there again.")


def test_a_chain_cut_at_the_end_and_mended_is_found_by_a_head_kept_elsewhere(
    ledger: Ledger, place: str, workbook: str
) -> None:
    fill(ledger, "E1", "M1")
    with ledger.run("check", VERSIONS):
        pass
    kept = ledger.head()
    cut = [
        "DELETE FROM entries WHERE workbook = :w AND seq > :n",
        "DELETE FROM runs WHERE workbook = :w AND seq > :n",
        "UPDATE heads SET seq = :n, chain = (SELECT chain FROM entries WHERE workbook = :w AND seq = :n) WHERE workbook = :w",
    ]
    _tamper(place, workbook, cut, kept.seq - 2, 0)
    assert ledger.verify() == []
    assert ledger.verify(kept) == [f"Entries {kept.seq - 1} to {kept.seq} are missing."]
    with ledger.run("check", VERSIONS):
        pass
    assert ledger.verify(kept) == [f"Entry {kept.seq} is not the one that was last when its mark was kept."]
    assert ledger.verify(Head(0, "")) == []


def test_the_link_is_the_one_that_the_description_names() -> None:
    """Written out here once more: the form may not move, or old ledgers would all look changed."""
    said = '["00","w","1","2026-01-01T00:00:00.000000Z","runs","aa",""]'
    expected = hashlib.sha256(said.encode()).hexdigest()
    assert link("00", "w", 1, "2026-01-01T00:00:00.000000Z", "runs", "aa", "") == expected


_HEX = st.text("0123456789abcdef", min_size=1, max_size=64)
_COLUMNS = [("entries", column) for column in ("at", "kind", "digest", "part_digest", "chain")] + [
    (name, column.name)
    for name, table in PAYLOADS.items()
    for column in table.columns
    if column.name not in ("workbook", "seq") and name != "erasures"
] + [("parts", column) for column in ("salt", "person", "address", "text")]  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger that three people are in, closed."""
    folder, workbook = tmp_path_factory.mktemp("filled"), new_identity()
    with open_ledger(workbook, place=str(folder)) as ledger:
        for person in ("E1", "E2", "E3"):
            fill(ledger, person, "M1")
        ledger.erase_person("E2")
    return folder / f"{workbook}.sqlite3"


def test_any_tampering_anywhere_is_found_in_sqlite(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=200)
    @given(data=st.data())
    def is_found(data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(filled, folder)
            tried[_tampered_and_found(folder, filled.stem, data)] += 1

    is_found()
    say(capsys, f"SQLite: tampered {sum(tried.values())} times in {len(tried)} ways, all found")
    assert sum(tried.values()) >= 200


def test_any_tampering_anywhere_is_found_in_postgresql(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=25)
    @given(data=st.data())
    def is_found(data: st.DataObject) -> None:
        workbook = new_identity()
        with open_ledger(workbook, place=server.address()) as ledger:
            fill(ledger, "E1", "M1")
        tried[_tampered_and_found(server.address(), workbook, data)] += 1

    is_found()
    say(capsys, f"PostgreSQL: tampered {sum(tried.values())} times in {len(tried)} ways, all found")
    assert sum(tried.values()) >= 25


def _tampered_and_found(place: str, workbook: str, data: st.DataObject) -> str:
    """One column of one row gets another value, or an entry is removed, moved or copied; which of it."""
    value = data.draw(_HEX | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    with open_ledger(workbook, place=place) as ledger:
        head = ledger.head().seq
        if data.draw(st.booleans()):
            way = data.draw(st.sampled_from(sorted(_WAYS)))
            _tamper(place, workbook, _WAYS[way], data.draw(st.integers(1, head - 1)), head)
        else:
            table, column = data.draw(st.sampled_from(_COLUMNS))
            way = f"edit {table}"
            _edit(place, workbook, (table, column, value), data)
        assert ledger.verify()
    return way


def _edit(place: str, workbook: str, edit: tuple[str, str, str], data: st.DataObject) -> None:
    table, column, value = edit
    with _database(place, workbook) as connection:
        _disarm(connection)
        query = f"SELECT seq, {column} AS was FROM {table} WHERE workbook = :w ORDER BY seq"  # noqa: S608
        row = data.draw(st.sampled_from(connection.execute(text(query), {"w": workbook}).all()))
        assume(row.was != value)
        change = f"UPDATE {table} SET {column} = :v WHERE workbook = :w AND seq = :n"  # noqa: S608
        connection.execute(text(change), {"v": value, "w": workbook, "n": row.seq})


def _tamper(place: str, workbook: str, statements: list[str], number: int, last: int) -> None:
    with _database(place, workbook) as connection:
        _disarm(connection)
        for statement in statements:
            names = {"w": workbook, "n": number, "last": last}
            connection.execute(
                text(statement), {name: names[name] for name in names if f":{name}" in statement}
            )


def _disarm(connection: Connection) -> None:
    """Take away what would stop somebody who only has the database's usual tools."""
    if connection.dialect.name == "sqlite":
        for name in (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        ):
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("SET session_replication_role = replica"))


@contextmanager
def _database(place: str, workbook: str) -> Iterator[Connection]:
    """The database behind the ledger's back."""
    url = place.replace("postgresql:", "postgresql+psycopg:")
    if not place.startswith("postgresql:"):
        url = f"sqlite:///{Path(place) / workbook}.sqlite3"
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def test_instants_are_utc_and_sort_as_text(ledger: Ledger) -> None:
    fill(ledger, "E1", "M1")
    at = [row["at"] for row in ledger.export_person("E1")["about"]]
    assert at == sorted(at)
    assert all(datetime.fromisoformat(it).tzinfo == UTC for it in at)
    assert {len(it) for it in at} == {27}
