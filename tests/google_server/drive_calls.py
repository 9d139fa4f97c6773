"""Drive: files, who may see them, and uploads in one piece."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .discovery import Call
from .refusal import Refused, not_modelled
from .spreadsheet import Spreadsheet
from .value_calls import value_range

if TYPE_CHECKING:
    from .local_google import LocalGoogle

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
_NOT_KEPT = {"id", "mimeType", "parents"}
_CONDITION = re.compile(r"""(\w+)\s*(=|!=)\s*(?:"([^"]*)"|'((?:[^'\\]|\\.)*)'|(true|false))""")
_PARENT = re.compile(r"'([^']+)' in parents")
_PROPERTY = re.compile(r"appProperties has \{\s*key='([^']*)' and value='([^']*)'\s*\}")

Message = dict[str, Any]


def about(google: LocalGoogle, call: Call) -> Message:
    if not call.mask:
        raise Refused(400, "The 'fields' parameter is required for this method.")
    return {"kind": "drive#about", "user": {"kind": "drive#user", "emailAddress": call.user}}


def create(google: LocalGoogle, call: Call) -> Message:
    about = call.body
    if about.get("id") in google.files:
        raise Refused(409, "A file already exists with the provided ID.", reason="fileIdInUse")
    parents = about.get("parents") or ["root"]
    for parent in parents:
        if parent != "root":
            _find(google, parent, call.user, writing=True)
    kind = about.get("mimeType") or call.media_type or "application/octet-stream"
    needs_room = bool(call.media) or kind == SPREADSHEET
    if needs_room and call.user in google.accounts_without_storage and not _on_shared_drive(google, parents):
        raise Refused(
            403,
            "Service Accounts do not have storage quota. Leverage shared drives, or use OAuth delegation instead.",
            reason="storageQuotaExceeded",
        )
    file = new_file(google, about.get("name") or "Untitled", kind, call.user, about.get("id"), parents)
    file |= {name: copy.deepcopy(value) for name, value in about.items() if name not in _NOT_KEPT}
    for parent in parents:
        google.access[file["id"]] |= google.access.get(parent, {})
        # What lies in a folder of a Shared drive lies on it as well.
        file |= {name: value for name, value in google.files.get(parent, {}).items() if name == "driveId"}
    google.access[file["id"]][call.user] = "owner"
    _keep_media(google, file, call.media)
    return file


def new_file(
    google: LocalGoogle,
    name: str,
    kind: str,
    user: str,
    file_id: str | None = None,
    parents: list[str] | None = None,
) -> Message:
    number, now = file_id or google.new_file_id(), google.now()
    file = {
        "kind": "drive#file",
        "id": number,
        "name": name,
        "mimeType": kind,
        "createdTime": now,
        "modifiedTime": now,
        "version": "1",
        "trashed": False,
        "parents": parents or ["root"],
        "webViewLink": f"https://docs.google.com/file/d/{number}/edit",
    }
    google.files[number] = file
    google.access[number] = {user: "owner"}
    if kind == SPREADSHEET:
        google.books[number] = Spreadsheet(number, name)
    return file


def get(google: LocalGoogle, call: Call) -> Message | bytes:
    file = _find(google, call.path["fileId"], call.user)
    return google.media.get(file["id"], b"") if call.query.get("alt") == "media" else file


def update(google: LocalGoogle, call: Call) -> Message:
    file = _find(google, call.path["fileId"], call.user, writing=True)
    file |= {name: copy.deepcopy(value) for name, value in call.body.items() if name not in _NOT_KEPT}
    for parent in filter(None, call.query.get("addParents", "").split(",")):
        file["parents"] = [*file["parents"], parent]
    for parent in filter(None, call.query.get("removeParents", "").split(",")):
        file["parents"] = [known for known in file["parents"] if known != parent]
    _keep_media(google, file, call.media)
    google.touch(file["id"])
    return file


def delete(google: LocalGoogle, call: Call) -> None:
    file = _find(google, call.path["fileId"], call.user, writing=True)
    google.files.pop(file["id"])
    google.books.pop(file["id"], None)


