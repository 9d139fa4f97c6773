"""Is a finished document safe to release? Nothing is known of how it was made: its bytes are looked through.

Source: REQUIREMENTS X7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ..analysis.results import Results
from ..model.findings import Finding, Rule, Severity
from ..vocabulary.column import Audience
from .allowed import TAG, Identity, identities, named_in_own_rows, written_braces
from .hidden import Secret, Telling, may_be_seen, secrets, tellings
from .kind import Kind
from .letter_texts import is_letter, letter_texts
from .others_ratings import OthersRatings, joined_words
from .part_texts import PartText, UnreadableFile, part_texts
from .phrases import Phrases

_HELD = "What left the house cannot be called back, so the document is held."

OTHER_PERSON = Rule(
    "CS611",
    Severity.ERROR,
    'the finished document would show the {what} "{text}" of somebody else.',
    "Take it out of the text it comes from, or of the template; or enter the person in the row it belongs to, "
    "for example as observer.",
    f"A document names its subject, their manager and approver, and who is named in their own rows. {_HELD}",
)
ABOVE_AUDIENCE = Rule(
    "CS612",
    Severity.ERROR,
    'the finished document would show its reader what stands in the column "{column}" of {sheet}, which is for {audience} only.',
    "Take it out of the template, or out of the column it was copied to.",
    f"A document shows its reader no more than the workbook lets this reader see. {_HELD}",
)
UNREPLACED_TAG = Rule(
    "CS613",
    Severity.ERROR,
    'the finished document still holds the tag "{text}".',
    "Correct the tag in the template.",
    f"A tag that was not replaced stands where a person's data should be. {_HELD}",
)
AMBIGUOUS_NAME = Rule(
    "CS614",
    Severity.ERROR,
    'the finished document holds "{text}", and {why}.',
    "Make the name on the sheet People unmistakable, for example with a second name or the team.",
    f"Nobody but you can tell whether it means a person who may not be named there. {_HELD}",
)
OTHERS_RATINGS = Rule(
    "CS618",
    Severity.ERROR,
    "the finished document would show its reader ratings of {person}, who is somebody else.",
    "Take them out of the template, or out of the text they come from.",
    f"Ratings are for the person, their manager and HR. {_HELD}",
)
UNREADABLE_DOCUMENT = Rule(
    "CS615",
    Severity.ERROR,
    "the finished document cannot be looked through: {reason}.",
    "Open the template in Word, save it again and make the document anew.",
    f"What cannot be looked through cannot be proved safe. {_HELD}",
)


@dataclass(frozen=True, slots=True)
class _ForReader:
    """What holds for readers of one audience.

    `allowed`: by employee id, the ids that may be named. `hidden`: the texts not for them; `tellings` the same for dates,
    numbers and short texts, by employee id.
    """

    allowed: Mapping[str, frozenset[str]]
    hidden: Phrases[Secret]
    tellings: Mapping[str, tuple[Telling, ...]]


@dataclass(frozen=True, slots=True)
class Scanner:
    """What one workbook's documents are held against; built once for a run.

    `braces`: what looks like a tag and was written by people. `readers`: what holds for each audience asked about so far.
    """

    results: Results
    people: Phrases[Identity]
    braces: frozenset[str]
    ratings: OthersRatings
    readers: dict[Audience, _ForReader] = field(default_factory=dict)

    @classmethod
    def of(cls, results: Results) -> Scanner:
        """The scanner for documents made from `results`."""
        tables = results.tables
        names, braces = Phrases.of(identities(tables)), written_braces(tables)
        return cls(results, names, braces, OthersRatings.of(results))

    def reader(self, audience: Audience) -> _ForReader:
        """What holds for readers of `audience`; worked out when first asked for."""
        if audience not in self.readers:
            tables = self.results.tables
            self.readers[audience] = _ForReader(
                named_in_own_rows(self.results, audience),
                Phrases.of(secrets(tables, audience)),
                tellings(tables, audience),
            )
        return self.readers[audience]

    def scan_document(self, data: bytes, kind: Kind, subject_id: str) -> list[Finding]:
        """Why the document or letter `data` of `kind` about `subject_id` may not go to its readers; nothing if it may.

        Args:
            data: the finished .docx or .eml.
            kind: what it is; its audience, and whom it may name, are held against it.
            subject_id: the person, the manager of the team, or the mentee of the pair.
        """
        also = kind.may_name(self.results, subject_id)
        return self.scan(data, subject_id, kind.audience, kind.title, also=also)

    def scan(
        self,
        data: bytes,
        employee_id: str,
        audience: Audience,
        label: str = "Document",
        *,
        also: frozenset[str] = frozenset(),
    ) -> list[Finding]:
        """Why the document `data` about `employee_id` may not go to a reader of `audience`; nothing if it may.

        Args:
            data: the finished .docx or .eml.
            employee_id: whom it is about.
            audience: who will read it.
            label: stands as the sheet of the findings; their cell is the part, as in "word/header1.xml".
            also: employee ids it may name besides.
        """
        allowed = self.reader(audience).allowed.get(employee_id, frozenset()) | also | {employee_id}
        found: dict[tuple[str, str], Finding] = {}
        try:
            for part, rule, values in self._broken(data, employee_id, audience, allowed):
                finding = rule.found(label, part, who=employee_id, values=values)
                found.setdefault((part, finding.message), finding)
        except UnreadableFile as error:
            return [UNREADABLE_DOCUMENT.found(label, "", who=employee_id, values={"reason": error.reason})]
        return list(found.values())

    def _broken(
        self, data: bytes, employee_id: str, audience: Audience, allowed: frozenset[str]
    ) -> Iterator[tuple[str, Rule, dict[str, object]]]:
        """The part, the rule it breaks and what the finding says, in order."""
        hidden = self.reader(audience).hidden
        seen = [(text, _seen(self.people, hidden, text)) for text in _texts(data)]
        for text, held in seen:
            for identity in held.people:
                if not identity.owners <= allowed:
                    for rule, values in _naming(identity, text):
                        yield text.part, rule, values
            for secret in held.secrets:
                yield text.part, ABOVE_AUDIENCE, _above(secret)
            for tag in held.tags:
                if tag not in self.braces:
                    yield text.part, UNREPLACED_TAG, {"text": tag}
            yield from self._others(text, held, employee_id, audience)
        told = self._told(employee_id, audience, "".join([held.joined for _, held in seen]))
        for telling in told:
            for text, held in seen:
                if telling.stands_in(held.joined):
                    yield text.part, ABOVE_AUDIENCE, _above(telling.secret)

    def _others(
        self, text: PartText, held: _Seen, employee_id: str, audience: Audience
    ) -> Iterator[tuple[str, Rule, dict[str, object]]]:
        named = {
            joined_words(identity.written): owner
            for identity in held.people
            for owner in identity.owners
            if not self.ratings.may_see(audience, employee_id, owner)
        }
        for person in self.ratings.told(held.joined, named, employee_id):
            yield text.part, OTHERS_RATINGS, {"person": person}

    def _told(self, employee_id: str, audience: Audience, joined: str) -> list[Telling]:
        """The values above the reader that stand in the document, and that the reader does not see elsewhere."""
        above = self.reader(audience).tellings
        listed = (*above.get(employee_id, ()), *above.get("", ()))
        labels = {telling.labels for telling in listed}
        near = {some for some in labels if not some or any(label in joined for label in some)}
        return [
            telling
            for telling in listed
            if telling.labels in near
            and telling.stands_in(joined)
            and telling.value != self.results.today
            and not may_be_seen(self.results.tables, audience, employee_id, telling.value)
        ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a part's text holds, whoever it is about; `joined` are its words with spaces between and around."""

    people: tuple[Identity, ...]
    secrets: tuple[Secret, ...]
    tags: tuple[str, ...]
    joined: str


