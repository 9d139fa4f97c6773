"""Whatever keeps a ledger from being used ends in one plain sentence, and nothing of what was to be written is in it."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from careersheets.ledger import errors
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.ledger.upgrading import APPLICATION_ID
from careersheets.model.errors import AnotherRunActive, CareersheetsError, InputError, RemoteError, UsageError
from careersheets.surfaces.cli.exit_codes import ExitCode, exit_code_of

from ..support.saying import say
from .invented import VERSIONS, document_of, fill
from .server import Server, new_server, remove_server

pytestmark = pytest.mark.requirement("X9")

_CANARY = "Kanarienvogel Ọláwálé"
_AS_ROOT = os.geteuid() == 0
_needs_root = pytest.mark.skipif(
    not _AS_ROOT, reason="only root can mount a small disk or become somebody else"
)


def _file(place: Path, workbook: str) -> Path:
    return place / f"{workbook}.sqlite3"


def _refusal(use: Callable[[], object], kind: type[CareersheetsError]) -> str:
    """The one sentence that `use` ends in; it holds no canary, no SQL and no trace of the database's error."""
    with pytest.raises(kind) as caught:
        use()
    text = str(caught.value)
    assert _CANARY not in text
    assert "sqlalchemy" not in text.casefold()
    assert "INSERT" not in text
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert text.endswith((".", '"'))
    return text


