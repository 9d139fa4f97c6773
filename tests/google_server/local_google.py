"""The local Google itself: what it keeps, who may do what, and how it answers one request."""

from __future__ import annotations

import email
import email.policy
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import cell_requests, drive_calls, rule_requests, tab_requests, value_calls
from .discovery import Call, Document, document
from .field_mask import apply_mask
from .refusal import Refused, no_permission, not_modelled, out_of_quota
from .sign_in import SignIn
from .spilling import spill
from .spreadsheet import Spreadsheet, describe
from .tab_requests import Edit
from .taking_back import keep

Message = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]

_JSON = {"Content-Type": "application/json; charset=UTF-8"}
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
# A POST that only reads counts as a read.
_READS = ("get", "batchGet", "getByDataFilter", "batchGetByDataFilter", "search")
_VALUES = {
    "get": value_calls.get,
    "batchGet": value_calls.batch_get,
    "batchGetByDataFilter": value_calls.batch_get_by_data_filter,
    "update": value_calls.update,
    "batchUpdate": value_calls.batch_update,
    "batchUpdateByDataFilter": value_calls.batch_update_by_data_filter,
    "append": value_calls.append,
    "clear": value_calls.clear,
    "batchClear": value_calls.batch_clear,
}
_REQUESTS: dict[str, Callable[[Edit], Message]] = {
    "".join(word if place == 0 else word.capitalize() for place, word in enumerate(name.split("_"))): function
    for module in (tab_requests, cell_requests, rule_requests)
    for name, function in vars(module).items()
    if callable(function)
    and getattr(function, "__module__", "") == module.__name__
    and not name.startswith("_")
    and name != "Edit"
}
_DRIVE: dict[str, Callable[..., Any]] = {
    "drive.about.get": drive_calls.about,
    "drive.files.create": drive_calls.create,
    "drive.files.get": drive_calls.get,
    "drive.files.update": drive_calls.update,
    "drive.files.delete": drive_calls.delete,
    "drive.files.list": drive_calls.list_files,
    "drive.files.copy": drive_calls.copy_file,
    "drive.files.export": drive_calls.export,
    "drive.files.generateIds": drive_calls.generate_ids,
    "drive.permissions.create": drive_calls.create_permission,
    "drive.permissions.list": drive_calls.list_permissions,
    "drive.permissions.delete": drive_calls.delete_permission,
    "drive.comments.list": drive_calls.list_comments,
}
_SHORT_FILE = ("kind", "id", "name", "mimeType")


# A path that no document knows; nothing models it, so it answers 501.
_UNKNOWN = Call("unknown.method", {}, {})


@dataclass(frozen=True)
class Logged:
    """One request that came in: the method it asked for, and the status it got (0 if the line was cut)."""

    method: str
    status: int


