"""Documents in Google Drive: a folder for each recipient, shared with that recipient only, each document there once.

What a document or a folder is called in Drive (its id) is written down before it is made. So a reply that was lost, or a
run that was cut off, is known for what it is, and nothing comes twice. Source: REQUIREMENTS X6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from ..model.errors import CareersheetsError
from .drive_refusals import DriveTrouble
from .mail_outcome import Outcome


class Calls(Protocol):
    """What is asked of Drive; see drive_calls.py. Each raises `DriveTrouble`."""

    def new_id(self) -> str:
        """An id that nothing has yet."""
        ...

    def look_up(self, file: str) -> Mapping[str, Any] | None:
        """What Drive knows of a file or folder."""
        ...

    def find(self, parent: str, key: str) -> Mapping[str, Any] | None:
        """What was made in `parent` with `key`."""
        ...

    def create_folder(self, folder: str, name: str, parent: str, key: str) -> None:
        """Make a folder with this id."""
        ...

    def create_document(self, file: str, name: str, parent: str, key: str, data: bytes) -> None:
        """Put a document there with this id."""
        ...

    def permissions(self, file: str) -> list[Mapping[str, Any]]:
        """Who may see it."""
        ...

    def let_read(self, file: str, address: str) -> None:
        """Let this address read it."""
        ...


class Ids(Protocol):
    """Where ids are written down; see drive_register.py."""

    def get(self, key: str) -> str:
        """The id of `key`, or ""."""
        ...

    def keep(self, key: str, file: str) -> None:
        """Write down the id of `key`, safely, before it returns."""
        ...


@dataclass(frozen=True, slots=True)
class DriveDocument:
    """One document. `key` says which one it is: the same document has the same key at every try."""

    key: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Placing:
    """What became of documents for one recipient; `for_everybody` if all others would fare the same."""

    outcome: Outcome
    sentence: str = ""
    for_everybody: bool = False


class SharedWithOthers(CareersheetsError):
    """A folder is seen by more people than it should be; nothing is put there."""


class DriveFolders:
    """Puts documents into recipients' folders.

    Args:
        calls: what Drive is asked through.
        ids: where ids are written down.
        parent: the id of the folder in which the recipients' folders are; whoever sees it sees all of them.
    """

    def __init__(self, calls: Calls, ids: Ids, parent: str) -> None:
        self._calls, self._ids, self._parent = calls, ids, parent
        self._seers: frozenset[str] | None = None

    def put(
        self, recipient: str, address: str, folder_name: str, documents: Sequence[DriveDocument]
    ) -> Placing:
        """Put documents into the folder of `recipient`, whose Google account is `address`; raises nothing."""
        try:
            folder = self._folder(recipient, address, folder_name)
            self._share(folder, address, folder_name)
        except DriveTrouble as trouble:
            # Nothing of the documents has left.
            return _failed(trouble)
        except CareersheetsError as error:
            return Placing(Outcome.FAILED, str(error))
        for number, document in enumerate(documents):
            placing = self._upload(folder, document)
            if placing.outcome is not Outcome.SENT:
                # Where a part has arrived, the next run finds out which, and brings the rest.
                return replace(placing, outcome=Outcome.UNCERTAIN) if number else placing
        return Placing(Outcome.SENT)

    def has_arrived(self, recipient: str, address: str, key: str) -> bool | None:
        """Whether the document `key` is in Drive for `recipient`; None if Drive does not say."""
        folder = self._ids.get(_folder_key(recipient, address))
        file = self._ids.get(_document_key(folder, key)) if folder else ""
        try:
            return bool(file) and self._calls.look_up(file) is not None
        except DriveTrouble:
            return None

    def _folder(self, recipient: str, address: str, name: str) -> str:
        key = _folder_key(recipient, address)
        known = self._ids.get(key)
        if known:
            there = self._calls.look_up(known)
            if there is not None and not there.get("trashed"):
                return known
            if there is None and self._made(known, name, key):
                return known
        found = None if known else self._calls.find(self._parent, key)
        folder = str(found["id"]) if found else self._calls.new_id()
        self._ids.keep(key, folder)
        if not found:
            self._calls.create_folder(folder, name, self._parent, key)
        return folder

    def _made(self, folder: str, name: str, key: str) -> bool:
        """Make a folder whose id was written down before a run was cut off; False if it was made then and deleted."""
        self._calls.create_folder(folder, name, self._parent, key)
        return self._calls.look_up(folder) is not None

    def _share(self, folder: str, address: str, name: str) -> None:
        """See that the recipient, and besides only who sees all folders, sees this one.

        Raises:
            SharedWithOthers: somebody else does.
        """
        seers, wanted, others = self._see_all(), False, False
        for permission in self._calls.permissions(folder):
            if _is_of(permission, address):
                wanted = True
            elif permission["id"] not in seers and permission.get("role") != "owner":
                others = True
        if others:
            raise SharedWithOthers(
                f'The folder "{name}" in Google Drive is shared with somebody else too. Take that back, then send again.'
            )
        if not wanted:
            self._calls.let_read(folder, address)

    def _see_all(self) -> frozenset[str]:
        """The permissions of the folder above.

        Raises:
            SharedWithOthers: it is open to a whole organisation, or to everybody.
        """
        if self._seers is None:
            permissions = self._calls.permissions(self._parent)
            if any(permission.get("type") in ("anyone", "domain") for permission in permissions):
                raise SharedWithOthers(
                    "The folder for documents in Google Drive is open to a whole organisation or to everybody with the "
                    "link. Share it with HR and the service account only, then send again."
                )
            self._seers = frozenset(str(permission["id"]) for permission in permissions)
        return self._seers

    def _upload(self, folder: str, document: DriveDocument) -> Placing:
        key = _document_key(folder, document.key)
        try:
            file = self._ids.get(key) or self._new_file(folder, key)
        except DriveTrouble as trouble:
            return _failed(trouble)
        except CareersheetsError as error:
            return Placing(Outcome.FAILED, str(error))
        try:
            self._calls.create_document(file, document.name, folder, key, document.data)
        except DriveTrouble as trouble:
            return self._after(trouble, file)
        return Placing(Outcome.SENT)

    def _new_file(self, folder: str, key: str) -> str:
        """An id for a document, written down: the one it has there already, where the register was lost."""
        found = self._calls.find(folder, key)
        file = str(found["id"]) if found else self._calls.new_id()
        self._ids.keep(key, file)
        return file

    def _after(self, trouble: DriveTrouble, file: str) -> Placing:
        """What became of an upload that ended in `trouble`."""
        if not trouble.may_have_happened:
            return _failed(trouble)
        try:
            arrived = self._calls.look_up(file) is not None
        except DriveTrouble:
            sentence = f"{trouble} Whether the document arrived is not known; the next run finds out."
            return Placing(Outcome.UNCERTAIN, sentence, trouble.for_everybody)
        return Placing(Outcome.SENT) if arrived else _failed(trouble)


def _failed(trouble: DriveTrouble) -> Placing:
    return Placing(Outcome.FAILED, str(trouble), trouble.for_everybody)


def _is_of(permission: Mapping[str, Any], address: str) -> bool:
    return str(permission.get("emailAddress", "")).casefold() == address.casefold()


def _folder_key(recipient: str, address: str) -> str:
    return _key("folder", recipient, address.casefold())


def _document_key(folder: str, document: str) -> str:
    return _key("document", folder, document)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
