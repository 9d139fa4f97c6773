"""What can be wrong with a filled form: reasons not to read it, and findings about its answers."""

from __future__ import annotations

from ..model.errors import InputError, UsageError
from ..model.findings import Rule, Severity

NOT_FOUND = Rule(
    "CS801",
    Severity.WARNING,
    'the field "{label}" is no longer in the form.',
    "Ask for its answer, or for the form to be filled in again.",
    "A field that was deleted has no answer; it would look as if nobody had anything to say.",
)
TWO_ANSWERS = Rule(
    "CS802",
    Severity.WARNING,
    'the field "{label}" stands there {count} times with different answers; the first, "{first}", is used.',
    "Ask which answer is meant.",
    "Part of the form was copied, and only one copy was filled in or changed.",
)
NOT_A_CHOICE = Rule(
    "CS803",
    Severity.WARNING,
    'the answer "{answer}" to "{label}" is none of its choices.',
    "Ask which choice is meant.",
    "What is not on the list cannot be counted with what is.",
)
NOT_A_DATE = Rule(
    "CS804",
    Severity.WARNING,
    'the answer "{answer}" to "{label}" is no date.',
    "Ask for it as year, month and day, such as 2027-03-31.",
    "A meeting needs a day that nobody reads in two ways.",
)
UNWRITABLE = Rule(
    "CS805",
    Severity.NOTE,
    'the text for "{label}" holds {count} characters that a document cannot hold; they are left out.',
    "Delete them where the text comes from; most were pasted in by accident.",
    "Control characters make a Word file unreadable.",
)


class BadField(UsageError):
    """A field that cannot be put into a form."""

    def __init__(self, tag: str, reason: str) -> None:
        super().__init__(f'The field "{tag}" cannot be put into a form: {reason}.')


class FormRefused(InputError):
    """A filled form that is not read, for one reason."""

    def __init__(self, name: str, reason: str, fix: str) -> None:
        super().__init__(f'"{name}" {reason} {fix}')
        self.reason = reason
        self.fix = fix


class NotOurForm(FormRefused):
    """A Word document that is no form made here."""

    def __init__(self, name: str) -> None:
        reason = "is not a form made by careersheets."
        super().__init__(name, reason, "Choose the form that was handed out, filled in and saved.")


class MarkLost(FormRefused):
    """A form whose properties are gone, so that nobody knows whose it is."""

    def __init__(self, name: str) -> None:
        reason = "has lost the properties that say which form it is."
        super().__init__(
            name, reason, "Copy the answers into a new copy of the form, and save it in Word or LibreOffice."
        )


class DamagedForm(FormRefused):
    """A form with a part that cannot be read."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(name, f"is damaged in {part}.", "Open it in Word, save it and try again.")


def form_rules() -> list[Rule]:
    """Every rule about forms."""
    return [NOT_FOUND, TWO_ANSWERS, NOT_A_CHOICE, NOT_A_DATE, UNWRITABLE]
