"""Word forms: fields that people fill in anywhere, and whose answers are found again.

Word keeps the tag of a content control. LibreOffice drops it when it saves and keeps bookmarks and document properties;
others keep the title only. So a field is written with all three, and looked for in that order. The properties also say
which document this is, which version, and from which data it was made.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..books.guard import DocumentParts
from ..model.findings import Finding, Rule
from .form_faults import NOT_A_CHOICE, NOT_A_DATE, NOT_FOUND, TWO_ANSWERS, UNWRITABLE, MarkLost, NotOurForm
from .form_fields import (
    PLACEHOLDERS,
    TICKED,
    TICKED_BOX,
    FieldKind,
    FormField,
    control_xml,
    is_date,
    title_of,
)
from .form_parts import PROPERTIES, Control, Controls, PropertiesPart, controls_of, properties_of
from .text import legal

__all__ = [
    "FieldKind",
    "FilledForm",
    "FormField",
    "FormMark",
    "Stamp",
    "check_text",
    "control_xml",
    "read_form",
    "stamped",
]

_DOCUMENT_ID, _VERSION, _FINGERPRINT = "careersheets document", "careersheets version", "careersheets data"
_ABOUT, _SEAL = "careersheets person", "careersheets seal"
_FIELD, _ROW = "careersheets field ", "careersheets row "
_OURS = "careersheets "
_MOST_SHOWN = 60


_Wrong = tuple[Rule, dict[str, object]]


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which document a form is, its version, and the fingerprint of the data it was made from.

    `about` are the marks of the person it is about, `given` those of what each field held, by tag. `rows` says which row
    of the workbook the tags that begin so belong to: its key, and the fingerprint of its state.
    """

    document_id: str
    version: str
    fingerprint: str
    about: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What came back: by tag, in the form's order, "" where nothing was answered; a ticked box is "yes".

    `mark` is what it was made with; `is_intact` says that it is as it was written. `labels` are what was asked, by tag.
    `doubtful` are the tags whose answers have a finding.
    """

    document_id: str
    version: str
    fingerprint: str
    answers: dict[str, str]
    findings: tuple[Finding, ...] = ()
    mark: FormMark = field(default=FormMark("", "", ""), compare=False)
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)
    doubtful: frozenset[str] = field(default=frozenset(), compare=False)
    is_intact: bool = field(default=True, compare=False)


class Stamp:
    """Stamps forms made from one template, each with its own mark and fields.

    `parts` are the template's, with the part the stamp goes into, `part`.

    Raises:
        DamagedForm: a part that is to be changed is not well-formed.
    """

    part = PROPERTIES

    def __init__(self, name: str, parts: Mapping[str, bytes]) -> None:
        self._properties = PropertiesPart(name, parts, _OURS)
        self.parts = self._properties.parts

    def of(self, mark: FormMark, fields: Iterable[FormField]) -> bytes:
        """The part for the form `mark` says, with `fields` in the order they stand in it."""
        told = {
            _DOCUMENT_ID: mark.document_id,
            _VERSION: mark.version,
            _FINGERPRINT: mark.fingerprint,
            **({_ABOUT: " ".join(mark.about)} if mark.about else {}),
            **{_ROW + prefix: f"{state} {key}" for prefix, (key, state) in mark.rows.items()},
            **{_FIELD + it.tag: f"{it.kind}={mark.given.get(it.tag, '')} {title_of(it)}" for it in fields},
        }
        told = {name: legal(text) for name, text in told.items()}
        return self._properties.filled({**told, _SEAL: _seal(told)})


def stamped(
    name: str, parts: Mapping[str, bytes], mark: FormMark, fields: Iterable[FormField]
) -> dict[str, bytes]:
    """The parts of the form called `name` with custom properties that say what it is and which fields it has.

    Raises:
        DamagedForm: a part that is to be changed is not well-formed.
    """
    stamp = Stamp(name, parts)
    return {**stamp.parts, stamp.part: stamp.of(mark, fields)}


def check_text(name: str, field: FormField, value: str) -> list[Finding]:
    """Whether the form called `name` can hold `value` whole; line ends of every kind count as the same."""
    lost = sum(1 for character in value if not legal(character))
    values: dict[str, object] = {"label": field.label, "count": lost}
    return [UNWRITABLE.found(name, field.label, values=values)] if lost else []


def read_form(document: DocumentParts) -> FilledForm:
    """The answers in a filled form, as it came through the guard.

    Each field is looked for by its tag, then by its bookmark, then by its title if no other field has the same.

    Raises:
        NotOurForm: the document is no form made here.
        MarkLost: it is one, but its properties are gone.
        DamagedForm: a part is not well-formed.
    """
    properties = properties_of(document.name, document.parts)
    fields = _fields_of(properties)
    is_known = bool(properties.get(_DOCUMENT_ID))
    controls = controls_of(document.name, document.parts, fields if is_known else ())
    if not is_known:
        raise MarkLost(document.name) if controls.by_bookmark else NotOurForm(document.name)
    for label, count in Counter(label for _, _, label in fields.values()).items():
        if count > 1:
            controls.by_title.pop(label, None)
    answers: dict[str, str] = {}
    findings: list[Finding] = []
    doubtful: set[str] = set()
    for tag, (kind, _, label) in fields.items():
        answers[tag], wrong = _read_field(controls, tag, kind, label)
        doubtful |= {tag} if wrong else set()
        findings += [
            rule.found(document.name, label, values={"label": label, **values}) for rule, values in wrong
        ]
    mark = _mark_of(properties, fields)
    return FilledForm(
        mark.document_id,
        mark.version,
        mark.fingerprint,
        answers,
        tuple(findings),
        mark,
        {tag: label for tag, (_, _, label) in fields.items()},
        frozenset(doubtful),
        properties.get(_SEAL) == _seal(properties),
    )


def _mark_of(properties: Mapping[str, str], fields: Mapping[str, tuple[str, str, str]]) -> FormMark:
    rows = {key: value.partition(" ") for key, value in properties.items() if key.startswith(_ROW)}
    return FormMark(
        properties[_DOCUMENT_ID],
        properties.get(_VERSION, ""),
        properties.get(_FINGERPRINT, ""),
        tuple(properties.get(_ABOUT, "").split()),
        {tag: given for tag, (_, given, _) in fields.items() if given},
        {key.removeprefix(_ROW): (its_key, state) for key, (state, _, its_key) in rows.items()},
    )


def _seal(properties: Mapping[str, str]) -> str:
    """What shows that somebody changed one of our properties, or took one out."""
    ours = sorted(
        (name, text) for name, text in properties.items() if name.startswith(_OURS) and name != _SEAL
    )
    return hashlib.sha256("\n".join(f"{name}\0{text}" for name, text in ours).encode()).hexdigest()[:32]


def _fields_of(properties: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """Kind, mark of what was given, and label of each field by its tag, as `stamped` wrote them."""
    told = {key: value.partition(" ") for key, value in properties.items() if key.startswith(_FIELD)}
    return {key.removeprefix(_FIELD): (*_split(kind), label) for key, (kind, _, label) in told.items()}


def _split(kind: str) -> tuple[str, str]:
    name, _, given = kind.partition("=")
    return name, given


def _read_field(controls: Controls, tag: str, kind: str, label: str) -> tuple[str, list[_Wrong]]:
    """The answer to one field, and what is wrong with it."""
    by_tag = controls.by_tag.get(tag)
    found = by_tag or controls.by_bookmark.get(tag) or controls.by_title.get(label)
    if not found:
        return "", [(NOT_FOUND, {})]
    answers = [_answer(control, kind, marked=bool(by_tag)) for control in found]
    given = [answer for answer in dict.fromkeys(answers) if answer]
    answer = given[0] if given else ""
    wrong: list[_Wrong] = []
    if len(given) > 1:
        wrong.append((TWO_ANSWERS, {"count": len(found), "first": _shortened(answer)}))
    choices = {choice.strip() for control in found for choice in control.choices}
    if answer and choices and answer.strip() not in choices:
        wrong.append((NOT_A_CHOICE, {"answer": _shortened(answer)}))
    if answer and kind == FieldKind.DATE and not is_date(answer):
        wrong.append((NOT_A_DATE, {"answer": _shortened(answer)}))
    return answer, wrong


def _answer(control: Control, kind: str, *, marked: bool) -> str:
    """What was answered in `control`; `marked` if it can be trusted to say that it shows its placeholder."""
    if kind == FieldKind.TICK:
        ticked = TICKED_BOX in control.text if control.ticked is None else control.ticked
        return TICKED if ticked else ""
    if control.empty or (not marked and control.text == PLACEHOLDERS.get(kind)):
        return ""
    if kind == FieldKind.DATE:
        shown = control.text.strip()
        return shown if is_date(shown) or not is_date(control.day) else control.day
    return control.text


def _shortened(text: str) -> str:
    """`text` on one line of a finding."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"
