"""Where a ledger lies: which file or database, whether a folder is on this computer, and who may read it.

A workbook's ledger is found by the workbook's identity. New workbooks get a random one (`new_identity`) that the caller
keeps inside the workbook, so that a workbook that is moved or renamed keeps its ledger, and nothing is sent again. Where
a workbook carries none, the identity follows from its place (`identity_of`), and its first run writes that into it if
there is a cell for it. A copy carries the identity of its
original on purpose: what was sent from one is then not sent again from the other. The place of a Google Sheet is its id,
which moving and renaming it leaves alone; surfaces/identity.py says when that one wins.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import secrets
import struct
import sys
from pathlib import Path

import platformdirs

from ..model.errors import UsageError
from .errors import OnNetworkShare

VARIABLE = "CAREERSHEETS_LEDGER"

_IDENTITY = re.compile(r"[0-9a-z-]{8,64}")
_NETWORK_KINDS = {
    "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
}  # fmt: skip
_NETWORK_FUSE = re.compile(
    r"fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|s3fs|goofys|glusterfs|ceph|curlftpfs|smbnetfs|onedrive|google-drive.*|vmhgfs-fuse|mfs|juicefs)"
)


def new_identity() -> str:
    """A random identity for a workbook that is being made; to be kept inside it."""
    return secrets.token_hex(16)


def is_identity(text: str) -> bool:
    """Whether `text` can be the identity of a workbook."""
    return _IDENTITY.fullmatch(text) is not None


def identity_of(place: Path | str) -> str:
    """The identity of a workbook that carries none.

    Args:
        place: the workbook's path; or for a Google Sheet its address or id.
    """
    text = os.path.normcase(place.resolve()) if isinstance(place, Path) else place
    return hashlib.sha256(f"careersheets workbook\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def ledger_place(given: str = "") -> str:
    """The folder or database address to use: what is given, else CAREERSHEETS_LEDGER, else the user's data folder."""
    return given or os.environ.get(VARIABLE, "") or user_folder()


def user_folder() -> str:
    """The folder for ledgers among the user's data."""
    return str(Path(platformdirs.user_data_dir("careersheets", False), "ledgers"))


def is_database(place: str) -> bool:
    """Whether `place` is the address of a PostgreSQL database rather than a folder."""
    return place.startswith(("postgresql:", "postgresql+psycopg:", "postgres:"))


def file_of(place: str, workbook: str, suffix: str = ".sqlite3") -> Path:
    """The file of a workbook's ledger in the folder `place`; with another suffix what belongs to it.

    Raises:
        UsageError: this is no identity of a workbook.
        OnNetworkShare: the folder is not on this computer.
    """
    if not is_identity(workbook):
        raise UsageError(
            "The workbook's identity is not one that careersheets gave; it has 8 to 64 digits and small letters."
        )
    folder = Path(place).expanduser().absolute()
    refuse_network_share(folder)
    return folder / f"{workbook}{suffix}"


def make_private(path: Path) -> None:
    """Make the file `path`, and folders above it, so that nobody else can read them; an existing folder is left as is."""
    _make_folders(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name != "nt" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def refuse_network_share(folder: Path) -> None:
    """Raise where `folder`, which need not be there yet, would lie on a network share.

    Raises:
        OnNetworkShare: it would.
    """
    kind = _network_kind(folder)
    if kind:
        raise OnNetworkShare(f"The folder {folder}", kind)


def network_kind_of(path: str, mounts: str) -> str:
    """The kind of network share `path` lies on; "" for a disk of this computer.

    Args:
        path: absolute, without links.
        mounts: what /proc/mounts says, the latest mount last.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        above = path == point or path.startswith(point.rstrip("/") + "/")
        if above and len(point) >= best:
            best, kind = len(point), fields[2]
    return kind if kind in _NETWORK_KINDS or _NETWORK_FUSE.fullmatch(kind) else ""


def _make_folders(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _network_kind(folder: Path) -> str:
    if sys.platform == "win32":
        return _network_kind_windows(folder)
    if sys.platform == "darwin":
        return _network_kind_macos(folder)
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    return network_kind_of(str(folder.resolve()), mounts)


if sys.platform == "win32":

    def _network_kind_windows(folder: Path) -> str:
        remote = 4
        drive = folder.resolve().drive
        if drive.startswith("\\\\"):
            return "a path that begins with \\\\"
        return "a network drive" if ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == remote else ""


if sys.platform == "darwin":

    def _network_kind_macos(folder: Path) -> str:
        """By the flags of statfs; a folder that is not there yet is judged by the nearest one above it."""
        there = next(path for path in (folder, *folder.parents) if path.exists())
        library = ctypes.CDLL(None, use_errno=True)
        call = getattr(library, "statfs$INODE64", library.statfs)
        buffer = ctypes.create_string_buffer(4096)
        if call(os.fsencode(there.resolve()), buffer):
            return ""
        is_local = struct.unpack_from("I", buffer, 64)[0] & 0x1000
        return "" if is_local else "the system says so"