class LocalGoogle:
    """State and behaviour; `tests/google_server/server.py` puts it on a socket."""

    def __init__(
        self, *, quota: int | None = None, clock: Callable[[], float] = time.time, seed: int = 1
    ) -> None:
        self.sheets, self.drive = document("sheets.v4", ""), document("drive.v3", "drive/v3/")
        self.files: dict[str, Message] = {}
        self.books: dict[str, Spreadsheet] = {}
        self.media: dict[str, bytes] = {}
        self.access: dict[str, dict[str, str]] = {}
        self.accounts_without_storage: set[str] = set()
        self.not_shared: set[str] = set()
        self.sign_in = SignIn()
        self.next_file_ids: list[str] = []
        self.next_ids: list[int] = []
        self.quota, self.clock, self._asked = quota, clock, Counter[tuple[str, str, int]]()
        self.random = random.Random(seed)  # noqa: S311

    def now(self) -> str:
        return drive_calls.now()

    def new_file_id(self) -> str:
        if self.next_file_ids:
            return self.next_file_ids.pop(0)
        return "1" + "".join(self.random.choice(_ALPHABET) for _ in range(43))

    def new_spreadsheet(self, title: str, owner: str = "owner") -> Spreadsheet:
        return self.books[drive_calls.new_file(self, title, drive_calls.SPREADSHEET, owner)["id"]]

    def touch(self, file_id: str) -> None:
        """Something in the file changed, whoever did it."""
        file = self.files[file_id]
        file |= {"version": str(int(file["version"]) + 1), "modifiedTime": self.now()}

    def role(self, file_id: str, user: str) -> str:
        if file_id not in self.files:
            return ""
        return self.access[file_id].get(user, "") if self.sign_in.required else "owner"

    def answer(self, verb: str, target: str, headers: dict[str, str], body: bytes) -> tuple[str, Answer]:
        """The method that was asked for, and the answer."""
        if headers.get("x-http-method-override") == "GET":
            verb, target, body = "GET", f"{target}?{body.decode()}", b""
        parts = urlsplit(target)
        if (verb, parts.path) == ("POST", "/token"):
            status, message = self.sign_in.token(
                dict(parse_qsl(body.decode())), headers.get("authorization", "")
            )
            return "token", (status, _JSON, json.dumps(message).encode())
        if (verb, parts.path) == ("GET", "/o/oauth2/auth"):
            return "consent", (302, {"Location": self.sign_in.consent(dict(parse_qsl(parts.query)))}, b"")
        document = self.sheets if parts.path.startswith("/v4/") else self.drive
        call = document.find(verb, parts.path) or _UNKNOWN
        try:
            result = self._do(document, call, parse_qsl(parts.query, keep_blank_values=True), headers, body)
        except Refused as refused:
            content = json.dumps(refused.body(drive=document is self.drive), indent=2).encode()
            return call.id, (refused.code, _JSON, content)
        if isinstance(result, bytes):
            return call.id, (200, {"Content-Type": "application/octet-stream"}, result)
        if result is None:
            return call.id, (204, {}, b"")
        return call.id, (200, _JSON, json.dumps(result, ensure_ascii=False).encode())

    def _do(
        self,
        document: Document,
        call: Call,
        query: list[tuple[str, str]],
        headers: dict[str, str],
        body: bytes,
    ) -> Any:
        call = replace(call, query=document.check_query(call.method, query))
        call = replace(call, user=self.sign_in.user(headers.get("authorization", ""), call.method))
        document.check_fields(call.method, call.mask)
        call = _with_body(document, call, headers, body)
        if call.id == _UNKNOWN.id:
            raise not_modelled("this address")
        if document is self.sheets:
            self._count(call)
            return apply_mask(self._on_sheets(call), call.mask)
        if call.id not in _DRIVE:
            raise not_modelled(call.id)
        result = _DRIVE[call.id](self, call)
        if isinstance(result, dict) and result.get("kind") == "drive#file" and not call.mask:
            return {name: result[name] for name in _SHORT_FILE}
        return apply_mask(result, call.mask) if isinstance(result, dict) else result

    def _count(self, call: Call) -> None:
        kind = "read" if call.id.rsplit(".", 1)[-1] in _READS else "write"
        bucket = (kind, call.user, int(self.clock() // 60))
        self._asked[bucket] += 1
        if self.quota is not None and self._asked[bucket] > self.quota:
            raise out_of_quota(kind)

    def _on_sheets(self, call: Call) -> Message:
        room, name = call.id.rsplit(".", 1)
        if call.id == "sheets.spreadsheets.create":
            return self._create(call)
        reading = name in _READS
        book = self._book(call, writing=not reading)
        spill(book)
        if room.endswith(".values") and name in _VALUES:
            result = _VALUES[name](book, call)
        elif call.id == "sheets.spreadsheets.get":
            result = self._get(book, call)
        elif call.id == "sheets.spreadsheets.getByDataFilter":
            wanted = [
                place for one in call.body.get("dataFilters", []) for place in value_calls.filtered(book, one)
            ]
            grid = call.body.get("includeGridData", False) or _asks_for_cells(call)
            result = describe(book, wanted, grid=grid, mask=call.mask)
        elif call.id == "sheets.spreadsheets.developerMetadata.search":
            result = _search(book, call)
        elif call.id == "sheets.spreadsheets.batchUpdate":
            result = self._batch_update(book, call)
        else:
            raise not_modelled(call.id)
        if not reading:
            self.touch(book.id)
            spill(book)
        return result

    def _book(self, call: Call, *, writing: bool) -> Spreadsheet:
        number = call.path["spreadsheetId"]
        if number in self.not_shared:
            raise no_permission()
        if number not in self.books:
            raise Refused(404, "Requested entity was not found.")
        role = self.role(number, call.user)
        if not role or (writing and role in ("reader", "commenter")):
            raise no_permission()
        return self.books[number]

    def _create(self, call: Call) -> Message:
        title = call.body.get("properties", {}).get("title", "Untitled spreadsheet")
        book = self.new_spreadsheet(title, call.user)
        wanted = call.body.get("sheets", [])
        for place, sheet in enumerate(wanted):
            asked = {"properties": {"sheetId": 0, "title": f"Sheet{place + 1}"} if not place else {}}
            asked["properties"] |= sheet.get("properties", {})
            if not place:
                book.tabs = []
            tab_requests.add_sheet(self._edit(book, asked, "sheets", call.user))
        return describe(book, None, grid=False)

    def _get(self, book: Spreadsheet, call: Call) -> Message:
        wanted = [book.resolve(text) for text in call.query["ranges"]] if call.query.get("ranges") else None
        grid = _asks_for_cells(call) or call.query.get("includeGridData", False)
        return describe(book, wanted, grid=grid, mask=call.mask)

    def _batch_update(self, book: Spreadsheet, call: Call) -> Message:
        """All requests of the batch in order or, if one is refused, none."""
        requests = [_without_null(request) for request in call.body.get("requests", [])]
        if not requests:
            raise Refused(400, "Must specify at least one request.")
        take_back = keep(book, requests)
        replies = []
        try:
            for place, request in enumerate(requests):
                name, asked = next(iter(request.items()))
                if name not in _REQUESTS:
                    raise not_modelled(f"the request {name}")
                where = f"requests[{place}].{name}"
                reply = _REQUESTS[name](self._edit(book, asked, where, call.user))
                replies.append({name: reply} if reply or name == "deleteDimensionGroup" else {})
        except Refused:
            take_back()
            raise
        self.files[book.id]["name"] = book.properties["title"]
        answer: Message = {"spreadsheetId": book.id, "replies": replies}
        if call.body.get("includeSpreadsheetInResponse"):
            ranges = call.body.get("responseRanges")
            wanted = [book.resolve(text) for text in ranges] if ranges else None
            grid, mask = call.body.get("responseIncludeGridData", False), call.mask.get("updatedSpreadsheet")
            answer["updatedSpreadsheet"] = describe(book, wanted, grid=grid, mask=mask)
        return answer

    def _edit(self, book: Spreadsheet, asked: Message, where: str, user: str) -> Edit:
        return Edit(book, asked, where, user, self.random, self.next_ids)


def _asks_for_cells(call: Call) -> bool:
    """A field mask that reaches into the cells brings them, whatever includeGridData says."""
    return "data" in call.mask.get("sheets", {})


def _search(book: Spreadsheet, call: Call) -> Message:
    found = [
        {"developerMetadata": entry, "dataFilters": [wanted]}
        for wanted in call.body.get("dataFilters", [])
        for entry in value_calls.matching(book, wanted)
    ]
    return {"matchedDeveloperMetadata": found} if found else {}


def _with_body(document: Document, call: Call, headers: dict[str, str], body: bytes) -> Call:
    if "request" not in call.method:
        return call
    media, media_type = None, ""
    if call.upload and call.query.get("uploadType") == "multipart":
        head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
        about, content = email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts()
        body, media, media_type = (
            about.get_payload(decode=True),
            content.get_payload(decode=True),
            content.get_content_type(),
        )
    elif call.upload:
        raise not_modelled(f"an upload of type {call.query.get('uploadType')}")
    try:
        message = json.loads(body) if body else {}
    except ValueError as error:
        raise Refused(400, f"Invalid JSON payload received. {error}") from error
    at = (
        "data"
        if call.id in ("sheets.spreadsheets.values.update", "sheets.spreadsheets.values.append")
        else ""
    )
    document.check_body(call.method["request"]["$ref"], message, at)
    return replace(call, body=message, media=media, media_type=media_type)


def _without_null(message: Any) -> Any:
    """In a message, null is the same as not said."""
    if isinstance(message, dict):
        return {name: _without_null(value) for name, value in message.items() if value is not None}
    return [_without_null(item) for item in message] if isinstance(message, list) else message