def test_a_ledger_that_another_program_writes_into_is_waited_for_and_then_refused(
    tmp_path: Path, workbook: str
) -> None:
    with open_ledger(workbook, place=str(tmp_path), patience=0.2) as ledger:
        fill(ledger, "E1", "M1")
        before = ledger.head()
        with closing(sqlite3.connect(_file(tmp_path, workbook), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            text = _refusal(lambda: fill(ledger, _CANARY, "M1"), AnotherRunActive)
            assert "in use by another program" in text
            assert ledger.head() == before
            other.execute("ROLLBACK")
        assert exit_code_of(errors.LedgerBusy("It")) is ExitCode.ANOTHER_RUN
        fill(ledger, "E2", "M1")
        assert ledger.verify() == []


def test_a_database_that_another_connection_writes_into_is_waited_for_and_then_refused(
    server: Server, workbook: str
) -> None:
    with (
        open_ledger(workbook, place=server.address(), patience=0.2) as ledger,
        open_ledger(workbook, place=server.address()) as other,
    ):
        with other._store.write():
            text = _refusal(lambda: fill(ledger, _CANARY, "M1"), AnotherRunActive)
        assert "in use by another program" in text
        fill(ledger, "E2", "M1")
        assert ledger.verify() == []


def _other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()


def _later_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b"Dear colleagues, " * 300), "is not a ledger"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000), "is not a ledger"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(2000)), "is not a ledger"),
        (lambda path: path.mkdir(), "cannot be opened"),
        (_other_program, "is not a ledger"),
        (_later_version, "later version of careersheets"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_and_left_as_it_is(
    tmp_path: Path, workbook: str, make: Callable[[Path], object], says: str
) -> None:
    path = _file(tmp_path, workbook)
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    assert says in _refusal(lambda: open_ledger(workbook, place=str(tmp_path)), InputError)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_damage_at_any_page_is_a_sentence_or_a_fault_and_never_a_wrong_answer(
    tmp_path: Path, workbook: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, workbook)
    with open_ledger(workbook, place=str(tmp_path)) as ledger:
        for number in range(12):
            fill(ledger, f"{_CANARY} {number}", "M1")
    whole = path.read_bytes()
    page = 4096
    sentences = faults = 0
    said: set[str] = set()
    for start in range(0, len(whole), page):
        path.write_bytes(whole[:start] + os.urandom(page) + whole[start + page :])
        try:
            with open_ledger(workbook, place=str(tmp_path)) as ledger:
                assert ledger.verify()
                faults += 1
        except CareersheetsError as error:
            said.add(str(error))
            sentences += 1
    for length in range(0, len(whole), page * 5 + 100):
        path.write_bytes(whole[:length])
        try:
            with open_ledger(workbook, place=str(tmp_path)) as ledger:
                assert ledger.verify() or length == 0
                faults += 1
        except CareersheetsError as error:
            said.add(str(error))
            sentences += 1
    assert not any(_CANARY in sentence for sentence in said)
    say(capsys, f"damaged or cut {sentences + faults} times: {sentences} sentences, {faults} found by verify")
    path.write_bytes(whole)
    with open_ledger(workbook, place=str(tmp_path)) as ledger:
        assert ledger.verify() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of so many kilobytes."""
    point = tmp_path / "disk"
    point.mkdir()

    def mount(kilobytes: int) -> Path:
        _unmount(point)
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", point]
        done = subprocess.run(command, check=False, capture_output=True)
        if done.returncode:
            pytest.skip("this machine lets nobody mount a disk")
        return point

    yield mount
    _unmount(point)


def _unmount(point: Path) -> None:
    """Detached even if a failed test still has a file open there; else no later run could tidy up."""
    if point.is_mount():
        subprocess.run(["umount", "--lazy", point], check=True)
    assert not point.is_mount()


@_needs_root
def test_a_full_disk_at_every_size_is_a_sentence_and_loses_nothing_that_was_written(
    small_disk: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = range(4, 360, 8)
    sentences = []
    for kilobytes in sizes:
        place, workbook = str(small_disk(kilobytes)), new_identity()
        done = _fill_until_refused(place, workbook, sentences)
        assert done < 100
        _room_again(place)
        with open_ledger(workbook, place=place) as ledger:
            assert ledger.verify() == []
            assert len(ledger.documents()) in (done, done + 1)
    assert len(sentences) == len(sizes)
    assert [it for it in sentences if "no room left" not in it or _CANARY in it] == []
    say(capsys, f"{len(sizes)} disks filled up: a sentence each, nothing lost")


def _fill_until_refused(place: str, workbook: str, sentences: list[str]) -> int:
    done = 0
    try:
        with open_ledger(workbook, place=place) as ledger:
            for number in range(100):
                fill(ledger, f"{_CANARY} {number}", "M1")
                done += 1
    except InputError as error:
        sentences.append(str(error))
    return done


def _room_again(place: str) -> None:
    subprocess.run(["mount", "-o", "remount,size=8m", place], check=True, capture_output=True)


@_needs_root
def test_a_disk_that_may_only_be_read_is_a_sentence(small_disk: Callable[[int], Path]) -> None:
    place, workbook = small_disk(4000), new_identity()
    with open_ledger(workbook, place=str(place)) as ledger:
        fill(ledger, "E1", "M1")
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    assert "may not be written" in _refusal(
        lambda: open_ledger(workbook, place=str(place)), errors.LedgerDenied
    )
    assert "may not be written" in _refusal(
        lambda: open_ledger(new_identity(), place=str(place)), errors.LedgerDenied
    )


@_needs_root
def test_a_folder_of_somebody_else_is_a_sentence(tmp_path: Path) -> None:
    """In a process of another user, because root may do everything."""
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o700)
    code = (
        "import os, sys\n"
        "from careersheets.ledger.ledger import new_identity, open_ledger\n"
        "from careersheets.model.errors import AccessDenied\n"
        f"os.setgid({pwd.getpwnam('nobody').pw_gid}); os.setuid({pwd.getpwnam('nobody').pw_uid})\n"
        "try:\n"
        f"    open_ledger(new_identity(), place={str(folder)!r})\n"
        "except AccessDenied as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "may not be written" in done.stdout


def test_a_server_that_went_away_is_a_sentence_and_its_return_is_enough(workbook: str) -> None:
    server = new_server()
    try:
        with open_ledger(workbook, place=server.address(), patience=2) as ledger:
            fill(ledger, "E1", "M1")
            head = ledger.head()
            server.stop()
            assert "does not answer" in _refusal(lambda: fill(ledger, _CANARY, "M1"), RemoteError)
            assert "does not answer" in _refusal(
                lambda: open_ledger(workbook, place=server.address(), patience=2), RemoteError
            )
            assert exit_code_of(errors.LedgerUnreachable("It")) is ExitCode.REMOTE
            server.start()
            assert ledger.head() == head
            fill(ledger, "E2", "M1")
            assert ledger.verify() == []
    finally:
        remove_server(server)


@pytest.mark.parametrize(
    ("address", "kind", "says"),
    [
        ("postgresql://keeper:geheim@127.0.0.1:1/none", RemoteError, "does not answer"),
        ("postgresql://keeper:geheim@127.0.0.1:port/none", UsageError, "address like"),
        ("postgresql://[", UsageError, "address like"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_sentence_without_the_password(
    workbook: str, address: str, kind: type[CareersheetsError], says: str
) -> None:
    text = _refusal(lambda: open_ledger(workbook, place=address, patience=2), kind)
    assert says in text
    assert "geheim" not in text


def test_a_database_or_user_that_is_not_there_is_a_sentence(server: Server, workbook: str) -> None:
    for address in (server.address("nowhere"), server.address(user="nobody_known")):
        text = _refusal(partial(open_ledger, workbook, place=address), errors.LedgerClosed)
        assert "Check the user, the password and the database's name" in text


def test_a_user_who_may_only_read_is_told_so(server: Server, workbook: str) -> None:
    with open_ledger(workbook, place=server.address()):
        pass
    script = (
        "DROP OWNED BY reader" if _there(server, "reader") else "CREATE ROLE reader LOGIN"
    ) + "; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"
    server.run("psql", "-h", str(server.folder), "-U", "keeper", "-d", "postgres", "-c", script)
    with open_ledger(workbook, place=server.address(user="reader")) as ledger:
        assert ledger.history() == []
        assert "may not be written" in _refusal(lambda: fill(ledger, _CANARY, "M1"), errors.LedgerDenied)


def _there(server: Server, role: str) -> bool:
    from sqlalchemy import create_engine, text

    engine = create_engine(server.address().replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": role}).first()
    engine.dispose()
    return found is not None


def test_without_the_extra_the_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, workbook: str
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    text = _refusal(lambda: open_ledger(workbook, place="postgresql://keeper@db/careers"), UsageError)
    assert 'pip install "careersheets[postgresql]"' in text


def test_a_ledger_that_vanished_while_open_loses_nothing_silently(tmp_path: Path, workbook: str) -> None:
    place = tmp_path / "ledgers"
    ledger = open_ledger(workbook, place=str(place))
    fill(ledger, "E1", "M1")
    ledger.close()
    shutil.rmtree(place)
    with pytest.raises(CareersheetsError):
        fill(ledger, _CANARY, "M1")


def test_a_half_written_step_is_not_there(ledger: Ledger) -> None:
    """An error in the middle of one call takes back all of that call."""
    fill(ledger, "E1", "M1")
    before = ledger.head()

    def broken() -> Iterator[object]:
        yield document_of("E2")
        raise KeyError(_CANARY)

    with pytest.raises(KeyError), ledger.run("report", VERSIONS) as run:
        ledger.record_documents(run.id, broken())  # type: ignore[arg-type]
    assert len(ledger.documents()) == 1
    assert ledger.head().seq == before.seq + 2
    assert ledger.verify() == []
