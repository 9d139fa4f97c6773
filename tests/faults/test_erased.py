"""After an erasure no byte that names the person is left in the ledger, beside it, in documents or in backups."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook

from ..support.saying import say
from ..support.smtp_server import SmtpServer
from .benches import SEND
from .company import CANARIES, MARKED, Company, rows_of
from .edits import edit
from .forking import Forks
from .seeing import canaries_in, ledger_faults

pytestmark = pytest.mark.requirement("X9")


def _contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and those of what is packed in it."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def _naming(company: Company) -> dict[str, list[str]]:
    """The files in which something of the person stands, or that are called by it, and what."""
    found = {}
    for path in sorted(company.folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(company.folder).as_posix()
        texts = [
            name,
            *(data.decode(code, "ignore") for data in _contents(path) for code in ("utf-8", "utf-16-le")),
        ]
        if canaries := canaries_in(*texts):
            found[name] = canaries
    return found


def test_no_byte_of_an_erased_person_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server, company = SmtpServer(), Company(tmp_path / "company")
    with server.running() as port, Forks(tmp_path / "forks") as forks:
        company.build(rows_of(8), port=port)
        everything = ("report", company.book, "--kinds", "all")
        assert forks.run(*everything).code in (0, 1)
        assert forks.run(SEND[0], company.book, *SEND[1:]).code == 0
        # A version of their document that HR changed is kept aside by the next run.
        changed = next(path for path in (company.hr / "documents").rglob(f"Gap report*{MARKED}.docx"))
        changed.write_bytes(changed.read_bytes() + b"\0")
        edit(company.book, "Scores", {"Employee ID": MARKED, "Competency ID": "COM"}, Manager=2)
        assert forks.run(*everything).code in (0, 1)
        before = _naming(company)
        assert any("Replaced" in name for name in before)
        assert any(name.endswith(".sqlite3") for name in before)
        erased = forks.run("subject", "erase", company.book, MARKED, "--delete-backups", "--yes")
        assert erased.code == 0, erased
        left = _naming(company)
        told = [name for name in left if name.removeprefix("hr/") not in erased.out]
        assert told == ["hr/careers.xlsx"], left
        # What HR was told to do: delete the rows, and make the documents of others that name them again.
        rows = rows_of(8)
        for sheet, table in rows.items():
            rows[sheet] = [row for row in table if row.get("employee_id") != MARKED]
        build_workbook(company.book, rows)
        assert forks.run(*everything).code in (0, 1)
        history = forks.run("history", company.book)
        logs = [path.read_text("utf-8") for path in forks.logs.iterdir()]
    assert history.code == 0
    assert "holds together" in history.out
    assert ledger_faults(company) == []
    assert canaries_in(*logs, history.out, history.err) == []
    assert _naming(company) == {}
    say(
        capsys,
        f"erased: {len(before)} files named the person, {len(left) - 1} documents of others were told of, then 0; "
        f"{len(CANARIES)} canaries",
    )
