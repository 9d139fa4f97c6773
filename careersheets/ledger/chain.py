"""The arithmetic of the chain: digests of what entries say, each entry tied to the one before.

digest = SHA-256 of (salt, what is said); chain = SHA-256 of (chain before, workbook, number, instant, kind, digest,
digest of the part). Without the salt a digest tells nothing, so what was said can be erased and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping


def new_salt() -> str:
    """128 random bits, in hex."""
    return secrets.token_hex(16)


def digest_of(salt: str, said: Mapping[str, str]) -> str:
    """The digest under which an entry keeps what it says."""
    return _hash([salt, *(part for name in sorted(said) for part in (name, said[name]))])


def first_link(workbook: str) -> str:
    """What the first entry of a workbook is tied to."""
    return _hash(["careersheets ledger", workbook])


def link(before: str, workbook: str, seq: int, at: str, kind: str, digest: str, part_digest: str) -> str:
    """The chain after one more entry; `seq` counts from 1."""
    return _hash([before, workbook, str(seq), at, kind, digest, part_digest])


def _hash(values: list[str]) -> str:
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()