def _texts(data: bytes) -> Iterable[PartText]:
    return letter_texts(data) if is_letter(data) else part_texts(data)


# A part that is the same in every document is the very same text here, and is not gone through again.
@lru_cache(maxsize=128)
def _seen(people: Phrases[Identity], hidden: Phrases[Secret], text: PartText) -> _Seen:
    present = set(text.words)
    return _Seen(
        tuple(people.found_in(text.words, present)),
        tuple(hidden.found_in(text.words, present)),
        tuple(TAG.findall(text.written)) if "{" in text.written else (),
        f" {' '.join(text.words)} ",
    )


def _above(secret: Secret) -> dict[str, object]:
    reader = "HR" if secret.audience == "hr" else "managers and HR"
    return {"column": secret.header, "sheet": secret.sheet, "audience": reader}


def safety_rules() -> list[Rule]:
    """Every rule a finished document can break."""
    return [OTHER_PERSON, ABOVE_AUDIENCE, UNREPLACED_TAG, AMBIGUOUS_NAME, UNREADABLE_DOCUMENT, OTHERS_RATINGS]


def _naming(identity: Identity, text: PartText) -> Iterator[tuple[Rule, dict[str, object]]]:
    """The rule that naming these people breaks; a word that is only spelt like a name is none."""
    if identity.what != "name":
        yield OTHER_PERSON, {"what": identity.what, "text": identity.written}
    elif len(identity.owners) > 1:
        why = f"{len(identity.owners)} people are called that"
        yield AMBIGUOUS_NAME, {"text": identity.written, "why": why}
    elif not identity.is_word:
        yield OTHER_PERSON, {"what": "name", "text": identity.written}
    elif identity.written in text.written:
        yield (
            AMBIGUOUS_NAME,
            {"text": identity.written, "why": "it is somebody's whole name and may be an ordinary word"},
        )
