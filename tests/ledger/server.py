"""A PostgreSQL server of the tests' own, on a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. `folder` holds its data and its socket."""

    folder: Path
    programs: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str = "postgres", user: str = "keeper") -> str:
        """The address of one of its databases, as HR's administrator would write it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs as the user who owns it, who may not be root."""
        owner = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
        as_owner = owner if os.geteuid() == 0 else {}
        command = [str(self.programs / program), *arguments]
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                command, stdout=said, stderr=said, cwd="/", timeout=60, check=False, **as_owner
            )
            said.seek(0)
            assert done.returncode == 0, said.read().decode(errors="replace")

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_connections=40"
        self.run(
            "pg_ctl", "start", "-w", "-D", str(self.data), "-o", settings, "-l", str(self.folder / "log")
        )

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def bytes_of_tables(self) -> bytes:
        """Every byte in the server's tables and indexes, with what it had in memory; not its log of writes."""
        return b"".join(
            file.read_bytes() for file in sorted((self.data / "base").rglob("*")) if file.is_file()
        )


def find_programs() -> Path:
    """The folder of PostgreSQL's programs; a visible skip where it is absent, a failure where tools are required."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "pg_ctl").exists() and (folder / "initdb").exists():
            return folder
    if os.environ.get("CAREERSHEETS_REQUIRE_TOOLS") == "1":
        pytest.fail("PostgreSQL's initdb and pg_ctl are required here and are not installed")
    pytest.skip("PostgreSQL is not installed")


def new_server() -> Server:
    """A new server, running, with a user `keeper` who is not asked for a password."""
    folder = Path(tempfile.mkdtemp(prefix="ledger", dir="/tmp"))
    server = Server(folder, find_programs())
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    server.run(
        "initdb",
        "-D",
        str(server.data),
        "-U",
        "keeper",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    )
    server.start()
    return server


def remove_server(server: Server) -> None:
    """Stop it, if it runs, and remove all of it."""
    if (server.data / "postmaster.pid").exists():
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)
