"""A service account of our own: its pair of keys, and the key file that Google would give out for it."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def key_pair() -> tuple[str, str]:
    """The private key, and the public one by which the local Google knows it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    none = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, none)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def key_file_of(account: str, private: str, url: str) -> dict[str, Any]:
    """What stands in the key file; `url` is where the local Google listens."""
    return {
        "type": "service_account",
        "project_id": "lanternfield",
        "private_key_id": "k1",
        "private_key": private,
        "client_email": account,
        "client_id": "1",
        "token_uri": f"{url}/token",
    }
