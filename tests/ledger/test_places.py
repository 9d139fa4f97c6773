"""Where a ledger lies, who may read it, and which workbook it belongs to."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from careersheets.ledger import places
from careersheets.ledger.errors import OnNetworkShare
from careersheets.ledger.ledger import identity_of, new_identity, open_ledger, run_lock
from careersheets.model.errors import UsageError

from .invented import fill
from .server import Server

_MOUNTS = r"""
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/kwame/local xfs rw 0 0
//files/hr /mnt/HR\040files cifs rw 0 0
kwame@host: /home/kwame/far fuse.sshfs rw 0 0
portal /run/user/1000/doc fuse.portal rw 0 0
overlay /srv overlay rw 0 0
C:\134 /mnt/c 9p rw 0 0
tmpfs /srv tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/careersheets", ""),
        ("/home/kwame/.local/share", "nfs4"),
        ("/home", "nfs4"),
        ("/homes/kwame", ""),
        ("/home/kwame/local/ledgers", ""),
        ("/home/kwame/far/ledgers", "fuse.sshfs"),
        ("/mnt/HR files/ledgers", "cifs"),
        ("/mnt/c/Users/kwame", "9p"),
        ("/run/user/1000/doc/x", ""),
        ("/srv/ledgers", ""),
    ],
)
def test_a_network_share_is_told_from_a_disk_by_the_mounts(path: str, kind: str) -> None:
    assert places.network_kind_of(path, _MOUNTS) == kind


def test_a_folder_on_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workbook: str
) -> None:
    """The mounts are read from a table of our own, because no share can be mounted here."""
    monkeypatch.setattr(
        places, "_network_kind", lambda folder: places.network_kind_of(str(folder), f"x {tmp_path} nfs rw")
    )
    with pytest.raises(OnNetworkShare, match=r"network share \(nfs\)"):
        open_ledger(workbook, place=str(tmp_path / "ledgers"))
    with pytest.raises(OnNetworkShare), run_lock(workbook, "careers.xlsx", place=str(tmp_path / "ledgers")):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder private itself")
def test_nobody_else_may_read_a_ledger_or_what_lies_beside_it(tmp_path: Path, workbook: str) -> None:
    place = tmp_path / "share" / "careersheets" / "ledgers"
    with (
        run_lock(workbook, "careers.xlsx", place=str(place)),
        open_ledger(workbook, place=str(place)) as ledger,
    ):
        fill(ledger, "E1", "M1")
        modes = {file.name.partition(".")[2]: stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()}
    assert modes == dict.fromkeys(["sqlite3", "sqlite3-wal", "sqlite3-shm", "lock", "since"], 0o600)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (place, place.parent)] == [0o700, 0o700]
    (place / f"{workbook}.sqlite3").chmod(0o644)
    with open_ledger(workbook, place=str(place)):
        assert stat.S_IMODE((place / f"{workbook}.sqlite3").stat().st_mode) == 0o600


def test_a_ledger_lies_in_the_users_folder_unless_another_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workbook: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv(places.VARIABLE, raising=False)
    assert Path(places.ledger_place()).name == "ledgers"
    monkeypatch.setenv(places.VARIABLE, str(tmp_path / "elsewhere"))
    with open_ledger(workbook) as ledger:
        assert str(tmp_path / "elsewhere") in ledger.where
    assert (tmp_path / "elsewhere" / f"{workbook}.sqlite3").is_file()
    assert not (tmp_path / "data").exists()


def test_a_workbook_without_an_identity_is_known_by_its_place(tmp_path: Path) -> None:
    book = tmp_path / "careers.xlsx"
    book.touch()
    (tmp_path / "link.xlsx").symlink_to(book)
    assert (
        identity_of(book)
        == identity_of(tmp_path / "link.xlsx")
        == identity_of(tmp_path / "." / "careers.xlsx")
    )
    assert identity_of(book) != identity_of(tmp_path / "other.xlsx")
    assert len({new_identity() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "identity", ["", "../../etc/passwd", "a/b/c/d/e", "ABCDEFGHIJ", "x" * 65, "con", "c:12345678"]
)
def test_an_identity_that_careersheets_did_not_give_is_refused(tmp_path: Path, identity: str) -> None:
    with pytest.raises(UsageError, match="identity"):
        open_ledger(identity, place=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_password_of_a_database_is_in_no_text(server: Server, workbook: str) -> None:
    address = server.address().replace("keeper@", "keeper:geheim@")
    with open_ledger(workbook, place=address) as ledger:
        assert ledger.where == 'The ledger in the database "postgres"'
        assert "geheim" not in repr(ledger._store)
