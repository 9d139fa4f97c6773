"""Mistakes in careersheets.toml as sentences: file, line, key, what is wrong, what to do. Values are never repeated."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from ..model.errors import InputError

_SECRET_NAME = re.compile(
    r"pass(word|wort|wd|phrase|code)?$|pwd$|kennwort|contrase|mot_?de_?passe|secret|token|api_?key|credential",
    re.IGNORECASE,
)
_PASSWORD_IN_ADDRESS = re.compile(r"^[a-z0-9+]+://[^/@\s]*:[^/@\s]+@", re.IGNORECASE)
_SECTION = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY = re.compile(r'\s*"?([\w.-]+)"?\s*=')

# By pydantic's names of mistakes; each text goes on after the key.
_SENTENCES: dict[str, str] = {
    "missing": "is missing. Add it.",
    "string_type": 'must be a text in quotation marks, such as {key} = "...".',
    "int_type": "must be a whole number without quotation marks.",
    "int_from_float": "must be a whole number.",
    "bool_type": "must be true or false, without quotation marks.",
    "tuple_type": 'must be a list of texts in square brackets, such as {key} = ["firm.example"].',
    "literal_error": "must be one of {expected}.",
    "greater_than_equal": "must be at least {ge}.",
    "less_than_equal": "must be at most {le}.",
    "string_too_long": "is longer than {max_length} characters. Shorten it.",
    "string_too_short": "is empty. Enter it, or delete the line.",
    "model_type": "is a section: its keys stand in the lines below [{key}].",
    "value_error": "{error}.",
}


class ConfigurationRefused(InputError):
    """careersheets.toml holds mistakes; all of them are said, a line each."""

    def __init__(self, name: str, faults: Iterable[str], *, holds_secret: bool = False) -> None:
        self.faults = [f"{name}{' ' if fault.startswith('is ') else ', '}{fault}" for fault in faults]
        self.holds_secret = holds_secret
        super().__init__("\n".join(self.faults))


def syntax_fault(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What is no TOML at all."""
    found = re.search(r"line (\d+)", str(error))
    line = int(found[1]) if found else len(text.splitlines())
    return (
        f"line {line}: cannot be understood. A setting stands alone in its line, a text in quotation marks: "
        'server = "smtp.firm.example". Each [section] and each key stands there once.'
    )


def secrets_in(data: Mapping[str, Any], text: str) -> list[str]:
    """Every key that holds a secret, by its name or because a password stands in an address."""
    return [
        f"{_place(text, path)}{_name(path)} holds a password or another secret, and secrets do not belong in this file. "
        f"Delete it there, have the password changed, and store the new one with: {_storing(path)}"
        for path, value in _leaves(data)
        if value not in ("", None)
        and (_SECRET_NAME.search(path[-1]) or (isinstance(value, str) and _PASSWORD_IN_ADDRESS.match(value)))
    ]


def faults_of(error: ValidationError, model: type[BaseModel], text: str) -> list[str]:
    """All that pydantic found, in the order of the file."""
    found = []
    for fault in error.errors(include_url=False, include_input=False):
        path = tuple(str(step) for step in fault["loc"] if not isinstance(step, int))
        found.append((_line_of(text, path) or 0, _sentence(fault, path, model, text)))
    return [sentence for _, sentence in sorted(found, key=lambda pair: pair[0])]


def _sentence(fault: Any, path: tuple[str, ...], model: type[BaseModel], text: str) -> str:
    if fault["type"] == "extra_forbidden":
        what = _unknown(path, model)
    else:
        context = {key: str(value) for key, value in fault.get("ctx", {}).items()}
        # A sentence about two keys names them itself.
        pattern = _SENTENCES.get(fault["type"], "is not right: {problem}.")
        what = pattern.format_map({"key": path[-1] if path else "", "problem": fault["msg"], **context})
        if fault["type"] == "value_error" and len(path) < 2:
            return f"{_place(text, path)}{what}"
    return f"{_place(text, path)}{_name(path)} {what}"


def _unknown(path: tuple[str, ...], model: type[BaseModel]) -> str:
    """The nearest known name, else all there are."""
    known = sorted(_keys_of(model, path[:-1]))
    near = difflib.get_close_matches(path[-1].lower(), known, n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"There is: {', '.join(known)}."
    return f"is not known here. {hint}"


def _keys_of(model: type[BaseModel], path: tuple[str, ...]) -> list[str]:
    """The keys of a section; of the file itself for an empty path."""
    for step in path:
        kinds = [model.model_fields[step].annotation] if step in model.model_fields else []
        kinds = [part for kind in kinds for part in (kind, *getattr(kind, "__args__", ()))]
        sections = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not sections:
            return []
        model = sections[0]
    return list(model.model_fields)


def _name(path: tuple[str, ...]) -> str:
    return (
        f"[{path[0]}] {'.'.join(path[1:])}".strip()
        if len(path) > 1
        else f'"{path[0]}"'
        if path
        else "The file"
    )


def _storing(path: tuple[str, ...]) -> str:
    return "keyring set careersheets ledger" if path[0] == "ledger" else "keyring set careersheets mail"


def _leaves(data: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _place(text: str, path: tuple[str, ...]) -> str:
    line = _line_of(text, path)
    return f"line {line}: " if line else ""


def _line_of(text: str, path: tuple[str, ...]) -> int | None:
    """The line of a key, or of its section where the key is not there; 1-based."""
    section, at_section = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if found := _SECTION.match(line):
            section = found[1]
            at_section = number if path and section == path[0] else at_section
        elif found := _KEY.match(line):
            here = (*section.split("."), *found[1].split(".")) if section else tuple(found[1].split("."))
            if here == path:
                return number
    return at_section
