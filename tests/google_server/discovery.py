"""What Google's own discovery documents, bundled with its client, allow in a request."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import googleapiclient.discovery_cache

from .field_mask import Mask, read_mask
from .refusal import Refused, invalid_value, violation

_DOCUMENTS = Path(googleapiclient.discovery_cache.__file__).parent / "documents"
# Said by none of the documents, and sent by clients all the same.
_ALSO_SENT = {"upload_id", "uploadType", "includeItemsFromAllDrives"}
_ANY = {"type": "any"}


@dataclass(frozen=True)
class Call:
    """One request, matched with the method of the document it asks for."""

    id: str
    method: dict[str, Any]
    path: dict[str, str]
    upload: bool = False
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    media: bytes | None = None
    media_type: str = ""
    user: str = ""

    @property
    def mask(self) -> Mask:
        return read_mask(self.query["fields"]) if self.query.get("fields") else {}


class Document:
    """One bundled discovery document; `prefix` stands before the paths it names."""

    def __init__(self, name: str, prefix: str) -> None:
        self.content = json.loads((_DOCUMENTS / f"{name}.json").read_text("utf-8"))
        self.schemas: dict[str, Any] = self.content["schemas"]
        self._routes = [route for method in _methods(self.content) for route in _routes_of(method, prefix)]

    def find(self, verb: str, path: str) -> Call | None:
        for wanted, pattern, method, upload in self._routes:
            match = pattern.fullmatch(path) if wanted == verb else None
            if match:
                names = {name: unquote(value) for name, value in match.groupdict().items()}
                return Call(method["id"], method, names, upload)
        return None

    def check_query(self, method: dict[str, Any], pairs: list[tuple[str, str]]) -> dict[str, Any]:
        known = {**self.content["parameters"], **method.get("parameters", {})}
        found: dict[str, Any] = {}
        for name, text in pairs:
            if name not in known and name not in _ALSO_SENT:
                raise Refused(
                    400,
                    f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                    f"Field '{name}' could not be found in request message.",
                )
            about = known.get(name, {"type": "string"})
            value = _query_value(name, about, text)
            if about.get("repeated"):
                found.setdefault(name, []).append(value)
            else:
                found[name] = value
        for name, about in method.get("parameters", {}).items():
            if about.get("required") and about.get("location") == "query" and name not in found:
                raise Refused(400, f"Missing required parameter: {name}")
        return found

    def check_fields(self, method: dict[str, Any], mask: Mask) -> None:
        if mask and "response" in method:
            self._check_mask(method["response"]["$ref"], mask, "")

    def check_body(self, schema: str, value: Any, path: str = "") -> None:
        self._check({"$ref": schema}, value, path)

    def _check_mask(self, schema: str, mask: Mask, path: str) -> None:
        properties = self.schemas[schema].get("properties", {})
        for name, inner in mask.items():
            if name == "*":
                continue
            place = f"{path}.{name}" if path else name
            if name not in properties:
                raise violation(
                    "Request contains an invalid argument.",
                    place,
                    f"Error expanding 'fields' parameter. Cannot find matching fields for path '{place}'.",
                )
            about = properties[name]
            target = about.get("$ref") or about.get("items", {}).get("$ref")
            if inner and target:
                self._check_mask(target, inner, place)

    def _check(self, about: dict[str, Any], value: Any, path: str) -> None:
        if value is None:
            return
        if "$ref" in about:
            self._check_message(about["$ref"], value, path)
        elif about.get("type") == "array":
            if not isinstance(value, list):
                raise invalid_value(path, "type.googleapis.com/google.protobuf.ListValue", json.dumps(value))
            inner = about["items"]
            for place, item in enumerate(value):
                self._check(inner, item, path if inner.get("type") == "array" else f"{path}[{place}]")
        elif about.get("type") == "object":
            for name, item in value.items():
                self._check(about.get("additionalProperties", _ANY), item, f"{path}.{name}")
        else:
            _check_scalar(about, value, path)

    def _check_message(self, name: str, value: Any, path: str) -> None:
        schema = self.schemas[name]
        if schema.get("type") != "object":
            return
        if not isinstance(value, dict):
            raise invalid_value(path, f"type.googleapis.com/google.apps.sheets.v4.{name}", json.dumps(value))
        for key, item in value.items():
            about = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
            if about is None:
                where = f" at '{path}'" if path else ""
                message = f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'
                raise violation(message, path, message)
            self._check(about, item, f"{path}.{key}" if path else key)


@cache
def document(name: str, prefix: str) -> Document:
    """The document called `name`, read once."""
    return Document(name, prefix)


def _methods(resource: dict[str, Any]) -> list[dict[str, Any]]:
    found = list(resource.get("methods", {}).values())
    for inner in resource.get("resources", {}).values():
        found += _methods(inner)
    return found


def _routes_of(
    method: dict[str, Any], prefix: str
) -> list[tuple[str, re.Pattern[str], dict[str, Any], bool]]:
    paths = [(f"/{prefix}{method.get('flatPath') or method['path']}", False)]
    protocols = method.get("mediaUpload", {}).get("protocols", {})
    paths += [(about["path"], True) for about in protocols.values()]
    return [(method["httpMethod"], _pattern(path), method, upload) for path, upload in paths]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\\?\+?(\w+)\\\}", r"(?P<\1>[^/]+?)", re.escape(path)))


def _query_value(name: str, about: dict[str, Any], text: str) -> Any:
    if "enum" in about and text not in about["enum"] and name != "alt":
        snake = re.sub("([A-Z])", lambda match: f"_{match[1].lower()}", name)
        raise invalid_value(snake, "TYPE_ENUM", f'"{text}"')
    if about.get("type") == "boolean":
        if text.lower() not in ("true", "false"):
            raise invalid_value(name, "TYPE_BOOL", f'"{text}"')
        return text.lower() == "true"
    return int(text) if about.get("type") == "integer" else text


def _check_scalar(about: dict[str, Any], value: Any, path: str) -> None:
    kind, number = about.get("type"), isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "string":
        if not isinstance(value, str):
            raise invalid_value(path, "TYPE_STRING", json.dumps(value))
        if "enum" in about and value not in about["enum"]:
            raise invalid_value(path, "TYPE_ENUM", json.dumps(value))
    elif kind == "boolean" and not isinstance(value, bool):
        raise invalid_value(path, "TYPE_BOOL", json.dumps(value))
    elif kind == "integer" and not (number and value == int(value)):
        raise invalid_value(path, "TYPE_INT32", json.dumps(value))
    elif kind == "number" and not number:
        raise invalid_value(path, "TYPE_DOUBLE", json.dumps(value))
