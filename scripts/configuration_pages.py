"""The page about careersheets.toml and an example of the file, both from the model that reads it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from careersheets.surfaces.configuration import (
    FILE_NAME,
    Configuration,
    DeliverySection,
    GoogleSection,
    LedgerSection,
    MailSection,
    RetentionSection,
)

Table = Callable[[tuple[str, ...], Iterable[tuple[str, ...]]], str]
SECTIONS: dict[str, type[BaseModel]] = {
    "mail": MailSection,
    "google": GoogleSection,
    "ledger": LedgerSection,
    "delivery": DeliverySection,
    "retention": RetentionSection,
}
# Of keys that exclude each other, the one that the example shows in use.
_CHOSEN = ("key_file",)
_HEAD = ("Key", "Default", "What it does", "May be")
_INTRO = f"""\
What belongs to one installation, and not to HR's rules, stands in a file `{FILE_NAME}` beside the workbook: the mail \
server, where the ledger is, how documents go out. Without the file everything is as its defaults say, and no mail is \
sent. [An example]({FILE_NAME}) has every key; copy it beside the workbook, and change what you need.

`careersheets doctor BOOK` says whether the file is in order. Every mistake is named with its line. \
`careersheets doctor BOOK --connect` asks the mail server too, and sends nothing."""
_SECRETS = """\
Passwords never stand in the file; one that does is refused. Store them once with

```sh
keyring set careersheets mail
keyring set careersheets ledger
```

as the user who runs careersheets; `keyring` lies beside `careersheets` in its environment. They are kept where the system keeps passwords: the Credential Manager on Windows, \
the keychain on macOS, the Secret Service on Linux. On a server without one, set the environment variables \
`CAREERSHEETS_MAIL_PASSWORD` and `CAREERSHEETS_LEDGER_PASSWORD` for the scheduled task; they come first. A mail server \
that only takes OAuth logins needs an app password, or a relay of your company that takes this computer's mail."""
_MAIL = """\
- A connection is encrypted (TLS 1.2 or newer), and the server's certificate is verified. Unencrypted mail is possible \
only to a server on the same computer.
- Each mail goes to exactly one recipient, at one of the allowed domains. A domain does not allow those below it.
- A mail that surely did not arrive, for a reason that may pass, is tried again: at once a few times, then with the next \
run. If the connection breaks after the whole mail was passed on and before the server's answer, nobody can know whether \
it arrived. It is then *uncertain*, and is never sent again by itself."""
_LOG = """\
The log lies in your own folder for logs (`doctor` shows where), a file a day, readable by you only. A line holds the \
time, the event, the id of the run, and counts; never a name, an address, a score or a text. The environment variable \
`CAREERSHEETS_LOGS` names another folder."""


def configuration_page(table: Table) -> list[str]:
    """The parts of docs/configuration.md."""
    parts = ["# Settings of an installation", _INTRO]
    for name, section in SECTIONS.items():
        parts += [f"## [{name}]", section.__doc__ or "", table(_HEAD, _rows(section))]
    return [*parts, "## Passwords", _SECRETS, "## How mail is sent", _MAIL, "## The log", _LOG]


def configuration_example() -> str:
    """A careersheets.toml with every key; those that may stay as they are stand behind a #."""
    lines = [f"# {FILE_NAME}: copy this file beside the workbook, and change what you need.",
             "# A line that begins with # does nothing; take the # away where you enter something else.",
             "# Passwords never stand here: see configuration.md. This file is written by scripts/build_docs.py."]  # fmt: skip
    for name, section in SECTIONS.items():
        lines += ["", f"[{name}]"]
        for key, field in section.model_fields.items():
            lines += textwrap.wrap(field.description or "", 110, initial_indent="# ", subsequent_indent="# ")
            value = (field.examples or [field.default])[0]
            lines.append(f"{'' if field.is_required() or key in _CHOSEN else '# '}{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _rows(section: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    for key, field in section.model_fields.items():
        default = "must be there" if field.is_required() else f"`{_toml(field.default)}`"
        yield (f"`{key}`", default, field.description or "", _allowed(field))


def _allowed(field: FieldInfo) -> str:
    choices = [choice for choice in get_args(field.annotation) if isinstance(choice, str)]
    bounds = {type(limit).__name__: _number(limit) for limit in field.metadata}
    if "Ge" in bounds and "Le" in bounds:
        return f"{bounds['Ge']} to {bounds['Le']}"
    return ", ".join(choices)


def _number(limit: Any) -> Any:
    """The number of a bound, whichever it is."""
    return getattr(limit, "ge", getattr(limit, "le", None))


def _toml(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


assert list(SECTIONS) == list(Configuration.model_fields), "a section is missing"  # noqa: S101 - a script's own check
