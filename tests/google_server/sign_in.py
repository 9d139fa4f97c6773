"""Who asks: access tokens of service accounts and of people, as Google's client fetches them."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from google.auth import jwt

from .refusal import Refused, too_few_scopes

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_NOT_SIGNED_IN = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


@dataclass
class SignIn:
    """`keys` are the public keys of service accounts, `refresh_tokens` those of people, both by address.

    `clients` are OAuth clients with their secrets; `person` sits at the browser, and `unticked` are the boxes they leave
    empty on the page that asks for consent, all if it is None.
    """

    required: bool = False
    nobody: str = "owner"
    keys: dict[str, str] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)
    person: str = ""
    unticked: tuple[str, ...] | None = ()
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def user(self, header: str, method: dict[str, Any]) -> str:
        """The address of whoever sends the request; `nobody` where no one has to sign in."""
        if not self.required:
            return self.nobody
        known = self.tokens.get(header.removeprefix("Bearer "))
        if known is None:
            raise Refused(401, _NOT_SIGNED_IN, reason="authError")
        if not set(known[1]) & set(method.get("scopes", known[1])):
            raise too_few_scopes()
        return known[0]

    def token(self, form: dict[str, str], header: str = "") -> tuple[int, dict[str, Any]]:
        """The answer of the token address: status and message. The client says who it is in the form or in the header."""
        if header.startswith("Basic "):
            name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
            form = {"client_id": unquote(name), "client_secret": unquote(secret), **form}
        if form.get("grant_type") == JWT_GRANT:
            claims = jwt.decode(form["assertion"], verify=False)
            try:
                jwt.decode(form["assertion"], certs=self.keys.get(claims["iss"], ""))
            except ValueError:
                return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
            return self._issue(claims["iss"], claims.get("scope", "").split())
        if form.get("grant_type") == "authorization_code":
            return self._redeem(form)
        if self.clients and self.clients.get(form.get("client_id", "")) != form.get("client_secret"):
            return 401, {"error": "invalid_client", "error_description": "Unauthorized"}
        for user, known in self.refresh_tokens.items():
            if form.get("refresh_token") == known:
                return self._issue(user, form.get("scope", "").split())
        return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}

    def consent(self, query: dict[str, str]) -> str:
        """Where the page that asks for consent sends the browser when the person has decided."""
        if self.unticked is None:
            said = {"error": "access_denied"}
        else:
            code = f"4/{secrets.token_urlsafe(16)}"
            scopes = [scope for scope in query["scope"].split() if scope not in self.unticked]
            self.codes[code] = query | {"granted": " ".join(scopes), "user": self.person}
            said = {"code": code, "scope": " ".join(scopes)}
        return f"{query['redirect_uri']}?{urlencode({'state': query['state'], **said})}"

    def _redeem(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """An authorization code is good once, for the client and the computer it was made for."""
        if self.clients.get(form["client_id"]) != form.get("client_secret"):
            return 401, {"error": "invalid_client", "error_description": "Unauthorized"}
        asked = self.codes.pop(form["code"], {})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        same = (
            asked.get("client_id") == form["client_id"]
            and asked["redirect_uri"] == form["redirect_uri"]
            and asked["code_challenge_method"] == "S256"
            and asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        )
        if not same:
            return 400, {"error": "invalid_grant", "error_description": "Malformed auth code."}
        status, answer = self._issue(asked["user"], asked["granted"].split())
        if asked.get("access_type") == "offline":
            self.refresh_tokens[asked["user"]] = f"1//{secrets.token_urlsafe(16)}"
            answer["refresh_token"] = self.refresh_tokens[asked["user"]]
        return status, answer

    def _issue(self, user: str, scopes: list[str]) -> tuple[int, dict[str, Any]]:
        token = f"ya29.{secrets.token_urlsafe(16)}"
        self.tokens[token] = (user, scopes)
        return 200, {
            "access_token": token,
            "expires_in": 3599,
            "token_type": "Bearer",
            "scope": " ".join(scopes),
        }
