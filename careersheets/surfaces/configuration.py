"""The settings of one installation: `careersheets.toml` beside the workbook. Rules for people stand in the workbook.

Every key is declared here once, with what it does; docs/configuration.md is made from it. Secrets never stand in the
file: see surfaces/passwords.py.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..model.errors import AccessDenied
from ..tables.mail_address import AddressRefused, ascii_domain, parse_address
from .configuration_faults import ConfigurationRefused, faults_of, secrets_in, syntax_fault

FILE_NAME = "careersheets.toml"
LONGEST_FILE = 1_000_000
_THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def _host(text: str) -> str:
    if not text or not text.isprintable() or set(text) & set("/ @,;"):
        raise ValueError("must be the name of one server, without https:// and without a port")
    return text


def _sender(text: str) -> str:
    try:
        address = parse_address(text)
    except AddressRefused as error:
        raise ValueError(str(error).removeprefix("The e-mail address ").removesuffix(".")) from error
    if not address.is_ascii:
        raise ValueError("may have letters beyond ASCII only after the @")
    return address.addr_spec


def _domain(text: str) -> str:
    try:
        return ascii_domain(text)
    except AddressRefused as error:
        raise ValueError("must be a domain such as firm.example, without an @ and without a *") from error


Host = Annotated[str, AfterValidator(_host)]
SenderAddress = Annotated[str, AfterValidator(_sender)]
Domain = Annotated[str, AfterValidator(_domain)]


class Section(BaseModel):
    """A [section] of the file: nothing unknown, nothing guessed, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class MailSection(Section):
    """How documents are sent by e-mail. Leave the section out if they are not."""

    server: Host = Field(
        description="Name of the mail server that takes your mail.", examples=["smtp.firm.example"]
    )
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="How the connection is secured. none is for a mail server on this very computer only.",
    )
    user: str = Field(
        default="",
        max_length=200,
        description="Name to log in with; empty if the server asks for none. The password never stands in this file.",
        examples=["people@firm.example"],
    )
    sender: SenderAddress = Field(
        description="E-mail address the mails come from.", examples=["people@firm.example"]
    )
    sender_name: str = Field(
        default="", max_length=100, description="Name shown beside it.", examples=["People team"]
    )
    allowed_domains: tuple[Domain, ...] = Field(
        default=(),
        strict=False,
        description="Domains that may be written to, each as it stands after the @. Empty: only the sender's own.",
        examples=[["firm.example"]],
    )
    link_or_attach: Literal["attach", "link"] = Field(
        default="attach", description="Whether a mail brings the document along, or says where it lies."
    )
    certificate_authority: str = Field(
        default="",
        description="File in PEM form beside this one with your company's certificate authority, if the mail server's "
        "certificate is signed by it. Empty: those this computer trusts.",
    )

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains that may be written to."""
        return self.allowed_domains or (self.sender.rpartition("@")[2],)

    @model_validator(mode="after")
    def _fits_together(self) -> MailSection:
        if self.port == 465 and self.security == "starttls":
            raise ValueError(
                'port 465 needs security = "tls"; with security = "starttls" the port is mostly 587'
            )
        if self.security == "none" and self.server not in _THIS_COMPUTER:
            raise ValueError(
                'security = "none" is for a mail server on this computer only (server = "localhost"); '
                'use "starttls" or "tls"'
            )
        return self


class LedgerSection(Section):
    """Where the record of what was done is kept."""

    place: str = Field(
        default="",
        max_length=1000,
        description="A folder on a disk of this computer, or the address of a PostgreSQL database, without its "
        "password. Empty: your own folder for program data.",
    )


class GoogleSection(Section):
    """Google Sheets and Google Drive. Leave the section out if the workbook is a file and documents do not go to Drive."""

    key_file: str = Field(
        default="",
        max_length=1000,
        description="Key file of the service account, relative to this one; readable by nobody but you. keyring: the key "
        "is in this computer's keyring.",
        examples=["careersheets-key.json"],
    )
    oauth_client: str = Field(
        default="",
        max_length=1000,
        description="In place of key_file, where careersheets works as a person who signed in: file of the OAuth client, "
        "relative to this one.",
        examples=["careersheets-client.json"],
    )
    drive_folder: str = Field(
        default="",
        max_length=300,
        description="Address of the folder, on a Shared drive, in which each recipient gets a folder. Only HR may see it.",
        examples=["https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz"],
    )
    allowed_domains: tuple[Domain, ...] = Field(
        default=(),
        strict=False,
        description="Domains whose people documents in Drive may be shared with, each as it stands after the @.",
        examples=[["firm.example"]],
    )

    @model_validator(mode="after")
    def _one_account(self) -> GoogleSection:
        if bool(self.key_file) == bool(self.oauth_client):
            raise ValueError(
                "needs either key_file, for a service account, or oauth_client, for a person who signs in"
            )
        return self


class DeliverySection(Section):
    """How documents reach the people they are for."""

    way: Literal["folder", "mail", "drive"] = Field(
        default="folder",
        description="folder: put into a folder per recipient. mail: sent by e-mail. drive: put into a folder of Google Drive "
        "that is shared with the recipient.",
    )
    folder: str = Field(
        default="outbox", min_length=1, description="That folder; relative to the workbook's."
    )
    attempts: int = Field(
        default=3,
        ge=1,
        le=10,
        description="How often a mail is tried that surely did not arrive, the first included.",
    )
    mails_per_minute: int = Field(
        default=30,
        ge=0,
        le=6000,
        description="How many mails a minute the server lets pass; 0 for any number.",
    )


class RetentionSection(Section):
    """How long things are kept that the workbook's own settings say nothing about."""

    log_days: int = Field(default=90, ge=1, le=3650, description="After how many days a log file is deleted.")


class Configuration(Section):
    """The whole file; without one, everything is as its defaults say and no mail is sent."""

    mail: MailSection | None = None
    google: GoogleSection | None = None
    ledger: LedgerSection = LedgerSection()
    delivery: DeliverySection = DeliverySection()
    retention: RetentionSection = RetentionSection()

    @model_validator(mode="after")
    def _mail_is_set_up(self) -> Configuration:
        if self.delivery.way == "mail" and self.mail is None:
            raise ValueError('[delivery] way = "mail" needs a section [mail] with server and sender')
        if self.delivery.way == "drive" and not (
            self.google and self.google.drive_folder and self.google.allowed_domains
        ):
            raise ValueError(
                '[delivery] way = "drive" needs a section [google] with key_file or oauth_client, drive_folder and allowed_domains'
            )
        return self


def read_configuration(file: Path) -> Configuration:
    """The settings in `file`; the defaults where there is none.

    Raises:
        ConfigurationRefused: something in it is wrong; every mistake is named with its line.
        AccessDenied: it may not be read.
    """
    text = _text_of(file)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationRefused(file.name, [syntax_fault(error, text)]) from error
    if secrets := secrets_in(data, text):
        raise ConfigurationRefused(file.name, secrets, holds_secret=True)
    try:
        return Configuration.model_validate(data)
    except ValidationError as error:
        raise ConfigurationRefused(file.name, faults_of(error, Configuration, text)) from error


def _text_of(file: Path) -> str:
    try:
        data = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise AccessDenied(f"{file.name} may not be read by you. Ask whoever made it.") from error
    if len(data) > LONGEST_FILE:
        raise ConfigurationRefused(file.name, ["is too long to be a list of settings. Use the right file."])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationRefused(
            file.name, ["is not saved as UTF-8. Save it as UTF-8 in your editor."]
        ) from error