def list_files(google: LocalGoogle, call: Call) -> Message:
    found = [file for file in google.files.values() if google.role(file["id"], call.user)]
    for condition in filter(None, re.split(r"\s+and\s+(?!value=)", call.query.get("q", ""))):
        found = [file for file in found if _holds(file, condition.strip())]
    return {"kind": "drive#fileList", "files": found}


def copy_file(google: LocalGoogle, call: Call) -> Message:
    source = _find(google, call.path["fileId"], call.user)
    name = call.body.get("name") or f"Copy of {source['name']}"
    file = new_file(google, name, source["mimeType"], call.user)
    if source["id"] in google.books:
        book = copy.deepcopy(google.books[source["id"]])
        book.id, book.properties = file["id"], book.properties | {"title": name}
        google.books[file["id"]] = book
    return file


def export(google: LocalGoogle, call: Call) -> bytes:
    file = _find(google, call.path["fileId"], call.user)
    if call.query["mimeType"] != "text/csv":
        raise not_modelled(f"export as {call.query['mimeType']}")
    tab = google.books[file["id"]].tabs[0]
    rows = value_range(tab, tab.whole, {}).get("values", [])
    width, text = max(map(len, rows), default=0), io.StringIO()
    csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().removesuffix("\r\n").encode()


def generate_ids(google: LocalGoogle, call: Call) -> Message:
    ids = [google.new_file_id() for _ in range(call.query.get("count", 10))]
    return {"kind": "drive#generatedIds", "space": "drive", "ids": ids}


def create_permission(google: LocalGoogle, call: Call) -> Message:
    file = _find(google, call.path["fileId"], call.user, writing=True)
    if call.body.get("type") != "user":
        raise not_modelled(f"a permission of type {call.body.get('type')}")
    google.access[file["id"]][call.body["emailAddress"]] = call.body["role"]
    return _permission(call.body["emailAddress"], call.body["role"])


def list_permissions(google: LocalGoogle, call: Call) -> Message:
    file = _find(google, call.path["fileId"], call.user)
    found = [_permission(user, role) for user, role in google.access[file["id"]].items()]
    return {"kind": "drive#permissionList", "permissions": found}


def delete_permission(google: LocalGoogle, call: Call) -> None:
    file = _find(google, call.path["fileId"], call.user, writing=True)
    for user in list(google.access[file["id"]]):
        if _permission(user, "")["id"] == call.path["permissionId"]:
            del google.access[file["id"]][user]
            return
    raise Refused(404, f"Permission not found: {call.path['permissionId']}.", reason="notFound")


def list_comments(google: LocalGoogle, call: Call) -> Message:
    _find(google, call.path["fileId"], call.user)
    return {"kind": "drive#commentList", "comments": []}


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _find(google: LocalGoogle, file_id: str, user: str, *, writing: bool = False) -> Message:
    role = google.role(file_id, user)
    if not role:
        raise Refused(404, f"File not found: {file_id}.", reason="notFound")
    if writing and role == "reader":
        raise Refused(403, "The user does not have sufficient permissions for this file.")
    return google.files[file_id]


def _on_shared_drive(google: LocalGoogle, parents: list[str]) -> bool:
    return any(google.files.get(parent, {}).get("driveId") for parent in parents)


def _keep_media(google: LocalGoogle, file: Message, media: bytes | None) -> None:
    if media is not None:
        google.media[file["id"]] = media
        digest = hashlib.md5(media, usedforsecurity=False).hexdigest()
        file |= {"size": str(len(media)), "md5Checksum": digest}


def _holds(file: Message, condition: str) -> bool:
    parent, entry, match = (pattern.fullmatch(condition) for pattern in (_PARENT, _PROPERTY, _CONDITION))
    if parent:
        return parent[1] in file["parents"]
    if entry:
        return bool(file.get("appProperties", {}).get(entry[1]) == entry[2])
    if not match:
        raise not_modelled(f"the search condition {condition}")
    quoted = match[3] if match[3] is not None else match[4]
    value = match[5] == "true" if match[5] else re.sub(r"\\(.)", r"\1", quoted or "")
    return bool((file.get(match[1]) == value) == (match[2] == "="))


def _permission(user: str, role: str) -> Message:
    number = str(int(hashlib.sha256(user.encode()).hexdigest()[:15], 16))
    return {"kind": "drive#permission", "id": number, "type": "user", "role": role, "emailAddress": user}
