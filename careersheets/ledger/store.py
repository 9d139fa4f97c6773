"""A connection to one workbook's ledger: opening, transactions, and the one way to add entries."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, select, text, update
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from .chain import digest_of, first_link, link, new_salt
from .errors import ExtraMissing, UnusableLocation, plain_errors
from .places import file_of, is_database, ledger_place, make_private
from .tables import PAYLOADS, entries, heads, parts
from .upgrading import refuse_other_files, upgrade_postgresql, upgrade_sqlite

Clock = Callable[[], datetime]

_FIRST_HEAD = (
    "INSERT INTO heads (workbook, seq, chain) VALUES (:workbook, :seq, :chain) ON CONFLICT DO NOTHING"
)
_PART = {"person": "", "address": "", "text": ""}
# FULL makes every commit durable in WAL mode (in the older modes a power cut may take the last one back).
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_mode = WAL",
)


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be added: its kind, what it says, and whom else it names (person, address, text)."""

    kind: str
    said: Mapping[str, str]
    part: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is to be inserted, by table."""

    workbook: str
    by_table: dict[Table, list[dict[str, object]]] = field(default_factory=dict)

    def put(self, table: Table, seq: int, values: Mapping[str, str]) -> None:
        self.by_table.setdefault(table, []).append({"workbook": self.workbook, "seq": seq, **values})

    def put_payload(self, seq: int, item: New) -> str:
        """Its digest."""
        return self._put_salted(PAYLOADS[item.kind], seq, item.said)

    def put_part(self, seq: int, part: Mapping[str, str] | None) -> str:
        """Its digest; "" for an entry that names nobody else."""
        return "" if part is None else self._put_salted(parts, seq, {**_PART, **part})

    def _put_salted(self, table: Table, seq: int, said: Mapping[str, str]) -> str:
        salt, cleaned = new_salt(), {name: clean(value) for name, value in said.items()}
        self.put(table, seq, {"salt": salt, **cleaned})
        return digest_of(salt, cleaned)


@dataclass(frozen=True, slots=True)
class Store:
    """One workbook's ledger in a database. `where` is how sentences call it."""

    engine: Engine
    workbook: str
    where: str
    clock: Clock

    @property
    def is_sqlite(self) -> bool:
        """Whether the ledger is a file of its own."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that nobody else can write beside; all of it or nothing."""
        with plain_errors(self.where), self.engine.begin() as connection:
            if not self.is_sqlite:
                mine = select(heads.c.seq).where(heads.c.workbook == self.workbook)
                connection.execute(mine.with_for_update())
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; it waits for nobody."""
        with (
            plain_errors(self.where),
            self.engine.connect().execution_options(**self._reading()) as connection,
        ):
            yield connection

    def append(self, connection: Connection, items: Sequence[New]) -> None:
        """Add entries in order, in the transaction of `connection`."""
        if not items:
            return
        at = instant(self.clock())
        head = connection.execute(select(heads).where(heads.c.workbook == self.workbook)).one()
        seq, chain = head.seq, head.chain
        rows = _Rows(self.workbook)
        for item in items:
            seq += 1
            digest, part_digest = rows.put_payload(seq, item), rows.put_part(seq, item.part)
            chain = link(chain, self.workbook, seq, at, item.kind, digest, part_digest)
            rows.put(
                entries,
                seq,
                {"at": at, "kind": item.kind, "digest": digest, "part_digest": part_digest, "chain": chain},
            )
        for table, values in rows.by_table.items():
            connection.execute(insert(table), values)
        mine = update(heads).where(heads.c.workbook == self.workbook)
        connection.execute(mine.values(seq=seq, chain=chain))

    def _reading(self) -> dict[str, object]:
        return {"reads": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}


def open_store(workbook: str, place: str, clock: Clock, patience: float) -> Store:
    """Open or make the ledger of a workbook.

    Args:
        workbook: the workbook's identity.
        place: a folder or the address of a PostgreSQL database; "" for the usual place.
        clock: the present instant, with its time zone.
        patience: seconds to wait for another writer.

    Raises:
        CareersheetsError: it cannot be opened; why, and what to do.
    """
    place = ledger_place(place)
    if is_database(place):
        engine, where = postgresql_engine(place, patience)
        upgrade = upgrade_postgresql
    else:
        path = file_of(place, workbook)
        where = f"The ledger {path}"
        with plain_errors(where):
            make_private(path)
            refuse_other_files(path, where)
        engine = _sqlite(f"sqlite:///{path}", patience)
        upgrade = upgrade_sqlite
    store = Store(engine, workbook, where, clock)
    with ExitStack() as on_failure, plain_errors(where):
        on_failure.callback(engine.dispose)
        upgrade(engine, where)
        _begin_chain(store)
        on_failure.pop_all()
    return store


def postgresql_engine(place: str, patience: float) -> tuple[Engine, str]:
    """An engine for the database at the address `place`, and how sentences call it; nothing is connected yet.

    Raises:
        ExtraMissing: the driver is not installed.
        UnusableLocation: this is no address.
    """
    try:
        importlib.import_module("psycopg")
    except ImportError as error:
        raise ExtraMissing from error
    _, _, rest = place.partition(":")
    options = f"-c lock_timeout={int(patience * 1000)} -c client_encoding=utf8 -c timezone=UTC"
    try:
        engine = create_engine(
            f"postgresql+psycopg:{rest}",
            hide_parameters=True,
            connect_args={"connect_timeout": max(2, int(patience)), "options": options},
        )
    except (ArgumentError, ValueError) as error:
        raise UnusableLocation from error
    if not engine.url.database:
        raise UnusableLocation
    return engine, f'The ledger in the database "{engine.url.database}"'


def system_clock() -> datetime:
    """The present instant, as this computer has it."""
    return datetime.now(UTC)


def instant(moment: datetime) -> str:
    """A moment as the ledger keeps it: UTC, to the microsecond, so that text sorts as time does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def clean(it: str) -> str:
    """`it` without what no database takes: the null character and halves of characters."""
    return it.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


def _begin_chain(store: Store) -> None:
    mine = select(heads.c.seq).where(heads.c.workbook == store.workbook)
    with store.read() as connection:
        begun = connection.execute(mine).first() is not None
    if begun:
        return
    first = {"workbook": store.workbook, "seq": 0, "chain": first_link(store.workbook)}
    with store.engine.begin() as connection:
        connection.execute(text(_FIRST_HEAD), first)


def _sqlite(url: str, patience: float) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": patience})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        # The driver's own transactions begin too late: a deferred one cannot always become a writing one.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine
